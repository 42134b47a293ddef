"""The verdicts of the rules in rules/, worked out from the extracts of a simulated world.

Written from the rule language and not from the program, this is the second opinion with which the program is compared.
A row is a dictionary of raw texts; an extract is what one table's files hold in a run.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

COLUMNS = {
    "people": ["person_id", "date_of_birth", "registered_on", "closed_on", "sex", "team", "worker"],
    "visits": ["visit_id", "person_id", "visited_on", "written_on", "minutes", "team", "worker"],
    "assessments": ["assessment_id", "person_id", "started_on", "authorised_on", "outcome", "team", "worker"],
}
TYPED = {
    "people": ["date_of_birth", "registered_on", "closed_on"],
    "visits": ["visited_on", "written_on", "minutes"],
    "assessments": ["started_on", "authorised_on"],
}
# The days on which something happened, other than births.
EVENTS = {table: [name for name in names if name.endswith("_on")] for table, names in TYPED.items()}
REQUIRED = {"people": "date_of_birth", "assessments": "started_on"}
LOOK_BACK = {"visit-written-up": timedelta(weeks=8), "seen-regularly": timedelta(weeks=12)}
READS = {
    "visit-after-birth": {"visits", "people"},
    "visit-long-enough": {"visits"},
    "visit-written-up": {"visits"},
    "outcome-given": {"assessments"},
    "assessment-in-time": {"assessments"},
    "assessment-twice": {"assessments", "people"},
    "seen-regularly": {"people", "visits"},
    "caseload": {"people"},
    "sex-recorded": {"people"},
    "girl-closed": {"people"},
}
PACKS = {"sex-recorded": "extra", "girl-closed": "codes"}
# By rule, the tables on whose other records the verdict on a record depends.
COMPARES = {
    "visit-after-birth": {"people"},
    "assessment-twice": {"assessments", "people"},
    "seen-regularly": {"visits"},
    "caseload": {"people"},
}
# The typed fields of those records that the rule looks at, and the fields by which it finds them.
FIELDS = {
    "visit-after-birth": {"people.date_of_birth", "people.person_id"},
    "assessment-twice": {"assessments.assessment_id", "assessments.started_on", "assessments.person_id"},
    "seen-regularly": {"visits.visited_on", "visits.person_id"},
}
for _table in COLUMNS:
    COMPARES[f"{_table}.key"] = {_table}
    READS[f"{_table}.key"] = READS[f"{_table}.row"] = {_table}
    for _field in TYPED[_table]:
        READS[f"{_table}.{_field}.type"] = {_table}
    if _table in REQUIRED:
        READS[f"{_table}.{REQUIRED[_table]}.required"] = {_table}
    if _table != "people":
        READS[f"{_table}.person_id.reference"] = {_table, "people"}


# The typed fields of a record of its own that a rule looks at.
OWN_FIELDS = {
    "visit-after-birth": {"visits.visited_on"},
    "visit-long-enough": {"visits.minutes"},
    "visit-written-up": {"visits.visited_on", "visits.written_on"},
    "outcome-given": {"assessments.authorised_on"},
    "assessment-in-time": {"assessments.started_on", "assessments.authorised_on"},
    "assessment-twice": {"assessments.started_on"},
    "seen-regularly": {"people.registered_on", "people.closed_on"},
    "girl-closed": {"people.registered_on", "people.closed_on"},
} | {f"{table}.{name}.{kind}": {f"{table}.{name}"} for table in TYPED for name in TYPED[table] for kind in ("type", "required")}
# By table, the others whose records refer to its own.
REFERRED_BY = {"people": {"visits", "assessments"}}
# The rules that ask something of some records only.
WITH_WHEN = {"outcome-given", "girl-closed"}
# The rules that list other records than the one they judge.
MARKING = {"assessment-twice"}
# The constraints whose exceptions may hide others.
RAISES_DOUBT = (".type", ".required", ".reference", ".key")


@dataclass
class Extract:
    """One table in one run: the rows in the order of files and lines, and the rejected records."""

    rows: list = field(default_factory=list)  # (file, line, row)
    rejected: list = field(default_factory=list)  # (file, line, text)
    missing: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Key:
    """What identifies an exception."""

    rule: str
    table: str
    record: str  # the key, or the contents of a record without one
    occasion: int | None
    ordinal: int


@dataclass
class Found:
    """One exception as a run lists it."""

    status: str
    team: str
    worker: str
    shown: str  # the record_id as listed
    place: tuple
    decided: date | None = None  # where it is late, the day on which it was done or its duty ended
    person: str = ""
    detail: tuple = ()  # the field and its text, or the dates: what a reader would see change
    blocks: frozenset = frozenset()  # the rules that cannot judge a record because of this


@dataclass
class Newer:
    """What a run cannot read, find or count though runs before a day could; each with the run since which it has been listed."""

    texts: dict  # by table, the texts of rejected records
    strangers: dict = field(default_factory=dict)  # the numbers that no child has, with the runs that opened their exceptions
    values: dict = field(default_factory=lambda: defaultdict(set))  # by field, the persons of empty and unreadable cells
    nameless: dict = field(default_factory=lambda: defaultdict(set))  # the same of records without a key
    cells: set = field(default_factory=set)  # those cells, as field and record
    strays: dict = field(default_factory=lambda: defaultdict(set))  # by table and record, references that point nowhere
    keyless: dict = field(default_factory=lambda: defaultdict(set))  # by table, the persons of records without a key
    doubled: dict = field(default_factory=lambda: defaultdict(set))  # by table, keys that stand in it twice
    passed_over: dict = field(default_factory=lambda: defaultdict(set))  # by key field, the persons of all these
    unmarking: dict = field(default_factory=lambda: defaultdict(set))  # by rule, the persons of records that may have marked others
    uncounted: dict = field(default_factory=lambda: defaultdict(set))  # by rule, records that belong to no group

    def take(self, key, found, day, opened):
        name, _, kind = key.rule.rpartition(".")
        # What came with a number that no child has may be anybody's; a number that has named nobody for longer is no slip of that night.
        person = "" if opened in self.strangers.get(found.person, ()) else found.person
        if kind in ("type", "required"):
            self.values[name].add((person, day))
            self.cells.add((name, key.record))
            if key.record.startswith("content:"):
                self.nameless[name].add((person, day))
        if kind == "reference":
            self.values[name] |= {(found.person, day), ("", day)}
            self.strays[key.table, key.record].add(day)
        if kind == "key":
            self.passed_over[f"{key.table}.{COLUMNS[key.table][0]}"].add((person, day))
        if kind == "key" and key.record.startswith("content:"):
            self.keyless[key.table].add((person, day))
        elif kind == "key":
            self.doubled[key.table].add(key.record)
        if key.rule == "caseload" and found.status == "cannot-judge":
            self.uncounted[key.rule].add(day)
        if key.rule in MARKING and found.status == "cannot-judge":
            self.unmarking[key.rule].add((person, day))


@dataclass
class Judgement:
    """What a run finds: what it lists, and what it can say about everything else."""

    day: date
    listed: dict
    unjudged: set  # (rule, record)
    present: dict  # table -> records
    judged: set  # rules that were evaluated
    untrusted: set  # tables
    rejecting: set  # tables
    in_order: set  # (rule, record, occasion) that a deadline or `repeat` judged and found in order
    done: set  # (rule, record, occasion, due) that was done in time, since the day that the rule looks back to
    rows: Counter  # (table, record) -> how many rows
    too_old: set  # the same, done too late or never, which was decided before the time that the rule looks back to
    rejected: dict  # table -> the texts of rejected records
    doubled: dict  # (table, person) -> the keys of the person's records that stand in the table twice; None: of nobody's
    children: set  # the numbers that children have
    persons: dict  # (table, record) -> the numbers of the children whose record it is
    strangers: set  # the numbers of children that records name and no child has
    accepted: set  # the tables whose fall was said to be right
    packs: tuple  # the packs of rules in force
    verdicts: Counter  # rule -> of how many records it asked something; for rules with a `when`
    applies: set  # (rule, record) of which such a rule asked something
    lost: set  # those of `accepted` that had fallen
    referred: dict  # table -> the keys that records of other tables refer to
    sizes: dict  # table -> how many records it has, each key counted once, and the newest day on which something happened
    newest_lost: set = field(default_factory=set)  # the tables that have lost their newest records since they were last whole

    def may_be_cut_off(self, key, found):
        """Whether it may look put right only because the newest records of a table are cut off."""
        return self.may_rest_on_loss(key, found, self.newest_lost)

    def rests_on_accepted_loss(self, key, found):
        """Whether its record is there, and it may look put right only because of a fall that somebody accepted."""
        is_gone = key.rule.endswith(".row") or key.record not in self.present[key.table]
        return not is_gone and self.may_rest_on_loss(key, found, self.lost)

    def may_rest_on_loss(self, key, found, tables):
        """Whether it may look put right only because records of some tables are gone: its own, or those compared with.

        The ordinal of the key is its rank behind those that the run lists.
        """
        is_gone = key.rule.endswith(".row") or key.record not in self.present[key.table]
        # Of several records with one key, the one that was listed may be gone.
        if key.table in tables and (is_gone or key.ordinal > 0):
            return True
        return not is_gone and bool(COMPARES.get(key.rule, set()) & tables) and not self.is_done(key, found)

    def of_another(self, key, person, children):
        """Whether the exception's key is that of other children's records now, while its own child is still there."""
        if key.rule == "caseload" or key.rule.endswith((".row", ".key", ".person_id.reference")):
            return False
        now = self.persons.get((key.table, key.record), set())
        return person in children and bool(now) and person not in now and now <= children

    def is_too_old(self, key):
        """Whether it was done too late, or never, and that lies before the time that its rule looks back to."""
        place = (key.rule, key.record, key.occasion)
        others = any((other.rule, other.record, other.occasion) == place for other in self.listed)
        return place in self.too_old - self.in_order and not others

    def new_numbers(self, unlisted, children):
        """The numbers that children have now whose own is nobody's any more, by the old ones; from (person, key, rank) of exceptions.

        Two children that were one, or a new case system, take a number away. All that was the child's must say the same. A record
        whose key was another's as well, or that was not the only one to be listed, may always have been another child's.
        """
        named, whole = defaultdict(set), set()
        shared = {
            (key.table, key.record) for _, key, rank in unlisted
            if (rank > 0 or key.rule == f"{key.table}.key") and key.rule in self.judged and not READS[key.rule] & self.untrusted
        }
        for person, key, _ in unlisted:
            if (key.table, key.record) in shared:
                continue
            persons = self.persons.get((key.table, key.record), set())
            named[person] |= persons
            if persons and key.rule in self.judged and not READS[key.rule] & self.untrusted:
                whole.add(person)
        numbers = {}
        # Where a record still has the old number, another has only been moved.
        still = set().union(*self.persons.values())
        for person, now in named.items():
            # What is not whole may tell that it is not so, and alone does not tell that it is.
            if person in whole - children - still - {""} and len(now) == 1 and now <= children:
                numbers[person] = min(now)
        return numbers

    def may_be_rejected_now(self, key, person, newer, longer):
        """Whether the exception may have been shown by a record that could be read before; both have these records by table.

        Those in `longer` became unreadable while another record may have kept the exception listed: the child's own count.
        """
        others = COMPARES.get(key.rule, set())
        # Two records with one key are seldom of the same child, so anybody's record may be the other one.
        anybodys = not person or key.rule.endswith(".key")
        if any(anybodys or names(text, person) for table in others for text in newer.get(table, ())):
            return True
        if any(person and names(text, person) for table in others for text in longer.get(table, ())):
            return True
        return self.may_be_rejected_itself(key, person, newer)

    def may_be_rejected_itself(self, key, person, newer):
        """Whether a record that is rejected may be the exception's own: of two with one key, the readable one may be the other."""
        by_key = key.rule != "caseload" and not key.record.startswith("content:")
        own = newer.get(key.table, ())
        return by_key and any(names(text, key.record) and (not person or names(text, person)) for text in own)

    def is_done(self, key, found):
        """Whether what was overdue is done now: nothing that cannot be read could show a visit that is not there."""
        place = (key.rule, key.record, key.occasion, found.detail[:1])
        return found.status == "overdue" and key.ordinal == 0 and self.rows[key.table, key.record] == 1 and place in self.done

    def may_be_unreadable(self, key, person, unreadable, longer, until):
        """Whether the exception may have been shown by a value that could be read before; both have the persons by field.

        Of those in `longer` the child's own count. A value that belongs to nobody, or any value where anybody's may matter,
        counts only if it became unreadable by `until`.
        """
        anybodys = not person or key.rule.endswith(".key")
        fields = FIELDS.get(key.rule, set())
        return any(person and one == person for field in fields for one, _ in longer.get(field, ())) or any(
            (anybodys or one == "") and since <= until for field in fields for one, since in unreadable.get(field, ()))

    def may_have_lost_its_key(self, key, person, newer, until):
        if key.rule == "caseload" or key.rule.endswith(".row"):
            return False
        found = newer.keyless[key.table]
        if key.record.startswith("content:"):
            # A record that never had a key is not found again once a value in it has gone bad.
            found = set().union(*(newer.nameless[name] for name in OWN_FIELDS.get(key.rule, ())))
        return any(one == person or not person or one == "" and since <= until for one, since in found)

    def may_be_mistyped(self, key, person, newer):
        """Whether the child's record whose key another has, and has only since, may be the one that is gone."""
        if key.rule == "caseload" or key.rule.endswith(".row"):
            return False
        doubled = self.doubled.get((key.table, person), set()) | self.doubled.get((key.table, None), set())
        return bool(doubled & newer.doubled[key.table])

    def hides(self, key, found, person, newer, longer, until):
        """Why the exception may still stand, although the run finds it in order or does not find it; None if it cannot."""
        if key.record not in self.present[key.table]:
            # It was there in the runs before, so that a key which any of them, or the run that is replaced, still read may be its.
            lost = self.may_have_lost_its_key(key, person, newer, max(until, self.day)) or self.may_be_mistyped(key, person, newer)
            uncounted = key.rule == "caseload" and any(since <= until for since in newer.uncounted[key.rule])
            return "in doubt" if lost or uncounted else None
        if self.is_done(key, found):
            return "rejected" if self.may_be_rejected_itself(key, person, newer.texts) else None
        if self.may_be_rejected_now(key, person, newer.texts, longer.texts):
            return "rejected"
        if self.may_be_unreadable(key, person, newer.values, longer.values, until):
            return "in doubt"
        # A search for a child's other records passes over those without a key of their own.
        fields = FIELDS.get(key.rule, set())
        if any(person and one == person for name in fields for one, _ in longer.passed_over[name]):
            return "in doubt"
        if any(one == "" and since <= until for name in fields for one, since in newer.passed_over[name]):
            return "in doubt"
        # A rule that only asks whether a cell of the record's own holds anything judges it although nobody can read it.
        own = set() if key.rule.endswith(RAISES_DOUBT) else OWN_FIELDS.get(key.rule, set())
        if any((name, key.record) in longer.cells for name in FIELDS.get(key.rule, set()) | own):
            return "in doubt"
        if key.rule in FIELDS and READS[key.rule] != {key.table} and longer.strays[key.table, key.record]:
            return "in doubt"
        if any(person and one == person for one, _ in longer.unmarking[key.rule]):
            return "in doubt"
        if any(one == "" and since <= until for one, since in newer.unmarking[key.rule]):
            return "in doubt"
        if any(since <= until for since in newer.uncounted[key.rule]):
            return "in doubt"
        if key.ordinal > 0 and self.may_have_lost_its_key(key, person, newer, until):
            return "in doubt"
        return None

    def may_be_rejected(self, key):
        """Whether a record that could not be read may be the exception's own: its text contains the key, if there is one."""
        texts = [text for table in READS[key.rule] & self.rejecting for text in self.rejected[table]]
        by_key = key.rule != "caseload" and not key.record.startswith("content:")
        return any(not by_key or names(text, key.record) for text in texts)

    def fate_of_gone(self, key, found):
        """What becomes of an exception whose record is gone and none of the rejected: "held", "lapsed", or None where it is put right.

        A record that goes with a fall of its table that somebody accepted is not put right, nor is one whose exception was
        overdue while others refer to it, or may do so.
        """
        if key.record in self.present[key.table] or key.rule.endswith(".row"):
            return None
        if key.table in self.lost:
            return "lapsed"
        if found.status != "overdue" or key.record.startswith("content:"):
            return None
        if key.record in self.referred[key.table]:
            return "lapsed" if key.table in self.accepted else "held"
        others = REFERRED_BY.get(key.table, set())
        texts = [text for table in others for text in self.rejected[table]]
        unknown = others & self.untrusted or any(names(text, key.record) for text in texts)
        return "held" if unknown and key.table not in self.accepted else None

    def holds_open(self, key):
        """Why an exception that is not listed stays open; None where it has ended."""
        if key.rule not in self.judged or READS[key.rule] & self.untrusted:
            return "not evaluated"
        if (key.rule, key.record) in self.unjudged:
            return "not judged"
        # A rejected record is identified by its text: once the text is gone, so is the record.
        if key.rule.endswith(".row"):
            return None
        if key.record not in self.present[key.table] and self.may_be_rejected(key):
            return "perhaps rejected"
        return None


