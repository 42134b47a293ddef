"""Files of cells for comparing readers, made from a seed: what an export may hold, and what a bad one does hold."""

import csv
import io
import random
from dataclasses import dataclass

HEADINGS = ["id", "one", "two", "three"]

# Delimiter and quote of each kind of file. A file's name begins with its kind, and each kind is a table of its own.
DIALECTS = {
    "comma": (",", '"'), "semicolon": (";", '"'), "tab": ("\t", '"'), "bar": ("|", '"'), "apostrophe": (",", "'"),
}
ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "windows-1252"]
ENDS = ["\n", "\r\n", "\r", None]  # None: each record has one at random

PIECES = ["a", "b c", " ", "  ", ",", ";", "\t", "|", '"', "'", '""', "''", "\n", "\r\n", "\r", "\n\n", "é", "£", "x" * 40, "0", "007",
          "=1+1", "-", "NULL", "#", "\\", "\\n", "k", "k1"]
WIDE_PIECES = PIECES + ["😀", "漢字", "e\u0301", "\u00a0", "\u2028", "\u0085", "\ufeff", "ﬀ", "\u200b", "٣"]


@dataclass
class CellFile:
    name: str
    text: str
    encoding: str
    delimiter: str
    quote: str
    end: str
    is_harmed: bool

    @property
    def bytes(self):
        return (("\ufeff" if self.encoding == "utf-16-be" else "") + self.text).encode(self.encoding)


def cell(chance, pieces, delimiter):
    if chance.random() < 0.003:
        # A note that quotes a record, or a record that stray quotes have swallowed: nothing tells which.
        return f"before\nk9{delimiter}a{delimiter}{chance.choice(['b', ''])}{delimiter}c" + chance.choice(["", "\nafter"])
    return "".join(chance.choice(pieces) for _ in range(chance.choice([0, 0, 1, 1, 1, 2, 3, 5])))


def written(chance, text, delimiter, quote, first):
    needs = delimiter in text or quote in text or "\n" in text or "\r" in text
    if needs or chance.random() < 0.3 or (first and not text):
        return quote + text.replace(quote, quote * 2) + quote
    return text


def make(seed, number):
    """One file; every third is damaged after it was written correctly."""
    chance = random.Random(f"{seed} {number}")
    kind = chance.choice(list(DIALECTS))
    delimiter, quote = DIALECTS[kind]
    encoding, end = chance.choice(ENCODINGS), chance.choice(ENDS)
    pieces = PIECES if encoding == "windows-1252" else WIDE_PIECES
    records = []
    for row in range(chance.choice([1, 2, 5, 20, 60])):
        cells = [f"k{row}", *(cell(chance, pieces, delimiter) for _ in HEADINGS[1:])]
        record = delimiter.join(written(chance, text, delimiter, quote, place == 0) for place, text in enumerate(cells))
        odd = chance.random()
        if odd < 0.02:
            record += delimiter
        elif odd < 0.04:
            record = delimiter.join(record.split(delimiter)[:-1])
        elif odd < 0.05:
            record += delimiter + "more"
        elif odd < 0.06:
            record = delimiter * (len(HEADINGS) - 1)
        elif odd < 0.08:
            record = chance.choice(["", " ", "   ", ""])
        elif odd < 0.09:
            record = delimiter.join(chance.choice([HEADINGS, [name.upper() for name in HEADINGS]]))
        records.append(record + (end or chance.choice(["\n", "\r\n", "\r"])))
    body = "".join(records)
    if chance.random() < 0.15:
        body = body.rstrip("\r\n")
    is_harmed = number % 3 == 2
    if is_harmed:
        for _ in range(chance.choice([1, 1, 2, 4])):
            body = harmed(chance, body, delimiter, quote)
    text = delimiter.join(HEADINGS) + (end or "\r\n") + body
    return CellFile(f"{kind}-{number:05}.csv", text, encoding, delimiter, quote, end, is_harmed)


def harmed(chance, text, delimiter, quote):
    place = chance.randrange(len(text) + 1)
    way = chance.randrange(6)
    if way == 0 and quote in text:
        place = chance.choice([at for at, letter in enumerate(text) if letter == quote])
        return text[:place] + text[place + 1:]
    if way == 1:
        return text[:place] + chance.choice(["\n", "\r\n", "\r"]) + text[place:]
    if way == 2:
        return text[:place] + delimiter + text[place:]
    if way == 3:
        return text[:place] + text[place + chance.randrange(1, 10):]
    if way == 4:
        return text[:place]
    return text[:place] + quote + text[place:]


def python_rows(text, delimiter, quote):
    """The records as Python's strict reader reads them."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=True)
