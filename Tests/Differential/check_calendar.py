"""Compares the bank holidays of England and Wales with those of the `holidays` package, year by year.

    check_calendar.py PROGRAM

Other people maintain that package from the same proclamations. Each day, its weekday and its name are compared. Days on which the two
disagree would be listed in DIFFERENT with the reason; there are none. Then casecheck itself is asked about every day.
"""

import datetime
import pathlib
import re
import sys
import tempfile

import holidays
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, program_and_repository, read_csv, run, write, write_csv  # noqa: E402

# Day: why the calendar and the package differ on it.
DIFFERENT = {}

# The package's names of days for which GOV.UK has another name.
OUR_NAMES = {"May Day": "Early May bank holiday", "Late Summer Bank Holiday": "Summer bank holiday"}

# Days that no pattern yields: a package or a calendar that only follows the pattern has none of them right.
BY_PROCLAMATION = [
    ("1995-05-01", False, "early May moved to VE Day"), ("1995-05-08", True, "early May, moved"), ("1999-12-31", True, "eve of the millennium"),
    ("2002-05-27", False, "late May moved to June"), ("2002-06-03", True, "Golden Jubilee"), ("2002-06-04", True, "late May, moved"),
    ("2011-04-29", True, "royal wedding"),
    ("2012-05-28", False, "late May moved to June"), ("2012-06-04", True, "late May, moved"), ("2012-06-05", True, "Diamond Jubilee"),
    ("2020-05-04", False, "early May moved to VE Day"), ("2020-05-08", True, "early May, moved"),
    ("2022-05-30", False, "late May moved to June"), ("2022-06-02", True, "late May, moved"), ("2022-06-03", True, "Platinum Jubilee"),
    ("2022-09-19", True, "state funeral"), ("2023-05-08", True, "coronation"),
]

RULES = """
table: days
title: Days
files: ["days.csv"]
primaryKey: day
fields: [{name: day, headings: [day], type: date, format: "%Y-%m-%d"}]
---
rules:
  - rule: not-worked
    title: Days that are not worked
    for: days
    check: isWorkingDay(day)
    message: Not worked.
    fix: Nothing.
"""


def names_in(text):
    """The weekday and the name in the comment after each holiday."""
    found = re.findall(r"^\s+- (\d{4}-\d\d-\d\d)  # (\w{3}) (.+)$", text, re.MULTILINE)
    return {datetime.date.fromisoformat(day): (weekday, name) for day, weekday, name in found}


def our_name(theirs):
    base, _, observed = theirs.partition(" (observed)")
    base = OUR_NAMES.get(base, base)
    return f"{base}, substitute day" if theirs.endswith("(observed)") else base


def main():
    program, repository = program_and_repository("check_calendar.py PROGRAM")
    facts = Facts()
    path = repository / "Rules/calendars/england-and-wales.yaml"
    text = path.read_text(encoding="utf-8")
    calendar = yaml.safe_load(text)
    ours, written = set(calendar["holidays"]), names_in(text)
    first, last = calendar["covers"]["from"], calendar["covers"]["to"]
    years = range(first.year, last.year + 1)
    for part in ("ENG", "WLS"):
        theirs = holidays.country_holidays("GB", subdiv=part, years=years)
        for number in range((last - first).days + 1):
            day = first + datetime.timedelta(days=number)
            facts.that((day in ours) == (day in theirs) or day in DIFFERENT, f"a bank holiday ({part})",
                       f"{day}: the calendar says {day in ours}, the package {theirs.get(day, False)}")
            if day in ours and day in theirs:
                wanted = (day.strftime("%a"), our_name(theirs[day]))
                facts.that(tuple(map(str.lower, written.get(day, ("", "")))) == tuple(map(str.lower, wanted)),
                           "weekday and name of a bank holiday", f"{day}: {written.get(day)}, the package says {wanted}")
        for day in DIFFERENT:
            facts.that((day in ours) != (day in theirs), "a difference that is listed and is none", str(day))
    for day, is_one, why in BY_PROCLAMATION:
        facts.same(datetime.date.fromisoformat(day) in ours, is_one, "a day by proclamation", f"{day}, {why}")

    with tempfile.TemporaryDirectory(prefix="casecheck-calendar-") as scratch:
        place = pathlib.Path(scratch)
        write(place / "rules/calendar.yaml", text)
        write(place / "rules/days.yaml", RULES)
        days = [first + datetime.timedelta(days=number) for number in range((last - first).days + 1)]
        write_csv(place / "extracts/days.csv", [["day"], *([day] for day in days)])
        done = run(program, "validate", place / "extracts", "--rules", place / "rules", "--as-of", last,
                   "--out", place / "out", "--format", "csv", "--quiet")
        facts.same(done.returncode, 1, "exit status", done.stderr)
        listed = [row["record_id"] for row in read_csv(place / "out/exceptions.csv")]
        said = set(listed)
        facts.same(len(listed), len(said), "a day is listed once")
        theirs = holidays.country_holidays("GB", subdiv="ENG", years=years)
        for day in days:
            if day not in DIFFERENT:
                facts.same(str(day) in said, day.weekday() > 4 or day in theirs, "a day that is not worked", str(day))
    print(f"bank holidays {first.year} to {last.year}: {len(ours)}, {len(DIFFERENT)} seen differently by the package: ", end="")
    facts.finish()


if __name__ == "__main__":
    main()
