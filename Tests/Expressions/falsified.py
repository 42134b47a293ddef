"""Checks that check_expressions.py notices mistakes: falsifies the evaluator's operations in turn; each must lead to a disagreement.

    falsified.py PROGRAM [RULES [SEEDS]]

The runs are the first of those of check_expressions.py. A mistake counts as noticed where a rule that holds the operation is found to
be judged otherwise, and not where the evaluator breaks: an exception in Python says nothing of what the program would be caught at. So
what is falsified keeps its type, and without any falsification there must be no disagreement at all.
"""

import collections
import contextlib
import io
import pathlib
import sys
import tempfile
from datetime import date, datetime, timedelta

import check_expressions as check
from blackbox import Facts
from days import Duration
from meaning import NOTHING, Absent, Evaluator, label_of

# A value of each type, where there should be none.
VALUES = {"integer": 1, "number": 1.5, "string": "?", "boolean": True, "date": date(2016, 1, 15), "datetime": datetime(2016, 1, 15, 9, 30),
          "duration": Duration(days=1)}


def falsified(result):
    """Another value of the same type; none where it is a record, of which there is no other for sure."""
    if isinstance(result, bool):
        return not result
    if isinstance(result, (int, float)):
        # One less where one more would lie outside the range of integers.
        return result + 1 if result < 2**62 else result - 1
    if isinstance(result, str):
        return result + "?"
    if isinstance(result, date):
        return result + timedelta(days=1 if result.year < 9999 else -1)
    if isinstance(result, Duration):
        return result.plus(Duration(days=1))
    return result[:-1] if isinstance(result, list) and result else NOTHING


def present(node, data):
    """A value of the node's type; still none where there is no record that could be one."""
    if not isinstance(node.type, tuple):
        return VALUES.get(node.type, NOTHING)
    if node.type[0] == "list":
        return []
    tables = data.earlier.tables if node.type[0] == "earlier" else data.tables
    return next(iter(tables.get(node.type[1], [])), NOTHING)


def falsify(label, kind, data):
    """Falsifies an operation from here on; nothing, where no label is given."""
    def altered(at, result, node):
        if at != label or isinstance(result, Absent) != (kind == "absent"):
            return result
        return present(node, data) if kind == "absent" else falsified(result)
    Evaluator.altered = staticmethod(altered)


class Run:
    """What the program made of some rules, and which operations each of these holds."""

    def __init__(self, program, seed, count, place):
        self.case, self.place, self.seed = check.Case(seed, count), place, seed
        done = self.case.run(program, place)
        if done.returncode not in (0, 1):
            sys.exit(f"seed {seed}: the program gave {done.returncode}: {done.stderr[:3000]}")
        self.comparison, self.blocks = check.Comparison(self.case, place, Facts(), seed), collections.defaultdict(set)
        self.judges = [(rule, self.comparison.show) for rule in self.case.shows]
        self.judges += [(rule, lambda rule: self.comparison.check(rule, self.blocks)) for rule in self.case.checks]
        self.judges += [(rule, self.comparison.limit) for rule in self.case.limits]
        self.labels = {rule.name: self.labels_of(rule) for rule, _ in self.judges}

    def labels_of(self, rule):
        derived = {name: node for definition in self.case.data.definitions.values() for name, (node, _) in definition.derived.items()}
        left, found, known = [], set(), set()
        for part in ("check", "when", "marks", "per", "over"):
            left += [node for node in [getattr(rule, part, None)] if node]
        left += [derived[column] for column in getattr(rule, "columns", [])]
        while left:
            node = left.pop()
            if id(node) in known:
                continue
            known.add(id(node))
            found.add(label_of(node))
            left += node.args
            if node.op == "field" and node.info in derived:
                left.append(derived[node.info])
            if node.op == "parameter":
                left.append(self.case.data.parameters[node.info])
        return found

    def disagreements(self, label=None, kind=None):
        """How many facts are wrong under a mistake in one operation, and how many rules broke the evaluator.

        Only the rules that hold the operation are compared. The first of them that is judged otherwise is enough."""
        for data in (self.case.data, self.case.data.earlier):
            for row in (row for rows in data.tables.values() for row in rows):
                row.derived.clear()
        falsify(label, kind, self.case.data)
        facts = self.comparison.facts = Facts()
        broken = 0
        self.blocks.clear()
        with contextlib.redirect_stdout(io.StringIO()) as said:
            for rule, judge in self.judges:
                if label is not None and label not in self.labels[rule.name]:
                    continue
                before = facts.wrong
                try:
                    judge(rule)
                except (AttributeError, TypeError, ValueError, KeyError, OverflowError):
                    if label is None:
                        raise
                    broken += 1
                    facts.wrong = before
                if label is not None and facts.wrong:
                    break
            if label is None:
                self.comparison.blocks(self.blocks)
        return facts.wrong, broken, said.getvalue()


def main():
    program = str(pathlib.Path(sys.argv[1]).absolute())
    count, seeds = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((2, 300), (3, 6)))
    facts, broken, mistakes = Facts(), 0, 0
    with tempfile.TemporaryDirectory(prefix="casecheck-falsified-") as scratch:
        runs = [Run(program, seed, count, pathlib.Path(scratch) / str(seed)) for seed in range(1, seeds + 1)]
        for run in runs:
            wrong, _, said = run.disagreements()
            facts.same(wrong, 0, "a disagreement without any mistake", f"seed {run.seed}: {said[:1000]}")
        for label in check.LABELS:
            for kind, what in (("present", "a falsified value"), ("absent", "a falsified absence")):
                if kind == "absent" and label in check.NEVER_ABSENT:
                    continue
                wrong = 0
                for run in runs:
                    wrong, breaks, _ = run.disagreements(label, kind)
                    broken += breaks
                    if wrong:
                        break
                mistakes += 1
                facts.that(wrong, f"{what} that nothing noticed", label)
    print(f"{mistakes} mistakes in {len(check.LABELS)} operations, by which {broken} rules broke the evaluator: ", end="")
    facts.finish()


if __name__ == "__main__":
    main()
