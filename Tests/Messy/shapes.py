"""Titles, totals and footers, repeated headings, other columns, several files, unquoted commas, and texts cut off."""

from messy import DEFINITION, HEADINGS, lines, row, rows


def titles_and_footers(messy):
    top = "Weekly export,,,,\n\nRun by,Zebedee Quill,,,\n\n"
    messy.case("title rows", top + lines(*rows(1, 3)), (3, 3, 0), exit=0, quiet=True)
    end = "\nTotal,3\n(3 rows affected)\n"
    messy.case("totals and a footer that the definition names", lines(*rows(1, 3)) + end, (3, 3, 0), exit=0, quiet=True)
    messy.case("all of them", top + lines(*rows(1, 3)) + end, (3, 3, 0), exit=0, quiet=True)
    form = DEFINITION.replace("{required: true}", '{required: true, pattern: "P[0-9]+"}')
    messy.case("a total as wide as a record, where its first cell can be no key", lines(*rows(1, 3), "Total,9,,,"), (3, 3, 0),
               exit=0, definition=form, quiet=True)
    messy.case("a total as wide as a record, where any text is a key", lines(*rows(1, 3), "Total,9,,,"), (4, 4, 0), exit=0,
               remarks=["line 5 matches a footer pattern, but"])
    bare = DEFINITION.replace('dialect: {footer: ["*rows affected*", "Total*"]}\n', "")
    messy.case("a total that no pattern names, as wide as a record", lines(*rows(1, 3), "Grand Total,,,9,"), (4, 4, 0),
               exit=0, definition=bare, remarks=["line 5, looks like a total"])
    messy.case("a total that no pattern names, of another width", lines(*rows(1, 3), "Total,9"), (4, 3, 1), exit=1,
               definition=bare, rejected=[5], reasons=["total or a footer"])
    messy.case("a total in the middle", lines(*rows(1, 3), "Total,9", *rows(4, 5)), (6, 5, 1), exit=1, rejected=[5],
               reasons=["total or a footer"])
    # What one footer says of several files, and several of one.
    parts = {"people_1.csv": lines(*rows(1, 3)), "people_2.csv": lines(*rows(4, 5)) + "(5 rows affected)\n"}
    messy.case("an export in two parts, the last with the footer of both", parts, (5, 5, 0), exit=0, quiet=True, inspected=False)
    parts["people_1.csv"] = lines(*rows(1, 2))
    messy.case("the same with a record less", parts, (4, 4, 0), faults=[("truncated", None)], inspected=False)
    totals = {f"people_{number}.csv": lines(*rows(number * 9, number * 9 + 2)) + "Total: 3\n" for number in (1, 2, 3)}
    messy.case("totals that count the records of their files", totals, (9, 9, 0), exit=0, quiet=True, inspected=False)
    totals["people_2.csv"] = lines(*rows(18, 19)) + "Total: 3\n"
    messy.case("one of them counts more than was read", totals, (8, 8, 0), faults=[("truncated", None)], inspected=False)
    totals["people_1.csv"] = lines(*rows(9, 11)) + "Total: 2\n"
    messy.case("beside one that counts something else", totals, (8, 8, 0), exit=0, inspected=False,
               remarks=["people_2.csv: a footer says 3 in total, and 2 records were read"])


