"""A random world for checking rule kinds: tables with every constraint, rows dense around the edges, files, rules of all four kinds."""

import calendar as months_of
import collections
import csv
import io
from datetime import date, datetime, time, timedelta

import yaml

from kinds_expressions import (AS_OF, LONDON, THIS, Expression, WorkCalendar, all_rows, choice, coalesce, compare, date_of, derived, down,
                               duration, duration_of,
                               every, exists, extreme, first, given, has, in_codes, is_clock, junction, kept, literal, lookup, mapped,
                               member, moment_after, named,
                               negated, own, plus, same_row, size, strict, up, words)
from kinds_oracle import Row, World, typed

COVERS = date(2015, 1, 1), date(2017, 12, 31)
# The leap day, the change to summer time, Easter, the change to winter time, Christmas, both ends of the calendar, ends of months.
AS_OF_DAYS = [date(2016, 2, 29), date(2016, 3, 29), date(2016, 10, 31), date(2016, 12, 28), date(2017, 12, 20), date(2015, 1, 20),
              date(2016, 3, 31), date(2017, 2, 28), date(2017, 3, 1), date(2016, 6, 15), date(2016, 4, 1), date(2017, 5, 31),
              date(2018, 1, 5), date(2014, 12, 30)]
HOLIDAYS = [date(2015, 4, 3), date(2015, 4, 6), date(2015, 12, 25), date(2015, 12, 28), date(2016, 1, 1), date(2016, 3, 25),
            date(2016, 3, 28), date(2016, 5, 2), date(2016, 12, 26), date(2016, 12, 27), date(2017, 1, 2), date(2017, 4, 14),
            date(2017, 5, 29)]
EDGES = [date(2016, 2, 29), date(2016, 2, 28), date(2016, 3, 1), date(2016, 3, 27), date(2016, 3, 26), date(2016, 10, 30),
         date(2016, 10, 29),
         date(2015, 12, 31), date(2016, 1, 31), date(2016, 8, 31), date(2015, 1, 1), date(2014, 12, 31), date(2014, 12, 20),
         date(2015, 1, 2),
         date(2017, 12, 31), date(2018, 1, 1), date(2017, 12, 29), *HOLIDAYS]
CLOCK_CHANGES = [date(2016, 3, 26), date(2016, 3, 27), date(2016, 10, 29), date(2016, 10, 30), date(2015, 10, 25), date(2017, 3, 26)]
# Clock times that are skipped, that occur twice, and that come just before or a day before.
CLOCK_MOMENTS = [datetime(2016, 3, 27, 1, 30), datetime(2016, 3, 27, 0, 30), datetime(2016, 10, 30, 1, 30), datetime(2016, 10, 30, 1, 0),
                 datetime(2016, 10, 30, 0, 30), datetime(2015, 10, 25, 1, 15), datetime(2015, 10, 24, 1, 30)]
TIMES = [time(0, 30), time(1, 0), time(1, 30), time(2, 30), time(9, 15), time(11, 30), time(23, 59), time(0, 0)]
GAPS = [-3, -1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 27, 28, 29, 30, 31, 32, 42, 60]
LENGTHS = [(5, "working days"), (0, "working days"), (0, "days"), (10, "working days"), (1, "working days"), (7, "days"), (14, "days"),
           (1, "days"), (2, "weeks"), (4, "weeks"),
           (1, "months"), (2, "months"), (1, "years"), (24, "hours"), (72, "hours"), (30, "hours"), (1, "hours")]
DATE_LENGTHS = [length for length in LENGTHS if length[1] != "hours"]
SHORT = [(2, "working days"), (5, "working days"), (3, "days"), (7, "days"), (1, "weeks"), (1, "months")]
WORDS = {"date": ["soon", "31/02/2016", "04/01/16", "2016/01/04", "42370"], "datetime": ["noon", "04/01/2016 25:00", "30/02/2016"],
         "integer": ["12.5", "few", "1,234"], "number": ["1,234.50", "much"], "boolean": ["maybe", "yes please"]}


