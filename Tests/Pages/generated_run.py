#!/usr/bin/env python3
"""Makes three runs whose figures are hard to get right, and checks each of them with check_figures.py.

    generated_run.py PROGRAM [CHILDREN]

Teams and workers have awkward names; records are rejected, waived or put right; a file is cut off in the last run.
"""

import datetime
import json
import os
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run, write, write_csv  # noqa: E402
from check_figures import check  # noqa: E402

RULES = """
table: children
title: Children
files: ["children*.csv"]
primaryKey: child_id
person: child_id
owner: {team: team, worker: worker}
fields:
  - {name: child_id, headings: [Child], constraints: {pattern: "C[0-9]+"}}
  - {name: born_on, headings: [Born], type: date, constraints: {required: true}}
  - {name: kind, headings: [Kind], constraints: {enum: [A, B]}}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
---
table: visits
title: Visits
files: ["visits*.csv"]
multiline: [note]
primaryKey: [child_id, number]
person: child_id
owner: {team: team, worker: worker}
foreignKeys: [{fields: child_id, reference: {table: children, fields: child_id}}]
fields:
  - {name: child_id, headings: [Child]}
  - {name: number, headings: [Number], type: integer}
  - {name: due_on, headings: [Due], type: date}
  - {name: seen_on, headings: [Seen], type: date}
  - {name: note, headings: [Note]}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
---
table: plans
title: Plans, of which no extract comes
files: ["plans*.csv"]
primaryKey: plan_id
fields:
  - {name: plan_id, headings: [Plan]}
---
rules:
  - rule: seen-in-time
    title: Seen in time, "really" & always <soon>
    for: visits
    deadline: {from: due_on, within: 10 days, to: seen_on}
    target: {atLeast: 80%}
    message: "Visit {number} of {child_id}: {note}"
  - rule: seen-each-month
    title: Seen each month
    for: children
    when: kind == "A"
    repeat: {from: date("2016-01-01"), every: 30 days, events: "visits.map(v, v.seen_on)"}
    target: {atLeast: 66.7%}
  - rule: note-given
    title: A note is given
    for: visits
    check: given(note)
    target: {atMost: 25%, of: broken}
  - rule: under-eighteen
    title: Under eighteen
    for: children
    check: ageOn(born_on, asOf) < 18
    list: drift
  - rule: few-visits
    title: No worker has more than five visits open
    for: visits
    when: "!given(seen_on)"
    limit: {per: worker, value: count(), atMost: 5}
  - rule: counted-only
    title: Counted alone
    for: children
    check: kind == "B"
    list: none
    target: {atLeast: 50%}
  - rule: planned
    title: Planned
    for: plans
    check: given(plan_id)
"""
TEAMS = [
    "East", "east", "a/b", "..", "=cmd()", "+1 team", "'=quoted", "(all)", "(no team)", "", "Tŷ Hafan", "Ty\u0302 Hafan", "<b>Bold</b> & \"co\"", "O'Neil\u0301s",
    "🧒🏽 team", "x" * 200, "con", "T, with comma", "two  blanks",
]
DAYS = ["2016-02-07", "2016-02-14", "2016-02-21"]


def date(day):
    return f"{day:%d/%m/%Y}"


def extracts(folder, children, day, chance):
    """Writes the extracts of a day: some of what was missing is put right, and some visits are made."""
    today = datetime.date.fromisoformat(day)
    rows = [["Child", "Born", "Kind", "Team", "Worker"]]
    visits = [["Child", "Number", "Due", "Seen", "Note", "Team", "Worker"]]
    for number in range(children):
        team = TEAMS[number % len(TEAMS)]
        worker = f"{'=' if number % 7 == 0 else ''}Worker {number % 11} <{team[:8]}>" if number % 13 else ""
        is_missing = chance.random() < 0.5
        born = "" if number % 17 == 0 and is_missing else date(today - datetime.timedelta(days=365 * (5 + number % 15)))
        rows.append([f"C{number}" if number % 29 else f"?{number}", born, "ABZ"[number % 3] if number % 5 else "", team, worker])
        for visit in range(1, 4):
            due = datetime.date(2016, 1, 1) + datetime.timedelta(days=(number * 7 + visit * 20) % 60)
            seen = due + datetime.timedelta(days=chance.randrange(0, 25))
            visits.append([
                f"C{number}" if (number + visit) % 23 else "C99999", visit, date(due) if visit + number % 19 else "soon",
                date(seen) if seen <= today and chance.random() < 0.8 else "", chance.choice(["", "fine", "=1+1", "<i>", "line\nbreak"]), team, worker])
    write_csv(folder / "children.csv", rows)
    write_csv(folder / "visits.csv", visits)
    # Rows that are rejected: one with too many cells and one with too few.
    with (folder / "visits.csv").open("a", encoding="utf-8") as file:
        file.write("C1,9,01/01/2016,,a, b,East,W,too,many\nC2,9\n")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, children = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    chance = random.Random(5)
    facts = Facts()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder / "rules" / "rules.yaml", RULES)
        write(folder / "casecheck.yaml", json.dumps({
            "extracts": "extracts", "rules": ["rules"], "asOf": "today", "out": "out/{asOf}", "ledger": "ledger.sqlite",
            "waivers": "waivers.csv"}))
        for place, day in enumerate(DAYS):
            extracts(folder / "extracts", children, day, chance)
            if place == 1:
                listed = [row for row in read_csv(folder / "out" / DAYS[0] / "exceptions.csv") if row["status"] == "failed" and not row["record_id"].startswith("line:")][::9]
                for row in listed[:20]:
                    done = run(program, "waive", "add", "--config", folder / "casecheck.yaml", "--rule", row["rule"], f"--record={row['record_id']}",
                               "--table", row["table"], "--reason", "agreed", "--agreed-by", "A Manager", "--agreed-on", day, "--until", "2016-02-20")
                    facts.that(done.returncode == 0, "an exception is waived", done.stderr)
            if place == 2:
                path = folder / "extracts" / "visits.csv"
                text = path.read_text(encoding="utf-8")
                # The file is cut within a quoted cell.
                path.write_text(text[: text.index(',"', int(len(text) * 0.9)) + 4], encoding="utf-8")
            done = run(program, "run", "--config", folder / "casecheck.yaml", "--as-of", day)
            facts.same(done.returncode, 3 if place == 2 else 1, "the run finished", done.stdout[-2000:] + done.stderr[-2000:])
            before = facts.checked
            check(folder / "out" / day, facts)
            facts.that(facts.checked - before > 2_000, "enough was checked", f"{day}: {facts.checked - before}")
    facts.finish()


if __name__ == "__main__":
    main()
