"""Random extracts for a table definition: files in every dialect and encoding, with the faults that the contract speaks of.

What casecheck has to find out by itself ("auto") is kept beside the file for the oracle: delimiter, encoding, title lines.
"""

import codecs
import unicodedata
from collections import Counter
from dataclasses import dataclass, field as made_with

from definition_cells import TEAMS, cell
from definition_values import keys_of, one_or_list

TITLES = ["Report of open cases", "Run on 01/02/2016 by system", "", "Children's services - weekly", "   "]
UNKNOWN = ["Zebra", "Colour of file", "Büro", "Row no", "Überschrift"]
MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
FOOTER_LINES = {"*rows affected*": ["(7 rows affected)", "3 rows affected"], "Total*": ["Total: 5", "Total", "Total of 7 records"],
                "-- end of ?eport --": ["-- end of report --", "-- end of Report --"]}
features = Counter()


@dataclass
class File:
    name: str
    table: dict
    delimiter: str
    quote: str
    encoding: str
    end: str
    title_lines: int = 0
    text: str = ""
    data: bytes = b""
    wrong: str = ""  # why it is no table at all: empty, web page, ...
    notes: list = made_with(default_factory=list)


def encodable(text, encoding):
    try:
        text.encode(encoding)
        return True
    except UnicodeEncodeError:
        return False


