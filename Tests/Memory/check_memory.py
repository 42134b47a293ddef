"""A run within --memory gives the same lists as one without, keeps to the bound, and leaves nothing of the files that lend memory.

    check_memory.py PROGRAM [MEGABYTES]

MEGABYTES of synthetic extracts are checked without a bound, within one, with far too little memory, and by a run that is killed. With the
default of 640, a program built for debugging takes some 240 MB without the bound and 143 to 176 MB within it, where 193 MB are allowed;
with far smaller extracts it takes nearly as much by itself. The figures vary with what else the machine has to do, so that only one of
three runs has to keep to the bound. A quarter of the extracts, with GUIDs for keys that must all be kept as texts, takes some 150 MB
without a bound and about 100 MB within one of 96 MB. All rules of Rules/ work out a good deal from their extracts, which counts as well.
A run whose folder lends nothing, and one that the machine gives no memory, must
stop with a message.
"""

import csv
import filecmp
import hashlib
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
RULES = ["--rules", str(HERE.parents[1] / "Rules/calendars"), "--rules", str(HERE.parent / "Benchmark/rules")]
AS_OF = ["--as-of", "2026-09-30"]
BYTES_PER_CHILD = 2_820


class Run:
    """A run that has ended: its exit code, output, peak memory in bytes, and the files that lent it memory."""

    def __init__(self, program, extracts, out, folder, *more, rules=RULES, kill=False, address_space=resource.RLIM_INFINITY):
        words = [program, "validate", str(extracts), *rules, *AS_OF, "--out", str(out), "--format", "csv", "--quiet", *more]
        self.lent, self.named, self.modes = set(), set(), set()
        with tempfile.TemporaryFile() as said:
            child = subprocess.Popen(words, stdout=said, stderr=said, stdin=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(folder)},
                                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space)))
            while True:
                pid, status, usage = os.wait4(child.pid, os.WNOHANG)
                if pid:
                    break
                self.look(child.pid, folder)
                if kill and self.lent:
                    os.kill(child.pid, signal.SIGKILL)
                    kill = False
                time.sleep(0.01)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.code, self.peak = child.returncode, usage.ru_maxrss * 1024
            said.seek(0)
            self.said = said.read().decode(errors="replace")

    def look(self, pid, folder):
        try:
            maps = pathlib.Path(f"/proc/{pid}/maps").read_text()
        except OSError:
            return
        for line in maps.splitlines():
            if str(folder) in line:
                self.lent.add(line.split()[-2])
                # Only root may look at a file without a name, and it may be gone by now.
                try:
                    self.modes.add(os.stat(f"/proc/{pid}/map_files/{line.split()[0]}").st_mode & 0o777)
                except OSError:
                    pass
                if not line.endswith("(deleted)"):
                    self.named.add(line)
        if folder.is_dir():
            self.named.update(os.listdir(folder))


def within(bound, facts, program, extracts, out, folder, free, what, rules=RULES):
    """A run within so many megabytes, which a run without a bound has to exceed; the best of three, as the figures vary."""
    most = (bound << 20) * 9 // 8
    for _ in range(3):
        bounded = Run(program, extracts, out, folder, "--memory", f"{bound}M", rules=rules)
        if bounded.code == 1 and bounded.peak <= most:
            break
    facts.same(bounded.code, 1, f"exit code within a bound, {what}", bounded.said)
    facts.that(free.peak > most, f"the check needs more data, {what}", f"{free.peak >> 20} MB without a bound")
    facts.that(bounded.peak <= most, f"more memory than allowed, {what}", f"{bounded.peak >> 20} MB of {bound} MB")
    return bounded


def same_files(facts, a, b):
    files = sorted(path.relative_to(a) for path in a.rglob("*.csv"))
    facts.same(sorted(path.relative_to(b) for path in b.rglob("*.csv")), files, "other lists within a bound")
    for path in files:
        is_same = (b / path).is_file() and filecmp.cmp(a / path, b / path, shallow=False)
        facts.that(is_same, "another list within a bound", path)


KEYS = {"Person ID", "Visit ID", "Assessment ID", "Care Period ID", "CIN Plan ID", "Review ID", "Referral ID", "Permanence Plan ID",
        "Missing Episode ID"}


def guid(key):
    return "-".join(re.fullmatch("(.{8})(.{4})(.{4})(.{4})(.{12})", hashlib.md5(key.encode()).hexdigest().upper()).groups())


