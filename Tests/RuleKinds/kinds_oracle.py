"""What casecheck must say about a world of rows and rules: constraints, verdicts, exceptions.csv and measures.csv.

Written from rule-language.md, settled.md and product.md alone; "settled N" names the point that a line follows.
"""

import collections
import fractions
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Optional

from kinds_expressions import (Absent, Scope, back, compared, day_after, day_of, instant, is_absent, is_clock, moment_after,
                               second_instant, to_the_minute, LONDON)

COLUMNS = ("rule,status,severity,list,pack,team,worker,person_id,table,record_id,field,value,occasion,from,due_on,done_on,days_late,"
           "message,fix,source_file,source_line,first_seen,runs_open,blocks").split(",")
UNCOMPARED = {"message", "fix", "first_seen", "runs_open"}
MEASURES = "rule,pack,team,judged,met,failed,late,overdue,due_soon,pending,cannot_judge,percent,target,rag".split(",")
STATUSES = ["met", "failed", "late", "overdue", "due-soon", "pending", "cannot-judge"]
NO_TEAM = "(no team)"
TRUE, FALSE = ["true", "True", "TRUE", "1", "Y", "Yes", "YES"], ["false", "False", "FALSE", "0", "N", "No", "NO"]
DEFAULT_FORMATS = {"date": ["%d/%m/%Y", "%Y-%m-%d"],
                   "datetime": ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"]}


# Reading


def read_date(text, form):
    # %Y takes exactly four digits, which strptime does not demand.
    if not re.search(r"(?<!\d)\d{4}(?!\d)", text):
        return None
    try:
        moment = datetime.strptime(text, form)
    except ValueError:
        return None
    return moment if "%H" in form else moment.date()    # settled 21: what a date-only format reads is a bare date


def typed(text, column):
    """The value of a text; None where it cannot be read as the column's type."""
    kind = column.get("type", "string")
    if kind == "string":
        return text
    text = text.strip()   # settled 30
    if kind in ("date", "datetime"):
        found = (read_date(text, form) for form in column.get("format") or DEFAULT_FORMATS[kind])
        return next((value for value in found if value is not None), None)
    if kind == "boolean":
        return True if text in TRUE else False if text in FALSE else None
    pattern = r"-?\d+" if kind == "integer" else r"-?\d+(\.\d+)?"
    if not re.fullmatch(pattern, text):
        return None
    return int(text) if kind == "integer" else float(text)


class Row:
    def __init__(self, world, table, texts, file, line):
        self.world, self.table, self.texts, self.file, self.line = world, table, texts, file, line
        self.values, self.unreadable = {}, set()
        self.own_exceptions = collections.defaultdict(list)
        missing = table["missingValues"]
        for column in table["fields"]:
            name, text = column["name"], texts.get(column["name"], "")
            if text in missing:
                continue
            value = typed(text, column)
            if value is None:
                self.unreadable.add(name)
            else:
                self.values[name] = value

    def read(self, name):
        return self.values[name] if name in self.values else Absent((self, name))

    def holds_text(self, name):
        return name in self.values or name in self.unreadable

    def parent(self, name):
        link = next(link for link in self.table["foreignKeys"] if link["as"] == name)
        key = []
        for column in link["fields"]:
            if is_absent(value := self.read(column)):
                return value
            key.append(value)
        # Settled 5: for a dangling reference, the foreign key's columns are to blame.
        return self.world.by_key(link["to"], tuple(key)) or Absent((self, "|".join(link["fields"])))

    def children(self, table):
        key = self.key()
        if key is None:
            # Which rows refer to a record without a key is unknown.
            return Absent((self, next(name for name in self.table["primaryKey"] if self.values.get(name) is None)))
        return self.world.children_of[table, self.table["table"]].get(key, [])

    def key(self):
        parts = [self.values.get(name) for name in self.table["primaryKey"]]
        return None if None in parts else tuple(parts)

    def has_key(self):
        names = self.table["primaryKey"]
        return bool(names) and all(self.holds_text(name) for name in names)

    def record_id(self):
        return "|".join(self.texts[name] for name in self.table["primaryKey"]) if self.has_key() else f"line:{self.line}"

    def text(self, name):
        return "|".join(self.texts.get(part, "") for part in name.split("|"))


@dataclass
class World:
    as_of: date
    work: object
    codes: dict
    tables: list
    rules: list
    parameters: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    rejected: list = field(default_factory=list)
    headings_lacking: list = field(default_factory=list)     # (table, file, field) of required fields without a heading in that file
    first_by_key: dict = field(default_factory=dict)
    children_of: dict = field(default_factory=dict)

    def table(self, name):
        return next(table for table in self.tables if table["table"] == name)

    def by_key(self, table, key):
        return self.first_by_key[table].get(key)

    def connect(self):
        """Settled 3: of rows with one key the first counts as the parent, and the children belong to all of them."""
        for table in self.tables:
            keys = self.first_by_key[table["table"]] = {}
            for row in self.rows[table["table"]]:
                if row.key():
                    keys.setdefault(row.key(), row)
            for link in table["foreignKeys"]:
                lists = self.children_of[table["table"], link["to"]] = collections.defaultdict(list)
                for row in self.rows[table["table"]]:
                    lists[tuple(row.values.get(name) for name in link["fields"])].append(row)


# Verdicts


def first_read(part, table):
    """The first field of the judged row in reading order (settled 8); failing that, the first that derived columns or foreign keys read."""
    own = [name for name in part.reads if name[0] not in ">@"]
    worked_out = [name[1:] for name in part.reads if name[0] == "@" and name[1] not in ">@"]
    links = [link["fields"][0] for name in part.reads for link in table["foreignKeys"] if name == f">{link['as']}"]
    return (own + worked_out + links + [""])[0]


def field_of(part, row):
    """The (row, field) of a date that is there but cannot be used, or of one that cannot be read and would have been in its place."""
    for operand in part.operands:
        if operand.plain in row.unreadable or not is_absent(operand.value(Scope(row, row.world))):
            if operand.plain or operand.above:
                return field_of(operand, row)
            break
    if part.above:
        holder, name = part.above
        above = holder.value(Scope(row, row.world))
        if not is_absent(above):
            return above, name     # settled 5, 7: the record to which the date belongs
    name = first_read(part, row.table)
    return (row, name) if name else None


def end_of(part, row):
    """The (row, field) of an end before the start; settled 5, 7: that of the record to which the date belongs."""
    if part.among:
        scope = Scope(row, row.world)
        rows, name = part.among
        end = part.value(scope)
        for other in rows.value(scope):
            held = other.read(name)
            if not is_absent(held) and held == end:
                return other, name
    return field_of(part, row)


@dataclass
class Verdict:
    rule: dict
    row: Optional[Row]
    status: str
    where: Optional[tuple] = None           # for cannot-judge, the (row, field) to blame
    occasion: Optional[int] = None
    start: object = None
    due: object = None
    done: object = None
    days: Optional[int] = None
    group: Optional[str] = None
    value: object = None


def written(value):
    if value is None:
        return ""
    if is_clock(value):
        return value.strftime("%Y-%m-%dT%H:%M")   # settled 15
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)


