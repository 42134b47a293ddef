#!/usr/bin/env python3
"""Lets calls to the file system fail, one at a time, and checks what a run leaves behind.

    check_faults.py PROGRAM [N | all]

Counts the calls of an undisturbed `casecheck run` and `casecheck validate`. It then repeats each command with one of the calls failing,
cut short, or met by SIGKILL or by a signal that asks the run to stop: N of each sort (4 by default), or all of them. After each, the
lists and the ledger must be either the old ones or the new ones, whole; the exit code must be a documented one; the message must say
where and what to do, and nothing about a child; and the next run must give what it would have given undisturbed. Linux only.
"""

import collections
import errno
import hashlib
import pathlib
import re
import signal
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, short  # noqa: E402
from fault_place import CELL, WEEKS, Ledgers, Place, compiled, left_over, lists, mails, tree  # noqa: E402
from injections import REMOVING, STOPS, plan  # noqa: E402

ADVICE = re.compile(
    r"\b(Make room|Put|Give|Look at|Name|Wait for|Export|Remove|See that|Start|Move|Run again)\b")

# What a run may leave beside its lists, and the next one knows: lists that are not in place, SQLite's companions, mails and their notes.
KEPT = re.compile(
    r"lists/(\.[^/]+\.partial-\d+(/|$)|[^.])|state/ledger\.sqlite(-wal|-shm|-journal|\.lock)$|state/outbox(/|$)|mail(/|$)")


