"""Wrong bytes in every encoding, line ends, quotes that are never closed, records that quotes swallow, and sizes."""

from messy import HEADINGS, lines, row, rows

ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be", "cp1252"]
MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
# Bytes that are no character. Each is put into the middle of a name, and the record must be rejected.
WRONG = {
    "utf-8": [b"\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\x80", b"\x00"],
    "utf-16-le": [b"\x00\xd8", b"\x00\xdc", b"\x00\xdc\x00\xd8", b"\x00\x00"],
    "utf-16-be": [b"\xd8\x00", b"\xdc\x00", b"\xdc\x00\xd8\x00", b"\x00\x00"],
    "cp1252": [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d", b"\x00"],
}


def encodings(messy):
    for encoding in ENCODINGS:
        accents = row(2, name="Zo\u00eb Zebedee \u20ac")
        text = lines(row(1), accents, row(3), row(4))
        for mark in {b"", MARKS.get(encoding, b"")}:
            whole = mark + text.encode(encoding)
            messy.case(f"{encoding}, marked {bool(mark)}", whole, (4, 4, 0), exit=0, quiet=True)
            for wrong in WRONG[encoding]:
                # Before the last letters of the third record's name.
                place = whole.index("Quill".encode(encoding), whole.index("P00003".encode(encoding)))
                damaged = whole[:place] + wrong + whole[place:]
                messy.case(f"{encoding}, {wrong.hex()} in the middle", damaged, (4, 3, 1),
                           [("badEncoding", 4)], rejected=[4], inspected=not mark)
    # A unit that is cut in half can only be at the end: anywhere else it would shift all that follows.
    for encoding in ("utf-16-le", "utf-16-be"):
        whole = MARKS[encoding] + lines(*rows(1, 3)).encode(encoding)
        messy.case(f"{encoding} cut within its last unit", whole[:-1], (3, 2, 1),
                   [("badEncoding", 4)], rejected=[4])
    most = lines(*rows(1, 30), row(31, name="Zo\u00eb"), row(32, name="Chlo\u00e9")).encode()
    mixed = most + row(33, name="Zo\u00eb").encode("cp1252") + b"\n"
    messy.case("UTF-8 with one record in Windows-1252", mixed, (33, 32, 1), [("badEncoding", 34)], rejected=[34])
    for what, head in [("UTF-8", b"Full N\xffame"), ("a NUL", b"Full N\x00ame")]:
        damaged = lines(row(1), row(2, name="Zo\u00eb")).encode().replace(b"Full Name", head)
        messy.case(f"{what}: wrong bytes in the headings", damaged, (2, 2, 0), [("badEncoding", 1)])


def line_ends(messy):
    records = rows(1, 4)
    for end in ("\n", "\r\n", "\r"):
        text = lines(*records).replace("\n", end)
        messy.case(f"all lines end in {end!r}", text, (4, 4, 0), exit=0, quiet=True)
        messy.case(f"the last line has no end, others {end!r}", text[:-len(end)], (4, 4, 0), exit=0, quiet=True)
    mixed = HEADINGS[:-1] + "\r\n" + records[0] + "\n" + records[1] + "\r" + records[2] + "\r\n\n\r\n \n" + records[3]
    messy.case("mixed line ends and blank lines", mixed, (4, 4, 0), exit=0, quiet=True)
    lone = lines(records[0], records[1].replace("seen at", "seen\rat"), records[2])
    messy.case("a lone CR within a cell without quotes", lone, (4, 3, 1), exit=1, rejected=[4],
               reasons=["line break in a cell"])
    quoted = lines(records[0], row(2, notes='"seen\rat home"'), records[2])
    messy.case("a lone CR within quotes", quoted, (3, 3, 0), exit=0, quiet=True)
    messy.case("a row of delimiters only", lines(records[0], ",,,,"), (2, 2, 0), exit=1)


def quotes(messy):
    notes = {3: '"home, then ""school"""', 5: '"two\nlines"', 7: '"quoted"'}
    records = [row(number, notes=notes.get(number, "plain")) for number in range(1, 10)]
    physical = 1
    for number, record in enumerate(records):
        physical += 1
        # The quote is put before the name, which never has quotes itself, so that nothing closes it properly.
        damaged = records[:number] + [record.replace("Zebedee", '"Zebedee')] + records[number + 1:]
        home = messy.write({"people.csv": lines(*damaged)})
        outcome = messy.validate(home)
        facts = messy.facts
        what = f"a quote opened on line {physical} and never closed"
        facts.that(outcome.exit in (1, 3), "a broken quote is told", f"{what}: {outcome.exit}")
        listed = [int(reject["line"]) for reject in outcome.rejects]
        facts.that(physical in listed, "the line of the quote is rejected", f"{what}: {listed}")
        lost = [line for line in listed if line != physical]
        extra = 1 if number == 4 else 0
        facts.that(len(lost) <= extra, "the other lines are read", f"{what}: {listed}")
        facts.same(outcome.counts[0] - outcome.counts[1], len(listed), "rejects are counted", what)
        facts.same(outcome.counts[1], 8, "the other records are checked", what)
        messy.files.append((what, home / "extracts" / "people.csv"))
        physical += record.count("\n")
    for number in range(1, 10):
        plain = rows(1, 9)
        plain[number - 1] = plain[number - 1].replace("Zebedee", '"Zebedee')
        messy.case(f"a quote never closed on line {number + 1} of a file without others", lines(*plain), (9, 8, 1),
                   [("unclosedQuote", number + 1)], rejected=[number + 1])
    messy.case("a quote within a cell without quotes", lines(row(1), row(2, name='Zebedee "Zeb" Quill'), row(3)),
               (3, 2, 1), exit=1, rejected=[3], reasons=["quote inside a cell"])


def swallowed(messy, borders, is_long):
    """Two stray quotes with whole records between them, at the start of a file and across the borders of what is read at once."""
    for hidden in (1, 2, 30):
        records = rows(1, 3) + [row(4, notes='"then')] + rows(5, 4 + hidden) + [row(5 + hidden, notes='seen"')]
        records += rows(6 + hidden, 9 + hidden)
        text = lines(*records)
        messy.case(f"{hidden} records between two stray quotes", text, (9 + hidden, 7, hidden + 2),
                   [("swallowedRecords", 5)], rejected=range(5, 7 + hidden))
    for border in borders:
        # So many records come first that the border falls among the hidden ones.
        size = len(row(1)) + 1
        before = (border - len(HEADINGS)) // size - 1
        records = rows(1, before) + [row(before + 1, notes='"then')] + rows(before + 2, before + 6)
        records += [row(before + 7, notes='seen"')] + rows(before + 8, before + 20)
        text = lines(*records)
        assert len(lines(*records[:before + 1])) < border + 200 and len(text) > border
        for shift in (0, 1, size - 1):
            # A title moves everything after it over the border.
            moved = "x" * shift + ("\n" if shift else "") + text
            messy.case(f"swallowed across byte {border}, moved by {shift}", moved, (before + 20, before + 13, 7),
                       [("swallowedRecords", before + 2 + (1 if shift else 0))], inspected=is_long and shift == 0)
        for ending in ("\r\n", "\r"):
            records = rows(1, before + 30)
            text = lines(*records).replace("\n", ending)
            short = text[:border - 1].rfind(ending) + len(ending)
            # A title just long enough for the line end to fall on the border.
            for shift in range(border - short - 1, border - short + 2):
                moved = "t" * shift + ending + text if shift > 0 else text
                messy.case(f"{ending!r} on byte {border}, moved by {shift}", moved, (before + 30, before + 30, 0),
                           exit=0, inspected=False)


def sizes(messy, is_long):
    wide = 10_000
    fields = "".join(f"  - {{name: c{number}, headings: [c{number}], type: string}}\n" for number in range(wide))
    definition = 'table: people\ntitle: Wide\nfiles: ["people*.csv"]\nprimaryKey: c0\nfields:\n' + fields
    heads = ",".join(f"c{number}" for number in range(wide))
    text = heads + "\n" + "".join(f"K{number}" + ",x" * (wide - 1) + "\n" for number in range(3)) + "K9" + ",x" * wide + "\n"
    messy.case("10,000 columns", text, (4, 3, 1), exit=1, rejected=[5], definition=definition)
    unknown = HEADINGS[:-1] + "".join(f",extra {number}" for number in range(wide)) + "\n"
    unknown += "".join(record + ",y" * wide + "\n" for record in rows(1, 3))
    messy.case("10,000 columns that no field names", unknown, (3, 3, 0), exit=0, remarks=["9992 more"],
               inspected=is_long)
    # A record may have up to 64 MiB.
    long = 100 << 20 if is_long else 65 << 20
    for what, note, counts, faults in [
        ("without quotes", b"n" * long, (3, 2, 1), [("notDelimitedText", 3)]),
        ("in quotes", b'"' + b"n" * long + b'"', (3, 2, 1), [("notDelimitedText", 3)]),
    ]:
        content = lines(row(1)).encode() + b"P00002,a,01/02/2016,1," + note + b"\n" + row(3).encode() + b"\n"
        messy.case(f"a field of {long >> 20} MiB {what}", content, counts, faults, inspected=False)
    if not is_long:
        return
    note = b"n" * (40 << 20)
    content = lines(row(1)).encode() + b"P00002,a,01/02/2016,1," + note + b"\n" + row(3).encode() + b"\n"
    messy.case("a field of 40 MiB, which a record may have", content, (3, 3, 0), exit=0, inspected=False)
