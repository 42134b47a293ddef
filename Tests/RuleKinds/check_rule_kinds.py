"""Compares all kinds of rules, constraints, exceptions and measures with an oracle written from the contract alone (kinds_oracle.py).

    check_rule_kinds.py PROGRAM [ROUNDS] [SEED]

Each round makes a random world (kinds_world.py). It compares all of exceptions.csv except for the messages, all of measures.csv, each
team's list, the numbers of rows read, checked and rejected, and the exit status. Another number of threads and less memory must give the
same bytes.
"""

import collections
import csv
import json
import pathlib
import random
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run, team_lists, write, write_csv  # noqa: E402
from kinds_expressions import Duration  # noqa: E402
from kinds_oracle import COLUMNS, MEASURES, UNCOMPARED, Report  # noqa: E402
from kinds_world import make  # noqa: E402

SIZE, LARGE = 60, 1600
COMPARED = [column for column in COLUMNS if column not in UNCOMPARED]
CONSTRAINTS = ["required", "type", "enum", "minimum", "maximum", "pattern", "minLength", "maxLength", "unique", "key", "reference"]
EXPECTED = {
    "check": ["met", "failed", "cannot-judge"], "limit": ["met", "failed", "cannot-judge"],
    "deadline": ["met", "late", "overdue", "due-soon", "pending", "cannot-judge"],
    "repeat": ["met", "late", "overdue", "due-soon", "pending", "cannot-judge"]}
# Each of these must come up at least LEAST times, or the check did not look where it says that it looks.
SITUATIONS = [
    "outside active", "active: on its first day", "active: on its last day", "deadline: done at the very minute",
    "limit: an absent value", "limit: no row at all",
    "constraint: a required heading lacking", "percent: just under 100", "percent: just over 0",
    "when not met", "check: when absent", "deadline: when absent", "repeat: when absent", "limit: when absent",
    "deadline: duration absent", "deadline: to unreadable", "deadline: to later than as-of", "deadline: done before from",
    "deadline: outside the calendar", "deadline: due at a time", "deadline: hours with a bare date", "deadline: minutes late",
    "deadline: hours across a change of the clock", "due-soon: on its first day", "pending: a day before due-soon",
    "deadline: a clock time that is skipped", "deadline: a clock time that occurs twice", "occasion: of two digits",
    "lookBack: left out", "lookBack: on its first day", "repeat: from absent", "repeat: events absent", "repeat: every absent",
    "repeat: until unreadable", "repeat: until before from", "repeat: outside the calendar", "repeat: several events on one day",
    "repeat: event before from", "repeat: event after the end", "repeat: event on the first day", "repeat: event on the last day",
    "repeat: event at an hour before from", "repeat: event at an hour after the end",
    "repeat: until on as-of", "limit: a row without a group", "limit: on the bound of atMost",
    "limit: on the bound of atLeast", "marks: several rows", "marks: none, so the row itself", "marks: a row of another table",
    "marks: a row listed before", "list none: cannot-judge without a row",
    "rag: exactly on target", "constraint: .row failed", "check: nothing absent and yet not judged"]
SITUATIONS += [f"{kind}: {status}" for kind, statuses in EXPECTED.items() for status in statuses]
SITUATIONS += [f"constraint: .{name} {status}" for name in CONSTRAINTS for status in ("met", "failed")]
SITUATIONS += [f"blocks: {place}, {count} exceptions" for place in ("the row itself", "another record") for count in (0, 1, 2)]
SITUATIONS += [f"blocks: of {name}" for name in ("required", "type", "minimum", "key", "reference")]
SITUATIONS += [f"rag: {side} {of} {colour}" for side in ("atLeast", "atMost") for of in ("met", "broken")
               for colour in ("green", "amber", "red")]
SITUATIONS += [f"{kind}: {case} days after due" for kind in ("deadline", "repeat")
               for case in ("met, done -1", "met, done 0", "late, done 1", "due-soon, as-of 0", "overdue, as-of 1")]
SITUATIONS += [f"repeat: ended {days} days after due" for days in (-1, 0, 1)]
LEAST = 2


def without_messages(rows):
    return [tuple(row[column] for column in COMPARED) for row in rows]


def without_status(rows):
    """The rows for comparing their order: the contract is silent where a row is both marked by another and cannot be judged itself."""
    at = COMPARED.index("status")
    return [row[:at] + row[at + 1:] for row in rows]


