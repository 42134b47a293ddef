"""What the checks of messy exports share: a table, files with any bytes for it, and what a run makes of them."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import read_csv, run  # noqa: E402

DEFINITION = """table: people
title: People
files: ["people*.csv"]
required: true
multiline: [notes]
dialect: {footer: ["*rows affected*", "Total*"]}
primaryKey: person_id
person: person_id
fields:
  - name: person_id
    headings: [Person ID]
    type: string
    constraints: {required: true}
  - name: name
    headings: [Full Name]
    type: string
  - name: started_on
    headings: [Start Date]
    type: date
  - name: visits
    headings: [Visits]
    type: integer
  - name: notes
    headings: [Notes]
    type: string
"""
HEADINGS = "Person ID,Full Name,Start Date,Visits,Notes\n"


def row(number, name="Zebedee Quill", notes="seen at home"):
    """A good record, without its line end."""
    return f"P{number:05},{name},{number % 28 + 1:02}/{number % 12 + 1:02}/2016,{number % 9},{notes}"


def rows(first, last):
    return [row(number) for number in range(first, last + 1)]


def lines(*records):
    return HEADINGS + "".join(record + "\n" for record in records)


class Outcome:
    """What a run wrote."""

    def __init__(self, process, out):
        self.exit = process.returncode
        self.printed = process.stdout + process.stderr
        self.summary = json.loads((out / "summary.json").read_text()) if (out / "summary.json").exists() else {}
        self.exceptions = read_csv(out / "exceptions.csv") if (out / "exceptions.csv").exists() else []
        self.rejects = [
            reject for path in sorted((out / "rejects").glob("**/*.csv")) for reject in read_csv(path)]
        self.inputs = self.summary.get("inputs", [])
        self.faults = [
            (fault["kind"], fault.get("line")) for file in self.inputs for fault in file["faults"]
        ] + [(fault["kind"], None) for fault in self.summary.get("faults", [])]
        # That nothing but constraints is checked here is true of every case.
        self.remarks = [remark for file in self.inputs for remark in file["remarks"]] + [
            remark for remark in self.summary.get("remarks", []) if not remark.startswith("No rule is in force")]

    @property
    def counts(self):
        """The numbers of records read, checked and rejected, in all files."""
        return tuple(
            sum(file[name] for file in self.inputs) for name in ("rowsRead", "rowsChecked", "rowsRejected"))


class Messy:
    """Runs the program on files of all kinds, and keeps them for `inspect` to look at."""

    def __init__(self, program, facts):
        self.program, self.facts = program, facts
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="casecheck-messy-"))
        self.count = 0
        self.files = []

    def close(self):
        shutil.rmtree(self.folder)

    def write(self, files, definition=DEFINITION):
        """Writes extracts and rules for them into a new folder."""
        self.count += 1
        home = self.folder / f"{self.count:04}"
        (home / "extracts").mkdir(parents=True)
        (home / "rules").mkdir()
        (home / "rules" / "people.yaml").write_text(definition)
        for name, content in files.items():
            (home / "extracts" / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return home

    def validate(self, home, *arguments, out="out"):
        if "--as-of" not in arguments:
            arguments += ("--as-of", "2016-06-01")
        process = run(
            self.program, "validate", home / "extracts", "--rules", home / "rules", "--out", home / out,
            "--format", "csv,json", "--progress", "never", *arguments)
        return Outcome(process, home / out)

    def inspect(self, path, *arguments):
        """Inspects a file in a folder without rules."""
        return subprocess.run(
            [self.program, "inspect", path, *arguments], capture_output=True, text=True, errors="replace",
            cwd=self.folder, timeout=300)

    def case(self, what, files, counts, faults=(), remarks=(), exit=None, definition=DEFINITION, rejected=None,
             reasons=(), quiet=False, inspected=True):
        """Runs one case, and compares it with what must come of it.

        `faults` are (kind, line) in any order; `remarks` and `reasons` are words that one of these must contain;
        `rejected` are the lines of the rejects. With `quiet`, there must be no remark at all.
        """
        if not isinstance(files, dict):
            files = {"people.csv": files}
        home = self.write(files, definition)
        outcome = self.validate(home)
        facts = self.facts
        facts.same(outcome.counts, counts, "read, checked and rejected", what)
        facts.that(outcome.counts[0] == outcome.counts[1] + outcome.counts[2], "nothing is lost", what)
        facts.same(sorted(outcome.faults, key=repr), sorted(faults, key=repr), "the faults", what)
        wanted = exit if exit is not None else 3 if faults else 1 if outcome.exceptions else 0
        facts.same(outcome.exit, wanted, "the exit code", f"{what}: {outcome.printed[-300:]}")
        for words in remarks:
            facts.that(any(words in remark for remark in outcome.remarks), "a remark", f"{what}: {words}: {outcome.remarks}")
        if quiet:
            facts.same(outcome.remarks, [], "no remark", what)
        listed = outcome.rejects
        if rejected is not None:
            facts.same([int(reject["line"]) for reject in listed], list(rejected), "the rejected lines", what)
        for words in reasons:
            facts.that(any(words in reject["reason"] for reject in listed), "a reason",
                       f"{what}: {words}: {[reject['reason'] for reject in listed][:3]}")
        facts.that("Zebedee" not in outcome.printed and "Zebedee" not in json.dumps(outcome.summary),
                   "no cell is quoted on the terminal or in the summary", what)
        if inspected:
            self.files += [(what, path) for path in sorted((home / "extracts").iterdir())]
        return outcome