def inert(cell):
    number = re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not number else cell


def check_field(rule, row):
    return rule.get("field") or first_read(rule["check"], row.table)


class Judge:
    def __init__(self, world):
        self.world, self.as_of = world, world.as_of
        self.seen = collections.Counter()     # how often each situation came up

    def verdicts(self, rule):
        if rule["kind"] == "limit":
            return self.limit(rule)
        judge = {"check": self.check, "deadline": self.deadline, "repeat": self.repeat}[rule["kind"]]
        return [verdict for row in self.world.rows[rule["for"]] for verdict in judge(rule, row, Scope(row, self.world))]

    def after(self, day, length):
        return day_after(day_of(day), length, self.world.work)

    def unjudged(self, rule, row, where, fallback=None, **more):
        """A cannot-judge verdict; settled 6: where nothing was absent, the check's field or the start's is to blame."""
        if where is None:
            self.seen[f"{rule['kind']}: nothing absent and yet not judged"] += 1
        return Verdict(rule, row, "cannot-judge", where or fallback or (row, ""), **more)

    def gate(self, rule, scope, start):
        """Whether the rule applies: `when` and `active`, combined as by && (settled 22)."""
        when = rule["when"].value(scope) if rule.get("when") else True
        active = True
        if rule.get("active"):
            first, last = rule["active"]
            active = start if is_absent(start) else first <= day_of(start) and (last is None or day_of(start) <= last)
            self.seen["active: on its first day"] += not is_absent(start) and day_of(start) == first
            self.seen["active: on its last day"] += not is_absent(start) and day_of(start) == last
        if when is False or active is False:
            self.seen["outside active" if active is False else "when not met"] += 1
            return False
        if is_absent(when):
            self.seen[f"{rule['kind']}: when absent"] += 1
        return when if is_absent(when) else active

    def check(self, rule, row, scope):
        applies = self.gate(rule, scope, self.as_of)
        if applies is False:
            return []
        fallback = row, check_field(rule, row)
        if is_absent(applies):
            return [self.unjudged(rule, row, applies.where, fallback)]
        holds = rule["check"].value(scope)
        if is_absent(holds):
            return [self.unjudged(rule, row, holds.where, fallback)]
        return [Verdict(rule, row, "met" if holds else "failed")]

    # Deadlines

    def deadline(self, rule, row, scope):
        by_due = rule.get("due")
        start_part = by_due or rule["from"]
        start = start_part.value(scope)
        applies = self.gate(rule, scope, start)
        if applies is False:
            return []
        fallback = field_of(start_part, row)
        to = rule.get("to")
        for blocked in (applies, start):
            if is_absent(blocked):
                return [self.unjudged(rule, row, blocked.where, fallback)]
        length = None if by_due else rule["within"].value(scope)
        if is_absent(length):
            self.seen["deadline: duration absent"] += 1
            return [self.unjudged(rule, row, length.where, fallback)]
        if to and to.plain in row.unreadable:    # settled 1
            self.seen["deadline: to unreadable"] += 1
            return [self.unjudged(rule, row, (row, to.plain), fallback)]
        ended = to.value(scope) if to else Absent()
        done = None if is_absent(ended) or day_of(ended) > self.as_of else ended
        if done is None and not is_absent(ended):
            self.seen["deadline: to later than as-of"] += 1
        if done is not None and not by_due and self.before(done, start):
            self.seen["deadline: done before from"] += 1
            return [self.unjudged(rule, row, end_of(to, row), fallback)]   # settled 7
        due = start if by_due else self.due(start, length, ended, to)
        if due is None:
            self.seen["deadline: outside the calendar"] += 1
            return [self.unjudged(rule, row, None, fallback)]
        verdict = self.against(rule, row, scope, None if by_due else start, due, done)
        return [] if verdict is None else [verdict]

    def before(self, done, start):
        if is_clock(done) and is_clock(start):
            return instant(to_the_minute(done)) < instant(to_the_minute(start))
        return day_of(done) < day_of(start)

    def due(self, start, length, ended, to):
        if length.unit == "hours":
            clock = (to.clock if to else True) if is_absent(ended) else is_clock(ended)
            if is_clock(start) and clock:
                self.seen["deadline: due at a time"] += 1
                due = moment_after(start, length.count).astimezone(LONDON)
                for moment in (start, ended if is_clock(ended) else start):
                    self.seen["deadline: a clock time that is skipped"] += instant(moment).astimezone(LONDON).replace(tzinfo=None) != moment
                    self.seen["deadline: a clock time that occurs twice"] += instant(moment) != second_instant(moment)
                crossed = due.utcoffset() != instant(start).astimezone(LONDON).utcoffset()
                self.seen["deadline: hours across a change of the clock"] += crossed
                return due
            self.seen["deadline: hours with a bare date"] += 1
        return self.after(start, length)

    def is_late(self, done, due):
        if is_clock(done) and is_clock(due):
            return instant(to_the_minute(done)) > (due if due.tzinfo else instant(to_the_minute(due)))
        return day_of(done) > day_of(due)

    def against(self, rule, row, scope, start, due, done, occasion=None):
        """The contract's table of cases, from "done on or before due" onwards; None where lookBack leaves the row out."""
        kind, due_day = rule["kind"], day_of(due)
        if done is not None:
            status = "late" if self.is_late(done, due) else "met"
            days = (day_of(done) - due_day).days
            self.seen[f"{kind}: {status}, done {days} days after due"] += abs(days) <= 1
            self.seen["deadline: minutes late"] += status == "late" and days == 0
            if is_clock(done) and is_clock(due):
                self.seen["deadline: done at the very minute"] += to_the_minute(done) == due.replace(tzinfo=None)
            if self.long_ago(rule, done):
                return None
        else:
            days = (self.as_of - due_day).days
            soon = rule["dueSoon"].value(scope) if rule.get("dueSoon") else None
            status = "overdue" if days > 0 else "pending" if soon is None else self.soon_or_pending(due_day, soon)
            if status is None:
                self.seen["due-soon: outside the calendar"] += 1
                return self.unjudged(rule, row, None, field_of(rule.get("due") or rule["from"], row), occasion=occasion)
            self.seen[f"{kind}: {status}, as-of {days} days after due"] += abs(days) <= 1
        return Verdict(rule, row, status, None, occasion, start, due, done, days if status in ("late", "overdue") else None)

    def soon_or_pending(self, due, soon):
        opens = self.after(due, back(soon))
        if opens is None:
            return None        # contract: "a date outside cannot be judged"
        self.seen["due-soon: on its first day"] += self.as_of == opens
        self.seen["pending: a day before due-soon"] += self.as_of == opens - timedelta(days=1)
        return "due-soon" if self.as_of >= opens else "pending"

    def long_ago(self, rule, decided):
        """Whether lookBack leaves it out; settled 20: what was decided strictly before asOf - N."""
        if not rule.get("lookBack"):
            return False
        limit = self.after(self.as_of, back(rule["lookBack"].value(None)))
        left_out = limit is not None and day_of(decided) < limit
        self.seen["lookBack: left out"] += left_out
        self.seen["lookBack: on its first day"] += day_of(decided) == limit
        return left_out

    # Repeats

    def repeat(self, rule, row, scope):
        start = rule["from"].value(scope)
        applies = self.gate(rule, scope, start)
        if applies is False:
            return []
        fallback = field_of(rule["from"], row)
        events, length = rule["events"].value(scope), rule["every"].value(scope)
        for name, part in (("when", applies), ("from", start), ("events", events), ("every", length)):   # settled 6
            if is_absent(part):
                self.seen[f"repeat: {name} absent"] += 1
                return [self.unjudged(rule, row, part.where, fallback)]
        until_part = rule.get("until")
        if until_part and until_part.plain in row.unreadable:
            self.seen["repeat: until unreadable"] += 1
            return [self.unjudged(rule, row, (row, until_part.plain), fallback)]
        until = until_part.value(scope) if until_part else Absent()
        until = None if is_absent(until) or day_of(until) > self.as_of else until   # settled 23: an end after the as-of date is still open
        if until is not None and self.before(until, start):
            self.seen["repeat: until before from"] += 1
            return [self.unjudged(rule, row, end_of(until_part, row), fallback)]
        return self.occasions(rule, row, scope, start, until, events, length)

    def occasions(self, rule, row, scope, start, until, events, length):
        moments = [event for event in events if not is_absent(event)]
        there = [day_of(event) for event in moments if not self.before(event, start) and (until is None or not self.before(until, event))]
        self.seen["repeat: event at an hour before from"] += any(
            self.before(event, start) and day_of(event) == day_of(start) for event in moments)
        self.seen["repeat: event at an hour after the end"] += until is not None and any(
            self.before(until, event) and day_of(event) == day_of(until) for event in moments)
        until = until and day_of(until)
        last = until or self.as_of
        counted = sorted({event for event in there if day_of(start) <= event <= last})
        self.note_events([day_of(event) for event in moments], counted, start, last)
        verdicts, clock = [], start
        step = rule["first"].value(scope) if rule.get("first") else length
        for occasion, event in enumerate([*counted, None], 1):
            due = self.after(clock, step)
            if due is None:
                self.seen["repeat: outside the calendar"] += 1
                verdicts.append(self.unjudged(rule, row, None, field_of(rule["from"], row), occasion=occasion))
            elif event is not None or until is None:
                verdicts.append(self.against(rule, row, scope, clock, due, event, occasion))
            else:
                verdicts.append(self.closed(rule, row, clock, due, until, occasion))
            clock, step = event, length
        return [verdict for verdict in verdicts if verdict]

    def note_events(self, there, counted, start, last):
        self.seen["repeat: several events on one day"] += len(set(there)) < len(there)
        self.seen["repeat: event before from"] += any(event < day_of(start) for event in there)
        self.seen["repeat: event after the end"] += any(event > last for event in there)
        self.seen["repeat: event on the first day"] += day_of(start) in counted
        self.seen["repeat: event on the last day"] += last in counted

    def closed(self, rule, row, clock, due, until, occasion):
        """The verdict on the last occasion, once `until` has come."""
        self.seen["repeat: until on as-of"] += until == self.as_of
        days = (until - due).days
        self.seen[f"repeat: ended {days} days after due"] += abs(days) <= 1
        if due >= until or self.long_ago(rule, until):
            return None
        return Verdict(rule, row, "late", None, occasion, clock, due, None, days)

    # Limits

    def limit(self, rule):
        groups, verdicts = {}, []
        for row in self.world.rows[rule["for"]]:
            scope = Scope(row, self.world)
            applies = self.gate(rule, scope, self.as_of)
            if applies is False:
                continue
            group = rule["per"].value(scope) if rule.get("per") else "(all)"
            blocked = applies if is_absent(applies) else group
            if is_absent(blocked):                                   # settled 9
                self.seen["limit: a row without a group"] += 1
                verdicts.append(self.unjudged(rule, row, blocked.where))
            else:
                groups.setdefault(group, []).append(row)
        if not rule.get("per") and not groups and self.is_active(rule):
            self.seen["limit: no row at all"] += 1
            groups["(all)"] = []                                     # settled 40
        for group, rows in groups.items():
            verdicts.append(self.group_verdict(rule, group, rows))
        return verdicts

    def is_active(self, rule):
        first, last = rule.get("active") or (self.as_of, None)
        return first <= self.as_of and (last is None or self.as_of <= last)

    def group_verdict(self, rule, group, rows):
        value = rule["value"](rows)
        if not rows:
            value = value or 0                                        # settled 40: the value is 0 where no row passes
        side, bound = rule["bound"]
        if value is None:
            self.seen["limit: an absent value"] += 1
            return Verdict(rule, rows[0] if rows else None, "cannot-judge", group=written(group))
        holds = value <= bound if side == "atMost" else value >= bound
        self.seen[f"limit: on the bound of {side}"] += value == bound
        return Verdict(rule, rows[0] if rows else None, "met" if holds else "failed", group=written(group), value=value)


