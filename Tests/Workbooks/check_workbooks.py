"""Opens every workbook that casecheck writes, with openpyxl and with LibreOffice, and compares it with the CSV lists.

    check_workbooks.py PROGRAM

Two runs of the samples with a ledger, and one over data made to break a workbook.
"""

import collections
import csv
import datetime
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree
import zipfile

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, program_and_repository, read_csv, run, short, team_lists, write, write_csv  # noqa: E402

facts = Facts()
MOST = 32_767  # UTF-16 units in a cell: Excel's specifications and limits

# ------------------------------------------------------------------------------------------------ hostile data

RULES = """
table: records
title: Records
files: ["records*.csv"]
required: true
primaryKey: record_id
person: person_id
owner: {team: team, worker: worker}
multiline: [value, team, worker, person_id]
fields:
  - {name: record_id, headings: [Record ID]}
  - {name: person_id, headings: [Person ID]}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
  - {name: value, headings: [Value]}
  - {name: started_on, headings: [Started], type: date}
---
rules:
  - rule: fine
    title: A value is fine
    for: records
    check: value == "fine"
    field: value
    message: "{value} is not fine."
    fix: "=HYPERLINK(1)"
  - rule: started
    title: "=What is begun is ended"
    for: records
    when: given(started_on)
    deadline: {from: started_on, within: 10 days}
    fix: End it.
  - rule: "begun-before-1900"
    title: "@Nothing begins before 1900"
    for: records
    when: given(started_on)
    check: started_on >= date("1900-01-01")
    field: started_on
    list: drift
"""

HOSTILE_TEAMS = [
    "a/b", "..", ".", "/", "CON", "x" * 200, "y" * 199 + "A", "y" * 199 + "B", "East", "east", "EAST", "Tŷ Hafan",
    "Tŷ Hafan", "فريق الأطفال", "🧒 team", "=cmd|' /C calc'!A0", "O'Brien", "+44 1234", "-5", "@SUM(1)",
    "control \x01\x1f\x7f", "line\nbreak", " leading", "(no team)", "(all)", "Children & Families &D &P <b>", "a-b",
    "no-team", "teams", "nul", "\u202eevil", "%2e%2e", "~", "C:\\x", "",
]
HOSTILE_VALUES = [
    "=cmd|' /C calc'!A0", "=1+1", "+44 1234", "-5", "+5.2", "-5-5", "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1",
    "'=1+1", "'apostrophe", "O'Brien", "control \x01\x02\x0b\x1f\x7f end", "a\rb", "a\nb", "a\r\nb", "tab\there",
    "next line \x85 separators \u2028\u2029", "_x0041_ literal", "_x000D_", "&amp; <b>",
    "]]>", "http://example.org/", "mailto:a@example.org", "internal:Sheet1!A1", "2016-01-31", "31/01/2016", "00012",
    "1e5", "123456789012345678901", "TRUE", "#REF!", "  spaces kept  ", "فريق", "👨‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "e\u0301" * 3, "v" * MOST,
    "v" * (MOST + 1), "long " * 8_000, "\u202egnirts", "x" * 255 + "y" * 45,
    '"quoted"', "comma, semicolon; pipe|", "{value}", "{{value}}", "%s%n",
]
# Long by one way of counting and short by another: each gets a run of its own, which it may not end.
HOSTILE_LENGTHS = {"emoji": "😀" * 20_000, "marks": "e" + "\u0301" * 40_000, "flags": "🇬🇧" * 10_000}
HOSTILE_DATES = [
    "15/03/1850", "01/01/1583", "31/12/1899", "01/01/1900", "28/02/1900", "01/03/1900", "29/02/1904", "31/12/1999",
    "19/01/2015",
]


HEADINGS = ["Record ID", "Person ID", "Team", "Worker", "Value", "Started"]


