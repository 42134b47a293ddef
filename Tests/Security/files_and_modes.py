"""Who may read the files that the program writes, and links that somebody puts in their place."""

import os
import stat
import subprocess

from blackbox import files_below, write
from hostile import AS_OF, World, person

MAIL = {"method": "maildir", "from": "a@example.gov.uk", "maildir": "Maildir", "outbox": "outbox"}


def modes(program, folder, facts):
    for umask in (0o000, 0o022, 0o077):
        world = World(program, folder / f"umask-{umask:03o}", [person(1), person(2, team="West")], teams=[["East", "east@example.gov.uk"]], rejected=[["x"]])
        config = world.job(deliver=MAIL, waivers="waivers.csv")
        existing = {*world.folder.rglob("*"), world.folder}
        commands = [
            ["waive", "add", "--waivers", world.waivers, "--rule", "ends", "--record", "P0001", "--reason", "r", "--agreed-by", "a", "--agreed-on", "2016-01-01", "--until", "2017-01-01"],
            ["run", "--config", config, "--as-of", AS_OF], ["run", "--config", config, "--as-of", "2016-03-08"],
            ["validate", world.extracts, "--rules", world.rules, "--as-of", AS_OF, "--out", world.folder / "deep" / "er" / "out", "--ledger", world.folder / "second.sqlite"],
            ["ledger", "backup", "--ledger", world.ledger, "--to", world.folder / "backup.sqlite"]]
        for command in commands:
            done = subprocess.run([program, *map(str, command)], capture_output=True, text=True, timeout=120, preexec_fn=lambda: os.umask(umask))
            facts.that(done.returncode in (0, 1, 3), "a command ends under any umask", f"{umask:03o} {command[0]}: {done.stderr[-300:]}")
        made = [p for p in world.folder.rglob("*") if p not in existing and not p.is_symlink()]
        names = {p.name for p in made}
        facts.that({"ledger.sqlite", "ledger.sqlite.lock", "waivers.csv", "backup.sqlite", "exceptions.xlsx", "outbox", "Maildir", "lock", "deep", "er"} <= names, "everything was made", sorted(names))
        for path in made:
            mode = stat.S_IMODE(path.lstat().st_mode)
            facts.same(oct(mode), oct(0o700 if path.is_dir() else 0o600), "what is made is for its owner alone", f"umask {umask:03o} {path.relative_to(world.folder)}")
    while_written(program, folder, facts)


def while_written(program, folder, facts):
    """Checks the ledger's companion files and unfinished files during a run: the mail program it starts lists them."""
    world = World(program, folder / "while", [person(1)], teams=[["East", "east@example.gov.uk"]])
    seen = world.folder / "seen"
    script = write(world.folder / "sendmail", f"#!/bin/sh\ncat > /dev/null\nfind {world.folder} -printf '%m %y %P\\n' > {seen}\n")
    script.chmod(0o700)
    existing = {str(p.relative_to(world.folder)) for p in world.folder.rglob("*")} | {"", "seen"}
    config = world.job(deliver={"method": "sendmail", "from": "a@example.gov.uk", "program": str(script), "outbox": "outbox"})
    existing.add(config.name)
    done = subprocess.run([program, "run", "--config", str(config), "--as-of", AS_OF], capture_output=True, text=True, timeout=120, preexec_fn=lambda: os.umask(0))
    facts.that(seen.exists(), "the mail program looked around", done.stderr[-300:])
    for line in seen.read_text().splitlines():
        mode, kind, path = line.split(" ", 2)
        if path not in existing and kind in "df":
            facts.same(mode, "700" if kind == "d" else "600", "what is made is for its owner alone while it is made", path)
    # A reader holds the ledger open, so that its companion files stay.
    import sqlite3
    held = sqlite3.connect(world.ledger)
    held.execute("PRAGMA journal_mode=WAL")
    held.execute("BEGIN")
    held.execute("SELECT count(*) FROM run").fetchone()
    subprocess.run([program, "run", "--config", str(config), "--as-of", "2016-03-08"], capture_output=True, timeout=120, preexec_fn=lambda: os.umask(0))
    for suffix in ("", "-wal", "-shm", ".lock"):
        path = str(world.ledger) + suffix
        facts.that(os.path.exists(path), "the ledger has its companions", suffix)
        facts.same(os.path.exists(path) and oct(stat.S_IMODE(os.stat(path).st_mode)), oct(0o600), "a ledger's companions are for its owner alone", suffix)
    held.close()


