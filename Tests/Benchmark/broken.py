"""Rewrites extracts so that every row of them fails something: broken.py FROM TO

Nothing is left to chance: the row's number decides which of its cells are spoilt. Every row gets the changes numbered 1. The others come
on top, so that the rules meet each kind of record that they cannot judge.
"""

import csv
import pathlib
import sys

OLD = "01/06/2005"  # Possible, and before the first day of the calendar.
UNREADABLE = "31/02/2026"


def later(years):
    """The same day some years later; a cell that holds no date stays as it is."""
    def moved(cell, _):
        return f"{cell[:6]}{int(cell[6:10]) + years}{cell[10:]}" if cell[6:10].isdigit() else cell
    return moved


def to(value):
    return lambda cell, above: value


def as_above(cell, above):
    return above or cell


def without_time(cell, _):
    return cell[:10]


# By table: the heading, in every how many rows its cell is changed, and how.
SPOILT = {
    "people": [("Ethnicity", 1, to("??")), ("Postcode", 2, to("nowhere")), ("NHS Number", 3, to("12")), ("Date of Birth", 5, to(UNREADABLE)),
               ("Date of Birth", 7, to("")), ("UPN", 11, as_above), ("Allocated Team", 13, to("Nobody")), ("Person ID", 997, as_above)],
    "teams": [("Email", 1, to("nowhere"))],
    "visits": [("Recorded Date", 1, to("01/01/2099")), ("Visit Type", 4, to("XX")), ("Visit Date", 5, to(UNREADABLE)), ("Child Seen", 7, to("?")),
               ("Visit ID", 11, as_above), ("Person ID", 13, to("NOBODY")), ("Recorded Date and Time", 17, to(UNREADABLE))],
    "cin_plans": [("Reason for Closure", 1, to("XX")), ("End Date", 3, to("01/01/2009")), ("Start Date", 5, to(OLD)),
                  ("End Date", 7, to(UNREADABLE)), ("Start Date", 11, to("")), ("End Date", 13, later(60)), ("Person ID", 17, to("NOBODY"))],
    "assessments": [("Outcome", 1, to("XX")), ("Authorised Date", 2, later(1)), ("Authorised Date", 3, to("01/01/2009")),
                    ("Authorised Date", 5, to(UNREADABLE)), ("Start Date", 7, to(OLD)), ("Start Date", 11, to("")),
                    ("Authorised Date", 13, to("")), ("Assessment ID", 17, as_above), ("Direct Work Sessions", 19, to("many"))],
    "missing_episodes": [("Episode Type", 1, to("?")), ("Return Interview Date", 2, later(1)), ("Return Interview Date", 3, without_time),
                         ("Returned", 4, without_time), ("Return Interview Date", 5, to(UNREADABLE)), ("Returned", 7, to(UNREADABLE)),
                         ("Return Interview Date", 11, to("")), ("Return Interview Date", 13, to("01/01/2009 10:00"))],
    "care_periods": [("Category of Need", 1, to("N99")), ("Legal Status", 3, to("")), ("End Date", 5, to(UNREADABLE)),
                     ("Start Date", 7, to(OLD)), ("End Date", 8, to(""))],
    "looked_after_reviews": [("Participation", 1, to("PN99")), ("Review Date", 3, to(UNREADABLE)), ("Care Period ID", 2, to("NONE")),
                             ("Cancelled", 5, to("Y"))],
    "permanence_plans": [("Permanence Plan", 1, to("??")), ("Date Agreed", 2, later(2)), ("Date Agreed", 3, to(UNREADABLE)),
                         ("Care Period ID", 5, to("NONE"))],
}


# The constraint that finds the change made to every row.
IN_EVERY_ROW = {
    "people": "people.ethnicity.enum", "teams": "teams.email.pattern", "visits": "visits.recorded_on.maximum",
    "cin_plans": "cin_plans.closure_reason.enum", "assessments": "assessments.outcome.enum",
    "missing_episodes": "missing_episodes.episode_type.enum", "care_periods": "care_periods.category_of_need.enum",
    "looked_after_reviews": "looked_after_reviews.participation.enum", "permanence_plans": "permanence_plans.plan_type.enum",
}


def spoil(source, target, spoilt):
    with open(source, newline="", encoding="utf-8") as rows, open(target, "w", newline="", encoding="utf-8") as file:
        reader, writer = csv.reader(rows), csv.writer(file, lineterminator="\n")
        headings = next(reader)
        writer.writerow(headings)
        places = [(headings.index(heading), every, change) for heading, every, change in spoilt]
        above, number = headings, 0
        for number, row in enumerate(reader, 1):
            for place, every, change in places:
                if number % every == 0:
                    row[place] = change(row[place], above[place] if number > 1 else None)
            writer.writerow(row)
            above = row
    return number


def main(source, target):
    """Writes the broken extracts; returns how many rows each rule of IN_EVERY_ROW must list."""
    source, target = pathlib.Path(source), pathlib.Path(target)
    target.mkdir(parents=True)
    return {IN_EVERY_ROW[table]: spoil(source / f"{table}.csv", target / f"{table}.csv", spoilt) for table, spoilt in SPOILT.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