def hostile_run(folder):
    write(folder / "rules" / "records.yaml", RULES)
    rows = [HEADINGS]

    def add(team, worker, value, started="", person="P1"):
        rows.append([f"R{len(rows):04}", person, team, worker, value, started])

    for team in HOSTILE_TEAMS:
        add(team, "Worker", "wrong")
    for value in HOSTILE_VALUES:
        add("Values", "Worker", value, person=value if len(value) < 50 else "P1")
        add("Workers", value if len(value) < 1_000 else "W", "wrong")
    # These go into a workbook of their own, so that the others can still be opened.
    add("No characters", "\ufffe", "\uffff")
    for date in HOSTILE_DATES:
        add("Dates", "Worker", "fine", date)
    add("At zero", "Worker", "fine", "25/01/2016")
    write_csv(folder / "extracts" / "records.csv", rows)
    return {row[0]: dict(zip(rows[0], row)) for row in rows[1:]}


# ---------------------------------------------------------------------------------------------------- one workbook

# The heading of a column of the sheet → the column of exceptions.csv that it shows.
TEXTS = {
    "Status": "status", "Person": "person_id", "Record": "record_id", "Worker": "worker", "Field": "field",
    "Value": "value", "What is wrong": "message", "How to put it right": "fix", "List": "list", "Severity": "severity",
    "Table": "table", "File": "source_file", "Rule": "rule",
}
NUMBERS = {"Occasion": "occasion", "Line": "source_line", "Days late": "days_late"}
# What goes on paper: what one works from, up to the columns to fill in.
PRINTED = ["Status", "Severity", "Person", "Table", "Record", "Worker", "Field", "Value", "What is wrong", "How to put it right", "Due on",
           "Age in days", "Rules it blocks", "Corrected on", "Note"]
DATES = {"Due on": "due_on", "From": "from", "Done on": "done_on", "First seen": "first_seen"}


def unescaped(text):
    """What a spreadsheet shows for the text of a cell: ECMA-376, 22.9.2.19 (ST_Xstring).

    openpyxl itself undoes the escape of an escape, `_x005F_`, and no other: a literal `_x0041_`, which it has
    made of `_x005F_x0041_`, stays, as does what no control character is.
    """
    return re.sub(r"_x(00[01][0-9A-Fa-f]|007[Ff])_", lambda match: chr(int(match[1], 16)), text)


def units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def without_guard(cell):
    """The text of a CSV cell without the apostrophe that keeps it from being run as a formula."""
    inside = cell[1:].lstrip("".join(c for c in set(cell) if unicodedata.category(c) in ("Cc", "Cf", "Zs", "Zl", "Zp")))
    starts = cell[1:2] in ("\t", "\r") or inside[:1] in tuple("=+-@＝＋－＠") and inside != ""
    return cell[1:] if cell.startswith("'") and starts else cell


def storable(text):
    """Removes what neither XML 1.0 nor the escape used in workbooks can represent."""
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


