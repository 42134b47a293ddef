"""What rules/ says of the tables, for the same checks in other programs: each constraint with the number of its bit.

A row's faults are the bits of one number: most rows have none, which a single comparison shows.
"""

import csv
import pathlib

import yaml

HERE = pathlib.Path(__file__).resolve().parent
CALENDARS = HERE.parent.parent / "Rules" / "calendars"
RULES = HERE / "rules"
# The fields that the four rules read or that a list names; the others are checked and then dropped.
KEPT = {
    "people": ["date_of_birth", "team"],
    "visits": ["visit_type", "visited_on", "seen"],
    "cin_plans": ["started_on", "ended_on"],
    "assessments": ["started_on", "authorised_on"],
    "missing_episodes": ["returned_at", "interviewed_at", "interview_offered", "interview_accepted"],
    "care_periods": ["started_on", "ended_on", "legal_status"],
    "looked_after_reviews": ["held_on", "cancelled"],
    "permanence_plans": ["agreed_on"],
}
TRUE = ["true", "True", "TRUE", "1", "Y", "Yes", "YES"]
FALSE = ["false", "False", "FALSE", "0", "N", "No", "NO"]


class Table:
    def __init__(self, definition, extracts):
        self.name, self.key = definition["table"], definition["primaryKey"]
        # A sample has only the columns that it fills.
        with open(extracts / f"{self.name}.csv", newline="", encoding="utf-8") as file:
            headings = next(csv.reader(file))
        self.fields = [field for field in definition["fields"] if field["headings"][0] in headings]
        self.references = {key["fields"]: (key["reference"]["table"], key["reference"]["fields"])
                           for key in definition.get("foreignKeys", [])}
        self.uniques = [field["name"] for field in self.fields if field.get("constraints", {}).get("unique")]
        self.kept = list(dict.fromkeys([self.key, *KEPT.get(self.name, []), *self.references, *self.uniques]))
        # (field, constraint, its argument), in the order of their bits.
        self.checks = []
        for field in self.fields:
            if field["type"] != "string":
                self.checks.append((field, "type", None))
            for constraint, wanted in field.get("constraints", {}).items():
                if constraint == "required" and field["name"] == self.key:
                    self.checks.append((field, "key", wanted))
                if constraint != "unique":
                    self.checks.append((field, constraint, wanted))

    def rule(self, bit):
        field, constraint, _ = self.checks[bit]
        return f"{self.name}.key" if constraint == "key" else f"{self.name}.{field['name']}.{constraint}"

    def faults(self, name, constraint=None):
        """The bits of all constraints of a field, or of one of them."""
        return sum(1 << bit for bit, (field, kind, _) in enumerate(self.checks)
                   if field["name"] == name and constraint in (None, kind))


def tables(extracts):
    found = [Table(yaml.safe_load(path.read_text()), extracts) for path in sorted((RULES / "tables").glob("*.yaml"))]
    return {table.name: table for table in found}


def calendar():
    return yaml.safe_load((CALENDARS / "england-and-wales.yaml").read_text())
