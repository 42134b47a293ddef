"""Expressions of the rule language, built once and used twice: `text` goes into the YAML, `value` works out what they must yield.

Written from rule-language.md and settled.md alone. Only what the check of rule kinds needs is here; expressions as such are tested
elsewhere.
"""

import calendar as months_of
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Callable, Optional
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Absent:
    """An absent value; `where` is the (row, field) that was absent, or None where none was and yet there is no result."""
    where: Optional[tuple] = None


@dataclass(frozen=True)
class Duration:
    count: int
    unit: str


@dataclass
class Expression:
    text: str
    value: Callable
    reads: list = field(default_factory=list)    # fields of the judged row in reading order; ">" marks a foreign key, "@" a derived one
    plain: Optional[str] = None                  # the name, where it is a plain field
    clock: bool = False                          # whether its type is date-time
    above: Optional[tuple] = None                # (row, name), where it is a field of a row above, reached by foreign keys
    climbs: bool = False                         # whether it is a row above
    operands: tuple = ()                         # of which the first that is there gives the value
    among: Optional[tuple] = None                # (rows, name), where it is one of the values of a field of other rows


@dataclass(frozen=True)
class Scope:
    row: object
    world: object
    names: dict = field(default_factory=dict)

    def with_name(self, name, value):
        return Scope(self.row, self.world, {**self.names, name: value})


def is_absent(value):
    return isinstance(value, Absent)


def is_clock(value):
    return isinstance(value, datetime)


def day_of(value):
    return value.date() if is_clock(value) else value


def to_the_minute(value):
    return value.replace(second=0) if is_clock(value) else value


def instant(moment):
    # Settled 21: skipped clock times move on by an hour, and those that occur twice are taken as the first (fold 0 does both).
    return moment.replace(tzinfo=LONDON, fold=0).astimezone(timezone.utc)


def second_instant(moment):
    """The second instant of a clock time that occurs twice; of any other time the only one."""
    later = moment.replace(tzinfo=LONDON, fold=1).astimezone(timezone.utc)
    return max(later, instant(moment))


def compared(left, right):
    """-1, 0 or 1; a date and a date-time are compared as dates."""
    if isinstance(left, date) and is_clock(left) != is_clock(right):
        left, right = day_of(left), day_of(right)
    return (left > right) - (left < right)


# Durations


class WorkCalendar:
    def __init__(self, weekend, first, last, holidays):
        self.weekend, self.first, self.last, self.holidays = weekend, first, last, set(holidays)

    def after(self, day, count):
        """The count-th working day after `day` (before it if negative); None if that takes a day outside the calendar."""
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            if not self.first <= day <= self.last:
                return None
            left -= self.is_working(day)
        return day

    def is_working(self, day):
        return day.weekday() not in self.weekend and day not in self.holidays


def months_later(day, count):
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, months_of.monthrange(year, month + 1)[1]))


