"""Two stray quotes never hide a record without a word being said.

    check_swallowed.py PROGRAM [FILES]

The generated files have their columns in any order. In each of them a stray quote opens a text, and another one, up to three records
further on, closes a text: what is between them may well be legal CSV. Each record must be a row or be in the rejects. Where notes span
lines, a record that one of the quotes has cut in two may be missing from both, but then the file must not pass as whole. No record of the
same files without the stray quotes may be rejected.
"""

import collections
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run, write  # noqa: E402

RULES = """
table: cells
title: Cells
files: ["cells*.csv"]
multiline: [note, other]
fields:
  - {name: id, headings: [id], constraints: {required: true}}
  - {name: day, headings: [day], type: date}
  - {name: person, headings: [person]}
  - {name: note, headings: [note]}
  - {name: other, headings: [other]}
primaryKey: id
---
rules:
  - rule: shown
    title: Every record
    for: cells
    check: "false && has(id)"
    field: id
    message: "{id}"
    fix: Nothing.
"""

HEADINGS = ["id", "day", "person", "note", "other"]
WORDS = ["seen", "home", "school", "he said", "no", "well, yes", "(ok)", '"good"']


class Export:
    """A file of records, and the same file with two stray quotes in it."""

    def __init__(self, chance, number, goes_over_lines):
        self.chance, self.goes_over_lines = chance, goes_over_lines
        self.name = f"cells{number:05}.csv"
        self.order = chance.sample(HEADINGS, len(HEADINGS))
        self.records = [
            {"id": f"K{number:05}{row:02}", "day": "04/01/2016", "person": chance.choice("ABCD"), "note": self.note(), "other": self.note()}
            for row in range(chance.randint(4, 9))]
        self.column = chance.choice(["note", "other"])
        self.opened = chance.randrange(len(self.records) - 1)
        self.closed = min(len(self.records) - 1, self.opened + chance.randint(1, 3))

    def note(self):
        # No line has as many commas as a record: it would be taken for one, since any text passes as this key.
        lines = 2 if self.goes_over_lines and self.chance.random() < 0.3 else 1
        return "\n".join(" ".join(self.chance.choices(WORDS, k=self.chance.randint(0, 3))) for _ in range(lines))

    def cell(self, row, heading, is_harmed):
        text = self.records[row][heading]
        if is_harmed and heading == self.column and row in (self.opened, self.closed):
            plain = text.replace(",", " ").replace("\n", " ").replace('"', "")
            return '"' + plain if row == self.opened else plain + '"'
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n') else text

    def text(self, is_harmed):
        rows = [",".join(self.cell(row, heading, is_harmed) for heading in self.order) for row in range(len(self.records))]
        return "\n".join([",".join(self.order), *rows]) + "\n"


def read(program, place, exports, is_harmed, facts):
    """The keys of each file's rows, and the text of all its rejected records."""
    (place / "extracts").mkdir(parents=True)
    for export in exports:
        (place / "extracts" / export.name).write_bytes(export.text(is_harmed).encode())
    done = run(program, "validate", place / "extracts", "--rules", place.parent / "rules", "--as-of", "2016-06-30", "--out", place / "out",
               "--format", "csv", "--quiet")
    facts.same(done.returncode, 3 if is_harmed else 1, "exit status", done.stderr[:500])
    rows, rejected = collections.defaultdict(set), collections.defaultdict(str)
    for one in read_csv(place / "out/exceptions.csv"):
        if one["rule"] == "shown":
            facts.that(one["message"] not in rows[one["source_file"]], "a record is listed once", f"{one['source_file']}: {one['message']}")
            rows[one["source_file"]].add(one["message"])
    for path in (place / "out").glob("rejects/*"):
        rejected[path.name] = "\n".join(one["text"] for one in read_csv(path))
    return rows, rejected


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    program = str(pathlib.Path(sys.argv[1]).absolute())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    facts, cut = Facts(), 0
    for goes_over_lines in (False, True):
        chance = random.Random(f"{goes_over_lines}")
        exports = [Export(chance, number, goes_over_lines) for number in range(count // 2)]
        with tempfile.TemporaryDirectory(prefix="casecheck-swallowed-") as scratch:
            place = pathlib.Path(scratch)
            write(place / "rules/cells.yaml", RULES)
            rows, rejected = read(program, place / "sound", exports, False, facts)
            for export in exports:
                facts.same(rejected[export.name], "", "a sound record is rejected", export.text(False))
                facts.same(len(rows[export.name]), len(export.records), "rows of a sound file", export.text(False))
            rows, rejected = read(program, place / "harmed", exports, True, facts)
            for export in exports:
                lost = {record["id"] for record in export.records} - rows[export.name]
                untold = [key for key in lost if key not in rejected[export.name]]
                if goes_over_lines and rejected[export.name]:
                    cut += len(untold)
                else:
                    facts.same(untold, [], "records lost without a word", export.text(True))
    print(f"{2 * (count // 2)} files, {cut} records cut in two by a quote in files that are told", end=": ")
    facts.finish()


if __name__ == "__main__":
    main()
