"""What an expression means: an evaluator written from rule-language.md and settled.md alone.

A value is a Python bool, int, float, str, date, datetime, Duration, list, Row or Span. An absent value is an Absent, whose cause is the
cell to blame, or None where nothing was absent and there is no value all the same (settled 6).
"""

import collections
import functools
import re
from dataclasses import dataclass, field
from datetime import date, datetime

import days
from days import Duration, Unknown

INT_MIN, INT_MAX = -2**63, 2**63 - 1


@dataclass(frozen=True)
class Absent:
    cause: tuple = None  # (row, field)

    def __repr__(self):
        return f"absent({self.cause[0].table.name}:{self.cause[0].line} {self.cause[1]})" if self.cause else "absent()"


NOTHING = Absent()


@dataclass(eq=False)
class Node:
    op: str
    args: list = field(default_factory=list)
    info: object = None
    type: object = None


@dataclass(eq=False)
class Span:
    start: object
    end: object
    rows: list


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def as_number(value):
    """An int that becomes a number is a double from then on (settled 27)."""
    return float(value) if is_number(value) else value


def in_range(value):
    if isinstance(value, int) and not isinstance(value, bool) and not INT_MIN <= value <= INT_MAX:
        raise Unknown
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        raise Unknown
    return value


def both(a, b):
    """The pair as Python must compare it: a date and a date-time by their dates, an int and a number as numbers."""
    if isinstance(a, date) and isinstance(b, date) and isinstance(a, datetime) != isinstance(b, datetime):
        return days.day_of(a), days.day_of(b)
    if is_number(a) and is_number(b) and isinstance(a, float) != isinstance(b, float):
        return float(a), float(b)
    return a, b


def equal(a, b):
    if isinstance(a, list):
        return equal_lists(a, b)
    if isinstance(a, Duration):
        # A month is neither 30 days nor not.
        return a == b or a.compare(b) == 0
    a, b = both(a, b)
    return a == b


def equal_lists(a, b):
    if len(a) != len(b):
        return False
    # The contract is silent on absent elements; the program stops at the first pair that is not certainly equal.
    return next((same for same in (strict(equal, x, y) for x, y in zip(a, b)) if same is not True), True)


def order(a, b):
    a, b = both(a, b)
    if isinstance(a, Duration):
        return a.compare(b)
    return (a > b) - (a < b)


def is_written_out(node):
    """Whether elements of a list stand in the expression itself: an absent one of them may be any value."""
    if node.op == "choice":
        return any(map(is_written_out, node.args[1:]))
    joins = node.op == "binary" and node.info == "+" or node.op == "call" and node.info == "coalesce"
    if node.op == "list":
        return any(arg.op != "literal" for arg in node.args)
    return joins and any(map(is_written_out, node.args))


def strict(function, *operands):
    """The value of `function`, or the leftmost absent operand where there is one."""
    for operand in operands:
        if isinstance(operand, Absent):
            return operand
    try:
        return function(*operands)
    except Unknown:
        return NOTHING


def kleene(values, stop):
    """`&&` with stop=False, `||` with stop=True."""
    if any(value is stop for value in values):
        return stop
    return next((value for value in values if isinstance(value, Absent)), not stop)


def present(values):
    return [value for value in values if not isinstance(value, Absent)]


def divide(a, b):
    if b == 0:
        raise Unknown
    if isinstance(a, float) or isinstance(b, float):
        return float(a) / float(b)
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def remainder(a, b):
    in_range(divide(a, b))
    return a - b * divide(a, b)


def plus(a, b, working_days):
    if isinstance(a, Duration):
        return a.plus(b) if isinstance(b, Duration) else days.add(b, a, working_days)
    if isinstance(a, date):
        return days.add(a, b, working_days)
    return both(a, b)[0] + both(a, b)[1]


def minus(a, b, working_days):
    if isinstance(b, Duration):
        back = b.scaled(-1)
        return a.plus(back) if isinstance(a, Duration) else days.add(a, back, working_days)
    if isinstance(a, datetime) and isinstance(b, datetime):
        return Duration(seconds=days.seconds_between(b, a))
    if isinstance(a, date):
        return Duration(days=(days.day_of(a) - days.day_of(b)).days)
    return both(a, b)[0] - both(a, b)[1]