# Marks of direction (UAX 9, section 2) but for those that scripts need, and what has no width.
UNSEEN = re.compile("[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def with_unseen_shown(text):
    """Characters that nobody sees and that make a text look like another are told by their numbers."""
    return UNSEEN.sub(lambda match: f"\\u{{{ord(match[0]):04X}}}", text)


def text_of(cell):
    return "" if cell.value is None else unescaped(str(cell.value))


def check_text(found, wanted, what, where):
    if units(wanted) <= MOST:
        # The literal `_x000D_` comes out of openpyxl as its escape does.
        wanted = with_unseen_shown(unescaped(wanted))
        return facts.that(
            storable(found) == storable(wanted) or found == re.sub("[\ufffe\uffff]", "", wanted), what,
            f"{where}: found {short(found)}, wanted {short(wanted)}")
    facts.that(units(found) <= MOST, "a cut cell is no longer than a cell can be", f"{where}: {units(found)} UTF-16 units")
    facts.that("cut" in found[-200:], "a cut cell says so", f"{where}: ends in {short(found[-60:])}")
    return facts.that(found[:5_000] == wanted[:5_000], "a cut cell begins as the value does", where)


def check_page(sheet, where):
    setup = sheet.page_setup
    facts.same(str(setup.paperSize), "9", "paper is A4", where)
    facts.same(setup.orientation, "landscape", "the page is landscape", where)
    facts.that(
        sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
        and setup.fitToWidth in (None, 1) and setup.fitToHeight == 0,
        "the page is one page wide and as long as it takes", where)


def undo_escapes_of_escapes(book, data):
    """openpyxl undoes escapes in shared strings but not in inline ones, though both are of the same type: ECMA-376, 18.4.12 (t)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/sharedStrings.xml" in archive.namelist():
            return
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
        cell._value = cell.value.replace("_x005F_", "_")  # By `value` a text that begins like a formula would become one.


def check_workbook(path, as_of, raw=None):
    where = str(path.relative_to(path.parents[3]))
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        facts.same(archive.testzip(), None, "the archive is whole", where)
        for name in archive.namelist():
            facts.that("externalLink" not in name and "vba" not in name, "nothing from outside", f"{where}!{name}")
            content = archive.read(name)
            try:
                root, error = xml.etree.ElementTree.fromstring(content), None
            except xml.etree.ElementTree.ParseError as found:
                root, error = None, found
            if not facts.that(root is not None, "XML is well-formed", f"{where}!{name}: {error}"):
                continue
            if name.startswith("xl/worksheets/sheet"):
                formulas = [e for e in root.iter() if e.tag.endswith("}f") or e.tag.endswith("}hyperlink")]
                facts.that(not formulas, "no formula and no link is in a sheet", f"{where}!{name}")
            if name == "xl/worksheets/sheet1.xml":
                check_identifiers(root, where)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:  # whatever openpyxl raises: the file is not one it can open
        facts.that(False, "openpyxl opens it", f"{where}: {error}")
        return None
    undo_escapes_of_escapes(book, data)
    facts.same(book.sheetnames, ["To put right", "Rules", "Summary"], "the sheets", where)
    for sheet in book:
        check_page(sheet, f"{where} {sheet.title}")
        cells = [cell for row in sheet.iter_rows() for cell in row]
        # A sheet that openpyxl reads as empty has no formula either.
        facts.that(any(cell.value is not None for cell in cells), "a sheet has cells to look at", f"{where} {sheet.title}")
        wrong = [cell.coordinate for cell in cells if cell.data_type in "fe"]
        facts.same(wrong, [], "no cell is a formula or an error", f"{where} {sheet.title}")

    rows = [row for row in read_csv(path.parent / "exceptions.csv")]
    first, rules, summary = book["To put right"], book["Rules"], book["Summary"]
    headings = [cell.value for cell in first[1]]
    missing = (TEXTS.keys() | NUMBERS.keys() | DATES.keys() | {"Corrected on", "Note", "Age in days", "Rules it blocks"}) - set(headings)
    if not facts.that(not missing, "the headings", f"{where}: no {missing}"):
        return None
    items = [dict(zip(headings, row)) for row in first.iter_rows(min_row=2) if any(cell.value is not None for cell in row)]
    check_layout(first, headings, len(items), where)
    check_rows(items, rows, where, raw)
    check_order(items, rows, as_of, where)
    check_rules(rules, items, where)
    check_summary(summary, items, where)
    standing = [row["message"] for row in read_csv(path.parent / "drift.csv") if row["section"] == "standing"]
    facts.same([summary["A3"].value], [standing_here(text) for text in standing], "the workbook says how the team stands, as its lists do", where)
    return [[shown(row[heading]) for heading in headings] for row in items]


def standing_here(text):
    """How a team stands by drift.csv, as a workbook says it: with its dates as cells have them, and what was done late counted apart."""
    text = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1", text)
    text = re.sub(r", done late or never and listed before(; (it is|they are) on the team's [^.]*is wrong)?", "", text)
    text = re.sub(r" \([\d,]+ of them done late or never, and listed before\)", "", text)
    since = r"listed since (?:this run|[\d/]+(?: at the longest)?)"
    return re.sub(rf", the others? ({since})", r", \1 apart from what was done late or never", text)


def check_identifiers(root, where):
    """Checks that Excel flags no text of the extracts as a number stored as text: it would offer to take the zeros in front away."""
    left = [e for e in root.iter() if e.tag.endswith("}ignoredError") and e.get("numberStoredAsText") == "1"]
    columns = {area.partition(":")[0] for e in left for area in e.get("sqref").split()}
    wanted = {f"{openpyxl.utils.get_column_letter(PRINTED.index(name) + 1)}2" for name in ("Person", "Record", "Worker", "Value")}
    facts.same(columns, wanted, "identifiers are not flagged as numbers", where)
    rows = max((int(row.get("r")) for row in root.iter() if row.tag.endswith("}row")), default=1)
    covered = [int(re.search(r"\d+$", area)[0]) for e in left for area in e.get("sqref").split()]
    facts.that(all(end >= rows for end in covered), "identifiers of all rows are not flagged", f"{where}: {covered}, {rows} rows")


def check_layout(sheet, headings, count, where):
    facts.same(sheet.freeze_panes, "A2", "the headings are frozen", where)
    last = openpyxl.utils.get_column_letter(len(headings))
    end = max(count + 1, 2)
    facts.same(sheet.auto_filter.ref, f"A1:{last}{end}", "the filter covers all rows", where)
    facts.same(sheet.print_title_rows, "$1:$1", "the headings are printed on every page", where)
    facts.same(headings[:len(PRINTED)], PRINTED, "what one works from comes first", where)
    printed = openpyxl.utils.get_column_letter(len(PRINTED))
    facts.same(sheet.print_area, f"'To put right'!$A$1:${printed}${end}", "the print area is what one works from", where)
    facts.that(
        all(sheet.column_dimensions[openpyxl.utils.get_column_letter(n + 1)].width for n in range(len(PRINTED))), "widths are set",
        where)
    found = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            found[headings[area.min_col - 1]] = rule.type
            facts.that(
                area.min_col == area.max_col and area.min_row == 2 and area.max_row >= count + 1,
                "a validation covers its column", f"{where}: {area.coord}")
    facts.same(found, {"Corrected on": "date", "Note": "textLength"}, "the validations", where)


def identity(row, keys):
    return tuple(row[key] for key in keys)


def advice(row):
    """How a row is put right: what was done late, or never while it was owed, needs nothing more, whatever its rule advises."""
    if row["status"] != "late":
        return row["fix"]
    if not row["done_on"]:
        return "Not done while it was owed: nothing to do unless it was done and not recorded, or a date is wrong."
    done, days = datetime.date.fromisoformat(row["done_on"][:10]), int(row["days_late"] or 0)
    late = f"{days} day{'' if days == 1 else 's'} late" if days else "late"
    return f"Done on {done.day:02}/{done.month:02}/{done.year}, {late}: nothing to do unless a date is wrong."


def check_rows(items, rows, where, raw):
    """Every row of the CSV must be in the sheet, cell for cell, and the sheet must have no other row."""

    def of_sheet(item):
        return (text_of(item["Rule"]), text_of(item["Table"]), text_of(item["File"]), str(item["Line"].value or ""),
                str(item["Occasion"].value or ""), text_of(item["Field"]), text_of(item["Status"]))

    def of_csv(row):
        return tuple(row[key] for key in ("rule", "table", "source_file", "source_line", "occasion", "field", "status"))

    facts.same(len(items), len(rows), "as many rows as the CSV", where)
    by_key = collections.defaultdict(list)
    for item in items:
        by_key[of_sheet(item)].append(item)
    for row in rows:
        if not facts.that(by_key[of_csv(row)], "a row of the CSV is in the sheet", f"{where}: {of_csv(row)}"):
            continue
        item = by_key[of_csv(row)].pop(0)
        here = f"{where} {item['Rule'].coordinate}"
        for heading, column in TEXTS.items():
            found = text_of(item[heading])
            # The apostrophe may belong to the value itself; the extract tells, if it is at hand.
            text = advice(row) if column == "fix" else row[column]
            wanted = text if raw and found == with_unseen_shown(text) else without_guard(text)
            check_text(found, wanted, f"{heading} is the CSV's {column}", here)
        for heading, column in NUMBERS.items():
            facts.same(item[heading].value, int(row[column]) if row[column] else None, f"{heading} is the CSV's {column}", here)
        for heading, column in DATES.items():
            check_date(item[heading], row[column], f"{heading} is the CSV's {column}", here)
        facts.same(item["Rules it blocks"].value or 0, len(row["blocks"].split()), "the number of rules blocked", here)
        facts.same((item["Corrected on"].value, item["Note"].value), (None, None), "the columns to fill in are empty", here)
        facts.same(item["Corrected on"].number_format, "dd/mm/yyyy", "what is filled in is shown as a date", here)
        if raw and item["Record"].value in raw:
            source = raw[item["Record"].value]
            check_text(text_of(item["Worker"]), source["Worker"], "the worker is that of the extract", here)
            check_text(text_of(item["Person"]), source["Person ID"], "the person is that of the extract", here)
            if text_of(item["Rule"]) == "fine":
                check_text(text_of(item["Value"]), source["Value"], "the value is that of the extract", here)
    left = [key for key, values in by_key.items() if values]
    facts.that(not left, "no row of the sheet is not in the CSV", f"{where}: {short(left)}")


def check_date(cell, wanted, what, where):
    if not wanted:
        return facts.same(cell.value, None, what, where)
    day = datetime.date.fromisoformat(wanted[:10])
    if day.year < 1900:
        return facts.that(wanted in text_of(cell), "a date before 1900 is a text", f"{where}: {cell.value!r}, not {wanted}")
    # Spreadsheets disagree on days before 1 March 1900, so text is also right for those.
    if day < datetime.date(1900, 3, 1) and cell.value == wanted:
        return facts.that(True, what)
    facts.same(cell.value, datetime.datetime.fromisoformat(wanted), what, where)
    return facts.that(
        cell.number_format.startswith("dd/mm/yyyy"), "a date is shown as dd/mm/yyyy", f"{where}: {cell.number_format}")


def check_order(items, rows, as_of, where):
    """Corrections first, then what blocks most, then the oldest."""
    keys = [
        (text_of(item["List"]) != "correction", -(item["Rules it blocks"].value or 0), -(item["Age in days"].value or 0))
        for item in items]
    for number, (before, after) in enumerate(zip(keys, keys[1:]), start=2):
        facts.that(before <= after, "the order of rows", f"{where}: row {number} {before}, then {after}")
    for item in items:
        first, due, status = item["First seen"].value, item["Due on"].value, item["Status"].value
        if status == "overdue" and isinstance(due, datetime.datetime):
            facts.same(item["Age in days"].value, (as_of - due.date()).days, "what is overdue ages from its date", where)
        elif due is None and isinstance(first, datetime.datetime):
            facts.same(item["Age in days"].value, (as_of - first.date()).days, "what has no date ages from first seen", where)


def check_rules(sheet, items, where):
    facts.same(sheet.freeze_panes, "A2", "the headings of the rules are frozen", where)
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    named = {unescaped(row[0]): row[-1] for row in rows if row[0]}
    facts.same(len(named), sum(1 for row in rows if row[0]), "each rule is told once", where)
    wanted = collections.Counter(text_of(item["Rule"]) for item in items)
    facts.same(named, dict(wanted), "the rules of the first sheet are told, with their numbers", where)
    for row in rows:
        facts.that(row[0] is None or row[1] and row[2], "a rule says what it asks", f"{where}: {row[0]}")
        # The names of constraints, which ask it of every record, have a dot.
        facts.that(row[0] is None or "." in row[0] or row[2].startswith("Who is judged: "), "a rule says whom it judges", f"{where}: {row[0]}")


def check_summary(sheet, items, where):
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    facts.same(len(sheet._charts), 1, "the summary has a chart", where)
    ages, rules, part = {}, collections.Counter(), None
    statuses = []
    for row in rows:
        if row[0] is None:
            part = None
        elif row[1] == "Exceptions":
            part = ages
        elif "failed" in row:
            part, statuses = rules, row[1:-1]
        elif part is ages:
            ages[row[0]] = row[1]
        elif part is rules:
            facts.same(row[-1], sum(row[1:-1]), "a rule's figures add up", where)
            for status, count in zip(statuses, row[1:-1]):
                rules[unescaped(row[0]), status] += count
    facts.same(sum(ages.values()), len(items), "the figures by age add up", where)
    for band, count in ages.items():
        match = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", band)
        if match:
            low = 0 if match[1] == "1" else int(match[1])
            high = int(match[2] or 10**9)
            # Something done too late no longer waits for anybody.
            waiting = [item["Age in days"].value for item in items if item["Status"].value != "late"]
            inside = sum(1 for age in waiting if age is not None and low <= age <= high)
            facts.same(count, inside, "the figure of an age", f"{where} {band}")
    asked = collections.Counter((text_of(item["What is asked"]), item["Status"].value) for item in items)
    facts.same({key: count for key, count in rules.items() if count}, dict(asked), "the figures by rule", where)
    due, late = (
        sum(int(count.replace(",", "")) for count in re.findall(pattern, str(rows[1][0])))
        for pattern in (r"([\d,]+) exceptions? to put right", r"([\d,]+) done late or never"))
    late_here = sum(1 for item in items if item["Status"].value == "late")
    facts.same((due, late), (len(items) - late_here, late_here), "the summary's total", f"{where}: {rows[1][0]!r}")


# ---------------------------------------------------------------------------------------------------- LibreOffice


def shown(cell):
    """The text that LibreOffice should show for a cell."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, (datetime.datetime, datetime.date)):
        return cell.value.strftime("%d/%m/%Y" if cell.number_format == "dd/mm/yyyy" else "%d/%m/%Y %H:%M")
    if isinstance(cell.value, (int, float)):
        return f"{cell.value:,}" if "," in cell.number_format else str(cell.value)
    return unescaped(cell.value)


def convert(folder, books):
    """Converts all workbooks to PDF and to CSV, with one call for each format, and compares the CSV with the cells."""
    sources = folder / "sources"
    sources.mkdir()
    for number, (path, _) in enumerate(books):
        shutil.copy(path, sources / f"{number:03}.xlsx")
    names = sorted(map(str, sources.iterdir()))
    for kind, filter_ in (("pdf", "pdf"), ("csv", "csv:Text - txt - csv (StarCalc):44,34,76")):
        out = folder / kind
        done = subprocess.run(
            ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", filter_,
             "--outdir", str(out), *names], capture_output=True, text=True, timeout=900)
        facts.same(done.returncode, 0, f"LibreOffice converts to {kind}", done.stderr[-300:])
        facts.that("rror" not in done.stdout + done.stderr, f"LibreOffice tells no error for {kind}", short(done.stderr[-300:]))
    for number, (path, rows) in enumerate(books):
        where = str(path.relative_to(path.parents[3]))
        check_pdf(folder / "pdf" / f"{number:03}.pdf", where)
        made = sorted((folder / "csv").glob(f"{number:03}*.csv"))
        if not facts.that(len(made) == 1, "a CSV was converted", where):
            continue
        converted = list(csv.reader(io.StringIO(made[0].read_bytes().decode("utf-8", "surrogateescape"), newline="")))[1:]
        if rows is None:
            continue
        facts.same(len(converted), len(rows), "LibreOffice sees as many rows", where)
        for line, (found, wanted) in enumerate(zip(converted, rows), start=2):
            wanted = wanted + [""] * (len(found) - len(wanted))
            for column, (one, other) in enumerate(zip(found, wanted)):
                if re.search("_x[0-9A-Fa-f]{4}_", one + other):
                    continue  # LibreOffice does not undo every escape
                facts.same(plain(one), plain(other), "LibreOffice sees the same cell", f"{where} row {line}, column {column + 1}")


