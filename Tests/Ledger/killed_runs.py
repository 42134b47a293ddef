#!/usr/bin/env python3
"""Runs that are killed, that run at the same time, or that find a damaged ledger or a full disk.

    Tests/Ledger/killed_runs.py PROGRAM [--kills 60] [--children 150] [--seed N]

After each kill, the ledger and the lists must each be as before the run or as after it, whole. Where a run cannot finish,
both must be as they were. The exit status is 1 where anything else is found.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from ledger_tools import Facts, Program, contents, is_root

FIRST = date(2016, 1, 8)


def write_extracts(folder, children, week, seed):
    """Writes extracts large enough that a run can be hit at any stage; each week differs a little."""
    chance = random.Random(f"{seed} {week}")
    folder.mkdir(parents=True)
    fixed = random.Random(seed)
    people, visits, assessments = [], [], []
    for number in range(1, children + 1):
        team = fixed.choice(["North", "South", "East"])
        end = f"{team},Worker {fixed.randint(1, 40)}"
        sex = "" if chance.random() < 0.1 else "F"
        people.append(f"P{number},01/02/2010,{fixed.randint(1, 28):02}/10/2015,,{sex},{end}")
        for visit in range(8):
            minutes = "" if chance.random() < 0.1 else chance.randint(10, 60)
            day = f"{fixed.randint(1, 28):02}/{fixed.choice([10, 11, 12])}/2015"
            visits.append(f"V{number}-{visit},P{number},{day},,{minutes},{end}")
        start = f"{fixed.randint(1, 28):02}/{fixed.choice([10, 11])}/2015"
        assessments.append(f"A{number},P{number},{start},,,{end}")
    for name, headings, rows in (
        ("people", "Person ID,Date of Birth,Registered,Closed,Sex,Team,Worker", people),
        ("visits", "Visit ID,Person ID,Visit Date,Written Up,Minutes,Team,Worker", visits),
        ("assessments", "Assessment ID,Person ID,Start Date,Authorised,Outcome,Team,Worker", assessments),
    ):
        (folder / f"{name}.csv").write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")


def dump(ledger):
    """What a ledger holds: the sorted rows of every table; and the result of SQLite's integrity check."""
    if not ledger.exists():
        return None, "ok"
    opened = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    try:
        word = opened.execute("pragma integrity_check").fetchone()[0]
        names = opened.execute("select name, sql from sqlite_master where type = 'table' order by name").fetchall()
        return {name: [sql, *sorted(opened.execute(f'select * from "{name}"'), key=str)] for name, sql in names}, word
    finally:
        opened.close()