def headings(messy):
    messy.case("headings repeated halfway down", lines(*rows(1, 3)) + lines(*rows(4, 6)), (6, 6, 0), exit=0,
               remarks=["headings stand again on line 5"])
    marked = lines(*rows(1, 3)).encode() + b"\xef\xbb\xbf" + lines(*rows(4, 6)).encode()
    messy.case("files put together, each with its mark", marked, (6, 6, 0), exit=0, remarks=["again on line 5"])
    sign = marked.replace(b"Person ID", b"#")
    messy.case("files put together, each with its mark before a sign", sign, (6, 6, 0), exit=0, remarks=["again on line 5"],
               definition=DEFINITION.replace("[Person ID]", '["#"]'), inspected=False)
    broken = lines(*rows(1, 2)) + HEADINGS.replace(",Visits", "\nVisits") + lines(*rows(3, 4)).removeprefix(HEADINGS)
    messy.case("headings repeated with a line break in them", broken, (6, 4, 2), exit=1, rejected=[4, 5])
    messy.case("a record above the headings", row(9) + "\n" + lines(*rows(1, 3)), (4, 3, 1), [("noHeadings", 1)], rejected=[1])

    def turned(order, *records):
        cells = [HEADINGS.strip().split(",")] + [record.split(",") for record in records]
        return "".join(",".join(line[place] for place in order) + "\n" for line in cells)

    other = [4, 2, 0, 1, 3]
    outcome = messy.case("columns in another order", turned(other, *rows(1, 3)), (3, 3, 0), exit=0, quiet=True)
    facts = messy.facts
    facts.same(outcome.exceptions, [], "columns in another order are read alike")
    both = lines(*rows(1, 3)) + turned(other, *rows(4, 6)) + lines(*rows(7, 8))
    outcome = messy.case("headings repeated halfway down in another order", both, (8, 8, 0), exit=0,
                         remarks=["other headings stand on line 5", "other headings stand on line 9"])
    wrong = turned(other, row(4), row(5).replace("/2016", "/16"))
    outcome = messy.case("after headings in another order, each cell belongs to its field", lines(row(1)) + wrong,
                         (3, 3, 0), exit=1, remarks=["other headings stand on line 3"])
    facts.same([(item["rule"], item["record_id"], item["source_line"]) for item in outcome.exceptions],
               [("people.started_on.type", "P00005", "5")], "the cell that cannot be read")
    fewer = lines(*rows(1, 2)) + turned([0, 2], *rows(3, 4))
    messy.case("headings repeated with fewer columns", fewer, (4, 4, 0), exit=0,
               remarks=["other headings stand on line 4", "no column for name"])
    keyless = lines(*rows(1, 2)) + turned([1, 2, 3, 4], *rows(3, 4))
    messy.case("headings repeated without the key are none", keyless, (5, 2, 3), exit=1, rejected=[4, 5, 6])
    words = lines(row(1), "Notes,Visits,01/02/2016,3,Start Date", "Full Name,Zebedee,01/02/2016,,", row(2))
    messy.case("records that hold words of the headings are records", words, (4, 4, 0), exit=0, quiet=True)
    messy.case("a heading renamed", lines(*rows(1, 2)).replace("Full Name", "Fulll Name"), (2, 2, 0), exit=0,
               remarks=["perhaps “Fulll Name”"])
    messy.case("the key's heading renamed", lines(*rows(1, 2)).replace("Person ID", "Persn ID"), (2, 2, 0),
               [("missingHeading", 1)])
    messy.case("trailing delimiters everywhere", lines(*rows(1, 2)).replace("\n", ",\n"), (2, 2, 0), exit=0, quiet=True)
    messy.case("trailing delimiters on records alone", HEADINGS + "".join(record + ",\n" for record in rows(1, 2)),
               (2, 0, 2), [("noRows", None)], rejected=[2, 3], reasons=["trailing comma"])


def several_files(messy):
    messy.case("one table in several files", {"people1.csv": lines(*rows(1, 3)), "PEOPLE2.CSV": lines(*rows(4, 9))},
               (9, 9, 0), exit=0, quiet=True)
    facts = messy.facts
    outcome = messy.case("the same extract twice", {"people1.csv": lines(*rows(1, 3)), "people2.csv": lines(*rows(1, 3))},
                         (6, 6, 0), exit=1, remarks=["the same bytes as people1.csv", "3 of its 3 records have a key"])
    facts.same([item["rule"] for item in outcome.exceptions], ["people.key"] * 3, "each duplicate is listed")
    messy.case("two extracts with the same keys", {
        "people1.csv": lines(*rows(1, 6)), "people2.csv": lines(*(record + "!" for record in rows(4, 8)))},
        (11, 11, 0), exit=1, remarks=["3 of its 5 records have a key"])
    messy.case("two extracts that share one record", {"people1.csv": lines(*rows(1, 6)), "people2.csv": lines(*rows(6, 9))},
               (10, 10, 0), exit=1, quiet=True)
    messy.case("an extract of one record that stands in the other", {"people1.csv": lines(*rows(1, 6)), "people2.csv": lines(row(6))},
               (7, 7, 0), exit=1, quiet=True)