def names(text, name):
    """Whether a name is in a text as a word of its own; a number may have any zeros before it."""
    wanted = re.escape(name)
    if name.isdigit():
        wanted = "0*" + re.escape(name.lstrip("0") or "0")
    return re.search(rf"(?<![0-9A-Za-z\x80-\U0010ffff]){wanted}(?![0-9A-Za-z\x80-\U0010ffff])", text) is not None


def parsed(column, text):
    """The value of a cell; None where it is absent or cannot be read."""
    try:
        if column == "minutes":
            return int(text)
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        return None


# Free text and the names of teams and workers may change while the record stays the same.
FREE_TEXT = {"outcome", "sex", "team", "worker"}


def identity(table, row):
    """The key of a record, or the keys, dates and numbers in a record without one."""
    return row[COLUMNS[table][0]] or "content:" + "|".join(
        row[name] for name in COLUMNS[table] if name not in FREE_TEXT
    )


class Judge:
    def __init__(self, extracts, day, packs, untrusted, accepted, lost=()):
        self.extracts, self.day, self.found = extracts, day, defaultdict(list)
        self.unjudged, self.in_order, self.too_old, self.done = set(), set(), set(), set()
        self.accepted, self.packs, self.verdicts, self.applies = set(accepted), tuple(packs), Counter(), set()
        self.lost = set(lost)
        self.blocked = defaultdict(set)  # by table, record and column, the rules that cannot judge because of that cell
        missing = {table for table, extract in extracts.items() if extract.missing}
        self.judged = {
            rule
            for rule, tables in READS.items()
            if not tables & missing and PACKS.get(rule, "core") in packs
        }
        self.untrusted = untrusted
        self.by_person = {"visits": defaultdict(list), "assessments": defaultdict(list)}
        for table, lists in self.by_person.items():
            for entry in extracts[table].rows:
                lists[entry[2]["person_id"]].append(entry)
        self.people = {}
        for entry in extracts["people"].rows:
            self.people.setdefault(entry[2]["person_id"], entry[2])

    def judgement(self):
        for table in COLUMNS:
            self.constraints(table)
        for entry in self.extracts["visits"].rows:
            self.visit(entry)
        for entry in self.extracts["assessments"].rows:
            self.assessment(entry)
        for entry in self.extracts["people"].rows:
            self.person(entry)
        self.caseload()
        listed = {}
        for (rule, table, record, occasion), alike in self.found.items():
            # In the order of the lists: of a team, corrections come before what drifts.
            alike.sort(key=lambda found: (found.team, found.status in ("overdue", "late"), found.person, found.place))
            for found in alike:
                if rule.startswith(table + ".") and found.detail:
                    found.blocks = frozenset(self.blocked[table, record, found.detail[0]])
            for ordinal, found in enumerate(alike):
                listed[Key(rule, table, record, occasion, ordinal)] = found
        present = {
            table: {identity(table, row) for _, _, row in extract.rows}
            for table, extract in self.extracts.items()
        }
        present["people"] |= {row["worker"] for _, _, row in self.extracts["people"].rows if row["worker"]}
        # Where no extract says which children there are, each number is taken for a child's.
        named = {row["person_id"] for extract in self.extracts.values() for _, _, row in extract.rows}
        children = set(self.people) - {""}
        strangers = named - children - {""} if children else set()
        doubled, persons, rows = defaultdict(set), defaultdict(set), Counter()
        for table, extract in self.extracts.items():
            for _, _, row in extract.rows:
                persons[table, identity(table, row)].add(row["person_id"])
                rows[table, identity(table, row)] += 1
            if table in self.accepted:
                continue
            keys = [(row[COLUMNS[table][0]], row["person_id"]) for _, _, row in extract.rows]
            count = Counter(key for key, _ in keys if key)
            for key, person in keys:
                if count[key] > 1:
                    doubled[table, person].add(key)
                    doubled[table, ""].add(key)
                    if person in strangers | {""}:
                        doubled[table, None].add(key)
        rejecting = {table for table, extract in self.extracts.items() if extract.rejected}
        referred = {
            table: {row["person_id"] for other in REFERRED_BY.get(table, ()) for _, _, row in self.extracts[other].rows}
            for table in self.extracts
        }
        return Judgement(
            self.day, listed, self.unjudged, present, self.judged, self.untrusted, rejecting, self.in_order, self.done, rows, self.too_old,
            {table: [text for _, _, text in extract.rejected] for table, extract in self.extracts.items()},
            doubled, children, dict(persons), strangers, self.accepted, self.packs, self.verdicts,
            self.applies, self.lost, referred, {table: self.size(table) for table in self.extracts},
        )

    def size(self, table):
        """How many records a table has, each key counted once, and the newest day up to this on which something happened."""
        rows = [row for _, _, row in self.extracts[table].rows]
        keys = [row[COLUMNS[table][0]] for row in rows]
        days = (parsed(column, row[column]) for row in rows for column in EVENTS[table])
        newest = max((day for day in days if day and day <= self.day), default=None)
        return len(set(keys) - {""}) + keys.count(""), newest

    def list(self, rule, table, entry, status="failed", occasion=None, decided=None, record=None, detail=()):
        if rule not in self.judged:
            return
        file, line, row = entry
        key = record or identity(table, row)
        shown = record or row[COLUMNS[table][0]] or f"line:{line}"
        team = row["team"] or "(no team)"
        self.found[rule, table, key, occasion].append(
            Found(status, team, row["worker"], shown, (file, line), decided, "" if record else row["person_id"], detail)
        )

    def failed(self, rule, table, entry, column):
        self.list(rule, table, entry, detail=(column, entry[2][column]))

    def cannot(self, rule, table, entry, column, listed=True):
        """Notes that the rule cannot judge the record, and lists it unless the field has an exception of its own."""
        self.unjudged.add((rule, identity(table, entry[2])))
        if not listed and column:
            self.blocked[table, identity(table, entry[2]), column].add(rule)
        if listed:
            self.list(rule, table, entry, "cannot-judge", detail=(column, entry[2][column]))

    def constraints(self, table):
        key, extract = COLUMNS[table][0], self.extracts[table]
        for file, line, text in extract.rejected:
            if f"{table}.row" in self.judged:
                self.found[f"{table}.row", table, "content:" + text, None].append(
                    Found("failed", "(no team)", "", f"line:{line}", (file, line), person="")
                )
        seen = Counter()
        for entry in extract.rows:
            row = entry[2]
            seen[row[key]] += 1
            if not row[key] or seen[row[key]] > 1:
                self.failed(f"{table}.key", table, entry, key)
            for column in TYPED[table]:
                if row[column] and parsed(column, row[column]) is None:
                    self.failed(f"{table}.{column}.type", table, entry, column)
            if table in REQUIRED and not row[REQUIRED[table]]:
                self.failed(f"{table}.{REQUIRED[table]}.required", table, entry, REQUIRED[table])
            if table != "people" and row["person_id"] and row["person_id"] not in self.people:
                self.failed(f"{table}.person_id.reference", table, entry, "person_id")

    def visit(self, entry):
        row = entry[2]
        visited, written = parsed("visited_on", row["visited_on"]), parsed("written_on", row["written_on"])
        person = self.people.get(row["person_id"])
        born = person and parsed("date_of_birth", person["date_of_birth"])
        if visited is None:
            self.cannot("visit-after-birth", "visits", entry, "visited_on", not row["visited_on"])
        elif person is None:
            self.cannot("visit-after-birth", "visits", entry, "person_id", not row["person_id"])
        elif born is None:
            self.cannot("visit-after-birth", "visits", entry, "", False)
            self.blocked["people", identity("people", person), "date_of_birth"].add("visit-after-birth")
        elif visited < born:
            self.failed("visit-after-birth", "visits", entry, "visited_on")

        minutes = parsed("minutes", row["minutes"])
        if minutes is None:
            self.cannot("visit-long-enough", "visits", entry, "minutes", not row["minutes"])
        elif minutes < 15:
            self.failed("visit-long-enough", "visits", entry, "minutes")

        if visited is None:
            self.cannot("visit-written-up", "visits", entry, "visited_on", not row["visited_on"])
        else:
            self.deadline("visit-written-up", "visits", entry, "written_on", visited, 5, written)

    def deadline(self, rule, table, entry, column, start, days, done):
        due, since = start + timedelta(days=days), LOOK_BACK.get(rule)
        if done and done <= self.day:
            if done < start:
                self.cannot(rule, table, entry, column)
            elif since and done < self.day - since:
                if done > due:
                    self.too_old.add((rule, identity(table, entry[2]), None))
            elif done > due:
                self.list(rule, table, entry, "late", decided=done, detail=(due, done))
            else:
                self.in_order.add((rule, identity(table, entry[2]), None))
                self.done.add((rule, identity(table, entry[2]), None, (due,)))
        elif self.day > due:
            self.list(rule, table, entry, "overdue", detail=(due, entry[2][column]))
        else:
            self.in_order.add((rule, identity(table, entry[2]), None))

    def assessment(self, entry):
        row = entry[2]
        started, authorised = (parsed(name, row[name]) for name in ("started_on", "authorised_on"))
        self.verdicts["outcome-given"] += row["authorised_on"] != ""
        if row["authorised_on"]:
            self.applies.add(("outcome-given", identity("assessments", row)))
        if row["authorised_on"] and not row["outcome"]:
            self.list("outcome-given", "assessments", entry)
        if started is None or (row["authorised_on"] and authorised is None):
            self.cannot("assessment-in-time", "assessments", entry, "authorised_on" if started else "started_on", False)
        else:
            self.deadline("assessment-in-time", "assessments", entry, "authorised_on", started, 42, authorised)

        if row["person_id"] not in self.people:
            self.cannot("assessment-twice", "assessments", entry, "person_id", not row["person_id"])
        elif started and row["assessment_id"]:
            alike = [
                other
                for other in self.by_person["assessments"][row["person_id"]]
                if parsed("started_on", other[2]["started_on"]) == started
            ]
            if any(other[2]["assessment_id"] not in ("", row["assessment_id"]) for other in alike):
                for other in alike:
                    marked = self.found["assessment-twice", "assessments", identity("assessments", other[2]), None]
                    if not any(found.place == other[:2] for found in marked):
                        self.list("assessment-twice", "assessments", other)

    def person(self, entry):
        row = entry[2]
        if not row["sex"]:
            self.list("sex-recorded", "people", entry)
        start, until = parsed("registered_on", row["registered_on"]), parsed("closed_on", row["closed_on"])
        if row["sex"] == "F":
            self.applies.add(("girl-closed", identity("people", row)))
            self.verdicts["girl-closed"] += start is not None and not (until and start > until <= self.day)
            if start is None:
                self.cannot("girl-closed", "people", entry, "registered_on")
            else:
                self.deadline("girl-closed", "people", entry, "closed_on", start, 70, until)
        over = until is not None and until <= self.day
        if start is None or (over and until < start):
            self.cannot("seen-regularly", "people", entry, "closed_on" if start else "registered_on")
            return
        last = until if over else self.day
        dates = [other[2]["visited_on"] for other in self.by_person["visits"][row["person_id"]]]
        seen = {parsed("visited_on", text) for text in dates}
        # An unreadable date does not count as a visit, and while there is one nothing counts as put right.
        if any(text and parsed("visited_on", text) is None for text in dates):
            self.unjudged.add(("seen-regularly", identity("people", row)))
        every, since = timedelta(weeks=4), self.day - LOOK_BACK["seen-regularly"]
        occasion, due = 1, start + every
        for event in sorted(day for day in seen if day and start <= day <= last):
            if since <= event <= due:
                self.done.add(("seen-regularly", identity("people", row), occasion, (due,)))
            if event >= since:
                self.occasion(entry, occasion, due, event > due and "late", event, event)
            elif event > due:
                self.too_old.add(("seen-regularly", identity("people", row), occasion))
            occasion, due = occasion + 1, event + every
        if not over:
            self.occasion(entry, occasion, due, self.day > due and "overdue")
        elif due < until and until >= since:
            self.occasion(entry, occasion, due, "late", until)
        elif due < until:
            self.too_old.add(("seen-regularly", identity("people", row), occasion))

    def occasion(self, entry, occasion, due, status, decided=None, done=None):
        if status:
            self.list("seen-regularly", "people", entry, status, occasion, decided, detail=(due, done))
        else:
            self.in_order.add(("seen-regularly", identity("people", entry[2]), occasion))

    def caseload(self):
        groups = defaultdict(list)
        for entry in self.extracts["people"].rows:
            if entry[2]["worker"]:
                groups[entry[2]["worker"]].append(entry)
            else:
                self.cannot("caseload", "people", entry, "worker")
        for worker, entries in groups.items():
            if len(entries) > 9:
                self.list("caseload", "people", entries[0], record=worker, detail=(len(entries),))
