"""Names from cells and folders that become paths, and characters that control a terminal."""

import json
import os
import pty
import re

from blackbox import files_below, read_csv, write, write_csv
from hostile import AS_OF, HEADINGS, World, person, some

NAMES = [
    "..", ".", "/", "../../evil", "/etc/evil", "a/b", "a\\b", "..\\..\\evil", "a\0b", "x" * 200, "é" * 200, "East", "east", "EAST", "CON", "con", "nul",
    "NUL.txt", "aux", "COM1", "lpt9", "no-team", "(no team)", "(all)", "-rf", "--help", "a\nb", "a\rb", " ", "...", "~root", "$(id)", "`id`", "%2e%2e%2f",
    "a:b", "a|b", "*", "?", "\u202eevil", "e\u0301", "\u00e9", "ﬁ", "东", "👩‍👧", ".hidden", "trailing.", "trailing ", "a" * 60, "a" * 61]
FILES = ["people..csv", "people (1).csv", "people-CON.csv", "People.csv", "people%2e.csv", "people;id.csv", "people\n.csv", "people\u202e.csv",
         "people" + "x" * 200 + ".csv", "people\\..\\x.csv", "people -rf.csv", "people'.csv", "people\".csv", "people$(id).csv"]


def names(program, folder, facts):
    world = World(program, folder / "names", [person(n, team=name) for n, name in enumerate(NAMES)], rejected=[["short"]])
    for number, name in enumerate(FILES):
        write_csv(world.extracts / f"dir{number % 3}" / name, [HEADINGS, person(100 + number), ["rejected"]])
    before = sorted(os.listdir(folder))
    done = world.validate()
    facts.that(done.returncode in (1, 3), "a run of hostile names ends", done.stderr[-300:])
    facts.same(sorted(os.listdir(folder)), before, "nothing is written beside the output")
    facts.same(sorted(os.listdir(world.folder)), ["extracts", "out", "rules"], "nothing is written beside the output")
    folders = os.listdir(world.out / "teams")
    facts.same(len({f.lower() for f in folders}), len(folders), "no two teams share a folder, whether or not case counts")
    teams = {row["team"] for row in read_csv(world.out / "exceptions.csv")}
    facts.that(len(teams) >= len(set(NAMES)) - 4, "no team is lost", f"{len(teams)} of {len(NAMES)}")
    facts.same(len(folders), len(teams), "each team has its folder")
    for place in (*folders, *(p.stem for p in (world.out / "rejects").iterdir() if p.stem not in ("people",))):
        facts.that(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._()-]*", place) and len(place) <= 110, "a name of ours is plain", repr(place))
        facts.that(not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)", place.split(".")[0], re.I), "no name is a device's on Windows", place)
    rejects = os.listdir(world.out / "rejects")
    facts.that(len(rejects) >= len(FILES), "each file's rejects have a file", len(rejects))
    facts.same(len({r.lower() for r in rejects}), len(rejects), "no two files share their rejects")
    rejected = sum(len(read_csv(world.out / "rejects" / name)) for name in rejects)
    read = json.loads((world.out / "run.json").read_text())
    facts.that(rejected >= len(FILES) + 1, "no reject is lost", f"{rejected}")
    facts.that(read["program"] == "casecheck", "run.json is whole")