def unquoted_commas(messy):
    definition = DEFINITION.replace(
        "  - name: notes\n", "  - name: seen_on\n    headings: [Seen On]\n    type: date\n  - name: notes\n")
    heads = "Person ID,Full Name,Start Date,Visits,Seen On,Notes\n"
    good = "P1,Zebedee Quill,01/02/2016,3,02/02/2016,fine"
    cases = [
        ("in the name", "P2,Quill, Zebedee,01/02/2016,3,02/02/2016,fine", "fields 2 to 3 are one cell of name"),
        ("in the notes", "P2,Zebedee Quill,01/02/2016,3,02/02/2016,fine, but, well", "fields 6 to 8 are one cell of notes"),
        ("in two cells", "P2,Quill, Zebedee,01/02/2016,3,02/02/2016,fine, well", None),
        ("where nothing fits", "P2,Zebedee Quill,gone,01/02/2016,x,02/02/2016,fine", None),
    ]
    for what, record, repair in cases:
        outcome = messy.case(f"unquoted commas {what}", heads + good + "\n" + record + "\n", (2, 1, 1), exit=1,
                             definition=definition, rejected=[3], reasons=["perhaps a comma in a cell"])
        reason = outcome.rejects[0]["reason"]
        messy.facts.that(repair in reason if repair else "fits only" not in reason, "the repair", f"{what}: {reason}")
    # Two cells of free text are side by side, and the comma may be in either.
    two = DEFINITION.replace("    type: integer", "    type: string").replace("    type: date", "    type: string")
    outcome = messy.case("unquoted commas among texts", lines(row(1), row(2) + ", more"), (2, 1, 1), exit=1, definition=two)
    messy.facts.that("fits only" not in outcome.rejects[0]["reason"], "no repair where several fit")


def cut_off(messy):
    def notes(lengths, fill="n"):
        return [row(number, notes=(f"{number:03}" + fill * length)[:length]) for number, length in enumerate(lengths, 1)]

    for limit in (255, 4000, 32_767):
        messy.case(f"texts cut off at {limit}", lines(*notes([9, limit, 70, limit, limit])), (5, 5, 0), exit=0,
                   remarks=[f"notes: 3 texts have exactly {limit} characters (lines 3, 5 and 6)"])
        messy.case(f"texts cut off at {limit} characters of two bytes", lines(*notes([limit, 80, limit], "\u00eb")),
                   (3, 3, 0), exit=0, remarks=[f"notes: 2 texts have exactly {limit} characters"])
        messy.case(f"one text of {limit}", lines(*notes([9, limit, 70, limit - 1])), (4, 4, 0), exit=0, quiet=True)
        messy.case(f"texts of {limit} and one that is longer", lines(*notes([limit, limit, limit + 1])), (3, 3, 0),
                   exit=0, quiet=True)
    messy.case("texts cut off at a length of its own", lines(*notes([300] * 5 + [20])), (6, 6, 0), exit=0,
               remarks=["notes: 5 texts have exactly 300 characters"])
    same = [row(number, notes="the same words again " * 15) for number in range(1, 9)]
    messy.case("one long text again and again is not cut off", lines(*same), (8, 8, 0), exit=0, quiet=True)
    unknown = lines(*notes([255, 255])).replace("Notes", "Remarks")
    messy.case("texts cut off in a column that no field names", unknown, (2, 2, 0), exit=0,
               remarks=["the column “Remarks”: 2 texts have exactly 255"])
