"""Random well-typed expressions, and their text."""

import zlib
from datetime import date, datetime, time

from case_data import CLOCKS, DAYS, TEXTS
from meaning import Node

COMPARED = ["integer", "number", "string", "date", "datetime", "boolean"]
RELATED = {"integer": "number", "number": "integer", "date": "datetime", "datetime": "date"}
PRECEDENCE = {"||": 2, "&&": 3, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
PATTERNS = ["^a", "b", "[A-Z]", "c$", "^.{3}$", "\\d+", "é|É", "^[^a]", "(ab|bc)c?", "x*", "^\\s", "(?i)STR"]


# Text.

def form(text, forms):
    """The number of one of several ways to write something; always the same for the same text."""
    return zlib.crc32(text.encode()) % forms


def quoted(text):
    escapes = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "'": "\\'"}
    way = form(text, 6)
    plain = not set(text) & set("\"'\\\t\n\r")
    if plain and way == 1:
        return f"r'{text}'"
    if plain and way == 2:
        return f'"""{text}"""'
    if way == 3:
        return '"' + "".join(f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}" for sign in text) + '"'
    quote = "'" if way == 4 else '"'
    return quote + "".join(escapes.get(sign, sign) for sign in text) + quote


def literal_text(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, datetime):
        return f'datetime("{value.isoformat(timespec="seconds" if value.second else "minutes")}")'
    if isinstance(value, date):
        return f'date("{value}")'
    if isinstance(value, int) and value > 9:
        return hex(value) if form(str(value), 2) else str(value)
    return f"{value}e0" if value in (0.5, 2.5) else repr(value)


def text_of(node, level=0):
    text, own = parts_of(node)
    return f"({text})" if own < level or form(text, 23) == 0 and level > 0 else text


def parts_of(node):
    """The text of a node, and how tightly it binds (CEL's precedence)."""
    args, info = node.args, node.info
    if node.op == "literal":
        return literal_text(info), 7 if isinstance(info, (int, float)) and info < 0 else 9
    if node.op in ("this", "variable", "as_of_date", "parameter", "table", "codes", "earlier"):
        return {"this": "this", "as_of_date": "asOf", "codes": f"codes.{info}", "earlier": f"earlier.{info}"}.get(node.op, info), 9
    if node.op in ("field", "up", "down"):
        bare = args[0].op == "this" and node.op != "down" and args[0].info != "named"
        return info if bare else f"{text_of(args[0], 8)}.{info}", 9 if bare else 8
    if node.op == "lookup":
        return f"lookup({info}, {text_of(args[0])})", 9
    if node.op == "unary":
        return info + text_of(args[0], 7), 7
    if node.op == "binary":
        own = PRECEDENCE[info]
        return f"{text_of(args[0], own)} {info} {text_of(args[1], own + 1)}", own
    if node.op == "choice":
        return f"{text_of(args[0], 2)} ? {text_of(args[1], 2)} : {text_of(args[2], 1)}", 1
    if node.op == "index":
        return f"{text_of(args[0], 8)}[{text_of(args[1])}]", 8
    if node.op == "list":
        return f"[{', '.join(map(text_of, args))}]", 9
    if node.op == "call":
        return f"{info}({', '.join(map(text_of, args))})", 9
    if node.op == "method":
        return f"{text_of(args[0], 8)}.{info}({', '.join(map(text_of, args[1:]))})", 8
    return f"{text_of(args[0], 8)}.{info[0]}({', '.join([info[1], *map(text_of, args[1:])])})", 8


# Making.

def literal(value, kind):
    return Node("literal", [], value, kind)


def call(name, kind, *args):
    return Node("call", list(args), name, kind)


def method(name, kind, *args):
    return Node("method", list(args), name, kind)


def binary(operator, kind, a, b):
    return Node("binary", [a, b], operator, kind)