class Place:
    """A folder with a ledger, its lists, and the extracts of each week."""

    def __init__(self, program, folder, facts):
        self.program, self.folder, self.facts = program, Path(folder), facts
        self.ledger, self.out = self.folder / "state" / "ledger.sqlite", self.folder / "state" / "lists"

    @property
    def state(self):
        return self.folder / "state"

    def words(self, week, **options):
        day = FIRST + timedelta(days=7 * week)
        return self.program.arguments(self.folder / f"week{week}", day, self.out, self.ledger, **options)

    def run(self, week, **options):
        return self.program.call(self.words(week, **options))

    def keep(self, name):
        """Copies ledger and lists aside."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.state, self.folder / name)

    def restore(self, name):
        shutil.rmtree(self.state)
        shutil.copytree(self.folder / name, self.state)

    def sound(self, where):
        done = self.program.call([self.program.path, "ledger", "check", "--ledger", str(self.ledger)])
        self.facts.equal(where, "exit status of `ledger check`", 0, done.code)

    def names(self):
        return sorted(path.name for path in self.state.iterdir())


def killed(place, kills, chance, duration, after_signal):
    """Kills runs at moments spread over their whole duration; counts the ledgers found as before and as after."""
    facts, seen = place.facts, {"before": 0, "after": 0}
    place.restore("before")
    before, before_lists = dump(place.ledger)[0], contents(place.out)
    after, after_lists = place.after
    for number in range(kills):
        # A run starts from what the last kill left behind; where that run was finished, the old state is restored.
        delay = duration * (number + chance.random()) / kills
        where = f"{after_signal.name} {number + 1} after {delay * 1000:.0f} ms"
        child = subprocess.Popen(place.words(place.week), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        child.send_signal(after_signal)
        child.wait()
        now, word = dump(place.ledger)
        facts.equal(where, "integrity_check", "ok", word)
        place.sound(where)
        ledger_is = "before" if now == before else "after" if now == after else "neither"
        lists = contents(place.out)
        lists_are = "before" if lists == before_lists else "after" if lists == after_lists else "neither"
        facts.true(where, "the ledger is neither as before nor as after the run", ledger_is != "neither")
        facts.true(where, "the lists are neither as before nor as after the run", lists_are != "neither")
        place.between += ledger_is != lists_are
        if ledger_is in seen:
            seen[ledger_is] += 1
        if number % 6 == 5 or ledger_is != "before":
            complete(place, f"the run after {where}")
            place.restore("before")
    complete(place, f"the run after all {after_signal.name}")
    return seen


def complete(place, where):
    """Checks that a complete run gives what it would have given without any kill, and clears away what killed runs left."""
    done = place.run(place.week)
    place.facts.equal(where, "exit status", 1, done.code)
    place.facts.true(where, "the ledger differs from one that saw no kill", dump(place.ledger)[0] == place.after[0])
    place.facts.true(where, "the lists differ from those of a run that saw no kill", contents(place.out) == place.after[1])
    place.facts.equal(where, "what lies beside them", place.litter_free, place.names())


def at_once(place, times=8):
    """Two runs started together on one ledger: one is refused with 75, the other is complete."""
    for number in range(times):
        where = f"two runs at once, {number + 1}"
        # On a busy machine one run may end before the other begins, so both ending well is tried again. Without a lock, both
        # would end well every time.
        for _ in range(5):
            place.restore("before")
            first, second = place.words(place.week), place.words(place.week)
            second[second.index("--out") + 1] = str(place.out) + "-2"
            started = [subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for words in (first, second)]
            errors = [child.communicate()[1] for child in started]
            codes = [child.returncode for child in started]
            if codes != [1, 1]:
                break
        place.facts.equal(where, "exit statuses", [1, 75], sorted(codes))
        if 75 in codes:
            place.facts.true(where, "the refused one says nothing", errors[codes.index(75)].strip())
        place.facts.true(where, "the ledger is not as after one run", dump(place.ledger)[0] == place.after[0])
        place.facts.equal(where, "runs in the ledger", place.week + 1, len(dump(place.ledger)[0]["run"]) - 1)
        if sorted(codes) == [1, 75]:
            out = Path(str(place.out) + ("-2" if codes[1] == 1 else ""))
            place.facts.true(where, "the lists of the other are not complete", contents(out) == place.after[1])


def refused(place, where, spoil, said=()):
    """A ledger that cannot be used: the run exits 4 with a message and changes not a byte."""
    place.restore("before")
    spoil(place.ledger)
    there = place.names()
    bytes_before, lists = place.ledger.read_bytes(), contents(place.out)
    done = place.run(place.week)
    place.facts.equal(where, "exit status", 4, done.code)
    place.facts.true(where, f"the message does not name the ledger: {done.err!r}", "ledger" in done.err)
    for word in said:
        place.facts.true(where, f"the message does not say {word!r}: {done.err!r}", word in done.err)
    place.facts.true(where, "the file was changed", place.ledger.read_bytes() == bytes_before)
    place.facts.true(where, "the lists were changed", contents(place.out) == lists)
    usual = {"ledger.sqlite.lock", *there}
    place.facts.equal(where, "what it left behind", [], [name for name in place.names() if name not in usual])
    if not where.startswith("read-only"):
        done = place.program.call([place.program.path, "ledger", "check", "--ledger", str(place.ledger)])
        place.facts.equal(where, "exit status of `ledger check`", 4, done.code)
        place.facts.true(where, "`ledger check` changed the file", place.ledger.read_bytes() == bytes_before)


def not_a_database(ledger):
    ledger.write_bytes(b"rule,table,record_id\n" * 500)


def other_application(ledger):
    ledger.unlink()
    with sqlite3.connect(ledger) as opened:
        opened.execute("create table photographs (id integer primary key, title text)")
        opened.execute("insert into photographs values (1, 'The harbour')")
    opened.close()


def shorter(share):
    def cut(ledger):
        os.truncate(ledger, int(ledger.stat().st_size * share))
    return cut


def garbage(share, length=6000):
    def write(ledger):
        with open(ledger, "r+b") as file:
            file.seek(int(ledger.stat().st_size * share))
            file.write(random.Random(share).randbytes(length))
    return write


def damaged(place):
    refused(place, "not a database", not_a_database)
    refused(place, "another application's database", other_application)
    for share in (0.3, 0.5, 0.9):
        refused(place, f"cut off at {share:.0%}", shorter(share))
    for share in (0.01, 0.3, 0.5, 0.8):
        refused(place, f"garbage at {share:.0%}", garbage(share))
    if is_root():
        print("a read-only ledger: skipped, root may write anything")
    else:
        refused(place, "read-only", lambda ledger: ledger.chmod(0o400))


def full_disk(place):
    """The disk fills up while the lists or the ledger are written."""
    disk = place.folder / "disk"
    disk.mkdir()
    size = sum(path.stat().st_size for path in (place.folder / "before").rglob("*") if path.is_file())
    mounted = []
    for part in (0.02, 0.1, 0.3, 0.6, 0.9):
        kilobytes = int(size * (1 + part) / 1024) + 150
        mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)]
        if not is_root() or subprocess.run(mount, capture_output=True).returncode != 0:
            print("a full disk: skipped, no small file system can be mounted")
            return
        try:
            usual, place_state = place.state, disk / "state"
            shutil.copytree(place.folder / "before", place_state)
            ledger, out = place_state / "ledger.sqlite", place_state / "lists"
            before, lists = dump(ledger)[0], contents(out)
            words = place.words(place.week)
            words = [str(ledger) if word == str(place.ledger) else str(out) if word == str(place.out) else word for word in words]
            done = place.program.call(words)
            where = f"a disk with {part:.0%} of what is needed left"
            now, word = dump(ledger)
            place.facts.equal(where, "integrity_check", "ok", word)
            if done.code == 1:  # there was enough room after all
                place.facts.true(where, "the ledger is not as after the run", now == place.after[0])
                place.facts.true(where, "the lists are not as after the run", contents(out) == place.after[1])
            else:
                mounted.append(part)
                place.facts.equal(where, "exit status", 4, done.code)
                place.facts.true(where, "it says nothing", done.err.strip())
                place.facts.true(where, "the ledger was changed", now == before)
                place.facts.true(where, "the lists were changed", contents(out) == lists)
                left = sorted(path.name for path in place_state.iterdir())
                place.facts.equal(where, "what it left behind", [], [name for name in left if name not in place.litter_free])
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    place.facts.true("a full disk", "no disk was too small: nothing was tested", mounted)


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("program")
    words.add_argument("--kills", type=int, default=60)
    words.add_argument("--children", type=int, default=150)
    words.add_argument("--seed", type=int, default=1)
    words = words.parse_args()
    facts, chance = Facts(), random.Random(words.seed)
    with tempfile.TemporaryDirectory(prefix="ledger-kills-") as scratch:
        place = Place(Program(words.program), scratch, facts)
        place.state.mkdir()
        place.week, place.between = 4, 0
        for week in range(place.week + 1):
            write_extracts(place.folder / f"week{week}", words.children, week, words.seed)
        for week in range(place.week):
            facts.equal(f"week {week}", "exit status", 1, place.run(week).code)
        place.keep("before")
        durations = []
        for _ in range(5):
            place.restore("before")
            start = time.monotonic()
            facts.equal("the run to be killed", "exit status", 1, place.run(place.week).code)
            durations.append(time.monotonic() - start)
        duration = sorted(durations)[2]
        place.after, place.litter_free = (dump(place.ledger)[0], contents(place.out)), place.names()
        facts.true("the run to be killed", "it changes nothing", place.after[0] != dump(place.folder / "before" / "ledger.sqlite")[0])

        for sort, number in ((signal.SIGKILL, words.kills), (signal.SIGTERM, max(10, words.kills // 4))):
            seen = killed(place, number, chance, duration, sort)
            print(f"{number} x {sort.name} in a run of {duration:.2f} s: ledger as before {seen['before']}, as after {seen['after']}")
            facts.true(sort.name, "it never met a run at work: nothing was tested", seen["before"])
        print(f"killed between the lists and the ledger: {place.between}, each put straight by the next run")
        at_once(place)
        damaged(place)
        full_disk(place)
        sys.exit(facts.close(f"{words.kills} kills"))


if __name__ == "__main__":
    main()
