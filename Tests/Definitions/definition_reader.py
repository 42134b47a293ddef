"""A second reader, independent of casecheck's: turns text into records with their lines, and says what the contract makes of each."""

import fnmatch
import re
import unicodedata
from dataclasses import dataclass, field as made_with

from definition_values import BAD, MATCHES, MISSING, keys_of, value_of


class Unsaid(Exception):
    """A generated file ran into something on which the contract is silent; the round is left out."""


@dataclass
class Record:
    line: int
    last_line: int
    cells: list
    text: str
    ended: bool        # by a line end
    closed: bool = True
    lines: list = made_with(default_factory=list)  # its physical lines


def physical_lines(text):
    """(text, line end) of each line; CR LF, LF and CR each end a line."""
    lines, start, place = [], 0, 0
    while place < len(text):
        if text[place] in "\r\n":
            end = 2 if text[place:place + 2] == "\r\n" else 1
            lines.append((text[start:place], text[place:place + end]))
            place += end
            start = place
        else:
            place += 1
    if start < len(text):
        lines.append((text[start:], ""))
    return lines


def records(text, delimiter, quote):
    lines, number = physical_lines(text), 0
    while number < len(lines):
        record = record_at(lines, number, delimiter, quote)
        if not record.closed:
            # Settled 42: the record that opened the quote is rejected, and reading goes on at its next physical line.
            record = Record(number + 1, number + 1, [], lines[number][0], lines[number][1] != "", False, [lines[number][0]])
        yield record
        number = record.last_line


def record_at(lines, first, delimiter, quote):
    cells, cell, quoted, number, was_quoted = [], "", False, first, False
    text, end = lines[number]
    whole, place, begins = text, 0, True
    while True:
        if place == len(text):
            if quoted:
                if number + 1 == len(lines):
                    return Record(first + 1, number + 1, [], whole, False, False)
                cell += end
                whole += end
                number += 1
                text, end = lines[number]
                whole, place = whole + text, 0
                continue
            cells.append(cell)
            return Record(first + 1, number + 1, cells, whole, end != "", True, [t for t, _ in lines[first:number + 1]])
        letter = text[place]
        place += 1
        if quoted:
            if letter != quote:
                cell += letter
            elif text[place:place + 1] == quote:
                cell += quote
                place += 1
            else:
                quoted, was_quoted = False, True
        elif letter == delimiter:
            cells.append(cell)
            cell, begins, was_quoted = "", True, False
        elif letter == quote:
            if not begins:
                raise Unsaid("a quote within a cell without quotes")
            quoted, begins = True, False
        elif was_quoted:
            raise Unsaid("text behind a closing quote")
        else:
            cell += letter
            begins = False


def folded(heading):
    """Matched without regard to case, spaces or punctuation."""
    return "".join(c for c in unicodedata.normalize("NFC", heading).lower() if not c.isspace() and unicodedata.category(c)[0] != "P")


@dataclass
class Read:
    """What the contract makes of one file."""
    columns: dict = made_with(default_factory=dict)   # field name: its place
    rows: list = made_with(default_factory=list)      # records
    rejected: list = made_with(default_factory=list)  # (line, text, a word of the reason)
    unknown: list = made_with(default_factory=list)
    double: list = made_with(default_factory=list)
    second: dict = made_with(default_factory=dict)    # place of a second column for a field: the field
    missing: list = made_with(default_factory=list)   # fields without a heading in the file
    footers_kept: list = made_with(default_factory=list)  # lines that look like footers but are records
    stated: int = None  # how many rows a footer says there are
    trusted: bool = True
    unsure: bool = False  # whether the contract leaves open if it can be trusted
    why: list = made_with(default_factory=list)


