"""No message, figure or record of a run may contain the text of a cell, and no secret may appear anywhere."""

import json
import os
import re

from blackbox import files_below, write, write_csv
from hostile import AS_OF, World, person, some

CANARY = re.compile(r"zq[0-9]{5}x", re.I)


def canaries(program, folder, facts):
    planted = iter(range(10_000, 100_000))
    kinds = {}

    def plant(kind):
        word = f"ZQ{next(planted)}x"
        kinds[word.lower()] = kind
        return word

    def cell(kind):
        return plant(kind)

    rows = [person(n, note=cell("note"), worker=cell("worker"), started=s, id=cell("id")) for n, s in enumerate(
        ["01/01/2016", cell("unreadable date"), "", "31/02/2016 " + cell("unreadable date"), "42370", "01/28/2016"])]
    world = World(program, folder / "canaries", rows, teams=[["East", "east@example.gov.uk"]],
                  rejected=[[cell("rejected")], [cell("rejected")] * 9, [cell("swallowed"), "East", "W", "01/01/2016", cell("swallowed") + "\n" + cell("swallowed") + ",East,W,01/01/2016,n\n"]])
    with (world.extracts / "people.csv").open("a") as file:
        file.write("Total " + cell("footer") + ",,,,\n")
    heads = "Person ID,Team,Worker,Started,Note\n"
    write(world.extracts / "people-title.csv", cell("title") + "\n\n" + heads + f"{cell('id')},East,{cell('worker')},01/01/2016,{cell('note')}\n")
    write(world.extracts / "people-open.csv", heads + f"{cell('id')},East,\"{cell('never closed')},01/01/2016,x\n{cell('id')},East,W,01/01/2016,x\n")
    write(world.extracts / "people-short.csv", heads + f"{cell('id')},East,{cell('cut off')}")
    write(world.extracts / "people-nul.csv", heads + f"{cell('id')}\0,East,{cell('worker')},01/01/2016,\0{cell('note')}\n")
    (world.extracts / "people-latin.csv").write_bytes((heads + f"{cell('id')},East,{cell('worker')}é,01/01/2016,x\n").encode("latin-1") + b"\xff\xfe\x81\n")
    write(world.extracts / "people-twice.csv", heads + f"{rows[0][0]},East,{cell('worker')},01/01/2016,x\n" + heads + f"{cell('id')},East,W,01/01/2016,x\n")
    write(world.extracts / "people-binary.csv", cell("binary") + "\0" * 4000 + cell("binary"))
    write(world.extracts / "people-page.csv", f"<html><body>{cell('web page')}</body></html>")
    write(world.extracts / "people-bare.csv", f"{cell('first record')},East,{cell('first record')},01/01/2016,x\n{cell('id')},East,W,01/01/2016,x\n")
    write(world.extracts / "people-quote.csv", heads + f"{cell('id')},East,ab\"{cell('stray')}\"cd,01/01/2016,x\n{cell('id')},\"East\"{cell('stray')},W,01/01/2016,x\n")
    write_csv(world.extracts / "stray.csv", [["a", "b"], [cell("stray file"), cell("stray file")]])
    config = world.job(waivers="waivers.csv", deliver={"method": "maildir", "from": "a@example.gov.uk", "maildir": "Maildir", "outbox": "outbox"})
    world.waive("add", "--rule", "ends", "--record", rows[0][0], "--reason", cell("reason"), "--agreed-by", cell("agreed by"), "--agreed-on", "2016-01-01", "--until", "2016-12-31")

    def silent(text, where, *, besides=()):
        found = {w for w in (m.lower() for m in CANARY.findall(text)) if kinds.get(w) not in besides}
        facts.that(not found, "nothing out of a cell is told", f"{where}: {[(w, kinds.get(w), around(text, w)) for w in sorted(found)[:3]]}")

    def around(text, word):
        at = text.lower().index(word)
        return text[max(0, at - 80):at + 30]

    files = sorted(map(str, world.extracts.glob("*.csv")))
    rules = ["--rules", world.rules]
    for log in ("text", "json"):
        options = ["--verbose", "--log-format", log]
        loud = [
            world.validate("--ledger", world.folder / f"{log}.sqlite", "--waivers", world.waivers, *options),
            world.validate("--ledger", world.folder / f"{log}.sqlite", *options, as_of="2016-03-08", out=world.folder / "later"),
            world.validate("--memory", "1K", *options, out=world.folder / "never"),
            world.night(AS_OF, *options), world.night("2016-03-08", *options), world.night(AS_OF, *options, "--backfill"),
            world.command("history", "--ledger", world.ledger, *options), world.command("history", "--ledger", world.ledger, "--format", "csv", *options),
            world.command("ledger", "check", "--ledger", world.ledger, *options),
            world.command("rules", "check", *rules, *options), world.command("rules", "test", *rules, *options)]
        for number, done in enumerate(loud):
            silent(done.stdout, f"stdout {number}")
            silent(done.stderr, f"stderr {number}")
        # These commands are asked for a child's records or a file's content, which may appear on standard output only.
        for done in (
                world.command("case", rows[0][0], world.extracts, *rules, "--as-of", AS_OF, *options), world.command("diff", AS_OF, "2016-03-08", "--ledger", world.ledger, "--format", "csv", *options),
                world.command("inspect", *files, *rules, *options), world.command("inspect", *files, "--draft", *rules, *options), world.waive("list", *options)):
            silent(done.stderr, "stderr of what shows records", besides=("first record",))
    wanted = {"summary.json", "run.json", "metrics.prom", "measures.csv"}
    seen = set()
    for path in files_below(world.folder):
        if path.name in wanted:
            seen.add(path.name)
            silent(path.read_text(encoding="utf-8"), path.name)
        if "Maildir" in str(path):
            seen.add("mail")
            silent(path.read_bytes().decode("utf-8", "replace"), "mail of counts")
    facts.same(seen, wanted | {"mail"}, "figures and mail were looked at")
    listed = "".join(p.read_text(encoding="utf-8") for p in files_below(world.out) if p.suffix == ".csv").lower()
    for kind in ("note", "rejected", "unreadable date", "never closed", "swallowed"):
        facts.that(any(w in listed for w, k in kinds.items() if k == kind), "the lists hold what the log does not", kind)
    facts.that(len(kinds) > 40, "canaries were planted", len(kinds))


