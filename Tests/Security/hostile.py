"""A small set of extracts and rules in which any cell, heading or name can be hostile, shared by the checks of this folder."""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import run, write, write_csv  # noqa: E402

RULES = """
table: teams
title: Teams
files: ["teams.csv"]
primaryKey: team
multiline: [team]
fields:
  - {name: team, headings: [Team]}
  - {name: email, headings: [Email]}
---
table: people
title: TITLE
files: ["people*.csv"]
required: true
primaryKey: person_id
person: person_id
owner: {team: team, worker: worker}
dialect: {footer: ["Total*"]}
multiline: [note, team, worker, person_id]
fields:
  - {name: person_id, headings: [Person ID]}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
  - {name: started_on, headings: [Started], type: date}
  - {name: note, headings: [Note], constraints: {maxLength: 3}}
---
rules:
  - rule: ends
    title: TITLE
    why: TITLE
    source: TITLE
    for: people
    deadline: {from: started_on, within: 10 days, to: "started_on + days(20)", dueSoon: 9 days}
    message: "{note} of {person_id} by {worker}: TITLE"
    fix: "Look at {note}. TITLE"
    target: {atLeast: 60%}
  - rule: never
    title: TITLE
    for: people
    check: "started_on > asOf"
    field: note
    message: "{note} of {team}"
"""
HEADINGS = ["Person ID", "Team", "Worker", "Started", "Note"]
AS_OF = "2016-03-01"


def some(items, number):
    """Picks that many, spread evenly, or all of them if CASECHECK_SECURITY is `all`."""
    items = list(items)
    return items if os.environ.get("CASECHECK_SECURITY") == "all" else items[::max(1, len(items) // number)]


class World:
    def __init__(self, program, folder, rows, *, title="What starts ends", teams=(), rules=None, rejected=()):
        self.program, self.folder = program, pathlib.Path(folder)
        self.rules, self.extracts, self.out = self.folder / "rules", self.folder / "extracts", self.folder / "out"
        self.ledger, self.waivers = self.folder / "ledger.sqlite", self.folder / "waivers.csv"
        text = (rules or RULES).replace('"{note} of {person_id} by {worker}: TITLE"', json.dumps(f"{{note}} of {{person_id}} by {{worker}}: {title}"))
        text = text.replace('"Look at {note}. TITLE"', json.dumps(f"Look at {{note}}. {title}")).replace("TITLE", json.dumps(title))
        write(self.rules / "rules.yaml", text)
        write_csv(self.extracts / "people.csv", [HEADINGS, *rows])
        with (self.extracts / "people.csv").open("a", encoding="utf-8", newline="") as file:
            for cells in rejected:
                file.write(",".join('"' + c.replace('"', '""') + '"' for c in cells) + "\n")
        write_csv(self.extracts / "teams.csv", [["Team", "Email"], *(teams or [["Nobody", ""]])])

    def command(self, *arguments, **more):
        return run(self.program, *arguments, **more)

    def validate(self, *more, as_of=AS_OF, out=None):
        return self.command(
            "validate", self.extracts, "--rules", self.rules, "--as-of", as_of, "--out", out or self.out, "--progress", "never", *more)

    def job(self, **settings):
        return write(self.folder / "casecheck.yaml", json.dumps(
            {"extracts": "extracts", "rules": ["rules"], "asOf": "today", "out": "lists/{asOf}", "ledger": "ledger.sqlite", **settings}))

    def night(self, as_of=AS_OF, *more):
        return self.command("run", "--config", self.folder / "casecheck.yaml", "--as-of", as_of, "--progress", "never", *more)

    def waive(self, *more):
        return self.command("waive", *more, "--waivers", self.waivers)


def person(number, *, team="East", worker="Worker", started="01/01/2016", note="too long", id=None):
    return [id or f"P{number:04}", team, worker, started, note]
