"""Checks that check_expressions.py notices mistakes: falsifies the evaluator's operations in turn; each must lead to a disagreement.

    falsified.py PROGRAM [RULES [SEEDS]]
"""

import contextlib
import io
import pathlib
import sys
import tempfile
from datetime import date, timedelta

import check_expressions as check
from blackbox import Facts
from meaning import NOTHING, Absent, Evaluator


def falsified(result):
    if isinstance(result, bool):
        return not result
    if isinstance(result, (int, float)):
        return result + 1
    if isinstance(result, str):
        return result + "?"
    if isinstance(result, date):
        return result + timedelta(days=1) if result < date.max - timedelta(days=1) else result
    return result[:-1] if isinstance(result, list) else NOTHING


def disagreements(program, case, place):
    facts = Facts()
    with contextlib.redirect_stdout(io.StringIO()):
        check.Comparison(case, place, facts, 0).all()
    return facts.wrong


def noticed(label, kind, runs):
    def altered(at, result):
        if at != label or isinstance(result, Absent) != (kind == "absent"):
            return result
        return True if kind == "absent" else falsified(result)
    Evaluator.altered = staticmethod(altered)
    for seed, count, place in runs:
        try:
            if disagreements(None, check.Case(seed, count), place):
                return True
        except (AttributeError, TypeError, ValueError, KeyError, OverflowError):
            return True         # a value of a wrong type was used further on, and cannot have agreed
    return False


def main():
    program = str(pathlib.Path(sys.argv[1]).absolute())
    count, seeds = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((2, 400), (3, 4)))
    facts, runs = Facts(), []
    with tempfile.TemporaryDirectory(prefix="casecheck-falsified-") as scratch:
        for seed in range(1, seeds + 1):
            place = pathlib.Path(scratch) / str(seed)
            check.Case(seed, count).run(program, place)
            runs.append((seed, count, place))
        labels = check.LABELS
        for label in labels:
            facts.that(noticed(label, "present", runs), "a falsified value that nothing noticed", label)
            if label not in check.NEVER_ABSENT:
                facts.that(noticed(label, "absent", runs), "a falsified absence that nothing noticed", label)
    facts.finish()


if __name__ == "__main__":
    main()
