"""Compares how generated files are read, cell by cell, with Python's csv module and DuckDB's read_csv, both strict.

    check_reading.py PROGRAM [FILES]

A rule that fails for every record prints the record's cells in its message. So all that casecheck has read is in exceptions.csv with its
line, and all that it has not is in rejects. BY_DESIGN lists where the three read differently by design; each of these cases must occur
and come out as it says there.
"""

import collections
import pathlib
import re
import sys
import tempfile

import duckdb

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run, write  # noqa: E402
from cell_files import DIALECTS, HEADINGS, make, python_rows  # noqa: E402

BY_DESIGN = {
    "blank": "a line of nothing or of spaces is no record to casecheck; to Python it is an empty one or a cell of spaces",
    "headings": "the headings once more among the records are not a record to casecheck; to Python they are",
    "width": "a record with another number of fields than the headings is rejected; Python gives it as it is",
    "quote inside": "a quote inside a cell that is not in quotes: rejected; Python keeps it as text",
    "after a quote": "text after a closing quote: rejected, and reading goes on at the next line; Python stops",
    "never closed": "a quote that is never closed: rejected, and reading goes on at the next line; Python stops",
    "swallowed": "a record whose cell has a line that is a record by itself: rejected line by line; Python and DuckDB take it as a cell",
}
# Words from the reason for which each is rejected.
REASONS = {
    "width": "where the headings name", "quote inside": "a quote inside a cell", "after a quote": "text after a closing quote",
    "never closed": "never closed", "swallowed": "records that stray quotes may hide",
}

# The cases in which DuckDB, told to ignore errors, still reads the other records of a file.
DUCKDB_PASSES_OVER = {"blank", "headings", "width", "swallowed"}

# The texts that are written behind an apostrophe in a list, so that no spreadsheet runs them.
GUARDED = re.compile("[\\s\ufeff\u200b]*[=+@\\t\\r-]")

SEPARATOR, OPEN, CLOSE = "\u241f", "\u27e8", "\u27e9"

TABLE = """
table: {kind}
title: Cells
files: ["{kind}-*.csv"]
dialect: {{delimiter: '{delimiter}', quoteChar: '{quote}', headerRow: 1}}
missingValues: []
multiline: [id, one, two, three]
fields:
  - {{name: id, headings: [id], constraints: {{required: true, pattern: "k[0-9]+"}}}}
  - {{name: one, headings: [one]}}
  - {{name: two, headings: [two]}}
  - {{name: three, headings: [three]}}
primaryKey: id
---
rules:
  - rule: cells-{kind}
    title: Every record with its cells
    for: {kind}
    check: "false && has(id)"
    field: id
    message: "{message}"
    fix: Nothing.
"""


