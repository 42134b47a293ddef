"""A council in equilibrium for the soak test: as many children leave as come, as many faults are mended as appear, old visits drop out."""

import csv
import random
from datetime import timedelta

# The columns for both rule folders that a soak may use: Rules, and the small one of the ledger's tests, which has its own headings.
HEADINGS = {
    "people": ["Person ID", "Date of Birth", "Registered", "Closed", "Sex", "Ethnicity", "Team", "Worker"],
    "cp_plans": ["Plan ID", "Person ID", "Start Date", "End Date", "Initial Category", "Latest Category"],
    "assessments": ["Assessment ID", "Person ID", "Assessment Type", "Start Date", "Authorised", "Authorised Date", "Outcome", "Team", "Worker"],
    "visits": ["Visit ID", "Person ID", "Visit Type", "Visit Date", "Written Up", "Minutes", "Child Seen", "Child Seen Alone", "Team", "Worker"],
}
TEAMS = ["North", "South", "East", "West", "Disability", "Leaving Care"]

LEAVE = 0.01  # of the children, each day
FAULTS = 8  # new ones each day
MENDED = 0.03  # of the faults, each day
KEPT = timedelta(days=150)  # how long visits and ended assessments stay in the export


class World:
    def __init__(self, seed, day, children):
        self.chance = random.Random(seed)
        self.number = 0
        self.children, self.faults = [], []
        for _ in range(children):
            age = min(int(self.chance.expovariate(LEAVE)), 400)
            child = self.new_child(day - timedelta(days=age))
            for back in range(min(age, KEPT.days), 0, -1):
                self.live_child(child, day - timedelta(days=back))
            self.forget(child, day)
        for _ in range(int(FAULTS / MENDED)):
            self.go_wrong()

    def live(self, day):
        """Moves the council on by one day."""
        for fault in [fault for fault in self.faults if self.chance.random() < MENDED]:
            row, column, right, _ = fault
            row[column] = right
            self.faults.remove(fault)
        for place, child in enumerate(self.children):
            if self.chance.random() < LEAVE:
                self.children[place] = self.new_child(day, listed=False)
            else:
                self.live_child(child, day)
                self.forget(child, day)
        gone = {id(child) for child in self.children}
        self.faults = [fault for fault in self.faults if fault[3] in gone]
        for _ in range(FAULTS):
            self.go_wrong()

    def identifier(self, letter):
        self.number += 1
        return f"{letter}{self.number}"

    def new_child(self, day, listed=True):
        chance = self.chance
        team = chance.choice(TEAMS)
        person = self.identifier("C")
        born = day - timedelta(days=chance.randint(100, 5500))
        child = {table: [] for table in HEADINGS}
        child["owner"] = [team, f"Worker {team} {chance.randint(1, 9)}"]
        child["people"].append([person, written(born), written(day), "", chance.choice("FM"), "WBRI", *child["owner"]])
        child["cp_plans"].append([self.identifier("P"), person, written(day), "", "NEG", "NEG"])
        self.new_assessment(child, day)
        child["days"] = {}
        if listed:
            self.children.append(child)
        return child

    def live_child(self, child, day):
        chance, person = self.chance, child["people"][0][0]
        if chance.random() < 0.09:
            visit = [self.identifier("V"), person, "CP", written(day), written(day), str(chance.randint(12, 60)), "Y", "Y", *child["owner"]]
            child["visits"].append(visit)
            child["days"][visit[0]] = day
        for assessment in child["assessments"]:
            if not assessment[4] and assessment[3] and chance.random() < 0.03:
                assessment[4:7] = written(day), written(day), "NFA"
                child["days"][assessment[0]] = day
        if chance.random() < 0.01:
            self.new_assessment(child, day)

    def new_assessment(self, child, day):
        child["assessments"].append([self.identifier("A"), child["people"][0][0], "SA", written(day), "", "", "", *child["owner"]])

    def forget(self, child, day):
        for table in ("visits", "assessments"):
            child[table] = [row for row in child[table] if child["days"].get(row[0], day) > day - KEPT]

    def go_wrong(self):
        """Empties or spoils one cell of one record, until it is mended or the child leaves."""
        child = self.chance.choice(self.children)
        table = self.chance.choice([table for table in HEADINGS if child[table]])
        row = self.chance.choice(child[table])
        column = self.chance.randrange(1 if table == "people" else 2, len(row))
        if any(fault[0] is row for fault in self.faults):
            return
        self.faults.append((row, column, row[column], id(child)))
        row[column] = self.chance.choice(["", "soon", "31/02/2016"])

    def export(self, folder, without=None):
        """Writes the extracts, leaving out the table `without`."""
        for table, headings in HEADINGS.items():
            path = folder / f"{table}.csv"
            if table == without:
                path.unlink(missing_ok=True)
                continue
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\r\n")
                writer.writerow(headings)
                writer.writerows(row for child in self.children for row in child[table])


def written(day):
    return day.strftime("%d/%m/%Y")