def read(file):
    table, found = file.table, Read()
    if file.wrong:
        # Settled 32.
        found.trusted = False
        found.why.append(file.wrong)
        return found
    lines = physical_lines(file.text)
    head = record_at(lines, file.title_lines, file.delimiter, file.quote)
    body = "\n" * head.last_line + "".join(text + end for text, end in lines[head.last_line:])
    match_headings(head.cells, table, found)
    width = len(head.cells)
    data = [r for r in records(body, file.delimiter, file.quote) if r.line > head.last_line and (not r.closed or r.text.strip(" "))]
    take_footers(data, table, width, found)
    for place, record in enumerate(data):
        if not record.closed:
            # Settled 34, 42.
            found.rejected.append((record.line, record.text, "never closed"))
            distrust(found, "unclosed quote")
        elif swallowed(record, table, width, found, file):
            for offset, text in enumerate(record.lines):
                if not text.strip(" "):
                    continue  # settled 31, 46: a blank line is no row, and so no rejected one either
                found.rejected.append((record.line + offset, text, ""))
            distrust(found, "swallowed records")
        elif len(record.cells) != width:
            comma = len(record.cells) == width + 1 and record.cells[-1] == ""
            found.rejected.append((record.line, record.text, "trailing" if comma else ""))
            if place == len(data) - 1 and not record.ended and len(record.cells) < width:
                distrust(found, "truncated")  # settled 34
        else:
            found.rows.append(record)
    judge_file(table, found)
    if not data and not lines[head.last_line - 1][1]:
        # The headings themselves may be cut off, or what followed them: that is told by how the other extracts end, of which
        # the contract says nothing (settled 34 speaks only of records).
        found.unsure = True
    return found


def distrust(found, why):
    found.trusted = False
    found.why.append(why)


def match_headings(headings, table, found):
    known = {}
    for field in table["fields"]:
        for heading in field["headings"] + [field["name"]]:
            known[folded(heading)] = field["name"]
    for place, heading in enumerate(headings):
        name = known.get(folded(heading))
        if name is None:
            found.unknown.append(heading)
        elif name in found.columns:
            found.double.append(name)
            found.second[place] = name
        else:
            found.columns[name] = place
    found.missing = [field for field in table["fields"] if field["name"] not in found.columns]


def passes_as_key(cells, table, found):
    fields = {field["name"]: field for field in table["fields"]}
    missing = table.get("missingValues", [""])
    for name in keys_of(table):
        if name not in found.columns:
            return False
        text = cells[found.columns[name]]
        if value_of(text, fields[name], missing) in (MISSING, BAD):
            return False
        pattern = fields[name].get("constraints", {}).get("pattern")
        if pattern and not MATCHES[pattern](text):
            return False
    return True


def take_footers(data, table, width, found):
    patterns = table.get("dialect", {}).get("footer", [])
    while data and data[-1].closed and any(fnmatch.fnmatchcase(data[-1].text, pattern) for pattern in patterns):
        if len(data[-1].cells) == width and not set(keys_of(table)) <= set(found.columns):
            raise Unsaid("a footer of the table's width in a file without the key")
        if len(data[-1].cells) == width and passes_as_key(data[-1].cells, table, found):
            found.footers_kept.append(data[-1].line)  # settled 47
            return
        # Product, standard 4: a footer that counts more rows than there are shows that the file was cut.
        counted = re.fullmatch(r"(?:Total of )?\(?(\d+) (?:rows?|records?)(?: affected)?\)?", "".join(data[-1].cells).strip())
        if counted:
            found.stated = int(counted[1])
        data.pop()


def swallowed(record, table, width, found, file):
    names = {place: name for name, place in found.columns.items()} | found.second
    for place, cell in enumerate(record.cells):
        if "\n" not in cell and "\r" not in cell:
            continue
        if place in names and names[place] not in table.get("multiline", []):
            return True
        # Settled 42: in a column that no field names, only the second test applies.
        for line, _ in physical_lines(cell):
            cells = line.split(file.delimiter)
            if len(cells) == width and passes_as_key(cells, table, found):
                return True
    return False


def judge_file(table, found):
    keys = keys_of(table)
    if found.stated is not None and found.stated > len(found.rows) + len(found.rejected):
        distrust(found, "fewer rows than its footer counts")
    if found.double:
        distrust(found, "two columns for one field")  # settled 35
    if any(field["name"] in keys or field.get("constraints", {}).get("required") for field in found.missing):
        distrust(found, "required heading missing")  # settled 33
    if not found.rows and not found.rejected:
        if not table.get("mayBeEmpty"):
            distrust(found, "no rows")  # settled 46
        elif table.get("required"):
            found.unsure = True  # the contract says both: `required` wants a row, `mayBeEmpty` lets the file pass
    elif not found.rows and found.trusted:
        found.unsure = True  # all rows are rejected: the contract says "none with a row" of required tables only