def links(program, folder, facts):
    """Puts a link in the place of the output, of files in it and of files beside it."""
    world = World(program, folder / "links", [person(1)], teams=[["East", "east@example.gov.uk"]])
    victim = write(folder / "victim" / "keep.txt", "keep")
    other = folder / "links" / "other"
    world.validate(out=other)
    before = {p.name: p.read_bytes() for p in other.iterdir() if p.is_file()}

    def unharmed(where):
        facts.same(victim.read_text(), "keep", "what a link leads to is left alone", where)
        facts.same({p.name: p.read_bytes() for p in other.iterdir() if p.is_file()}, before, "an output behind a link is left alone", where)

    for target in (folder / "victim", other, folder / "nowhere", folder / "victim" / "keep.txt"):
        place = world.folder / f"out-{target.name}"
        place.symlink_to(target)
        done = world.validate(out=place)
        facts.same(done.returncode, 4, "a link in the place of the output is refused", f"{target.name}: {done.stderr[-300:]}")
        facts.that("a link stands" in done.stderr and place.is_symlink(), "it is said and left", done.stderr[-300:])
        unharmed(target.name)
    # Links and hard links among the files of an old output are replaced, never written through.
    world.validate()
    for kind in ("symbolic", "hard"):
        for name in ("exceptions.csv", "index.html", "run.json"):
            path = world.out / name
            if name == "run.json" and kind == "symbolic":
                continue
            content = path.read_bytes()
            path.unlink()
            source = write(folder / f"{kind}-{name}", "keep")
            if name == "run.json":
                source.write_bytes(content)
            (path.symlink_to if kind == "symbolic" else path.hardlink_to)(source)
            kept = source.read_bytes()
            done = world.validate()
            facts.that(done.returncode == 1, "links in an old output are replaced", f"{kind} {name}: {done.stderr[-300:]}")
            facts.same(source.read_bytes(), kept, "what they led to is left alone", f"{kind} {name}")
            facts.that(path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1, "the new file is its own", f"{kind} {name}")
    # If a folder in an old output is a link, removing the output must not follow it.
    (world.out / "rules-away").mkdir()
    (world.out / "rules").rename(folder / "rules-away")
    (world.out / "rules-away").rmdir()
    (world.out / "rules").symlink_to(folder / "rules-away")
    pages = sorted(os.listdir(folder / "rules-away"))
    world.validate()
    facts.same(sorted(os.listdir(folder / "rules-away")), pages, "no removal goes through a link", "rules")
    # Links beside the output, under the names that a run uses while it writes.
    for name in (".out.partial-1", f".out.partial-{os.getpid()}", ".out.previous-1", ".out.partial-999999"):
        (world.folder / name).symlink_to(folder / "victim")
    done = world.validate()
    facts.that(done.returncode == 1, "links beside the output do not stop a run", done.stderr[-300:])
    unharmed("beside the output")
    # The locks of the ledger and of the outbox, and the file of waivers.
    config = world.job(deliver=MAIL)
    world.night()
    mails = len(files_below(world.folder / "Maildir"))
    facts.that(mails > 0, "a mail went out before there was a link", mails)
    for number, name in enumerate(("ledger.sqlite.lock", "outbox/lock")):
        path = world.folder / name
        path.unlink()
        path.symlink_to(victim)
        done = world.night(f"2016-03-{9 + number:02}")
        # Without the ledger's lock there is no run. Without the outbox's there is no mail, on which a run's exit code does not depend.
        wanted, where = 4 if name == "ledger.sqlite.lock" else 1, f"{name}: {done.stderr[-300:]}"
        facts.same(done.returncode, wanted, "the exit status over a link in the place of a lock", where)
        facts.that(f"{name}: could not take the lock: a link stands" in done.stderr, "a link in the place of a lock is refused", where)
        facts.that(path.is_symlink(), "the link in the place of a lock is left", name)
        facts.same(len(files_below(world.folder / "Maildir")), mails, "no mail goes out past a link in the place of a lock", name)
        unharmed(name)
        path.unlink()
    world.waivers.symlink_to(victim)
    victim.write_text("rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest\n")
    world.waive("add", "--rule", "ends", "--record", "P1", "--reason", "r", "--agreed-by", "a", "--agreed-on", "2016-01-01", "--until", "2099-01-01")
    facts.same(victim.read_text().count("\n"), 1, "a file is not written through a link", "waivers")