class Tables:
    """The tables of a round."""

    def __init__(self, dice):
        self.dice = dice
        self.missing = dice.choice([["", "NULL", "N/A"], ["", "n/k"]])
        self.codes = {"kinds": {"A": "a kind", "B": "b kind"}, "dated": {}}
        some = self.some
        self.people = self.table("people", ["person_id"], "person_id", [
            ("person_id", "string", some(required=True, maxLength=6)),
            ("ref", "string", some(unique=True, pattern="[A-Z][0-9]{2}", minLength=3)),
            ("born_on", "date", some(minimum=date(1990, 1, 1))), ("started_on", "date", some(required=True, minimum=date(2015, 1, 1))),
            ("ended_on", "date", some(maximum="asOf")), ("opened_at", "datetime", some(maximum="asOf")), ("kind", "string", "kinds"),
            ("score", "integer", some(required=True, minimum=0, maximum=9)), ("permanent", "boolean", some(required=True)),
            ("team", "string", some(required=True)), ("worker", "string", some(minLength=2, maxLength=5))], [])
        self.visits = self.table("visits", ["visit_id"], "person_id", [
            ("visit_id", "string", some(required=True, unique=True)), ("person_id", "string", some(required=True)),
            ("seen_on", "date", some(required=True, maximum="asOf")), ("recorded_at", "datetime", some(required=True, maximum="asOf")),
            ("planned_at", "datetime", some(minimum=date(2015, 1, 1))), ("seen", "boolean", some(required=True)),
            ("kind", "string", some(enum=["A", "B", "b"])), ("minutes", "integer", some(minimum=0, maximum=60)),
            ("area", "string", {}), ("number", "string", {}), ("worker", "string", some(maxLength=4)),
            ("notes", "string", some(maxLength=12))],
            [(["person_id"], "people", "person"), (["area", "number"], "homes", "home")])
        number = dice.choice([("string", some(pattern="[0-9]", required=True)), ("integer", some(maximum=7, required=True))])
        self.plans = self.table("plans", ["person_id", "plan_no"], "person_id", [
            ("person_id", "string", some(required=True)), ("plan_no", *number),
            ("started_on", "date", some(required=True, maximum="asOf", minimum=date(2015, 1, 1))), ("due_on", "date", some(unique=True)),
            ("done_on", "date", some(maximum="asOf", minimum=date(2015, 6, 1))), ("agreed_at", "datetime", some(required=True)),
            ("status", "string", "dated"), ("rate", "number", some(minimum=0.5, maximum=7.5)), ("permanent", "boolean", {}),
            ("team", "string", {})],
            [(["person_id"], "people", "person")])
        self.homes = self.table("homes", ["area", "number"], "area", [
            ("area", "string", some(required=True, enum=["N", "S"])), ("number", "string", some(required=True)),
            ("capacity", "integer", some(required=True, minimum=1)), ("opened_on", "date", some(maximum="asOf")), ("team", "string", {})],
            [])
        seen_on = mapped(down(THIS, "visits"), "v", member(named("v"), "seen_on"))
        self.people["derived"] = {"last_seen": extreme(seen_on, "max"), "ended": coalesce(own("ended_on"), own("started_on"))}
        self.plans["derived"] = {"agreed_on": date_of(own("agreed_at"))}
        self.calls = self.table("calls", [], None, [
            ("person_id", "string", {}), ("plan_no", *number), ("called_on", "date", some(required=True)),
            ("answered_at", "datetime", some(maximum="asOf")), ("answered", "boolean", {})], [(["person_id", "plan_no"], "plans", "plan")])
        self.owners()
        self.all = [self.people, self.visits, self.plans, self.homes, self.calls]

    def some(self, **limits):
        return {name: limit for name, limit in limits.items() if self.dice.random() < 0.75}

    def table(self, name, key, person, columns, links):
        fields = []
        for column, kind, limits in columns:
            entry = {"name": column}
            if kind != "string":
                entry["type"] = kind
            if isinstance(limits, str):
                entry["codes"] = limits
            elif limits:
                entry["constraints"] = limits
            self.formats(entry, kind)
            fields.append(entry)
        return {"table": name, "primaryKey": key, "person": person, "fields": fields, "missingValues": self.missing, "pack": "",
                "foreignKeys": [{"fields": own_fields, "to": to, "as": called} for own_fields, to, called in links]}

    def formats(self, entry, kind):
        if kind == "date" and self.dice.random() < 0.5:
            entry["format"] = self.dice.choice([["%Y-%m-%d", "%d/%m/%Y"], ["%d/%m/%Y"], ["%d-%m-%Y", "%Y-%m-%d"]])
        elif kind == "datetime":
            entry["format"] = self.dice.choice([["%d/%m/%Y %H:%M", "%d/%m/%Y"], ["%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"]])

    def owners(self):
        dice, team = self.dice, own("team")
        self.people["owner"] = {"team": team, "worker": own("worker")}
        through = member(up("person"), "team")
        self.visits["owner"] = {"team": through, "worker": dice.choice([own("worker"),
                                                                        coalesce(own("worker"), member(up("person"), "worker"))])}
        self.plans["owner"] = dice.choice([{"team": coalesce(team, through)}, {"team": through, "worker": member(up("person"), "worker")}])
        self.calls["owner"] = dice.choice([{}, {"team": member(up("person", up("plan")), "team"), "worker": member(up("plan"), "team")}])
        self.homes["owner"] = dice.choice([{"team": team}, {}])
        if dice.random() < 0.5:
            del self.homes["person"]
        if dice.random() < 0.5:
            self.homes["pack"] = "housing"


