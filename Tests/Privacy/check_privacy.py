"""Looks for what must not be in the lists: numbers of persons under pseudonyms, people's names, and markup from cells.

    check_privacy.py PROGRAM

It needs nothing but Python.
"""

import collections
import csv
import email
import email.policy
import html.parser
import io
import json
import pathlib
import re
import shutil
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, files_below, program_and_repository, read_csv, run, short, team_lists, write, write_csv  # noqa: E402

facts = Facts()

# ------------------------------------------------------------------------------------------------------ what is in a file


def texts_of(path):
    """A file's text, with that of its parts for a workbook or a mail."""
    data = path.read_bytes()
    if data[:2] == b"PK":
        return archive_text(data)
    if path.suffix == ".eml":
        return mail_text(data)
    return data.decode("utf-8", "replace")


def archive_text(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(name + "\n" + archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def mail_text(data):
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [data.decode("utf-8", "replace"), *map(str, message.values())]
    for part in message.walk():
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            parts.append(archive_text(content) if content[:2] == b"PK" else content.decode("utf-8", "replace"))
    return "\n".join(parts)


def found_in(folder, planted):
    """The planted words that are in a file below the folder, or in a file's name, as words of their own; and in which files."""
    found = collections.defaultdict(list)
    for path in files_below(folder):
        text = f"{path.relative_to(folder)}\n{texts_of(path)}"
        for word in planted & set(re.findall(r"[0-9A-Za-z]+", text)):
            found[word].append(str(path.relative_to(folder)))
    return found


def found_anywhere(folder, words):
    """The same for words so odd that they count even within other words, and in any case."""
    found = collections.defaultdict(list)
    for path in files_below(folder):
        text = f"{path.relative_to(folder)}\n{texts_of(path)}".lower()
        for word in words:
            if word.lower() in text:
                found[word].append(str(path.relative_to(folder)))
    return found


def job(folder, **settings):
    return write(folder / "casecheck.yaml", json.dumps(
        {"extracts": "extracts", "rules": ["rules"], "asOf": "today", "out": "out/{asOf}", "ledger": "ledger.sqlite", **settings},
        ensure_ascii=False))


# ------------------------------------------------------------------------------------------------------------ pseudonyms

CASES = """
table: teams
title: Teams
files: ["teams.csv"]
primaryKey: team
fields:
  - {name: team, headings: [Team]}
  - {name: email, headings: [Email]}
---
table: people
title: People
files: ["people*.csv"]
required: true
primaryKey: person_id
person: person_id
owner: {team: team, worker: worker}
dialect: {footer: ["Total*"]}
fields:
  - {name: person_id, headings: [Person ID], constraints: {pattern: 'PERSON[0-9]{4}'}}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
  - {name: started_on, headings: [Started], type: date}
  - {name: ended_on, headings: [Ended], type: date}
  - {name: sibling, headings: [Sibling]}
foreignKeys:
  - {fields: sibling, reference: {table: people, fields: person_id}, as: brother}
---
rules:
  - rule: ends
    title: What starts ends
    for: people
    deadline: {from: started_on, within: 10 days, to: ended_on, dueSoon: 9 days}
    message: "{person_id} was to end."
    fix: "End {person_id}."
  - rule: in-order
    title: A start comes before an end
    for: people
    when: given(ended_on)
    check: started_on <= ended_on
    field: person_id
    message: "{person_id} ends too early."
  - rule: one-each
    title: A person is there once
    for: people
    limit: {per: person_id, value: count(), atMost: 0}
"""
IDS = [f"PERSON{number:04}" for number in range(1, 13)]


def people(folder, *, mended=False, footer=None):
    rows = [["Person ID", "Team", "Worker", "Started", "Ended", "Sibling"]]
    for number, person in enumerate(IDS):
        ended = ["", "01/01/2015", "", "02/02/2016", "31/02/2015"][number % 5]
        started = ["01/01/2016", "05/01/2016", "28/01/2016", "01/01/2016", ""][number % 5]
        if mended and number < 2:
            started, ended = "01/01/2016", "02/01/2016"
        rows.append([person, f"Team {number % 2}", f"Worker {number:02}", started, ended, IDS[0] if number != 7 else "PERSON9999"])
    rows.append(["PERSON9998x", "Team 0", "Worker 98", "01/01/2016", "", ""])
    path = write_csv(folder / "extracts" / "people.csv", rows)
    with path.open("a") as file:
        file.write('"PERSON9997","a","row","that","is","one","too","long"\n')
        file.write(footer or "")
    write_csv(folder / "extracts" / "teams.csv", [["Team", "Email"], ["Team 0", "zero@example.gov.uk"], ["Team 1", "one@example.gov.uk"]])
    write(folder / "rules" / "rules.yaml", CASES)
    return set(IDS) | {"PERSON9999", "PERSON9998x", "PERSON9997"}


def raw_ids(extracts):
    """Every cell of at least 4 characters, with a digit, under a heading that ends in ID."""
    found = set()
    for path in extracts.glob("*.csv"):
        columns = []
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            for row in csv.reader(file):
                heads = [n for n, cell in enumerate(row) if re.search(r"(^|[ _])id$", cell.strip(), re.I)]
                if heads and not columns:
                    columns = heads
                    continue
                found.update(row[n].strip() for n in columns if n < len(row))
    return {cell for cell in found if len(cell) >= 4 and re.fullmatch(r"[0-9A-Za-z]+", cell) and re.search(r"\d", cell)}


def by_place(out):
    """The rows of exceptions.csv by what identifies them without saying whose they are; only those that are unique."""
    rows = collections.defaultdict(list)
    for row in read_csv(out / "exceptions.csv"):
        key = tuple(row[c] for c in ("rule", "status", "team", "worker", "table", "field", "occasion", "from", "due_on", "done_on", "days_late"))
        rows[key].append(row)
    return {key: found[0] for key, found in rows.items() if len(found) == 1}


def compare(plain, hidden, where):
    """Compares a run without pseudonyms and one with: the figures are the same, the names are not. Returns raw → pseudonym."""
    facts.same((hidden / "measures.csv").read_bytes(), (plain / "measures.csv").read_bytes(), "measures.csv is the same", where)
    counted = [
        collections.Counter((r["rule"], r["status"], r["list"], r["team"], r["worker"]) for r in read_csv(out / "exceptions.csv"))
        for out in (plain, hidden)]
    facts.same(counted[1], counted[0], "the lists are as long", where)
    totals = [json.loads((out / "summary.json").read_text()) for out in (plain, hidden)]
    for part in ("totals", "reconciliation"):
        facts.same(totals[1][part], totals[0][part], "summary.json has the same figures", where)
    team_lists(hidden, facts, where)
    pairs = {}
    left, right = by_place(plain), by_place(hidden)
    for key in left.keys() & right.keys():
        for column in ("person_id", "record_id"):
            kind = (column if column == "person_id" else left[key]["table"], left[key][column])
            if left[key][column]:
                facts.that(right[key][column] not in ("", left[key][column]), f"a {column} has a pseudonym", f"{where}: {kind}")
                facts.same(pairs.setdefault(kind, right[key][column]), right[key][column], "one person or record, one pseudonym", where)
    facts.same(len(set(pairs.values())), len(pairs), "no pseudonym is two persons' or records'", where)
    facts.that(len(pairs) > 5, "pseudonyms were compared", f"{where}: {len(pairs)}")
    for row in read_csv(hidden / "exceptions.csv"):
        facts.same(row["value"], "", "no value is quoted", where)
    return pairs


def pseudonyms(program, repository, folder):
    key, other = write(folder / "key", "0123456789abcdef0123456789abcdef"), write(folder / "other", "fedcba9876543210fedcba9876543210\n")

    def validate(out, extracts, rules, as_of, *more):
        done = run(program, "validate", extracts, "--rules", rules, "--as-of", as_of, "--out", out, "--quiet", "--progress", "never", *more)
        facts.same(done.returncode, 1, "the run ends", f"{out.name}: {done.stderr[-300:]}")
        return done

    # The samples: every rule there is.
    samples, rules = repository / "Samples" / "paris", repository / "Rules"
    validate(folder / "plain", samples, rules, "2016-01-31", "--ledger", folder / "plain.sqlite")
    validate(folder / "hidden", samples, rules, "2016-01-31", "--ledger", folder / "hidden.sqlite", "--pseudonymise", key)
    ids = raw_ids(samples)
    facts.that(len(ids) > 2_000, "IDs to look for", len(ids))
    facts.that(len(found_in(folder / "plain", ids)) > 100, "without pseudonyms they are found")
    facts.same(dict(found_in(folder / "hidden", ids)), {}, "no ID of the samples is in the lists")
    first = compare(folder / "plain", folder / "hidden", "samples")
    validate(folder / "plain-later", samples, rules, "2016-02-07", "--ledger", folder / "plain.sqlite")
    validate(folder / "hidden-later", samples, rules, "2016-02-07", "--ledger", folder / "hidden.sqlite", "--pseudonymise", key)
    facts.same(dict(found_in(folder / "hidden-later", ids)), {}, "no ID of the samples is in the lists")
    later = compare(folder / "plain-later", folder / "hidden-later", "samples, later")
    both = first.keys() & later.keys()
    facts.that(len(both) > 20, "persons are in both runs", len(both))
    facts.same({k: later[k] for k in both}, {k: first[k] for k in both}, "the same pseudonym on another day")
    validate(folder / "hidden-other", samples, rules, "2016-01-31", "--ledger", folder / "other.sqlite", "--pseudonymise", other)
    others = compare(folder / "plain", folder / "hidden-other", "samples, other key")
    facts.same(set(others.values()) & set(first.values()), set(), "another key gives other pseudonyms")

    # Rules and data that invite leaks: messages that quote, groups by person, waivers, what was put right, rejected rows, mails.
    for include in ("counts", "lists"):
        place = folder / f"job-{include}"
        ids = people(place)
        shutil.copy(key, place / "key")
        for rule, record, until in [("ends", IDS[5], "2016-12-31"), ("ends", IDS[2], "2016-12-31"), ("in-order", IDS[6], "2016-02-01"), ("ends", IDS[3], "2016-12-31")]:
            done = run(
                program, "waive", "add", "--waivers", place / "waivers.csv", "--rule", rule, "--record", record, "--reason", f"About {record}",
                "--agreed-by", "J Oak", "--agreed-on", "2016-01-01", "--until", until)
            facts.same(done.returncode, 0, "a waiver is recorded", done.stderr)
        settings = {"waivers": "waivers.csv", "deliver": {
            "method": "maildir", "from": "a@example.gov.uk", "maildir": "Maildir", "include": include, "outbox": "outbox"}}
        job(place, pseudonymise="key", **settings)
        for as_of in ("2016-01-31", "2016-02-07"):
            people(place, mended=as_of == "2016-02-07")
            done = run(program, "run", "--config", place / "casecheck.yaml", "--as-of", as_of, "--progress", "never")
            facts.same(done.returncode, 1, "the run ends", done.stderr[-300:])
            facts.same(dict(found_in(place / "out", ids)), {}, "no ID is in the lists of a job", f"{include} {as_of}")
        facts.that(len(files_below(place / "Maildir" / "new")) >= 2, "there are mails")
        facts.same(dict(found_in(place / "Maildir", ids)), {}, "no ID is in the mail", include)
        facts.same(dict(found_in(place / "outbox", ids)), {}, "no ID is in the outbox", include)
        job(place, **{**settings, "ledger": "plain.sqlite", "out": "plain/{asOf}"})
        people(place)
        run(program, "run", "--config", place / "casecheck.yaml", "--as-of", "2016-01-31", "--progress", "never")
        facts.that(len(found_in(place / "plain", ids)) > 10, "without pseudonyms they are found")
        compare(place / "plain" / "2016-01-31", place / "out" / "2016-01-31", include)

    # A line that was passed over is no record, but may name a person.
    place = folder / "footer"
    people(place, footer="Total for PERSON5555,,,,,\n")
    validate(place / "out", place / "extracts", place / "rules", "2016-01-31", "--pseudonymise", key)
    facts.same(dict(found_in(place / "out", {"PERSON5555"})), {}, "no ID of a line that was passed over is in the lists")

    # Keys.
    for name, content in {"short": "x" * 15, "padded": "x" * 15 + "\n  \n", "empty": "", "missing": None, "folder": ...}.items():
        place = folder / f"key-{name}"
        people(place)
        if content is ...:
            (place / "key").mkdir()
        elif content is not None:
            write(place / "key", content)
        before = sorted(map(str, place.rglob("*")))
        done = run(program, "validate", place / "extracts", "--rules", place / "rules", "--as-of", "2016-01-31", "--out", place / "out",
                   "--ledger", place / "ledger.sqlite", "--pseudonymise", place / "key")
        facts.same(done.returncode, 2, "a key that is none is exit 2 (validate)", f"{name}: {done.stderr}")
        facts.same(sorted(map(str, place.rglob("*"))), before, "and nothing is written (validate)", name)
        job(place, pseudonymise="key")
        before = sorted(map(str, place.rglob("*")))
        done = run(program, "run", "--config", place / "casecheck.yaml", "--as-of", "2016-01-31")
        facts.same(done.returncode, 2, "a key that is none is exit 2 (run)", f"{name}: {done.stderr}")
        facts.same(sorted(map(str, place.rglob("*"))), before, "and nothing is written (run)", name)
        facts.that("xxxxx" not in done.stderr + done.stdout, "the key is not told", done.stderr)
    validate(folder / "sixteen", folder / "footer" / "extracts", folder / "footer" / "rules", "2016-01-31", "--pseudonymise", write(folder / "16", "x" * 16))


# ----------------------------------------------------------------------------------------------------------------- names

NAMED = """
table: people
title: People
files: ["people*.csv"]
required: true
primaryKey: person_id
person: person_id
owner: {team: team, worker: worker}
dialect: {footer: ["Total*"]}
fields:
  - {name: person_id, headings: [Person ID]}
  - {name: forename, headings: [Forename], SHOWN constraints: {maxLength: 5, pattern: '[a-z]+', unique: true}}
  - {name: surname, headings: [Surname], SHOWN constraints: {minLength: 40}}
  - {name: mother, headings: [Known As], SHOWN type: string}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
  - {name: started_on, headings: [Started], type: date}
derived:
  - {name: first, type: string, value: forename}
foreignKeys:
  - {fields: surname, reference: {table: people, fields: forename}, as: namesake}
---
rules:
  - rule: quotes-names
    title: A check whose message quotes names
    for: people
    check: forename == surname
    message: "{forename} {surname} is not one name ({first})."
    fix: "Ask {forename}."
  - rule: derived
    title: A check of what is made of a name
    for: people
    check: first == "x"
    field: forename
    message: "{first} is wrong."
  - rule: deadline
    title: A deadline whose message quotes names
    for: people
    deadline: {from: started_on, within: 10 days}
    message: "{surname}, {forename}: it was to be done."
  - rule: group
    title: One of each name
    for: people
    limit: {per: surname, value: count(), atMost: 0}
  - rule: least
    title: The least of the names
    for: people
    limit: {per: team, value: countDistinct(forename), atMost: 0}
"""


def names(program, folder):
    rows = [["Person ID", "Forename", "Surname", "Known As", "Team", "Worker", "Started"]]
    planted = []
    for number in range(6):
        forename, surname, known = f"Quxifor{number}", f"Zyblatsur{number}", f"Vomknown{number}"
        planted += [forename, surname, known]
        rows.append([f"P{number}", forename, surname, known, "East", "Worker", "01/01/2016" if number % 2 else "31/02/2016"])
    rows.append(["P9", "Quxifor0", "Zyblatsur0", "Vomknown0", "East", "Worker", "01/01/2016"])
    write_csv(folder / "extracts" / "people.csv", rows)
    for shown in (False, True):
        for how in ("validate", "run", "verbose"):
            rules = folder / f"rules-{shown}"
            write(rules / "rules.yaml", NAMED.replace("SHOWN", "shown: true," if shown else ""))
            out = folder / f"out-{shown}-{how}"
            common = ["--as-of", "2016-01-31", "--progress", "never"]
            if how == "run":
                place = folder / f"job-{shown}"
                shutil.copytree(folder / "extracts", place / "extracts")
                job(place, rules=[str(rules)], deliver={
                    "method": "maildir", "from": "a@example.gov.uk", "maildir": "Maildir", "include": "lists", "to": {"East": "e@example.gov.uk"}})
                out = place / "out" / "2016-01-31"
                done = run(program, "run", "--config", place / "casecheck.yaml", *common)
            else:
                more = ["--verbose", "--log-format", "json"] if how == "verbose" else []
                done = run(program, "validate", folder / "extracts", "--rules", rules, "--out", out, *common, *more)
            facts.same(done.returncode, 1, "the run ends", f"{how}: {done.stderr[-400:]}")
            told = (done.stdout + done.stderr).lower()
            facts.that(not [n for n in planted if n.lower() in told], "no name is on standard output or error", f"{how}, shown {shown}: {short(told)}")
            if not out.is_dir():
                facts.that(False, "there are lists", out)
                continue
            listed = {row["rule"] for row in read_csv(out / "exceptions.csv")}
            wanted = {"quotes-names", "derived", "deadline", "people.forename.maxLength", "people.forename.pattern", "people.forename.unique",
                      "people.surname.minLength", "people.surname.reference", "group"}
            facts.that(wanted <= listed, "every rule that could tell a name has an exception", wanted - listed)
            found = found_anywhere(out, planted)
            if shown:
                facts.that({"Quxifor1", "Zyblatsur1"} <= set(found), "names that are shown are in the lists", how)
            else:
                facts.same(dict(found), {}, "no name is in the lists", how)
            if how == "run":
                facts.same(len(files_below(place / "Maildir" / "new")), 1, "there is a mail")
                if not shown:
                    facts.same(dict(found_anywhere(place / "Maildir", planted)), {}, "no name is in the mail")
    # Lines that are passed over.
    with (folder / "extracts" / "people.csv").open("a") as file:
        file.write("Total for Quxifooter\n")
    run(program, "validate", folder / "extracts", "--rules", folder / "rules-False", "--as-of", "2016-01-31", "--out", folder / "out-footer")
    facts.same(dict(found_anywhere(folder / "out-footer", ["Quxifooter"])), {}, "no name of a line that was passed over is in the lists")


# ---------------------------------------------------------------------------------------------------------------- markup

ACCENT = "\u0301"
MARKUP = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "' onmouseover=alert(1) x='",
    '" onfocus="alert(1)" autofocus="', "</title><script>alert(1)</script>", "</style><script>alert(1)</script>", "--><svg onload=alert(1)>",
    "javascript:alert(1)", "{{{team}}}<b>", "{{> script}}", "&lt;script&gt;alert(1)&lt;/script&gt;", "</td></table><form action=x>",
    "\u2028<script>alert(1)</script>", "<\u200dscript>alert(1)</script>", "`${alert(1)}`", "\\u003cscript\\u003ealert(1)",
]
# The same with an accent right after each mark: code that looks for characters as people see them overlooks these.
MARKUP += [re.sub(r"([\"'<>&])", r"\1" + ACCENT, text) for text in MARKUP[:8]]
MARKUP += [f'"{ACCENT}' + text for text in MARKUP[3:5]]
MARKUP += [f'"{ACCENT} onmouseover="alert(1)', f"'{ACCENT} onmouseover='alert(1)", f'"{ACCENT}><img src=x onerror=alert(1)>']

SHOWN = """
table: teams
title: Teams
files: ["teams.csv"]
primaryKey: team
fields:
  - {name: team, headings: [Team]}
  - {name: email, headings: [Email]}
---
table: records
title: Records
files: ["records.csv"]
required: true
primaryKey: record_id
person: person_id
owner: {team: team, worker: worker}
fields:
  - {name: record_id, headings: [Record ID]}
  - {name: person_id, headings: [Person ID]}
  - {name: team, headings: [Team]}
  - {name: worker, headings: [Worker]}
  - {name: value, headings: [Value]}
  - {name: started_on, headings: [Started], type: date}
---
rules:
  - rule: fine
    title: A value is fine
    for: records
    check: value == "fine"
    message: "{value}"
    list: drift
  - rule: overdue
    title: Something is done
    for: records
    when: given(started_on)
    deadline: {from: started_on, within: 10 days, dueSoon: 5 days}
    message: "{value} {worker} {team}"
    target: {atLeast: 90%}
"""


class Shape(html.parser.HTMLParser):
    """The elements of a page with the names of their attributes, its scripts, and the values of its links."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.elements, self.scripts, self.links, self.text = collections.Counter(), [], [], []
        self.inside = None
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements[tag] += 1
        for name, value in attributes:
            self.elements[tag, name] += 1
            if name in ("href", "src", "action", "formaction", "srcset", "style"):
                self.links.append(value or "")
        self.inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag):
        self.inside = None

    def handle_data(self, data):
        if self.inside == "script":
            self.scripts[-1] += data
        else:
            self.text.append(data)


def bare(text):
    """The text without invisible characters, with which a page may keep an accent from joining the mark before it."""
    return re.sub("[\u200b-\u200d\u2028]", "", text)


def pages(program, folder, cells):
    """Runs with these texts as team, worker, value, person and record; returns the pages and mails by kind."""
    rows = [["Record ID", "Person ID", "Team", "Worker", "Value", "Started"]]
    for number, cell in enumerate(cells):
        for started in ("01/01/2016", "25/01/2016"):
            rows.append([f"{cell}{len(rows)}", cell, cell, cell, cell, started])
    write_csv(folder / "extracts" / "records.csv", rows)
    write_csv(folder / "extracts" / "teams.csv", [["Team", "Email"]] + [[cell, "a@example.gov.uk"] for cell in cells])
    write(folder / "rules" / "rules.yaml", SHOWN)
    job(folder, brand={"name": cells[0]}, deliver={
        "method": "maildir", "from": "a@example.gov.uk", "maildir": "Maildir", "include": "counts", "outbox": "outbox"})
    for as_of in ("2016-01-31", "2016-02-07"):
        done = run(program, "run", "--config", folder / "casecheck.yaml", "--as-of", as_of, "--progress", "never")
        facts.same(done.returncode, 1, "the run ends", done.stderr[-400:])
    found = collections.defaultdict(list)
    for path in files_below(folder / "out" / "2016-02-07"):
        if path.suffix == ".html":
            kind = path.name if path.parent.name != "rules" else "rule"
            found[kind].append((path.relative_to(folder), path.read_text(encoding="utf-8")))
    for path in files_below(folder / "Maildir"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found["mail"].append((path.relative_to(folder), message.get_body(("html",)).get_content()))
    return found


def markup(program, folder):
    plain = pages(program, folder / "plain", [f"Plain {number}" for number in range(len(MARKUP))])
    hostile = pages(program, folder / "hostile", MARKUP)
    facts.that({"index.html", "drift.html", "rule", "mail"} <= set(plain), "pages of every kind", list(plain))
    facts.same({kind: len(found) for kind, found in hostile.items()}, {kind: len(found) for kind, found in plain.items()}, "as many pages of each kind")
    seen = set()
    for kind, found in hostile.items():
        known, scripts = set(), set()
        for _, text in plain[kind]:
            shape = Shape(text)
            known |= set(shape.elements)
            scripts |= set(shape.scripts)
        sizes = sorted(sum(Shape(text).elements.values()) for _, text in plain[kind])
        for path, text in found:
            shape = Shape(text)
            facts.that(set(shape.elements) <= known, "no element or attribute came from a cell", f"{path}: {set(shape.elements) - known}")
            handlers = [item for item in shape.elements if isinstance(item, tuple) and item[1].startswith("on")]
            facts.same(handlers, [], "no attribute runs anything", path)
            facts.that(set(shape.scripts) <= scripts, "no script but the page's own", f"{path}: {short(set(shape.scripts) - scripts)}")
            facts.that(
                not any(link.strip().lower().startswith(("javascript:", "data:text")) or "alert(" in link for link in shape.links),
                "no link runs anything", f"{path}: {short([link for link in shape.links if 'alert' in link])}")
            facts.that("<!--" not in re.sub(r"<!--.*?-->", "", text, flags=re.S), "no comment is left open", path)
            shown = bare("".join(shape.text))
            seen |= {cell for cell in MARKUP if bare(cell) in shown}
        # Each pair of teams with similar names makes a remark, and so one more item of a list.
        sized = sorted(sum(Shape(text).elements.values()) - (kind == "index.html") * text.count("may be one") for _, text in found)
        facts.same(sized, sizes, "as many elements as with plain cells", kind)
    facts.that(seen == set(MARKUP), "every hostile text is shown as what it is", short(set(MARKUP) - seen))


def main():
    program, repository = program_and_repository("check_privacy.py PROGRAM")
    with tempfile.TemporaryDirectory(prefix="privacy-") as name:
        folder = pathlib.Path(name)
        for part in ("pseudonyms", "names", "markup"):
            (folder / part).mkdir()
        pseudonyms(program, repository, folder / "pseudonyms")
        names(program, folder / "names")
        markup(program, folder / "markup")
    facts.finish()


if __name__ == "__main__":
    main()