class Expected:
    """What casecheck should make of a file, worked out with Python's reader and the differences by design."""

    def __init__(self, file, met):
        self.rows, self.rejected = [], []
        # The records for a reader without casecheck's further tests, that is DuckDB.
        self.plain = []
        cell = rf"(?:{file.quote}(?:[^{file.quote}]|{file.quote}{file.quote})*{file.quote}|[^{file.quote}{re.escape(file.delimiter)}\r\n]*)"
        self.strict = re.compile(f"{cell}(?:{re.escape(file.delimiter)}{cell})*")
        # A record up to the end of a file that ends within quotes.
        self.open = re.compile(f"(?:{cell}{re.escape(file.delimiter)})*{file.quote}(?:[^{file.quote}]|{file.quote}{file.quote})*")
        self.file, self.met = file, met
        self.lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", file.text)
        at = 1
        while at < len(self.lines):
            at = self.read(at)

    def read(self, at):
        """Takes the record that begins on a line (counted from 0); returns the line on which the next one begins."""
        line = self.lines[at].rstrip("\r\n")
        if not line.strip("\t \u00a0") and self.file.delimiter not in line:
            self.met["blank"] += 1
            return at + 1
        reader = python_rows("".join(self.lines[at:]), self.file.delimiter, self.file.quote)
        try:
            cells = next(reader)
        except Exception as error:  # what went wrong is told only by the words of the error
            if "unexpected end" not in str(error):
                return self.reject(at, "after a quote")
            # On its way to the end, Python may have passed a quote inside an unquoted cell.
            return self.reject(at, "never closed" if self.open.fullmatch("".join(self.lines[at:])) else "quote inside")
        end = at + reader.line_num
        raw = re.sub(r"(\r\n|\r|\n)\Z", "", "".join(self.lines[at:end]))
        if not self.strict.fullmatch(raw):
            return self.reject(at, "quote inside")
        if end > at + 1 and self.swallows(raw, cells):
            self.met["swallowed"] += 1
            if len(cells) == len(HEADINGS):
                self.plain.append(tuple(cells))
            for number in range(at, end):
                text = self.lines[number].rstrip("\r\n")
                if text.strip("\t "):
                    self.rejected.append((number + 1, text, "swallowed"))
            return end
        if len(cells) != len(HEADINGS):
            self.met["width"] += 1
            self.rejected.append((at + 1, raw, "width"))
            return end
        self.plain.append(tuple(cells))
        if [cell.lower() for cell in cells] == HEADINGS:
            self.met["headings"] += 1
            return end
        self.rows.append((at + 1, cells))
        return end

    def reject(self, at, why):
        self.met[why] += 1
        self.rejected.append((at + 1, self.lines[at].rstrip("\r\n"), why))
        return at + 1

    def swallows(self, raw, cells):
        """Whether a line within has the table's width and a key: by itself, with its quotes as letters, or with the cells after it."""
        for column, cell in enumerate(cells if len(cells) == len(HEADINGS) else []):
            lines = re.split(r"\r\n|\r|\n", cell)
            fields = lines[-1].split(self.file.delimiter)
            # As the key comes first, the first line of a cell proves nothing, and neither does a cell of the key itself.
            if column and len(lines) > 1 and len(fields) == column + 1 and re.fullmatch("k[0-9]+", fields[0]):
                return True
        inside = [line for cell in cells if re.search(r"[\r\n]", cell) for line in re.split(r"\r\n|\r|\n", cell)]
        for line in inside + re.split(r"\r\n|\r|\n", raw)[1:]:
            fields = line.split(self.file.delimiter)
            if self.strict.fullmatch(line) and line:
                fields = next(python_rows(line, self.file.delimiter, self.file.quote))
            elif self.closes_another_number(line):
                continue
            if len(fields) == len(HEADINGS) and re.fullmatch("k[0-9]+", fields[0]):
                return True
        return self.swallows_over_lines(re.split(r"\r\n|\r|\n", raw)[1:])

    def swallows_over_lines(self, lines):
        """Whether a cell that begins with a quote on one line, and ends with one on a later line, has a record's other cells around it."""
        begun = []
        for line in lines:
            for closing in re.finditer(re.escape(self.file.quote + self.file.delimiter), line):
                behind = line[closing.end():].split(self.file.delimiter)
                if any(len(before) + 1 + len(behind) == len(HEADINGS) for before in begun):
                    return True
            opening = line.find(self.file.delimiter + self.file.quote)
            before = line[:opening].split(self.file.delimiter) if opening >= 0 else []
            if before and re.fullmatch("k[0-9]+", before[0]):
                begun.append(before)
        return False

    def closes_another_number(self, line):
        """Whether a line that closes a cell has another number of fields than the table; those after the cell count by their quotes."""
        before, closing, behind = line.partition(self.file.quote + self.file.delimiter)
        if not closing or not self.strict.fullmatch(behind):
            return False
        fields = next(python_rows(behind, self.file.delimiter, self.file.quote)) if behind else [""]
        return len(before.split(self.file.delimiter)) + len(fields) != len(HEADINGS)


def rules():
    message = OPEN + SEPARATOR.join(f"{{{name}}}" for name in HEADINGS) + CLOSE
    return "---".join(
        TABLE.format(kind=kind, delimiter=delimiter, quote=quote.replace("'", "''"), message=message)
        for kind, (delimiter, quote) in DIALECTS.items())


