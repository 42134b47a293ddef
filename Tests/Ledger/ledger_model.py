"""What a ledger must say after any sequence of runs: worked out from verdicts, not from the program."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from verdicts import LOOK_BACK, READS


@dataclass(frozen=True)
class Waiver:
    rule: str
    table: str  # empty: any
    record: str
    occasion: int | None  # None: any
    agreed_on: date
    until: date

    def covers(self, key, day):
        return (
            self.rule == key.rule
            and self.table in ("", key.table)
            and self.record == key.record
            and self.occasion in (None, key.occasion)
            and self.agreed_on <= day <= self.until
        )


@dataclass
class Life:
    """An exception from its first run on."""

    first_seen: date
    opened_on: date
    found: object
    runs_open: int = 0
    open: bool = True
    listed: bool = True


@dataclass(frozen=True)
class Event:
    day: date
    kind: str
    key: object
    team: str
    days: int = 0


@dataclass(frozen=True)
class Standing:
    """An open exception after a run."""

    team: str
    status: str
    listed: bool
    waived: bool
    first_seen: date
    runs_open: int


@dataclass
class Run:
    judgement: object
    waivers: list
    asked: set = field(default_factory=set)  # what was open before it when it was made


class LedgerModel:
    def __init__(self):
        self.runs, self.events, self.after, self.lives = {}, [], {}, {}

    def record(self, judgement, waivers):
        """A run is made, made again or filled in; all that follows is worked out anew."""
        before = [day for day in self.runs if day < judgement.day]
        asked = set(self.after[max(before)]) if before else set()
        self.runs[judgement.day] = Run(judgement, list(waivers), asked)
        if max(self.runs) == judgement.day and judgement.day not in self.after:
            self.take(judgement.day, self.runs[judgement.day])
        else:
            self.replay()

    def replay(self):
        self.events, self.after, self.lives = [], {}, {}
        for day in sorted(self.runs):
            self.take(day, self.runs[day])

    def take(self, day, run):
        listed = run.judgement.listed
        for key, found in listed.items():
            life = self.lives.get(key)
            if life is None:
                life = self.lives[key] = Life(day, day, found)
                self.events.append(Event(day, "opened", key, found.team))
            elif not life.open:
                life.open, life.opened_on = True, day
                self.events.append(Event(day, "reopened", key, found.team))
            life.found, life.listed = found, True
            life.runs_open += 1
        for key, life in self.lives.items():
            if key in listed or not life.open:
                continue
            if self.stays(key, run):
                life.runs_open, life.listed = life.runs_open + 1, False
            else:
                life.open = False
                kind = "lapsed" if self.lapsed(key, life, day) else "resolved"
                days = (day - life.opened_on).days
                self.events.append(Event(day, kind, key, life.found.team, days))
        self.after[day] = {
            key: Standing(
                life.found.team, life.found.status, life.listed,
                any(waiver.covers(key, day) for waiver in run.waivers), life.first_seen, life.runs_open,
            )
            for key, life in self.lives.items()
            if life.open
        }

    def stays(self, key, run):
        if key in run.asked:
            return run.judgement.holds_open(key) is not None
        # Only a run filled in later saw it: this one knows of its rule alone.
        judged = key.rule in run.judgement.judged
        return not judged or bool(READS[key.rule] & run.judgement.untrusted)

    def lapsed(self, key, life, day):
        found = life.found
        return (
            key.rule in LOOK_BACK
            and found.status == "late"
            and found.decided < day - LOOK_BACK[key.rule]
        )

    # What the commands must say

    def weeks(self, wanted=lambda key, team: True, since=date.min, until=date.max):
        """The figures by week, each named as `history` names it."""
        days = [day for day in sorted(self.runs) if since <= day <= until]
        figures = {}
        for day in days:
            week = str(monday(day))
            row = figures.setdefault(week, dict.fromkeys(("opened", "reopened", "resolved", "lapsed"), 0))
            row.setdefault("days", [])
            for event in self.events:
                if event.day == day and wanted(event.key, event.team):
                    row[event.kind] += 1
                    if event.kind == "resolved":
                        row["days"].append(event.days)
            standing = [one for key, one in self.after[day].items() if wanted(key, one.team)]
            row["open"] = len(standing)
            row["waived"] = sum(one.waived for one in standing)
            row["unsettled"] = sum(not one.listed for one in standing)
        for row in figures.values():
            spent = row.pop("days")
            row["medianDays"] = median(spent) if spent else None
        return figures

    def diff(self, one, two):
        """What differs between the days of two runs: changes by key, and how many stayed as they were."""
        before, after = self.after[one], self.after[two]
        known = {event.key for event in self.events if event.day <= one}
        ended = {event.key: event for event in self.events if one < event.day <= two}
        changes, unchanged = {}, 0
        for key in set(before) | set(after):
            old, new = before.get(key), after.get(key)
            if old is None:
                changes[key] = ("reopened" if key in known else "opened", new.team, None, new.status, None)
            elif new is None:
                changes[key] = (ended[key].kind, old.team, None, old.status, None)
            elif old.team != new.team or old.status != new.status:
                kind = "moved" if old.team != new.team else "changed"
                changes[key] = (kind, new.team, old.team, new.status, old.status)
            else:
                unchanged += 1
        return changes, unchanged


def monday(day):
    return day - timedelta(days=day.weekday())
