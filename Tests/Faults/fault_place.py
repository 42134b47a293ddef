"""A small job in a folder of its own: rules, extracts of three weeks, a ledger, lists and mail; and what that folder holds."""

import functools
import hashlib
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
WEEKS = ["2016-01-08", "2016-01-15", "2016-01-22"]
# A word in every cell of the extracts that is about somebody; no message may contain it.
CELL = "Zqx"

RULES = {
    "tables.yaml": """
table: people
files: ["people*.csv"]
required: true
primaryKey: person_id
person: person_id
owner: {team: team, worker: worker}
fields:
  - {name: person_id, headings: [Person ID]}
  - {name: born_on, headings: [Born], type: date, constraints: {required: true}}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
---
table: visits
files: ["visits*.csv"]
primaryKey: visit_id
person: person_id
owner: {team: team, worker: worker}
fields:
  - {name: visit_id, headings: [Visit ID]}
  - {name: person_id, headings: [Person ID]}
  - {name: visited_on, headings: [Visited], type: date}
  - {name: written_on, headings: [Written], type: date}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
foreignKeys:
  - {fields: person_id, reference: {table: people, fields: person_id}, as: person}
""",
    "packs/local/rules.yaml": """
rules:
  - rule: written-up
    title: Visits are written up within five days
    for: visits
    deadline: {from: visited_on, within: 5 days, to: written_on}
""",
}
CONFIGURATION = """
extracts: extracts
rules: [Rules]
asOf: {day}
out: lists/{{asOf}}
ledger: state/ledger.sqlite
waivers: state/waivers.csv
keep: 2
deliver: {{method: maildir, from: performance@example.gov.uk, maildir: mail, outbox: state/outbox,
  to: {{North: north@example.gov.uk, South: south@example.gov.uk}}}}
"""
WAIVERS = f"""rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest
written-up,visits,{CELL}V5,,Off sick,The manager,2016-01-01,2016-12-31,
"""


def extracts(week):
    """The extracts of a week: some visits are written up from week to week and some never; faults of one week are put right later."""
    people, visits = ["Person ID,Born,Team,Worker"], ["Visit ID,Person ID,Visited,Written,Team,Worker"]
    for number in range(1, 31):
        owner = f"{'North' if number % 2 else 'South'},{CELL} Worker {number % 5}"
        born = "" if number % 7 == 0 and week < 2 else "01/02/2010"
        people.append(f"{CELL}{number},{born},{owner}")
        written = "" if number % 3 or number % 3 + week > 3 else "04/01/2016"
        if number % 10 == week:
            written = "08/01/2016"
        visits.append(f"{CELL}V{number},{CELL}{number},0{1 + number % 7}/01/2016,{written},{owner}")
    visits.append(f"{CELL}V99,{CELL}1,02/01/2016,,North,{CELL} Worker,too many")
    return {"people.csv": "\n".join(people) + "\n", "visits.csv": "\n".join(visits) + "\n"}


@dataclass
class Outcome:
    code: int
    out: str
    err: str


class Place:
    """The folder of the job, and how its two commands are called in it."""

    def __init__(self, program, folder, shim):
        self.program, self.folder, self.shim = str(program), pathlib.Path(folder), str(shim)
        self.job, self.temporary = self.folder / "job", self.folder / "tmp"

    def build(self):
        for name, text in RULES.items():
            self.write(f"Rules/{name}", text)
        self.write("state/waivers.csv", WAIVERS)
        self.temporary.mkdir(parents=True)
        self.at_week(0)

    def write(self, name, text):
        path = self.job / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def at_week(self, week):
        self.write("casecheck.yaml", CONFIGURATION.format(day=WEEKS[week]))
        for name, text in extracts(week).items():
            self.write(f"extracts/{name}", text)

    def words(self, command, week):
        words = [self.program, command, "--threads", "1", "--progress", "never"]
        if command == "run":
            return [*words, "--config", str(self.job / "casecheck.yaml")]
        job = self.job
        return [
            *words, str(job / "extracts"), "--rules", str(job / "Rules"), "--as-of", WEEKS[week],
            "--ledger", str(job / "state/ledger.sqlite"), "--waivers", str(job / "state/waivers.csv"),
            "--out", str(job / "lists/whole"),
        ]

    def environment(self, **shim):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FAULT_")}
        kept["TMPDIR"] = str(self.temporary)
        if shim:
            kept |= {"LD_PRELOAD": self.shim, "FAULT_BELOW": f"{self.job}:{self.temporary}"}
            kept |= {f"FAULT_{name.upper()}": str(value) for name, value in shim.items()}
        return kept

    def start(self, words, **shim):
        return subprocess.Popen(
            words, env=self.environment(**shim), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, errors="replace", cwd=self.folder)

    def call(self, words, **shim):
        child = self.start(words, **shim)
        try:
            out, err = child.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            err += "\n(it hung for 60 s and was killed)"
        # Its advice, on the date of the configuration, must not stand for that on a fault.
        err = re.sub(r"casecheck: `asOf: [^\n]* back: [^\n]*\n", "", err)
        return Outcome(child.returncode, out, err)

    def keep(self, name):
        shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.job, self.folder / name, symlinks=True)

    def restore(self, name):
        shutil.rmtree(self.job, ignore_errors=True)
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir()
        shutil.copytree(self.folder / name, self.job, symlinks=True)


