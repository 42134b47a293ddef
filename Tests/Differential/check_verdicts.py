"""Compares the headline rules of the packs with SQL written independently of them (headline_rules.sql), over generated case files.

    check_verdicts.py PROGRAM [CHILDREN]

Compared are every exception of exceptions.csv with its days, every record that could not be judged, what is due soon in drift.csv, and
the figures of measures.csv for each team of a dozen children. The as-of dates are close to bank holidays, clock changes and the ends of
the calendar.
"""

import collections
import pathlib
import shutil
import sys
import tempfile
from datetime import date

import duckdb
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run, write_csv  # noqa: E402
from case_files import COLUMNS, HEADINGS, CaseFiles  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
RULES = HERE.parent.parent / "Rules"

# The files that hold the headline rules, used unchanged.
FILES = ["packs/statutory/visits.yaml", "packs/statutory/assessments.yaml", "packs/statutory/missing.yaml",
         "packs/statutory/looked-after.yaml", "packs/torbay/assessments.yaml"]
HEADLINES = ["assessment-20-days", "assessment-45-days", "permanence-plan-second-review", "return-interview-72-hours",
             "cin-visits", "cp-visits", "cla-visits-first-year"]
STATUSES = ["met", "late", "overdue", "due-soon", "pending", "cannot-judge"]

# After Easter and the change to summer time; after the change to winter time; after two bank holidays that were moved; after Christmas, on
# a leap day; in the calendar's last weeks, where due dates lie outside it.
DAYS = [date(2016, 3, 30), date(2016, 11, 1), date(2022, 6, 8), date(2028, 2, 29), date(2028, 12, 8)]


def judged_by_sql(tables, folder, as_of, calendar):
    connection = duckdb.connect()
    connection.execute(f"set variable as_of = date '{as_of}'")
    connection.execute("create table holidays(day date)")
    connection.executemany("insert into holidays values (?)", [[day] for day in calendar["holidays"]])
    connection.execute("create table covers(first date, last date)")
    connection.execute("insert into covers values (?, ?)", [calendar["covers"]["from"], calendar["covers"]["to"]])
    for table, rows in tables.items():
        path = write_csv(folder / f"{table}.csv", [COLUMNS[table], *rows])
        connection.execute(f"create table {table} as select * from read_csv('{path}', header=true, all_varchar=true, nullstr='\u241e')")
    connection.execute((HERE / "headline_rules.sql").read_text(encoding="utf-8"))
    return connection.execute("select rule, record, team, occasion, status, due_on, done_on, days_late from verdicts").fetchall()


