"""What `inspect` says about every messy file; the definition that it drafts must load and read the file."""

import concurrent.futures
import re

from messy import HEADINGS, Outcome, lines, row, rows
from blackbox import run


def looked_at(messy, number, path):
    """Inspects a file, drafts its definition, and reads the file by that definition."""
    home = messy.folder / "drafts" / str(number)
    (home / "rules").mkdir(parents=True)
    shown, draft = messy.inspect(path), messy.inspect(path, "--draft")
    (home / "rules" / "drafted.yaml").write_text(draft.stdout)
    # A run loads the rules as well, so `rules check` is only called now and then.
    checked = run(messy.program, "rules", "check", "--rules", home / "rules") if number % 5 == 0 else None
    process = run(messy.program, "validate", path, "--rules", home / "rules", "--as-of", "2016-06-01", "--out",
                  home / "out", "--format", "csv,json", "--progress", "never")
    return shown, draft, checked, process, Outcome(process, home / "out")


def every_file(messy):
    """For every file `inspect` gives the figures of a run, quotes no cell, and drafts a definition that loads."""
    facts = messy.facts
    read = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        looks = list(pool.map(lambda item: looked_at(messy, item[0], item[1][1]), enumerate(messy.files)))
    for (what, _), (shown, draft, checked, process, outcome) in zip(messy.files, looks):
        facts.that(shown.returncode in (0, 3), "inspect ends well", f"{what}: {shown.returncode} {shown.stderr[-200:]}")
        facts.that("Zebedee" not in shown.stdout + shown.stderr, "inspect quotes no cell", what)
        facts.that("Zebedee" not in draft.stdout + draft.stderr, "a draft quotes no cell", what)
        figures = re.search(r"^  records     (\d+) read = (\d+) that can be checked \+ (\d+) rejected$", shown.stdout, re.M)
        if not facts.that(figures, "inspect counts the records", f"{what}: {shown.stdout[:300]}"):
            continue
        if checked:
            facts.that(checked.returncode == 0, "a draft loads", f"{what}: {checked.stdout[-300:]}{checked.stderr[-300:]}")
        facts.that(process.returncode != 2, "a draft is a rule file without a mistake", f"{what}: {process.stderr[-300:]}")
        facts.same(outcome.counts, tuple(map(int, figures.groups())),
                   "the drafted definition reads what inspect counted", what)
        facts.same(shown.returncode == 3, outcome.exit == 3, "inspect trusts what a run trusts",
                   f"{what}: {process.stdout[:900]}{shown.stdout[-600:]}")
        read += 1
    print(f"{read} of {len(messy.files)} messy files were inspected, drafted and read by their draft")


def shows(messy):
    """`inspect` shows each kind of mess."""
    facts = messy.facts
    notes = [row(number, notes=f"{number:03}" + "n" * 252) for number in (20, 21)]
    dates = ["P00030,Zebedee Quill,42401,1,x", "P00031,Zebedee Quill,42402,1,x"]
    text = "Weekly export\n\n" + lines(
        *rows(1, 12), row(13) + ",x", row(14, name='"Zebedee'), *notes, *dates, row(15, name="N\u00efl")) + lines(row(16))
    text = text.replace("\n", "\r\n", 5) + row(17, name="\u00ebx") + "\n(19 rows affected)\n"
    content = text.encode().replace("\u00ebx".encode(), b"\xff\x00")
    home = messy.write({"strange.csv": content})
    shown = messy.inspect(home / "extracts" / "strange.csv")
    for words in [
        "encoding    utf-8", "line ends   LF on 21, CRLF on 5; mixed", "blank       1 line",
        "no characters in this encoding: line 25", "NUL: line 25", "delimiter   comma", "headings    on line 3",
        "titles      on line 1", "footers     on line 26", "records     21 read = 18 that can be checked + 3 rejected",
        "1 on line 16: 6 fields where the headings name 5", "1 on line 17: a quote that is never closed",
        "1 on line 25: bytes that are no characters", "stand again on line 23", "2 texts have exactly 255 characters",
        "start_date: 2 cells hold Excel's numbers for days", "start_date: 2 cells are not of its type",
        "Person ID  (string, 19 different, at most 6 characters)", "Start Date  (date, ", "Visits  (integer, ",
        "Notes  (string, 4 different, at most 255 characters)",
    ]:
        facts.that(words in shown.stdout, "inspect shows it", f"{words}: {shown.stdout}")
    facts.same(shown.returncode, 3, "and does not trust the file", shown.stdout[-300:])

    hidden = lines(*rows(1, 3), row(4, notes='"then'), row(5), row(6, notes='seen"'), row(7))
    home = messy.write({"people.csv": hidden})
    shown = messy.inspect(home / "extracts" / "people.csv", "--rules", home / "rules")
    for words in ["table       people, by its file name", "Person ID -> person_id  (string", "over several lines",
                  "untrusted   line 5", "records     7 read = 4 that can be checked + 3 rejected"]:
        facts.that(words in shown.stdout, "inspect shows it by the definition", f"{words}: {shown.stdout}")
    sparse = HEADINGS + "".join(f"P{number},,01/02/2016,{number},\n" for number in range(1, 300)) + "P0,Zebedee,,1,\n"
    home = messy.write({"x.csv": sparse})
    shown = messy.inspect(home / "extracts" / "x.csv")
    for words in ["Full Name  (string, 99 % empty, 1 different", "Start Date  (date, 1 % empty", "Notes  (empty)"]:
        facts.that(words in shown.stdout, "shares are rounded up", f"{words}: {shown.stdout}")
