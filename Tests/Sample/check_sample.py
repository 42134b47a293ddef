"""Compares what `casecheck sample` writes with what `casecheck validate` finds in it.

    check_sample.py PROGRAM [SEEDS]

Every planted fault must be found and none invented, and a sample without faults must have no exception at all. The bytes
must not depend on the number of threads, only the owner may read the files, and a folder that is not empty must be left alone.
"""

import collections
import pathlib
import signal
import stat
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run, wrong_days  # noqa: E402

facts = Facts()
CHILDREN = 300
PACKS = ["--pack", "statutory", "--pack", "data-quality"]
# The as-of day for each seed: among them a leap day, public holidays, weekends and the first day of a financial year.
DAYS = ["2016-01-31", "2024-02-29", "2021-04-05", "2019-04-01", "2027-12-25"]


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def sample(program, rules, folder, seed, day, *more):
    return run(program, "sample", "--children", str(CHILDREN), "--seed", str(seed), "--as-of", day, "--out",
               str(folder), "--rules", rules, *more)


def exceptions(program, rules, folder, day):
    out = folder.with_name(folder.name + "-out")
    outcome = run(program, "validate", str(folder), "--rules", rules, *PACKS, "--as-of", day, "--out", str(out),
                  "--format", "csv", "--quiet")
    facts.that(outcome.returncode in (0, 1), "validate ends well", f"exit {outcome.returncode}: {outcome.stderr[:300]}")
    return read_csv(out / "exceptions.csv"), outcome.returncode


def place(row):
    return row["rule"], row["table"], row["record_id"], row["person_id"]


def places(rows):
    return {place(row) for row in rows}


def check_faults(program, rules, scratch, seed):
    day = DAYS[seed % len(DAYS)]
    folder = scratch / f"faulty-{seed}"
    outcome = sample(program, rules, folder, seed, day, "--faults", "70")
    facts.that(outcome.returncode == 0, "sample ends well", f"seed {seed}: {outcome.stderr[:300]}")
    planted = read_csv(folder / "planted.csv")
    found, code = exceptions(program, rules, folder, day)
    facts.that(code == 1, "faults are found", f"seed {seed}: exit {code}")
    for one in sorted(places(planted) | places(found)):
        facts.that(one in places(found), "a planted fault is found", f"seed {seed}, {day}: {one}")
        facts.that(one in places(planted), "no fault is invented", f"seed {seed}, {day}: {one}")
    facts.same(wrong_days(found, day), [], "the days late are those since the due day", f"seed {seed}")
    lines = {path.name: path.read_text(encoding="utf-8").split("\n") for path in folder.glob("*.csv")}
    for row in found:
        line = lines[row["source_file"]][int(row["source_line"]) - 1]
        facts.that(all(part in line for part in row["record_id"].split("|")), "the record stands on the line that is named",
                   f"seed {seed}: {row['rule']} {row['record_id']}: {row['source_file']}:{row['source_line']}")
    listed = collections.Counter((*place(row), row["occasion"]) for row in found)
    facts.same([one for one, count in listed.items() if count > 1], [], "a fault is listed once", f"seed {seed}")
    fields = {place(row): row["field"] for row in planted}
    for row in found:
        wanted = fields.get(place(row))
        if wanted:
            facts.that(row["field"] == wanted, "the fault is in the field that is named",
                       f"seed {seed}: {row['rule']} {row['record_id']}: {row['field']}, not {wanted}")
    return {row["rule"] for row in planted}


def check_small(program, rules, scratch):
    """Faults in a sample so small that a table may have no other row than the faulty one."""
    for children in (2, 40):
        folder = scratch / f"small-{children}"
        run(program, "sample", "--children", str(children), "--seed", "4", "--as-of", DAYS[0], "--out", str(folder),
            "--rules", rules, "--faults", "100")
        planted, found = places(read_csv(folder / "planted.csv")), places(exceptions(program, rules, folder, DAYS[0])[0])
        facts.that(planted == found, "a small sample's faults are found", f"{children}: {planted ^ found}")