class Comparison:
    def __init__(self, program, facts, place, calendar):
        self.program, self.facts, self.place, self.calendar = program, facts, place, calendar
        self.counts = collections.Counter()
        self.edges = collections.Counter()

    def on(self, as_of, children):
        folder = self.place / str(as_of)
        files = CaseFiles(1, as_of, children, self.calendar["covers"]["from"])
        for table, rows in files.tables.items():
            write_csv(folder / "extracts" / f"{table}.csv", [[HEADINGS[name] for name in COLUMNS[table]], *rows])
        done = run(self.program, "validate", folder / "extracts", "--rules", self.place / "Rules", "--as-of", as_of,
                   "--out", folder / "out", "--format", "csv", "--quiet")
        self.facts.same(done.returncode, 1, "exit status", f"{as_of}: {done.stderr[:800]}")
        verdicts = judged_by_sql(files.tables, folder / "sql", as_of, self.calendar)
        self.exceptions(as_of, folder, verdicts, files)
        self.due_soon(as_of, folder, verdicts)
        self.measures(as_of, folder, verdicts)
        for rule, _, _, _, status, due, done_on, days in verdicts:
            self.counts[rule, status] += 1
            if status in ("met", "late") and done_on and days is not None and 0 <= days <= 1:
                self.edges[rule, status, days] += 1
            elif status in ("overdue", "due-soon") and days in (0, 1):
                self.edges[rule, status, days] += 1

    def exceptions(self, as_of, folder, verdicts, files):
        wanted = {(rule, record, str(occasion or "")): (status, team, due, done or "", str(days))
                  for rule, record, team, occasion, status, due, done, days in verdicts if status in ("late", "overdue")}
        unjudged = {(rule, record, str(occasion or "")) for rule, record, _, occasion, status, *_ in verdicts if status == "cannot-judge"}
        rows = read_csv(folder / "out/exceptions.csv")
        found = {(row["rule"], row["record_id"], row["occasion"]): (row["status"], row["team"], row["due_on"], row["done_on"], row["days_late"])
                 for row in rows if row["rule"] in HEADLINES and row["status"] != "cannot-judge"}
        for key in sorted(wanted.keys() | found.keys()):
            self.facts.same(found.get(key), wanted.get(key), f"an exception of {key[0]}", f"{as_of}, {key}")
        # A record that could not be judged has an exception of its own, or the exception of the cell that was in the way names the rule.
        own = {(row["rule"], row["record_id"], row["occasion"]) for row in rows if row["rule"] in HEADLINES and row["status"] == "cannot-judge"}
        for key in sorted(own - unjudged):
            self.facts.that(False, f"judged by SQL, not by {key[0]}", f"{as_of}, {key}")
        person = {}
        for table, records in files.tables.items():
            at = COLUMNS[table].index("person_id")
            person.update({(table, record[0]): record[at] for record in records})
        blocked = collections.defaultdict(set)
        for row in rows:
            for rule in row["blocks"].split():
                blocked[rule].update({row["record_id"], person.get((row["table"], row["record_id"]))})
        judged = {"assessment-20-days": "assessments", "assessment-45-days": "assessments", "permanence-plan-second-review": "care_periods",
                  "return-interview-72-hours": "missing_episodes", "cin-visits": "cin_plans", "cp-visits": "cp_plans", "cla-visits-first-year": "placements"}
        for key in sorted(unjudged):
            rule, record, _ = key
            self.facts.that(key in own or record in blocked[rule] or person[judged[rule], record] in blocked[rule],
                            f"not judged by SQL, but by {rule}", f"{as_of}, {key}")

    def due_soon(self, as_of, folder, verdicts):
        wanted = {(rule, record, str(occasion or ""), due) for rule, record, _, occasion, status, due, *_ in verdicts if status == "due-soon"}
        found = set()
        for path in (folder / "out/teams").glob("*/drift.csv"):
            for row in read_csv(path):
                if row.get("rule") in HEADLINES and row.get("status") == "due-soon":
                    found.add((row["rule"], row["record_id"], row["occasion"], row["due_on"]))
        for key in sorted(wanted | found):
            self.facts.that(key in wanted and key in found, f"due soon under {key[0]}",
                            f"{as_of}, {key}: {'SQL' if key in wanted else 'casecheck'} alone says so")

    def measures(self, as_of, folder, verdicts):
        wanted = collections.Counter()
        for rule, _, team, _, status, *_ in verdicts:
            for name in (team, "(all)"):
                wanted[rule, name, status] += 1
        found = {(row["rule"], row["team"]): row for row in read_csv(folder / "out/measures.csv") if row["rule"] in HEADLINES}
        for rule, team in sorted({(rule, team) for rule, team, _ in wanted} | set(found)):
            row = found.get((rule, team), {})
            figures = {status: int(row.get(status.replace("-", "_"), 0)) for status in STATUSES}
            self.facts.same(figures, {status: wanted[rule, team, status] for status in STATUSES}, f"the figures of {rule}", f"{as_of}, {team}")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: check_verdicts.py PROGRAM [CHILDREN]")
    program, children = str(pathlib.Path(sys.argv[1]).absolute()), int(sys.argv[2]) if len(sys.argv) > 2 else 600
    facts = Facts()
    calendar = yaml.safe_load((RULES / "calendars/england-and-wales.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="casecheck-verdicts-") as scratch:
        place = pathlib.Path(scratch)
        for name in ("tables", "codes", "calendars"):
            shutil.copytree(RULES / name, place / "Rules" / name)
        for name in FILES:
            (place / "Rules" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(RULES / name, place / "Rules" / name)
        comparison = Comparison(program, facts, place, calendar)
        for as_of in DAYS:
            comparison.on(as_of, children)
    for rule in HEADLINES:
        for status in STATUSES:
            facts.that(comparison.counts[rule, status] > 0, "a status that no case has", f"{rule}: {status}")
        for status, days in (("met", 0), ("late", 1), ("overdue", 1), ("due-soon", 0)):
            facts.that(comparison.edges[rule, status, days] > 0, "an edge on which no case stands", f"{rule}: {status}, {days} days")
    total = sum(comparison.counts.values())
    print(f"{len(DAYS)} as-of dates, {len(DAYS) * children} children, {total} verdicts of {len(HEADLINES)} rules: ", end="")
    facts.finish()


if __name__ == "__main__":
    main()
