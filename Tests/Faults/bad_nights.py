#!/usr/bin/env python3
"""What a scheduled job may meet at night: no permission, a clock set back, another run, links, files that change.

    bad_nights.py PROGRAM

After each of these, what was there is still there, whole; the message says where it went wrong and what to do; and the
next run gives the same as an undisturbed one. Linux only.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, short  # noqa: E402
from check_faults import ADVICE, difference, opened  # noqa: E402
from fault_place import CELL, WEEKS, Ledgers, Place, compiled, extracts, left_over, lists, tree  # noqa: E402

NOBODY = 65534


class Night:
    """A job after two runs, and what an undisturbed third run gives."""

    def __init__(self, place, facts):
        self.place, self.facts, self.ledgers = place, facts, Ledgers(place)
        place.build()
        for week in (0, 1):
            place.at_week(week)
            place.call(place.words("run", week))
        place.call(place.words("validate", 1))
        place.at_week(2)
        place.keep("before")
        self.good = {}
        for command in ("run", "validate"):
            place.restore("before")
            facts.same(place.call(place.words(command, 2)).code, 1, "exit status of the undisturbed run", command)
            self.good[command] = self.seen()
        place.restore("before")
        self.before = self.seen()

    def seen(self):
        return lists(self.place), self.ledgers.look()[0]

    def say(self, where, holds, what, detail=""):
        return self.facts.that(holds, what, f"{where}: {detail}" if detail else where)

    def judge(self, where, done, code, state, says=()):
        """Checks the exit status, the lists and the ledger afterwards, and what the message says."""
        self.say(where, done.code == code, f"not exit {code}", f"{done.code} {short(done.err)}")
        for word in says:
            self.say(where, word in done.err + done.out, f"the message does not say {word!r}", short(done.err + done.out))
        if code not in (0, 1):
            self.say(where, ADVICE.search(done.err + done.out), "the message does not say what to do", short(done.err))
        self.say(where, CELL not in done.err + done.out, "the message quotes a cell", short(done.err))
        if state:
            now = self.seen()
            self.say(where, now[0] == state[0], "other lists than there should be", difference(now[0], state[0]))
            self.say(where, now[1] == state[1], "another ledger than there should be")

    def meet(self, where, spoil, code, command="run", says=(), state="before", mend=None, words=None, **shim):
        """Spoils something, runs, checks the outcome, mends it, and runs again."""
        self.place.restore("before")
        spoil(self.place.job)
        words = words or self.place.words(command, 2)
        wanted = self.before if state == "before" else self.good[command] if state == "good" else None
        done = self.place.call(words, **shim)
        self.judge(f"{command}, {where}", done, code, wanted, says)
        if mend:
            mend(self.place.job)
            self.next(f"{command}, {where}", command)
        return done

    def next(self, where, command):
        self.judge(f"{where}, the next run", self.place.call(self.place.words(command, 2)), 1, self.good[command])
        self.say(where, left_over(self.place) == [], "left behind by the next run", short(left_over(self.place)))

    def go_on(self, child):
        child.send_signal(signal.SIGCONT)
        out, err = child.communicate(timeout=120)
        return type("Outcome", (), {"code": child.returncode, "out": out, "err": err})


def clock(night):
    """An as-of date before the last run's, asked for or due to a clock that was set back."""
    words = [*night.place.words("run", 2), "--as-of", "2016-01-01"]
    night.meet("an as-of date before the last", lambda job: None, 4, words=words, says=("--backfill", "2016-01-15"))
    today = [*night.place.words("run", 2), "--as-of", "today"]
    at = {day: 1_453_464_000 + 86_400 * days for day, days in (("22", 0), ("12", -10), ("29", 7))}
    night.meet("today by a clock set back", lambda job: None, 4, words=today, says=("--backfill", "2016-01-12"), clock=at["12"])
    night.meet("today by a clock that is right", lambda job: None, 1, words=today, state="good", clock=at["22"])
    night.judge("a clock set back after that", night.place.call(today, clock=at["12"]), 4, night.good["run"], ("--backfill",))
    night.judge("a clock put right again", night.place.call(today, clock=at["29"]), 1, None)


