"""What a cell is read as, and what is found in it, does not depend on how it is written or on the cells before it.

    check_cells.py PROGRAM [SEEDS [ROWS]]

In the generated rows most cells are as in exports and some are as they should not be. They are read from one file; from one with every
cell in quotes and CR LF, one with semicolons and one in UTF-16; and each row from a file of its own, where no earlier cell has shown what
its column looks like. Every value, as a message shows it, and every constraint's finding must be the same each time.
"""

import collections
import csv
import io
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
missingValues: ["", "NULL", "n/a", "U", "01/01/1900"]
multiline: [code, colour]
fields:
  - {name: id, headings: [id], constraints: {required: true}}
  - {name: day, headings: [day], type: date, format: ["%d/%m/%Y", "%Y-%m-%d"], constraints: {minimum: 1990-01-01, maximum: asOf}}
  - {name: other_day, headings: [other day], type: date}
  - {name: moment, headings: [moment], type: datetime, format: ["%d/%m/%Y %H:%M", "%d/%m/%Y"], constraints: {maximum: asOf}}
  - {name: hour, headings: [hour], type: time}
  - {name: flag, headings: [flag], type: boolean}
  - {name: seen, headings: [seen], type: boolean, trueValues: [Y, "Yes"], falseValues: [N, "No"]}
  - {name: whole, headings: [whole], type: integer, constraints: {minimum: 0, maximum: 1000}}
  - {name: part, headings: [part], type: number, constraints: {minimum: -1.5}}
  - {name: code, headings: [code], constraints: {pattern: "[A-Z]{1,2}[0-9]+", minLength: 2, maxLength: 6}}
  - {name: colour, headings: [colour], constraints: {enum: [Red, Green, "Blue "]}}
  - {name: key, headings: [key], constraints: {unique: true}}
primaryKey: id
---
rules:
  - rule: shown
    title: Every record with its values
    for: cells
    check: "false && has(id)"
    field: id
    message: "{day};{other_day};{moment};{hour};{flag};{seen};{whole};{part};{code};{colour};{key}"
    fix: Nothing.