class Cells:
    """Makes the texts of rows."""

    def __init__(self, dice, as_of, tables):
        self.dice, self.as_of, self.tables = dice, as_of, tables

    def day(self):
        dice, at = self.dice, self.as_of
        draw = dice.random()
        if draw < 0.60:
            return at - timedelta(days=dice.randint(0, 45))
        if draw < 0.68:
            return at + timedelta(days=dice.randint(1, 10))
        if draw < 0.78:
            return dice.choice(EDGES)
        if draw < 0.81:
            return dice.choice(CLOCK_CHANGES)
        if draw < 0.84:
            year, month = dice.choice([2015, 2016, 2017]), dice.randint(1, 12)
            return date(year, month, months_of.monthrange(year, month)[1])
        return at - timedelta(days=dice.randint(0, 420))

    def later(self, day):
        return (day or self.day()) + timedelta(days=self.dice.choice(GAPS))

    def faulty(self, kind, text, holds=0.88):
        """The text, or now and then a missing value or one that cannot be read."""
        draw = self.dice.random()
        if draw < holds:
            return text
        bad = WORDS.get(kind)
        return self.dice.choice(bad) if bad and draw > 0.96 else self.dice.choice(self.tables.missing)

    def date(self, column, day):
        form = self.dice.choice(column.get("format") or ["%d/%m/%Y", "%Y-%m-%d"])
        text = day.strftime(form)
        if form == "%d/%m/%Y" and self.dice.random() < 0.15:
            text = f"{day.day}/{day.month}/{day.year}"        # settled 36
        return f" {text} " if self.dice.random() < 0.05 else text     # settled 30

    def moment(self, column, day):
        form = self.dice.choice(column["format"])
        moment = datetime.combine(day, self.dice.choice(TIMES))
        return (moment + timedelta(seconds=self.dice.choice([0, 40]))).strftime(form)

    def near(self, texts, table):
        """Now and then plans a record some hours after it was made, to the minute, or makes it when the clocks change."""
        columns = {column["name"]: column for column in table["fields"]}
        if "planned_at" not in columns or self.dice.random() > 0.4:
            return
        forms = columns["planned_at"]["format"][:-1]
        if self.dice.random() < 0.3:
            texts["recorded_at"] = self.dice.choice(CLOCK_MOMENTS).strftime(columns["recorded_at"]["format"][0])
        start = typed(texts["recorded_at"], columns["recorded_at"])
        if is_clock(start):
            due = moment_after(start, self.dice.choice([1, 24, 30, 72])).astimezone(LONDON).replace(tzinfo=None)
            due += timedelta(minutes=self.dice.choice([-1, 0, 0, 1, 30, 59]))
            texts["planned_at"] = due.strftime(self.dice.choice(forms))

    def row(self, table, make):
        texts = {}
        for column in table["fields"]:
            kind = column.get("type", "string")
            text = make[column["name"]](column)
            texts[column["name"]] = self.faulty(kind, text, 0.97 if column["name"] in table["primaryKey"] else 0.88)
        self.near(texts, table)
        return texts

    def rows(self, people, visits, plans, homes):
        pick, integer = self.dice.choice, self.dice.randint
        ids = [f"P{number}" for number in range(people)]
        teams = ["North", "South", "East", "=SUM(1)", "(no team)", "(all)", "north"]

        def visit(c):
            return pick(["=V", "-V", "+", "-", "@V", *["V"] * 30]) + str(integer(0, visits * 6))

        def flag(c):
            return pick(["true", "Y", "1", "No", "FALSE", "0"])

        def dates(*names):
            """Dates that are near to each other."""
            makers, last = {}, [None]
            for name in names:
                def make(column, name=name):
                    last[0] = self.day() if name == names[0] else self.later(last[0])
                    return (self.moment if column.get("type") == "datetime" else self.date)(column, last[0])
                makers[name] = make
            return makers

        def of(table, count, make):
            return [self.row(table, make) for _ in range(count)]
        person = {"person_id": lambda c: pick([*ids, *ids, *ids, *["P0"] * 14, "P999", "P1 "])}
        home = {"area": lambda c: pick("NNSX"), "number": lambda c: str(integer(1, 4))}
        worker = {"worker": lambda c: pick(["Ash", "Birch", "Cy", "@elm", "D", "O'Neil, \"Bo\""])}
        team = {"team": lambda c: pick([*teams[:3], *teams])}
        numbers = iter(range(10 ** 6))
        made = {
            "people": of(self.tables.people, people, {
                "person_id": lambda c: pick(ids) if self.dice.random() < 0.1 else ids[next(numbers) % people],
                "ref": lambda c: pick([f"A{integer(10, 99)}", f"B{integer(10, 99)}", "C1", "c11", " D11"]),
                "born_on": lambda c: self.date(c, pick([date(1985, 2, 28), date(2000, 2, 29), date(2004, 2, 29), date(2008, 2, 29)])),
                **dates("started_on", "ended_on", "opened_at"), "kind": lambda c: pick(["A", "A", "B", "b", "C "]),
                "score": lambda c: pick([" 3 ", "12", "-5"]) if self.dice.random() < 0.2 else str(integer(0, 9)), "permanent": flag,
                **team, **worker}),
            "visits": of(self.tables.visits, visits, {
                "visit_id": visit, **person, **dates("seen_on", "recorded_at", "planned_at"), "seen": flag,
                "kind": lambda c: pick("AAAbBc"), "minutes": lambda c: str(integer(-1, 62)), **home, **worker,
                "notes": lambda c: pick(["one", "two\nlines", 'a "quoted" note', "much too long a note", "é" * 12])}),
            "plans": of(self.tables.plans, plans, {
                **person, "plan_no": lambda c: pick(["1", "2", "3", "4", "5", "6", "7", "8", "x", "01", "02", " 3 "]),
                **dates("started_on", "due_on", "done_on", "agreed_at"),
                "status": lambda c: pick(["NEW", "OLD", "NOW", "LATE"]),
                "rate": lambda c: pick(["0.5", "2.25", "7.5", "8", "-1.5", "0.1", "0.2", "1.10", "0.3"]),
                "permanent": flag, **team}),
            "calls": of(self.tables.calls, plans, {
                **person, "plan_no": lambda c: pick(["1", "2", "3", "4", "5", "6", "7", "8", "x", "01", "02", " 3 "]),
                **dates("called_on", "answered_at"), "answered": flag}),
            "homes": of(self.tables.homes, homes, {**home, "capacity": lambda c: str(integer(0, 4)), **dates("opened_on"), **team})}
        self.beside(made["people"], made["visits"])
        return made

    def beside(self, people, visits):
        """Now and then puts a visit within an hour of the time at which its child's record was opened."""
        opened, recorded = ({column["name"]: column for column in table["fields"]}[name] for table, name in (
            (self.tables.people, "opened_at"), (self.tables.visits, "recorded_at")))
        for texts in visits:
            person = self.dice.choice(people)
            moment = typed(person["opened_at"], opened)
            if is_clock(moment) and self.dice.random() < 0.2:
                moment += timedelta(hours=self.dice.choice([-1, 0, 1]))
                texts["person_id"], texts["recorded_at"] = person["person_id"], moment.strftime(recorded["format"][0])


