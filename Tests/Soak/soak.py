"""Soak test: one run a day for many days on extracts that change, measuring what must not grow with the number of runs.

    soak.py PROGRAM [RUNS [RULES]]

Children come and go, faults appear and are mended, and now and then a table is missing for a day. Measured after each run: the
peak memory of the process, its open files, the files in OUT, beside it and in the temporary folder, and the growth of the ledger.
News about exceptions may take space in the ledger; what a run costs besides that must not grow. RULES defaults to the small rule
folder of the ledger's tests; with Rules, the packs data-quality and statutory are used.
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, team_lists, write, wrong_days  # noqa: E402
from soak_world import World  # noqa: E402

RULES = pathlib.Path(__file__).resolve().parent.parent / "Ledger/rules"
FIRST = date(2016, 1, 4)
CHILDREN = 300
KEEP = 7
MISSING_EVERY = 12  # a table is missing once in this many runs

# The tables of the ledger that hold exceptions, and those that hold a run.
BY_NEWS = ["exception", "spell", "settled", "mended", "renamed", "perhaps_group"]
BY_RUN = ["run", "input", "table_run", "replaced_table", "rule_run", "measure", "tally", "standing", "waiver"]


def watched(words, temporary):
    """Runs a program; returns its status, peak memory in KB, seconds, most and last open files seen, and what it said."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(words, stdout=said, stderr=said, stdin=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(temporary)})
        most = last = 0
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            try:
                last = len(os.listdir(f"/proc/{child.pid}/fd")) or last
            except OSError:
                pass
            most = max(most, last)
            time.sleep(0.002)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return child.returncode, usage.ru_maxrss, time.monotonic() - began, most, last, said.read().decode(errors="replace")