def keys(program, folder, facts):
    secret = "NEVER-TELL-0123456789abcdef"
    world = World(program, folder / "keys", [person(1)], teams=[["East", "east@example.gov.uk"]])
    key = write(world.folder / "key", secret)
    for mode, warned in ((0o600, False), (0o400, False), (0o640, False), (0o644, True), (0o604, True), (0o660, True), (0o606, True)):
        key.chmod(mode)
        for log in some(("text", "json"), 1):
            done = world.validate("--pseudonymise", key, "--verbose", "--log-format", log)
            facts.that(done.returncode == 1, "a key is used", done.stderr[-300:])
            facts.same("chmod 600" in done.stderr, warned, "a key that others may read or change is told", f"{mode:o}: {done.stderr[-300:]}")
            facts.that(secret not in done.stdout + done.stderr, "a key is not told", f"{mode:o}")
    key.chmod(0o600)
    short = write(world.folder / "short", "NEVER-TELL-01")
    done = world.validate("--pseudonymise", short, "--verbose")
    facts.that(done.returncode == 2 and "NEVER-TELL" not in done.stderr, "a key that is none is not told", done.stderr)
    script = write(world.folder / "sendmail", "#!/bin/sh\necho NEVER-TELL-OUT\necho NEVER-TELL-ERR >&2\nexit 3\n")
    script.chmod(0o700)
    world.job(pseudonymise="key", deliver={"method": "sendmail", "from": "a@example.gov.uk", "to": {"East": "never-tell@example.gov.uk"}, "program": str(script), "outbox": "outbox"})
    for log in ("text", "json"):
        done = world.night(AS_OF, "--verbose", "--log-format", log)
        told = done.stdout + done.stderr
        facts.that("could not be handed over" in told, "the mail program's failure is told", told[-300:])
        facts.that("never-tell" not in told.lower(), "neither addresses nor the mail program's words are told", told[-400:])
    for path in files_below(world.folder / "lists"):
        facts.that(secret.encode() not in path.read_bytes(), "no list holds the key", path.name)
    facts.that(secret.encode() not in world.ledger.read_bytes(), "no ledger holds the key")
