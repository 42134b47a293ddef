"""Addresses, names, ledgers, templates and settings that come from a stranger and try to be more than that."""

import csv
import io
import json
import pathlib
import shutil
import sqlite3

from blackbox import files_below, read_csv, write
from hostile import AS_OF, World, person, some

ADDRESSES = [
    "a@example.org\r\nBcc: evil@example.org", "a@example.org\nSubject: x", "a@example.org, evil@example.org", "-oQ/tmp@example.org", "-X/tmp/log@example.org", "--@example.org",
    "a@example.org -C/tmp/cf", "|/bin/sh@example.org", "\"a b\"@example.org", "a@example.org\0", "<a@example.org>", "a@example.org;evil@example.org", "$(id)@example.org", "`id`@example.org", "a@-example.org", "@example.org", "a@"]
TEAMS = ["East\r\nBcc: evil@example.org", "East\nSubject: evil", "East\r\n\r\nbody", "=?utf-8?q?evil?=", "\u2028Bcc: evil", "-t", "x" * 2_000, "\r", "\0Bcc: x"]


def mail(program, folder, facts):
    import email
    import email.policy
    world = World(program, folder / "mail", [person(n, team=t) for n, t in enumerate(TEAMS)], teams=[[t, f"t{n}@example.gov.uk"] for n, t in enumerate(TEAMS)])
    world.job(deliver={"method": "maildir", "from": "a@example.gov.uk", "maildir": "Maildir", "outbox": "outbox"})
    done = world.night()
    mails = files_below(world.folder / "Maildir")
    facts.that(len(mails) >= len(TEAMS) - 3, "teams of any name get their mail", f"{len(mails)} {done.stderr[-300:]}")
    known = {"To", "From", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding"}
    for path in mails:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        facts.same(sorted(set(message.keys()) - known), [], "no header came from a name", path.name)
        facts.same(len(message.keys()), len(set(message.keys())), "each header is there once", path.name)
        facts.that(str(message["To"]).startswith("t") and "," not in str(message["To"]), "one receiver", str(message["To"]))
    # The mail program's arguments, one on each line, including any bytes that a shell would act on.
    world = World(program, folder / "arguments", [person(n, team=f"T{n}") for n in range(len(ADDRESSES) + 1)], teams=[["T0", "good@example.gov.uk"]] + [[f"T{n + 1}", a] for n, a in enumerate(ADDRESSES)])
    seen = world.folder / "seen"
    script = write(world.folder / "sendmail", f"#!/bin/sh\nprintf '%s\\n' \"$@\" '(end)' >> {seen}\ncat > /dev/null\n")
    script.chmod(0o700)
    world.job(deliver={"method": "sendmail", "from": "a@example.gov.uk", "program": str(script), "outbox": "outbox"})
    done = world.night()
    calls = [c.split("\n") for c in seen.read_text().split("(end)\n") if c] if seen.exists() else []
    facts.that(["good@example.gov.uk"] in [c[-2:-1] for c in calls], "a good address gets its mail", f"{calls} {done.stderr[-300:]}")
    for call in calls:
        facts.same(call[:4], ["-i", "-f", "a@example.gov.uk", "--"], "an address is no option of the mail program", call)
        facts.same(len(call), 6, "one receiver a mail", call)
        facts.that("evil" not in call[4] and not call[4].startswith("-") and " " not in call[4], "what is not one address gets no mail", call)
    for sender in ("-oQ/tmp@example.org", "a@example.org\nBcc: e@example.org", "a@example.org -X/tmp/x"):
        world.job(deliver={"method": "sendmail", "from": sender, "program": str(script), "outbox": "outbox"})
        facts.same(world.night().returncode, 2, "a sender that is no address is a mistake of the configuration", repr(sender))


def sql(program, folder, facts):
    texts = ["'; DROP TABLE run; --", "' OR '1'='1", "\"; DELETE FROM exception; --", "x'); ATTACH 'evil.sqlite' AS e; --", "%", "_", "\\", "''", "1 UNION SELECT text FROM name", "?1", ":day", "$(id)", "\0'--"]
    world = World(program, folder / "sql", [person(n, team=t, worker=t, note=t, id=f"{t}{n}") for n, t in enumerate(texts)])
    world.validate("--ledger", world.ledger)
    world.validate("--ledger", world.ledger, as_of="2016-03-08", out=world.folder / "later")
    state = world.ledger.read_bytes()
    listed = {row["team"] for row in read_csv(world.out / "exceptions.csv")}
    for text in some(texts, 6):
        for option in ("--team", "--rule"):
            if "\0" in text:
                continue
            done = world.command("history", "--ledger", world.ledger, option, text, "--format", "csv")
            facts.that(done.returncode in (0, 64), "a filter is a text", f"{text}: {done.stderr}")
            teams = {row["team"] for row in csv.DictReader(io.StringIO(done.stdout)) if row.get("team")}
            facts.that(teams <= ({text, "(all)", "'" + text} if option == "--team" else set()), "a filter finds its own name and no other", f"{option} {text}: {teams}")
        if "\0" not in text:
            world.waive("add", "--ledger", world.ledger, "--rule", text, "--record", text, "--reason", text, "--agreed-by", text, "--until", "2099-01-01")
            facts.that(text in listed or "'" + text in listed, "a team is listed by its name", text)
            for asked in ([text, "latest"], ["latest", text]):
                facts.that(world.command("diff", *asked, "--ledger", world.ledger).returncode in (4, 64), "a run that is none is told", text)
            done = world.validate("--ledger", world.folder / text.replace("/", "") / "l.sqlite", out=world.folder / "o2")
            facts.that(done.returncode in (1, 4), "a ledger's path is a path", text)
    facts.same(world.ledger.read_bytes(), state, "asking changes nothing")
    held = sqlite3.connect(world.ledger)
    facts.same(held.execute("SELECT count(*) FROM run").fetchone()[0], 2, "no run is lost")
    facts.same(held.execute("PRAGMA integrity_check").fetchone()[0], "ok", "the ledger is whole")
    facts.that(held.execute("SELECT count(*) FROM exception").fetchone()[0] >= len(texts), "no exception is lost")
    held.close()


ALIEN = {
    "a trigger that deletes": "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM exception; END",
    "a trigger that adds": "CREATE TRIGGER t BEFORE INSERT ON spell BEGIN INSERT OR IGNORE INTO name(text) VALUES ('evil'); END",
    "a view": "CREATE VIEW v AS SELECT * FROM run", "a further table": "CREATE TABLE more (x)", "a further index": "CREATE INDEX i ON run(version)",
    "a further column": "ALTER TABLE run ADD COLUMN more TEXT", "a table renamed": "ALTER TABLE standing RENAME TO standing2",
    "a view in place of a table": "ALTER TABLE tally RENAME TO tally2; CREATE VIEW tally AS SELECT * FROM tally2"}


def ledgers(program, folder, facts):
    world = World(program, folder / "ledgers", [person(1)])
    world.validate("--ledger", world.ledger)
    for name, statements in ALIEN.items():
        place = world.folder / f"{name}.sqlite"
        shutil.copy(world.ledger, place)
        held = sqlite3.connect(place)
        held.executescript(statements)
        held.close()
        before = place.read_bytes()
        for command in (
                ["validate", world.extracts, "--rules", world.rules, "--as-of", "2016-03-08", "--out", world.folder / "never", "--ledger", place], ["history", "--ledger", place],
                ["diff", "latest", "previous", "--ledger", place], ["ledger", "check", "--ledger", place], ["ledger", "backup", "--ledger", place, "--to", world.folder / "copy"]):
            done = world.command(*command)
            facts.same(done.returncode, 4, "a ledger that casecheck did not make is refused", f"{name} {command[0]}: {done.stdout[-200:]} {done.stderr[-200:]}")
            facts.that("did not make" in done.stderr, "and it is said why", f"{name}: {done.stderr[-200:]}")
        facts.that(not (world.folder / "never").exists() and not (world.folder / "copy").exists(), "nothing is written on its word", name)
        facts.same(place.read_bytes()[100:], before[100:], "it is left as it is", name)
    strangers = {"text": b"not a database " * 100, "empty folder": None, "foreign": None, "short": b"SQLite format 3\0" + b"\0" * 50, "huge page": None, "zip": b"PK\3\4" * 100}
    for name, content in strangers.items():
        place = world.folder / f"{name}.db"
        if name == "empty folder":
            place.mkdir()
        elif content is None:
            held = sqlite3.connect(place)
            held.execute("PRAGMA page_size = 65536" if name == "huge page" else "PRAGMA application_id = 1")
            held.execute("CREATE TABLE run (day INTEGER PRIMARY KEY)")
            held.commit()
            held.close()
        else:
            place.write_bytes(content)
        before = place.read_bytes() if place.is_file() else b""
        for command in (["validate", world.extracts, "--rules", world.rules, "--as-of", "2016-03-08", "--out", world.folder / "never", "--ledger", place], ["history", "--ledger", place]):
            done = world.command(*command)
            facts.same(done.returncode, 4, "what is no ledger is refused", f"{name} {command[0]}: {done.stderr[-200:]}")
        if place.is_file():
            facts.same(place.read_bytes(), before, "and not touched", name)
    # ANALYZE and VACUUM are ordinary maintenance and must not make a ledger look like somebody else's file.
    held = sqlite3.connect(world.ledger)
    held.executescript("ANALYZE; VACUUM")
    held.close()
    done = world.validate("--ledger", world.ledger, as_of="2016-03-08", out=world.folder / "later")
    facts.same(done.returncode, 1, "a ledger that was looked after is still one", done.stderr[-300:])
    facts.same(world.command("ledger", "check", "--ledger", world.ledger).returncode, 0, "and whole")


def templates(program, folder, facts):
    write(folder / "secret.mustache", "CANARY-OUTSIDE")
    write(folder / "secret", "CANARY-OUTSIDE")
    parts = ["../secret", "../../secret", str(folder / "secret"), "/etc/passwd", "..\\secret", "nothing", "style/../../secret"]
    for number, part in enumerate(parts):
        world = World(program, folder / f"templates-{number}", [person(1)])
        write(world.folder / "own" / "drift.mustache", "<p>ours {{> " + part + "}}</p>")
        world.job(templates="own")
        done = world.night()
        facts.same(done.returncode, 2, "a template takes in templates only", f"{part}: {done.stderr[-200:]}")
        facts.that(not any(b"CANARY" in p.read_bytes() or b"root:" in p.read_bytes() for p in files_below(world.folder / "lists")), "no file from elsewhere is taken in", part)
    loops = {"drift": "{{> drift}}", "style": "{{> script}}", "index": "{{> rule}}"}
    back = {"drift": {}, "style": {"script": "{{> style}}"}, "index": {"rule": "{{> style}}{{> index}}"}}
    for name, text in loops.items():
        world = World(program, folder / f"loop-{name}", [person(1)])
        write(world.folder / "own" / f"{name}.mustache", text)
        for other, content in back[name].items():
            write(world.folder / "own" / f"{other}.mustache", content)
        world.job(templates="own")
        done = world.night()
        facts.that(done.returncode == 2 and "itself" in done.stderr, "a template that takes in itself is told", f"{name}: {done.returncode} {done.stderr[-200:]}")
    world = World(program, folder / "fine", [person(1)])
    write(world.folder / "own" / "drift.mustache", "<p>ours {{team}} {{> style}}</p>")
    world.job(templates="own")
    facts.same(world.night().returncode, 1, "a template that takes in another is used")


def settings(program, folder, facts):
    """`--set`, names of packs, and paths of a configuration."""
    world = World(program, folder / "settings", [person(1)])
    with (world.rules / "rules.yaml").open("a") as file:
        file.write("---\nparameters:\n  wait: 10 days\n  name: '\"x\"'\n")
    hostile = ["=1", "wait=" + "(" * 20_000, "wait=" + "days(1)" + "+days(1)" * 3_000, "wait=10 days\n", "wait='; DROP TABLE run", "wait=date(\"9999-12-31\")", "wait=days(9223372036854775807)", "wait=days(-9223372036854775808)",
               "wait=days(1) * 9223372036854775807", "wait=", "nothing=1", "wait={a: 1}", "wait=&a *a", "wait=\x1b[2J", "wait=" + "x" * 100_000, "name=" + "x" * 100_000, "name=<script>", "name=\u202e", "wait=1/0", "wait", "=", "wait=days(1 % 0)"]
    for text in hostile:
        done = world.validate("--set", text)
        facts.that(done.returncode in (1, 2, 64), "a setting is a value or a mistake", f"{text[:60]!r}: {done.returncode} {done.stderr[-200:]}")
        facts.that("\x1b" not in done.stderr and "\u202e" not in done.stderr + done.stdout, "and harmless to a terminal", repr(text[:60]))
    for pack in ("../..", "/etc", "*", "", "..", "a/b"):
        done = world.validate("--pack", pack)
        facts.that(done.returncode in (1, 2, 64), "a pack is the name of a folder in packs/", f"{pack}: {done.returncode} {done.stderr[-200:]}")
    for out in ("", "/", ".", "..", "lists/../..", "{asOf}/{asOf}", "{asOf}/x", "a{asOf}b{asOf}"):
        root = set(pathlib.Path("/").iterdir())
        world.job(out=out)
        done = world.night()
        # Where an earlier check has left its lists, the ledger of this one should know of them.
        is_told = done.returncode == 3 and "The ledger knows of no" in done.stdout
        facts.that(done.returncode in (1, 2, 4) or is_told, "a configured output is a folder or a mistake", f"{out}: {done.returncode} {done.stderr[-200:]}")
        # Root may write there, so whatever was written must be removed again.
        for made in set(pathlib.Path("/").iterdir()) - root:
            if made.is_symlink():
                made.unlink()
            elif (made / "run.json").is_file():
                shutil.rmtree(made)
        facts.that((world.extracts / "people.csv").exists() and (world.rules / "rules.yaml").exists(), "nothing that was there is gone", out)
