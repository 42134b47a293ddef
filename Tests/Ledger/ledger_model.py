"""What a ledger must say after any sequence of runs, worked out from verdicts and not from the program."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count, product
from statistics import median

from verdicts import LOOK_BACK, RAISES_DOUBT, READS, WITH_WHEN, Newer


@dataclass(frozen=True)
class Waiver:
    rule: str
    table: str  # empty: any
    record: str
    occasion: int | None  # None: any
    agreed_on: date
    until: date


@dataclass
class Life:
    """An exception from its first run on."""

    first_seen: date
    opened_on: date
    found: object
    person: str  # as given by the last run that listed it
    runs_open: int = 0
    reopened: int = 0
    open: bool = True
    listed: bool = True
    unlisted_since: date = None  # the first run after it was last listed
    doubted_since: date = None  # the first of those runs that found it in order but could not read what may show otherwise
    unasked: bool = False  # whether a run since it was last listed has held it because its rule asked nothing of anybody
    listed_since: date = None  # every run since this one has listed it
    shown: bool = False  # whether a trusted run has listed it since it was opened
    listed_on: set = field(default_factory=set)  # the runs that have listed it
    away_on: set = field(default_factory=set)  # the runs after which it was open though they had not listed it
    gap: tuple = None  # the last time that it was open but not listed: the first such run, and the run that listed it again


@dataclass(frozen=True)
class Event:
    day: date
    kind: str
    key: object
    team: str
    status: str
    days: int = 0
    duty: tuple = None  # of what has ended: whose it was, and when it was due and done


@dataclass(frozen=True)
class Standing:
    """An open exception after a run."""

    team: str
    status: str
    listed: bool
    waived: bool
    first_seen: date
    runs_open: int
    detail: tuple
    person: str

    @property
    def agreed(self):
        """Whether the run found it, and somebody has agreed to it."""
        return self.listed and self.waived


@dataclass
class Run:
    judgement: object
    waivers: list
    asked: set  # the exceptions that were open before this run when it was made
    kept: dict  # what the run of the same day that it replaces had opened and it cannot judge, as that run found it
    again: bool = False  # whether the run was put after one that was filled in before it
    held: set = None  # once the run has been taken: the exceptions held open because a record could not be read
    doubted: set = None  # those of `held` that were in order but for a value that could not be read
    anew: set = None  # those of `doubted` whose doubt began with this run, as another was mended
    unasked: set = None  # those of `held` of which their rule asked nothing, after it had asked nothing of anybody
    lapsing: set = None  # those that have ended without being put right because somebody said that what has gone is right
    renamed: dict = None  # the exceptions whose child has another number since this run, and that number
    waived: dict = field(default_factory=dict)  # waivers in force, by rule and record

    def __post_init__(self):
        for waiver in self.waivers:
            if waiver.agreed_on <= self.judgement.day <= waiver.until:
                self.waived.setdefault((waiver.rule, waiver.record), []).append(waiver)

    def waives(self, key, found):
        # What cannot be judged stays listed, and so does what keeps rules from judging unless those are waived too: a waiver
        # without a digest does not say that just this was agreed to.
        if found.status == "cannot-judge" or not all((rule, key.record) in self.waived for rule in found.blocks):
            return False
        return any(
            waiver.table in ("", key.table) and waiver.occasion in (None, key.occasion)
            for waiver in self.waived.get((key.rule, key.record), ())
        )


class LedgerModel:
    def __init__(self):
        self.runs, self.events, self.after, self.lives = {}, [], {}, {}
        self.known = {}  # by run, what is known of each exception that there has been, by which it is told from its twins

    def record(self, judgement, waivers):
        """Takes a run that is made, made again or filled in; all later runs are worked out anew."""
        before = [day for day in self.runs if day < judgement.day]
        judgement = told_apart(judgement, self.known[max(before)] if before else {})
        lost = self.newest_lost(judgement)
        accepted = lost & judgement.accepted
        judgement = replace(judgement, newest_lost=lost - accepted, lost=judgement.lost | accepted)
        asked = set(self.after[max(before)]) if before else set()
        kept = self.kept(judgement)
        self.runs[judgement.day] = Run(judgement, list(waivers), asked, kept)
        for day, run in self.runs.items():
            run.again = run.again or day > judgement.day
        if max(self.runs) == judgement.day and judgement.day not in self.after:
            self.take(judgement.day, self.runs[judgement.day])
        else:
            self.replay()

    def newest_lost(self, judgement):
        """The tables with two records or more fewer, and an earlier newest day, than in the last run before that had them whole."""
        lost = set()
        for table, (rows, newest) in judgement.sizes.items():
            whole = [
                day for day, run in self.runs.items()
                if day < judgement.day and table not in run.judgement.untrusted
            ]
            if not whole or table in judgement.untrusted:
                continue
            before, then = self.runs[max(whole)].judgement.sizes[table]
            if newest and then and newest < then and before - rows > 1:
                lost.add(table)
        return lost

    def kept(self, judgement):
        old, kept = self.runs.get(judgement.day), {}
        opened = {event.key for event in self.events if event.day == judgement.day and event.kind in ("opened", "reopened")}
        gone = sorted(opened - set(judgement.listed), key=in_order)
        ranks = ranks_of(gone, judgement.listed)
        for key in gone:
            found = old.judgement.listed.get(key) or old.kept[key]
            life = Life(judgement.day, judgement.day, found, self.lives[key].person)
            # A record that the replaced run could not read either did not show the exception, if that run listed it.
            since = judgement.day if key not in old.judgement.listed else date.max
            newer, longer = self.newer(judgement, since), self.longer(judgement, life, since)
            unread = judgement.hides(ranks[key], life.found, life.person, newer, longer, date.max) is not None
            held = judgement.holds_open(key) is not None or judgement.fate_of_gone(key, found) == "held"
            unread = unread or judgement.may_be_cut_off(ranks[key], found) and judgement.fate_of_gone(key, found) is None
            if held or unread and not self.lapsed(key, life, judgement):
                kept[key] = found
        return kept

    def replay(self):
        self.events, self.after, self.lives, self.known = [], {}, {}, {}
        for day in sorted(self.runs):
            self.take(day, self.runs[day])

    def take(self, day, run):
        listed = run.judgement.listed
        # Where one of several alike ends otherwise than the others, it is the one that was known first: in the order of the
        # lists or, in a run that was put after one that was filled in, of the records.
        def known_first(item):
            return item[0].record if run.again else (item[1].team, item[1].person, item[1].shown)

        moved, over = self.other_numbers(day, run.judgement)
        for key, found in sorted(listed.items(), key=known_first):
            life = self.lives.get(key)
            if key in moved:
                life = self.lives[key] = moved[key]
                self.events.append(Event(day, "renumbered", key, found.team, found.status))
            elif life is None:
                life = self.lives[key] = Life(day, day, found, found.person)
                self.events.append(Event(day, "opened", key, found.team, found.status))
            elif key in over or key.occasion and not life.open and not is_same_duty(life, found):
                # The duty that had this number has another now or has ended, and this one is new.
                life = self.lives[key] = Life(life.first_seen, day, found, found.person)
                self.events.append(Event(day, "opened", key, found.team, found.status))
            elif not life.open:
                life.open, life.opened_on, life.reopened = True, day, life.reopened + 1
                self.events.append(Event(day, "reopened", key, found.team, found.status))
            if life.opened_on == day:
                life.shown = False
            life.shown = life.shown or not run.judgement.untrusted
            if not life.listed or life.opened_on == day:
                life.listed_since = day
            if not life.listed and life.opened_on != day:
                # One that was unlisted from its first day on, as its run was replaced, was never seen before.
                life.gap = (date.min if life.unlisted_since == life.opened_on else life.unlisted_since, day)
            life.found, life.listed, life.unlisted_since, life.doubted_since = found, True, None, None
            life.unasked = False
            life.listed_on.add(day)
            life.person = found.person or life.person
            life.runs_open += 1
        for key in over - set(listed):
            life = self.lives[key]
            life.open = False
            self.events.append(
                Event(day, "renumbered", key, life.found.team, life.found.status, duty=duty_of(life))
            )
        for key, found in run.kept.items():
            life = self.lives.get(key)
            if life is not None and life.open:
                continue
            is_new = life is None or key.occasion and not is_same_duty(life, found)
            kind = "opened" if is_new else "reopened"
            if is_new:
                life = self.lives[key] = Life(day if life is None else life.first_seen, day, found, found.person)
            else:
                life.reopened += 1
            life.open, life.opened_on, life.shown = True, day, False
            self.events.append(Event(day, kind, key, found.team, found.status))
            life.found, life.listed, life.unlisted_since, life.doubted_since = found, False, day, None
            life.away_on.add(day)
            life.runs_open += 1
        held = set() if run.held is None else run.held
        doubted = set() if run.held is None else run.doubted
        unasked = set() if run.held is None else run.unasked
        anew = set() if run.held is None else run.anew
        children = self.children(day)
        if run.renamed is None:
            unlisted = [(life.person, key) for key, life in self.lives.items() if life.open and key not in listed]
            ranks = ranks_of(sorted((key for _, key in unlisted), key=in_order), listed)
            numbers = run.judgement.new_numbers([(person, key, ranks[key].ordinal) for person, key in unlisted], children)
            run.renamed = {key: numbers[person] for person, key in unlisted if person in numbers}
        for key, person in run.renamed.items():
            self.lives[key].person = person
        lapsing = set() if run.held is None else run.lapsing
        # Where a doubt about a child has ended, none of the runs in doubt has shown anything.
        mended_doubts = [
            (key, life.person) for key, life in self.lives.items()
            if life.open and life.listed and key not in listed and key.rule.endswith(RAISES_DOUBT)
        ]
        # A record that named nobody by mistake names its child again.
        now = [run.judgement.persons.get((key.table, key.record), set()) for key, _ in mended_doubts]
        mended = {person for _, person in mended_doubts}.union(*now) - {""}
        ending = sorted((
            (key, life) for key, life in self.lives.items()
            if key not in listed and life.open and not (key in run.kept and life.opened_on == day)
        ), key=lambda item: in_order(item[0]))
        ranks = ranks_of([key for key, _ in ending], listed)
        for key, life in ending:
            life.unlisted_since = life.unlisted_since or day
            if run.held is None:
                newer = self.newer(run.judgement, life.unlisted_since)
                longer = self.longer(run.judgement, life, life.unlisted_since)
                until = day if life.person in mended else life.doubted_since or day
                why = run.judgement.hides(ranks[key], life.found, life.person, newer, longer, until)
                if why == "in doubt" and not self.is_news(run.judgement, ranks[key], life, newer, longer, until):
                    why = None
                another = run.judgement.of_another(key, life.person, children) and not run.judgement.is_too_old(key)
                if another:
                    (lapsing if key.table in run.judgement.accepted else held).add(key)
                elif why is not None and not self.lapsed(key, life, run.judgement):
                    held.add(key)
                elif self.is_cut_off(ranks[key], key, life, run.judgement):
                    held.add(key)
                elif self.was_lost(key, life, day):
                    lapsing.add(key)
                elif run.judgement.fate_of_gone(key, life.found) is not None:
                    (held if run.judgement.fate_of_gone(key, life.found) == "held" else lapsing).add(key)
                elif self.is_left_out(key, life, day):
                    if run.judgement.holds_open(key) is None and not self.lapsed(key, life, run.judgement):
                        # Nobody has accepted what no run has shown.
                        accepted = key.table in run.judgement.accepted and life.unasked
                        (lapsing if accepted else held).add(key)
                        unasked.add(key)
                elif run.judgement.rests_on_accepted_loss(ranks[key], life.found):
                    lapsing.add(key)
                if why == "in doubt" and key in held and run.judgement.holds_open(key) is None:
                    doubted.add(key)
            if key in doubted:
                # A doubt that takes the place of another, mended in the same run, begins anew.
                if run.held is None and life.person in mended:
                    anew.add(key)
                life.doubted_since = day if key in anew else life.doubted_since or day
            life.unasked = life.unasked or key in unasked
        ended = [(key, life) for key, life in ending if not self.stays(key, life, run, held)]
        ends = {
            key for key, life in ended
            if key in lapsing
            or self.lapsed(key, life, run.judgement)
            or self.renumbered(key, life, run.judgement)
            or not life.shown
        }
        over = {key for key, _ in ended}
        ends |= self.entered_again([item for item in ended if item[0] not in ends], ending, run.judgement)
        for key, life in ending:
            if key not in over:
                life.runs_open, life.listed = life.runs_open + 1, False
                life.away_on.add(day)
            else:
                life.open = False
                kind = "lapsed" if key in ends else "resolved"
                days = (day - life.opened_on).days
                self.events.append(Event(day, kind, key, life.found.team, life.found.status, days, duty_of(life)))
        # What a run decided about an exception stays, whatever is filled in before it.
        run.held, run.doubted, run.anew, run.unasked, run.lapsing = held, doubted, anew, unasked, lapsing
        self.after[day] = {
            key: Standing(
                life.found.team, life.found.status, life.listed,
                run.waives(key, life.found), first_seen(key, life), life.runs_open, life.found.detail, life.person,
            )
            for key, life in self.lives.items()
            if life.open
        }
        self.known[day] = {
            key: Twin(life.person, (life.found.status, life.found.detail), due_day(life.found), life.found.team, life.open, life.listed,
                (life.first_seen, life.opened_on))
            for key, life in self.lives.items()
        }

    def other_numbers(self, day, judgement):
        """What the run lists under another number than before, by its key, each as it goes on; and the keys that it had.

        That is what is due or was done on the same day, of the same child; the one done and due on the same days is preferred,
        then the one done. Where one record's key is another's too, nobody can tell. A number that was overdue, and is not listed
        under any, is not given to another.
        """
        then = {key: life for key, life in self.lives.items() if life.open}
        goes_on = under_other_numbers(
            {key: (found.person, found.detail, found.status == "overdue") for key, found in judgement.listed.items()},
            {key: duty_of(life) for key, life in then.items()},
        )
        moved, over = {}, set(goes_on.values())
        for key, other in goes_on.items():
            own, was = self.lives.get(key), then[other]
            moved[key] = replace(
                was, first_seen=own.first_seen if own else was.first_seen, listed_since=was.opened_on,
                listed_on=set(own.listed_on) if own else set(), away_on=set(own.away_on) if own else set(), gap=own.gap if own else None,
                shown=not self.runs[was.opened_on].judgement.untrusted, open=True, listed=True,
            )
        return moved, over

    def children(self, day):
        """The numbers that children have; where not all could be read, also those that they had when all could."""
        children = set(self.runs[day].judgement.children)
        for other in sorted((other for other in self.runs if other <= day), reverse=True):
            children |= self.runs[other].judgement.children
            if "people" not in self.runs[other].judgement.untrusted:
                break
        return children

    def is_cut_off(self, ranked, key, life, judgement):
        """Whether it stays open for this run because what would show it put right may only be cut off."""
        if judgement.holds_open(key) is not None or self.lapsed(key, life, judgement):
            return False
        return judgement.may_be_cut_off(ranked, life.found) and judgement.fate_of_gone(key, life.found) is None

    def was_lost(self, key, life, day):
        """Whether its record is gone, and a run since it was last listed had a fall of its table that somebody accepted.

        That run could not always tell that the record is gone.
        """
        now = self.runs[day].judgement
        if key.record in now.present[key.table] or key.rule.endswith(".row"):
            return False
        if now.fate_of_gone(key, life.found) == "held" and key.record not in now.referred[key.table]:
            return False
        return any(life.unlisted_since <= other < day and key.table in run.judgement.lost for other, run in self.runs.items())

    def is_news(self, judgement, key, life, newer, longer, until):
        """Whether what holds an exception in doubt is news to it.

        Where only untrusted runs have listed it, what was in doubt before them and could not be listed in them is not.
        """
        first = self.bad_nights(life)
        if first is None or (key.record not in judgement.present[key.table] and key.rule != "caseload"):
            return True
        first = min(first, life.unlisted_since)
        older, longest = self.newer(judgement, first), self.longer(judgement, life, first)
        older.texts, longest.texts = newer.texts, longer.texts
        return judgement.hides(key, life.found, life.person, older, longest, until) == "in doubt"

    def bad_nights(self, life):
        """The first of the untrusted runs in a row in which an exception was opened that no other has listed; None for any other."""
        first = life.opened_on
        if life.shown or not self.runs[first].judgement.untrusted:
            return None
        for day in sorted((day for day in self.runs if day < life.opened_on), reverse=True):
            if not self.runs[day].judgement.untrusted:
                break
            first = day
        return first

    def is_left_out(self, key, life, day):
        """Whether a rule asks nothing of a record that is there, and asks nothing of anybody or has done so since.

        It asked much of others in some run while the exception was open.
        """
        now = self.runs[day].judgement
        if key.rule not in WITH_WHEN & now.judged or key.record not in now.present[key.table]:
            return False
        if (key.rule, key.record) in now.applies:
            return False
        if life.unasked:
            return True
        much = any(life.opened_on <= other < day and run.judgement.verdicts[key.rule] >= 10 for other, run in self.runs.items())
        return much and not now.verdicts[key.rule]

    def newer(self, judgement, since):
        """What could be read, found and counted before a day and cannot be now, each with the run since which it has been listed."""
        texts = {
            table: [text for text in texts if self.listed_since(f"{table}.row", "content:" + text) >= since]
            for table, texts in judgement.rejected.items()
        }
        def opened(key):
            life = self.lives.get(key)
            return life.opened_on if life is not None and life.open and life.listed else None

        strangers = {}
        for key, found in judgement.listed.items():
            if key.rule.endswith(".person_id.reference") and opened(key):
                strangers.setdefault(found.person, set()).add(opened(key))
        newer = Newer(texts, strangers)
        for key, found in judgement.listed.items():
            day = self.since_as_others(self.lives.get(key), since)
            if day is not None:
                newer.take(key, found, day, opened(key))
        return newer

    def longer(self, judgement, life, since):
        """The same since the exception was opened: other records may have kept it listed while a value could not be read.

        One that said only that a value could not be read is put right when that can be read.
        """
        opened = life.opened_on + timedelta(days=1) if life.found.status != "cannot-judge" else since
        return self.newer(judgement, min(since, opened))

    def since_as_others(self, life, since):
        """The run since which an exception has been listed, if the last run before `since` did not list it; None if it did.

        What went unlisted together with another exception was there when that one was last listed.
        """
        if life is None or not life.open or not life.listed:
            return date.max
        if life.opened_on >= since:
            return life.opened_on
        return life.gap[1] if life.gap and life.gap[0] < since <= life.gap[1] else None

    def listed_since(self, rule, record):
        """The run since which an exception has been listed; the end of time where it is not listed."""
        days = [self.since(life) for key, life in self.lives.items() if key.rule == rule and key.record == record]
        return max(days, default=date.max)

    def since(self, life):
        return life.listed_since if life is not None and life.open and life.listed else date.max

    def stays(self, key, life, run, held):
        judgement = run.judgement
        if key in run.asked:
            if judgement.holds_open(key) is not None:
                return True
            return key in held
        # Only a run that was filled in later saw it; this run was never asked whether it is in order.
        return True

    def lapsed(self, key, life, judgement):
        """Whether its record is there, but its rule no longer looks back as far as the day on which it was late, or is now."""
        found, place = life.found, (key.rule, key.record, key.occasion)
        if judgement.is_too_old(key):
            return True
        return (
            key.rule in LOOK_BACK
            and found.status == "late"
            and found.decided < judgement.day - LOOK_BACK[key.rule]
            and key.record in judgement.present[key.table]
            and place not in judgement.in_order
        )

    def renumbered(self, key, life, judgement):
        """Whether another visit was entered or taken out, so that the same duty is listed under another number.

        That is due on the same day, done on the same day, or not done and due before: the last visit was taken out.
        """
        was = life.found

        def goes_on(now):
            (due, done), (due_before, done_before) = now.detail, was.detail
            if due == due_before or done and done == done_before:
                return True
            return now.status == was.status == "overdue" and due < due_before

        return key.occasion and was.detail and any(
            other.occasion not in (None, key.occasion) and found.detail and goes_on(found)
            for other, found in judgement.listed.items()
            if (other.rule, other.table, other.record) == (key.rule, key.table, key.record)
        )

    def entered_again(self, ended, missing, judgement):
        """Those of which the record is gone, and the same has been opened of its child under another key since.

        That is listed now, or was open before this run; it stands for no other. Or another of the child's is back, that was not
        listed as long as this one was. Whichever was listed last chooses first, then whichever was opened first.
        """
        others, again = {}, set()
        here = [(key, found.person, found) for key, found in judgement.listed.items()]
        for key, person, found in here + [(key, life.person, life.found) for key, life in missing]:
            if person:
                others.setdefault(duty(key, person, found), []).append(key)
        gone = [(key, life) for key, life in ended if key.record not in judgement.present[key.table] and life.person]
        gone.sort(key=lambda item: (-item[1].unlisted_since.toordinal(), item[1].opened_on))

        def take(key, life, suits):
            keys = others.get(duty(key, life.person, life.found), [])
            found = [other for other in keys if other.record != key.record and suits(other, self.lives[other])]
            if found:
                keys.remove(found[0])
                again.add(key)
            return bool(found)

        for key, life in gone:
            def is_back(other, there, life=life):
                listed = any(life.opened_on <= day < life.unlisted_since for day in there.listed_on)
                return other in judgement.listed and life.opened_on in there.away_on and not listed

            # One that has only stood for another does not stand for a third.
            if take(key, life, is_back):
                for keys in others.values():
                    if key in keys:
                        keys.remove(key)
        for key, life in gone:
            if key not in again:
                take(key, life, lambda other, there, life=life: there.opened_on >= life.unlisted_since)
        return again

    # What the commands must say

    def weeks(self, wanted=lambda key, team: True, since=date.min, until=date.max):
        """The figures of each week that has a run."""
        weeks = {}
        for day in sorted(self.runs):
            if since <= day <= until:
                weeks.setdefault(str(monday(day)), []).append(day)
        return {week: self.figures(days, wanted) for week, days in weeks.items()}

    def figures(self, days, wanted):
        """The figures over the runs of some days, under the names that `history` gives them."""
        events = [event for event in self.events if event.day in days and wanted(event.key, event.team)]
        kinds = Counter(event.kind for event in events)
        figures = {kind: kinds[kind] for kind in ("opened", "reopened", "resolved", "lapsed")}
        standing = [one for key, one in self.after[max(days)].items() if wanted(key, one.team)]
        figures["open"] = len(standing)
        figures["waived"] = sum(one.waived and one.listed for one in standing)
        figures["unsettled"] = sum(not one.listed for one in standing)
        spent = [event.days for event in events if event.kind == "resolved"]
        figures["medianDays"] = median(spent) if spent else None
        return figures

    def diff(self, one, two):
        """What differs between two runs, as (key, kind, team, team before, status, status before), and how many are unchanged."""
        before, after = self.after[one], self.after[two]
        closed = {event.key: event for event in self.events if event.day <= one}
        last = {event.key: event for event in self.events if one < event.day <= two}
        ended = {key: event for key, event in last.items() if key not in after}
        old_of = dict(before)
        kept = {key: old for key, old in before.items() if key in after or ended[key].kind != "resolved"}
        moved = self.take_numbers(
            old_of, before, under_other_numbers(
                {key: (new.person, new.detail, new.status == "overdue") for key, new in after.items()},
                {key: (old.person, old.detail, old.status == "overdue") for key, old in kept.items()},
            ),
        )
        # Of the numbers that a duty has had, and that have all ended, the last one says how.
        left = {
            key: (old.person, old.detail, old.status == "overdue") for key, old in kept.items()
            if key not in after and key not in moved
        }
        over = {}
        for key, event in sorted(ended.items(), key=lambda item: item[1].day):
            if key not in old_of and key.occasion and event.duty[1]:
                over[key.rule, key.table, key.record, event.duty[1][0]] = key
        self.take_numbers(old_of, before, under_other_numbers({key: ended[key].duty for key in over.values()}, left))
        changes, unchanged = [], 0
        for key in set(old_of) | set(after):
            old, new = old_of.get(key), after.get(key)
            if old is None and key in closed and key not in before:
                end = closed[key]
                changes.append((key, "waived" if new.agreed else "reopened", new.team, end.team, new.status, end.status))
            elif old is None:
                changes.append((key, "waived" if new.agreed else "opened", new.team, None, new.status, None))
            elif new is None:
                end = ended[key]
                kind = "resolved" if end.kind == "resolved" else "lapsed"
                changes.append((key, kind, end.team, old.team, end.status, old.status))
            elif not new.listed:
                changes.append((key, "not-judged", new.team, old.team, new.status, old.status))
            elif new.agreed != old.agreed:
                changes.append((key, "waived" if new.agreed else "unwaived", new.team, old.team, new.status, old.status))
            elif worse(old, new, one, two):
                changes.append((key, "worse", new.team, old.team, new.status, old.status))
            elif (old.team, old.status, old.detail) != (new.team, new.status, new.detail):
                kind = "moved" if old.team != new.team else "changed"
                changes.append((key, kind, new.team, old.team, new.status, old.status))
            else:
                unchanged += 1
        return changes, unchanged

    @staticmethod
    def take_numbers(old_of, before, goes_on):
        """Gives each duty that has another number what it was, and takes that from the number that it had."""
        moved = set(goes_on.values())
        for key in moved:
            old_of.pop(key, None)
        for key, other in goes_on.items():
            old_of[key] = before[other]
        return moved


@dataclass(frozen=True)
class Twin:
    """What tells an exception from others of its rule, record and occasion."""

    person: str
    wrong: tuple
    due: date | None
    team: str
    open: bool = True
    listed: bool = True
    since: tuple = ()  # when it was first seen, and since when it has been open

    def alike(self):
        """What must be the same, from all to nothing."""
        return (self.person, self.wrong, self.team), (self.person, self.wrong), (self.person, self.due), (self.person,), ()


def told_apart(judgement, known):
    """The judgement with keys by which what was open before goes on with what it is most like.

    What the last run listed is taken first. Those alike are taken in turn: what is listed by file and line, what is open by when it
    was first seen. What is left over is one of the same child that had ended, or new.
    """
    groups, twins = {}, {replace(key, ordinal=0) for key in known if key.ordinal > 0}
    for key, found in judgement.listed.items():
        groups.setdefault(replace(key, ordinal=0), []).append((key, found))
    renamed = {}
    for first, members in groups.items():
        if len(members) == 1 and first not in twins:
            continue
        there = sorted(
            ((key, twin) for key, twin in known.items() if replace(key, ordinal=0) == first),
            key=lambda item: (item[1].since, item[0].ordinal),
        )
        left, numbers = sorted(members, key=lambda item: item[1].place), {}
        for level, listed in [*product(range(4), [True])] + [*product(range(4), [False])] + [(4, True), (4, False)]:
            for key, found in left:
                traits = Twin(found.person, (found.status, found.detail), due_day(found), found.team).alike()[level]
                free = [
                    other.ordinal for other, twin in there
                    if twin.open and twin.listed == listed and other.ordinal not in numbers.values() and twin.alike()[level] == traits
                ]
                if free and key not in numbers:
                    numbers[key] = free[0]
        for key, found in left:
            ended = [other.ordinal for other, twin in there if not twin.open and twin.person == found.person]
            ended = [ordinal for ordinal in ended if ordinal not in numbers.values()]
            if ended and key not in numbers:
                numbers[key] = ended[0]
        fresh = (ordinal for ordinal in count() if ordinal not in {key.ordinal for key, _ in there})
        for key, _ in left:
            renamed[key] = replace(key, ordinal=numbers[key] if key in numbers else next(fresh))
    if not renamed:
        return judgement
    return replace(judgement, listed={renamed.get(key, key): found for key, found in judgement.listed.items()})


def ranks_of(missing, listed):
    """The keys that a run does not list, in order, numbered behind those of their rule, record and occasion that it lists."""
    taken, ranks = Counter(replace(key, ordinal=0) for key in listed), {}
    for key in missing:
        first = replace(key, ordinal=0)
        ranks[key] = replace(key, ordinal=taken[first])
        taken[first] += 1
    return ranks


def duty_of(life):
    """Whose a duty is, when it was due and done, and whether it is overdue."""
    return life.person, life.found.detail, life.found.status == "overdue"


def is_same_duty(life, found):
    """Whether what is found under a number is what ended under it: of the same child, due or done on the same day."""
    days, before = found.detail, life.found.detail
    if life.person != found.person or not days or not before:
        return False
    return days[0] == before[0] or bool(days[1]) and days[1] == before[1]


def first_seen(key, life):
    """The run that first saw what an exception is now: the number of a visit may have been another one's before."""
    return life.opened_on if key.occasion and not life.reopened else life.first_seen


