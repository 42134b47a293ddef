"""Sends the weekly mail of `casecheck run` through msmtp to an SMTP server of its own, and checks what arrives.

    check_mail.py PROGRAM

Nothing leaves 127.0.0.1. The server refuses mails when told to; the program is killed while it sends; several runs start at once.
"""

import collections
import email
import email.policy
import html.parser
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import aiosmtpd.controller

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, program_and_repository, read_csv, run, short, with_blanks_shown, write, write_csv  # noqa: E402

facts = Facts()
SENDER = "performance@example.gov.uk"
SUNDAY, MONDAY, TUESDAY = "2016-01-31", "2016-02-01", "2016-02-02"

RULES = """
table: teams
title: Teams
files: ["teams.csv"]
primaryKey: team
owner: {team: team, worker: worker}
multiline: [team, email]
fields:
  - {name: team, headings: [Team]}
  - {name: email, headings: [Email]}
  - {name: worker, headings: [Manager]}
---
table: visits
title: Visits
files: ["visits.csv"]
required: true
primaryKey: visit_id
person: person_id
owner: {team: team, worker: worker}
multiline: [team]
fields:
  - {name: visit_id, headings: [Visit ID]}
  - {name: person_id, headings: [Person ID]}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
  - {name: visited_on, headings: [Visited], type: date}
  - {name: ended_on, headings: [Ended], type: date}
---
rules:
  - rule: visit-ends
    title: A visit ends
    for: visits
    when: given(visited_on)
    deadline: {from: visited_on, within: 10 days, to: ended_on}
    message: "{person_id}: visit {visit_id} by {worker} was to end."
  - rule: in-order
    title: A visit ends after it begins
    for: visits
    when: given(ended_on)
    check: visited_on <= ended_on
    message: "{person_id}: visit {visit_id} by {worker} is out of order."
"""

WELSH = "Tŷ Hafan a Chanolfan y Plant 🧒🏽 Llanfair­pwllgwyngyll"
INJECTION = "Line\r\nBcc: evil@example.org\r\n\r\nhello"
BARE_INJECTION = "Line\nTo: evil@example.org"
# Team → its address in the extract of teams; None where it has none.
TEAMS = {
    "East": "east@example.gov.uk", WELSH: "welsh@example.gov.uk", "No address": None, "Moved": "old@example.gov.uk",
    "Told": None, "At zero": "zero@example.gov.uk", INJECTION: "injected@example.gov.uk", BARE_INJECTION: "bare@example.gov.uk",
    "=?utf-8?Q?fake?=": "encoded@example.gov.uk", "x" * 200: "long@example.gov.uk",
}
TO = {"Moved": "moved@example.gov.uk", "Told": "told@example.gov.uk"}
WANTED = {team: TO.get(team, address) for team, address in TEAMS.items() if TO.get(team, address)}
# None of these is a single address that a mail program should be given.
BAD_ADDRESSES = {
    "Comma": "first@example.gov.uk,evil@example.org", "Break": "first@example.gov.uk\nBcc: evil@example.org",
    "Return": "first@example.gov.uk\r\n\r\nevil@example.org", "Blank": "first@example.gov.uk evil@example.org",
    "Angle": "A <first@example.gov.uk>, evil@example.org", "Semicolon": "a@b.example;evil@example.org",
    "Group": "g:evil@example.org;", "Source route": "@example.org:evil@example.org", "Just a name": "root",
}
# These are addresses by RFC 5322, although they look like an option or a command.
ODD_ADDRESSES = {"Option": "-C/tmp/odd@example.org", "Pipe": "|odd@example.org", "Apostrophe": "o'brien@example.org"}


