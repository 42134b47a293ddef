"""Whether two programs list the same exceptions: every row of one has its like in the other, as often."""

import collections
import csv

COLUMNS = ["rule", "status", "team", "person_id", "record_id", "occasion", "due_on", "done_on", "days_late"]


def exceptions(path):
    """How often each stands in a list. What is not a rule of the tables or a headline rule would show as a difference."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return collections.Counter(tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file))


def differences(ours, theirs):
    """What one has and the other has not, by rule, with an example of each; empty where they agree."""
    said = []
    for title, more in (("casecheck alone", ours - theirs), ("the other alone", theirs - ours)):
        by_rule = collections.Counter()
        example = {}
        for row, times in more.items():
            by_rule[row[0]] += times
            example.setdefault(row[0], row)
        said += [f"{title}: {times} of {rule}, as {example[rule]}" for rule, times in sorted(by_rule.items())]
    return said
