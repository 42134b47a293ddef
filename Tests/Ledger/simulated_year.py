#!/usr/bin/env python3
"""A simulated year of weekly runs, each compared with a model of the ledger.

    Tests/Ledger/simulated_year.py PROGRAM [--weeks 52] [--seed N] [--break-model WAY]

A seeded council lives through a year (simulated_world.py). Each week its extracts are written, the program runs, and
what it says is compared with what the model (verdicts.py, ledger_model.py) works out from the same world. The exit
status is 1 on any difference. --break-model bends the model in one way (BENDS), as if the program had that mistake:
the year must then end with differences.
"""

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import verdicts
from ledger_model import LedgerModel, Run, Waiver
from ledger_tools import Facts, Program, doubted, exceptions, strangers, unlike_summary, wrong_days
from simulated_world import TEAMS, World, write_waivers
from verdicts import Judge

FIRST_MONDAY = date(2016, 1, 4)

# What goes wrong with the exports, by week. Halved tables are whole again the next week; lost records stay lost. "otherwise":
# a code is written in another way, so that a rule which compares it asks nothing of anybody. "gone": children who were overdue are
# in no extract of people any more, one with all that refers to the child; "forgotten": what refers to another is gone as well.
# "short": a tenth of the records is cut off, the newest, between two of them; they are there again the next week.
TROUBLES = {
    9: {"missing": ["visits"]},
    12: {"gone": True},
    14: {"cut": ["assessments"]},
    18: {"lose": "assessments"},
    19: {"accept": ["assessments"]},
    16: {"forgotten": True},
    22: {"otherwise": True},
    25: {"gone": True},
    27: {"missing": ["people"]},
    31: {"without": "extra"},
    35: {"gone": True},
    36: {"cut": ["visits"]},
    38: {"otherwise": True, "accept": ["people"]},
    40: {"halved": ["people"]},
    43: {"gone": True},
    44: {"lose": "visits"},
    45: {"without": "extra"},
    46: {"accept": ["visits"]},
    47: {"forgotten": True},
    48: {"missing": ["assessments"], "cut": ["people"]},
    50: {"short": ["visits", "assessments"]},
}
TWICE_A_WEEK, NO_RUN = {20, 41}, {33}
DRIFT = {"visit-written-up", "assessment-in-time", "seen-regularly", "caseload", "girl-closed"}


# Mistakes that a ledger could make, here made in the model.

def forgetful(self, key):
    reason = HOLDS_OPEN(self, key)
    return reason if reason != BENT else None


def first_seen_anew(self, day, run):
    for key in run.judgement.listed:
        if key in self.lives and not self.lives[key].open:
            self.lives[key].first_seen = day
    TAKE(self, day, run)


def listed_runs_only(self, day, run):
    TAKE(self, day, run)
    for key, life in self.lives.items():
        life.runs_open -= life.open and not life.listed


def by_line(table, row):
    return row[next(iter(row))] or "no key"


def bend(way):
    """Bends the model in one of the ways that BENDS names."""
    global BENT, HOLDS_OPEN, TAKE
    HOLDS_OPEN, TAKE, BENT = verdicts.Judgement.holds_open, LedgerModel.take, way
    target, name, value = BENDS[way]
    setattr(target, name, value)


BENDS = {
    "not evaluated": (verdicts.Judgement, "holds_open", forgetful),
    "not judged": (verdicts.Judgement, "holds_open", forgetful),
    "perhaps rejected": (verdicts.Judgement, "holds_open", forgetful),
    "in order by chance": (verdicts.Judgement, "may_be_unreadable", lambda self, *_: False),
    "first seen anew": (LedgerModel, "take", first_seen_anew),
    "listed runs only": (LedgerModel, "take", listed_runs_only),
    "never lapsed": (LedgerModel, "lapsed", lambda self, key, life, judgement: False),
    "no key, all alike": (verdicts, "identity", by_line),
    "gone for good": (verdicts.Judgement, "fate_of_gone", lambda self, key, found: None),
    "waived for good": (Run, "waives", lambda self, key, found: key.record in {one.record for one in self.waivers}),
}


# A bend under a name that the model does not have would bend nothing, and the year would end without a difference for that reason.
for bent, (target, name, _) in BENDS.items():
    assert hasattr(target, name), f"the bend {bent!r}: the model has no {name}"


@dataclass
class Made:
    """A run with all that it takes to make it again: what it read, and what the model makes of that."""

    day: date
    folder: Path
    judgement: object
    waivers: list
    options: dict