def two_at_once(night):
    """A second run while the first takes the lock, writes the ledger, or moves its lists into place."""
    job = night.place.job
    partial = {"run": f"/lists/.{WEEKS[2]}.partial-", "validate": "/lists/.whole.partial-"}
    for command in ("run", "validate"):
        for name, path in (("fstat", "ledger.sqlite.lock"), ("create", "ledger.sqlite-wal"), ("rename", partial[command])):
            child = hold(night, name, path, command)
            linked = job / "state/other.sqlite"
            linked.symlink_to("ledger.sqlite")
            words = night.place.words("validate", 2)
            named = [str(linked) if word.endswith("ledger.sqlite") else word for word in words]
            for words in (night.place.words("run", 2), night.place.words("validate", 2), named):
                second = night.place.call(words)
                night.judge(f"a second run while {command} is at {name} {path}", second, 75, None, ("another run holds the lock",))
            linked.unlink()
            night.judge(f"{command}, with a second run", night.go_on(child), 1, night.good[command])


def hold(night, name, path, command, number=1):
    """Starts a run and stops it at the call with this name and part of a path, so that something can happen meanwhile."""
    log = night.place.folder / "calls"
    log.unlink(missing_ok=True)
    night.place.restore("before")
    night.place.call(night.place.words(command, 2), log=log)
    at = [line.split()[0] for line in log.read_text().splitlines() if f" {name} " in line and path in line]
    night.place.restore("before")
    child = night.place.start(night.place.words(command, 2), at=at[number - 1], how="signal", number=int(signal.SIGSTOP))
    os.waitid(os.P_PID, child.pid, os.WSTOPPED | os.WNOWAIT)
    return child


def other_file_systems(night):
    """Lists on another file system than the ledger and temporary files; and an output that is itself a mount."""
    other = next((path for path in ("/dev/shm", "/tmp", "/var/tmp") if os.path.isdir(path) and os.access(path, os.W_OK)
                  and os.stat(path).st_dev != os.stat(night.place.job).st_dev), None)
    if other is None:
        print("SKIPPED: lists on another file system: none is at hand")
    else:
        with tempfile.TemporaryDirectory(dir=other) as folder:
            out = pathlib.Path(folder) / "whole"
            night.place.restore("before")
            words = [str(out) if word.endswith("lists/whole") else word for word in night.place.words("validate", 2)]
            for time_ in ("first", "second"):
                done = night.place.call(words)
                night.judge(f"lists on another file system, the {time_} time", done, 1, None)
                night.say("lists on another file system", tree(out) == folders_of(night, "whole"), "other lists")
                night.say("lists on another file system", sorted(os.listdir(folder)) == ["whole"], "left behind", str(os.listdir(folder)))
    night.place.restore("before")
    out = night.place.job / "lists/whole"
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(out)], capture_output=True).returncode:
        print("SKIPPED: an output that is a mount of its own: only root may mount")
        return
    try:
        done = night.place.call(night.place.words("validate", 2))
        night.judge("an output that is a mount", done, 4, None, (str(out),))
        night.say("an output that is a mount", night.ledgers.look()[0] == night.before[1], "the ledger was changed")
    finally:
        subprocess.run(["umount", str(out)], check=True)
    night.next("after an output that was a mount", "validate")


def folders_of(night, name):
    return {path.removeprefix(name + "/"): held for path, held in night.good["validate"][0].items() if path.startswith(name + "/")}


