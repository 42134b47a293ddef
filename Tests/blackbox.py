"""Shared by the black-box checks in Python: counting facts and running the program."""

import csv
import pathlib
import subprocess
import sys

csv.field_size_limit(1 << 27)


class Facts:
    """Counts what was checked and reports what was wrong."""

    shown_of_each_kind = 5

    def __init__(self):
        self.checked = 0
        self.wrong = 0
        self.by_kind = {}

    def that(self, holds, what, detail=""):
        """Counts one fact; `what` is its kind, `detail` says where and what was there instead."""
        self.checked += 1
        if holds:
            return True
        self.wrong += 1
        self.by_kind[what] = self.by_kind.get(what, 0) + 1
        if self.by_kind[what] <= self.shown_of_each_kind:
            print(f"WRONG: {what}" + (f": {detail}" if detail else ""))
        return False

    def same(self, found, wanted, what, where=""):
        # Written only where it is told: millions of facts hold.
        is_same = found == wanted
        return self.that(is_same, what, "" if is_same else f"{where}: found {short(found)}, wanted {short(wanted)}")

    def finish(self):
        for what, count in self.by_kind.items():
            if count > self.shown_of_each_kind:
                print(f"WRONG: {what}: {count} times in all")
        print(f"{self.checked} facts checked, {self.wrong} wrong")
        # A check that looked at nothing proves nothing, so it must not pass.
        sys.exit(1 if self.wrong or not self.checked else 0)


def short(value, most=300):
    text = repr(value)
    return text if len(text) <= most else f"{text[:most]}... ({len(text)} characters)"


def run(program, *arguments, timeout=300):
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=timeout)


def program_and_repository(usage):
    if len(sys.argv) != 2:
        sys.exit(f"usage: {usage}")
    return str(pathlib.Path(sys.argv[1]).absolute()), pathlib.Path(__file__).resolve().parent.parent


def write(path, text):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def write_csv(path, rows):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def read_csv(path):
    with pathlib.Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files_below(folder):
    return sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file() and not path.is_symlink())