# Files


class Files:
    """Writes the rows of a table to several files, and notes what must be read: rows with file and line, and rejected records."""

    def __init__(self, dice, world, folder, incomplete):
        self.dice, self.world, self.folder = dice, world, folder
        self.incomplete = incomplete      # whether one file is to lack a required heading
        self.counts = {}

    def write(self, table, rows):
        name = table["table"]
        names = self.dice.choice([[f"{name}.csv"], [f"{name}_B.csv", f"{name}_a.csv"],
                                  [f"{name}_a.csv", f"{name}_b.csv", f"zz/{name}_z.csv"]])
        cuts = sorted(self.dice.sample(range(1, len(rows)), len(names) - 1))
        for at, (file, start, end) in enumerate(zip(names, [0, *cuts], [*cuts, len(rows)])):
            self.write_file(table, file, rows[start:end], self.columns(table, file, whole=at == 0))

    def columns(self, table, file, whole):
        """The columns of a file in any order, perhaps with one that no field names, perhaps without one that is not required.

        The first file is whole, since rules that read what no file has are not judged at all.
        """
        names = [column["name"] for column in table["fields"]]
        self.dice.shuffle(names)
        optional = [column["name"] for column in table["fields"]
                    if not column.get("constraints", {}).get("required") and column["name"] not in [*table["primaryKey"], "person_id",
                                                                                                    "plan_no"]]
        if not whole and self.dice.random() < 0.6:
            names.remove(self.dice.choice(optional))
        needed = [column["name"] for column in table["fields"]
                  if column.get("constraints", {}).get("required") and column["name"] not in table["primaryKey"]]
        if self.incomplete and not whole and needed and not self.world.headings_lacking:
            self.world.headings_lacking.append((table["table"], file, self.dice.choice(needed)))
            names.remove(self.world.headings_lacking[0][2])
        if self.dice.random() < 0.3:
            names.insert(self.dice.randint(0, len(names)), "Unknown column")
        return names

    def heading(self, name):
        return self.dice.choice([name, name.upper(), name.replace("_", " ").title()])

    def write_file(self, table, file, rows, columns):
        out = Lines()
        out.record([self.heading(name) for name in columns])
        read = rejected = 0
        for at, texts in enumerate(rows):
            if self.dice.random() < 0.03:
                out.blank()      # settled 31: blank lines are no rows
            cells = [texts.get(name, "x") for name in columns]
            read += 1
            if at < len(rows) - 1 and self.dice.random() < 0.03:
                rejected += 1
                self.world.rejected.append((table["table"], file, out.record(cells[:-2] if self.dice.random() < 0.5 else [*cells, ""])))
            else:
                line = out.record(cells)
                self.world.rows[table["table"]].append(Row(self.world, table, {name: texts[name] for name in columns if name in texts},
                                                           file, line))
        self.counts[file] = (read, read - rejected, rejected)
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(out.text(), encoding="utf-8", newline="")


class Lines:
    def __init__(self):
        self.parts, self.line = [], 1

    def record(self, cells):
        """Adds a record; returns the physical line on which it starts."""
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(cells)
        start = self.line
        self.add(buffer.getvalue())
        return start

    def blank(self):
        self.add("\n")

    def add(self, text):
        self.parts.append(text)
        self.line += text.count("\n")

    def text(self):
        return "".join(self.parts)


# Rules


