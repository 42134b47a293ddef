"""Compares the expression language with an evaluator written independently, over random expressions and random records.

    check_expressions.py PROGRAM [RULES [SEED [RUNS]]]

Each run makes the tables of a small case system, with the faults of real exports, and RULES rules over them: checks (compared by status,
field, value and blocks of each record, and by the figures of measures.csv), derived columns quoted in a message, and limits.
"""

import collections
import json
import pathlib
import random
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, datetime

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run, write, write_csv  # noqa: E402
from case_data import Data  # noqa: E402
from expressions import Maker, text_of  # noqa: E402
from meaning import FUNCTIONS, METHODS, Absent, Evaluator, Node, equal, first_field  # noqa: E402
import limits  # noqa: E402

AS_OF_DATES = [date(2016, 2, 29), date(2016, 3, 28), date(2016, 10, 30), date(2016, 12, 31), date(2017, 2, 28)]
SHOWN = ["integer", "number", "string", "boolean", "date", "datetime"]
NO_VALUE = "(not recorded)"


@dataclass
class Check:
    name: str
    table: str
    check: object
    when: object = None
    field: str = None
    marks: object = None

    def document(self):
        rule = {"rule": self.name, "title": self.name, "for": self.table, "check": text_of(self.check)}
        if self.when:
            rule["when"] = text_of(self.when)
        if self.field:
            rule["field"] = self.field
        if self.marks:
            rule["marks"] = text_of(self.marks)
        return rule


@dataclass
class Show:
    """A rule that always fails and quotes derived columns."""
    name: str
    table: str
    columns: list

    def document(self):
        message = "".join(f"⟦{{{column}}}⟧" for column in self.columns)
        return {"rule": self.name, "title": self.name, "for": self.table, "check": "false", "message": message}


