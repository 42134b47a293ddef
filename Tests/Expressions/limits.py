"""`limit` rules: an aggregate over each group, with limits so low that many groups break them and so show their value."""

import collections
from dataclasses import dataclass

from expressions import Maker, text_of
from meaning import Absent, Unknown, distinct, equal, in_range, is_number, least, present, total

AGGREGATES = ["count", "count of", "sum", "countDistinct", "min", "max", "average", "percent", "range"]


@dataclass
class Limit:
    name: str
    table: str
    per: object
    kind: str
    over: object
    when: object
    at_most: float

    def document(self):
        over = text_of(self.over) if self.over else ""
        value = {"percent": f"100.0 * count({over}) / count()", "range": f"max({over}) - min({over})"}.get(
            self.kind, f"{self.kind.split()[0]}({over})")
        limit = {"value": value, "atMost": self.at_most}
        if self.per:
            limit["per"] = text_of(self.per)
        rule = {"rule": self.name, "title": self.name, "for": self.table, "limit": limit}
        if self.when:
            rule["when"] = text_of(self.when)
        return rule


def make(name, table, data, random):
    maker = Maker(data, random, table)
    kind = random.choice(AGGREGATES)
    types = {"count": None, "count of": "boolean", "percent": "boolean",
             "countDistinct": random.choice(["string", "integer", "date", "boolean"])}
    over = types.get(kind, random.choice(["integer", "number"]))
    per = random.random() < 0.85 and maker.make(random.choice(["string", "boolean", "integer"]), random.choice([0, 0, 1, 2]))
    when = random.random() < 0.3 and maker.make("boolean", 1)
    return Limit(name, table, per or None, kind, over and maker.make(over, random.choice([0, 1, 2])), when or None,
                 random.choice([-10**6, 0, 1, 2]))


def shown(value):
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def aggregate(rule, values, count):
    try:
        value = {"count": lambda: count, "count of": lambda: sum(one is True for one in values),
                 "sum": lambda: total(present(values)), "countDistinct": lambda: len(distinct(values)),
                 "min": lambda: least(present(values), 1), "max": lambda: least(present(values), -1),
                 "percent": lambda: 100.0 * sum(one is True for one in values) / count if count else least([], 1),
                 "range": lambda: least(present(values), -1) - least(present(values), 1),
                 "average": lambda: mean(present(values))}[rule.kind]()
        return in_range(value)
    except Unknown:
        return None


def mean(values):
    if not values:
        raise Unknown
    return float(total(values)) / len(values)


def expected(rule, case):
    """What is listed, as {(status, group, line): value}, and the figures; a value of "?" stands for any text."""
    groups, figures, listed = collections.OrderedDict(), collections.Counter(), {}
    for row in case.data.tables[rule.table]:
        applies = case.evaluator.value(rule.when, row, {}) if rule.when else True
        if applies is False:
            continue
        per = "(all)" if not rule.per else case.evaluator.value(rule.per, row, {})
        absent = next((one for one in (applies, per) if isinstance(one, Absent)), None)
        if absent:
            figures["cannot-judge"] += 1
            record, name = absent.cause or (row, "")
            if not case.by_cell[record, name]:
                listed["cannot-judge", row.record_id(), row.line] = record.raw.get(name, "")
            continue
        groups.setdefault(shown(per), []).append(row)
    if not rule.per and not groups:
        groups["(all)"] = []
    for group, rows in groups.items():
        values = [case.evaluator.value(rule.over, row, {}) for row in rows] if rule.over else []
        value = aggregate(rule, values, len(rows))
        if value is None and not rows and rule.kind == "percent":
            value = 0       # settled 40: the value over no rows is 0
        if value is None:
            figures["cannot-judge"] += 1
            listed["cannot-judge", group, rows[0].line if rows else 0] = "?"
        elif value > rule.at_most:
            figures["failed"] += 1
            listed["failed", group, rows[0].line if rows else 0] = value
        else:
            figures["met"] += 1
    return listed, figures


def agrees(text, value):
    if value == "?":
        return True
    if is_number(value):
        return abs(float(text) - value) <= 1e-9 * abs(value)
    return text == value
