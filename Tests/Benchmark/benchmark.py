"""Compares casecheck's speed and memory with those of DuckDB and polars doing the same work on the same files.

    benchmark.py PROGRAM [SIZE] [--growth] [--rounds N] [--threads N] [--only-casecheck]

SIZE is such as 200M; the default is 1G. --growth also measures 2, 4 and 8 times the size. All three read the same nine tables, check the
same fields, judge the same four rules and write one sorted list. They take turns, each in a process of its own, and the best of the rounds
counts. They must list the same exceptions, even where every row fails. The figures depend on the machine: name it beside them.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import numpy

import broken
import compare
from definitions import CALENDARS, HERE, RULES

AS_OF = "2026-09-30"
# What `casecheck sample` writes for a child in these nine tables.
BYTES_PER_CHILD = 2_820
LARGEST_BROKEN = 100_000_000


def arguments():
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("program", type=lambda path: str(pathlib.Path(path).resolve()))
    said.add_argument("size", nargs="?", default="1G", help="such as 200M or 1G")
    said.add_argument("--growth", action="store_true", help="also 2, 4 and 8 times the size")
    said.add_argument("--rounds", type=int, default=3)
    said.add_argument("--threads", type=int, default=os.cpu_count())
    said.add_argument("--only-casecheck", action="store_true", help="growth of casecheck alone: the others may not fit")
    return said.parse_args()


def in_bytes(size):
    units = {"K": 10**3, "M": 10**6, "G": 10**9}
    try:
        return int(float(size.rstrip("KMGkmg")) * units.get(size[-1].upper(), 1))
    except (ValueError, IndexError):
        sys.exit(f"benchmark: the size {size!r} is none. Write 200M or 1G.")


def timed(command, environment=None):
    """The seconds, peak memory in bytes, output and exit code of a command."""
    with tempfile.NamedTemporaryFile() as result:
        whole = [sys.executable, str(HERE / "measure.py"), result.name, *command]
        ended = subprocess.run(whole, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=HERE,
                               env=os.environ | (environment or {}), check=True)
        figures = json.load(result)
        return figures["seconds"], figures["peak"], ended.stdout.strip(), figures["code"]


def must(outcome, codes, what):
    if outcome[3] not in codes:
        sys.exit(f"benchmark: {what} ended with {outcome[3]}:\n{outcome[2][-2000:]}")
    return outcome


class Contest:
    def __init__(self, chosen, extracts, scratch):
        self.chosen, self.extracts, self.scratch = chosen, extracts, scratch
        self.lists = {"casecheck": scratch / "out" / "exceptions.csv", "DuckDB": scratch / "duckdb.csv", "polars": scratch / "polars.csv"}
        self.best = {}
        self.bytes = sum(file.stat().st_size for file in extracts.glob("*.csv"))

    def run(self, name):
        threads, folder = str(self.chosen.threads), str(self.extracts)
        if name == "casecheck":
            shutil.rmtree(self.scratch / "out", ignore_errors=True)
            # Where every core is to be used, --threads is left out, as users leave it out.
            more = [] if self.chosen.threads == os.cpu_count() else ["--threads", threads]
            return must(timed([self.chosen.program, "validate", folder, "--rules", str(CALENDARS), "--rules", str(RULES), "--as-of", AS_OF,
                               "--out", str(self.scratch / "out"), "--format", "csv", "--quiet", *more]), (0, 1), name)
        script = "in_duckdb.py" if name == "DuckDB" else "in_polars.py"
        more = [threads] if name == "DuckDB" else []
        return must(timed([sys.executable, script, folder, AS_OF, str(self.lists[name]), *more], {"POLARS_MAX_THREADS": threads}), (0,), name)

    def hold(self, names):
        for _ in range(self.chosen.rounds):
            for name in names:
                outcome = self.run(name)
                before = self.best.get(name, outcome)
                # The time of the best round, the memory of the worst.
                best = min(before, outcome, key=lambda one: one[0])
                self.best[name] = (best[0], max(before[1], outcome[1]), best[2])
        return self

    def say(self, title):
        print(f"\n{title}: {self.bytes / 1e6:,.0f} MB")
        print(f"  {'':12}{'seconds':>10}{'MB/s':>10}{'peak MB':>10}{'casecheck is':>24}{'memory':>14}")
        ours = self.best["casecheck"]
        for name, (seconds, peak, said) in self.best.items():
            ratio, memory = ("", "") if name == "casecheck" else (f"{seconds / ours[0]:.2f} times as fast", f"{peak / ours[1]:.1f} times")
            print(f"  {name:12}{seconds:10.2f}{self.bytes / 1e6 / seconds:10.0f}{peak / 1e6:10.0f}{ratio:>24}{memory:>14}")
        for name, (_, _, said) in self.best.items():
            if name != "casecheck":
                print(f"  {name}: {said}")

    def agree(self):
        """How many exceptions casecheck lists for each rule; ends the program if another list differs."""
        ours = compare.Lists(self.lists["casecheck"])
        for name in self.best:
            wrong = ours.differences(self.lists[name]) if name != "casecheck" else []
            if wrong:
                sys.exit(f"benchmark: casecheck and {name} list different exceptions.\n" + "\n".join(wrong))
        by_rule = ours.by_rule()
        print(f"  {'the same exceptions in all' if len(self.best) > 1 else 'exceptions'}: {sum(by_rule.values()):,}, "
              f"of {len(by_rule)} rules")
        return by_rule


def sample(chosen, size, folder):
    children = max(1, size // BYTES_PER_CHILD)
    seconds, _, _, _ = must(timed([chosen.program, "sample", "--rules", str(CALENDARS), "--rules", str(RULES), "--pack", "statutory",
                                   "--children", str(children), "--seed", "1", "--as-of", AS_OF, "--out", str(folder), "--quiet"]),
                            (0,), "casecheck sample")
    # This is not an extract: the others do not read it, so its bytes must not count.
    (folder / "planted.csv").unlink()
    # Otherwise the disk would still be writing the sample while the first contender is timed.
    os.sync()
    written = sum(file.stat().st_size for file in folder.glob("*.csv"))
    print(f"\nMade {children:,} children, {written / 1e6:,.0f} MB, in {seconds:.1f} s: {written / 1e6 / seconds:.0f} MB/s")
    return folder


def limits(extracts):
    """What no program can beat on this machine: piping the cached files, counting line ends, summing over the bytes."""
    files = sorted(map(str, extracts.glob("*.csv")))
    size = sum(os.path.getsize(file) for file in files)
    print("\nThe machine's limits, from the page cache, one core:")
    for title, command in (("cat > /dev/null", ["cat", *files]), ("wc -l", ["wc", "-l", *files])):
        seconds = min(timed_quietly(command) for _ in range(3))
        print(f"  {title:24}{seconds:8.3f} s{size / 1e6 / seconds:10,.0f} MB/s")
    largest = max(files, key=os.path.getsize)
    words = numpy.fromfile(largest, dtype=numpy.uint8)
    words = words[: len(words) // 8 * 8].view(numpy.uint64)
    seconds = min(elapsed(words.sum) for _ in range(5))
    print(f"  {'sum over memory':24}{seconds:8.3f} s{words.nbytes / 1e6 / seconds:10,.0f} MB/s")


def elapsed(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def timed_quietly(command):
    return elapsed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))


def machine():
    try:
        name = next(line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}"


def main():
    chosen = arguments()
    names = ["casecheck"] if chosen.only_casecheck else ["casecheck", "DuckDB", "polars"]
    size = in_bytes(chosen.size)
    print(f"{machine()}; {chosen.threads} threads, best of {chosen.rounds}")
    with tempfile.TemporaryDirectory() as place:
        scratch = pathlib.Path(place)
        extracts = sample(chosen, size, scratch / "extracts")
        limits(extracts)
        contest = Contest(chosen, extracts, scratch).hold(names)
        contest.say("Realistic extracts, faults in 2 of 100 children")
        contest.agree()
        first = {name: seconds for name, (seconds, _, _) in contest.best.items()}

        # The list of broken extracts is several times as large as they are, so they are kept small.
        if size > LARGEST_BROKEN:
            shutil.rmtree(extracts)
            extracts = sample(chosen, LARGEST_BROKEN, extracts)
        must_list = broken.main(extracts, scratch / "broken")
        contest = Contest(chosen, scratch / "broken", scratch).hold(names)
        contest.say("Every row fails")
        listed = contest.agree()
        for rule, rows in must_list.items():
            if listed.get(rule, 0) != rows:
                sys.exit(f"benchmark: {rule} should be broken in all {rows} rows, and is listed {listed.get(rule, 0)} times.")
        shutil.rmtree(scratch / "broken")
        shutil.rmtree(extracts)

        for times in (2, 4, 8) if chosen.growth else ():
            extracts = sample(chosen, size * times, scratch / "extracts")
            contest = Contest(chosen, extracts, scratch).hold(names)
            contest.say(f"{times} times the data")
            for name, (seconds, _, _) in contest.best.items():
                print(f"  {name}: {seconds / first[name]:.2f} times as long, {seconds / first[name] / times - 1:+.0%} against linear")
            shutil.rmtree(extracts)


if __name__ == "__main__":
    main()