def plain(text):
    """Makes line ends alike and removes the control characters that LibreOffice does not keep."""
    text = re.sub("\r\n|\r", "\n", text)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cn"))


def check_pdf(path, where):
    if not facts.that(path.is_file(), "a PDF was converted", where):
        return
    data = path.read_bytes()
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    facts.that(data.startswith(b"%PDF") and len(boxes) >= 3, "the PDF has a page of each sheet at least", where)
    facts.that(
        all(abs(float(w) - 842) < 2 and abs(float(h) - 595) < 2 for w, h in boxes), "each page is A4 across", f"{where}: {boxes[:3]}")


# ------------------------------------------------------------------------------------------------------------ runs


def check_folders(out, parent_before):
    """Each team must have a folder of its own, with a name distinct on any file system, and there must be nothing else."""
    teams = out / "teams"
    folders = sorted(teams.iterdir())
    names = [folder.name for folder in folders]
    facts.that(all(folder.is_dir() and not folder.is_symlink() for folder in folders), "teams/ holds folders only", out)
    for name in names:
        facts.that(
            re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 100 and name not in ("con", "nul", "aux", "prn"),
            "a folder's name is safe everywhere", repr(name))
    facts.same(len({name.casefold() for name in names}), len(names), "folders differ where case does not count", out)
    made = {path.name for path in out.parent.iterdir() if "sqlite" not in path.name} - parent_before
    facts.same(made, {out.name}, "nothing is made outside OUT", out)
    known = {"exceptions.csv", "measures.csv", "summary.json", "run.json", "index.html", "teams", "rejects", "rules", "metrics.prom"}
    facts.that({path.name for path in out.iterdir()} <= known, "nothing unknown is in OUT", sorted({p.name for p in out.iterdir()} - known))
    of_team = collections.defaultdict(set)
    for folder in folders:
        held = {path.name for path in folder.iterdir()}
        facts.that({"exceptions.csv", "exceptions.xlsx"} <= held, "each team has both lists", f"{folder}: {held}")
        for row in read_csv(folder / "exceptions.csv"):
            of_team[row["team"]].add(folder.name)
            facts.that(row["list"] != "waived", "what is waived is not in a team's list", folder)
    facts.that(all(len(places) == 1 for places in of_team.values()), "each team has one folder", short(of_team))
    places = [place for places in of_team.values() for place in places]
    facts.same(len(set(places)), len(places), "no two teams share a folder", out)
    listed = collections.Counter(row["team"] for row in read_csv(out / "exceptions.csv") if row["list"] != "waived")
    facts.same(set(of_team), set(listed), "each team that is listed has a folder", out)
    team_lists(out, facts, out.name)