# Constraints


def constraint_verdicts(world, table):
    """The verdicts of all constraints of a table on its rows."""
    name, rows = table["table"], world.rows[table["table"]]
    pack, found = table["pack"], []

    def say(rule, row, met, at):
        found.append((Verdict({"rule": f"{name}.{rule}", "kind": "constraint", "pack": pack, "severity": "error"}, row,
                              "met" if met else "failed", (row, at))))
    for column in table["fields"]:
        column_verdicts(world, column, rows, say)
    keys, at = set(), "|".join(table["primaryKey"])
    for row in rows if at else []:
        # Settled 19, by analogy: a part of the key that fails its type is a single fault, that of the type.
        say("key", row, row.has_key() and row.key() not in keys, at)
        keys.update({row.key()} - {None})
    for link in table["foreignKeys"]:
        for row in rows:
            key = tuple(row.values.get(part) for part in link["fields"])
            if None not in key:     # a missing value of a foreign key is not a dangling reference
                at = "|".join(link["fields"])
                say(f"{at}.reference", row, world.by_key(link["to"], key) is not None, at)
    return found


def column_verdicts(world, column, rows, say):
    name, limits, values = column["name"], column.get("constraints", {}), set()
    for row in rows:
        if limits.get("required"):
            say(f"{name}.required", row, row.holds_text(name), name)
        if column.get("type", "string") != "string" and row.holds_text(name):
            say(f"{name}.type", row, name not in row.unreadable, name)
        if name not in row.values:
            continue
        value = row.values[name]
        if limits.get("unique"):
            say(f"{name}.unique", row, value not in values, name)
            values.add(value)
        for kind, holds in value_constraints(world, column, limits, value):
            say(f"{name}.{kind}", row, holds, name)