def under_other_numbers(now, before):
    """By its key, each duty that had another number before, and the key that it had.

    Both are given as whose they are, (due, done), and whether they are overdue.

    That is what is due or was done on the same day, of the same child; the one done and due on the same days is preferred, then the
    one done. Where one record's key is another's too, nobody can tell.
    """
    records, goes_on = {}, {}
    for place, duties in enumerate((now, before)):
        for key in duties:
            if key.occasion:
                records.setdefault((key.rule, key.table, key.record), ([], []))[place].append(key)
    for keys, olds in records.values():
        if any(key.ordinal for key in keys + olds):
            continue

        def same(key, other, alike):
            (person, days, _), (person_before, days_before, _) = now[key], before[other]
            return person == person_before and bool(days and days_before) and bool(alike(days, days_before))

        ways = (
            lambda a, b: a == b and a[1], lambda a, b: a[1] and a[1] == b[1], lambda a, b: a[0] == b[0],
        )
        pairs, taken = {}, {key for key in keys if key in olds and any(same(key, key, way) for way in ways)}
        left = sorted((key for key in keys if key not in taken), key=in_order)
        for way in ways:
            for key in [key for key in left if key not in pairs]:
                free = [other for other in sorted(olds, key=in_order) if other not in taken and same(key, other, way)]
                if free:
                    pairs[key] = free[0]
                    taken.add(free[0])
        # What was overdue and is not listed under any number has to be settled under its own.
        goes_on |= {
            key: other for key, other in pairs.items()
            if key not in olds or key in taken or not before[key][2]
        }
    return goes_on


def in_order(key):
    return key.rule, key.table, key.record, key.occasion or 0, key.ordinal


def due_day(found):
    return found.detail[0] if found.status in ("overdue", "late") else None


def worse(old, new, one, two):
    """Whether an exception is worse after a run than after an earlier one: by its status, or as an overdue duty in a higher age band."""
    badness = ("cannot-judge", "late failed", "overdue")
    before, after = ([status in words.split() for words in badness].index(True) for status in (old.status, new.status))
    if after > before or new.status != "overdue":
        return after > before
    due = new.detail[0]
    return any((one - due).days <= limit < (two - due).days for limit in (7, 14, 28, 60, 90))


def duty(key, person, found):
    """What is left undone, whatever the key of the record is: the same of the same child, due on the same day if on any."""
    return key.rule, key.table, person, due_day(found)


def monday(day):
    return day - timedelta(days=day.weekday())