class Year:
    def __init__(self, program, weeks, seed, scratch):
        self.program, self.weeks, self.scratch = program, weeks, Path(scratch)
        self.world = World(seed, FIRST_MONDAY)
        self.random = self.world.random
        self.facts, self.made, self.agreed, self.whole, self.runs = Facts(), [], [], {}, 0

    # The world's side: the extracts of a run, and what is to be found in them

    def prepare(self, week, day, trouble, name):
        folder = self.scratch / name
        extracts = self.world.export(
            folder / "extracts", trouble.get("missing", ()), trouble.get("cut", ()), trouble.get("halved", ()),
            trouble.get("otherwise", False), trouble.get("short", ()),
        )
        accepted, untrusted, lost = trouble.get("accept", []), set(), set()
        for table, extract in extracts.items():
            shrunk = len(extract.rows) < 0.8 * self.whole.get(table, 0)
            if extract.missing or extract.cut or (shrunk and table not in accepted):
                untrusted.add(table)
            else:
                self.whole[table] = len(extract.rows)
                lost |= {table} if shrunk else set()
        packs = [pack for pack in ("core", "extra", "codes") if pack != trouble.get("without")]
        judgement = Judge(extracts, day, packs, untrusted, accepted, lost).judgement()
        self.agree(day)
        write_waivers(folder / "waivers.csv", self.agreed)
        options = {"packs": packs, "accept": accepted, "waivers": folder / "waivers.csv"}
        return Made(day, folder / "extracts", judgement, list(self.agreed), options)

    def agree(self, day):
        """Now and then waives an exception of the last run, or withdraws a waiver."""
        if self.made and self.random.random() < 0.6:
            listed = self.made[-1].judgement.listed
            keys = sorted((key for key in listed if ":" not in key.record), key=str)
            key = self.random.choice(keys)
            until = day + timedelta(days=self.random.choice([0, 6, 7, 20, 50]))
            table = self.random.choice([key.table, ""])
            self.agreed.append(Waiver(key.rule, table, key.record, key.occasion, day, until))
        if self.agreed and self.random.random() < 0.1:
            self.agreed.remove(self.random.choice(self.agreed))

    def overdue_children(self):
        listed = self.made[-1].judgement.listed.items()
        return sorted({key.record for key, found in listed if key.table == "people" and found.status == "overdue"})

    # The program's side: one run, and what it says of it

    def run(self, ledger, model, made, where, **more):
        out = self.scratch / (ledger.stem + "-out")
        model.record(made.judgement, made.waivers)
        done = self.program.validate(made.folder, made.day, out, ledger, **made.options, **more)
        self.runs += 1
        expected = 3 if made.judgement.untrusted else 1
        if self.facts.equal(where, "exit status", expected, done.code):
            self.compare(model, made.day, out, where)
        else:
            print(done.err[-2000:], file=sys.stderr)

    def compare(self, model, day, out, where):
        untrusted = set(model.runs[day].judgement.untrusted)
        self.facts.equal(where, "tables that are not trusted, and whether the run is", (untrusted, not untrusted), doubted(out))
        said, told, team_rows = {}, {}, 0
        for row in exceptions(out):
            name = " ".join((row["rule"], row["table"], row["record_id"], row["occasion"] and "#" + row["occasion"]))
            place = f"{name.strip()} ({row['source_file']}:{row['source_line']})"
            told[place] = "{status} {list} {team}/{worker} seen {first_seen} open {runs_open}".format(**row)
            team_rows += row["list"] != "waived"
        self.facts.equal(where, "rows of exceptions.csv, none of them twice", len(told), len(exceptions(out)))
        for key, found in model.runs[day].judgement.listed.items():
            standing = model.after[day][key]
            name = " ".join((key.rule, key.table, found.shown, f"#{key.occasion}" if key.occasion else ""))
            usual = "drift" if key.rule in DRIFT and found.status != "cannot-judge" else "correction"
            said[f"{name.strip()} ({found.place[0]}:{found.place[1]})"] = (
                f"{found.status} {'waived' if standing.waived else usual} {found.team}/{found.worker} "
                f"seen {standing.first_seen} open {standing.runs_open}"
            )
        self.facts.same_map(where, said, told, absent="not listed")
        listed = sum(len(exceptions(folder)) for folder in (out / "teams").iterdir())
        self.facts.equal(where, "rows in the lists of the teams", team_rows, listed)
        self.facts.equal(where, "rows that stand in another team's list", {}, strangers(out))
        self.facts.equal(where, "rows of a rule, and what summary.json says", {}, unlike_summary(out))
        self.facts.equal(where, "days late that are not those since the due day", [], wrong_days(exceptions(out), day))

    # The year

    def live(self):
        ledger, model = self.scratch / "year.sqlite", LedgerModel()
        for week in range(self.weeks):
            trouble = TROUBLES.get(week, {})
            friday = FIRST_MONDAY + timedelta(days=7 * week + 4)
            if "lose" in trouble:
                self.world.lose_half(trouble["lose"])
            if "gone" in trouble:
                self.world.vanish(self.overdue_children())
            if "forgotten" in trouble:
                self.world.forget()
            for day in [friday - timedelta(days=3), friday] if week in TWICE_A_WEEK else [friday]:
                self.world.live(day)
                if week not in NO_RUN:
                    made = self.prepare(week, day, trouble, f"run-{day}")
                    self.run(ledger, model, made, f"week {week}, {day}")
                    self.made.append(made)
        return ledger, model

    def again(self, ledger, model):
        """Makes the last run and the one before it again, with the same extracts and with others."""
        last, before = self.made[-1], self.made[-2]
        self.run(ledger, model, last, "the last run again")
        other = self.twisted(last)
        self.run(ledger, model, other, "the last run again with other extracts")
        self.run(ledger, model, last, "the last run again with its own extracts")
        self.run(ledger, model, before, "the last run but one again", backfill=True)
        self.run(ledger, model, last, "the last run after that")
        refused = self.program.validate(
            before.folder, before.day, self.scratch / "refused", ledger, **before.options
        )
        self.facts.equal("an earlier day without --backfill", "exit status", 4, refused.code)
        self.facts.true("an earlier day without --backfill", "lists were written", not (self.scratch / "refused").exists())
        self.run(ledger, model, last, "the last run after the refused one")

    def twisted(self, made):
        """A run of the same day that reads what another week would have held."""
        self.world.live(made.day)
        whole = dict(self.whole)
        other = self.prepare(self.weeks, made.day, {}, f"other-{made.day}")
        self.whole, other.waivers = whole, list(self.agreed)
        return other

    def filled_in(self):
        """Checks that a ledger made out of order says the same as one made in order."""
        order, model = self.made[len(self.made) // 2 :], LedgerModel()
        for made in order:
            model.record(made.judgement, made.waivers)
        late = self.fit_to_fill_in(order, model)
        ledger, other = self.scratch / "filled.sqlite", LedgerModel()
        for made, more in self.out_of_order(order, late):
            self.run(ledger, other, made, f"second ledger, {made.day}", **more)
        same = self.standing(other) == self.standing(model)
        self.facts.true("second ledger", f"the models differ after {len(late)} runs filled in", same)
        self.commands(ledger, other, "second ledger")
        # Any weeks, including those with troubles: here the ledger may say less than one made in order.
        ledger, other = self.scratch / "any.sqlite", LedgerModel()
        order = self.made[3:18]
        for made, more in self.out_of_order(order, self.random.sample(range(1, len(order) - 1), min(5, len(order) - 2))):
            self.run(ledger, other, made, f"third ledger, {made.day}", **more)
        self.commands(ledger, other, "third ledger")

    def out_of_order(self, order, late):
        """The runs that are on time, then the late ones, then the last one."""
        last = len(order) - 1
        on_time = [index for index in range(last) if index not in late]
        made = -1
        for index in [*on_time, *late, last]:
            yield order[index], {"backfill": index < made}
            made = max(made, index)

    def fit_to_fill_in(self, order, model):
        """Runs that can be filled in so that the ledger is as if it had been made in order.

        What only a filled-in run saw counts as resolved in the next run. In order it might stay open, if that run could
        not judge it. Runs for which that matters are left out.
        """
        quiet = [
            index for index in range(1, len(order) - 1)
            if not any(
                near.judgement.untrusted or len(near.options["packs"]) < 3 or near.options["accept"]
                for near in order[index - 1 : index + 2]
            )
        ]
        fit = []
        for index in self.random.sample(quiet, min(len(quiet), 8)):
            trial = LedgerModel()
            for made, _ in self.out_of_order(order, [*fit, index]):
                trial.record(made.judgement, made.waivers)
            if self.standing(trial) == self.standing(model):
                fit.append(index)
        return fit

    def standing(self, model):
        return model.after[max(model.runs)], model.weeks()

    # The commands on the ledger

    def commands(self, ledger, model, where):
        """Compares what `history`, `diff` and `ledger check` say of the ledger with the model."""
        days = sorted(model.runs)
        self.history(ledger, model, where, days)
        teams, rules = [*TEAMS, "(no team)"], ["seen-regularly", "visits.key", "visit-written-up"]
        self.history(ledger, model, where, days, team=self.random.choice(teams))
        self.history(ledger, model, where, days, rule=self.random.choice(rules))
        since, until = sorted(self.random.sample(days, 2))
        self.history(ledger, model, where, days, since=since, until=until)
        pairs = [("previous", "latest"), (str(days[0]), "latest")]
        pairs += [tuple(map(str, sorted(self.random.sample(days, 2)))) for _ in range(4)]
        for one, two in pairs:
            self.diff(ledger, model, where, days, one, two)
        check = self.program.call([self.program.path, "ledger", "check", "--ledger", str(ledger)])
        self.facts.equal(where, "exit status of `ledger check`", 0, check.code)

    def history(self, ledger, model, where, days, team=None, rule=None, since=date.min, until=date.max):
        words, days = ["--ledger", ledger], [day for day in days if since <= day <= until]
        for name, value in (("--team", team), ("--rule", rule)):
            words += [name, value] if value else []
        if since > date.min:
            words += ["--from", since, "--to", until]
        told = self.program.asked("history", *words)
        where = f"{where}, history {' '.join(map(str, words[2:]))}".rstrip()
        if not self.facts.true(where, f"says no JSON: {told}", isinstance(told, dict)):
            return

        def wanted(key, owner, team=team, rule=rule):
            return team in (None, owner) and rule in (None, key.rule)

        self.facts.equal(where, "runs", [str(day) for day in days], told["runs"])
        untrusted = [str(day) for day in days if model.runs[day].judgement.untrusted]
        self.facts.equal(where, "untrusted", untrusted, told["untrusted"])
        weeks = {row["week"]: row for row in told["weeks"]}
        said = model.weeks(wanted, since, until)
        self.facts.equal(where, "weeks", sorted(said), sorted(weeks))
        for week in sorted(set(said) & set(weeks)):
            self.figures(f"{where}, week {week}", said[week], weeks[week])
        self.figures(f"{where}, all", model.figures(days, wanted), told["all"])
        for part, named in (("teams", lambda key, owner: owner), ("rules", lambda key, owner: key.rule)):
            rows = {row[part[:-1]]: row for row in told[part]}
            names = {named(event.key, event.team) for event in model.events if wanted(event.key, event.team)}
            for name in sorted(names | set(rows)):
                only = lambda key, owner: wanted(key, owner) and named(key, owner) == name
                said = model.figures(days, only)
                if any(said.values()) or name in rows:
                    self.figures(f"{where}, {name}", said, rows.get(name, {}))

    def figures(self, where, said, told):
        for name, value in said.items():
            self.facts.equal(where, name, value, told.get(name, "nothing"))

    def diff(self, ledger, model, where, days, one, two):
        names = {"latest": days[-1], "previous": days[-2]}
        told = self.program.asked("diff", one, two, "--ledger", ledger)
        where = f"{where}, diff {one} {two}"
        if not self.facts.true(where, f"says no JSON: {told}", isinstance(told, dict)):
            return
        one, two = (names.get(name) or date.fromisoformat(name) for name in (one, two))
        changes, unchanged = model.diff(one, two)
        said, heard = Counter(), Counter()
        for key, kind, *rest in changes:
            record = "no key" if ":" in key.record else key.record
            said[(key.rule, key.table, record, key.occasion, kind, *rest)] += 1
        for change in told["changes"]:
            record = "no key" if ":" in change["record"] else change["record"]
            rest = (change[name] for name in ("occasion", "kind", "team", "teamBefore", "status", "statusBefore"))
            heard[(change["rule"], change["table"], record, *rest)] += 1
        self.facts.equal(where, "from and to", [str(one), str(two)], [told["from"], told["to"]])
        self.facts.equal(where, "unchanged", unchanged, told["unchanged"])
        self.facts.same_map(where, said, heard, absent=0)


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("program")
    words.add_argument("--weeks", type=int, default=52)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--break-model", choices=sorted(BENDS), metavar="WAY", help=", ".join(BENDS))
    words = words.parse_args()
    if words.break_model:
        bend(words.break_model)
    with tempfile.TemporaryDirectory(prefix="ledger-year-") as scratch:
        year = Year(Program(words.program), words.weeks, words.seed, scratch)
        ledger, model = year.live()
        year.commands(ledger, model, "the year")
        year.again(ledger, model)
        year.commands(ledger, model, "the year, some runs made again")
        year.filled_in()
        sys.exit(year.facts.close(f"{year.runs} runs"))


if __name__ == "__main__":
    main()
