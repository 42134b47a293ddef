"""What a run must list and count, worked out from the contract alone."""

from collections import Counter
from dataclasses import dataclass, field as made_with

from definition_cells import LOOKS
from definition_reader import read
from definition_values import BAD, MISSING, broken, by_format, keys_of, one_or_list, value_of


@dataclass
class Row:
    table: dict
    file: object
    line: int
    texts: dict
    values: dict
    team: str = ""
    record_id: str = ""
    key: tuple = None
    own: dict = made_with(default_factory=dict)  # field: its exceptions, whose `blocks` name the rules that it keeps from judging


class Oracle:
    def __init__(self, tables, codes, rules, files, as_of, pack):
        self.pack = pack
        self.codes, self.rules, self.as_of = codes, rules, as_of
        self.exceptions, self.measures, self.skipped = [], Counter(), set()
        # Settled 3: files are ordered by the bytes of their names.
        self.files = sorted(files, key=lambda file: file.name.encode())
        self.reads = {file.name: read(file) for file in self.files}
        self.rows = {table["table"]: self.rows_of(table) for table in tables}
        for table in tables:
            self.whole_files(table)
            self.constraints(table)
            self.duplicates(table)
        for table in tables:
            self.references(table)
        for rule in rules:
            self.checks(*rule)
        for table in tables:
            self.date_orders(table)
        self.unsure = any(found.unsure for found in self.reads.values())
        present = {file.table["table"] for file in self.files}
        self.trusted = all(found.trusted for found in self.reads.values()) and all(
            table["table"] in present for table in tables if table.get("required"))
        # Product, Exit codes.
        self.code = 3 if not self.trusted else 1 if self.exceptions else 0

    def rows_of(self, table):
        rows, missing = [], table.get("missingValues", [""])
        for file in self.files:
            if file.table is not table:
                continue
            found = self.reads[file.name]
            for record in found.rows:
                texts = {f["name"]: record.cells[found.columns[f["name"]]] if f["name"] in found.columns else "" for f in table["fields"]}
                values = {f["name"]: value_of(texts[f["name"]], f, missing) if f["name"] in found.columns else MISSING
                          for f in table["fields"]}
                row = Row(table, file, record.line, texts, values)
                keys = keys_of(table)
                # Settled 11: record_id is the raw text of the key, or line:N where any part is missing. A key that is there but fails
                # its type is not missing, as with `required` (settled 19: one fault, one exception).
                if keys and all(values[name] is not MISSING for name in keys):
                    row.key = tuple(texts[name] if values[name] is BAD else values[name] for name in keys)
                    row.record_id = "|".join(texts[name] for name in keys)
                else:
                    row.record_id = f"line:{record.line}"
                rows.append(row)
                row.team = self.shown(row, table.get("owner", {}).get("team"))
            for line, _, _ in found.rejected:
                # Settled 12.
                self.add(f"{table['table']}.row", table, record_id=f"line:{line}", file=file.name, line=line)
        return rows

    @staticmethod
    def shown(row, name):
        return row.values[name] if name and row.values[name] not in (MISSING, BAD) else ""

    def add(self, rule, table, row=None, field="", value="", record_id="", file="", line="", status="failed", look=None):
        if row:
            record_id, file, line = row.record_id, row.file.name, row.line
        entry = {
            "rule": rule, "status": status, "severity": "error", "list": "correction", "pack": self.pack or "",  # settled 13
            "team": (row and row.team) or "(no team)",
            "worker": self.shown(row, table.get("owner", {}).get("worker")) if row else "",
            "person_id": self.shown(row, table.get("person")) if row else "",
            "table": table["table"], "record_id": record_id, "field": field, "value": value, "occasion": "", "from": "", "due_on": "",
            "done_on": "", "days_late": "", "source_file": file, "source_line": str(line), "blocks": set(), "look": look}
        self.exceptions.append(entry)
        return entry

    def count(self, rule, row, met):
        for team in ("(all)", row.team or "(no team)"):
            self.measures[rule, team, "judged"] += 1
            self.measures[rule, team, "met" if met else "failed"] += 1

    def judge(self, rule, row, name, met, look=None):
        """Takes the verdict of a constraint of one field."""
        self.count(rule, row, met)
        if not met:
            row.own.setdefault(name, []).append(self.add(rule, row.table, row, name, row.texts[name], look=look))

    def whole_files(self, table):
        """Settled 33: where the heading of a required field or of the primary key is missing, there is one exception per file."""
        keys = keys_of(table)
        for file in self.files:
            if file.table is not table or file.wrong:
                continue
            for field in self.reads[file.name].missing:
                name = field["name"]
                required = field.get("constraints", {}).get("required")
                if name in keys or required:
                    rule = f"{table['table']}.key" if name in keys else f"{table['table']}.{name}.required"
                    self.add(rule, table, field="*", record_id="*", file=file.name, line="*")
                    # The contract does not say whether the rows of such a file count in the measure.
                    self.skipped |= {f"{table['table']}.key", f"{table['table']}.{name}.required"}

    def constraints(self, table):
        for field in table["fields"]:
            name, kind = field["name"], field.get("type", "string")
            prefix, first = f"{table['table']}.{name}.", {}
            rules = dict(field.get("constraints", {}))
            for row in self.rows[table["table"]]:
                value, text = row.values[name], row.texts[name]
                exact = text if kind == "string" else text.strip(" ")  # settled 28, 30
                headed = name in self.reads[row.file.name].columns
                if rules.get("required") and headed:
                    self.judge(prefix + "required", row, name, value is not MISSING)  # settled 19
                if value is MISSING:
                    continue
                if kind != "string":
                    look = LOOKS.get(text.strip(" ")) if kind == "date" and "format" not in field else None
                    self.judge(prefix + "type", row, name, value is not BAD, look)
                if value is BAD:
                    continue  # absent for every rule
                for constraint, argument in rules.items():
                    if constraint == "unique":
                        self.judge(prefix + "unique", row, name, value not in first)  # settled 3
                        first[value] = True
                    elif constraint != "required":
                        self.judge(prefix + constraint, row, name, not broken(constraint, argument, value, exact, field, self.as_of))
                if field.get("codes"):
                    self.judge(prefix + "enum", row, name, self.held(self.codes[field["codes"]], exact))

    def held(self, codes, text):
        # Settled 28, 44: the exact text counts; from and to, both inclusive, are compared with the as-of date.
        start, end = codes.get(text, ("", ""))
        return start != "" and (start is None or start <= self.as_of) and (end is None or self.as_of <= end)

    def duplicates(self, table):
        keys, first = keys_of(table), set()
        rule = f"{table['table']}.key"
        if not keys:
            return
        for row in self.rows[table["table"]]:
            if any(name not in self.reads[row.file.name].columns for name in keys):
                continue  # one exception per file
            met = row.key is not None and row.key not in first
            first.add(row.key)
            self.count(rule, row, met)
            if not met:
                entry = self.add(rule, table, row, "|".join(keys), "|".join(row.texts[name] for name in keys))
                for name in keys:
                    row.own.setdefault(name, []).append(entry)

    def references(self, table):
        for foreign in table.get("foreignKeys", []):
            parent = foreign["reference"]["table"]
            names, keys = one_or_list(foreign["fields"]), one_or_list(foreign["reference"]["fields"])
            rule = f"{table['table']}.{'|'.join(names)}.reference"  # settled 44
            known = {tuple(row.values[key] for key in keys) for row in self.rows[parent]}
            files = [self.reads[file.name] for file in self.files if file.table["table"] == parent]
            if not files or not all(found.trusted and not found.unsure for found in files):
                self.skipped.add(rule)  # the contract leaves open what can be said of a reference to a table that is not whole
            for row in self.rows[table["table"]]:
                values = tuple(row.values[name] for name in names)
                if MISSING in values or BAD in values:
                    continue  # absent, not dangling
                self.count(rule, row, values in known)
                if values not in known:
                    entry = self.add(rule, table, row, "|".join(names), "|".join(row.texts[name] for name in names))
                    for name in names:
                        row.own.setdefault(name, []).append(entry)

    def date_orders(self, table):
        """Marks files in which some dates can only be read month first and none only day first.

        Such a file may be untrusted. The contract does not say exactly when, so whether it is trusted is not compared.
        """
        for field in table["fields"]:
            found = {}
            for row in self.rows[table["table"]]:
                text = row.texts[field["name"]].strip(" ").partition(" ")[0]
                orders = found.setdefault(row.file.name, set())
                days = [by_format(text, form) for form in ("%d/%m/%Y", "%m/%d/%Y")]
                if field.get("type") in ("date", "datetime") and days.count(None) == 1:
                    orders.add("month first" if days[0] is None else "day first")
            for name, orders in found.items():
                if orders == {"month first"} and self.reads[name].trusted:
                    self.reads[name].unsure = True

    def checks(self, rule, table, name, holds):
        needed = any(field["name"] == name and field.get("constraints", {}).get("required")
                     for file in self.files for field in self.reads[file.name].missing if file.table["table"] == table)
        if needed:
            self.skipped.add(rule["rule"])
        for row in self.rows[table]:
            value = row.values[name]
            for team in ("(all)", row.team or "(no team)"):
                if holds == "has":
                    outcome = "met" if value not in (MISSING, BAD) else "failed"
                elif holds == "given":
                    outcome = "met" if value is not MISSING else "failed"  # even a text that cannot be read as its type is given
                else:
                    outcome = "cannot_judge" if value in (MISSING, BAD) else "met" if holds(value, self.as_of) else "failed"
                self.measures[rule["rule"], team, outcome] += 1
                self.measures[rule["rule"], team, "judged"] += outcome != "cannot_judge"
            if outcome == "cannot_judge" and row.own.get(name):
                for entry in row.own[name]:  # settled 4
                    entry["blocks"].add(rule["rule"])
            elif outcome != "met":
                self.add(rule["rule"], row.table, row, name, row.texts[name], status=outcome.replace("_", "-"))