def validate(program, folder, out, *arguments, status=1):
    before = {path.name for path in folder.iterdir()}
    done = run(program, "validate", *arguments, "--out", out, "--quiet", "--progress", "never")
    if not facts.same(done.returncode, status, "the run ends as it should", f"{out.name}: {done.stderr[-500:]}"):
        return False
    check_folders(out, before)
    return True


def same_workbooks(one, other):
    left, right = ({path.relative_to(out): path.read_bytes() for path in out.rglob("*.xlsx")} for out in (one, other))
    facts.same(sorted(left), sorted(right), "the same workbooks", other.name)
    for path in left:
        facts.that(left[path] == right.get(path), "the same run gives the same bytes", path)


def main():
    program, repository = program_and_repository("check_workbooks.py PROGRAM")
    if not shutil.which("soffice"):
        sys.exit("soffice is not installed: apt-get install libreoffice-calc")
    with tempfile.TemporaryDirectory(prefix="workbooks-") as name:
        folder = pathlib.Path(name)
        books = []

        def look(out, as_of, raw=None):
            for path in sorted(out.glob("teams/*/exceptions.xlsx")):
                books.append((path, check_workbook(path, datetime.date.fromisoformat(as_of), raw)))

        samples = [repository / "Samples" / "paris", "--rules", repository / "Rules"]
        ledger = folder / "ledger.sqlite"
        validate(program, folder, folder / "first", *samples, "--as-of", "2016-01-31", "--ledger", ledger)
        rows = read_csv(folder / "first" / "exceptions.csv")
        waived = next(row for row in rows if row["rule"] == "cin-visits")
        done = run(
            program, "waive", "add", "--waivers", folder / "waivers.csv", "--ledger", ledger, "--rule", waived["rule"],
            "--record", waived["record_id"], "--reason", "Abroad", "--agreed-by", "J Oak", "--agreed-on", "2016-01-31", "--until",
            "2016-03-31")
        facts.same(done.returncode, 0, "a waiver is recorded", done.stderr)
        shutil.copy(ledger, folder / "copy.sqlite")
        week_later = [*samples, "--as-of", "2016-02-07", "--waivers", folder / "waivers.csv"]
        validate(program, folder, folder / "second", *week_later, "--ledger", ledger)
        validate(program, folder, folder / "again", *week_later, "--ledger", folder / "copy.sqlite", "--threads", "1")
        rows = read_csv(folder / "second" / "exceptions.csv")
        facts.that(len({row["first_seen"] for row in rows}) > 1, "exceptions were first seen on different days")
        facts.that(any(row["list"] == "waived" for row in rows), "an exception is waived")
        same_workbooks(folder / "second", folder / "again")
        look(folder / "second", "2016-02-07")

        # A file that is cut in its last line: nothing on a list is no sign of a team at zero.
        extracts = folder / "cut"
        shutil.copytree(repository / "Samples" / "paris", extracts)
        visits = extracts / "visits.csv"
        visits.write_bytes(visits.read_bytes()[: visits.stat().st_size // 2])
        validate(
            program, folder, folder / "third", extracts, "--rules", repository / "Rules", "--as-of", "2016-02-14", "--ledger", ledger,
            status=3)
        look(folder / "third", "2016-02-14")
        teams = json.loads((folder / "third" / "summary.json").read_text(encoding="utf-8"))["byTeam"]
        facts.that(any(team["notJudgedNow"] for team in teams), "a team has something that was not judged")
        facts.same([team["team"] for team in teams if team["standing"] == "at zero"], [], "no team is at zero over a file that is cut")

        raw = hostile_run(folder)
        hostile = [folder / "extracts", "--rules", folder / "rules", "--as-of", "2016-01-31"]
        if validate(program, folder, folder / "hostile", *hostile):
            validate(program, folder, folder / "hostile-again", *hostile)
            same_workbooks(folder / "hostile", folder / "hostile-again")
            listed = {row["record_id"] for row in read_csv(folder / "hostile" / "exceptions.csv")}
            facts.same(
                set(raw) - listed, {key for key, row in raw.items() if row["Team"] == "At zero"},
                "every hostile record is listed, and the one in order is not")
            look(folder / "hostile", "2016-01-31", raw)
        for name, value in HOSTILE_LENGTHS.items():
            row = ["R1", "P1", "Team", "Worker", value, ""]
            write_csv(folder / name / "records.csv", [HEADINGS, row])
            if validate(program, folder, folder / f"of-{name}", folder / name, *hostile[1:]):
                look(folder / f"of-{name}", "2016-01-31", {"R1": dict(zip(HEADINGS, row))})
        # Enough rows that they are written to disk one by one while the workbook is made.
        values = HOSTILE_VALUES + ["wrong"] * (20_001 - len(HOSTILE_VALUES))
        rows = [HEADINGS] + [[f"R{number}", "P1", "Long", "Worker", value, ""] for number, value in enumerate(values)]
        write_csv(folder / "long" / "records.csv", rows)
        if validate(program, folder, folder / "of-long", folder / "long", *hostile[1:]):
            path, = (folder / "of-long").glob("teams/*/exceptions.xlsx")
            check_workbook(path, datetime.date(2016, 1, 31), {row[0]: dict(zip(HEADINGS, row)) for row in rows[1:]})
            with zipfile.ZipFile(path) as archive:
                facts.that(b'"inlineStr"' in archive.read("xl/worksheets/sheet1.xml"), "a long sheet shares no texts", path)
        facts.that(len(books) > 40, "workbooks were looked at", len(books))
        convert(folder, books)
    facts.finish()


if __name__ == "__main__":
    main()