def value_constraints(world, column, limits, value):
    if column.get("codes"):
        yield "enum", value in world.codes[column["codes"]]
    if "enum" in limits:
        yield "enum", value in limits["enum"]
    for kind, sign in (("minimum", 1), ("maximum", -1)):
        if kind in limits:
            bound = world.as_of if limits[kind] == "asOf" else limits[kind]
            yield kind, compared(value, bound) * sign >= 0
    if "pattern" in limits:
        yield "pattern", re.fullmatch(limits["pattern"], value) is not None      # settled 28: the whole value
    if "minLength" in limits:
        yield "minLength", len(value) >= limits["minLength"]
    if "maxLength" in limits:
        yield "maxLength", len(value) <= limits["maxLength"]


# The lists


class Report:
    """exceptions.csv and measures.csv of a world, as dicts of cells as they are written."""

    def __init__(self, world):
        self.world, self.judge = world, Judge(world)
        self.seen = self.judge.seen
        self.exceptions, self.blocks = [], {}
        self.measured = collections.defaultdict(collections.Counter)
        self.rule_of = {}
        for table in world.tables:
            self.constraints(table)
        for rule in world.rules:
            self.declare(rule)
            for verdict in self.judge.verdicts(rule):
                self.take(verdict)
        for _, cells in self.exceptions:
            cells["blocks"] = " ".join(sorted(self.blocks.get(id(cells), ())))

    def declare(self, rule):
        self.rule_of[rule["rule"]] = rule
        self.measured[rule["rule"], None]

    def count(self, rule, team, status):
        self.measured[rule, None][status] += 1
        self.measured[rule, team or ""][status] += 1

    def constraints(self, table):
        name = table["table"]
        for kind in expected_constraints(table):
            self.declare({"rule": f"{name}.{kind}", "pack": table["pack"]})
        for owner, file, column in self.world.headings_lacking:
            if owner == name:
                self.lacking_heading(table, file, column)
        for verdict in constraint_verdicts(self.world, table):
            row, at = verdict.where
            if (name, row.file, at) in self.world.headings_lacking:
                # Settled 33: the file is listed, and all that it holds is checked; this field cannot be.
                self.count(verdict.rule["rule"], self.owner(row, table["owner"])[0], "cannot-judge")
                continue
            self.count(verdict.rule["rule"], self.owner(row, table["owner"])[0], verdict.status)
            self.seen[f"constraint: .{verdict.rule['rule'].rsplit('.', 1)[1]} {verdict.status}"] += 1
            if verdict.status == "failed":
                cells = self.list_row(verdict, "correction", row, at, row.text(at))
                for part in self.parts(verdict, at):
                    row.own_exceptions[part].append(cells)
        for row in self.world.rows[name]:
            self.count(f"{name}.row", self.owner(row, table["owner"])[0], "met")
        for rejected, file, line in self.world.rejected:
            if rejected == name:
                self.reject(name, table, file, line)

    def lacking_heading(self, table, file, column):
        """Settled 33: there is one exception per file, which stands for that field in each of its rows."""
        cells = self.add({"rule": f"{table['table']}.{column}.required", "status": "failed", "severity": "error", "list": "correction",
                          "pack": table["pack"], "team": NO_TEAM, "table": table["table"], "field": column, "source_file": file})
        self.seen["constraint: a required heading lacking"] += 1
        for row in self.world.rows[table["table"]]:
            if row.file == file:
                row.own_exceptions[column].append(cells)

    def parts(self, verdict, at):
        """The fields that count an exception as their own (settled 4)."""
        return {at, *at.split("|")}

    def reject(self, name, table, file, line):
        self.count(f"{name}.row", None, "failed")
        self.seen["constraint: .row failed"] += 1
        self.add({"rule": f"{name}.row", "status": "failed", "severity": "error", "list": "correction", "pack": table["pack"],
                  "team": NO_TEAM, "table": name, "record_id": f"line:{line}", "source_file": file,
                  "source_line": str(line)})   # settled 12

    def owner(self, row, owner):
        if row is None:
            return None, ""
        found = [owner[part].value(Scope(row, self.world)) if part in owner else Absent() for part in ("team", "worker")]
        return tuple(None if is_absent(value) else written(value) for value in found)

    def take(self, verdict):
        rule, row = verdict.rule, verdict.row
        owner = self.owner_of(rule, row)
        self.count(rule["rule"], owner[0], verdict.status)
        self.seen[f"{rule['kind']}: {verdict.status}"] += 1
        if verdict.status == "cannot-judge":
            self.take_unjudged(verdict)
        elif verdict.status in ("failed", "late", "overdue") and rule["list"] != "none":
            self.take_broken(verdict)

    def acting(self, rule, row, judged):
        """Who acts on a listed row. An owner of the rule's own, for a row of another table, is what the judged row's cells name."""
        if row is not None and judged is not None and rule.get("owner") and row.table is not judged.table:
            self.seen["marks: a row of another table, by the rule's owner"] += 1
            return self.owner_of(rule, judged)
        return self.owner_of(rule, row)

    def owner_of(self, rule, row):
        if row is None:
            return None, ""
        its = rule.get("owner", {}) if rule.get("for") == row.table["table"] else {}
        return self.owner(row, {**row.table["owner"], **its})

    def take_unjudged(self, verdict):
        row, (other, name) = verdict.row, verdict.where or (verdict.row, "")
        exceptions = other.own_exceptions.get(name, []) if other else []
        place = "the row itself" if other is row else "another record"
        self.seen[f"blocks: {place}, {min(len(exceptions), 2)} exceptions"] += 1
        for cells in exceptions:
            self.blocks.setdefault(id(cells), set()).add(verdict.rule["rule"])
            self.seen[f"blocks: of {cells['rule'].rsplit('.', 1)[1]}"] += 1
        if exceptions or verdict.rule["list"] == "none":     # settled 39
            self.seen["list none: cannot-judge without a row"] += not exceptions
            return
        shown = name if other is row else f"{other.table['table']}.{name}"
        cells = self.list_row(verdict, "correction", row, shown, other.text(name) if name else "")    # settled 2, 5
        self.as_group(cells, verdict)

    def take_broken(self, verdict):
        rule, row = verdict.rule, verdict.row
        if rule["kind"] == "limit":
            cells = self.list_row(verdict, rule["list"], row, "", written(verdict.value))
            self.as_group(cells, verdict)
            return
        if rule["kind"] != "check":
            at = rule["to"].plain or "" if rule["kind"] == "deadline" and rule.get("to") else ""    # settled 8
            self.list_row(verdict, rule["list"], row, at, row.text(at) if at else "")
            return
        at = check_field(rule, row)
        for marked in self.marked(rule, row):
            its = marked.table is row.table       # a row of another table does not have the judged table's field
            self.list_row(verdict, rule["list"], marked, at if its else "", marked.text(at) if its else "")

    def as_group(self, cells, verdict):
        if verdict.group is not None:
            cells.update(record_id=inert(verdict.group), person_id="", table=verdict.rule["for"])

    def marked(self, rule, row):
        if not rule.get("marks"):
            return [row]
        rows = rule["marks"].value(Scope(row, self.world))
        rows = [] if is_absent(rows) else rows if isinstance(rows, list) else [rows]
        self.seen["marks: none, so the row itself"] += not rows
        self.seen["marks: a row of another table"] += any(marked.table is not row.table for marked in rows)
        rows = rows or [row]      # where nothing is marked, the judged row is listed
        listed = rule.setdefault("listed", set())
        fresh = [marked for marked in rows if id(marked) not in listed]      # settled 38
        self.seen["marks: several rows"] += len(rows) > 1
        self.seen["marks: a row listed before"] += len(fresh) < len(rows)
        listed.update(map(id, fresh))
        return fresh

    def list_row(self, verdict, onto, row, at, value):
        rule = verdict.rule
        team, worker = self.acting(rule, row, verdict.row)
        cells = {"rule": rule["rule"], "status": verdict.status, "severity": rule["severity"], "list": onto, "pack": rule["pack"],
                 "team": quoted(team), "worker": inert(worker or ""), "field": at, "value": inert(value)}
        if row:
            cells.update(table=row.table["table"], record_id=inert(row.record_id()), source_file=row.file, source_line=str(row.line),
                         person_id=inert(row.texts[row.table["person"]] if row.table.get("person") in row.values else ""))
        if verdict.status in ("late", "overdue"):     # settled 10
            cells.update({"from": written(verdict.start), "due_on": written(verdict.due), "done_on": written(verdict.done),
                          "days_late": str(verdict.days)})
        if verdict.occasion:
            cells["occasion"] = str(verdict.occasion)
            self.seen["occasion: of two digits"] += verdict.occasion > 9
        return self.add(cells)

    def add(self, cells):
        cells = {column: cells.get(column, "") for column in COLUMNS}
        self.exceptions.append((len(self.exceptions), cells))
        return cells

    def sorted_exceptions(self):
        def order(cells):
            texts = [cells[column].encode() for column in ("team", "list", "rule", "person_id", "record_id")]
            return (*texts, int(cells["occasion"] or 0), cells["field"].encode(), cells["source_file"].encode(),
                    int(cells["source_line"] or 0))
        return sorted((cells for _, cells in self.exceptions), key=order)     # settled 16

    def measures(self):
        return [self.measure(rule, team, counts) for (rule, team), counts in self.measured.items() if team is None or counts]

    def measure(self, name, team, counts):
        rule = self.rule_of[name]
        broken = sum(counts[status] for status in ("failed", "late", "overdue"))
        decided = counts["met"] + broken
        target = rule.get("target")
        share = broken if target and target["of"] == "broken" else counts["met"]
        figure = target_on(target, self.world.as_of)
        cells = {"rule": name, "pack": rule["pack"], "team": "(all)" if team is None else quoted(team),
                 "judged": sum(counts.values()) - counts["cannot-judge"], "percent": percent(share, decided),
                 "target": "" if figure is None else written(float(figure)), "rag": self.rag(target, figure, share, decided)}
        cells.update({status.replace("-", "_"): counts[status] for status in STATUSES})
        return {column: str(cells[column]) for column in MEASURES}

    def rag(self, target, figure, share, decided):
        """Settled 18: compared as an exact fraction, green from the target itself on."""
        if figure is None or not decided:
            return ""
        exact, sign = fractions.Fraction(100 * share, decided), 1 if target["side"] == "atLeast" else -1
        self.seen["percent: just under 100"] += 0 < decided - share < decided / 2000
        self.seen["percent: just over 0"] += 0 < share < decided / 2000
        self.seen["rag: exactly on target"] += exact == figure
        amber = target.get("amberFrom")
        colour = "green" if (exact - figure) * sign >= 0 else "amber" if amber is not None and (exact - amber) * sign >= 0 else "red"
        self.seen[f"rag: {target['side']} {target['of']} {colour}"] += 1
        return colour