def links(night):
    """Links where a file or a folder is expected."""
    def replaced(name, target, keep_as=None):
        def spoil(job):
            path = job / name
            if keep_as:
                path.rename(job / keep_as)
            elif path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
            path.symlink_to(target)
        return spoil

    def restored(name, kept):
        def mend(job):
            (job / name).unlink()
            (job / kept).rename(job / name)
        return mend

    # The output is a link: what it leads to is not touched.
    spoil, mend = replaced("lists/whole", "../kept", "kept"), restored("lists/whole", "kept")
    night.meet("the output is a link", spoil, 4, "validate", ("link", "lists/whole"), None, mend)
    night.meet("the output is a link to nothing", replaced("lists/whole", "nowhere"), 4, "validate", ("link",), None)
    night.meet("the folder of lists is a link", replaced("lists", "kept", "kept"), 1, "run", (), "same", None)
    night.say("run, the folder of lists is a link", (night.place.job / "kept" / WEEKS[2] / "run.json").exists(), "no lists behind it")
    # latest: casecheck may move a link, but not a folder.
    night.meet("latest leads elsewhere", replaced("lists/latest", "../extracts"), 1, state="good")
    night.say("run, latest leads elsewhere", set(os.listdir(night.place.job / "extracts")) == {"people.csv", "visits.csv"}, "extracts lost")
    def folder(job):
        (job / "lists/latest").unlink()
        (job / "lists/latest").mkdir()
        (job / "lists/latest/notes.txt").write_text("mine")
    # It is reported before anything is recorded: whoever goes by the exit code takes the run for not done, and that is so.
    night.meet("latest is a folder", folder, 4, says=("latest",), state=None)
    night.say("run, latest is a folder", (night.place.job / "lists/latest/notes.txt").exists(), "notes lost")
    night.say("run, latest is a folder", night.ledgers.look()[0] == night.before[1], "the run is recorded")
    # The ledger and its lock.
    for command in ("run", "validate"):
        ledger_link(night, command)
        night.meet("the ledger is a link to nothing", replaced("state/ledger.sqlite", "nowhere"), 4, command, ("ledger",), None)
        night.say(f"{command}, the ledger is a link to nothing", not (night.place.job / "state/nowhere").exists(), "it was made")
        victim = lambda job: (job / "state/victim").write_text("mine")  # noqa: E731
        def lock_link(job):
            victim(job)
            replaced("state/ledger.sqlite.lock", "victim")(job)
        night.meet("the lock is a link", lock_link, 4, command, ("lock", "link"), "before",
                   lambda job: (job / "state/ledger.sqlite.lock").unlink())
        night.say(f"{command}, the lock is a link", (night.place.job / "state/victim").read_text() == "mine", "its file was changed")
    # The files that are read.
    night.meet("the configuration is a link", replaced("casecheck.yaml", "real.yaml", "real.yaml"), 1, state="good")
    night.meet("an extract is a link", replaced("extracts/visits.csv", "../visits.csv", "visits.csv"), 1, state="good")
    for target, what in (("nowhere", "to nothing"), ("..", "to a folder")):
        done = night.meet(f"an extract is a link {what}", replaced("extracts/visits.csv", target), 3, says=("visits.csv",), state=None)
        closes_nothing(night, f"an extract is a link {what}", done)
    # Somebody puts a link in the place of the output at the last moment.
    child = hold(night, "rename", "/lists/.whole.partial-", "validate")
    job = night.place.job
    (job / "lists/whole").rename(job / "kept")
    kept = tree(job / "kept")
    (job / "lists/whole").symlink_to("../kept")
    night.judge("the output becomes a link", night.go_on(child), 4, None, ("link",))
    night.say("the output becomes a link", tree(job / "kept") == kept, "what it leads to was changed")
    night.say("the output becomes a link", night.ledgers.look()[0] == night.before[1], "the ledger was changed")


def ledger_link(night, command):
    night.place.restore("before")
    state = night.place.job / "state"
    (state / "ledger.sqlite").rename(state / "real.sqlite")
    (state / "ledger.sqlite").symlink_to("real.sqlite")
    night.judge(f"{command}, the ledger is a link", night.place.call(night.place.words(command, 2)), 1, None)
    night.say(command, (state / "ledger.sqlite").is_symlink(), "the link to the ledger was replaced")
    (state / "ledger.sqlite").unlink()
    (state / "real.sqlite").rename(state / "ledger.sqlite")
    night.say(command, night.seen() == night.good[command], "a ledger by a link gives something else")


def closes_nothing(night, where, done):
    """Checks that no exception of an untrusted table counts as put right, and that the next run is as undisturbed."""
    before, now = (None, (night.before[1],)), (None, (night.ledgers.look()[0],))
    closed = {key for key in opened(before) - opened(now) if key[1] == "visits"}
    night.say(where, not closed, "exceptions of an untrusted extract count as put right", short(closed))
    job = night.place.job
    (job / "extracts/visits.csv").unlink(missing_ok=True)
    night.place.at_week(2)
    night.next(where, "run")