STEER = ["\x1b[2J", "\x1b]8;;http://e.example\x07x\x1b]8;;\x07", "\x1b]0;t\x07", "\x9b31m", "\x9d0;t\x9c", "\x07", "\x08\x08", "\x7f", "\u202e", "\u2066", "\u200f", "\u2028", "\x0c", "\x0b"]
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def terminal(program, folder, facts):
    def clean(done, where, *, data=False):
        streams = [("stderr", done.stderr)] + ([] if data else [("stdout", done.stdout)])
        for name, text in streams:
            found = FORBIDDEN.search(text)
            facts.that(not found, "nothing steers the terminal", f"{where} {name}: {found and text[max(0, found.start() - 40):found.end() + 10]!r}")
        facts.that(done.returncode in (0, 1, 2, 3, 4, 64), "the command ends", f"{where}: {done.returncode} {done.stderr[-200:]}")

    # All in one: what is let through of any of them is found.
    for number, steer in enumerate(["".join(STEER), *some(STEER, 1)[1:]]):
        for log in ("text", "json"):
            where = f"{steer[:20]!r} {log}"
            world = World(program, folder / f"{number}{log}", [person(1, team=f"E{steer}t", worker=f"W{steer}r", note=f"n{steer}n", id=f"P{steer}1")], title=f"T{steer}t", rejected=[["x"]])
            write_csv(world.extracts / f"people{steer.replace('/', '')}.csv", [[*HEADINGS[:4], f"H{steer}h"], ["P2", "East", "W", "01/01/2016", "x"]])
            write(world.extracts / f"people-open{steer.replace('/', '')}.csv", '"Person ID","Team"\n"P3","East\n')
            write(world.extracts / f"stray{steer.replace('/', '')}.csv", "a,b\n1,2\n")
            options = ["--log-format", log, "--verbose"]
            rules = ["--rules", world.rules]
            clean(world.validate("--ledger", world.ledger, *options), f"validate {where}")
            clean(world.validate("--ledger", world.ledger, *options, as_of="2016-03-08"), f"validate {where}")
            for command in (["rules", "check"], ["rules", "list"], ["rules", "explain", "ends"], ["rules", "explain", f"no{steer}ne"], ["rules", "test"]):
                clean(world.command(*command, *rules, *options), f"{command} {where}")
            clean(world.command("case", f"P{steer}1", world.extracts, *rules, "--as-of", AS_OF, *options), f"case {where}")
            clean(world.command("case", f"P{steer}1", world.extracts, *rules, "--as-of", AS_OF, "--format", "json", *options), f"case json {where}")
            files = sorted(map(str, world.extracts.glob("*.csv")))
            clean(world.command("inspect", *files, *rules, *options), f"inspect {where}")
            clean(world.command("inspect", *files, "--draft", *rules, *options), f"inspect --draft {where}")
            clean(world.command("history", "--ledger", world.ledger, *options), f"history {where}")
            clean(world.command("history", "--ledger", world.ledger, "--format", "json", *options), f"history json {where}")
            clean(world.command("history", "--ledger", world.ledger, "--team", f"E{steer}t", "--rule", f"r{steer}"), f"history filtered {where}")
            clean(world.command("diff", AS_OF, f"x{steer}", "--ledger", world.ledger, *options), f"diff {where}")
            clean(world.command("diff", AS_OF, "2016-03-08", "--ledger", world.ledger, "--format", "json", *options), f"diff json {where}")
            clean(world.waive("add", "--rule", f"r{steer}", "--record", f"P{steer}1", "--reason", f"y{steer}", "--agreed-by", f"me{steer}", "--until", "2099-01-01"), f"waive {where}")
            clean(world.waive("list", *options), f"waive list {where}")
            clean(world.waive("remove", "--rule", f"q{steer}", "--record", "x", *options), f"waive remove {where}")
            for command in (["ledger", "check", "--ledger", world.folder / f"none{steer}"], ["validate", f"none{steer}", *rules, "--as-of", AS_OF, "--out", world.folder / f"o{steer.replace('/', '')}"],
                            ["validate", world.extracts, "--rules", f"none{steer}", "--as-of", AS_OF, "--out", "o"], [f"verb{steer}"], ["validate", f"--option{steer}"],
                            ["run", "--config", f"none{steer}"], ["validate", world.extracts, *rules, "--as-of", f"day{steer}", "--out", "o"],
                            ["validate", world.extracts, *rules, "--as-of", AS_OF, "--out", "o", "--set", f"n{steer}=1"]):
                clean(world.command(*command, *([] if command[0].startswith("verb") else options)), f"{command[0]} {where}")
            key = json.dumps(f"k{steer}")
            write(world.folder / "bad" / "bad.yaml", f"{key}: 1\nrules:\n  - {{rule: {key}, {key}: 2, title: T, for: {key}, check: {json.dumps('x' + steer)}}}\n")
            clean(world.command("rules", "check", *rules, "--rules", world.folder / "bad", *options), f"bad rules {where}")
            write(world.folder / "bad.yaml", f"{key}: 1\nout: {key}\nextracts: {key}\n")
            clean(world.command("run", "--config", world.folder / "bad.yaml", *options), f"bad configuration {where}")
            for name in ("summary.json", "run.json"):
                found = FORBIDDEN.search((world.out / name).read_text(encoding="utf-8"))
                facts.that(not found, "no JSON steers the terminal that shows it", f"{name} {where}")
    on_a_terminal(world, facts)


def on_a_terminal(world, facts):
    """CSV goes to another program unchanged, and to a terminal with its control characters made harmless."""
    world = World(world.program, world.folder / "tty", [person(1, team="E\x1b[2Jt")])
    world.validate("--ledger", world.ledger)
    arguments = [world.program, "history", "--ledger", str(world.ledger), "--format", "csv"]
    master, slave = pty.openpty()
    import subprocess
    subprocess.run(arguments, stdout=slave, timeout=60, check=False)
    os.close(slave)
    shown = b""
    try:
        while piece := os.read(master, 65536):
            shown += piece
    except OSError:
        pass
    # The steering character is shown by its number; what follows it is only text then.
    facts.that(b"E\\u{1B}[2Jt" in shown, "a terminal shows the list, the team's name in it made harmless", shown[:300])
    facts.that(b"\x1b" not in shown, "nothing steers the terminal that a list is shown on", shown[:300])
    piped = world.command(*arguments[1:]).stdout
    facts.that("E\x1b[2Jt" in piped, "a program gets a list as it is", piped[:300])