class Rules:
    """Makes random rules, by putting parts together at random."""

    def __init__(self, dice, world):
        self.dice, self.world, self.number = dice, world, 0
        self.dates = {"people": ["started_on", "ended_on", "born_on"], "visits": ["seen_on"], "plans": ["started_on", "due_on", "done_on"],
                      "homes": ["opened_on"], "calls": ["called_on"]}
        self.clocks = {"people": ["opened_at"], "visits": ["recorded_at", "planned_at"], "plans": ["agreed_at"], "homes": [],
                       "calls": ["answered_at"]}

    def chance(self, share):
        return self.dice.random() < share

    def atoms(self, table):
        day, pick = self.day, self.dice.choice
        common = [lambda: compare(day(table), pick(["<", "<=", ">=", "!="]), AS_OF), lambda: has(day(table)), lambda: given(day(table)),
                  lambda: compare(plus(day(table), self.length(SHORT)), pick(["<", ">="]), pick([AS_OF, day(table)])),
                  lambda: compare(day(table), pick(["<", "<=", ">", "=="]), day(table))]
        v, visits, person = named("v"), "visits", up("person")
        seen, seen_on = member(v, "seen"), member(v, "seen_on")
        through = [lambda: compare(member(person, "started_on"), "<=", day(table)),
                   lambda: compare(member(person, "score"), ">", literal(3)),
                   lambda: exists(down(person, visits), "v", seen), lambda: every(down(person, visits), "v", seen),
                   lambda: every(down(person, visits), "v", compare(member(v, "visit_id"), "!=", literal("V1"))),
                   lambda: compare(member(lookup("people", own("person_id")), "score"), ">=", literal(2)),
                   lambda: compare(size(down(person, "plans")), "<", literal(4)), lambda: member(person, "permanent")]
        special = {
            "people": [lambda: compare(own("score"), pick(["<", ">="]), literal(5)), lambda: own("permanent"),
                       lambda: in_codes(own("kind"), "kinds"),
                       lambda: compare(size(down(THIS, visits)), ">", literal(2)), lambda: every(down(THIS, visits), "v", seen),
                       lambda: exists(down(THIS, visits), "v", compare(seen_on, ">=", own("started_on"))),
                       lambda: compare(coalesce(own("score"), literal(0)), "<", literal(5)),
                       lambda: compare(member(first(down(THIS, visits)), "seen_on"), ">=", own("started_on")),
                       lambda: compare(own("kind"), "==", literal("A"))],
            "visits": [*through, lambda: own("seen"), lambda: compare(own("recorded_at"), ">=", own("seen_on")),
                       lambda: given(own("recorded_at")),
                       lambda: compare(date_of(own("planned_at")), "<", own("seen_on")),
                       lambda: compare(member(up("home"), "capacity"), ">", literal(1)),
                       lambda: compare(own("minutes"), "<=", literal(30)), lambda: compare(own("recorded_at"), "<", own("planned_at"))],
            "plans": [*through, lambda: own("permanent"), lambda: compare(own("rate"), ">", literal(2.25)),
                      lambda: in_codes(own("status"), "dated"),
                      lambda: has(own("agreed_at"))],
            "calls": [lambda: own("answered"), lambda: compare(member(up("plan"), "rate"), ">", literal(2.25)),
                      lambda: member(up("plan"), "permanent"),
                      lambda: compare(member(up("person", up("plan")), "score"), ">", literal(3)), lambda: given(own("answered_at")),
                      lambda: compare(member(up("person", up("plan")), "started_on"), "<", own("called_on"))],
            "homes": [lambda: compare(own("capacity"), ">=", literal(2)), lambda: exists(down(THIS, visits), "v", seen)]}
        named_parts = self.world.table(table).get("derived", {})
        worked_out = [lambda: compare(derived(*pick(sorted(named_parts.items(), key=lambda pair: pair[0]))), pick(["<", ">="]),
                                      day(table))] if named_parts else []
        return common + special[table] * 2 + worked_out

    def day(self, table):
        return own(self.dice.choice(self.dates[table]))

    def condition(self, table):
        atom = self.dice.choice(self.atoms(table))()
        draw = self.dice.random()
        if draw < 0.55:
            return atom
        if draw < 0.7:
            return negated(atom)
        return junction(atom, self.dice.choice(["&&", "||"]), self.dice.choice(self.atoms(table))())

    def length(self, lengths):
        return duration(*self.dice.choice(lengths))

    def any_length(self, table, lengths):
        count, unit = self.dice.choice(lengths)
        forms = [words(count, unit), words(count, unit), duration(count, unit)]
        if table in ("people", "plans"):
            forms.append(choice(own("permanent"), duration(count, unit), self.length(lengths)))
        if table == "people":
            forms.append(duration_of(own("score"), "days"))
        name = self.dice.choice(sorted(self.world.parameters))
        forms.append(Expression(name, lambda s: self.world.parameters[name]))
        return self.dice.choice(forms)

    def rule(self):
        kind = self.dice.choice(["check", "check", "deadline", "deadline", "deadline", "repeat", "repeat", "limit"])
        tables = {"check": ["people", "visits", "visits", "plans", "homes", "calls"],
                  "deadline": ["people", "visits", "visits", "plans", "calls"],
                  "repeat": ["people", "people", "plans"], "limit": ["people", "visits", "plans", "homes", "calls"]}
        table = self.dice.choice(tables[kind])
        self.number += 1
        rule = {"rule": f"{kind}-{self.number}", "kind": kind, "for": table, "severity": self.dice.choice(["error", "error", "warning"]),
                "pack": self.dice.choice(["", "first", "second"])}
        default = "correction" if kind == "check" else "drift"
        rule["listed as"] = self.dice.choice([None, None, "drift", "correction", "none"])
        rule["list"] = rule["listed as"] or default
        if self.chance(0.45):
            rule["when"] = self.condition(table)
        if self.chance(0.25):
            rule["active"] = self.active()
        if self.chance(0.3):
            rule["owner"] = self.owner(table)
        if self.chance(0.5):
            rule["target"] = self.target()
        getattr(self, kind)(rule, table)
        return rule

    def active(self):
        start = self.world.as_of - timedelta(days=self.dice.choice([0, 10, 20, 30, -1]))
        return start, self.dice.choice([None, None, self.world.as_of, start + timedelta(days=15)])

    def owner(self, table):
        part = self.dice.choice(["team", "worker", None, None])
        team = literal("Own") if table == "homes" else self.dice.choice([literal("Own"),
                                                                         own({"visits": "kind", "calls": "plan_no"}.get(table, "team"))])
        worker = self.dice.choice([literal("Yew"), own("person_id") if table != "homes" else own("number")])
        return {name: value for name, value in (("team", team), ("worker", worker)) if part in (None, name)}

    def target(self):
        pick = self.dice.choice
        side, figure = pick(["atLeast", "atMost"]), pick(["50", "60", "12.5", "33.3", "100", "0", "75"])
        sign = -1 if side == "atLeast" else 1
        target = {"side": side, "figure": figure, "of": pick(["met", "broken"])}
        if self.chance(0.6):
            steps = {self.world.as_of + timedelta(days=days): pick(["40", "50", "55.5", "66"])
                     for days in self.dice.sample([-400, -1, 0, 1, 30], 2)}
            target["steps"] = steps
        if self.chance(0.6):
            figures = [float(figure), *map(float, target.get("steps", {}).values())]
            edge = min(figures) if side == "atLeast" else max(figures)
            target["amberFrom"] = min(max(edge + sign * pick([5, 20]), 0), 100)
        return target

    def check(self, rule, table):
        v = named("v")
        rule["check"] = self.condition(table)
        names = [column["name"] for column in self.world.table(table)["fields"]]
        if self.chance(0.4):
            rule["field"] = self.dice.choice(names)
        if table == "visits" and self.chance(0.4):
            twins = kept(down(up("person"), "visits"), "v", compare(member(v, "seen_on"), "==", own("seen_on")))
            others = junction(same_row(v, "!=", THIS), "&&", compare(member(v, "seen_on"), "==", own("seen_on")))
            rule["check"], rule["marks"] = negated(exists(down(up("person"), "visits"), "v", others)), twins
            rule["field"] = self.dice.choice(names)
        elif table != "people" and table != "homes" and self.chance(0.2):
            parent = up("plan") if table == "calls" else up("person")
            rule["marks"] = self.dice.choice([parent, kept(down(parent, table), "v", compare(member(v, "person_id"), "==", literal("P3")))])
        elif table == "people" and self.chance(0.3):
            everyone = kept(all_rows("people"), "p", compare(member(named("p"), "ref"), "==", own("ref")))
            rule["check"], rule["marks"], rule["field"] = compare(size(everyone), "<", literal(2)), everyone, "ref"

    def ends(self, table):
        """The expressions that can say when something was done."""
        v = named("v")
        plain = [own(name) for name in self.dates[table] if name != "born_on"] + [own(name, clock=True) for name in self.clocks[table]]
        if table == "people":
            seen_on = mapped(down(THIS, "visits"), "v", member(v, "seen_on"))
            done = kept(down(THIS, "visits"), "v", member(v, "seen"))
            plain += [extreme(seen_on, "min"), extreme(mapped(done, "v", member(v, "seen_on")), "max"),
                      coalesce(own("ended_on"), own("started_on"))]
        plain += [derived(name, part) for name, part in self.world.table(table).get("derived", {}).items()]
        if table == "visits":
            plain.append(member(up("person"), "ended_on"))
        elif table == "calls":
            plain += [member(up("plan"), "done_on"), member(up("person", up("plan")), "ended_on"),
                      member(up("plan"), "agreed_at", clock=True)]
        return plain

    def deadline(self, rule, table):
        pick = self.dice.choice
        starts = self.ends(table)[:5] + ([member(up("person"), "started_on")] if table in ("visits", "plans") else [])
        if self.chance(0.2):
            clocks = [plus(own(name, clock=True), duration(pick([1, 24, 30]), "hours")) for name in self.clocks[table]]
            rule["due"] = pick([*starts, plus(self.day(table), self.length(SHORT)), *clocks * 2])
        else:
            rule["from"], rule["within"] = pick(starts), self.any_length(table, LENGTHS)
            if table == "visits" and self.chance(0.4):
                rule["from"], rule["within"] = own("recorded_at",
                                                   clock=True), words(*pick([(24, "hours"), (72, "hours"), (30, "hours"), (1, "hours")]))
        if self.chance(0.9):
            rule["to"] = pick(self.ends(table))
            if "within" in rule and rule["within"].text.endswith("hours") and table == "visits":
                rule["to"] = own("planned_at", clock=True)
        self.timing(rule, table)

    def timing(self, rule, table):
        if self.chance(0.6):
            rule["dueSoon"] = self.dice.choice([words, duration])(*self.dice.choice(SHORT))
        if self.chance(0.35):
            rule["lookBack"] = words(*self.dice.choice([(12, "months"), (1, "months"), (2, "weeks"), (10, "days"), (10, "working days"),
                                                        (1, "years")]))

    def repeat(self, rule, table):
        pick, v = self.dice.choice, named("v")
        rule["from"] = pick([own("started_on"), own("started_on"), own("ended_on") if table == "people" else own("due_on"),
                             *[own(self.clocks[table][0], clock=True)] * 3])
        rows = down(THIS if table == "people" else up("person"), "visits")
        if self.chance(0.4):
            rows = kept(rows, "v", pick([member(v, "seen"), compare(member(v, "kind"), "==", literal("A"))]))
        rule["events"] = mapped(rows, "v", member(v, pick(["seen_on", "recorded_at"])))
        rule["every"] = self.any_length(table, DATE_LENGTHS + [(48, "hours"), (30, "hours")])
        if self.chance(0.4):
            rule["first"] = words(*pick(DATE_LENGTHS))
        if self.chance(0.7):
            ended = derived("ended", self.world.table("people")["derived"]["ended"])
            ends = {"people": [own("ended_on"), own("ended_on"), own("opened_at", clock=True), ended,
                               coalesce(own("ended_on"), own("started_on"))],
                    "plans": [own("done_on"), own("done_on"), member(up("person"), "ended_on"), own("agreed_at", clock=True)]}
            rule["until"] = pick(ends[table])
        self.timing(rule, table)

    def nearly(self, rows):
        """A rule that all rows but one meet, and one that a single row meets: 99.97 % is never shown as 100 (product.md)."""
        counted = collections.Counter(row.values.get("visit_id") for row in rows)
        one = next(name for name, count in counted.items() if name and count == 1)
        base = {"kind": "check", "for": "visits", "severity": "error", "pack": "", "listed as": "none", "list": "none"}
        return [{**base, "rule": f"nearly-{name}", "check": compare(own("visit_id"), sign, literal(one)),
                 "target": {"side": "atLeast", "figure": "100", "of": "met", "amberFrom": 0}} for name,
                 sign in (("all", "!="), ("none", "=="))]

    def limit(self, rule, table):
        pick = self.dice.choice
        groups = {"people": ["kind", "team", "worker", "started_on"], "visits": ["worker", "person_id", "seen_on", "seen"],
                  "plans": ["status", "due_on", "team"], "homes": ["team", "area"], "calls": ["plan_no", "called_on", "answered"]}
        if self.chance(0.75):
            rule["per"] = pick([own(name) for name in groups[table]]
                               + ([member(up("person"), "team")] if table in ("visits", "plans") else [])
                               + ([member(up("person", up("plan")), "team")] if table == "calls" else []))
        elif self.chance(0.3):
            rule["when"] = compare(self.day(table), ">", literal(date(2030, 1, 1)))
        number, group = {"people": "score", "visits": "minutes", "plans": "rate", "homes": "capacity"}.get(table), groups[table][0]
        values = {"count()": len, f"countDistinct({group})": lambda rows: len(set(there(rows, group))),
                  f"count() - 2 * count(!has({group}))": lambda rows: len(rows) - 2 * (len(rows) - len(there(rows, group)))}
        values[f"100.0 * count(!has({group})) / count()"] = lambda rows: share_without(rows, group)
        if number:
            values[f"sum({number})"] = lambda rows: sum(there(rows, number))
            values[f"count(has({number}))"] = lambda rows: len(there(rows, number))
        if number and rule.get("per"):
            rule["value text"] = pick(["", f"max({number})"])
            values[f"max({number})"] = lambda rows: max(there(rows, number), default=None)
        rule["value text"] = rule.get("value text") or pick(sorted(values))
        rule["value"] = values[rule["value text"]]
        rule["bound"] = pick(["atMost", "atLeast"]), pick([0, 1, 2, 3, 5, 10, 20])


