"""Compares casecheck's sums of working days with numpy's busday_offset and busday_count, for every day that the calendar covers.

    check_working_days.py PROGRAM

Compared are the day N working days from each day, for N from -30 to 60; the working days between each day and those from 45 days before
to 90 days after it; and the due dates of deadlines. Whatever would need a day outside the calendar must be absent or cannot-judge.
"""

import pathlib
import sys
import tempfile

import numpy as np
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, program_and_repository, read_csv, run, write, write_csv  # noqa: E402

SUMS = range(-30, 61)
GAPS = range(-45, 91)
DEADLINES = [1, 2, 5, 7, 10, 15, 20, 35, 45, 60]
MARGIN = 20  # how many days outside the calendar are asked about, at either end

ABSENT = "(not recorded)"


def rules():
    sums = "|".join(f"{{day + workingDays({n})}}" for n in SUMS)
    taken = "|".join(f"{{day - workingDays({-n})}}" for n in SUMS if n < 0)
    counts = "|".join(f"{{workingDaysBetween(day, day + days({n}))}}" for n in GAPS)
    checks = [("sums", sums), ("taken-away", taken), ("counts", counts)]
    text = """table: days
title: Days
files: ["days.csv"]
primaryKey: day
fields: [{name: day, headings: [day], type: date, format: "%Y-%m-%d"}, {name: done_on, headings: [done], type: date, format: "%Y-%m-%d"}]
---
rules:
"""
    for name, message in checks:
        text += (f"  - rule: {name}\n    title: The sums\n    for: days\n    check: \"!has(day)\"\n    field: day\n"
                 f"    message: |-\n      are|{message}\n    fix: Nothing.\n")
    for n in DEADLINES:
        text += (f"  - rule: due-{n}\n    title: The deadline\n    for: days\n"
                 f"    deadline: {{from: day, within: {n} working days, to: done_on}}\n    fix: Nothing.\n")
    return text


class Numpy:
    """What numpy says, and for which days casecheck's calendar says nothing."""

    def __init__(self, calendar):
        self.first, self.last = (np.datetime64(calendar["covers"][end]) for end in ("from", "to"))
        self.days = np.arange(self.first - MARGIN, self.last + MARGIN + 1)
        self.calendar = np.busdaycalendar(weekmask="1111100", holidays=[np.datetime64(day) for day in calendar["holidays"]])

    def after(self, n):
        """The nth working day after each day, or before it for a negative n; the day itself for 0."""
        if n == 0:
            return self.days, np.ones(len(self.days), bool)
        roll = "backward" if n > 0 else "forward"
        found = np.busday_offset(self.days, n, roll=roll, busdaycal=self.calendar)
        # The calendar must cover the days from the next one to the one found.
        near = self.days + (1 if n > 0 else -1)
        return found, (np.minimum(near, found) >= self.first) & (np.maximum(near, found) <= self.last)

    def between(self, gap):
        """How many working days come after each day, up to the day `gap` days on; negative for a negative gap."""
        ends = self.days + gap
        early, late = np.minimum(self.days, ends), np.maximum(self.days, ends)
        count = np.busday_count(early + 1, late + 1, busdaycal=self.calendar) * (1 if gap >= 0 else -1)
        return count, (early + 1 >= self.first) & (late <= self.last) | (gap == 0)


def texts(values, judged):
    return np.where(judged, values.astype(str), ABSENT)


def main():
    program, repository = program_and_repository("check_working_days.py PROGRAM")
    facts = Facts()
    path = repository / "Rules/calendars/england-and-wales.yaml"
    numpy = Numpy(yaml.safe_load(path.read_text(encoding="utf-8")))
    wanted = {
        "sums": np.array([texts(*numpy.after(n)) for n in SUMS]).T,
        "taken-away": np.array([texts(*numpy.after(n)) for n in SUMS if n < 0]).T,
        "counts": np.array([texts(*numpy.between(gap)) for gap in GAPS]).T,
    }
    due = {f"due-{n}": texts(*numpy.after(n)) for n in DEADLINES}
    as_of = numpy.last + 400  # so late that all that can be judged is overdue
    with tempfile.TemporaryDirectory(prefix="casecheck-working-days-") as scratch:
        place = pathlib.Path(scratch)
        write(place / "rules/calendar.yaml", path.read_text(encoding="utf-8"))
        write(place / "rules/days.yaml", rules())
        write_csv(place / "extracts/days.csv", [["day", "done"], *([day, ""] for day in numpy.days)])
        done = run(program, "validate", place / "extracts", "--rules", place / "rules", "--as-of", as_of,
                   "--out", place / "out", "--format", "csv", "--quiet")
        facts.same(done.returncode, 1, "exit status", done.stderr)
        rows = read_csv(place / "out/exceptions.csv")
    said = {(row["rule"], row["record_id"]): row for row in rows}
    facts.same(len(said), len(numpy.days) * (3 + len(DEADLINES)), "how many answers")
    for number, day in enumerate(map(str, numpy.days)):
        for rule, table in wanted.items():
            answers = said[rule, day]["message"].split("|")[1:] if (rule, day) in said else []
            if facts.same(len(answers), table.shape[1], "how many sums", f"{rule} of {day}"):
                for place_in_row, (answer, sum_) in enumerate(zip(answers, table[number])):
                    facts.that(answer == sum_, f"a working-day sum ({rule})",
                               f"{day}, number {place_in_row}: {answer}, numpy says {sum_}")
        for rule, table in due.items():
            row = said.get((rule, day), {})
            judged = table[number] != ABSENT
            facts.that((row.get("status"), row.get("due_on")) == (("overdue", table[number]) if judged else ("cannot-judge", "")),
                       "a due date", f"{rule} of {day}: {row.get('status')} {row.get('due_on')}, numpy says {table[number]}")
    print(f"working days of {numpy.first} to {numpy.last}, {len(numpy.days)} days: ", end="")
    facts.finish()


if __name__ == "__main__":
    main()