class Sweep:
    """One command, first undisturbed and then disturbed, always from the same starting state."""

    def __init__(self, place, facts, command, start):
        self.place, self.facts, self.command, self.start = place, facts, command, start
        self.ledgers = Ledgers(place)
        self.words = place.words(command, 2)
        self.own = f"{WEEKS[2]}" if command == "run" else "whole"
        self.good_ends, self.codes = set(), collections.Counter()
        place.restore(start)
        self.before, self.first = self.seen(), tree(place.job)
        self.ordinary = place.call(self.words)
        self.after, self.last = self.seen(), tree(place.job)
        facts.same(self.ordinary.code, 1, "exit status of the undisturbed run", command)
        facts.that(self.before != self.after, "the undisturbed run changes nothing", command)
        facts.same(left_over(place), [], "left behind by the undisturbed run", command)
        facts.same(self.after[1][1:], ("ok", 0), "the ledger after the undisturbed run", command)

    def seen(self):
        return lists(self.place), self.ledgers.look(), mails(self.place)

    def calls(self):
        """The calls of the undisturbed run: number, name, and path relative to the folder of the job."""
        log = self.place.folder / "calls"
        log.unlink(missing_ok=True)
        self.place.restore(self.start)
        self.place.call(self.words, log=log)
        calls = [line.split(" ", 2) for line in log.read_text().splitlines()]
        return [(int(number), name, path.replace(str(self.place.folder) + "/", "")) for number, name, path in calls]

    def meet(self, injection):
        """Disturbs a run, and checks what it leaves behind."""
        self.place.restore(self.start)
        done = self.place.call(self.words, **injection.shim)
        self.codes[done.code] += 1
        self.where = f"{self.command}, {injection}"
        found = self.seen()
        self.judge_end(injection, done)
        self.judge_ledger(done, found)
        self.judge_lists(injection, done, found)
        self.judge_litter(injection, done)
        self.judge_next(found)

    def say(self, holds, what, detail=""):
        return self.facts.that(holds, what, f"{self.where}: {detail}" if detail else self.where)

    def judge_end(self, injection, done):
        said = done.err + done.out
        if injection.is_kill:
            # 1 where the run had ended before the kill, or never came to the call.
            self.say(done.code in (-signal.SIGKILL, 1), "a killed run's exit status", str(done.code))
        elif injection.is_stop:
            # 1 where the run had ended before it noticed the signal.
            if self.say(done.code in (1, 128 + injection.number), "a stopped run's exit status", f"{done.code} {short(done.err)}"):
                said_so = f"stopped by {signal.Signals(injection.number).name}" in done.err
                self.say(said_so == (done.code != 1), "a stopped run does not say so", short(done.err))
        elif self.say(done.code in (1, 2, 3, 4), "an exit status that is not documented", f"{done.code} {short(done.err)}"):
            if done.code in (2, 4) or (done.code == 3 and "write" not in injection.name):
                voice = done.err if done.code != 3 else said
                self.say(ADVICE.search(voice) and ("/" in voice or ".csv" in voice),
                         "a message that does not say where, or what to do", short(voice))
            if injection.how == "short" and injection.name in ("read", "pread", "write"):
                self.say(done.code == 1, "a run that half a piece stops", f"{done.code} {short(done.err)}")
            # Rules are read by Foundation, which does not retry. With SA_RESTART, casecheck's own signals never interrupt a call.
            is_ours = injection.name in ("read", "pread", "write", "pwrite") and "Rules/" not in injection.path
            if injection.number == errno.EINTR and is_ours:
                self.say(done.code == 1, "a run that an interrupted call stops", f"{done.code} {short(done.err)}")
        self.say(CELL not in said, "a message quotes a cell", short(said))

    def judge_ledger(self, done, found):
        contents, word, checked = found[1]
        self.say(word == "ok" and checked == 0, "a ledger that is not whole", f"{word}, `ledger check` {checked}")
        if done.code == 3:
            # The run is recorded, and only what would have been put right anyway counts as put right.
            closed = opened(self.before) - opened(found)
            self.say(closed <= opened(self.before) - opened(self.after), "an untrusted input closed something", short(closed))
        else:
            self.say(contents in (self.before[1][0], self.after[1][0]), "a ledger neither as before nor as after")

    def judge_lists(self, injection, done, found):
        before, after, now = (folders(state[0]) for state in (self.before, self.after, found))
        for name in {*before, *after, *now}:
            if name == self.own and done.code == 3:
                self.say({"run.json", "exceptions.csv", "measures.csv"} <= set(now.get(name, {})), "lists that are not whole", name)
                continue
            self.say(now.get(name) in (before.get(name), after.get(name)), "lists neither as before nor as after", name)
        if done.code in (2, 3) or injection.is_kill:
            return
        lists_new = now.get(self.own) == after[self.own]
        ledger_new = found[1][0] == self.after[1][0]
        if injection.how != "lasting":
            self.say(lists_new == ledger_new, "lists and ledger that do not belong together", f"{done.code} {short(done.err)}")
        if done.code == 1:
            self.say(lists_new and ledger_new, "exit 1, and the run is not in place", short(done.err))
        if injection.is_stop and done.code != 1:
            self.say(lists_new == ("in place" in done.err), "a stopped run does not say what stands", short(done.err))
        if done.code == 4 and lists_new and injection.how != "lasting":
            self.say("in place" in done.err, "exit 4 after the run is in place does not say so", short(done.err))

    def judge_litter(self, injection, done):
        """Checks what is left behind, and that nothing else is touched.

        A kill may leave no temporary file that holds records. One fault may keep what it met from being cleared away, which is told
        where it is lists; a stop leaves nothing. Where a fault lasts, anything may stay that the next run knows and removes.
        """
        held = tree(self.place.temporary)
        left = left_over(self.place)
        if injection.is_kill:
            # A file that is to be nameless has a name for a moment, before anything is written to it.
            left = [name for name in left if name.startswith("tmp/") and held[name.removeprefix("tmp/")] != b""]
        elif injection.how == "lasting":
            left = []
        elif not injection.is_stop:
            left = [name for name in left if not self.may_stay(name, injection, done)]
        self.say(left == [], "left behind", f"{done.code} {short(left)} {short(done.err)}")
        if done.code == 2:
            self.say(lists(self.place) == self.before[0], "exit 2, and the lists are others")
        job = tree(self.place.job)
        changed = {name for name in {*job, *self.first} if is_input(name) and job.get(name) != self.first.get(name)}
        self.say(changed == set(), "what the run reads is changed", short(changed))
        strange = [name for name in job if name not in self.first and name not in self.last and not KEPT.match(name)]
        self.say(strange == [], "a file that no run should make", short(strange))
        is_open = [name for name in (*left_over(self.place), *(f"job/{name}" for name in strange))
                   if not (path := self.place.folder / name).is_symlink() and path.stat().st_mode & 0o077]
        self.say(is_open == [], "what is left behind is not the owner's alone", short(is_open))

    def may_stay(self, name, injection, done):
        """Whether a single fault explains that this is left: it was met where this is used or removed, after all had been done."""
        if name.startswith("tmp/"):
            return injection.name in REMOVING and injection.path.startswith("tmp/")
        if name.startswith("job/state/ledger.sqlite"):
            return "ledger.sqlite" in injection.path
        folder = re.match(r"job/lists/\.[^/]+", name)
        is_met = folder and without_numbers(injection.path).startswith(without_numbers(folder[0]))
        # That lists are left where nobody looks for them has to be told: they are about children.
        return bool(is_met and done.code == self.ordinary.code and folder[0] in done.err)

    def judge_next(self, found):
        """Checks the next run; skipped where an earlier one has already done well from the very same bytes."""
        names = tree(self.place.folder / "job") | {f"tmp/{name}": held for name, held in tree(self.place.temporary).items()}
        steady = {without_numbers(name): b"" if name.endswith("lock") else held for name, held in names.items()}
        end = hashlib.sha256(repr(sorted(steady.items())).encode()).digest()
        if end in self.good_ends:
            self.facts.checked += 1
            return
        done = self.place.call(self.words)
        good = self.say(done.code == 1, "the next run's exit status", f"{done.code} {short(done.err)}")
        contents, word, checked = self.ledgers.look()
        good &= self.say(contents == self.after[1][0] and word == "ok" and checked == 0, "the next run's ledger")
        good &= self.say(lists(self.place) == self.after[0], "the next run's lists", difference(lists(self.place), self.after[0]))
        # Whoever reads a maildir clears its tmp of what is older than 36 hours (maildir(5)).
        left = [name for name in left_over(self.place) if not name.startswith(("tmp/", "job/mail/tmp/"))]
        good &= self.say(left == [], "left behind by the next run", short(left))
        doubtful = tree(self.place.job / "state/outbox/doubtful")
        missing = [name for name in self.after[2] if name not in mails(self.place) and name.removeprefix("new/") not in doubtful]
        good &= self.say(missing == [], "a mail that is lost", short(missing))
        if good:
            self.good_ends.add(end)


