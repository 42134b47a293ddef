"""What Excel does to an export that somebody opens and saves in it."""

from messy import DEFINITION, HEADINGS, lines, row, rows


def dated(*dates):
    return lines(*(f"P{number:05},Zebedee Quill,{date},1,x" for number, date in enumerate(dates, 1)))


def dates(messy):
    facts = messy.facts
    outcome = messy.case("serial dates", dated("01/02/2016", "42401", "42402.5"), (3, 3, 0), exit=1,
                         remarks=["started_on: 2 cells hold Excel's numbers for days (lines 3 and 4)"])
    facts.that(all("Excel serial date" in item["message"] and "do not open" in item["fix"] for item in outcome.exceptions)
               and len(outcome.exceptions) == 2, "each serial date is listed, with what to do",
               [item["fix"] for item in outcome.exceptions])
    messy.case("US order, as the column's other dates prove", dated("02/13/2016", "03/04/2016", "2/28/2016", "05/06/2016"),
               (4, 4, 0), [("dateOrder", 2)])
    messy.case("one US date among others", dated("13/02/2016", "03/04/2016", "02/28/2016", "02/27/2016"), (4, 4, 0),
               exit=1, remarks=["2 dates are written month first (lines 4 and 5), the others day first"])
    messy.case("one US date alone", dated("03/04/2016", "02/28/2016"), (2, 2, 0), exit=1,
               remarks=["1 date is written month first (line 3)"])
    messy.case("ISO dates do not prove the order of others", dated("2016-01-31", "03/04/2016", "02/28/2016", "02/27/2016"),
               (4, 4, 0), [("dateOrder", 4)])
    us = DEFINITION.replace("    type: date\n", '    type: date\n    format: "%m/%d/%Y"\n')
    messy.case("day first where the definition says month first", dated("13/02/2016", "03/04/2016", "28/02/2016"),
               (3, 3, 0), [("dateOrder", 2)], definition=us)
    short = DEFINITION.replace("    type: date\n", '    type: date\n    format: "%d/%m/%y"\n')
    messy.case("US order in years of two digits", dated("02/13/16", "03/04/16", "2/28/16"), (3, 3, 0), [("dateOrder", 2)],
               definition=short)
    messy.case("US order where the definition says so", dated("02/13/2016", "03/04/2016"), (2, 2, 0), exit=0,
               definition=us, quiet=True)


def identifiers(messy):
    facts = messy.facts

    def identified(*ids):
        return HEADINGS + "".join(f"{name},Zebedee Quill,01/02/2016,1,x\n" for name in ids)

    for text in ("1.23E+11", "1E+11", "1.234567E+15", "1.2e+11"):
        messy.case(f"an identifier that Excel has shortened to {text}", identified("123456789012", text), (2, 2, 0),
                   [("lostDigits", 3)])
    messy.case("identifiers that are not shortened", identified("1E5", "E+11", "12E+A1", "1.23E-11", "AE+12"), (5, 5, 0),
               exit=0, quiet=True)
    number = DEFINITION.replace("    type: string\n    constraints", "    type: integer\n    constraints")
    messy.case("a whole number that Excel has shortened", identified("123456789012", "1.23E+11"), (2, 2, 0),
               [("lostDigits", 3)], definition=number)
    outcome = messy.case("a number shortened that is no identifier", lines(row(1), "P2,Zebedee Quill,01/02/2016,1.23E+11,x"),
                         (2, 2, 0), exit=1, remarks=["visits: 1 number has been shortened"])
    facts.that(outcome.exceptions and "Excel has shortened" in outcome.exceptions[0]["message"],
               "the exception says what Excel did", outcome.exceptions)

    padded = [f"{number:07}" for number in range(99_990, 100_010)]
    lost = [name.lstrip("0") if place in (3, 9) else name for place, name in enumerate(padded)]
    messy.case("identifiers with zeros in front", identified(*padded), (20, 20, 0), exit=0, quiet=True)
    messy.case("identifiers that have lost their zeros", identified(*lost), (20, 20, 0), exit=0,
               remarks=["person_id: nearly all are numbers of 7 digits, and 2 have fewer (lines 5 and 11)"])
    messy.case("identifiers of no fixed width", identified(*(str(number) for number in range(90, 120))), (30, 30, 0),
               exit=0, quiet=True)
    pattern = DEFINITION.replace("{required: true}", '{required: true, pattern: "[0-9]{7}"}')
    outcome = messy.case("zeros that a pattern misses", identified("0012345", "12346", "P1"), (3, 3, 0), exit=1,
                         definition=pattern)
    told = {item["value"]: item for item in outcome.exceptions}
    facts.that("0012346" in told["12346"]["message"] and "Excel" in told["12346"]["fix"], "the zeros that are missing are named",
               told["12346"])
    facts.that("zeros" not in told["P1"]["message"], "and not where they would not help", told["P1"])

    visits = """table: visits
title: Visits
files: ["visits*.csv"]
primaryKey: visit_id
person: person_id
fields:
  - {name: visit_id, type: string}
  - {name: person_id, type: string}
foreignKeys:
  - {fields: person_id, reference: {table: people, fields: person_id}, as: person}
"""
    home = messy.write({"people.csv": identified("0012345", "0012346"), "visits.csv": "visit_id,person_id\nV1,12345\nV2,99999\nV3,0012346\n"})
    (home / "rules" / "visits.yaml").write_text(visits)
    outcome = messy.validate(home)
    told = {item["record_id"]: item for item in outcome.exceptions}
    facts.same(sorted(told), ["V1", "V2"], "the references that point nowhere")
    facts.that("0012345" in told["V1"]["message"], "a reference that lost its zeros names the record meant", told["V1"])
    facts.that("zeros" not in told["V2"]["message"], "and no other does", told["V2"])


def full_sheets(messy, is_long):
    definition = 'table: people\ntitle: People\nfiles: ["people*.csv"]\nprimaryKey: id\nfields:\n  - {name: id, type: string}\n'
    for limit in (65_536, 1_048_576):
        for extra in (-1, 0, 1):
            if not is_long and (extra < 0 or (limit > 65_536 and extra > 0)):
                continue
            count = limit - 1 + extra
            text = "id\n" + "".join(f"{number}\n" for number in range(1, count + 1))
            faults = [("truncated", None)] if extra == 0 else []
            messy.case(f"{limit} rows and {extra}", text, (count, count, 0), faults, definition=definition,
                       inspected=is_long and extra == 0 and limit == 65_536)
    # Blank lines among the rows are rows of the sheet; those at the end came after it.
    text = "id\n" + "".join(f"{number}\n" + "\n" * (number % 1000 == 0) for number in range(1, 65_471)) + "\n\n"
    messy.case("65536 rows, 65 of them blank", text, (65_470, 65_470, 0), [("truncated", None)], definition=definition, inspected=False)