def times(a, b):
    if isinstance(a, Duration) or isinstance(b, Duration):
        return a.scaled(b) if isinstance(a, Duration) else b.scaled(a)
    return both(a, b)[0] * both(a, b)[1]


def element(values, n):
    if not 0 <= n < len(values):
        raise Unknown
    return values[n]


def least(values, sign):
    if not values:
        raise Unknown
    best = values[0]
    for value in values[1:]:
        if order(value, best) * sign < 0:
            best = value
    return best


def total(values):
    result = 0
    for value in values:
        result = in_range(value if result == 0 and isinstance(value, Duration) else plus(result, value, None))
    return result


def distinct(values):
    kept = []
    for value in present(values):
        if not any(strict(equal, value, other) is True for other in kept):
            kept.append(value)
    return kept


def neighbour(rows, row, step):
    at = next((n for n, other in enumerate(rows) if other is row), None)
    if at is None:
        raise Unknown
    return element(rows, at + step)


def by_key(values, keys):
    """`sortBy`: stable, absent keys last."""
    known = [n for n, key in enumerate(keys) if not isinstance(key, Absent)]
    known.sort(key=functools.cmp_to_key(lambda a, b: order(keys[a], keys[b])))
    return [values[n] for n in known] + [value for value, key in zip(values, keys) if isinstance(key, Absent)]


def best_of(values, sign):
    """`min` and `max` leave absent values out; where all are absent, the first is to blame."""
    return least(present(values), sign) if present(values) or not values else values[0]


def best_by(values, keys, sign):
    if values and not present(keys):
        return keys[0]
    known = [(value, key) for value, key in zip(values, keys) if not isinstance(key, Absent)]
    best = least([key for _, key in known], sign)
    return next(value for value, key in known if order(key, best) == 0)


def spans(values, starts, ends):
    """Joins rows that touch or overlap; an absent end is open, and a row without a start is left out."""
    placed = by_key(list(zip(values, starts, ends)), starts)
    joined = []
    for value, start, end in placed:
        if isinstance(start, Absent):
            continue
        last = joined[-1] if joined else None
        if last and (isinstance(last.end, Absent) or order(start, last.end) <= 0):
            last.rows.append(value)
            if not isinstance(last.end, Absent) and (isinstance(end, Absent) or order(end, last.end) > 0):
                last.end = end
        else:
            joined.append(Span(start, end, [value]))
    return joined


FUNCTIONS = {
    "days": lambda n: Duration(days=n), "weeks": lambda n: Duration(days=7 * n), "months": lambda n: Duration(months=n),
    "years": lambda n: Duration(months=12 * n), "hours": lambda n: Duration(seconds=3600 * n),
    "workingDays": lambda n: Duration(working=n),
    "daysBetween": lambda a, b: (days.day_of(b) - days.day_of(a)).days,
    "monthsBetween": lambda a, b: days.months_between(days.day_of(a), days.day_of(b)),
    "ageOn": lambda a, b: days.age_on(days.day_of(a), days.day_of(b)),
    "startOfMonth": lambda d: days.day_of(d).replace(day=1),
    "financialYear": lambda d: d.year - (d.month < 4),
    "year": lambda d: d.year, "month": lambda d: d.month, "day": lambda d: d.day, "dateOf": days.day_of,
    "abs": abs,
    "min": lambda *values: least(values, 1), "max": lambda *values: least(values, -1),
}

METHODS = {
    "size": len, "startsWith": str.startswith, "endsWith": str.endswith, "contains": lambda a, b: b in a,
    "upper": str.upper, "lower": str.lower, "trim": str.strip,
    # As in CEL, classes such as \\s are ASCII only, while folding of case is not.
    "matches": lambda text, pattern: re.search(pattern, text, 0 if "(?i)" in pattern else re.ASCII) is not None,
    "first": lambda values: element(values, 0), "last": lambda values: element(values, len(values) - 1), "at": element,
    "min": lambda values: best_of(values, 1), "max": lambda values: best_of(values, -1),
    "sum": lambda values: total(present(values)), "distinct": distinct,
    "before": lambda rows, row: neighbour(rows, row, -1), "after": lambda rows, row: neighbour(rows, row, 1),
}


