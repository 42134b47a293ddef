"""A small case system: five tables with fields of every type, and random rows with the faults of real exports."""

import json
import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from days import Calendar
from meaning import Absent, Node

HOLIDAYS = [date(2015, 12, 25), date(2015, 12, 28), date(2016, 1, 1), date(2016, 3, 25), date(2016, 3, 28), date(2016, 5, 2),
            date(2016, 5, 30), date(2016, 8, 29), date(2016, 12, 26), date(2016, 12, 27)]
COVERS = (date(2015, 11, 1), date(2017, 2, 28))
WEEKENDS = [["saturday", "sunday"], ["saturday", "sunday"], ["friday", "saturday"], ["sunday"]]
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(eq=False)
class Key:
    name: str
    fields: list
    table: str

    @property
    def field(self):
        """What its exceptions have in the column `field`."""
        return "|".join(self.fields)


@dataclass(eq=False)
class Table:
    name: str
    primary: list
    fields: dict            # name: type
    keys: dict              # as: Key
    derived: dict = field(default_factory=dict)
    constraints: dict = field(default_factory=dict)


@dataclass(eq=False)
class Row:
    table: Table
    line: int
    raw: dict
    values: dict
    derived: dict = field(default_factory=dict)

    def __repr__(self):
        return f"{self.table.name}:{self.line}"

    def text(self, name):
        """The text of a cell: empty for a missing value, and without the spaces around anything but a string."""
        text = self.raw[name] if self.table.fields[name] == "string" else self.raw[name].strip(" ")
        return "" if name in MISSING and text in ("N/A", "NULL") else text

    def record_id(self):
        parts = [self.raw[name] for name in self.table.primary]
        return "|".join(parts) if all(parts) else f"line:{self.line}"


def table(name, primary, fields, keys=(), constraints=None):
    pairs = [pair.split(":") for pair in fields.split()]
    return Table(name, primary, dict(pairs), {key.name: key for key in keys}, {}, constraints or {})


def schema():
    tables = [
        table("homes", ["urn"], "urn:integer title:string opened:date cap:integer rate:number"),
        table("people", ["pid"], "pid:string home:integer born:date n:integer x:number s:string b:boolean t:datetime u:datetime e:date "
              "kind:string", [Key("place", ["home"], "homes")],
              {"born": {"required": True}, "kind": {"enum": ["A", "B", "É"]}, "n": {"minimum": 0}}),
        table("visits", ["vid"], "vid:integer pid:string on:date end:date k:integer w:number c:string seen:boolean at:datetime",
              [Key("person", ["pid"], "people")], {"on": {"required": True}, "c": {"enum": ["A", "B", "É"]}}),
        table("plans", ["pid", "seq"], "pid:string seq:integer start:date stop:date big:integer note:string",
              [Key("person", ["pid"], "people")]),
        table("steps", ["sid"], "sid:string pid:string seq:integer done:date score:number txt:string ok:boolean",
              [Key("plan", ["pid", "seq"], "plans")], {"txt": {"required": True}}),
    ]
    return {one.name: one for one in tables}


DAYS = [date(2015, 10, 31), date(2015, 11, 1), date(2015, 12, 24), date(2015, 12, 25), date(2016, 1, 31), date(2016, 2, 28),
        date(2016, 2, 29), date(2016, 3, 24), date(2016, 3, 26), date(2016, 3, 27), date(2016, 3, 28), date(2016, 3, 31), date(2016, 4, 1),
        date(2016, 5, 31), date(2016, 10, 30), date(2016, 12, 31), date(2017, 2, 28), date(2017, 3, 1), date(2000, 2, 29),
        date(2012, 2, 29), date(1999, 12, 31)]
# The fields of `homes`, the only table with missing values besides the empty cell.
MISSING = ("title", "opened", "cap", "rate")
CLOCKS = ["00:00", "09:30:15", "01:59:59", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "12:15", "23:59"]
TEXTS = ["A", "B", "a", "É", "abc", "Abc ", " abc", "é", "e\u0301", "日本語", "😀x", "ß", "Straße", "x\u00a0", "12", "2016-01-31", "b.c",
         "",
         "O'Neil", 'say "hi"', "tab\there", "z" * 30,
         "ａ", "\u2003x\u3000", "ΑΒ", "ﬁ", "(not)", "a,b;c", "50%", "  "]