def share_without(rows, name):
    return 100.0 * (len(rows) - len(there(rows, name))) / len(rows) if rows else None


def there(rows, name):
    """The values that are there: sum, max and countDistinct leave absent ones out (settled 9)."""
    return [row.values[name] for row in rows if name in row.values]


# As YAML


def table_yaml(table, files):
    fields = [{name: part for name, part in column.items()} for column in table["fields"]]
    links = [{"fields": link["fields"], "reference": {"table": link["to"], "fields": link["fields"]}, "as": link["as"]}
             for link in table["foreignKeys"]]
    found = {"table": table["table"], "files": files, "missingValues": table["missingValues"], "fields": fields}
    if table["primaryKey"]:
        found["primaryKey"] = table["primaryKey"]
    if table["owner"]:
        found["owner"] = {part: owner.text for part, owner in table["owner"].items()}
    if table.get("person"):
        found["person"] = table["person"]
    if table.get("derived"):
        found["derived"] = [{"name": name, "type": "date", "value": part.text} for name, part in table["derived"].items()]
    if links:
        found["foreignKeys"] = links
    if any(column["name"] == "notes" for column in fields):
        found["multiline"] = ["notes"]
    return found


def rule_yaml(rule):
    found = {"rule": rule["rule"], "title": f"Rule {rule['rule']}", "for": rule["for"], "severity": rule["severity"]}
    if rule["listed as"]:
        found["list"] = rule["listed as"]
    if rule.get("active"):
        first, last = rule["active"]
        found["active"] = {"from": first, **({"to": last} if last else {})}
    if rule.get("owner"):
        found["owner"] = {part: owner.text for part, owner in rule["owner"].items()}
    if rule.get("target"):
        found["target"] = target_yaml(rule["target"])
    for name in ("when", "lookBack"):
        if rule.get(name):
            found[name] = rule[name].text
    if rule["kind"] == "check":
        found.update({name: rule[name] if name == "field" else rule[name].text for name in ("check", "field", "marks") if rule.get(name)})
    elif rule["kind"] == "limit":
        found["limit"] = {"value": rule["value text"], rule["bound"][0]: rule["bound"][1],
                          **({"per": rule["per"].text} if rule.get("per") else {})}
    else:
        names = ("from", "within", "due", "to", "until", "events", "every", "first", "dueSoon")
        found[rule["kind"]] = {name: rule[name].text for name in names if rule.get(name)}
    return found