def label_of(node):
    """The name under which an operation is counted, and falsified."""
    label = node.info if node.op in ("call", "method", "binary", "unary", "each") else node.op
    if node.op in ("method", "each"):
        return f"{'text' if node.args[0].type == 'string' else 'list'}.{label[0] if isinstance(label, tuple) else label}"
    return label


class Evaluator:
    def __init__(self, data, as_of):
        self.data, self.as_of, self.working_days = data, as_of, data.calendar
        self.seen = collections.Counter()

    def value(self, node, row, names):
        method = getattr(self, node.op)
        result = method(node, row, names)
        if not isinstance(result, Absent):
            try:
                result = in_range(result)
            except Unknown:
                result = NOTHING
        label = label_of(node)
        self.seen[label, "absent" if isinstance(result, Absent) else "present"] += 1
        return self.altered(label, result, node)

    @staticmethod
    def altered(label, result, node):
        """The place where falsified.py falsifies one operation after another."""
        return result

    def operands(self, node, row, names):
        return [self.value(arg, row, names) for arg in node.args]

    # Leaves.

    def literal(self, node, row, names):
        return node.info

    def this(self, node, row, names):
        return row

    def variable(self, node, row, names):
        return names[node.info]

    def as_of_date(self, node, row, names):
        return self.as_of

    def parameter(self, node, row, names):
        return self.value(self.data.parameters[node.info], None, {})

    def codes(self, node, row, names):
        return list(self.data.codes[node.info])

    def table(self, node, row, names):
        return list(self.data.tables[node.info])

    def earlier(self, node, row, names):
        return list(self.data.earlier.tables[node.info])

    # Fields and relations.

    def field(self, node, row, names):
        return strict(lambda record: self.cell(record, node.info), self.value(node.args[0], row, names))

    def cell(self, record, name):
        if isinstance(record, Span):
            return getattr(record, name)
        if name in record.table.derived:
            if name not in record.derived:
                expression, kind = record.table.derived[name]
                value = self.value(expression, record, {})
                record.derived[name] = as_number(value) if kind == "number" else value
            return record.derived[name]
        value = record.values[name]
        return Absent((record, name)) if value is None else value

    def up(self, node, row, names):
        def parent(record):
            key = record.table.keys[node.info]
            missing = next((name for name in key.fields if record.values[name] is None), None)
            if missing:
                return Absent((record, missing))
            found = self.data.parent(key, tuple(record.values[name] for name in key.fields))
            return found or Absent((record, key.field))
        return strict(parent, self.value(node.args[0], row, names))

    def down(self, node, row, names):
        return strict(lambda record: self.data.children(record, node.info), self.value(node.args[0], row, names))

    def lookup(self, node, row, names):
        def found(key):
            return self.data.by_key(node.info, key) or Absent(self.first_cell(node.args[0], row, names))
        return strict(found, self.value(node.args[0], row, names))

    def first_cell(self, node, row, names):
        if node.op == "field":
            return (self.value(node.args[0], row, names), node.info)
        return next((cell for cell in (self.first_cell(arg, row, names) for arg in node.args) if cell), None)

    # Operators.

    def unary(self, node, row, names):
        def negative(value):
            return value.scaled(-1) if isinstance(value, Duration) else -value
        return strict(negative if node.info == "-" else lambda value: not value, *self.operands(node, row, names))

    def binary(self, node, row, names):
        a, b = self.operands(node, row, names)
        operator = node.info
        if operator in ("&&", "||"):
            return kleene([a, b], stop=operator == "||")
        if operator == "in":
            # In a list that is written out an absent element may be the one; lists of rows leave it out.
            def holds(x, values):
                same = [strict(equal, x, other) for other in values]
                if any(one is True for one in same):
                    return True
                unknown = [one for one in same if isinstance(one, Absent)] if is_written_out(node.args[1]) else []
                return unknown[0] if unknown else False
            return strict(holds, a, b)
        return strict(getattr(self, self.OPERATORS[operator]), a, b)

    OPERATORS = {"+": "plus", "-": "minus", "*": "times", "/": "divide", "%": "remainder", "==": "equal", "!=": "unequal",
                 "<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}

    def plus(self, a, b):
        return plus(a, b, self.working_days)

    def minus(self, a, b):
        return minus(a, b, self.working_days)

    times, divide, remainder, equal = (staticmethod(function) for function in (times, divide, remainder, equal))

    def unequal(self, a, b):
        return strict(lambda same: not same, equal(a, b))

    def less(self, a, b):
        return order(a, b) < 0

    def at_most(self, a, b):
        return order(a, b) <= 0

    def more(self, a, b):
        return order(a, b) > 0

    def at_least(self, a, b):
        return order(a, b) >= 0

    def choice(self, node, row, names):
        condition = self.value(node.args[0], row, names)

        def chosen(yes):
            value = self.value(node.args[1 if yes else 2], row, names)
            return self.united(node, [value])[0]
        return strict(chosen, condition)

    @staticmethod
    def united(node, values):
        """The values as the type that they share: where one is a number, ints are numbers as well."""
        unites = node.op in ("choice", "list") or node.info in ("coalesce", "min", "max")
        kinds = [arg.type for arg in (node.args[1:] if node.op == "choice" else node.args)]
        return [as_number(value) for value in values] if unites and "number" in kinds else values

    def index(self, node, row, names):
        return strict(element, *self.operands(node, row, names))

    def list(self, node, row, names):
        return self.united(node, self.operands(node, row, names))

    # Functions and methods.

    def call(self, node, row, names):
        name = node.info
        if name == "given":
            record = self.value(node.args[0].args[0], row, names)
            return strict(lambda record: record.text(node.args[0].info) != "", record)
        values = self.united(node, self.operands(node, row, names))
        if name == "has":
            return not isinstance(values[0], Absent)
        if name == "coalesce":
            return next((value for value in values if not isinstance(value, Absent)), values[0])
        if name == "same":
            absent = [isinstance(value, Absent) for value in values]
            return all(absent) if any(absent) else equal(*values)
        if name == "isWorkingDay":
            return strict(lambda day: self.working_days.works(days.day_of(day)), *values)
        if name == "workingDaysBetween":
            return strict(lambda a, b: self.working_days.between(days.day_of(a), days.day_of(b)), *values)
        return strict(FUNCTIONS[name], *values)

    def method(self, node, row, names):
        return strict(METHODS[node.info], *self.operands(node, row, names))

    def each(self, node, row, names):
        """list.NAME(x, expression), where `info` is the name and the variable."""
        name, variable = node.info
        values = self.value(node.args[0], row, names)
        if isinstance(values, Absent):
            return values
        results = [[self.value(arg, row, {**names, variable: value}) for value in values] for arg in node.args[1:]]
        try:
            return self.EACH[name](values, *results)
        except Unknown:
            return NOTHING

    EACH = {
        "exists": lambda values, holds: any(held is True for held in holds),
        "all": lambda values, holds: kleene(holds, stop=False),
        "count": lambda values, holds: sum(held is True for held in holds),
        "filter": lambda values, holds: [value for value, held in zip(values, holds) if held is True],
        "map": lambda values, results: results,
        "sortBy": by_key,
        "minBy": lambda values, keys: best_by(values, keys, 1),
        "maxBy": lambda values, keys: best_by(values, keys, -1),
        "spans": spans,
    }


def first_field(node, definition):
    """The field that a check points at by default: the first one that it names.

    The contract is silent where it names none. Then it is the first key on the way to another table, or else what the first derived
    column reads.
    """
    read = list(reads(node))
    plain = next((one.info for one in read if one.op == "field" and one.info not in definition.derived), None)
    on_the_way = next((definition.keys[one.info].fields[0] for one in read if one.op == "up"), None)
    if plain or on_the_way or not read:
        return plain or on_the_way
    return first_field(definition.derived[read[0].info][0], definition)


def reads(node):
    """The fields and relations of the judged row that the expression names, in reading order."""
    if node.op in ("field", "up") and node.args[0].op == "this":
        yield node
    for arg in node.args:
        yield from reads(arg)
