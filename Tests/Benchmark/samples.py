"""Measures whole runs on the samples: the time that a person waits, and processor time.

    samples.py PROGRAM [ROUNDS]

Each run writes into a new folder, as a first run does. The runs take turns, so that all see the machine in the same state. The least of
the rounds shows what the program needs, the median what to expect here. The figures depend on the machine: name it beside them.
"""

import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COUNCILS = {
    "paris": ["--as-of", "2016-01-31"],
    "torbay": ["--pack", "statutory", "--pack", "data-quality", "--pack", "torbay", "--as-of", "2016-02-12"],
    "telford-wrekin": ["--pack", "telford-wrekin", "--as-of", "2017-12-31"],
    "somerset": ["--pack", "somerset", "--as-of", "2019-03-31"],
}


def jobs(out):
    """The commands that are measured: name, arguments and expected exit code."""
    yield "help", ["--help"], 0
    yield "rules check", ["rules", "check", "--rules", "Rules"], 0
    for council, options in COUNCILS.items():
        run = ["validate", f"Samples/{council}", "--rules", "Rules", *options, "--out", out]
        yield f"{council}, CSV", [*run, "--format", "csv"], 1
        yield f"{council}, all lists", run, 1


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    waited, used = {}, {}
    with tempfile.TemporaryDirectory(prefix="samples-") as folder:
        for number in range(rounds):
            for place, (name, arguments, code) in enumerate(jobs(f"{folder}/{number}")):
                arguments = [f"{given}-{place}" if given == f"{folder}/{number}" else given for given in arguments]
                before, start = processor(), time.perf_counter()
                ended = subprocess.run([program, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                waited.setdefault(name, []).append(time.perf_counter() - start)
                used.setdefault(name, []).append(processor() - before)
                if ended.returncode != code:
                    sys.exit(f"samples: {name} ended with {ended.returncode}, not {code}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, {rounds} rounds; milliseconds")
    print(f"{'':26}{'least':>8}{'median':>8}{'processor':>11}")
    for name in waited:
        figures = min(waited[name]), statistics.median(waited[name]), min(used[name])
        print(f"{name:26}" + "".join(f"{1000 * figure:{width}.0f}" for figure, width in zip(figures, (8, 8, 11))))


if __name__ == "__main__":
    main()