def target_yaml(target):
    found = {target["side"]: f"{target['figure']}%"}
    if target["of"] == "broken":
        found["of"] = "broken"
    if "amberFrom" in target:
        found["amberFrom"] = f"{target['amberFrom']:g}%"
    if "steps" in target:
        found["steps"] = {day: f"{value}%" for day, value in target["steps"].items()}
    return found


def write_yaml(path, *documents):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump_all(documents, Dumper=Plain, sort_keys=False, allow_unicode=True, width=10 ** 6), encoding="utf-8")


class Plain(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


# All of it


def make(dice, number, folder, size, incomplete=False):
    """Writes the rules and extracts of a round below the folder; returns the world and the counts of each file."""
    as_of = AS_OF_DAYS[number % len(AS_OF_DAYS)]
    tables = Tables(dice)
    weekend = dice.choice([[5, 6], [5, 6], [6], [4, 5]])
    world = World(as_of, WorkCalendar(weekend, *COVERS, HOLIDAYS), {}, tables.all, [])
    world.parameters = {"short_time": dice_length(dice, SHORT), "long_time": dice_length(dice, DATE_LENGTHS)}
    write_codes(world, dice, folder)
    world.rows = {table["table"]: [] for table in tables.all}
    files = Files(dice, world, folder / "extracts", incomplete)
    for name, rows in Cells(dice, as_of, tables).rows(size // 2, size * 2, size, 8).items():
        files.write(world.table(name), rows)
    world.connect()
    rules = Rules(dice, world)
    world.rules = [rules.rule() for _ in range(48)] + rules.nearly(world.rows["visits"])
    for table in tables.all:
        place = folder / "rules" / (f"packs/{table['pack']}" if table["pack"] else "") / "tables" / f"{table['table']}.yaml"
        write_yaml(place, table_yaml(table, [f"{table['table']}*.csv"]))
    for pack in ("", "first", "second"):
        place = folder / "rules" / (f"packs/{pack}" if pack else "") / "rules.yaml"
        write_yaml(place, {"rules": [rule_yaml(rule) for rule in world.rules if rule["pack"] == pack]})
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    write_yaml(folder / "rules/calendar.yaml", {"calendar": "ours", "weekend": [names[day] for day in weekend],
                                                "covers": {"from": COVERS[0], "to": COVERS[1]}, "holidays": HOLIDAYS})
    write_yaml(folder / "rules/parameters.yaml", {"parameters": {name: duration(length.count, length.unit).text
                                                                 for name, length in world.parameters.items()}})
    return world, files.counts


def dice_length(dice, lengths):
    return duration(*dice.choice(lengths)).value(None)


def write_codes(world, dice, folder):
    """Writes one code list within the YAML, and one in a file with days from and to; codes hold on the as-of date (settled 28, 44)."""
    day = timedelta(days=1)
    spans = {"NEW": (world.as_of, None), "OLD": (None, world.as_of - day), "NOW": (date(2010, 1, 1), world.as_of),
             "LATE": (world.as_of + day, None)}
    lines = ["code,label,from,to"] + [f"{code},{code.title()},{start or ''},{end or ''}" for code, (start, end) in spans.items()]
    write_yaml(folder / "rules/codes.yaml", {"codes": "kinds", "values": {"A": "a kind", "B": "b kind"}},
               {"codes": "dated", "file": "dated.csv"})
    (folder / "rules/dated.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    world.codes = {"kinds": {"A", "B"}, "dated": {code for code, (start, end) in spans.items()
                                                  if (start is None or start <= world.as_of) and (end is None or world.as_of <= end)}}