def day_after(day, duration, work):
    """The bare date that is a duration after a bare date (before it if negative); None if that takes a day outside the calendar."""
    count = duration.count
    if duration.unit == "working days":
        return work.after(day, count)
    if duration.unit == "hours":
        return day + timedelta(days=-(-count // 24))
    if duration.unit in ("days", "weeks"):
        return day + timedelta(days=count * (7 if duration.unit == "weeks" else 1))
    return months_later(day, count * (12 if duration.unit == "years" else 1))


def moment_after(moment, hours):
    """The instant that is so many elapsed hours after a reading of London's clock."""
    return instant(to_the_minute(moment)) + timedelta(hours=hours)


def back(duration):
    return Duration(-duration.count, duration.unit)


FUNCTIONS = {"working days": "workingDays", "days": "days", "weeks": "weeks", "months": "months", "years": "years", "hours": "hours"}


def words(count, unit):
    """A duration as it is written in words in the YAML."""
    unit_text = unit[:-1] if count == 1 else unit
    return Expression(f"{count} {unit_text}", lambda s: Duration(count, unit))


def duration(count, unit):
    return Expression(f"{FUNCTIONS[unit]}({count})", lambda s: Duration(count, unit))


def duration_of(amount, unit):
    def value(scope):
        count = amount.value(scope)
        return count if is_absent(count) else Duration(count, unit)
    return Expression(f"{FUNCTIONS[unit]}({amount.text})", value, amount.reads)


# Values


def literal(value):
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, date):
        text = f'date("{value}")'
    else:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    return Expression(text, lambda s: value)


def own(name, clock=False):
    return Expression(name, lambda s: s.row.read(name), [name], plain=name, clock=clock)


AS_OF = Expression("asOf", lambda s: s.world.as_of)
THIS = Expression("this", lambda s: s.row)


def named(name):
    return Expression(name, lambda s: s.names[name])


def member(row, name, clock=False):
    def value(scope):
        found = row.value(scope)
        return found if is_absent(found) else found.read(name)
    reads = row.reads + ([name] if row is THIS else [])
    return Expression(f"{row.text}.{name}", value, reads, clock=clock, above=(row, name) if row.climbs else None)


def up(name, below=None):
    def value(scope):
        found = below.value(scope) if below else scope.row
        return found if is_absent(found) else found.parent(name)
    text, reads = (f"{below.text}.{name}", below.reads) if below else (name, [f">{name}"])
    return Expression(text, value, reads, climbs=True)


def derived(name, part):
    """A derived column; settled 41: where it is absent, what was absent in its expression is to blame."""
    return Expression(name, part.value, [f"@{read}" for read in part.reads], among=part.among)


def down(row, table):
    def value(scope):
        found = row.value(scope)
        return found if is_absent(found) else found.children(table)
    return Expression(f"{row.text}.{table}", value, row.reads)


def all_rows(table):
    return Expression(table, lambda s: s.world.rows[table])


def lookup(table, key):
    def value(scope):
        wanted = key.value(scope)
        if is_absent(wanted):
            return wanted
        return scope.world.by_key(table, (wanted,)) or Absent((scope.row, key.plain))   # settled 5: without a match the key is to blame
    return Expression(f"lookup({table}, {key.text})", value, key.reads)


def strict(text, function, *parts, clock=False):
    """An operation that is absent where an operand is; the leftmost absent one is to blame (settled 6)."""
    def value(scope):
        values = []
        for part in parts:
            values.append(part.value(scope))
            if is_absent(values[-1]):
                return values[-1]
        return function(*values)
    return Expression(text, value, [name for part in parts for name in part.reads], clock=clock)


COMPARISONS = {"<": lambda c: c < 0, "<=": lambda c: c <= 0, ">": lambda c: c > 0, ">=": lambda c: c >= 0, "==": lambda c: c == 0,
               "!=": lambda c: c != 0}


def compare(left, operator, right):
    return strict(f"({left.text} {operator} {right.text})", lambda a, b: COMPARISONS[operator](compared(a, b)), left, right)


def same_row(left, operator, right):
    return strict(f"{left.text} {operator} {right.text}", lambda a, b: (a is b) == (operator == "=="), left, right)


def in_codes(part, name):
    def value(scope):
        found = part.value(scope)
        return found if is_absent(found) else found in scope.world.codes[name]
    return Expression(f"{part.text} in codes.{name}", value, part.reads)


def negated(part):
    return strict(f"!({part.text})", lambda v: not v, part)


def kleene(left, right, stop):
    """`stop` (false for &&, true for ||) on either side decides; otherwise the leftmost absent operand does."""
    if left is stop or right is stop:
        return stop
    return left if is_absent(left) else right


def junction(left, operator, right):
    stop = operator == "||"
    return Expression(f"({left.text} {operator} {right.text})", lambda s: kleene(left.value(s), right.value(s), stop),
                      left.reads + right.reads)


def choice(condition, yes, no):
    def value(scope):
        holds = condition.value(scope)
        return holds if is_absent(holds) else (yes if holds else no).value(scope)
    return Expression(f"{condition.text} ? {yes.text} : {no.text}", value, condition.reads + yes.reads + no.reads)


def has(part):
    return Expression(f"has({part.text})", lambda s: not is_absent(part.value(s)), part.reads)


def given(part):
    return Expression(f"given({part.text})", lambda s: s.row.holds_text(part.plain), part.reads)


def coalesce(first, second):
    def value(scope):
        found, other = first.value(scope), second.value(scope)
        return found if is_absent(other) or not is_absent(found) else other     # settled 6: if both are absent, the leftmost
    return Expression(f"coalesce({first.text}, {second.text})", value, first.reads + second.reads, clock=first.clock, operands=(first, second))


def plus(day, part, sign="+"):
    def value(scope):
        start, length = day.value(scope), part.value(scope)
        if is_absent(start) or is_absent(length):
            return start if is_absent(start) else length
        if is_clock(start) and length.unit == "hours":
            # This is a clock time again: where it occurs twice, it is the first.
            return moment_after(start, length.count).astimezone(LONDON).replace(tzinfo=None)
        found = day_after(start, length if sign == "+" else back(length), scope.world.work)
        return Absent() if found is None else found
    return Expression(f"{day.text} {sign} {part.text}", value, day.reads + part.reads)


def date_of(part):
    return strict(f"dateOf({part.text})", day_of, part)


# Lists


def over(function, rows, name, part, work):
    def value(scope):
        found = rows.value(scope)
        if is_absent(found):
            return found
        return work([(item, part.value(scope.with_name(name, item))) for item in found])
    return Expression(f"{rows.text}.{function}({name}, {part.text})", value, rows.reads + part.reads)


def exists(rows, name, part):
    return over("exists", rows, name, part, lambda pairs: any(holds is True for _, holds in pairs))


def every(rows, name, part):
    def work(pairs):
        if any(holds is False for _, holds in pairs):
            return False
        return next((holds for _, holds in pairs if is_absent(holds)), True)
    return over("all", rows, name, part, work)


def kept(rows, name, part):
    return over("filter", rows, name, part, lambda pairs: [item for item, holds in pairs if holds is True])


def mapped(rows, name, part):
    found = over("map", rows, name, part, lambda pairs: [value for _, value in pairs])
    held = re.fullmatch(rf"{name}\.(\w+)", part.text)
    return replace(found, among=(rows, held[1]) if held else None)


def size(rows):
    return strict(f"{rows.text}.size()", len, rows)


def extreme(rows, name):
    def work(values):
        there = [value for value in values if not is_absent(value)]   # settled 25
        if there:
            return (min if name == "min" else max)(there)
        return values[0] if values else Absent()     # settled 6: where all are absent, the leftmost
    return replace(strict(f"{rows.text}.{name}()", work, rows), among=rows.among)


def first(rows):
    return strict(f"{rows.text}.first()", lambda values: values[0] if values else Absent(), rows)