class Server(aiosmtpd.controller.Controller):
    """An SMTP server on a port that the system chooses."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Sink:
    """Takes every mail, unless `refusal` has an answer for the address."""

    def __init__(self):
        self.received = []
        self.refusal = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.refusal.get(address, self.refusal.get("*"))
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        return "250 OK"

    def take(self):
        received, self.received = self.received, []
        return received


class Place:
    """A folder with a configuration, extracts, rules, and a mail program that delivers to the sink."""

    def __init__(self, folder, program, port, *, teams=TEAMS, to=TO, script=None, **deliver):
        self.folder, self.program = folder, program
        write(folder / "rules" / "rules.yaml", RULES)
        write_csv(folder / "extracts" / "teams.csv", [["Team", "Email", "Manager"]] + [[t, a or "", "Mabel Manager"] for t, a in teams.items()])
        visits = [["Visit ID", "Person ID", "Team", "Worker", "Visited", "Ended"]]
        for number, team in enumerate(teams):
            for visited, ended in [("01/01/2016", ""), ("04/01/2016", "03/01/2016"), ("04/01/2016", "05/01/2016")]:
                if team != "At zero" or ended == "05/01/2016":
                    visits.append([f"VISIT{len(visits):04}", f"PERSON{number:04}", team, f"Zebedee Quux {number:02}", visited, ended])
        write_csv(folder / "extracts" / "visits.csv", visits)
        configuration = write(
            folder / "msmtprc", f"account default\nhost 127.0.0.1\nport {port}\nauth off\ntls off\nlogfile {folder / 'msmtp.log'}\n")
        configuration.chmod(0o600)
        wrapper = write(folder / "sendmail", script or f'#!/bin/sh\nexec msmtp -C {configuration} "$@"\n')
        wrapper.chmod(0o700)
        self.deliver = {
            "method": "sendmail", "from": SENDER, "include": "counts", "to": to, "program": str(wrapper), "outbox": "outbox", **deliver}
        self.configure()

    def configure(self):
        settings = {
            "extracts": "extracts", "rules": ["rules"], "asOf": "today", "out": "out/{asOf}", "ledger": "ledger.sqlite",
            "deliver": self.deliver}
        write(self.folder / "casecheck.yaml", json.dumps(settings, ensure_ascii=False))

    def arguments(self, as_of):
        return ["run", "--config", self.folder / "casecheck.yaml", "--as-of", as_of, "--progress", "never", "--threads", "1"]

    def run(self, as_of, what, wanted=1):
        done = run(self.program, *self.arguments(as_of))
        facts.same(done.returncode, wanted, "the exit code of a run does not depend on its mail", f"{what}: {done.stderr[-400:]}")
        return done.stderr

    def names(self, state):
        return sorted(path.name for path in (self.folder / "outbox" / state).iterdir() if not path.name.startswith("."))

    def out(self, as_of):
        return self.folder / "out" / as_of


def unguarded(cell):
    return cell[1:] if cell.startswith("'=") else cell


class Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("style", "script", "title")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script", "title")

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)


def words_of(markup):
    parser = Words()
    parser.feed(markup)
    return " ".join(parser.words)


def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def check_message(content, team, address, out, as_of):
    """Checks the form of a mail and its counts; returns the message and all its words."""
    message = parsed(content)
    where = f"mail of {team[:20]!r}"
    for part in message.walk():
        facts.that(not part.defects, "no part has a defect", f"{where}: {part.defects}")
        for name, value in part.items():
            facts.that(not value.defects, "no header has a defect", f"{where}: {name}: {getattr(value, 'defects', None)}")
    known = {"To", "From", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding"}
    names = collections.Counter(name for name in message.keys() if name not in ("Received", "Return-Path"))
    facts.that(set(names) <= known, "no header came from a cell", f"{where}: {set(names) - known}")
    facts.that(set(names.values()) == {1}, "each header once", f"{where}: {names}")
    facts.same(message["To"], address, "To", where)
    facts.same(message["From"], SENDER, "From", where)
    facts.same(message["Auto-Submitted"], "auto-generated", "Auto-Submitted", where)
    facts.that(re.fullmatch(r"<[^<>@\s]+@example\.gov\.uk>", message["Message-ID"] or ""), "Message-ID", f"{where}: {message['Message-ID']}")
    date = message["Date"] and message["Date"].datetime
    facts.that(date and str(date.date()) == as_of, "Date is the as-of date", where)
    subject = str(message["Subject"])
    facts.that("�" not in subject and re.sub(r"\s+", " ", with_blanks_shown(team)) in re.sub(r"\s+", " ", subject), "the subject names the team", f"{where}: {subject!r}")
    for line in content.split(b"\r\n"):
        facts.that(len(line) <= 998, "no line is too long", where)
        if b"=?utf-8?" in line.lower():
            facts.that(len(line) <= 76, "a line with an encoded word has 76 characters at most (RFC 2047, 2)", f"{where}: {len(line)}")

    if not facts.that(message.get_body(("plain",)) and message.get_body(("html",)), "there is text and HTML", where):
        return message, ""
    body = message if message.get_content_type() == "multipart/alternative" else message.get_payload(0)
    facts.same([part.get_content_type() for part in body.iter_parts()], ["text/plain", "text/html"], "text, then HTML", where)
    text, markup = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    words = words_of(markup)

    def counts(value):
        return collections.Counter(re.findall(r"\d[\d,.]*\d|\d", re.sub(r"casecheck [\d.]+", "", value)))

    facts.same(counts(text), counts(words), "text and HTML agree on the counts", where)
    own = [row for row in read_csv(out / "exceptions.csv") if unguarded(row["team"]) == team and row["list"] != "waived"]
    said = re.search(r"Not at zero: (\d+) exception", text)
    facts.same(int(said[1]) if said else 0, len(own), "the count is that of the list", f"{where}: {short(text)}")
    facts.that(("at zero" in subject) == (not own), "the subject says how the team stands", f"{where}: {subject}")
    return message, subject + text + markup + words


def check_nothing_of_a_child(text, out, where):
    for row in read_csv(out / "exceptions.csv"):
        for column in ("person_id", "record_id", "worker"):
            # The key of the table of teams is the team's own name, which a mail may contain.
            if row[column] and row["table"] != "teams":
                facts.that(row[column] not in text, f"no {column} is in a mail of counts", f"{where}: {row[column]}")


def team_folder(out, team):
    for folder in (out / "teams").iterdir():
        if any(unguarded(row["team"]) == team for row in read_csv(folder / "exceptions.csv")):
            return folder
    return None


def check_received(sink, place, as_of, what, wanted=WANTED):
    """Checks that each team with an address got one mail and nobody else any; returns the mails by team."""
    received = sink.take()
    facts.same(sorted(r for _, rs, _ in received for r in rs), sorted(wanted.values()), "each address got one mail", what)
    by_address = {}
    for sender, receivers, content in received:
        facts.same(sender, SENDER, "the envelope's sender", what)
        facts.same(len(receivers), 1, "one receiver in the envelope", f"{what}: {receivers}")
        by_address[receivers[0]] = content
    facts.same(len({parsed(content)["Message-ID"] for content in by_address.values()}), len(by_address), "each Message-ID once", what)
    return {team: by_address[address] for team, address in wanted.items() if address in by_address}


def counts_and_again(make, sink):
    place = make("counts")
    told = place.run(SUNDAY, "counts")
    facts.that("No address" in told, "a team without an address is told", told)
    for team, content in check_received(sink, place, SUNDAY, "counts").items():
        _, text = check_message(content, team, WANTED[team], place.out(SUNDAY), SUNDAY)
        check_nothing_of_a_child(text + content.decode(), place.out(SUNDAY), f"mail of {team[:20]!r}")
    for path in [place.folder / "outbox", *(place.folder / "outbox").rglob("*")]:
        facts.same(path.stat().st_mode & 0o77, 0, "the outbox is for its owner alone", path.name)
    facts.same((place.names("waiting"), place.names("sending"), place.names("doubtful")), ([], [], []), "nothing is left in the outbox")
    facts.same(len(place.names("sent")), len(WANTED), "what was sent is noted")
    notes = [path.read_text() for path in (place.folder / "outbox" / "sent").iterdir()]
    facts.that(all(re.fullmatch("[0-9a-f]{128}", note) for note in notes), "sent/ holds digests only")
    place.run(SUNDAY, "the same date again")
    facts.same(sink.take(), [], "the same as-of date again sends nothing")
    place.run(MONDAY, "the next day")
    check_received(sink, place, MONDAY, "the next day")


def lists(make, sink):
    place = make("lists", include="lists")
    place.run(SUNDAY, "lists")
    for team, content in check_received(sink, place, SUNDAY, "lists").items():
        message, _ = check_message(content, team, WANTED[team], place.out(SUNDAY), SUNDAY)
        files = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
        facts.same(sorted(files), ["drift.html", "exceptions.xlsx"], "what is attached", team[:20])
        folder = team_folder(place.out(SUNDAY), team)
        for name, data in files.items():
            if folder:
                facts.that(data == (folder / name).read_bytes(), "an attachment is the run's own file", f"{team[:20]} {name}")


def bad_addresses(make, sink):
    good = {"East": "east@example.gov.uk"}
    for source in ("extract", "to"):
        teams = {**good, **{team: address if source == "extract" else None for team, address in BAD_ADDRESSES.items()}}
        place = make(f"bad-{source}", teams=teams, to={} if source == "extract" else BAD_ADDRESSES)
        done = run(program, *place.arguments(SUNDAY))
        received = sink.take()
        facts.that(
            not any("evil" in r or "first" in r for _, rs, _ in received for r in rs), "what is not one address gets no mail",
            f"{source}: {[rs for _, rs, _ in received]}")
        if source == "to" and done.returncode == 2:
            told = sum(": error: " in line for line in done.stderr.splitlines())
            facts.same(told, len(BAD_ADDRESSES), "each wrong address is a mistake of the configuration", done.stderr)
            continue
        facts.that(
            ["east@example.gov.uk"] in [rs for _, rs, _ in received], "a good address gets its mail all the same", source)
        waiting = [parsed((place.folder / "outbox" / "waiting" / name).read_bytes()) for name in place.names("waiting")]
        facts.that(not any("Bcc" in mail for mail in waiting), "no header is injected by an address", source)
        for team in BAD_ADDRESSES:
            facts.that(team in done.stderr, "a team whose address is none is told by its name", f"{source}: {team}")
    place = make("odd", teams={**good, **ODD_ADDRESSES}, to={})
    place.run(SUNDAY, "odd addresses")
    received = [rs for _, rs, _ in sink.take()]
    facts.that(all([address] in received or team in ("Pipe", "Option") for team, address in ODD_ADDRESSES.items()), "odd addresses get their mail", received)
    facts.that(all(len(rs) == 1 and rs[0] in (*ODD_ADDRESSES.values(), *good.values()) for rs in received), "and nobody else", received)
    for sender in ("a@example.org\nBcc: evil@example.org", "a@example.org,evil@example.org", "nobody", ""):
        place = make(f"from-{abs(hash(sender))}", **{"from": sender})
        done = run(program, *place.arguments(SUNDAY))
        facts.same((done.returncode, sink.take()), (2, []), "a sender that is no address is a mistake of the configuration", repr(sender))


def refusals(make, sink):
    answers = {"550": "550 5.1.1 no such user", "451": "451 4.3.0 try again later"}
    for kind in ("550", "451", "no connection", "no program", "program fails", "program without exec bit"):
        place = make(f"refused-{kind.replace(' ', '-')}")
        program_name = place.deliver["program"]
        if kind in answers:
            sink.refusal = {"*": answers[kind]}
        elif kind == "no connection":
            text = (place.folder / "msmtprc").read_text()
            write(place.folder / "msmtprc", re.sub(r"port \d+", "port 1", text))
        elif kind == "no program":
            os.rename(program_name, program_name + ".away")
        elif kind == "program fails":
            os.rename(program_name, program_name + ".away")
            write(program_name, "#!/bin/sh\nexit 75\n").chmod(0o700)
        else:
            os.chmod(program_name, 0o600)
        told = place.run(SUNDAY, kind)
        facts.same(sink.take(), [], "nothing arrives while it is refused", kind)
        quiet = run(program, *place.arguments(SUNDAY), "--quiet", "--log-format", "json").stderr
        levels = [json.loads(line) for line in quiet.splitlines()]
        facts.that(
            all(any(name in str(line) for line in levels) for name in place.names("waiting")),
            "each mail that was refused is told with --quiet and in JSON too", f"{kind}: {quiet}")
        names = place.names("waiting")
        facts.same(len(names), len(WANTED), "what was refused is still waiting", kind)
        facts.that(all(name in told for name in names), "each mail that was refused is told", f"{kind}: {told}")
        facts.that("PERSON" not in told and "VISIT" not in told, "nothing of a child is told", kind)
        sink.refusal = {}
        if kind in answers:
            # One address keeps refusing: the others are not held up by it.
            sink.refusal = {"east@example.gov.uk": answers[kind]}
            place.run(SUNDAY, f"{kind} at one address")
            rest = {team: address for team, address in WANTED.items() if team != "East"}
            check_received(sink, place, SUNDAY, f"{kind} at one address", rest)
            facts.same(len(place.names("waiting")), 1, "one is still waiting", kind)
            sink.refusal = {}
            place.run(SUNDAY, f"after {kind}")
            check_received(sink, place, SUNDAY, f"after {kind}", {"East": WANTED["East"]})
        else:
            if kind == "no connection":
                write(place.folder / "msmtprc", text).chmod(0o600)
            elif kind == "program without exec bit":
                os.chmod(program_name, 0o700)
            else:
                os.replace(program_name + ".away", program_name)
            place.run(MONDAY, f"after {kind}")
            received = sink.take()
            facts.same(
                collections.Counter(r for _, rs, _ in received for r in rs), collections.Counter({a: 2 for a in WANTED.values()}),
                "the next day's run sends both days' mails, each once", kind)
        place.run(MONDAY if kind not in answers else SUNDAY, f"again after {kind}")
        facts.same((sink.take(), place.names("waiting")), ([], []), "then nothing more", kind)


def killed(make, sink):
    """A run killed while the mail program has the mail: it may have been sent, so it is not sent again, and the run says so."""
    for when in ("after", "before"):
        place = make(f"killed-{when}")
        wrapper = pathlib.Path(place.deliver["program"])
        quick = wrapper.read_text()
        hand_over = f'msmtp -C {place.folder / "msmtprc"} "$@"'
        slow = f"{hand_over}\necho $$ > {place.folder / 'pid'}\nexec sleep 60" if when == "after" else (
            f"echo $$ > {place.folder / 'pid'}\nexec sleep 60")
        write(wrapper, f"#!/bin/sh\n{slow}\n").chmod(0o700)
        process = subprocess.Popen([program, *map(str, place.arguments(SUNDAY))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not (place.folder / "pid").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.kill(int((place.folder / "pid").read_text()), signal.SIGKILL)
        first = sink.take()
        facts.same(len(first), 1 if when == "after" else 0, "one was being sent", when)
        facts.same(len(place.names("sending")), 1, "what was being sent stands in sending/", when)
        name = place.names("sending")[0]
        write(wrapper, quick).chmod(0o700)
        told = place.run(SUNDAY, f"after kill -9 ({when})")
        received = [r for _, rs, _ in sink.take() for r in rs]
        facts.same(len(received), len(WANTED) - 1, "the others are sent by the next run", when)
        facts.that(max(collections.Counter(received + [r for _, rs, _ in first for r in rs]).values()) == 1, "nobody gets a mail twice", when)
        facts.that(name in told, "the mail in doubt is told", f"{when}: {told}")
        facts.same((place.names("doubtful"), place.names("sending")), ([name], []), "the mail in doubt is kept", when)
        place.run(SUNDAY, f"again after kill -9 ({when})")
        place.run(MONDAY, f"the day after kill -9 ({when})")
        counts = collections.Counter(r for _, rs, _ in sink.take() for r in rs)
        facts.same(counts, collections.Counter(WANTED.values()), "the day after, each gets that day's mail alone", when)


def hangs(make, sink):
    """A mail program that hangs is ended; the mail is sent later if it had not taken it, and never again if it had."""
    for when in ("before", "after"):
        place = make(f"hangs-{when}", timeout=2)
        wrapper = pathlib.Path(place.deliver["program"])
        quick = wrapper.read_text()
        sent = f'msmtp -C {place.folder / "msmtprc"} "$@"; ' if when == "after" else ""
        write(wrapper, f"#!/bin/sh\n{sent}sleep 613 &\necho $! >> {place.folder / 'pids'}\nwait\n").chmod(0o700)
        started = time.monotonic()
        done = run(program, *place.arguments(SUNDAY), "--quiet")
        facts.that(time.monotonic() - started < 60, "a mail program that hangs does not hold the run up", when)
        facts.same(done.returncode, 1, "the exit code of a run does not depend on its mail", f"{when}: {done.stderr[-400:]}")
        first = [r for _, rs, _ in sink.take() for r in rs]
        in_doubt, waiting = place.names("doubtful"), place.names("waiting")
        facts.same((len(first), len(in_doubt)), (2, 2) if when == "after" else (0, 0), "what it took is in doubt, and nothing else", when)
        facts.same(len(in_doubt) + len(waiting), len(WANTED), "what it did not take is still waiting", when)
        facts.that(all(name in done.stderr for name in in_doubt + waiting), "each mail that did not go is told, with --quiet too", done.stderr)
        facts.that("PERSON" not in done.stderr and "VISIT" not in done.stderr, "nothing of a child is told", when)
        # A killed process goes on until it gets its turn.
        until = time.monotonic() + 10
        while (left := [pid for pid in (place.folder / "pids").read_text().split() if is_running(pid)]) and time.monotonic() < until:
            time.sleep(0.1)
        facts.same(left, [], "what the mail program started is ended with it", when)
        write(wrapper, quick).chmod(0o700)
        place.run(SUNDAY, f"after it hung {when}")
        counts = collections.Counter(first + [r for _, rs, _ in sink.take() for r in rs])
        facts.same(counts, collections.Counter(WANTED.values()), "each address got one mail in all", when)
        facts.same((place.names("waiting"), place.names("sending"), place.names("doubtful")), ([], [], in_doubt), "nothing is left but what is in doubt", when)
        place.run(SUNDAY, f"again after it hung {when}")
        facts.same(sink.take(), [], "then nothing more", when)


def is_running(pid):
    try:
        return " Z " not in pathlib.Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def maildir(make, sink):
    place = make("maildir", method="maildir", maildir="Maildir")
    box = place.folder / "Maildir"
    place.run(SUNDAY, "maildir")
    names = sorted(path.name for path in (box / "new").iterdir())
    facts.same(len(names), len(WANTED), "each mail is in new/ once", names)
    facts.same(sorted(path.name for path in (box / "tmp").iterdir()), [], "nothing is in tmp/")
    addresses = sorted(parsed((box / "new" / name).read_bytes())["To"] for name in names)
    facts.same(addresses, sorted(WANTED.values()), "the receivers")
    for name in names:
        facts.that(":" not in name and "/" not in name, "a maildir's name has no colon", name)
        message = parsed((box / "new" / name).read_bytes())
        facts.that(not any(part.defects for part in message.walk()), "a mail in a maildir has no defect", name)
    place.run(SUNDAY, "maildir again")
    facts.same(sorted(path.name for path in (box / "new").iterdir()), names, "again nothing more is there")
    # A mail reader moves what has been read.
    for name in names:
        os.rename(box / "new" / name, box / "cur" / f"{name}:2,S")
    place.run(SUNDAY, "maildir, read")
    facts.same(list((box / "new").iterdir()), [], "what was read does not come again")
    facts.same(sink.take(), [], "nothing goes elsewhere")


def at_once(make, sink):
    # On a busy machine the runs may come one after another, and then all end well: that proves nothing of the lock, and is tried again.
    # Without a lock all would end well every time.
    for attempt in range(5):
        place = make(f"at-once-{attempt}")
        processes = [
            subprocess.Popen([program, *map(str, place.arguments(SUNDAY))], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            for _ in range(3)]
        told = [process.communicate(timeout=120)[1] for process in processes]
        codes = sorted(process.returncode for process in processes)
        if codes != [1, 1, 1]:
            break
        check_received(sink, place, SUNDAY, "three one after another")
    facts.that(set(codes) == {1, 75}, "of runs at once one has the lock, and another is refused", f"{codes}: {told}")
    check_received(sink, place, SUNDAY, "three at once")


def mondays(make, sink):
    place = make("mondays", on=["monday"])
    place.run(SUNDAY, "Sunday")
    facts.same(sink.take(), [], "nothing is sent on a Sunday")
    place.run(MONDAY, "Monday")
    check_received(sink, place, MONDAY, "Monday")
    place.run(TUESDAY, "Tuesday")
    facts.same(sink.take(), [], "nothing is sent on a Tuesday")
    # Where there was no run on the Monday, the next one sends its own mails.
    for what in ("a Tuesday after a Monday without a run", "the same Tuesday again"):
        told = place.run("2016-02-09", what)
        facts.same("no run as of 2016-02-08 has made its mails" in told, "again" not in what, "what is made up for is told", told)
    check_received(sink, place, "2016-02-09", "a Tuesday after a Monday without a run, twice")
    place.run("2016-02-10", "the Wednesday after")
    facts.same(sink.take(), [], "it is made up for once")
    # What could not be sent on Monday goes out on Tuesday.
    place = make("mondays-refused", on=["monday"])
    sink.refusal = {"*": "451 4.3.0 try again later"}
    place.run(MONDAY, "Monday, refused")
    sink.refusal = {}
    facts.same(sink.take(), [], "nothing arrives on the Monday")
    place.run(TUESDAY, "Tuesday after")
    check_received(sink, place, MONDAY, "Tuesday after a Monday without a server")


def main():
    if not shutil.which("msmtp"):
        sys.exit("msmtp is not installed: apt-get install msmtp")
    sink = Sink()
    server = Server(sink, hostname="127.0.0.1", port=0)
    server.start()
    port = server.port
    with tempfile.TemporaryDirectory(prefix="mail-") as name:
        folder = pathlib.Path(name)

        def make(name, **settings):
            return Place(folder / name, program, port, **settings)

        counts_and_again(make, sink)
        lists(make, sink)
        bad_addresses(make, sink)
        refusals(make, sink)
        killed(make, sink)
        hangs(make, sink)
        maildir(make, sink)
        at_once(make, sink)
        mondays(make, sink)
    server.stop()
    facts.finish()


if __name__ == "__main__":
    program, _ = program_and_repository("check_mail.py PROGRAM")
    main()