def changing_inputs(night):
    """An extract that somebody appends to, cuts, replaces or rewrites while it is read."""
    whole = extracts(2)["visits.csv"]
    def replace(path):
        path.with_name(".new").write_text(whole.replace("North", "South"))
        os.replace(path.with_name(".new"), path)
    def rewrite(path):
        with path.open("r+") as file:
            file.write(whole.replace("04/01/2016", "05/01/2016"))
    def rewrite_unseen(path):
        # As with a copy that keeps times: size, time and file are the same as before; only the bytes differ.
        times = path.stat()
        rewrite(path)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    changes = {
        "appended to": lambda path: path.open("a").write(f"{CELL}V100,{CELL}1,02/01/2016,,North,{CELL} Worker\n"),
        "cut": lambda path: os.truncate(path, len(whole) // 2), "emptied": lambda path: os.truncate(path, 0),
        "replaced": replace, "rewritten": rewrite, "rewritten with its time put back": rewrite_unseen,
        "removed": lambda path: path.unlink(),
    }
    for what, change in changes.items():
        # Before the file is opened, before it is read, and before its end is reached.
        for name, number in (("open", 1), ("read", 1), ("read", 2)):
            where = f"an extract is {what} at {name} {number}"
            child = hold(night, name, "/extracts/visits.csv", "run", number)
            change(night.place.job / "extracts/visits.csv")
            done = night.go_on(child)
            night.judge(where, done, 3, None, ("visits.csv",))
            closes_nothing(night, where, done)


def ignored_signal(night):
    """Under nohup(1), a run outlives the terminal from which it was started."""
    for signalled in (False, True):
        words = [*(["nohup"] if not signalled else []), *night.place.words("run", 2)]
        night.place.restore("before")
        done = night.place.call(words, at=300, how="signal", number=int(signal.SIGHUP))
        if signalled:
            night.judge("SIGHUP", done, 128 + signal.SIGHUP, night.before, ("stopped by SIGHUP", "Run again"))
        else:
            night.judge("SIGHUP under nohup", done, 1, night.good["run"])


def permissions(program, folder, facts):
    """The user who runs casecheck lacks a permission to read or write; as root it is tried as the user nobody."""
    setpriv = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            print("SKIPPED: permission denied: root may do everything, and there is no setpriv")
            return
        folder.mkdir()
        shutil.copy(program, folder / "casecheck")
        os.chmod(folder, 0o755)
        for path in folder.resolve().parents:
            if path.stat().st_mode & 0o001 == 0:
                os.chmod(path, path.stat().st_mode | 0o011) if path.name.startswith("casecheck-nights") else None
        program = folder / "casecheck"
    else:
        setpriv = []
        folder.mkdir()
    place = Place(program, folder / "place", "")
    words_of = place.words
    place.words = lambda command, week: [*setpriv, *words_of(command, week)]
    keep, restore, build = place.keep, place.restore, place.build
    def owned():
        if setpriv:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(place.folder)], check=True)
    def restore_owned(name):
        subprocess.run(["chmod", "-R", "u+rwX", str(place.folder)], check=True)
        restore(name)
        owned()
    place.restore = restore_owned
    at_week = place.at_week
    place.at_week = lambda week: (at_week(week), owned())
    night = Night(place, facts)
    def closed(name, mode):
        return lambda job: os.chmod(job / name, mode)
    cases = [
        ("casecheck.yaml", 0, 2, 0o600, "before"), ("Rules/packs/local/rules.yaml", 0, 2, 0o600, "before"),
        ("Rules/packs/local", 0, 2, 0o700, "before"), ("Rules/packs", 0, 2, 0o700, "before"), ("Rules", 0, 2, 0o700, "before"),
        ("state/waivers.csv", 0, 2, 0o600, "before"), ("extracts/visits.csv", 0, 3, 0o600, None),
        ("extracts", 0, 3, 0o700, None), ("lists", 0o500, 4, 0o700, "before"), ("lists", 0, 4, 0o700, None),
        ("state/ledger.sqlite", 0o400, 4, 0o600, "before"), ("state/ledger.sqlite", 0, 4, 0o600, None),
        ("state/ledger.sqlite.lock", 0, 4, 0o600, "before"), ("state", 0o500, 4, 0o700, "before"),
        ("lists/whole/teams", 0, 4, 0o700, None), ("lists/whole/run.json", 0, 4, 0o600, None), ("../tmp", 0, 4, 0o700, "before"),
    ]
    for name, mode, code, usual, state in cases:
        command = "validate" if "whole" in name else "run"
        done = night.meet(f"{name} with mode {mode:o}", closed(name, mode), code, command, (name.split("/")[-1],), state,
                          closed(name, usual))
        if code == 4:
            night.say(name, "ermi" in done.err or "not permitted" in done.err, "it does not say that it may not", short(done.err))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program, facts = pathlib.Path(sys.argv[1]).resolve(), Facts()
    # Even if these checks run under nohup(1), the programs that they start must not.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with tempfile.TemporaryDirectory(prefix="casecheck-nights-") as folder:
        folder = pathlib.Path(folder)
        night = Night(Place(program, folder / "night", compiled(folder)), facts)
        for scene in (clock, two_at_once, other_file_systems, links, changing_inputs, ignored_signal):
            before = facts.checked
            scene(night)
            print(f"{scene.__name__}: {facts.checked - before} facts")
        permissions(program, folder / "nobody", facts)
        facts.finish()


if __name__ == "__main__":
    main()