"""

HEADINGS = ["id", "day", "other day", "moment", "hour", "flag", "seen", "whole", "part", "code", "colour", "key"]

STRANGE = [
    "", " ", "NULL", "n/a", "N/A", "U", "null", "\u00a0", "x", "0", "-", "'", "31/02/2016", "29/02/2015", "29/02/2016", "1/2/2016",
    "01/02/16", "2016-02-29", "2016-1-1", "01-02-2016", "42400", "42400.5", "04/01/2016 09:30", "04/01/2016 24:00", "04/01/2016 09:30:00",
    "2016-01-04T09:30", "04/13/2016", "04/01/2016 ", " 04/01/2016", "04/01/2016\u00a0", "09:30", "9:30", "24:00", "Y", "N", "y", "n", "Yes",
    "yes", "True", "TRUE", "1", "-1", "1000", "1001", "1,000", "1e3", "+5", "007", "99999999999999999999", "-0", "1.50", "-1.6", ".5",
    "5.", "1e-3", "NaN", "inf", "A1", "AB12", "ABC1", "a1", "A", "A1234567", "A\u0301", "Red", "red", "Red ", "Blue ", "Blue", "Green",
    "\u0661", "\uff10\uff11/01/2016", "01/01/1900", "01/01/1899", "00/01/2016", "01/00/2016", "01/01/0000", "01/01/9999", "/0101/2016",
    "0//01/2016", "01/01/201A", "\u00e9", "\u6f22\u5b57", '"q"', "=1+1", "@x", "4/1/2016", "04.01.2016",
]
# For the columns whose cells may span lines.
OVER_LINES = ["a\nb", "A1\n", "\nRed", "A1\n\n2"]


def row(chance, number, strange):
    day = "{:02}/{:02}/{}".format
    cells = [
        f"r{number}", *(day(chance.randint(1, 28), chance.randint(1, 12), chance.randint(1985, 2027)) for _ in range(2)),
        day(chance.randint(1, 28), chance.randint(1, 12), chance.randint(1985, 2027)) + f" {chance.randint(0, 23):02}:{chance.randint(0, 59):02}",
        f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}", chance.choice(["true", "false"]), chance.choice("YN"),
        str(chance.randint(0, 999)), f"{chance.randint(-200, 200) / 100:.2f}", chance.choice("ABC") + str(chance.randint(1, 99999)),
        chance.choice(["Red", "Green"]), str(chance.randint(1, 10**6)),
    ]
    for column in range(1, len(cells)):
        if chance.random() < strange:
            cells[column] = chance.choice(STRANGE + (OVER_LINES if HEADINGS[column] in ("code", "colour") else []))
    return cells


def text(rows, **dialect):
    written = io.StringIO()
    csv.writer(written, **{"lineterminator": "\n", **dialect}).writerows([HEADINGS, *rows])
    return written.getvalue()


def ways(rows):
    """Each way to write the same rows: its name, and the files of a folder by name."""
    yield "in one file", {"cells.csv": text(rows).encode()}
    yield "in quotes", {"cells.csv": text(rows, quoting=csv.QUOTE_ALL, lineterminator="\r\n").encode()}
    yield "between semicolons", {"cells.csv": text(rows, delimiter=";").encode()}
    yield "in UTF-16", {"cells.csv": ("\ufeff" + text(rows)).encode("utf-16-le")}
    yield "each in its own file", {f"cells{number:06}.csv": text([cells]).encode() for number, cells in enumerate(rows)}


def found(program, place, rules, files, facts):
    """What a run finds in each record, wherever the record is, and the records that it rejects."""
    (place / "extracts").mkdir(parents=True)
    for name, content in files.items():
        (place / "extracts" / name).write_bytes(content)
    done = run(program, "validate", place / "extracts", "--rules", rules, "--as-of", "2026-06-30", "--out", place / "out",
               "--format", "csv", "--quiet")
    facts.same(done.returncode, 1, "exit status", done.stderr[:500])
    findings = collections.defaultdict(list)
    for one in read_csv(place / "out/exceptions.csv"):
        # Which of two equal keys is the second one depends on their files and lines.
        if one["rule"] != "cells.key.unique":
            findings[one["record_id"]].append((one["rule"], one["status"], one["field"], one["value"], one["message"]))
    rejected = [one["text"] for path in (place / "out").glob("rejects/*") for one in read_csv(path)]
    return findings, rejected


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    program = str(pathlib.Path(sys.argv[1]).absolute())
    seeds, count = (int(word) for word in [*sys.argv[2:], *["3", "700"][len(sys.argv) - 2:]])
    facts, cells = Facts(), 0
    for seed in range(seeds):
        chance = random.Random(seed)
        rows = [row(chance, number, (0.05, 0.3, 0.9)[seed % 3]) for number in range(count)]
        with tempfile.TemporaryDirectory(prefix="casecheck-cells-") as scratch:
            place = pathlib.Path(scratch)
            write(place / "rules/cells.yaml", RULES)
            first = None
            for number, (way, files) in enumerate(ways(rows)):
                findings, rejected = found(program, place / str(number), place / "rules", files, facts)
                facts.same(rejected, [], f"records rejected {way}", seed)
                shown = collections.Counter(name for name, rules in findings.items() for rule, *_ in rules if rule == "shown")
                facts.same(shown, collections.Counter(cells_of_row[0] for cells_of_row in rows), f"records found {way}, each once", seed)
                first = first or findings
                cells += count * len(HEADINGS)
                for cells_of_row in rows:
                    name = cells_of_row[0]
                    facts.same(sorted(findings[name]), sorted(first[name]), f"what is found {way}", f"{seed}: {cells_of_row}")
    print(f"{seeds * count} records in five ways, {cells} cells", end=": ")
    facts.finish()


if __name__ == "__main__":
    main()