def tree(folder):
    """Every path below a folder, with the bytes of a file, the target of a link, or None for a folder."""
    folder, found = pathlib.Path(folder), {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        name = str(path.relative_to(folder))
        found[name] = os.readlink(path) if path.is_symlink() else None if path.is_dir() else path.read_bytes()
    return found


def is_hidden(name):
    return any(part.startswith(".") for part in pathlib.PurePath(name).parts)


def lists(place):
    """What a reader sees: everything below the folder of lists that is not hidden.

    How many mails wait is left out of the metrics, as it depends on the runs before.
    """
    found = {name: held for name, held in tree(place.job / "lists").items() if not is_hidden(name)}
    for name in [name for name in found if name.endswith("/metrics.prom")]:
        if isinstance(found[name], bytes):
            found[name] = b"".join(line for line in found[name].splitlines(True) if b"casecheck_mail_waiting" not in line)
    return found


def left_over(place):
    """What a run should not leave behind: hidden names, temporary files, half-written mail, SQLite's companion files."""
    names = [f"job/{name}" for name in tree(place.job) if is_hidden(name) or name.endswith(("-wal", "-shm", "-journal"))]
    return [*names, *(f"tmp/{name}" for name in tree(place.temporary))]


def mails(place):
    """The names of the mails in the maildir."""
    return sorted(name for name in tree(place.job / "mail") if name.startswith("new/"))


def ledger_digest(place):
    parts = [place.job / f"state/ledger.sqlite{end}" for end in ("", "-wal")]
    return hashlib.sha256(b"\0".join(part.read_bytes() if part.exists() else b"none" for part in parts)).hexdigest()


class Ledgers:
    """Reads copies of ledgers, each content once: its rows, what SQLite's integrity check says, and what casecheck's does."""

    def __init__(self, place):
        self.place = place
        self.known = {}

    def look(self):
        digest = ledger_digest(self.place)
        if digest not in self.known:
            self.known[digest] = self.read()
        return self.known[digest]

    def read(self):
        with tempfile.TemporaryDirectory(dir=self.place.folder) as folder:
            copy = pathlib.Path(folder) / "ledger.sqlite"
            for end in ("", "-wal"):
                part = self.place.job / f"state/ledger.sqlite{end}"
                if part.exists():
                    shutil.copy(part, f"{copy}{end}")
            if not copy.exists() or not copy.stat().st_size:
                return None, "ok", 0
            checked = self.place.call([self.place.program, "ledger", "check", "--ledger", str(copy)]).code
            opened = sqlite3.connect(copy)
            try:
                return contents(opened), opened.execute("pragma integrity_check").fetchone()[0], checked
            finally:
                opened.close()


def contents(opened):
    """All rows of all tables, with names and exceptions in place of their numbers, which depend on the order in which they came."""
    tables = [name for name, in opened.execute("select name from sqlite_master where type = 'table'")]
    if "spell" not in tables:
        return None
    named = {0: "(all)", **dict(opened.execute("select id, text from name"))}
    exceptions = {
        row[0]: (named[row[1]], named[row[2]], *row[3:])
        for row in opened.execute("select id, rule, table_name, record, occasion, ordinal from exception")
    }
    found = {}
    for table in tables:
        if table in ("name", "exception") or table.startswith("sqlite_"):
            continue
        cursor = opened.execute(f'select * from "{table}"')
        columns = [column[0] for column in cursor.description]
        found[table] = sorted((resolved(columns, row, named, exceptions) for row in cursor), key=str)
    found["exception"] = sorted(exceptions.values(), key=str)
    return found


def resolved(columns, row, named, exceptions):
    def value(column, held):
        if column == "exception":
            return exceptions.get(held, held)
        is_name = column in ("rule", "team", "worker", "table_name") and isinstance(held, int)
        return named.get(held, held) if is_name else held
    return tuple(value(column, held) for column, held in zip(columns, row))


@functools.cache
def compiled(folder):
    """The shim, compiled into a folder by the system's C compiler."""
    shim = pathlib.Path(folder) / "faults.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-Wno-nonnull-compare",
         "-o", str(shim), str(HERE / "faults.c"), "-ldl"], check=True)
    return shim