class Soak:
    def __init__(self, program, runs, rules, place, facts):
        self.program, self.runs, self.place, self.facts = program, runs, place, facts
        self.extracts, self.out, self.temporary = place / "extracts", place / "out", place / "tmp"
        self.ledger = place / "state/ledger.sqlite"
        for folder in (self.extracts, self.out, self.temporary, self.ledger.parent):
            folder.mkdir()
        self.config = write(place / "casecheck.yaml", f"""extracts: {self.extracts}
rules: [{rules}]
packs: [{"core, extra" if rules == RULES else "data-quality, statutory"}]
asOf: today
out: {self.out}/{{asOf}}
ledger: {self.ledger}
keep: {KEEP}
""")
        self.world = World(1, FIRST, CHILDREN)
        self.before, self.rows_before = None, {}
        self.figures = []

    def words(self, day):
        return [self.program, "run", "--config", str(self.config), "--as-of", str(day), "--quiet", "--progress", "never"]

    def go(self):
        for number in range(self.runs):
            day = FIRST + timedelta(days=number)
            if number:
                self.world.live(day)
            without = "visits" if number % MISSING_EVERY == MISSING_EVERY - 1 else None
            self.world.export(self.extracts, without)
            self.run(number, day, without)
        self.again(day)

    def run(self, number, day, without):
        code, memory, seconds, most, last, said = watched(self.words(day), self.temporary)
        where = f"run {number + 1}, {day}"
        self.code = 3 if without else 1
        self.facts.same(code, self.code, "exit status", f"{where}: {said[:500]}")
        lines = read_csv(self.out / str(day) / "exceptions.csv")
        total = json.loads((self.out / str(day) / "summary.json").read_text(encoding="utf-8"))["totals"]["exceptions"]
        self.facts.same(len(lines), total, "summary.json: exceptions in all", where)
        self.facts.same(wrong_days(lines, day), [], "the days late are those since the due day", where)
        team_lists(self.out / str(day), self.facts, where)
        rows = self.ledger_rows()
        grown = {table: rows[table] - self.rows_before.get(table, 0) for table in rows}
        listed, keys = self.listed(day)
        if self.before is not None and without is None and self.figures[-1]["without"] is None:
            # An exception's state that the previous run did not have, or that this run no longer has, is news.
            news = len(listed ^ self.before[0])
            fresh = len(keys - self.before[1])
            self.facts.that(grown["exception"] <= fresh, "exceptions in the ledger beyond the new ones",
                            f"{where}: {grown['exception']} of {fresh}")
            # What was open and not listed may end, or become another thing, without a list that shows it.
            news += self.figures[-1]["left_open"]
            self.facts.that(grown["spell"] <= news, "spells in the ledger beyond the news", f"{where}: {grown['spell']} of {news}")
            closed = grown["settled"] - self.left_open(day)
            self.facts.that(closed <= news, "settlements in the ledger beyond the news", f"{where}: {closed} of {news}")
        else:
            news = None
        self.tidy(where, number)
        size = self.ledger.stat().st_size
        self.figures.append({
            "memory": memory, "seconds": seconds, "most": most, "last": last, "listed": len(listed), "news": news,
            "without": without,
            "size": size, "grew": size - (self.figures[-1]["size"] if self.figures else 0), "by_run": sum(grown[table] for table in BY_RUN),
            "left_open": self.left_open(day), "files": count_files(self.out / str(day))})
        self.before, self.rows_before = (listed, keys), rows

    def ledger_rows(self):
        # Nothing else uses the ledger, and this check must not make a file appear beside it.
        opened = sqlite3.connect(f"file:{self.ledger}?mode=ro&immutable=1", uri=True)
        try:
            names = [name for name, in opened.execute("select name from sqlite_master where type = 'table'")]
            unknown = set(names) - set(BY_NEWS) - set(BY_RUN) - {"name", "grdb_migrations"}
            unknown = {name for name in unknown if not name.startswith("sqlite_")}
            self.facts.that(not unknown, "a table of the ledger that nobody watches", str(unknown))
            return {name: opened.execute(f'select count(*) from "{name}"').fetchone()[0] for name in BY_NEWS + BY_RUN}
        finally:
            opened.close()

    def left_open(self, day):
        """What a run does not list and leaves open all the same, since it could not judge it: one row a run while that lasts."""
        opened = sqlite3.connect(f"file:{self.ledger}?mode=ro&immutable=1", uri=True)
        try:
            number = (day - date(1970, 1, 1)).days
            return opened.execute("select count(*) from settled where day = ? and state < 10", [number]).fetchone()[0]
        finally:
            opened.close()

    def listed(self, day):
        """The exceptions of a run in the state in which it lists them, and their keys."""
        kept = ["rule", "table", "record_id", "occasion", "field", "status", "list", "team", "worker", "due_on", "done_on", "value"]
        rows = read_csv(self.out / str(day) / "exceptions.csv")
        return ({tuple(row[name] for name in kept) for row in rows},
                {tuple(row[name] for name in kept[:5]) for row in rows})

    def tidy(self, where, number):
        """Only the runs to be kept and the links to the last two may remain, and nothing that a run forgot to remove."""
        runs = [str(FIRST + timedelta(days=back)) for back in range(max(0, number + 1 - KEEP), number + 1)]
        links = {path.name for path in self.out.iterdir() if path.is_symlink()}
        self.facts.same(sorted(path.name for path in self.out.iterdir() if not path.is_symlink()), runs, "what lies in OUT", where)
        self.facts.that(links <= {"latest", "previous"} and "latest" in links, "the links in OUT", f"{where}: {links}")
        self.facts.same([path.name for path in self.temporary.iterdir()], [], "what lies in the temporary folder", where)
        beside = {path.name for path in self.ledger.parent.iterdir()}
        self.facts.that(beside <= {"ledger.sqlite", "ledger.sqlite.lock"}, "what lies beside the ledger", f"{where}: {beside}")

    def again(self, day):
        """Running the last day again replaces its run, so the ledger must be as it was."""
        rows, size = self.ledger_rows(), self.ledger.stat().st_size
        for _ in range(3):
            code, *_, said = watched(self.words(day), self.temporary)
            # A run that was refused leaves the ledger as it was, too.
            self.facts.same(code, self.code, "exit status of the same run once more", f"{day}: {said[:500]}")
            self.facts.same(self.ledger_rows(), rows, "the ledger after the same run once more", f"{day}, exit {code}")
        self.facts.that(self.ledger.stat().st_size <= size * 1.02 + 65536, "the ledger's size after the same run three times more",
                        f"{size} before, {self.ledger.stat().st_size} after")

    def judge(self):
        """Compares the medians of the first and the last third of the runs for everything that must stay flat."""
        usual = [figure for figure in self.figures[2:] if figure["news"] is not None]
        third = max(1, len(usual) // 3)
        early, late = usual[:third], usual[-third:]
        for name, what, most in (("memory", "peak memory", 1.15), ("by_run", "rows in the ledger for a run itself", 1.15),
                                 ("files", "files in OUT for a run", 1.15), ("last", "open files at the end", 1.2),
                                 ("most", "open files", 1.2)):
            before, after = middle(early, name), middle(late, name)
            self.facts.that(after <= before * most + (2 if name in ("last", "most") else 0), f"{what} has grown", f"from {before} to {after}")
        for figure in usual:
            self.facts.that(figure["left_open"] <= figure["listed"] / 3, "exceptions left open unlisted, each a row of every run",
                            f"{figure['left_open']} beside {figure['listed']} listed")
        last = self.figures[-1]["size"]
        grew_early, grew_late = (sum(figure["grew"] for figure in part) / len(part) for part in (early, late))
        self.facts.that(grew_late <= grew_early * 1.3 + 16384, "the ledger grows faster and faster",
                        f"{grew_early:.0f} bytes a run in the first third, {grew_late:.0f} in the last")
        self.facts.that(max(figure["most"] for figure in self.figures) <= 160, "open files", str(max(figure["most"] for figure in self.figures)))
        news = [figure["news"] for figure in usual]
        listed = sum(figure["listed"] for figure in self.figures)
        # Otherwise what is listed and what is news about it could not be told apart in the ledger.
        self.facts.that(0 < 3 * sum(news) < listed, "a soak of little but news", f"{listed} listed, {sum(news)} news")
        ends = (early, late)
        told = {
            "runs": len(self.figures), "exceptions listed in all": listed, "a run": listed // len(self.figures),
            "news a run": sum(news) // max(1, len(news)),
            "peak memory MB, first and last third": [round(middle(part, "memory") / 1024, 1) for part in ends],
            "most MB": round(max(figure["memory"] for figure in self.figures) / 1024, 1),
            "open files, most": max(figure["most"] for figure in self.figures),
            "at the end": [middle(part, "last") for part in ends],
            "ledger KB": last // 1024, "ledger bytes a run": [round(grew_early), round(grew_late)],
            "left open unlisted": [middle(part, "left_open") for part in ends],
            "rows for a run itself": [middle(part, "by_run") for part in ends], "files in OUT a run": middle(late, "files"),
            "seconds a run": [round(middle(part, "seconds"), 2) for part in ends]}
        print(json.dumps(told))


def middle(figures, name):
    return sorted(figure[name] for figure in figures)[len(figures) // 2]


def count_files(folder):
    return sum(1 for path in folder.rglob("*") if path.is_file())


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit("usage: soak.py PROGRAM [RUNS [RULES]]")
    program, runs = str(pathlib.Path(sys.argv[1]).absolute()), int(sys.argv[2]) if len(sys.argv) > 2 else 20
    rules = pathlib.Path(sys.argv[3]).absolute() if len(sys.argv) > 3 else RULES
    facts = Facts()
    with tempfile.TemporaryDirectory(prefix="casecheck-soak-") as scratch:
        soak = Soak(program, runs, rules, pathlib.Path(scratch), facts)
        soak.go()
        soak.judge()
    print(f"{runs} runs: ", end="")
    facts.finish()


if __name__ == "__main__":
    main()