def is_input(name):
    """Whether a path of the job is one that a run reads and never writes."""
    return name.split("/")[0] in ("extracts", "Rules", "casecheck.yaml") or name == "state/waivers.csv"


def without_numbers(path):
    """A path without the number of the process, which differs from run to run."""
    return re.sub(r"-\d+(?=/|$)", "", path)


def opened(state):
    """The exceptions that are open in the ledger of a state."""
    contents = state[1][0]
    return {row[0] for row in contents["spell"] if row[2] is None and row[3] < 10} if contents else set()


def folders(held):
    """The contents under each name at the top of the folder of lists."""
    found = {}
    for name, content in held.items():
        top, _, rest = name.partition("/")
        found.setdefault(top, {})[rest] = content
    return found


def difference(found, wanted):
    return short([name for name in {*found, *wanted} if found.get(name) != wanted.get(name)])


def sweep(program, command, share, folder):
    """Disturbs one command in all ways, in a folder of its own."""
    facts, made = Facts(), collections.Counter()
    place = Place(program, folder / command, compiled(folder))
    place.build()
    for week in (0, 1):
        place.at_week(week)
        facts.same(place.call(place.words("run", week)).code, 1, "exit status", f"week {week}")
    facts.same(place.call(place.words("validate", 1)).code, 1, "exit status", "the lists that validate replaces")
    place.at_week(2)
    place.keep("before")
    done = Sweep(place, facts, command, "before")
    for sort, injections in plan(done.calls(), share).items():
        for injection in injections:
            done.meet(injection)
        made[sort] += len(injections)
        if share is None:
            print(f"{command}, {sort}: {len(injections)} runs disturbed, {facts.wrong} facts wrong", flush=True)
    for ends in ([-signal.SIGKILL], [128 + number for number in STOPS], [1], [4]):
        facts.that(any(done.codes[code] for code in ends), "nothing was tested: no run ended like this", f"{command}: {ends}")
    return facts, made, done.codes


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    program = pathlib.Path(sys.argv[1]).resolve()
    share = sys.argv[2] if len(sys.argv) == 3 else "4"
    share = None if share == "all" else int(share)
    with tempfile.TemporaryDirectory(prefix="casecheck-faults-") as folder, ThreadPoolExecutor() as pool:
        folder = pathlib.Path(folder)
        compiled(folder)
        found = list(pool.map(lambda command: sweep(program, command, share, folder), ("run", "validate")))
    facts, made, codes = Facts(), collections.Counter(), collections.Counter()
    for of_command, made_by_command, codes_of_command in found:
        facts.checked += of_command.checked
        facts.wrong += of_command.wrong
        facts.by_kind = collections.Counter(facts.by_kind) + collections.Counter(of_command.by_kind)
        made += made_by_command
        codes += codes_of_command
    print(f"{sum(made.values())} runs disturbed (" + ", ".join(f"{count} {sort}" for sort, count in made.items())
          + "); exit statuses " + ", ".join(f"{code}: {count}" for code, count in sorted(codes.items())))
    facts.finish()


if __name__ == "__main__":
    main()