def by_duckdb(connection, path, file, passes_over_errors):
    """The records as DuckDB reads them; None where it refuses the file.

    `new_line` is left out: DuckDB 2.0.1 reads no row of a file of which it is told that its lines end in CR LF.
    """
    try:
        return connection.execute(
            "select * from read_csv(?, auto_detect=false, header=true, all_varchar=true, strict_mode=true, ignore_errors=?,"
            " delim=?, quote=?, escape=?, nullstr='\u241e',"
            " columns={'id': 'VARCHAR', 'one': 'VARCHAR', 'two': 'VARCHAR', 'three': 'VARCHAR'})",
            [str(path), passes_over_errors, file.delimiter, file.quote, file.quote]).fetchall()
    except duckdb.Error:
        return None


def listed(found, wanted):
    """Whether these are the expected records, rejected for the right reasons; some are behind an apostrophe, against spreadsheets."""
    return len(found) == len(wanted) and all(
        (line, text.removeprefix("'") if GUARDED.match(right) and text != right else text) == (other, right) and REASONS[why] in reason
        for (line, text, reason), (other, right, why) in zip(found, wanted))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: check_reading.py PROGRAM [FILES]")
    program, count = str(pathlib.Path(sys.argv[1]).absolute()), int(sys.argv[2]) if len(sys.argv) > 2 else 6000
    facts, met = Facts(), collections.Counter()
    files = [make(1, number) for number in range(count)]
    with tempfile.TemporaryDirectory(prefix="casecheck-reading-") as scratch:
        place = pathlib.Path(scratch)
        write(place / "rules/cells.yaml", rules())
        (place / "extracts").mkdir()
        for file in files:
            (place / "extracts" / file.name).write_bytes(file.bytes)
        done = run(program, "validate", place / "extracts", "--rules", place / "rules", "--as-of", "2016-01-31",
                   "--out", place / "out", "--format", "csv", "--quiet")
        # Some of the files are harmed.
        facts.same(done.returncode, 3, "exit status", done.stderr[:500])
        rows, rejected = collections.defaultdict(list), collections.defaultdict(list)
        for row in read_csv(place / "out/exceptions.csv"):
            if row["rule"].startswith("cells-"):
                cells = row["message"].removeprefix(OPEN).removesuffix(CLOSE).split(SEPARATOR)
                rows[row["source_file"]].append((int(row["source_line"]), cells))
        for path in (place / "out/rejects").iterdir():
            rejected[path.name] = [(int(row["line"]), row["text"], row["reason"]) for row in read_csv(path)]
        cells = bad = asked = refused = 0
        connection = duckdb.connect()
        for file in files:
            here = collections.Counter()
            expected = Expected(file, here)
            met += here
            facts.same(sorted(rows[file.name]), expected.rows, "the cells that Python reads", file.name)
            facts.that(listed(rejected[file.name], expected.rejected), "what is rejected",
                       f"{file.name}: {rejected[file.name]}, wanted {expected.rejected}")
            cells += len(HEADINGS) * len(expected.rows)
            bad += len(expected.rejected)
            if not file.encoding.startswith("utf-8") or file.end is None:
                continue  # strict DuckDB takes only one kind of line end
            path = place / "extracts" / file.name
            if not file.is_harmed and set(here) <= DUCKDB_PASSES_OVER:
                facts.same(by_duckdb(connection, path, file, True), expected.plain, "the cells that DuckDB reads", file.name)
                asked += 1
            elif file.is_harmed and (here["width"] or here["never closed"]):
                facts.same(by_duckdb(connection, path, file, False), None, "a file that DuckDB refuses", file.name)
                refused += 1
    for kind, why in BY_DESIGN.items():
        facts.that(met[kind] > 0, "a difference by design that no file has", why)
    facts.that(not set(met) - set(BY_DESIGN), "a difference that is not listed", str(set(met) - set(BY_DESIGN)))
    # What DuckDB says counts for something only where it was asked.
    facts.that(asked > count // 10, "too few files that DuckDB was asked to read", f"{asked} of {count}")
    facts.that(refused > count // 100, "too few files that DuckDB should refuse", f"{refused} of {count}")
    print(f"{count} files, {cells} cells read as Python does and {bad} lines rejected, {asked} files as DuckDB does,"
          f" {refused} refused by both; by design otherwise: " + ", ".join(f"{kind} {met[kind]}" for kind in BY_DESIGN) + ": ", end="")
    facts.finish()


if __name__ == "__main__":
    main()