class Case:
    """One run: its data and rules, what the program makes of them, and what the contract does."""

    def __init__(self, seed, count, most=60):
        self.random = random.Random(seed)
        self.data = Data(seed, most=most)
        self.data.parameters["most"] = Node("literal", [], 4, "integer")
        self.data.earlier = Data(-seed - 1, self.data.definitions)
        if self.random.random() < 0.3:
            self.data.drop_column()
        self.as_of = self.random.choice(AS_OF_DATES)
        self.evaluator = Evaluator(self.data, self.as_of)
        self.faults = list(self.data.faults())
        self.by_cell = collections.defaultdict(list)
        for fault in self.faults:
            for name in self.stands_on(fault):
                self.by_cell[fault[1], name].append(fault)
        self.shows, self.checks, self.limits = [], [], []
        self.make(count)

    @staticmethod
    def stands_on(fault):
        """The fields that a fault is about: a compound key or reference, and each of its columns (settled 4)."""
        return {fault[2], *fault[2].split("|")}

    # Making.

    def make(self, count):
        tables = list(self.data.definitions)
        for n in range(count // 4):
            table = self.random.choice(tables)
            columns = [self.derived(table, f"d{n}_{m}") for m in range(4)]
            self.shows.append(Show(f"show-{n}", table, columns))
        for n in range(count - count // 4 - count // 10):
            self.checks.append(self.check(f"check-{n}", self.random.choice(tables)))
        for n in range(count // 10):
            self.limits.append(limits.make(f"limit-{n}", self.random.choice(tables), self.data, self.random))

    def derived(self, table, name):
        kind = self.random.choice(SHOWN)
        self.data.definitions[table].derived[name] = (Maker(self.data, self.random, table).make(kind, self.depth()), kind)
        return name

    def depth(self):
        return self.random.choice([1, 2, 2, 3, 3, 4])

    def check(self, name, table):
        maker = Maker(self.data, self.random, table)
        rule = Check(name, table, maker.make("boolean", self.depth()))
        if self.random.random() < 0.2:
            rule.when = maker.make("boolean", 2)
        if self.random.random() < 0.2:
            rule.field = self.random.choice(list(self.data.definitions[table].fields))
        if self.random.random() < 0.1:
            rule.marks = maker.list_of(("row", table), 2)
        return rule

    # What the program says.

    def run(self, program, place):
        rules = [rule.document() for rule in self.shows + self.checks + self.limits]
        write(place / "rules/tables.yaml", self.data.yaml(self.data.documents(text_of)).replace('"most": "4"', '"most": "3"'))
        write(place / "rules/rules.yaml", self.data.yaml([{"rules": [rule]} for rule in rules]))
        for name in self.data.definitions:
            write_csv(place / "extracts" / f"{name}.csv", self.data.rows_to_write(name))
            write_csv(place / "earlier" / f"{name}.csv", self.data.earlier.rows_to_write(name))
        return run(program, "validate", place / "extracts", "--rules", place / "rules", "--as-of", self.as_of, "--out", place / "out",
                   "--earlier", place / "earlier", "--set", "most=4", "--format", "csv,json", "--quiet")

    # What the contract says.

    def verdict(self, rule, row):
        """The status and, for cannot-judge, what was absent; (None, None) where the rule does not apply."""
        if rule.when:
            applies = self.evaluator.value(rule.when, row, {})
            if isinstance(applies, Absent):
                return "cannot-judge", applies
            if not applies:
                return None, None
        holds = self.evaluator.value(rule.check, row, {})
        if isinstance(holds, Absent):
            return "cannot-judge", holds
        return ("met" if holds else "failed"), None

    def marked(self, rule, row):
        if not rule.marks:
            return [row]
        rows = self.evaluator.value(rule.marks, row, {})
        return [row] if isinstance(rows, Absent) or not rows else rows

    def expected(self, rule):
        """The rule's own exceptions as {(line, status): (field, value)}, the faults whose `blocks` name it, and its figures."""
        listed, blocked, figures = {}, [], collections.Counter()
        default = rule.field or first_field(rule.check, self.data.definitions[rule.table]) or ""
        for row in self.data.tables[rule.table]:
            status, absent = self.verdict(rule, row)
            figures[status] += 1
            if status == "failed":
                for record in self.marked(rule, row):
                    listed[record.line, status] = (default, record.raw[default] if default in record.raw else "")
            elif status == "cannot-judge":
                record, name = absent.cause or (row, default)
                if self.by_cell[record, name]:
                    blocked += self.by_cell[record, name]
                else:
                    field = name if record is row or not name else f"{record.table.name}.{name}"
                    listed[row.line, status] = (field, record.raw[name] if name in record.raw else "")
        return listed, blocked, figures


class Comparison:
    def __init__(self, case, place, facts, seed):
        self.case, self.facts, self.seed = case, facts, seed
        self.rows = collections.defaultdict(list)
        for row in read_csv(place / "out/exceptions.csv"):
            self.rows[row["rule"]].append(row)
        self.measures = {row["rule"]: row for row in read_csv(place / "out/measures.csv") if row["team"] == "(all)"}
        nothing = json.loads((place / "out/summary.json").read_text(encoding="utf-8"))["judgedNothing"]
        self.set_aside = {entry["rule"] for entry in nothing if "heading" in json.dumps(entry)}
        self.wrong = set()
        self.compared = collections.Counter()

    def same(self, found, wanted, what, rule, where):
        if not self.facts.same(found, wanted, what, f"seed {self.seed}, {rule.name}, {where}, {rule.document()}"):
            self.wrong.add(rule.name)

    def all(self):
        blocks = collections.defaultdict(set)
        for rule in self.case.checks:
            self.check(rule, blocks)
        for rule in self.case.shows:
            self.show(rule)
        for rule in self.case.limits:
            self.limit(rule)
        self.blocks(blocks)
        # One column is missing at most: a program that set rules aside that can do without it would have little compared.
        aside, rules = self.compared["rules set aside for want of a column"], len(self.case.checks) + len(self.case.limits)
        self.facts.that(3 * aside <= 2 * rules, "too many rules set aside", f"seed {self.seed}: {aside} of {rules}")

    def check(self, rule, blocks):
        listed, blocked, figures = self.case.expected(rule)
        if self.aside(rule, figures):
            return
        for fault in blocked:
            blocks[fault[0], fault[1].line].add(rule.name)
        found = {(int(row["source_line"]), row["status"]): (row["field"], as_in_the_file(row["value"])) for row in self.rows[rule.name]}
        for at in sorted(found.keys() | listed.keys()):
            self.same(found.get(at), listed.get(at), "a check's exception", rule, f"line {at}")
        self.same(len(self.rows[rule.name]), len(listed), "how many exceptions a check has", rule, "exceptions.csv")
        self.figures(rule, figures)
        self.compared["verdicts of checks"] += sum(figures.values())

    def aside(self, rule, figures):
        """Whether the program sets the rule aside because no file has a column that it needs.

        It then judges nothing by the rule, and says so. By the contract each row would be cannot-judge, or met or failed where the
        verdict does not depend on the column.
        """
        if not self.case.data.missing or rule.name not in self.set_aside:
            return False
        self.compared["rules set aside for want of a column"] += 1
        self.compared["of them with rows that the contract judges"] += figures["met"] + figures["failed"] > 0
        return True

    def figures(self, rule, figures):
        row = self.measures.get(rule.name, {})
        names = {"met": "met", "failed": "failed", "cannot-judge": "cannot_judge"}
        self.same({status: int(row.get(name, 0)) for status, name in names.items()}, {status: figures[status] for status in names},
                  "the figures of a rule", rule, "measures.csv")

    def blocks(self, wanted):
        faults = {(rule, row.line): field for rule, row, field in self.case.faults}
        found = {}
        for rule, rows in self.rows.items():
            if "." in rule:
                found.update({(rule, int(row["source_line"])): row for row in rows})
        for at in sorted(faults.keys() | found.keys()):
            row = found.get(at)
            self.facts.same(row and row["field"], faults.get(at), "a fault of a cell", f"seed {self.seed}, {at}")
            # The program names limit rules as well; these are compared separately.
            named = {name for name in row["blocks"].split() if not name.startswith("limit-")} if row else set()
            for name in sorted(named ^ wanted[at]):
                rule = next(rule for rule in self.case.checks if rule.name == name)
                self.same(name in named, name in wanted[at], "a rule in blocks", rule, f"{at}")
            self.compared["blocks"] += len(named | wanted[at])

    def show(self, rule):
        definition = self.case.data.definitions[rule.table]
        found = {int(row["source_line"]): row["message"] for row in self.rows[rule.name]}
        for row in self.case.data.tables[rule.table]:
            texts = found.get(row.line, "")[1:-1].split("⟧⟦")
            for n, column in enumerate(rule.columns):
                expression, kind = definition.derived[column]
                wanted = self.case.evaluator.cell(row, column)
                text = texts[n] if len(texts) == len(rule.columns) else None
                where = f"line {row.line}: {kind} {column} = {text_of(expression)}"
                self.same(text, text if self.agrees(text, wanted, kind) else wanted, "a value", rule, where)
                self.compared["values"] += 1

    @staticmethod
    def agrees(text, wanted, kind):
        if isinstance(wanted, Absent) or text is None or text == NO_VALUE:
            return text == NO_VALUE and isinstance(wanted, Absent)
        # Messages show times to the minute, as the lists do.
        return equal(read(text, kind), wanted.replace(second=0) if isinstance(wanted, datetime) else wanted)

    def limit(self, rule):
        wanted, figures = limits.expected(rule, self.case)
        if self.aside(rule, figures):
            return
        found = {(row["status"], as_in_the_file(row["record_id"]), int(row["source_line"] or 0)): as_in_the_file(row["value"])
                 for row in self.rows[rule.name]}
        for at in sorted(found.keys() | wanted.keys()):
            text, value = found.get(at), wanted.get(at)
            good = text is not None and value is not None and limits.agrees(text, value)
            self.same(text, text if good else value, "a limit's exception", rule, str(at))
        self.figures(rule, figures)
        self.compared["groups of limits"] += sum(figures.values())


def as_in_the_file(text):
    """The text of a cell in the file; in a list, one that a spreadsheet might run has an apostrophe in front."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ")[:1] in ("-", "=", "+", "@", "\t") else text


def read(text, kind):
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    try:
        return {"integer": int, "number": float, "string": str, "date": date.fromisoformat, "datetime": datetime.fromisoformat}[kind](text)
    except ValueError:
        return text


ONCE = ["literal", "this", "variable", "as_of_date", "parameter", "codes", "table", "field", "up", "down", "lookup", "choice", "index",
        "list", "earlier"]
OPERATORS = ["!", *Evaluator.OPERATORS, "&&", "||", "in"]
CALLS = [*FUNCTIONS, "has", "given", "coalesce", "same", "isWorkingDay", "workingDaysBetween"]
TEXTS = ["startsWith", "endsWith", "contains", "upper", "lower", "trim", "matches", "size"]
LISTS = [name for name in METHODS if name not in TEXTS or name == "size"] + list(Evaluator.EACH)
LABELS = ONCE + OPERATORS + CALLS + [f"text.{name}" for name in TEXTS] + [f"list.{name}" for name in LISTS]
NEVER_ABSENT = {"years", "literal", "this", "as_of_date", "parameter", "codes", "table", "has", "same", "list", "earlier"}


def coverage(seen, facts, least):
    print("evaluated to a value / to absent:")
    line = ""
    for label in LABELS:
        present, absent = seen[label, "present"], seen[label, "absent"]
        line += f"  {label} {present}/{absent}"
        if len(line) > 130:
            print(line)
            line = ""
        enough = present >= least and (absent >= least // 5 or label in NEVER_ABSENT)
        facts.that(enough, "too little evaluated", f"{label}: {present}/{absent}")
    print(line)
    facts.same(sorted(label for label in {label for label, _ in seen} if label not in LABELS), [], "an operation that no count knows")


def main():
    if not 2 <= len(sys.argv) <= 5:
        sys.exit("usage: check_expressions.py PROGRAM [RULES [SEED [RUNS]]]")
    program = str(pathlib.Path(sys.argv[1]).absolute())
    count, seed, runs = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((2, 300), (3, 1), (4, 20)))
    facts, seen, compared = Facts(), collections.Counter(), collections.Counter()
    for one in range(seed, seed + runs):
        with tempfile.TemporaryDirectory(prefix="casecheck-expressions-") as scratch:
            case = Case(one, count)
            done = case.run(program, pathlib.Path(scratch))
            if facts.that(done.returncode in (0, 1), "exit status", f"seed {one}: {done.returncode}: {done.stderr[:3000]}"):
                comparison = Comparison(case, pathlib.Path(scratch), facts, one)
                facts.same(done.returncode, 1 if comparison.rows else 0, "the exit status is 1 where something is listed", f"seed {one}")
                comparison.all()
                compared += comparison.compared
            seen += case.evaluator.seen
    coverage(seen, facts, runs * count // 80)
    print(f"{runs} runs of {count} rules: " + ", ".join(f"{number} {what}" for what, number in compared.items()))
    facts.finish()


if __name__ == "__main__":
    main()
