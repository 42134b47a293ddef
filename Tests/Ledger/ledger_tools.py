"""What the ledger's tests share: running the program, reading what it wrote, and counting facts."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from blackbox import wrong_days  # noqa: E402, F401

RULES = Path(__file__).resolve().parent / "rules"


@dataclass
class Outcome:
    code: int
    out: str
    err: str


class Program:
    """The program under test, seen from outside: a path, arguments, an exit code and files."""

    def __init__(self, path):
        self.path = str(Path(path).resolve())

    def arguments(self, extracts, day, out, ledger, rules=RULES, **options):
        """The command line of a run; `packs`, `accept`, `waivers` and `backfill` are its options."""
        words = [self.path, "validate", str(extracts), "--rules", str(rules), "--as-of", str(day)]
        words += ["--out", str(out), "--ledger", str(ledger), "--progress", "never"]
        words += ["--format", "csv,json"]
        for name in options.get("packs") or []:
            words += ["--pack", name]
        for table in options.get("accept") or []:
            words += ["--accept-shrink", table]
        if options.get("waivers"):
            words += ["--waivers", str(options["waivers"])]
        if options.get("backfill"):
            words += ["--backfill"]
        return words

    def call(self, words):
        done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return Outcome(done.returncode, done.stdout, done.stderr)

    def validate(self, *where, **options):
        return self.call(self.arguments(*where, **options))

    def has(self, command):
        return self.call([self.path, *command.split(), "--help"]).code == 0 and any(
            line.split()[:1] == command.split()[-1:]
            for line in self.call([self.path, *command.split()[:-1], "--help"]).out.splitlines()
        )

    def asked(self, command, *words):
        """The JSON that a command prints, or its Outcome where it prints none."""
        done = self.call([self.path, *command.split(), *map(str, words), "--format", "json"])
        try:
            return json.loads(done.out) if done.code in (0, 1) else done
        except ValueError:
            return done


def exceptions(out):
    """The rows of exceptions.csv, each a dictionary by heading."""
    with open(Path(out) / "exceptions.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def strangers(out):
    """The teams' rows that stand in another team's list than the one that summary.json names for them, by folder."""
    names = {team["slug"]: team["team"] for team in json.loads((Path(out) / "summary.json").read_text(encoding="utf-8"))["byTeam"]}
    found = {}
    for folder in (Path(out) / "teams").iterdir():
        teams = {row["team"] for row in exceptions(folder)} - {names.get(folder.name)}
        found |= {folder.name: teams} if teams else {}
    return found


def doubted(out):
    """The tables that summary.json does not trust, and whether it trusts the run."""
    summary = json.loads((Path(out) / "summary.json").read_text(encoding="utf-8"))
    tables = {entry["table"] for entry in summary["inputs"] if not entry["trusted"]} | {fault["table"] for fault in summary["faults"]}
    return tables, summary["trusted"]


def unlike_summary(out):
    """What exceptions.csv and summary.json do not agree on: how many rows there are in all, and of each rule."""
    summary = json.loads((Path(out) / "summary.json").read_text(encoding="utf-8"))
    listed = Counter(row["rule"] for row in exceptions(out))
    said = Counter({rule["rule"]: rule["exceptions"] for rule in summary["byRule"]})
    return {rule: (listed[rule], said[rule]) for rule in {*listed, *said} if listed[rule] != said[rule]}


def contents(folder):
    """The bytes of every file below a folder, by path."""
    folder = Path(folder)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def day_of(text):
    return date.fromisoformat(text)


class Facts:
    """Counts what was checked, keeps what was wrong, and says so at the end."""

    def __init__(self, shown=12):
        self.checked, self.wrong, self.shown = 0, [], shown

    def equal(self, where, what, expected, actual):
        self.checked += 1
        if expected != actual:
            self.wrong.append(f"{where}: {what}: expected {expected!r}, the program says {actual!r}")
        return expected == actual

    def same_map(self, where, expected, actual, absent="nothing"):
        """Checks that two dictionaries are equal; each key is a fact of its own."""
        for key in sorted(set(expected) | set(actual), key=str):
            self.equal(where, key, expected.get(key, absent), actual.get(key, absent))

    def true(self, where, what, held):
        self.checked += 1
        if not held:
            self.wrong.append(f"{where}: {what}")
        return held

    def close(self, opening):
        """Prints the first differences and the closing line; returns the exit status."""
        if not self.checked:
            self.wrong.append("nothing was checked")
        for line in self.wrong[: self.shown]:
            print(line)
        if len(self.wrong) > self.shown:
            print(f"... and {len(self.wrong) - self.shown} more")
        print(f"{opening}, {self.checked} facts checked, {len(self.wrong)} wrong")
        return 1 if self.wrong else 0


def is_root():
    return os.geteuid() == 0