def with_guids(extracts, out):
    """Writes the same extracts with a GUID in place of each key."""
    out.mkdir()
    for path in sorted(extracts.glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as old, open(out / path.name, "w", newline="", encoding="utf-8") as new:
            rows, writer = csv.reader(old), csv.writer(new)
            headings = next(rows)
            writer.writerow(headings)
            places = [place for place, heading in enumerate(headings) if heading in KEYS]
            for row in rows:
                for place in places:
                    row[place] = guid(row[place]) if row[place] else ""
                writer.writerow(row)


def check_guids(facts, program, place, folder, megabytes):
    """Texts that are all different, as many as there are records, in memory that files lend."""
    sample, extracts, rules = place / "sample", place / "guids", place / "rules"
    make_sample(facts, program, sample, megabytes, seed=6)
    with_guids(sample, extracts)
    shutil.rmtree(sample)
    shutil.copytree(HERE.parent / "Benchmark/rules", rules)
    people = rules / "tables/people.yaml"
    text = people.read_text()
    pattern = "[A-Za-z0-9]{1,20}"
    facts.same(text.count(pattern), 1, "the pattern of the children's keys")
    people.write_text(text.replace(pattern, "[-A-Za-z0-9]{1,40}"))
    folders = ["--rules", str(HERE.parents[1] / "Rules/calendars"), "--rules", str(rules)]
    free = Run(program, extracts, place / "guids-free", folder, rules=folders)
    facts.same(free.code, 1, "exit code without a bound, with GUIDs", free.said)
    bound = megabytes * 3 // 8 + 36
    bounded = within(bound, facts, program, extracts, place / "guids-bounded", folder, free, "with GUIDs", rules=folders)
    same_files(facts, place / "guids-free", place / "guids-bounded")
    print(f"{megabytes} MB of extracts, their keys made GUIDs: {free.peak >> 20} MB of memory without a bound, "
          f"{bounded.peak >> 20} MB within {bound} MB")


def check_all_rules(facts, program, place, folder, children):
    """What rules work out from the extracts, and not only the extracts, in memory that files lend."""
    extracts, rules = place / "all-tables", ["--rules", str(HERE.parents[1] / "Rules")]
    made = subprocess.run([program, "sample", *rules, "--children", str(children), "--seed", "7", *AS_OF, "--out", str(extracts),
                           "--quiet"], stderr=subprocess.DEVNULL)
    facts.same(made.returncode, 0, "the sample of all tables was not made")
    (extracts / "planted.csv").unlink()
    free = Run(program, extracts, place / "all-free", folder, rules=rules)
    facts.same(free.code, 1, "exit code without a bound, by all rules", free.said)
    bound = children // 500 + 56
    bounded = within(bound, facts, program, extracts, place / "all-bounded", folder, free, "by all rules", rules=rules)
    same_files(facts, place / "all-free", place / "all-bounded")
    print(f"{children} children, all rules: {free.peak >> 20} MB of memory without a bound, {bounded.peak >> 20} MB within {bound} MB")


def make_sample(facts, program, extracts, megabytes, seed):
    children = megabytes * 10**6 // BYTES_PER_CHILD
    made = subprocess.run([program, "sample", *RULES, "--pack", "statutory", "--children", str(children), "--seed", str(seed), *AS_OF,
                           "--out", str(extracts), "--quiet"])
    facts.same(made.returncode, 0, "the sample was not made")
    (extracts / "planted.csv").unlink()


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    program = str(pathlib.Path(sys.argv[1]).absolute())
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 640
    bound = megabytes // 5 + 44
    facts = Facts()
    with tempfile.TemporaryDirectory(prefix="casecheck-memory-") as place:
        place = pathlib.Path(place)
        extracts, folder = place / "extracts", place / "lending"
        folder.mkdir()
        make_sample(facts, program, extracts, megabytes, seed=5)

        free = Run(program, extracts, place / "free", folder)
        facts.same(free.code, 1, "exit code without a bound", free.said)
        facts.same(free.lent, set(), "files lent memory where there is enough")
        bounded = within(bound, facts, program, extracts, place / "bounded", folder, free, "by the headline rules")
        facts.that(bounded.lent, "no file lent memory")
        facts.same(bounded.named, set(), "a file that lends memory has a name")
        if os.geteuid() == 0:
            facts.same(bounded.modes, {0o600}, "modes of the files that lend memory")
        same_files(facts, place / "free", place / "bounded")

        # Memory that files cannot lend is taken from the machine. That is over the bound, so the run says so and writes nothing.
        stopped = [(Run(program, extracts, place / "little", folder, "--memory", "16M"), "little"),
                   (Run(program, extracts, place / "nowhere", place / "no such folder", "--memory", f"{bound}M"), "nowhere")]
        for run, out in stopped:
            facts.same(run.code, 4, "exit code with too little memory", run.said[:300])
            facts.that("--memory allows" in run.said, "what is too little is not said", run.said[:300])
            facts.that(not (place / out).exists(), "a list of a run that was stopped")

        # More than the program needs before it reads the columns, and less than those need.
        refused = Run(program, extracts, place / "refused", folder, address_space=300 << 20)
        facts.same(refused.code, 4, "exit code where the machine gives no memory", refused.said[:300])
        facts.that("no memory is left" in refused.said, "that there is no memory is not said", refused.said[:300])
        facts.that(not (place / "refused").exists(), "a list of a run that had no memory")

        killed = Run(program, extracts, place / "killed", folder, "--memory", f"{bound}M", kill=True)
        facts.same(killed.code, -signal.SIGKILL, "the run was not killed")
        facts.same(os.listdir(folder), [], "something is left of what lent memory")
        print(f"{megabytes} MB of extracts: {free.peak >> 20} MB of memory without a bound, {bounded.peak >> 20} MB within {bound} MB; "
              f"{len(bounded.lent)} files lent memory")
        check_guids(facts, program, place, folder, megabytes // 4)
        check_all_rules(facts, program, place, folder, megabytes * 50)
    facts.finish()


if __name__ == "__main__":
    main()
