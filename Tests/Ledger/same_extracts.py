#!/usr/bin/env python3
"""Months go by and the extracts stay the same: whatever leaves the lists, nobody has put it right.

    Tests/Ledger/same_extracts.py PROGRAM [--runs 12]

Runs the samples with all rules every five weeks. Nothing may count as put right, not even once a run between two others
has been filled in. The exit status is 1 where anything does.
"""

import argparse
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from ledger_tools import Facts, Program, strangers, unlike_summary

ROOT = Path(__file__).resolve().parents[2]

# Each sample, with the day for which it was made.
SAMPLES = {
    "paris": date(2016, 1, 31),
    "torbay": date(2016, 2, 12),
    "telford-wrekin": date(2017, 12, 31),
    "somerset": date(2019, 3, 31),
}


def ended(program, ledger):
    """How many exceptions have ended in all, as (put right, lapsed)."""
    lines = program.asked("history", "--ledger", ledger)["rules"]
    return sum(line["resolved"] for line in lines), sum(line["lapsed"] for line in lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=12)
    arguments = parser.parse_args()
    program = Program(arguments.program)
    facts = Facts()
    for sample, first in SAMPLES.items():
        with tempfile.TemporaryDirectory(prefix="casecheck-same-") as scratch:
            ledger, out = Path(scratch) / "ledger.sqlite", Path(scratch) / "out"
            days = [first + timedelta(weeks=5) * number for number in range(arguments.runs)]
            # The last run but two is left out, and filled in after all the others.
            late = days.pop(-3)
            for day in days + [late]:
                done = program.validate(
                    ROOT / "Samples" / sample, day, out, ledger, ROOT / "Rules", backfill=day == late)
                facts.equal(f"{sample} as of {day}", f"exit status: {done.err}", 1, done.code)
                facts.equal(f"{sample} as of {day}", "rows of a rule, and what summary.json says", {}, unlike_summary(out))
                facts.equal(f"{sample} as of {day}", "rows that stand in another team's list", {}, strangers(out))
                is_told = "All extracts hold the same bytes" in (out / "summary.json").read_text(encoding="utf-8")
                facts.equal(f"{sample} as of {day}", "it is said that the extracts are the same", day != days[0], is_told)
                resolved, lapsed = ended(program, ledger)
                facts.equal(f"{sample} as of {day}", "put right", 0, resolved)
            facts.true(sample, "nothing has come to an end", lapsed > 0)
    return facts.close(f"{len(SAMPLES)} samples")


if __name__ == "__main__":
    sys.exit(main())