class Maker:
    """Makes expressions over the judged row of one table and over the rows that lambdas name."""

    def __init__(self, data, random, table):
        self.data, self.random = data, random
        self.judged = data.definitions[table] if table else None
        self.scope = []          # (name, type) of lambda variables
        self.made = 0

    def make(self, kind, depth):
        if isinstance(kind, tuple):
            return self.row(kind[1], depth) if kind[0] == "row" else self.list_of(kind[1], depth)
        choices = getattr(self, f"{kind}s")(depth)
        node = self.random.choice(choices)() if depth > 0 and self.random.random() < 0.85 else self.leaf(kind, depth)
        node.type = node.type or kind
        return node

    def pick(self, *choices):
        return self.random.choice(choices)

    # Leaves.

    def leaf(self, kind, depth=0):
        chance = self.random.random()
        variables = [name for name, type_ in self.scope if type_ == kind]
        if variables and chance < 0.4:
            return Node("variable", [], self.random.choice(variables), kind)
        if kind == "duration":
            return self.duration_leaf()
        if chance < 0.78:
            found = self.field_of(kind, depth)
            if found:
                return found
        return self.constant(kind)

    def field_of(self, kind, depth):
        rows = []
        if self.judged:
            rows.append((Node("this", [], None, ("row", self.judged.name)), self.judged))
        rows += [(Node("variable", [], name, type_), self.data.definitions[type_[1]]) for name, type_ in self.scope
                 if type_[0] in ("row", "earlier")] * 2
        found = [(row, name) for row, definition in rows for name, type_ in self.names(definition) if type_ == kind
                 and not (row.type[0] == "earlier" and name in definition.derived)]
        if found and (depth < 1 or self.random.random() < 0.75):
            row, name = self.random.choice(found)
            return Node("field", [self.named(row, name)], name, kind)
        tables = [name for name, definition in self.data.definitions.items() if any(type_ == kind for _, type_ in self.names(definition))]
        table = self.random.choice(tables) if tables else None
        row = self.reached(table, depth) if table else None
        if not row:
            return None
        name = self.random.choice([n for n, t in self.names(self.data.definitions[table]) if t == kind])
        return Node("field", [self.named(row, name)], name, kind)

    def named(self, row, name):
        """The row of a field; the judged row is written out as `this` where a lambda's variable hides the name, and at times anyway."""
        hidden = name in (variable for variable, _ in self.scope)
        return Node("this", [], "named", row.type) if row.op == "this" and (hidden or self.random.random() < 0.1) else row

    def names(self, definition):
        return list(definition.fields.items()) + [(name, kind) for name, (_, kind) in definition.derived.items()]

    def constant(self, kind):
        parameters = [name for name, value in self.data.parameters.items() if value.type == kind]
        if parameters and self.random.random() < 0.2:
            return Node("parameter", [], self.random.choice(parameters), kind)
        if kind == "date":
            return Node("as_of_date", [], None, kind) if self.random.random() < 0.5 else literal(self.random.choice(DAYS), kind)
        if kind == "datetime":
            clock = time.fromisoformat(self.random.choice(CLOCKS))
            return literal(datetime.combine(self.random.choice(DAYS), clock), kind)
        values = {"integer": [0, 1, 2, 3, 5, 10, -1, -3, 2**63 - 1] if self.random.random() < 0.1 else [0, 1, 2, 3, 5, -1],
                  "number": [0.0, 0.5, 1.0, 2.0, 2.5, -0.25, 1e10], "string": TEXTS, "boolean": [True, False]}
        return literal(self.random.choice(values[kind]), kind)

    def duration_leaf(self):
        if self.random.random() < 0.12:
            return Node("parameter", [], "interval", "duration")
        unit = self.pick("days", "weeks", "months", "years", "hours", "workingDays", "workingDays")
        count = {"hours": [0, 1, 2, 3, 23, 24, 25, 72, -1, -24, -25], "workingDays": [0, 1, 2, 5, 10, 20, -1, -5],
                 "years": [0, 1, 4, 18, -1]}.get(unit, [0, 1, 2, 3, 7, 12, 13, -1, -2])
        return call(unit, "duration", literal(self.random.choice(count), "integer"))

    # Rows.

    def reached(self, table, depth):
        """An expression for a row of the table that can be reached from the rows at hand, if any."""
        choices = self.rows(table, depth)
        return self.random.choice(choices)() if choices else None

    def row(self, table, depth):
        return self.reached(table, depth) or self.some_row(table, depth)

    def rows(self, table, depth):
        choices = []
        if self.judged and self.judged.name == table:
            choices.append(lambda: Node("this", [], None, ("row", table)))
        for name in [name for name, type_ in self.scope if type_ == ("row", table)]:
            choices += [lambda name=name: Node("variable", [], name, ("row", table))] * 2
        if depth > 0:
            for definition in self.data.definitions.values():
                for key in definition.keys.values():
                    near = self.judged is definition or any(type_ == ("row", definition.name) for _, type_ in self.scope)
                    if key.table == table and near:
                        choices += [lambda key=key, definition=definition: self.up(key, definition.name, table, depth)] * 2
        if depth > 1:
            choices.append(lambda: self.some_row(table, depth))
        return choices

    def up(self, key, below, table, depth):
        return Node("up", [self.row(below, depth - 1)], key.name, ("row", table))

    def some_row(self, table, depth):
        definition, kind = self.data.definitions[table], ("row", table)
        if len(definition.primary) == 1 and self.random.random() < 0.2:
            return Node("lookup", [self.key_for(definition, depth)], table, kind)
        rows = self.list_of(kind, depth - 1)
        chance = self.random.random()
        if chance < 0.35:
            return method(self.pick("first", "last"), kind, rows)
        if chance < 0.5:
            return self.pick(lambda: method("at", kind, rows, self.make("integer", 0)),
                             lambda: Node("index", [rows, self.make("integer", 0)], None, kind))()
        if chance < 0.75:
            return self.each(self.pick("minBy", "maxBy"), kind, rows, kind, self.sort_key(), depth)
        other = self.row(table, depth - 1) if depth > 1 else method("first", kind, Node("table", [], table, ("list", kind)))
        return method(self.pick("before", "after"), kind, rows, other)

    def key_for(self, definition, depth):
        kind = definition.fields[definition.primary[0]]
        known = [row.values[definition.primary[0]] for row in self.data.tables[definition.name] if row.values[definition.primary[0]]]
        if known and self.random.random() < 0.3:
            return literal(self.random.choice(known), kind)
        field = self.field_of(kind, 0)
        if field and field.info not in field_owner(field, self.data).derived:
            return field
        return literal("P1" if kind == "string" else 1, kind)

    def sort_key(self):
        return self.pick("integer", "number", "date", "datetime", "string", "boolean")

    # Lists.

    def list_of(self, kind, depth):
        node = self.random.choice(self.lists(kind, depth))()
        node.type = ("list", kind)
        return node

    def lists(self, kind, depth):
        listed = ("list", kind)
        if isinstance(kind, tuple):
            choices = [lambda: Node("table", [], kind[1], listed)] + self.downs(kind[1], depth) * 3
        else:
            choices = [lambda: Node("list", [self.make(kind, 0) for _ in range(self.random.randint(1, 4))], None, listed)]
            if kind == "string":
                choices.append(lambda: Node("codes", [], "kinds", listed))
            if depth > 0:
                choices += [lambda: self.mapped(kind, depth)] * 3
        if depth > 0:
            choices.append(lambda: self.each("filter", listed, self.list_of(kind, depth - 1), kind, "boolean", depth))
            if self.random.random() < 0.5:
                choices.append(lambda: method("distinct", listed, self.list_of(kind, depth - 1)))
            if self.random.random() < 0.7:
                choices.append(lambda: self.each("sortBy", listed, self.list_of(kind, depth - 1), kind, self.sort_key(), depth))
            if depth > 1 and isinstance(kind, tuple) and self.random.random() < 0.2:
                choices.append(lambda: Node("field", [self.span(kind[1], depth - 1)], "rows", listed))
        return choices

    def downs(self, table, depth):
        choices = []
        for key in self.data.definitions[table].keys.values():
            above = self.data.definitions[key.table]
            if self.rows(above.name, min(depth, 1)):
                choices.append(lambda above=above: Node("down", [self.reached(above.name, min(depth, 1))], table, ("list", ("row", table))))
        return choices

    def mapped(self, kind, depth):
        source = self.source(depth)
        return self.each("map", ("list", kind), source, source.type[1], kind, depth)

    def source(self, depth):
        """Some list for a lambda to go over, mostly one of rows."""
        if self.random.random() < 0.06:
            table = self.random.choice(list(self.data.definitions))
            return Node("earlier", [], table, ("list", ("earlier", table)))
        if self.random.random() < 0.75:
            return self.list_of(("row", self.random.choice(list(self.data.definitions))), depth - 1)
        return self.list_of(self.pick("integer", "number", "string", "date"), depth - 1)

    def each(self, name, kind, source, element, *bodies_and_depth):
        *bodies, depth = bodies_and_depth
        self.made += 1
        variable = f"v{self.made}"
        if self.judged and self.random.random() < 0.08:
            hiding = self.random.choice(list(self.judged.fields))
            variable = variable if hiding in (name for name, _ in self.scope) else hiding
        self.scope.append((variable, element))
        made = [self.body(variable, element, body, depth) for body in bodies]
        self.scope.pop()
        return Node("each", [source, *made], (name, variable), kind)

    def body(self, variable, element, kind, depth):
        if kind != "boolean":
            return self.make(kind, max(depth - 2, 0))
        if element[0] in ("row", "earlier") and self.random.random() < 0.35:
            return self.join(variable, element, depth)
        return self.make(kind, max(depth - 2, 1))

    def join(self, variable, element, depth):
        """Compares a field of the element with something of the row: an answer from an index must equal one by comparison."""
        definition = self.data.definitions[element[1]]
        name, kind = self.random.choice(list(definition.fields.items()))
        other = self.pick(kind, kind, RELATED.get(kind, kind))
        sides = [Node("field", [Node("variable", [], variable, element)], name, kind), self.outside(other, depth)]
        self.random.shuffle(sides)
        same = binary(self.pick("==", "==", "==", "!="), "boolean", *sides)
        if self.random.random() < 0.5:
            return same
        pair = [same, self.make("boolean", max(depth - 2, 1))]
        self.random.shuffle(pair)
        return binary(self.pick("&&", "&&", "||"), "boolean", *pair)

    def outside(self, kind, depth):
        """An expression that does not depend on the innermost variable."""
        variable, element = self.scope[-1]
        self.scope[-1] = (variable, ("not to be used",))
        made = self.make(kind, self.pick(0, 0, max(depth - 2, 0)))
        self.scope[-1] = (variable, element)
        return made

    def spans(self, table, depth):
        return self.each("spans", ("list", "span"), self.list_of(("row", table), depth - 1), ("row", table), "date", "date", depth)

    def span(self, table, depth):
        return method(self.pick("first", "last"), "span", self.spans(table, depth))

    def taken(self, kind, depth):
        """Ways to take one value out of a list; every type has them."""
        def from_list():
            values = self.list_of(kind, depth - 1)
            return self.pick(lambda: method(self.pick("first", "last"), kind, values),
                             lambda: method("at", kind, values, self.make("integer", 0)),
                             lambda: Node("index", [values, self.make("integer", 0)], None, kind))()

        def best():
            return self.each(self.pick("minBy", "maxBy"), kind, self.list_of(kind, depth - 1), kind, self.sort_key(), depth)
        return [from_list, best]

    def common(self, kind, depth):
        return [lambda: Node("choice", [self.make(one, depth - 1) for one in ("boolean", kind, kind)], None, kind),
                lambda: call("coalesce", kind, *(self.make(kind, depth - 1) for _ in range(self.random.randint(2, 3)))),
                lambda: self.leaf(kind, depth), lambda: self.leaf(kind, depth), *self.taken(kind, depth)]

    def extremes(self, kind, depth):
        return [lambda: call(self.pick("min", "max"), kind, *(self.make(kind, depth - 1) for _ in range(self.random.randint(2, 3)))),
                lambda: method(self.pick("min", "max"), kind, self.list_of(kind, depth - 1))]

    # One method for each type: the ways to make an expression of it.

    def integers(self, depth):
        def arithmetic():
            return binary(self.pick(*"+-*/%"), "integer", self.make("integer", depth - 1), self.make("integer", depth - 1))

        def days(name):
            return lambda: call(name, "integer", self.moment(depth - 1), self.moment(depth - 1))

        def size():
            return method("size", "integer", self.make("string", depth - 1) if self.random.random() < 0.3 else self.source(depth))

        def count():
            source = self.source(depth)
            return self.each("count", "integer", source, source.type[1], "boolean", depth)
        return [arithmetic, arithmetic, size, count, count,
                *(days(name) for name in ("daysBetween", "workingDaysBetween", "monthsBetween", "ageOn")),
                lambda: call(self.pick("year", "month", "day", "financialYear"), "integer", self.moment(depth - 1)),
                lambda: call("abs", "integer", self.make("integer", depth - 1)),
                lambda: method("sum", "integer", self.list_of("integer", depth - 1)),
                lambda: Node("unary", [self.make("integer", depth - 1)], "-", "integer"),
                lambda: method("size", "integer", self.spans(self.random.choice(list(self.data.definitions)), depth)),
                *self.extremes("integer", depth), *self.common("integer", depth)]

    def numbers(self, depth):
        def arithmetic():
            kinds = self.pick(("number", "integer"), ("integer", "number"), ("number", "number"))
            return binary(self.pick(*"+-*/"), "number", *(self.make(kind, depth - 1) for kind in kinds))
        return [arithmetic, arithmetic, arithmetic, lambda: call("abs", "number", self.make("number", depth - 1)),
                lambda: method("sum", "number", self.list_of("number", depth - 1)),
                lambda: Node("unary", [self.make("number", depth - 1)], "-", "number"),
                lambda: call("coalesce", "number", self.make("number", depth - 1), self.make("integer", depth - 1)),
                *self.extremes("number", depth), *self.common("number", depth)]

    def strings(self, depth):
        return [lambda: binary("+", "string", self.make("string", depth - 1), self.make("string", depth - 1)),
                lambda: method(self.pick("upper", "lower", "trim"), "string", self.make("string", depth - 1)),
                lambda: Node("index", [self.make("string", depth - 1), self.make("integer", 0)], None, "string"),
                *self.extremes("string", depth), *self.common("string", depth)]

    def moment(self, depth):
        return self.make(self.pick("date", "date", "datetime"), depth)

    def dates(self, depth):
        def moved():
            return binary(self.pick("+", "-"), "date", self.make("date", depth - 1), self.make("duration", depth - 1))
        return [moved, moved, moved, lambda: call(self.pick("dateOf", "startOfMonth"), "date", self.make("datetime", depth - 1)),
                lambda: call("startOfMonth", "date", self.make("date", depth - 1)), *self.span_days(depth),
                *self.extremes("date", depth), *self.common("date", depth)]

    def span_days(self, depth):
        table = self.random.choice(list(self.data.definitions))
        return [lambda: Node("field", [self.span(table, depth)], self.pick("start", "end"), "date")] if depth > 1 else []

    def datetimes(self, depth):
        def moved():
            return binary(self.pick("+", "-"), "datetime", self.make("datetime", depth - 1), self.make("duration", depth - 1))
        return [moved, moved, *self.extremes("datetime", depth), *self.common("datetime", depth)]

    def durations(self, depth):
        return [self.duration_leaf, self.duration_leaf, self.duration_leaf,
                lambda: binary(self.pick("+", "-"), "duration", self.make("duration", depth - 1), self.make("duration", depth - 1)),
                lambda: call(self.pick("days", "weeks", "months", "hours", "workingDays"), "duration", self.small(depth)),
                lambda: binary("-", "duration", *(self.make(kind, depth - 1) for kind in [self.pick("date", "datetime")] * 2)),
                lambda: binary("*", "duration", self.make("duration", depth - 1), literal(self.pick(0, 1, 2, -1, 3), "integer")),
                lambda: Node("unary", [self.make("duration", depth - 1)], "-", "duration")]

    def small(self, depth):
        """A count of days small enough for the calendar, since arithmetic may have made any number."""
        return binary("%", "integer", self.make("integer", depth - 1), literal(40, "integer"))

    def booleans(self, depth):
        def compare():
            kind = self.random.choice(COMPARED)
            kinds = self.pick((kind, kind), ("integer", "number"), ("date", "datetime"), (kind, kind), (kind, kind))
            operator = self.pick("==", "!=", "<", "<=", ">", ">=")
            return binary(operator, "boolean", *(self.make(kind, depth - 1) for kind in kinds))

        def durations():
            return binary(self.pick("==", "<", ">="), "boolean", self.make("duration", depth - 1), self.make("duration", depth - 1))

        def logic():
            return binary(self.pick("&&", "||"), "boolean", self.make("boolean", depth - 1), self.make("boolean", depth - 1))

        def asks():
            kind = self.random.choice(COMPARED)
            return self.pick(lambda: call("has", "boolean", self.make(kind, depth - 1)),
                             lambda: call("same", "boolean", self.make(kind, depth - 1), self.make(kind, depth - 1)),
                             lambda: call("given", "boolean", self.plain_field(depth)))()

        def over():
            source = self.source(depth)
            return self.each(self.pick("exists", "all"), "boolean", source, source.type[1], "boolean", depth)

        def among():
            kind = self.random.choice(COMPARED[:5])
            other = self.pick(kind, kind, RELATED.get(kind, kind))
            return binary("in", "boolean", self.make(kind, depth - 1), self.list_of(other, depth - 1))

        def lists():
            kind = self.random.choice(COMPARED[:5])
            return binary(self.pick("==", "!="), "boolean", self.list_of(kind, depth - 1), self.list_of(kind, depth - 1))

        def rows():
            kind = ("row", self.random.choice(list(self.data.definitions)))
            return self.row_test(kind, depth)

        def texts():
            name = self.pick("startsWith", "endsWith", "contains")
            return method(name, "boolean", self.make("string", depth - 1), self.make("string", depth - 1))
        return [compare, compare, compare, durations, logic, logic, logic, asks, over, over, among, lists, rows, texts,
                lambda: Node("unary", [self.make("boolean", depth - 1)], "!", "boolean"),
                lambda: method("matches", "boolean", self.make("string", depth - 1), literal(self.random.choice(PATTERNS), "string")),
                lambda: call("isWorkingDay", "boolean", self.moment(depth - 1)), *self.common("boolean", depth)]

    def row_test(self, kind, depth):
        row = self.row(kind[1], depth - 1)
        if self.random.random() < 0.4:
            return binary("in", "boolean", row, self.list_of(kind, depth - 1))
        if self.random.random() < 0.2:
            return call("has", "boolean", row)
        return binary(self.pick("==", "!="), "boolean", row, self.row(kind[1], depth - 1))

    def plain_field(self, depth):
        table = self.judged.name if self.judged and self.random.random() < 0.6 else self.random.choice(list(self.data.definitions))
        row = self.row(table, min(depth, 2))
        name = self.random.choice(list(self.data.definitions[table].fields))
        return Node("field", [self.named(row, name)], name, None)


def field_owner(node, data):
    """The definition of the table whose field a field node names."""
    return data.definitions[node.args[0].type[1]]