def as_text(row):
    return " ".join(f"{column}={cell}" for column, cell in zip(COMPARED, row) if cell)


class Round:
    def __init__(self, program, facts, number, seed, folder):
        self.program, self.facts, self.number, self.folder = program, facts, number, folder
        self.name = f"seed {seed}, round {number}"
        size = LARGE if number % 12 == 11 else SIZE
        self.world, self.files = make(random.Random(f"{seed}/{number}"), number, folder, size, incomplete=number % 7 == 6)
        self.options = self.choose_options()
        self.report = Report(self.world)

    def choose_options(self):
        """Leaves a pack out in some rounds and sets a parameter in others; returns the options for that."""
        if self.number % 5 == 4:
            self.world.rules = [rule for rule in self.world.rules if rule["pack"] in ("", "first")]
            return ["--pack", "first", "--pack", "housing"] if self.world.table("homes")["pack"] else ["--pack", "first"]
        if self.number % 5 == 3:
            self.world.parameters["short_time"] = Duration(9, "days")
            return ["--set", "short_time=days(9)"]
        return []

    def validate(self, out, *options):
        return run(self.program, "validate", self.folder / "extracts", "--rules", self.folder / "rules", "--as-of", self.world.as_of,
                   "--out", self.folder / out, "--format", "csv,json", "--quiet", *self.options, *options)

    def compare(self):
        done = self.validate("out")
        wanted = self.report.sorted_exceptions()
        status = 3 if self.world.headings_lacking else 1 if wanted else 0
        if not self.facts.same(done.returncode, status, "exit status", f"{self.name}: {done.stderr[:1500]}"):
            return
        self.exceptions(read_csv(self.folder / "out/exceptions.csv"), wanted)
        self.measures(read_csv(self.folder / "out/measures.csv"))
        self.teams(wanted)
        self.reconciliation()
        self.other_ways()

    def exceptions(self, found, wanted):
        found, wanted = without_messages(found), without_messages(wanted)
        self.facts.checked += len(wanted)
        have, want = collections.Counter(found), collections.Counter(wanted)
        surplus, lacking = have - want, want - have
        for row in sorted(surplus):
            self.facts.that(False, f"an exception not wanted ({row[0].split('-')[0]}, {row[1]})", f"{self.name}: {as_text(row)}")
        for row in sorted(lacking):
            self.facts.that(False, f"an exception lacking ({row[0].split('-')[0]}, {row[1]})", f"{self.name}: {as_text(row)}")
        if not surplus and not lacking:
            at = next((at for at, pair in enumerate(zip(without_status(found), without_status(wanted))) if pair[0] != pair[1]), None)
            self.facts.that(at is None, "the order of exceptions.csv",
                            "" if at is None else f"{self.name}: row {at} is {as_text(found[at])}, wanted {as_text(wanted[at])}")

    def measures(self, found):
        wanted = {(row["rule"], row["team"]): row for row in self.report.measures()}
        rows = {(row["rule"], row["team"]): row for row in found}
        self.facts.same(len(rows), len(found), "a measure that stands twice", self.name)
        for key in sorted(wanted.keys() | rows.keys()):
            want, have = wanted.get(key, {}), rows.get(key, {})
            different = {column: (have.get(column), want.get(column)) for column in MEASURES if have.get(column) != want.get(column)}
            self.facts.that(not different, f"a measure ({key[0].split('-')[0]})", f"{self.name}: {key}: found, wanted {different}")

    def teams(self, wanted):
        by_team = collections.defaultdict(list)
        for cells in wanted:
            by_team[cells["team"]].append(cells)
        found = [read_csv(path) for path in sorted((self.folder / "out/teams").glob("*/exceptions.csv"))]
        lists = {rows[0]["team"]: rows for rows in found if rows}
        self.facts.same(len(lists), len([rows for rows in found if rows]), "two lists of one team", self.name)
        team_lists(self.folder / "out", self.facts, self.name)
        folders = [path.name.casefold() for path in (self.folder / "out/teams").iterdir()]
        self.facts.same(len(folders), len(set(folders)), "folders of teams that some file systems take for one", self.name)
        for team in sorted(by_team.keys() | lists.keys()):
            have, want = without_messages(lists.get(team, [])), without_messages(by_team[team])
            self.facts.that(sorted(have) == sorted(want) and without_status(have) == without_status(want), "a team's list",
                            f"{self.name}: {team}")

    def reconciliation(self):
        inputs = json.loads((self.folder / "out/run.json").read_text(encoding="utf-8"))["inputs"]
        found = {entry["name"]: (entry["rowsRead"], entry["rowsChecked"], entry["rowsRejected"]) for entry in inputs}
        self.facts.same(found, self.files, "rows read, checked, rejected", self.name)
        rejects = {str(path.relative_to(self.folder / "out/rejects")): len(list(csv.reader(path.open(encoding="utf-8", newline="")))) - 1
                   for path in (self.folder / "out/rejects").rglob("*.csv")}
        self.facts.same(sum(rejects.values()), len(self.world.rejected), "rows in the rejects", self.name)

    def other_ways(self):
        ways = [("--threads", "1"), ("--threads", "3"), ("--memory", "64M"), ("--threads", "3", "--memory", "64M")]
        options = ways[(self.number + self.number // 12) % len(ways)]
        self.validate("again", *options)
        names = ["exceptions.csv", "measures.csv"] + [str(path.relative_to(self.folder / "out"))
                                                      for path in sorted((self.folder / "out").glob("teams/*/*.csv"))]
        for name in names:
            again = self.folder / "again" / name
            self.facts.that(again.exists() and again.read_bytes() == (self.folder / "out" / name).read_bytes(),
                            "the same bytes in another way",
                            f"{self.name}: {name} with {' '.join(options)}")


STATUS_RULES = """
table: people
files: [people.csv]
primaryKey: id
fields:
  - {{name: id}}
  - {{name: started_on, type: date}}
---
rules:
  - rule: one
    title: One
    for: people
    {rule}
"""
# A rule for the only row, which started the day before the as-of date; options; and the exit status by product.md.
STATUSES = [
    ("check: has(started_on)", [], 0),
    ("check: '!has(started_on)'", [], 1),
    ("check: '!has(started_on)'", ["--exit-zero"], 0),
    ("check: '!has(started_on)'\n    severity: warning", [], 1),      # settled 37
    ("check: '!has(started_on)'\n    list: none", [], 0),
    ("deadline: {from: started_on, within: 1 day, dueSoon: 1 day}", [], 0),
    ("deadline: {from: started_on, within: 9 days}", [], 0),
    ("deadline: {from: started_on, within: 0 days}", [], 1),
    ("check: startd_on", [], 2)]


def exit_statuses(program, facts, folder):
    write_csv(folder / "extracts/people.csv", [["id", "started_on"], ["1", "2016-02-29"]])
    for number, (rule, options, status) in enumerate(STATUSES):
        write(folder / f"rules{number}/rules.yaml", STATUS_RULES.format(rule=rule))
        done = run(program, "validate", folder / "extracts", "--rules", folder / f"rules{number}", "--as-of", "2016-03-01",
                   "--out", folder / f"out{number}", "--format", "csv", "--quiet", *options)
        facts.same(done.returncode, status, "exit status of a small run", f"{rule} {options}: {done.stderr[:300]}")
        facts.same((folder / f"out{number}").exists(), status != 2, "an OUT written", rule)


def main():
    if not 2 <= len(sys.argv) <= 4:
        sys.exit("usage: check_rule_kinds.py PROGRAM [ROUNDS] [SEED]")
    program = str(pathlib.Path(sys.argv[1]).absolute())
    rounds, seed = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((2, 24), (3, 1)))
    facts, seen, exceptions = Facts(), collections.Counter(), 0
    with tempfile.TemporaryDirectory(prefix="casecheck-kinds-") as scratch:
        exit_statuses(program, facts, pathlib.Path(scratch) / "statuses")
        for number in range(rounds):
            folder = pathlib.Path(scratch) / str(number)
            one = Round(program, facts, number, seed, folder)
            one.compare()
            seen.update(one.report.seen)
            exceptions += len(one.report.exceptions)
            shutil.rmtree(folder)
    for situation in SITUATIONS:
        facts.that(seen[situation] >= LEAST, "a situation hardly seen", f"{situation}: {seen[situation]} times")
    print("seen: " + ", ".join(f"{situation} {seen[situation]}" for situation in sorted(set(SITUATIONS))))
    verdicts = sum(seen[f"{kind}: {status}"] for kind, statuses in EXPECTED.items() for status in statuses)
    print(f"{rounds} rounds, {verdicts} verdicts of rules, {exceptions} exceptions: ", end="")
    facts.finish()


if __name__ == "__main__":
    main()