INTS = [0, 1, 2, 3, 4, 5, 7, 10, 12, 30, -1, -2, -7]
BIGS = [2**63 - 1, -2**63 + 1, 2**62, 2**53 + 1, 2**53, 3037000500, 0, 1, -1, 86400]
NUMBERS = [0.0, 0.5, 1.0, 2.0, 2.5, -1.25, 3.0, 7.75, 100.0, 0.1, 1e300, -1e300, 9007199254740992.0, 1e-7]
UNREADABLE = {"integer": ["q", "1.5", "12a"], "number": ["abc", "1,2,3", "1..2"], "boolean": ["maybe", "2"],
              "date": ["31/02/2016", "soon", "2015-02-29"], "datetime": ["later", "30/02/2016 10:00", "2016-01-01T25:00"]}
BOOLEANS = {True: ["true", "Yes", "1", "Y"], False: ["false", "No", "0", "N"]}


class Data:
    """The tables' rows, the calendar, code lists and parameters of one run."""

    def __init__(self, seed, definitions=None, most=60):
        self.random = random.Random(seed)
        self.definitions = definitions or schema()
        self.weekend = self.random.choice(WEEKENDS)
        # Without `covers` a calendar covers the years from its first to its last holiday (settled 29).
        self.covers = self.random.choice([COVERS, COVERS, None])
        self.calendar = Calendar(*(self.covers or (date(2015, 1, 1), date(2016, 12, 31))), HOLIDAYS, set(map(WEEK.index, self.weekend)))
        self.missing = set()      # (table, field): no such column in the file
        self.codes = {"kinds": ["A", "B", "É"]}
        self.parameters = {
            "year_start": Node("literal", [], date(2015, 4, 1), "date"), "most": Node("literal", [], 3, "integer"),
            "share": Node("literal", [], 0.25, "number"), "word": Node("literal", [], "É", "string"),
            "interval": Node("call", [Node("literal", [], 10, "integer")], "workingDays", "duration")}
        self.tables = {}
        self.indices = {}
        for definition in self.definitions.values():
            rows = self.random.choice([0, 1, 5, 12, 20, 30, 30, most])
            self.tables[definition.name] = [self.row(definition, line + 2) for line in range(self.random.randint(min(rows, 1), rows))]

    # Rows.

    def row(self, definition, line):
        cells = {name: self.cell(definition, name, kind) for name, kind in definition.fields.items()}
        raw = {name: text for name, (text, _) in cells.items()}
        return Row(definition, line, raw, {name: value for name, (_, value) in cells.items()})

    def cell(self, definition, name, kind):
        chance = self.random.random()
        if name in definition.primary or any(name in key.fields for key in definition.keys.values()):
            return self.identifier(name, kind, chance, name not in definition.primary)
        if chance < 0.14:
            return self.random.choice(["", "", "", "  " if kind != "string" else "", *(["N/A", "NULL"] if name in MISSING else [])]), None
        if chance < 0.20 and kind in UNREADABLE:
            return self.random.choice(UNREADABLE[kind]), None
        if name in ("c", "kind"):
            text = self.random.choice(["A", "B", "É", "A", "B", "e\u0301", "a"])
            return text, text
        text, value = self.typed(kind, name == "big")
        if text and kind != "string" and self.random.random() < 0.05:
            text = f" {text} "
        return text, value

    def identifier(self, name, kind, chance, may_be_unreadable):
        if chance < 0.06:
            return "", None
        if chance < 0.09 and may_be_unreadable and kind in UNREADABLE:
            return "q", None
        number = self.random.randint(1, 3 if name == "seq" else 14 if name in ("pid", "home", "urn") else 60)
        return (str(number), number) if kind == "integer" else (f"P{number}", f"P{number}")

    def typed(self, kind, big):
        choice = self.random.choice
        if kind == "string":
            text = choice(TEXTS)
            return text, text or None
        if kind == "integer":
            value = choice(BIGS) if big else choice(INTS)
            return str(value), value
        if kind == "number":
            value = choice(NUMBERS)
            return repr(value), value
        if kind == "boolean":
            value = choice([True, False])
            return choice(BOOLEANS[value]), value
        day = self.day()
        if kind == "date":
            return choice([day.strftime("%d/%m/%Y"), day.isoformat()]), day
        clock = choice(CLOCKS)
        value = datetime.combine(day, time.fromisoformat(clock))
        return choice([f"{day:%d/%m/%Y} {clock}", f"{day.isoformat()}T{clock}"]), value

    def day(self):
        day = self.random.choice(DAYS)
        return day + timedelta(days=self.random.choice([0, 0, 0, 1, -1, 7, -30, 365])) if self.random.random() < 0.7 else day

    def drop_column(self):
        """Takes one column out of the extracts, so that it is absent in every row."""
        name = self.random.choice(list(self.definitions))
        definition = self.definitions[name]
        kept = {*definition.primary, *definition.constraints, *(one for key in definition.keys.values() for one in key.fields)}
        dropped = self.random.choice([one for one in definition.fields if one not in kept])
        self.missing.add((name, dropped))
        for row in self.tables[name]:
            row.raw[dropped], row.values[dropped] = "", None

    # Relations. The parent is the first row with the key; the children belong to every row with it (settled 3).

    def key_of(self, row, names):
        values = tuple(row.values[name] for name in names)
        return None if None in values else values

    def index(self, name, fields):
        at = (name, tuple(fields))
        if at not in self.indices:
            rows = self.indices[at] = {}
            for row in self.tables[name]:
                rows.setdefault(self.key_of(row, fields), []).append(row)
        return self.indices[at]

    def parent(self, key, values):
        return self.index(key.table, self.definitions[key.table].primary).get(values, [None])[0]

    def by_key(self, name, value):
        return self.index(name, self.definitions[name].primary).get((value,), [None])[0]

    def children(self, record, name):
        key = next(key for key in self.definitions[name].keys.values() if key.table == record.table.name)
        values = self.key_of(record, record.table.primary)
        if values is None:
            # Which rows refer to a record without a key is unknown: the missing part of the key is to blame.
            return Absent((record, next(name for name in record.table.primary if record.values[name] is None)))
        return list(self.index(name, key.fields).get(values, []))

    # Faults of the rows themselves. Their `blocks` name the rules that cannot judge because of their fields.

    def faults(self):
        """(rule, row, field)"""
        for name, rows in self.tables.items():
            definition, seen = self.definitions[name], set()
            for row in rows:
                values = self.key_of(row, definition.primary)
                if values is None or values in seen:
                    yield f"{name}.key", row, "|".join(definition.primary)
                seen.add(values)
                for key in definition.keys.values():
                    mine = self.key_of(row, key.fields)
                    if mine and not self.parent(key, mine):
                        yield f"{name}.{key.field}.reference", row, key.field
                for one, kind in definition.fields.items():
                    yield from ((f"{name}.{one}.{fault}", row, one) for fault in self.faults_of(definition, row, one, kind))

    def faults_of(self, definition, row, name, kind):
        value, constraints = row.values[name], definition.constraints.get(name, {})
        text = row.text(name)
        if text and value is None:
            yield "type"
        if constraints.get("required") and not text:
            yield "required"
        if "enum" in constraints and text and value not in constraints["enum"]:
            yield "enum"
        if "minimum" in constraints and value is not None and value < constraints["minimum"]:
            yield "minimum"

    # What the program reads.

    def documents(self, text_of):
        for definition in self.definitions.values():
            yield self.definition(definition, text_of)
        yield {"codes": "kinds", "values": {code: code for code in self.codes["kinds"]}}
        covers = {"covers": {"from": str(self.covers[0]), "to": str(self.covers[1])}} if self.covers else {}
        yield {"calendar": "ew", "weekend": self.weekend, **covers, "holidays": list(map(str, HOLIDAYS))}
        yield {"parameters": {name: text_of(value) for name, value in self.parameters.items()}}

    def definition(self, definition, text_of):
        fields = []
        for name, kind in definition.fields.items():
            one, constraints = {"name": name, "type": kind}, dict(definition.constraints.get(name, {}))
            if constraints.pop("enum", None):
                one["codes"] = "kinds"
            fields.append({**one, **({"constraints": constraints} if constraints else {})})
        keys = [{"fields": key.fields, "reference": {"table": key.table, "fields": self.definitions[key.table].primary}, "as": key.name}
                for key in definition.keys.values()]
        derived = [{"name": name, "type": kind, "value": text_of(value)} for name, (value, kind) in definition.derived.items()]
        missing = {"missingValues": ["", "NULL", "N/A"]} if definition.name == "homes" else {}
        return {"table": definition.name, **missing, "files": [f"{definition.name}.csv"], "mayBeEmpty": True,
                "primaryKey": definition.primary, "fields": fields, "foreignKeys": keys, "derived": derived}

    def rows_to_write(self, name):
        fields = [one for one in self.definitions[name].fields if (name, one) not in self.missing]
        return [fields] + [[row.raw[one] for one in fields] for row in self.tables[name]]

    @staticmethod
    def yaml(documents):
        return "\n---\n".join(json.dumps(document, ensure_ascii=False) for document in documents) + "\n"
