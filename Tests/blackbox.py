"""Shared by the black-box checks in Python: counting facts and running the program."""

import collections
import csv
import datetime
import json
import pathlib
import subprocess
import sys

csv.field_size_limit(1 << 27)


class Facts:
    """Counts what was checked and reports what was wrong."""

    shown_of_each_kind = 5

    def __init__(self):
        self.checked = 0
        self.wrong = 0
        self.by_kind = {}

    def that(self, holds, what, detail=""):
        """Counts one fact; `what` is its kind, `detail` says where and what was there instead."""
        self.checked += 1
        if holds:
            return True
        self.wrong += 1
        self.by_kind[what] = self.by_kind.get(what, 0) + 1
        if self.by_kind[what] <= self.shown_of_each_kind:
            print(f"WRONG: {what}" + (f": {detail}" if detail else ""))
        return False

    def same(self, found, wanted, what, where=""):
        # Written only where it is told: millions of facts hold.
        is_same = found == wanted
        return self.that(is_same, what, "" if is_same else f"{where}: found {short(found)}, wanted {short(wanted)}")

    def finish(self):
        for what, count in self.by_kind.items():
            if count > self.shown_of_each_kind:
                print(f"WRONG: {what}: {count} times in all")
        print(f"{self.checked} facts checked, {self.wrong} wrong")
        # A check that looked at nothing proves nothing, so it must not pass.
        sys.exit(1 if self.wrong or not self.checked else 0)


def short(value, most=300):
    text = repr(value)
    return text if len(text) <= most else f"{text[:most]}... ({len(text)} characters)"


def run(program, *arguments, timeout=300):
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=timeout)


def program_and_repository(usage):
    if len(sys.argv) != 2:
        sys.exit(f"usage: {usage}")
    return str(pathlib.Path(sys.argv[1]).absolute()), pathlib.Path(__file__).resolve().parent.parent


def write(path, text):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def write_csv(path, rows):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def read_csv(path):
    with pathlib.Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# White space that is no plain space, tab or no-break space.
OTHER_BLANKS = set("\n\v\f\r\x85\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}


def with_blanks_shown(name):
    """The name of a team as people read it: with the blanks visible that nobody would see."""
    shown = []
    for place, one in enumerate(name):
        if one == " ":
            at_end = place in (0, len(name) - 1)
            shown.append("␣" if at_end or " " in (name[place - 1], name[place + 1]) else " ")
        elif one in OTHER_BLANKS:
            shown.append(f"\\u{{{ord(one):X}}}")
        else:
            shown.append({"\t": "⇥", "\u00a0": "⍽"}.get(one, one))
    return "".join(shown)


def team_lists(out, facts, where):
    """Checks that each team's list stands in the folder that summary.json names for it, and that together they are exceptions.csv.

    A list that stands with another team is sent to the wrong people, and each of the two still looks whole.
    """
    names = {team["slug"]: team["team"] for team in json.loads((out / "summary.json").read_text(encoding="utf-8"))["byTeam"]}
    folders = sorted(path.name for path in (out / "teams").glob("*"))
    facts.same(folders, sorted(names), "a folder for each team of summary.json", where)
    together = []
    for slug in folders:
        rows = read_csv(out / "teams" / slug / "exceptions.csv")
        together += rows
        # A name that a spreadsheet would run has an apostrophe in front.
        strange = {row["team"] for row in rows} - {names.get(slug), f"'{names.get(slug)}"}
        facts.same(strange, set(), "a team's list has its rows alone", f"{where}, {slug}")
    # What is waived needs nobody's work.
    wanted = [row for row in read_csv(out / "exceptions.csv") if row["list"] != "waived"]
    found, wanted = (collections.Counter(tuple(row.items()) for row in rows) for rows in (together, wanted))
    facts.that(found == wanted, "the teams' lists together are exceptions.csv", f"{where}: {short(list((found - wanted) + (wanted - found)))}")


def wrong_days(rows, as_of):
    """The rows whose days late are not those from the due day to the day of doing or, for what is not done, to the as-of day."""
    wrong = []
    for row in rows:
        end = {"late": row["done_on"], "overdue": str(as_of)}.get(row["status"], "")
        # Of hours and minutes only what casecheck's own tests hold fast is said.
        if len(end) == 10 and len(row["due_on"]) == 10:
            days = (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(row["due_on"])).days
            wrong += [row] if row["days_late"] != str(days) else []
    return wrong


def files_below(folder):
    return sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file() and not path.is_symlink())
