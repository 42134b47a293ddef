"""A small council over a year: its children, visits and assessments, with faults that come, go and return."""

import csv
import random
from datetime import date, timedelta

from verdicts import COLUMNS, EVENTS, Extract, parsed

TEAMS = ["North", "South", "East"]
WORKERS = ["Ann Hall", "Bob Lee", "Cat Moss", "Dev Rao", "Eve Stone", "Fay Todd", "Gus Vale", "Hana Wirth"]
NAMES = {
    "people": [["people.csv"], ["people_export.csv"], ["people_1.csv", "people_2.csv"]],
    "visits": [["visits.csv"], ["Visits 2016.csv"], ["visits_a.csv", "visits_b.csv"], ["visits_1.csv", "visits_2.csv"]],
    "assessments": [["assessments.csv"], ["assessments_north.csv", "assessments_rest.csv"]],
}
HEADINGS = {
    "visited_on": "Visit Date", "written_on": "Written Up", "started_on": "Start Date",
    "registered_on": "Registered", "closed_on": "Closed", "authorised_on": "Authorised",
}


def written(day):
    return day.strftime("%d/%m/%Y")


class World:
    def __init__(self, seed, day, children=60):
        self.random = random.Random(seed)
        self.tables = {table: [] for table in COLUMNS}
        self.numbers = {table: 0 for table in COLUMNS}
        self.names = {table: NAMES[table][0] for table in COLUMNS}
        self.faults, self.mended = [], []  # (row, column, wrong, right)
        self.vanished = []  # children who are gone while other records refer to them
        self.refused = []  # rows that this week's export writes with one comma too many
        for _ in range(children):
            self.new_child(day - timedelta(days=self.random.randint(10, 80)))
        for child in list(self.tables["people"]):
            for _ in range(self.random.randint(1, 4)):
                self.new_visit(child, day - timedelta(days=self.random.randint(1, 75)), day)
        for child in self.random.sample(self.tables["people"], children // 2):
            self.new_assessment(child, day - timedelta(days=self.random.randint(1, 60)))

    # What happens in a week

    def live(self, day):
        """A week goes by, up to and including `day`."""
        chance = self.random.random
        for row in self.tables["visits"]:
            if not row["written_on"] and chance() < 0.5:
                row["written_on"] = written(day - timedelta(days=self.random.randint(0, 2)))
        for row in self.tables["assessments"]:
            if not row["authorised_on"] and chance() < 0.12:
                row["authorised_on"] = written(day - timedelta(days=self.random.randint(0, 5)))
                row["outcome"] = "Plan" if chance() < 0.8 else ""
        for child in list(self.tables["people"]):
            if not child["closed_on"]:
                if chance() < 0.2:
                    self.new_visit(child, day - timedelta(days=self.random.randint(0, 6)), day)
                if chance() < 0.04:
                    self.new_assessment(child, day - timedelta(days=self.random.randint(0, 6)))
                if chance() < 0.01:
                    child["closed_on"] = written(day - timedelta(days=self.random.randint(0, 3)))
        if chance() < 0.6:
            self.new_child(day - timedelta(days=self.random.randint(0, 6)))
        self.mend()
        for _ in range(self.random.randint(4, 9)):
            self.go_wrong(day)
        self.move_and_delete()
        self.refused = []
        for table in COLUMNS:
            if chance() < 0.2:
                self.refused += self.random.sample(self.tables[table], self.random.randint(1, 2))
            if chance() < 0.3:
                self.random.shuffle(self.tables[table])
            if chance() < 0.1:
                # Never fewer files than before, which would be taken for a missing file.
                files = len(self.names[table])
                self.names[table] = self.random.choice([names for names in NAMES[table] if len(names) >= files])

    def new(self, table, prefix, *values):
        self.numbers[table] += 1
        row = dict(zip(COLUMNS[table], [f"{prefix}{self.numbers[table]}", *values]))
        self.tables[table].append(row)
        return row

    def new_child(self, registered):
        born = registered - timedelta(days=self.random.randint(300, 4000))
        place = self.random.randrange(len(WORKERS))
        sex = self.random.choice("FM")
        self.new("people", "P", written(born), written(registered), "", sex, TEAMS[place % 3], WORKERS[place])

    def new_visit(self, child, day, today):
        up = day + timedelta(days=self.random.randint(0, 9))
        self.new(
            "visits", "V", child["person_id"], written(day), written(up) if up <= today else "",
            str(self.random.randint(10, 60)), child["team"], child["worker"] or WORKERS[0],
        )

    def new_assessment(self, child, day):
        return self.new(
            "assessments", "A", child["person_id"], written(day), "", "", child["team"], WORKERS[0]
        )

    def go_wrong(self, day):
        """Makes one new fault, or brings an old one back."""
        if self.mended and self.random.random() < 0.2:
            row, column, wrong, _ = self.random.choice(self.mended)
            return self.spoil(row, column, wrong)
        table = self.random.choice(["people", "visits", "visits", "assessments"])
        row = self.random.choice(self.tables[table])
        column, wrong = self.random.choice(
            {
                "people": [
                    ("date_of_birth", ""), ("date_of_birth", "31/31/2010"), ("sex", ""), ("worker", ""),
                    ("registered_on", ""), ("closed_on", "01/06/2014"), ("twice", None),
                ],
                "visits": [
                    ("visit_id", ""), ("person_id", ""), ("person_id", "P9999"), ("visited_on", ""),
                    ("visited_on", "soon"), ("visited_on", "01/02/1999"), ("written_on", "01/02/1998"),
                    ("minutes", ""), ("minutes", "ten"), ("minutes", "5"), ("twice", None),
                ],
                "assessments": [
                    ("assessment_id", ""), ("person_id", "P9999"), ("person_id", ""), ("started_on", ""),
                    ("started_on", "13/13/2016"), ("authorised_on", "?"), ("authorised_on", "01/01/2015"),
                    ("outcome", ""), ("again", None),
                ],
            }[table]
        )
        if column == "twice":
            self.tables[table].insert(self.random.randrange(len(self.tables[table])), row)
        elif column == "again":
            again = self.new(table, "A", *[row[name] for name in COLUMNS[table][1:]])
            again["outcome"] = again["authorised_on"] = ""
        else:
            self.spoil(row, column, wrong)

    def spoil(self, row, column, wrong):
        if row[column] != wrong and not any(row is other and column == name for other, name, *_ in self.faults):
            self.faults.append((row, column, wrong, row[column]))
            row[column] = wrong

    def mend(self):
        """Some of what is wrong is put right."""
        for fault in list(self.faults):
            if self.random.random() < 0.3:
                row, column, _, right = fault
                row[column] = right
                self.faults.remove(fault)
                self.mended.append(fault)
        for rows in self.tables.values():
            for index in range(len(rows) - 1, -1, -1):
                if self.random.random() < 0.3 and any(rows[index] is other for other in rows[:index]):
                    del rows[index]

    def move_and_delete(self):
        for _ in range(3):
            row = self.random.choice(self.tables[self.random.choice(list(COLUMNS))])
            if row[next(iter(row))]:  # a record without a key is identified by its contents, and must keep them
                row["team"] = self.random.choice([*TEAMS, ""])
                row["worker"] = row["worker"] and self.random.choice(WORKERS)
        for table, share in (("people", 0.3), ("visits", 0.7), ("assessments", 0.4)):
            if self.random.random() < share:
                self.tables[table].remove(self.random.choice(self.tables[table]))

    def lose_half(self, table):
        """Half of a table's records are gone for good."""
        rows = self.tables[table]
        keep = sorted(self.random.sample(range(len(rows)), len(rows) // 2))
        self.tables[table] = [rows[index] for index in keep]

    def vanish(self, children):
        """Some of these children are gone for good: two while other records refer to them, one with all of those."""
        gone = self.random.sample(children, min(3, len(children)))
        self.tables["people"] = [row for row in self.tables["people"] if row["person_id"] not in gone]
        self.vanished += gone[:2]
        self.leave_out(gone[2:])

    def forget(self):
        """What refers to a child who is gone for good is gone as well."""
        self.leave_out(self.vanished[:1])
        self.vanished = self.vanished[1:]

    def leave_out(self, children):
        for table in ("visits", "assessments"):
            self.tables[table] = [row for row in self.tables[table] if row["person_id"] not in children]

    # The exports

    def export(self, folder, missing=(), cut=(), halved=(), otherwise=False, short=()):
        """Writes the extracts of this week, and returns which row is on which line of which file.

        Those that are short lack a tenth of their records: those in which something has happened last.
        """
        folder.mkdir(parents=True)
        found = {}
        for table, columns in COLUMNS.items():
            found[table] = Extract(missing=table in missing, cut=table in cut)
            if table in missing:
                continue
            rows = self.tables[table][:: 2 if table in halved else 1]
            if table in short:
                latest = sorted(rows, key=lambda row: last_day(table, row))[len(rows) * 9 // 10 :]
                rows = [row for row in rows if not any(row is other for other in latest)]
            if otherwise and table == "people":
                again = {id(row): row | {"sex": row["sex"].lower()} for row in rows}
                self.refused += [again[id(row)] for row in rows if any(row is other for other in self.refused)]
                rows = [again[id(row)] for row in rows]
            names = sorted(self.names[table])
            part = -(-len(rows) // len(names))
            for number, name in enumerate(names):
                lines = rows[number * part : (number + 1) * part]
                last = table in cut and number == len(names) - 1
                self.write(folder / name, columns, lines, last, found[table])
        return found

    def write(self, path, columns, rows, cut, found):
        text = ",".join(HEADINGS.get(column, column) for column in columns) + "\n"
        if cut:
            rows = rows[: max(1, len(rows) * 9 // 10)]
        for number, row in enumerate(rows, start=2):
            line = ",".join(row.values())
            if cut and number == len(rows) + 1:
                line = ",".join(list(row.values())[:3])
                found.rejected.append((path.name, number, line))
                text += line
            elif any(row is other for other in self.refused):
                line += ", agency"
                found.rejected.append((path.name, number, line))
                text += line + "\n"
            else:
                found.rows.append((path.name, number, dict(row)))
                text += line + "\n"
        path.write_text(text, encoding="utf-8")


def last_day(table, row):
    """The last day on which something happened in a record; the first of all where nothing can be read."""
    return max((parsed(column, row[column]) or date.min for column in EVENTS[table]))


def write_waivers(path, waivers):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest".split(","))
        for waiver in waivers:
            out.writerow([
                waiver.rule, waiver.table, waiver.record, waiver.occasion or "", "Agreed with the parents",
                "Head of service", waiver.agreed_on, waiver.until, "",
            ])