class Maker:
    def __init__(self, chance, as_of, codes):
        self.chance, self.as_of, self.codes = chance, as_of, codes
        self.keys = {}  # table: the raw keys written so far, for references and duplicates
        self.count = 0

    def cells(self, table, encoding, plain):
        missing = table.get("missingValues", [""])
        keys = keys_of(table)
        refers = {}
        for foreign in table.get("foreignKeys", []):
            parents = self.keys.get(foreign["reference"]["table"], [])
            parent = self.chance.choice(parents) if parents and self.chance.random() < 0.7 else None
            for place, name in enumerate(one_or_list(foreign["fields"])):
                refers[name] = (parent or ["999999"] * 9)[place] if self.chance.random() < 0.85 else self.chance.choice(missing)
        values, kinds = {}, {field["name"]: field.get("type") for field in table["fields"]}
        self.count += 1
        for field in table["fields"]:
            name, kind = field["name"], field.get("type", "string")
            if name in keys:
                number = str(self.count if name == "k" else self.chance.randint(1, 3))
                letter = self.chance.choice(["P", "é", "R "] if not plain else ["P"])
                values[name] = number if kind == "integer" else letter + number
                if self.chance.random() < 0.05:
                    values[name] = self.chance.choice(missing)
            elif name in refers:
                values[name] = refers[name]
            elif name == "team":
                values[name] = self.chance.choice(TEAMS)
            elif name in ("worker", "child"):
                values[name] = self.chance.choice(["Ash", "Birch", "Çelik", ""])
            elif name == "note":
                values[name] = self.chance.choice(["", "seen", "a, b; c", "two\nlines", "a\n\nb", 'he said "no"\nand left'])
            else:
                values[name] = cell(self.chance, field, missing, self.as_of, self.codes)
        if self.keys.get(table["table"]) and self.chance.random() < 0.06:
            values.update(zip(keys, self.chance.choice(self.keys[table["table"]])))
            features["key repeated"] += 1
            if self.chance.random() < 0.3:
                # An integer key is never given a text that is no integer: the contract does not say whether such a key is missing.
                values.update((name, unicodedata.normalize("NFD", values[name])) for name in keys if kinds[name] != "integer")
        for name in values:
            if not encodable(values[name], encoding) or plain and any(c in values[name] for c in "\n\r\"'~,;|\t"):
                values[name] = "x" if name not in keys else ("P" if kinds[name] != "integer" else "") + str(self.count)
        self.keys.setdefault(table["table"], []).append([values[name] for name in keys])
        return values

    def written(self, text, file):
        text = text.replace("\n", file.end)
        must = file.delimiter in text or file.quote in text or "\n" in text or "\r" in text
        if not must and self.chance.random() < 0.85:
            return text
        features["cell in quotes " + file.quote] += 1
        return file.quote + text.replace(file.quote, file.quote * 2) + file.quote

    def record(self, texts, file):
        return file.delimiter.join(self.written(text, file) for text in texts)

    def heading(self, field):
        text = self.chance.choice(field["headings"])
        change = self.chance.random()
        if change < 0.15:
            return text.upper()
        if change < 0.3:
            return text.lower().replace(" ", "_")
        if change < 0.4:
            return " " + text.replace(" ", "-") + ":"
        if change < 0.42 and " " in text:
            features["heading over two lines"] += 1
            return text.replace(" ", "\n", 1)
        return text.replace(" ", "  ") if change < 0.45 else text

    def file(self, table, number):
        chance = self.chance
        dialect = table.get("dialect", {})
        delimiter = dialect.get("delimiter", "auto")
        if delimiter == "auto":
            delimiter = chance.choice([",", ";", "\t", "|"])
            features["delimiter auto " + repr(delimiter)] += 1
        else:
            features["delimiter named " + repr(delimiter)] += 1
        named = table.get("encoding", "auto")
        encoding = {"windows-1252": "cp1252", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}.get(named, named)
        mark = chance.random() < 0.5
        if named == "auto":
            encoding = chance.choice(["utf-8", "utf-8", "cp1252", "utf-16-le", "utf-16-be"])
            mark = mark or encoding.startswith("utf-16")
        base = table["table"]
        name = chance.choice([f"{base}{number}.csv", f"{base}_{number}.Txt", f"{base.upper()}_{number}.CSV",
                              f"{base.title()} {number} ü.csv"])
        file = File(name, table, delimiter, dialect.get("quoteChar", '"'), encoding, chance.choice(["\n", "\n", "\r\n", "\r"]))
        features[f"encoding {named}: {encoding}" + (" with BOM" if mark and encoding in MARKS else "")] += 1
        features["line end " + repr(file.end)] += 1
        if chance.random() < 0.03:
            self.no_table(file)
            return file
        self.content(file, table, dialect)
        file.data = (MARKS.get(encoding, b"") if mark else b"") + file.text.encode(encoding)
        if named == "auto" and encoding == "cp1252":
            try:
                file.data.decode("utf-8")
                if not file.data.isascii():
                    return self.file(table, number)
            except UnicodeDecodeError:
                features["auto: Windows-1252 with letters beyond ASCII"] += 1
        return file

    def no_table(self, file):
        file.wrong, file.data = self.chance.choice([
            ("empty", b""), ("BOM only", codecs.BOM_UTF8), ("blank lines", b"\n\n"),
            ("web page", b"<!DOCTYPE html>\n<html><body>x</body></html>\n"),
            ("no headings", b"foo,bar\n1,2\n"), ("xlsx", b"PK\x03\x04\x14\x00\x06\x00" + bytes(200)), ("binary", bytes(range(256)) * 4)])
        features["no table: " + file.wrong] += 1

    def content(self, file, table, dialect):
        chance = self.chance
        columns = list(table["fields"])
        chance.shuffle(columns)
        keys = keys_of(table)
        if chance.random() < 0.15 and len(columns) > 3:
            gone = columns.pop(chance.randrange(len(columns)))
            needed = gone.get("constraints", {}).get("required") or gone["name"] in keys
            features["heading missing, " + ("needed" if needed else "not needed")] += 1
        columns = [(column, self.heading(column)) for column in columns]
        for _ in range(chance.choice([0, 0, 1, 2])):
            columns.insert(chance.randrange(len(columns) + 1), (None, chance.choice(UNKNOWN)))
            features["unknown heading"] += 1
        if chance.random() < 0.04:
            again = chance.choice([column for column, _ in columns if column])
            columns.append((again, again["headings"][0] + "."))
            features["two columns for one field"] += 1
        tail = "" if chance.random() < 0.97 else file.delimiter
        if tail:
            columns.append((None, ""))
            features["trailing delimiter on headings and rows"] += 1
        columns = [(c, h if encodable(h, file.encoding) else "Zebra") for c, h in columns]
        lines = []
        if dialect.get("headerRow") == "auto" and chance.random() < 0.5:
            for title in chance.sample(TITLES, chance.randint(1, 3)):
                # No title has the table's width and passes as a key: the contract does not say what it is (47 speaks of footers).
                can_pad = title.strip() and not any("pattern" in f.get("constraints", {}) for f in table["fields"] if f["name"] in keys)
                padded = title + file.delimiter * (len(columns) - 1) if can_pad and chance.random() < 0.3 else title
                lines.append(padded)
            file.title_lines = len(lines)
            features["titles above the headings"] += 1
        if dialect.get("headerRow") in (2, 3):
            file.title_lines = dialect["headerRow"] - 1
            lines += ["Report of open cases", "Run on 01/02/2016"][:file.title_lines]
            features["titles above a numbered heading row"] += 1
        lines.append(self.record([heading for _, heading in columns], file))
        rows = 0 if chance.random() < 0.06 else chance.randint(1, 14) if chance.random() < 0.98 else chance.randint(300, 900)
        features["rows: none" if not rows else "rows"] += max(rows, 1)
        unclosed = chance.random() < 0.05 and rows > 2
        every_comma = chance.random() < 0.02
        for number in range(rows):
            late = unclosed and number >= rows - 3
            values = self.cells(table, file.encoding, late)
            texts = [values[c["name"]] if c else chance.choice(["", "u1", "ünk" if not late else "u"]) if h else ""
                     for c, h in columns]
            line = self.record(texts, file) if not late else file.delimiter.join(texts)
            if late and number == rows - 3:
                cut = line.rindex(file.delimiter) + 1
                line = line[:cut] + file.quote + line[cut:]
                features["quote never closed"] += 1
            elif not late:
                line = self.harmed(line, texts, columns, file, table)
            lines.append(line + (file.delimiter if every_comma else ""))
            if every_comma:
                features["trailing delimiter"] += 1
        self.finish(file, lines, columns, dialect, unclosed)

    def harmed(self, line, texts, columns, file, table):
        chance, delimiter = self.chance, file.delimiter
        one_line = "\n" not in line and "\r" not in line
        choice = chance.random()
        if choice < 0.02 and one_line:
            features["row too short"] += 1
            return delimiter.join(["q1", "q2", "q3"][:max(1, min(3, len(columns) - 1))])
        if choice < 0.03 and one_line:
            features["row too long"] += 1
            return line + delimiter + "more" + delimiter + "x"
        if choice < 0.04 and one_line:
            features["trailing delimiter"] += 1
            return line + delimiter
        if choice < 0.055:
            features["row of delimiters"] += 1
            return line + file.end + delimiter * (len(columns) - 1)
        if choice < 0.075:
            features["blank line"] += 1
            return line + file.end + chance.choice(["", "   "])
        if choice < 0.095:
            return self.over_lines(texts, columns, file, table)
        return line

    def over_lines(self, texts, columns, file, table):
        """A record with a cell over several lines: legal in a multiline or an unknown column, unless a record stands in the cell."""
        chance = self.chance
        places = [p for p, (c, h) in enumerate(columns) if h]
        place = chance.choice(places)
        column = columns[place][0]
        inner = chance.choice(["middle", "record", "keyless"])
        if not keys_of(table) or not set(keys_of(table)) <= {c["name"] for c, _ in columns if c}:
            inner = "middle"  # the contract does not say what passes as a key in a file without one
        if inner == "middle":
            body = "middle"
        else:
            plain = self.cells(table, "ascii", True)
            cells = [plain[c["name"]] if c else "u" for c, _ in columns]
            if inner == "keyless":
                cells = ["" if c and c["name"] in keys_of(table) else text for (c, _), text in zip(columns, cells)]
            body = file.delimiter.join(cells)
        kind = "unknown"
        if column is not None:
            name = column["name"]
            kind = "key" if name in keys_of(table) else "multiline" if name in table.get("multiline", []) else "other"
        features[f"cell over lines, {kind} column, {inner}"] += 1
        return self.record(texts[:place] + ["begins\n" + body + "\nends"] + texts[place + 1:], file)

    def finish(self, file, lines, columns, dialect, unclosed):
        chance = self.chance
        text = file.end.join(lines)
        ended = True
        footer = dialect.get("footer")
        if not set(keys_of(file.table)) <= {c["name"] for c, _ in columns if c}:
            footer = None  # the contract does not say what passes as a key in a file without one
        if footer and chance.random() < 0.5 and not unclosed:
            if chance.random() < 0.2:
                text += file.end
            for pattern in chance.sample(footer, chance.randint(1, len(footer))):
                last = chance.choice(FOOTER_LINES[pattern])
                if chance.random() < 0.4:
                    last += file.delimiter * (len(columns) - 1)  # settled 47: of the table's width
                    features["footer of the table's width"] += 1
                text += file.end + last
                features["footer"] += 1
        elif footer and chance.random() < 0.1 and len(lines) > file.title_lines + 3 and not unclosed:
            lines.insert(len(lines) - 1, FOOTER_LINES[footer[0]][0])  # not at the end: settled 31
            text = file.end.join(lines)
            features["footer pattern in the middle"] += 1
        elif chance.random() < 0.06 and len(lines) > file.title_lines + 2:
            cut = text.rstrip("\r\n").rindex(file.delimiter)
            text, ended = text[:cut], False
            features["cut off"] += 1
        if ended and chance.random() < 0.8:
            text += file.end + (file.end if chance.random() < 0.1 else "")
        else:
            features["no line end at the end"] += 1
        file.text = text