def quoted(team):
    """A team's name as written; settled 14: a real team called (no team) or (all) is shown in quotes."""
    if not team:
        return NO_TEAM
    return f'"{team}"' if team in (NO_TEAM, "(all)") else inert(team)


def target_on(target, day):
    if not target:
        return None
    figure = target["figure"]
    for step, value in sorted(target.get("steps", {}).items()):
        figure = value if step <= day else figure
    return fractions.Fraction(figure)


def percent(share, decided):
    """A percentage, rounded half up to one decimal, but 100.0 and 0.0 only where they are exact."""
    if not decided:
        return ""
    tenths = (2000 * share + decided) // (2 * decided)
    tenths = min(tenths, 999) if share < decided else tenths
    tenths = max(tenths, 1) if share else tenths
    return f"{tenths // 10}.{tenths % 10}"


def expected_constraints(table):
    """The names of all constraints of a table; each has a measure, whatever the data are."""
    names = ["key"] * bool(table["primaryKey"]) + ["row"] + ["|".join(link["fields"]) + ".reference" for link in table["foreignKeys"]]
    for column in table["fields"]:
        limits = column.get("constraints", {})
        kinds = [kind for kind in limits if limits[kind] is not False]
        kinds += ["type"] * (column.get("type", "string") != "string") + ["enum"] * bool(column.get("codes"))
        names += [f"{column['name']}.{kind}" for kind in kinds]
    return names
