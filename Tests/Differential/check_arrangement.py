"""What is found does not depend on how an export arranges its records.

    check_arrangement.py PROGRAM [SEEDS [CHILDREN]]

A synthetic council (`casecheck sample`, with its planted faults) is checked with all rules. It is then checked again with the columns of
each file in another order, with every cell in quotes, with columns that no table names, with the records in another order, and with each
file split into several. Exceptions, drift lists and measures must be the same. In the last two, however, the order of the records decides
which of two equal keys is the second one and for which team a group of records counts.
"""

import collections
import csv
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run  # noqa: E402

RULES = pathlib.Path(__file__).resolve().parents[2] / "Rules"
AS_OF = ["--as-of", "2026-06-30"]


class Council:
    """The files of a sample, and the ways to write them."""

    def __init__(self, folder, seed):
        self.chance = random.Random(seed)
        self.files = {}
        for path in sorted(folder.glob("*.csv")):
            if path.name != "planted.csv":
                with open(path, encoding="utf-8", newline="") as file:
                    self.files[path.name] = list(csv.reader(file))

    def write(self, folder, change, **dialect):
        folder.mkdir()
        for name, rows in self.files.items():
            for written, part in change(name, rows):
                with open(folder / written, "w", encoding="utf-8", newline="") as file:
                    csv.writer(file, **{"lineterminator": "\n", **dialect}).writerows(part)

    def as_it_is(self, name, rows):
        yield name, rows

    def other_columns(self, name, rows):
        order = self.chance.sample(range(len(rows[0])), len(rows[0]))
        yield name, [[row[column] for column in order] for row in rows]

    def more_columns(self, name, rows):
        strange = ["", "x", "1,2", '"', "a b"]
        yield name, [["Nobody's 1", *rows[0], "Nobody's 2"]] + [[self.chance.choice(strange), *row, "9"] for row in rows[1:]]

    def other_rows(self, name, rows):
        yield name, rows[:1] + self.chance.sample(rows[1:], len(rows) - 1)

    def several_files(self, name, rows):
        stem = name.removesuffix(".csv")
        for number in range(3):
            if rows[1 + number::3]:
                yield f"{stem}_{number}.csv", rows[:1] + rows[1 + number::3]

    def ways(self):
        """The name of each way, what it does to the rows, how they are written, and whether the records keep their order."""
        yield "with other columns first", self.other_columns, {}, True
        yield "in quotes", self.as_it_is, {"quoting": csv.QUOTE_ALL, "lineterminator": "\r\n"}, True
        yield "with columns that no table names", self.more_columns, {}, True
        yield "in another order", self.other_rows, {}, False
        yield "in several files", self.several_files, {}, False


def goes_by_order(rule):
    return rule.endswith((".key", ".unique"))


def found(program, extracts, out, facts):
    """The exceptions and drift lists, without the files and lines of the records, and the measures."""
    done = run(program, "validate", extracts, "--rules", RULES, *AS_OF, "--out", out, "--format", "csv", "--quiet")
    facts.same(done.returncode, 1, "exit status", f"{extracts.name}: {done.stderr[:500]}")

    def counted(path):
        rows = ({name: value for name, value in row.items() if name not in ("source_file", "source_line")} for row in read_csv(path))
        return collections.Counter(tuple(row.items()) for row in rows if not goes_by_order(row["rule"]))

    drift = {path.parent.name: counted(path) for path in sorted(out.glob("teams/*/drift.csv"))}
    return counted(out / "exceptions.csv"), drift, read_csv(out / "measures.csv")


def difference(found, wanted):
    return f"more: {list((found - wanted).items())[:2]}, fewer: {list((wanted - found).items())[:2]}"


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    program = str(pathlib.Path(sys.argv[1]).absolute())
    seeds, children = (int(word) for word in [*sys.argv[2:], *["2", "1000"][len(sys.argv) - 2:]])
    facts, listed = Facts(), 0
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory(prefix="casecheck-arrangement-") as scratch:
            place = pathlib.Path(scratch)
            made = run(program, "sample", "--rules", RULES, "--children", children, "--seed", seed, *AS_OF, "--out", place / "sample")
            facts.same(made.returncode, 0, "the sample was not made", made.stderr)
            council = Council(place / "sample", seed)
            council.write(place / "as it is", council.as_it_is)
            exceptions, drift, measures = found(program, place / "as it is", place / "out", facts)
            listed += sum(exceptions.values())
            for number, (way, change, dialect, keeps_order) in enumerate(council.ways()):
                council.write(place / way, change, **dialect)
                others, other_drift, other_measures = found(program, place / way, place / f"out{number}", facts)
                facts.that(others == exceptions, f"exceptions {way}", f"{seed}: {difference(others, exceptions)}")
                if keeps_order:
                    facts.same(other_measures, measures, f"measures {way}", seed)
                    facts.same(sorted(other_drift), sorted(drift), f"teams {way}", seed)
                    for team, rows in drift.items():
                        its = other_drift.get(team, collections.Counter())
                        facts.that(its == rows, f"drift {way}", f"{seed}, {team}: {difference(its, rows)}")
    facts.that(listed > seeds * children, "the samples have too few faults to show anything", listed)
    print(f"{seeds} councils of {children} children in six ways, {listed} exceptions", end=": ")
    facts.finish()


if __name__ == "__main__":
    main()
