"""Extracts that have not changed, older extracts, and files that are still being written."""

import threading

from messy import DEFINITION, lines, row, rows


def older(messy):
    """What a run says about extracts whose bytes the ledger has seen before."""
    facts = messy.facts
    home = messy.write({"people_a.csv": lines(*rows(1, 20)), "people_b.csv": lines(*rows(21, 39))})
    second = home / "extracts" / "people_b.csv"
    # Of 20 rows it would be a fault.
    texts = {"old": lines(*rows(21, 39)), "new": lines(*rows(21, 39), row(41))}

    def week(day, text):
        second.write_text(texts[text])
        return messy.validate(home, "--ledger", home / "ledger.sqlite", "--as-of", day, out=f"out-{day}")

    def said(outcome):
        return [remark for remark in outcome.remarks if "same bytes" in remark]

    facts.same(said(week("2016-05-02", "old")), [], "a first run has nothing to be held against")
    outcome = week("2016-05-09", "old")
    facts.that(len(said(outcome)) == 1 and "All extracts hold the same bytes as in the run of 2016-05-02" in said(outcome)[0],
               "an export that has not run", said(outcome))
    facts.that(outcome.exit in (0, 1), "is no fault", outcome.exit)
    facts.same(said(week("2016-05-09", "old")), said(outcome), "and the same run says the same again")
    outcome = week("2016-05-16", "new")
    facts.same(said(outcome), ["it holds the same bytes as in the run of 2016-05-09."], "a file that has not changed")
    facts.that(not any("same bytes" in remark for remark in outcome.summary["remarks"]), "is no news while others have",
               outcome.summary["remarks"])
    outcome = week("2016-05-23", "old")
    facts.that(any("people_b.csv: it holds the same bytes as an extract of the run of 2016-05-09" in remark
                   and "which the run of 2016-05-16 did not have" in remark for remark in said(outcome)),
               "an old extract in the place of the new one", said(outcome))


def older_by_its_dates(messy):
    """An extract whose bytes no run has seen, and whose newest date is before that of the last one."""
    facts = messy.facts
    home = messy.write({}, DEFINITION.replace(
        "type: date\n", "type: date\n    constraints: {maximum: asOf}\n  - {name: planned_on, headings: [Planned], type: date}\n"
        "  - {name: seen_at, headings: [Seen], type: datetime, constraints: {maximum: asOf}}\n"
        "  - {name: date_of_birth, headings: [Born], type: date, constraints: {maximum: asOf}}\n"))

    def week(as_of, *dates, born="01/01/2016"):
        """Runs on one record for each of `dates`, which is `started`, `started|planned` or `started|planned|seen`."""
        records = [
            ",".join([f"P{number}", *(date.split("|") + ["", "", ""])[:3], born]) for number, date in enumerate(dates)]
        text = "Person ID,Start Date,Planned,Seen,Born\n" + "".join(record + "\n" for record in records)
        (home / "extracts" / "people.csv").write_text(text)
        outcome = messy.validate(home, "--ledger", home / "ledger.sqlite", "--as-of", as_of, out=f"out-{as_of}")
        facts.same(outcome.counts[1], len(dates), "all is read", as_of)
        return outcome, [remark for remark in outcome.remarks if "newest date" in remark]

    facts.same(week("2016-05-02", "01/05/2016")[1], [], "a first run has nothing to be held against")
    facts.same(week("2016-05-09", "01/05/2016", "06/05/2016", "30/05/2016|08/05/2016")[1], [], "a new extract is no older one")
    outcome, said = week("2016-05-16", "01/05/2016", "02/05/2016|14/05/2016", "12/06/2016", born="15/05/2016")
    facts.that(
        len(said) == 1 and "people: the newest date in it is 2016-05-02, and was 2016-05-06 in the run of 2016-05-09" in said[0],
        "an older extract; plans, what is to come and birthdays apart", said)
    facts.that("untrusted" not in outcome.printed and outcome.exit == 1, "is no fault", outcome.exit)
    facts.same(week("2016-05-16", "01/05/2016", "02/05/2016")[1], said, "and the same run says the same again")
    facts.same(week("2016-05-16", "01/05/2016", "06/05/2016")[1], [], "what ends on the same day is no older one")
    facts.same(week("2016-05-23", "01/05/2016", "||20/05/2016 23:59")[1], [], "a time of day is a date as well")
    facts.that("is 2016-05-19, and was 2016-05-20 in the run of 2016-05-23" in "".join(week("2016-05-30", "19/05/2016|29/05/2016")[1]),
               "and is told as one", "")
    facts.same(week("2016-06-06", "", "|01/06/2016")[1], [], "no date at all says nothing")
    facts.that("was 2016-05-19 in the run of 2016-05-30" in "".join(week("2016-06-13", "18/05/2016")[1]),
               "the last run that had one is the one it is held against", "")


def being_written(messy):
    """A file that grows while it is read is not trusted, and what was read of it is accounted for."""
    facts = messy.facts
    home = messy.write({"people.csv": lines(*rows(1, 60_000))})
    path = home / "extracts" / "people.csv"
    is_done = threading.Event()

    def write():
        while not is_done.wait(0.002):
            with path.open("a") as file:
                file.write(row(70_000) + "\n")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        outcome = messy.validate(home)
    finally:
        is_done.set()
        writer.join()
    facts.that(("changedWhileRead", None) in outcome.faults, "a file that is still being written", outcome.faults)
    facts.same(outcome.exit, 3, "is not trusted")
    facts.that(outcome.counts[0] == outcome.counts[1] + outcome.counts[2] >= 60_000, "and is accounted for", outcome.counts)
    outcome = messy.validate(home, out="again")
    facts.that(not any(kind == "changedWhileRead" for kind, _ in outcome.faults), "once written it is", outcome.faults)