def check_clean(program, rules, scratch):
    folder = scratch / "clean"
    outcome = sample(program, rules, folder, 5, DAYS[0], "--faults", "0")
    facts.that(" 0 planted faults" in outcome.stdout, "a sample without faults says so", outcome.stdout)
    facts.that(read_csv(folder / "planted.csv") == [], "and lists none")
    found, code = exceptions(program, rules, folder, DAYS[0])
    for one in sorted(places(found)):
        facts.that(False, "a clean sample has no exception", str(one))
    facts.that(code == 0, "a clean sample is at zero", f"exit {code}")
    notes = (folder / "visits.csv").read_text(encoding="utf-8")
    facts.that('""' in notes and '.\nApologies' in notes and "Siân" in notes, "notes hold quotes, breaks and accents")
    return folder


def check_bytes(program, rules, scratch, clean):
    """Uses more children than one portion holds, so that several threads have work at the same time."""
    for threads in ("1", "7"):
        run(program, "sample", "--children", "2000", "--seed", "5", "--as-of", DAYS[0], "--threads", threads,
            "--out", str(scratch / threads), "--rules", rules)
    one, seven = contents(scratch / "1"), contents(scratch / "7")
    facts.that(len(one) > 30 and len(one["visits.csv"]) > 3_000_000, "a larger sample is larger", len(one["visits.csv"]))
    for name, text in one.items():
        facts.that(seven.get(name) == text, "the bytes do not depend on threads", name)
    facts.that(one["people.csv"].splitlines()[1:9] == contents(clean)["people.csv"].splitlines()[1:9],
               "a child is the same in a larger sample")
    other = scratch / "other"
    sample(program, rules, other, 6, DAYS[0], "--faults", "0")
    facts.that(contents(other)["people.csv"] != contents(clean)["people.csv"], "another seed, other children")


def check_folder(program, rules, scratch, clean):
    facts.that(stat.S_IMODE(clean.stat().st_mode) == 0o700, "the folder is the owner's alone")
    for path in clean.iterdir():
        facts.that(stat.S_IMODE(path.stat().st_mode) == 0o600, "each file is the owner's alone", path.name)
    before = contents(clean)
    outcome = sample(program, rules, clean, 9, DAYS[0])
    facts.that(outcome.returncode == 4 and "not empty" in outcome.stderr, "a folder in use is refused", outcome.stderr)
    facts.that(contents(clean) == before, "and nothing in it is changed")
    for more, words in ((["--faults", "101"], "--faults"), (["--threads", "0"], "--threads")):
        outcome = sample(program, rules, scratch / "none", 1, DAYS[0], *more)
        facts.that(outcome.returncode == 64 and words in outcome.stderr, "a wrong number is refused", outcome.stderr)
    outcome = sample(program, rules, scratch / "none", 1, "1992-01-31")
    facts.that(outcome.returncode == 2 and "from 2006" in outcome.stderr, "a day without a calendar is refused",
               outcome.stderr)
    facts.that(not (scratch / "none").exists(), "and no folder is made for it")


def check_stop(program, rules, scratch):
    """Half a sample could be taken for a whole one, so a stopped run must leave nothing: no folder, or an existing one empty."""
    for name, made in (("stopped", False), ("stopped-in", True)):
        folder = scratch / name
        if made:
            folder.mkdir()
        # A signal that the parent ignores would stay ignored in the child, as under nohup(1).
        begun = subprocess.Popen(
            [program, "sample", "--children", "2000000", "--seed", "1", "--out", str(folder), "--rules", rules],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))
        while begun.poll() is None and not (folder / "people.csv").exists():
            time.sleep(0.01)
        begun.terminate()
        said = begun.communicate()[1]
        facts.that(begun.returncode == 143 and "Nothing of the sample is left" in said, "a sample that is stopped says so", said)
        facts.that(list(folder.iterdir()) == [] if made else not folder.exists(), "and leaves nothing", name)


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: check_sample.py PROGRAM [SEEDS]")
    program = str(pathlib.Path(sys.argv[1]).absolute())
    rules = str(pathlib.Path(__file__).resolve().parent.parent.parent / "Rules")
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        planted = set()
        for seed in range(1, seeds + 1):
            planted |= check_faults(program, rules, scratch, seed)
        facts.that(len(planted) >= 40, "most kinds of fault are planted", f"{len(planted)} rules")
        clean = check_clean(program, rules, scratch)
        check_bytes(program, rules, scratch, clean)
        check_small(program, rules, scratch)
        check_folder(program, rules, scratch, clean)
        check_stop(program, rules, scratch)
    print(f"{seeds} samples of {CHILDREN} children, with faults that {len(planted)} rules find")
    facts.finish()


if __name__ == "__main__":
    main()
