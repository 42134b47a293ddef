#!/usr/bin/env python3
"""Compares every figure on a run's pages with measures.csv, the lists, summary.json and run.json, and these with each other.

    check_figures.py OUT              # a finished run, in all formats
    check_figures.py OUT --selftest   # changes figures and files in copies of OUT: each must be noticed by the fact that is about it

It also checks that every link leads somewhere, and that each case is on exactly one page of its rule and one of its team.
"""

import collections
import datetime
import fractions
import json
import pathlib
import re
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, with_blanks_shown  # noqa: E402
from page_reader import Page, heads_of, number, pages_of, rows_of, words  # noqa: E402

MOST_BYTES = 2_000_000
# Beside a figure of the dashboard, and of all its figures; where there are more, those with most teams have them elsewhere.
MOST_TEAMS, MOST_TEAM_ROWS = 40, 4000
SECTIONS = {
    "Overdue": "overdue", "Does not hold": "failed", "Due soon": "due-soon", "Done late or never": "late",
    "Not judged this time": "not-judged", "Waived": "waived", "Put right": "resolved"}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_MONTHS = "January February March April May June July August September October November December".split()


def section_title(text):
    """The title of a section, without the word that only what is new is in it."""
    return text.removesuffix(", new")


def short_date(iso):
    if not iso:
        return ""
    year, month, day = iso[:10].split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}" + (f", {iso[11:16]}" if len(iso) > 10 else "")


def with_long_dates(text):
    """A text of drift.csv as the pages have it: with its dates in words."""
    return re.sub(r"(\d{4})-(\d\d)-(\d\d)", lambda found: f"{int(found[3])} {LONG_MONTHS[int(found[2]) - 1]} {found[1]}", text)


def cell(text):
    """A text as the lists and pages write it: with an apostrophe in front if a spreadsheet would run it."""
    return "'" + text if re.match(r"[=+@-]", text) else text


def one_line(text):
    return " ".join(text.split())


class Run:
    """The files of a run, read once."""

    def __init__(self, out, facts):
        self.out, self.facts = out, facts
        self.exceptions = read_csv(out / "exceptions.csv")
        self.measures = {(row["rule"], row["team"]): row for row in read_csv(out / "measures.csv")}
        self.summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        self.provenance = json.loads((out / "run.json").read_text(encoding="utf-8"))
        self.by_rule, self.by_team = collections.defaultdict(list), collections.defaultdict(list)
        for row in self.exceptions:
            self.by_rule[row["rule"]].append(row)
            self.by_team[row["team"]].append(row)
        self.pages = {}
        # Whether a page says of a colour, by rule and team, that it rests on what was not judged.
        self.doubted = {}

    def page(self, path):
        path = path.resolve()
        if path not in self.pages:
            self.pages[path] = Page(path)
        return self.pages[path]


def counted(rows, key):
    return collections.Counter(row[key] for row in rows)


def lists(run):
    """Compares exceptions.csv, the teams' lists and summary.json with each other."""
    same = run.facts.same
    teams = {cell(team["team"]): team for team in run.summary["byTeam"]}
    together = []
    for team in run.summary["byTeam"]:
        own = read_csv(run.out / "teams" / team["slug"] / "exceptions.csv")
        same({row["team"] for row in own} - {cell(team["team"])}, set(), "a team's list has its rows alone", team["slug"])
        ours = run.by_team[cell(team["team"])]
        # A team's list leaves out what is waived, since that needs nobody's work.
        same(own, [row for row in ours if row["list"] != "waived"], "a team's list is its part of exceptions.csv", team["slug"])
        same(team["exceptions"], len(ours), "summary.json: exceptions of a team", team["slug"])
        for kind in ("correction", "drift", "waived"):
            same(team[kind], counted(ours, "list")[kind], f"summary.json: {kind} of a team", team["slug"])
        same((team["errors"], team["warnings"]), (counted(ours, "severity")["error"], counted(ours, "severity")["warning"]), "summary.json: severities", team["slug"])
        together += own
    unwaived = [row for row in run.exceptions if row["list"] != "waived"]
    same(sorted(map(str, together)), sorted(map(str, unwaived)), "the teams' lists together are exceptions.csv")
    same(set(run.by_team) - set(teams), set(), "each team of exceptions.csv has a folder")
    same(len(list((run.out / "teams").iterdir())), len(teams), "a folder for each team")
    totals = run.summary["totals"]
    same(totals["exceptions"], len(run.exceptions), "summary.json: exceptions in all")
    for part, key in (("byStatus", "status"), ("byList", "list"), ("bySeverity", "severity")):
        same({k: n for k, n in totals[part].items() if n}, dict(counted(run.exceptions, key)), f"summary.json: {part}")
    for rule in run.summary["byRule"]:
        name, row = rule["rule"], run.measures.get((rule["rule"], "(all)"))
        same(rule["exceptions"], len(run.by_rule[name]), "summary.json: exceptions of a rule", name)
        if row:
            for ours, theirs in (("judged", "judged"), ("met", "met"), ("failed", "failed"), ("late", "late"), ("overdue", "overdue"),
                                 ("dueSoon", "due_soon"), ("pending", "pending"), ("cannotJudge", "cannot_judge")):
                same(rule[ours], int(row[theirs]), f"summary.json: {ours} of a rule", name)
            for figure in ("percent", "target"):
                same("" if rule[figure] is None else float(rule[figure]), float(row[figure]) if row[figure] else "", f"summary.json: {figure}", name)
            same(rule["rag"] or "", row["rag"], "summary.json: rag", name)
    same(set(run.by_rule) - {rule["rule"] for rule in run.summary["byRule"]}, set(), "each rule of exceptions.csv is in summary.json")


COUNTS = ("judged", "met", "failed", "late", "overdue", "due_soon", "pending", "cannot_judge")


def measures(run, targets):
    """Checks measures.csv in itself: the teams add up, and percent and RAG follow from the counts.

    `targets` are the targets in words, from the dashboard."""
    same, that = run.facts.same, run.facts.that
    by_rule = collections.defaultdict(list)
    for (rule, team), row in run.measures.items():
        counts = [int(row[name]) for name in COUNTS]
        same(counts[0], sum(counts[1:7]), "judged is the sum of the verdicts", f"{rule} {team}")
        if team != "(all)":
            by_rule[rule].append(counts)
        broken, met = sum(counts[2:5]), counts[1]
        of_broken = targets.get(rule, "").endswith("not met")
        if broken + met == 0:
            same((row["percent"], row["rag"]), ("", ""), "no share of nothing", f"{rule} {team}")
            continue
        share = fractions.Fraction(100 * (broken if of_broken else met), broken + met)
        # Rounded half up to one decimal, but 100.0 and 0.0 only where they are exact.
        tenths = int(share * 10 + fractions.Fraction(1, 2))
        tenths = max(1, min(999, tenths)) if 0 < share < 100 else tenths
        same(row["percent"], f"{tenths // 10}.{tenths % 10}", "percent is that of the counts", f"{rule} {team}")
        same(row["rag"] != "", row["target"] != "", "RAG where there is a target", f"{rule} {team}")
        if row["target"] and rule in targets:
            wanted = fractions.Fraction(row["target"])
            reached = share <= wanted if targets[rule].startswith("at most") else share >= wanted
            same(row["rag"] == "green", reached, "green at the target and beyond", f"{rule} {team}: {row}")
            worst = broken + counts[7]
            share = fractions.Fraction(100 * (worst if of_broken else met), worst + met)
            stays = share <= wanted if targets[rule].startswith("at most") else share >= wanted
            if reached and (rule, team) in run.doubted:
                same(run.doubted[rule, team], not stays, "a green that rests on what was not judged says so", f"{rule} {team}")
            that(targets[rule].split()[2] == row["target"], "the target in words is that of the list", f"{rule}: {targets[rule]}")
    for rule, teams in by_rule.items():
        row = run.measures[(rule, "(all)")]
        same([int(row[name]) for name in COUNTS], [sum(column) for column in zip(*teams)], "the teams add up to all", rule)


def occasion_of(row):
    """The occasion in words, so that nobody takes it for a part of the record's number."""
    return row["occasion"] and f" no. {row['occasion']}"


def figures_are(run, cells, row, where):
    """Compares a row of a table of measures with measures.csv."""
    broken = sum(int(row[name]) for name in ("failed", "late", "overdue"))
    in_time = str(int(row["due_soon"]) + int(row["pending"]))
    wanted = {"Judged": row["judged"], "Met it": row["met"], "Broke it": str(broken), "Still in time": in_time, "Not judged": row["cannot_judge"]}
    for head, count in wanted.items():
        run.facts.same(words(cells[head]).replace(",", ""), count, f"{head!r} is that of measures.csv", where)
    shown, _, overdue = words(cells["Met, %"]).partition(" overdue now: ")
    run.facts.same(number(overdue) if overdue else 0, int(row["overdue"]), "what is overdue now stands beside the percentage", where)
    met = int(row["met"])
    run.facts.same(shown.removesuffix(" not met"), row["percent"], "percent is that of measures.csv", where)
    # Whether it is the share met or not met, where that makes a difference.
    if met != broken and row["percent"]:
        nearer_to_broken = abs(float(row["percent"]) - 100 * broken / (met + broken)) < abs(float(row["percent"]) - 100 * met / (met + broken))
        run.facts.same(shown.endswith(" not met"), nearer_to_broken, "it says whose share it is", where)
    rating, _, unjudged = words(cells["Rating"]).partition(", ")
    colour = "doubt" if unjudged and rating == "green" else row["rag"]
    run.facts.same((rating, cells["Rating"].get("class")), (row["rag"], colour), "RAG is that of measures.csv, as a word too", where)
    if unjudged:
        run.facts.same(unjudged, f"{int(row['cannot_judge']):,} not judged", "a colour in doubt says how many were not judged", where)
    run.doubted[row["rule"], row["team"]] = bool(unjudged)


def teams_are(run, rows, rule):
    ours = {one_line(with_blanks_shown(team)): row for (name, team), row in run.measures.items() if name == rule}
    for cells in rows:
        team = words(cells["Team"])
        row = ours.get(team)
        if run.facts.that(row is not None, "a team beside a figure is in measures.csv", f"{rule}: {team}"):
            figures_are(run, cells, row, f"{rule}: {team}")
    wanted = sorted(one_line(with_blanks_shown(team)) for name, team in run.measures if name == rule and team != "(all)")
    run.facts.same(sorted(words(cells["Team"]) for cells in rows), wanted, "the teams beside a figure are those of measures.csv", rule)


def dashboard(run):
    """Checks index.html; returns the page on which each rule's cases begin, and the targets in words."""
    same, that = run.facts.same, run.facts.that
    page = run.page(run.out / "index.html")
    summary, tiles = run.summary, page.tiles()
    kinds = counted(run.exceptions, "list")
    same(number(tiles["Exceptions"][0]), len(run.exceptions), "tile of exceptions")
    same(number(tiles["To correct"][0]), kinds["correction"], "tile of corrections")
    same(number(tiles["Drift"][0]), kinds["drift"], "tile of drift")
    same(number(tiles.get("Waived", ("0",))[0]), kinds["waived"], "tile of what is waived")
    at_zero = sum(team["standing"] == "at zero" for team in summary["byTeam"])
    same(tiles["Teams at zero"][0], f"{at_zero} of {len(summary['byTeam'])}", "tile of teams at zero")
    ledger = summary["ledger"]
    if ledger and ledger["previousRun"]:
        told = told_to_teams(run)
        reopened = f", {told['reopened']:,} reopened" if told["reopened"] else ""
        unjudged = f", {ledger['stillOpenNotJudged']:,} not judged again" if ledger["stillOpenNotJudged"] else ""
        lapsed = f", {told['lapsed']:,} no longer looked at" if told["lapsed"] else ""
        said = f"{told['opened']:,} new{reopened}, {told['resolved']:,} put right{lapsed}{unjudged}"
        same(tiles["Exceptions"][1], said, "tile: what is new and put right")
        # summary.json counts what is waived as well.
        opened = ledger["opened"] + ledger["reopened"]
        fewer = opened - told["opened"] - told["reopened"]
        that(0 <= fewer <= kinds["waived"], "what is new is that of summary.json, without what is waived", fewer)
        before, last = page.table("//h2[starts-with(., 'Open exceptions')]/following::table[1]")[-2:]
        found = [number(words(last[head])) for head in ("Open", "New or reopened", "Put right", "No longer looked at")]
        unwaived = len(run.exceptions) - kinds["waived"]
        same(found, [unwaived + ledger["stillOpenNotJudged"], opened, ledger["resolved"], ledger["lapsed"]], "the last run of the trend")
        waived_before, waived = (number(words(row["Waived"])) if "Waived" in row else 0 for row in (before, last))
        same(waived, kinds["waived"], "the last run of the trend: what is waived")
        ended = sum(ledger["ended"].values())
        same(number(words(before["Open"])) + waived_before + opened - ended, found[0] + waived,
             "open before, and what came, less what ended, is what is open")
        same(sum(ledger["stillOpenWhy"].values()), ledger["stillOpenNotJudged"], "summary.json: why it stays open")
        same(words(last["Run"]), short_date(summary["asOf"]), "the last run of the trend is this one")
    teams(run, page)
    remarks(run, page)
    reads(run, page, tiles)
    return groups(run, page)


def told_to_teams(run):
    """What the teams' pages say together of what has changed since the run before."""
    told = collections.Counter()
    for team in run.summary["byTeam"]:
        text = run.page(run.out / "teams" / team["slug"] / "drift.html").text()
        said = re.search(
            r"corrections included: ([\d,]+) new, [\d,]+ worse, ([\d,]+) reopened, ([\d,]+) put right(?:, ([\d,]+) no longer looked at)?", text)
        if run.facts.that(said is not None, "a team's page says what is new and put right", team["slug"]):
            for change, figure in zip(("opened", "reopened", "resolved", "lapsed"), said.groups()):
                told[change] += number(figure or "0")
    return told


def teams(run, page):
    same = run.facts.same
    rows = page.table("//table[contains(@class, 'teams')]") or []
    same([words(row["Team"]) for row in rows], [one_line(cell(with_blanks_shown(team["team"]))) for team in run.summary["byTeam"]], "the teams of the dashboard")
    for cells, team in zip(rows, run.summary["byTeam"]):
        kinds = counted(run.by_team[cell(team["team"])], "list")
        found = [number(words(cells[head])) for head in ("Corrections", "Drift", "Waived", "Not judged again")]
        same(found, [kinds["correction"], kinds["drift"], kinds["waived"], team["notJudgedNow"]], "counts of a team", team["slug"])
        standing = words(cells["Standing"]).lower()
        same(re.split(" since | but for |, by ", standing)[0], team["standing"], "standing of a team", team["slug"])
        same(" since " in standing, team["standing"] == "at zero" and bool(team["atZeroSince"]), "at zero since when", team["slug"])
        open_ = kinds["correction"] + kinds["drift"] + team["notJudgedNow"]
        same(team["standing"] == "not at zero", open_ > 0, "at zero is nothing open", team["slug"])
        same(cells["Team"].xpath(".//a/@href"), [f"./teams/{team['slug']}/drift.html"], "a team's row leads to its page", team["slug"])


def reason(fault):
    """A reason not to trust the data, behind its place, which the message of a whole table names as well."""
    place, message = fault["file"] or fault["table"] or "", fault["message"]
    if place and not fault["file"]:
        message = re.sub(f"^{re.escape(place)}:? ", "", message)
    return f"{place}: {message}" if place else message


def remarks(run, page):
    """Checks that what a run has to say of its data is on the page, and on every page that rests on such data."""
    same, summary = run.facts.same, run.summary
    said = [words(line) for line in page.select("//h3[starts-with(., 'What else to know')]/following-sibling::ul[1]/li")]
    same(said, [one_line(remark) for remark in summary["remarks"]], "the remarks of a run are on the dashboard")
    faults = summary["faults"] + [fault for name in summary["inputs"] for fault in name["faults"]]
    told = [words(line) for line in page.select("//div[@role='note']//li")]
    same(sorted(told), sorted(one_line(reason(fault)) for fault in faults), "the reasons not to trust the data are on the dashboard")
    trusted = not faults and all(name["trusted"] for name in summary["inputs"])
    same(summary["trusted"], trusted, "summary.json: whether the data are trusted")
    is_warned(run, page, "index.html")


def is_warned(run, page, where):
    warned = bool(page.select("//div[@role='note'][starts-with(normalize-space(.), 'Some of the data could not be relied on')]"))
    run.facts.same(warned, not run.summary["trusted"], "a page warns of data that could not be relied on", where)
    noted = bool(page.select("//p[@role='note'][contains(., 'is not on this page')]"))
    stale = any(re.search(" hold the same (bytes|records) as in (the run|every run since that) of ", remark) for remark in run.summary["remarks"])
    run.facts.same(noted, stale, "a page says where the extracts may be old", where)


def metrics(run):
    """Compares metrics.prom, from which somebody may be woken, with summary.json."""
    same, summary = run.facts.same, run.summary
    found = {}
    for line in (run.out / "metrics.prom").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            name, labels, value = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\d+)", line).groups()
            pairs = re.findall(r'\w+="((?:[^"\\]|\\.)*)"', labels or "")
            escaped = {"n": "\n"}
            found[name, *(re.sub(r"\\(.)", lambda match: escaped.get(match[1], match[1]), pair) for pair in pairs)] = int(value)
    day = datetime.datetime.fromisoformat(summary["asOf"]).replace(tzinfo=datetime.timezone.utc)
    wanted = {("casecheck_as_of_timestamp_seconds",): int(day.timestamp()), ("casecheck_trusted",): int(summary["trusted"]),
              ("casecheck_faults",): len(summary["faults"]) + sum(len(name["faults"]) for name in summary["inputs"])}
    rejected = collections.Counter()
    for name in summary["inputs"]:
        rejected[name["table"]] += name["rowsRejected"]
    for table in summary["tables"]:
        wanted["casecheck_table_rows", table["name"]] = table["rows"]
        wanted["casecheck_rejected_records", table["name"]] = rejected[table["name"]]
    for team in summary["byTeam"]:
        for kind in ("correction", "drift", "waived"):
            wanted["casecheck_exceptions", team["team"], kind] = team[kind]
        # What nobody's team has open may be anybody's.
        teamless = any(other["slug"] == "no-team" and other["standing"] != "at zero" for other in summary["byTeam"])
        wanted["casecheck_team_at_zero", team["team"]] = int(team["standing"] == "at zero" and not teamless)
    for remark in summary["remarks"]:
        if unchanged := re.search(r"^All extracts hold the same \w+ as in (?:the run|every run since that) of (\d{4}-\d\d-\d\d)", remark):
            first = datetime.datetime.fromisoformat(unchanged[1]).replace(tzinfo=datetime.timezone.utc)
            wanted["casecheck_extracts_unchanged_since_timestamp_seconds",] = int(first.timestamp())
    if ledger := summary["ledger"]:
        for change in ("opened", "reopened", "resolved", "lapsed", "moved"):
            wanted["casecheck_changes", change] = ledger["movedTeam" if change == "moved" else change]
        wanted["casecheck_unsettled",] = ledger["stillOpenNotJudged"]
    if summary["waivers"]:
        wanted["casecheck_waivers_ended",] = len(summary["waivers"]["ended"])
    # No list says which of the rules that judged nothing lacked a table or a column, or what waits in the outbox.
    for key in sorted(wanted.keys() | found.keys() - {("casecheck_rules_not_evaluated",), ("casecheck_mail_waiting",)}):
        same(found.get(key), wanted.get(key), "metrics.prom says what summary.json does", " ".join(key))


def reads(run, page, tiles):
    """Checks that read = checked + rejected: on the page, in summary.json, in run.json and in rejects/."""
    same, summary = run.facts.same, run.summary
    total = {key: 0 for key in ("read", "checked", "rejected")}
    rows = page.table("//table[caption[.='Files read']]") or []
    same(len(rows), len(summary["inputs"]), "each input is on the dashboard")
    for cells, ours, theirs in zip(rows, summary["inputs"], run.provenance["inputs"]):
        name = ours["name"]
        figures = [ours[key] for key in ("rowsRead", "rowsChecked", "rowsRejected")]
        same([number(words(cells[head])) for head in ("Read", "Checked", "Could not be read")], figures, "an input's figures", name)
        same((words(cells["File"]), words(cells["Read as"])), (one_line(name), ours["table"] or ""), "an input's name and table", name)
        same(words(cells["Reliable"]), "yes" if ours["trusted"] else "no", "whether an input is trusted", name)
        same([words(part) for part in cells["Remarks"]], [one_line(remark) for remark in ours["remarks"]], "an input's remarks", name)
        same([theirs[key] for key in ("rowsRead", "rowsChecked", "rowsRejected")], figures, "an input's figures in run.json", name)
        same(figures[0], figures[1] + figures[2], "read = checked + rejected", name)
        for key, figure in zip(total, figures):
            total[key] += figure
    same(summary["reconciliation"], total, "summary.json: reconciliation")
    said = re.search(r"([\d,]+) records? (?:was|were) read: ([\d,]+) (?:was|were) checked and ([\d,]+) could not be read", page.text())
    same([number(figure) for figure in said.groups()], list(total.values()), "the dashboard's reconciliation")
    same("in the folder “rejects”" in page.text(), total["rejected"] > 0, "the folder of rejected records is named where it is there")
    same(number(tiles["Records checked"][0]), total["checked"], "tile of records")
    same(tiles["Records checked"][1], f"{total['rejected']:,} rejected" if total["rejected"] else "", "tile of records rejected")
    kept = sum(len(read_csv(path)) for path in (run.out / "rejects").glob("*.csv"))
    same(kept, total["rejected"], "each record rejected is kept in rejects/")
    tables = collections.Counter()
    for ours in summary["inputs"]:
        tables[ours["table"]] += ours["rowsChecked"]
    same({t["name"]: t["rows"] for t in summary["tables"] if t["rows"]}, {t: n for t, n in tables.items() if t and n}, "summary.json: rows of tables")
    idle(run, page)


def idle(run, page):
    same, summary = run.facts.same, run.summary
    wanted = collections.defaultdict(set)
    for rule in summary["judgedNothing"]:
        wanted[rule["why"]].add(rule["rule"])
    found = {}
    for term in page.select("//h3[starts-with(., 'Rules that judged nothing')]/following::dl[1]/dt"):
        count, _, why = words(term).partition(": ")
        rules = set(words(term.getnext()).split(", "))
        same(number(count), len(rules), "how many rules judged nothing for a reason", why)
        found[why] = rules
    same(found, {one_line(why): rules for why, rules in wanted.items()}, "the rules that judged nothing, by reason")
    text, ledger, waivers = page.text(), summary["ledger"], summary["waivers"]
    if ledger and ledger["stillOpenNotJudged"]:
        said = re.search(r"([\d,]+) stay open", text)
        same(number(said[1]), ledger["stillOpenNotJudged"], "what stays open unjudged")
        for why, count in ledger["stillOpenWhy"].items():
            same(f"{why}: {count:,}" in text, count > 0, "why it stays open", why)
    if waivers and waivers["count"]:
        said = re.search(r"Waivers: ([\d,]+)\. They cover ([\d,]+) of the exceptions; ([\d,]+) ended, ([\d,]+) matched no exception, and for ([\d,]+)", text)
        wanted = [waivers["count"], waivers["exceptionsWaived"]] + [len(waivers[key]) for key in ("ended", "matchingNothing", "recordChanged")]
        same([number(figure) for figure in said.groups()], wanted, "the waivers")
        same(waivers["exceptionsWaived"], counted(run.exceptions, "list")["waived"], "what is waived is on the list as waived")


def groups(run, page):
    same, that = run.facts.same, run.facts.that
    begins, targets, shown = {}, {}, collections.Counter()
    teams = collections.Counter(rule for rule, team in run.measures if team != "(all)")
    beside = []
    for table in page.select("//table[contains(@class, 'measures')]"):
        heads = heads_of(table)
        for body in table.xpath("./tbody"):
            row, detail = body.xpath("./tr")
            cells = dict(zip(heads, row))
            rule = re.search(r"\S+$", words(detail.xpath(".//p[@class='muted']")[0]).removesuffix("."))[0]
            shown[rule] += 1
            measure = run.measures.get((rule, "(all)"))
            if not that(measure is not None, "a figure of the dashboard is in measures.csv", rule):
                continue
            figures_are(run, cells, measure, rule)
            if words(cells["Target"]):
                targets[rule] = words(cells["Target"])
            inner = detail.xpath(".//table")
            link = cells["Measure"].xpath(".//a/@href")
            beside.append((rule, inner, detail.xpath(".//a/@href"), link))
            same(bool(link), bool(run.by_rule[rule]), "a figure leads to its cases where it has any", rule)
            if link and that((run.out / link[0]).is_file(), "the link to the cases of a figure leads to a page", f"{rule}: {link[0]}"):
                begins[rule] = (run.out / link[0]).resolve()
            same(measure["target"] != "", rule in targets, "a target of measures.csv is on the dashboard", rule)
    most = max(count for count in range(MOST_TEAMS + 1) if sum(teams[rule] for rule in shown if teams[rule] <= count) <= MOST_TEAM_ROWS)
    for rule, inner, links, link in beside:
        if teams[rule] > most:
            place = link[0] + "#figure" if link else "./measures.csv"
            same((len(inner), links), (0, [place]), "very many teams are on the page of a measure or in measures.csv", rule)
        else:
            teams_are(run, list(rows_of(inner[0])) if inner else [], rule)
    same([rule for rule, count in shown.items() if count > 1], [], "each rule is on the dashboard once")
    same(set(rule for rule, rows in run.by_rule.items() if rows) - set(begins), set(), "each exception can be reached from the dashboard")
    judged = {rule for (rule, team), row in run.measures.items() if team == "(all)" and int(row["judged"])}
    nothing = {rule["rule"] for rule in run.summary["judgedNothing"]}
    constraints = {rule for rule in judged if "." in rule}
    same(judged - constraints - nothing - set(shown), set(), "each rule that judged something is on the dashboard")
    return begins, targets


def split(run, first, where):
    """Checks that the pages of a list form a chain and each says which rows it has; returns their (page, rows)."""
    same, that = run.facts.same, run.facts.that
    paths, strays = pages_of(first)
    same(strays, set(), "the pages of a list are numbered without a gap", where)
    found, said = [], []
    for place, path in enumerate(paths):
        page = run.page(path)
        that(path.stat().st_size < MOST_BYTES, "no page is over 2 MB", f"{path.name}: {path.stat().st_size:,}")
        rows = [row for table in page.select("//table[contains(@class, 'cases')]") for row in rows_of(table)]
        found.append((page, rows))
        line = re.search(r"Rows ([\d,]+) to ([\d,]+) of ([\d,]+), page ([\d,]+) of ([\d,]+)", page.text())
        same(bool(line), len(paths) > 1, "a list of several pages says which rows it has", path.name)
        for relation, other in (("prev", place - 1), ("next", place + 1)):
            wanted = {f"./{paths[other].name}"} if 0 <= other < len(paths) else set()
            same(set(page.select(f"//a[@rel='{relation}']/@href")), wanted, f"the link {relation}", path.name)
        if line:
            said.append([number(figure) for figure in line.groups()])
    total = sum(len(rows) for _, rows in found)
    start = 0
    for (_, rows), line in zip(found, said):
        same(line, [start + 1, start + len(rows), total, said.index(line) + 1, len(paths)], "which rows a page has", where)
        start += len(rows)
    return found


def titles_of(run):
    """What pages call the tables."""
    return {table["name"]: table["title"] for table in run.summary["tables"]}


def rules(run, begins):
    same, titles = run.facts.same, titles_of(run)
    for rule, first in begins.items():
        page, exceptions = run.page(first), run.by_rule[rule]
        is_warned(run, page, rule)
        found = split(run, first, rule)
        heading = words(page.select("//h2[@id='cases']")[0])
        same(heading, f"The cases ({len(exceptions):,})", "how many cases a rule has", rule)
        table = page.table("//h2[@id='figure']/following::table[1]")
        figures_are(run, table[0], run.measures[(rule, "(all)")], f"page of {rule}")
        teams_are(run, table[1:], rule)
        cases = collections.Counter()
        for _, rows in found:
            for cells in rows:
                small = words(cells["What and where"].xpath("./small")[0])
                message = words(cells["What and where"].xpath("./p")[0])
                status = cells["Status"].text.strip()
                cases[(words(cells["Team"]), words(cells["Worker"]), words(cells["Child"]), message, small, status, words(cells["Due"]),
                       words(cells["Days late"]))] += 1
        wanted = collections.Counter()
        for row in exceptions:
            line = row["source_line"] and f" line {row['source_line']}"
            small = f"{titles.get(row['table'], row['table'])} {row['record_id']}{occasion_of(row)}, {row['source_file']}{line}"
            wanted[tuple(one_line(text) for text in (
                with_blanks_shown(row["team"]), row["worker"], row["person_id"], row["message"], small, row["status"], short_date(row["due_on"]), row["days_late"]))] += 1
        same(cases - wanted, collections.Counter(), "each case of a rule's pages is in exceptions.csv", rule)
        same(wanted - cases, collections.Counter(), "each exception of a rule is on its pages", rule)
        same(sum(cases.values()), len(exceptions), "each exception of a rule is there once", rule)
    listed = {path.name for path in (run.out / "rules").glob("*.html")} if (run.out / "rules").exists() else set()
    same(listed, {path.name for first in begins.values() for path in pages_of(first)[0]}, "each page of a rule is led to")


def drift(run):
    same, that, titles = run.facts.same, run.facts.that, titles_of(run)
    for team in run.summary["byTeam"]:
        folder = run.out / "teams" / team["slug"]
        listed = read_csv(folder / "drift.csv")
        page = run.page(folder / "drift.html")
        by_section = collections.defaultdict(list)
        for row in listed:
            by_section[row["section"]].append(row)
        where, tiles = team["slug"], {section_title(title): tile for title, tile in page.tiles().items()}
        same(number(tiles["To correct"][0]), team["correction"], "tile of a team's corrections", where)
        same_as_exceptions(run, team, by_section)
        is_warned(run, page, where)
        standing = by_section["standing"][0]["message"]
        same(words(page.select("//p[contains(@class, 'note')]")[0]), one_line(with_long_dates(standing)), "the standing on a page and in drift.csv", where)
        for title, section in SECTIONS.items():
            count = len(by_section[section])
            if title in tiles:
                same(number(tiles[title][0]), count, "tile of a section", f"{where}: {title}")
            else:
                same(count, 0, "a section without a tile has nothing in it", f"{where}: {title}")
            said = {row["message"]: row["count"] for row in by_section["total"]}[section]
            same(int(said), count, "drift.csv: the total of a section", f"{where}: {title}")
        ageing(run, page, by_section, where)
        workers(run, page, listed, where)
        found = split(run, folder / "drift.html", where)
        cases = collections.Counter()
        for page, _ in found:
            for heading in page.select("//h3[starts-with(@id, 'list-')]"):
                title, count = re.fullmatch(r"(.*) \(([\d,]+)\)", words(heading)).groups()
                same(number(count), len(by_section[SECTIONS[section_title(title)]]), "the count above a section", f"{where}: {title}")
            for table in page.select("//table[contains(@class, 'cases')]"):
                section = SECTIONS[section_title(words(table.xpath("./caption")[0]))]
                for cells in rows_of(table):
                    small = words(cells["What and where"].xpath("./small")[0])
                    cases[(section, words(cells["Worker"]), words(cells["Child"]), small, words(cells["Due"]), words(cells["Change"]))] += 1
        wanted = collections.Counter()
        for section in SECTIONS.values():
            for row in by_section[section]:
                done = short_date(row["done_on"])
                small = f"{titles.get(row['table'], row['table'])} {row['record_id']}{occasion_of(row)}{done and ' done on ' + done}"
                wanted[(section, *(one_line(text) for text in (
                    row["worker"] or "(no worker)", row["person_id"], small, short_date(row["due_on"]), row["change"])))] += 1
        same(cases - wanted, collections.Counter(), "each case of a team's pages is in drift.csv", where)
        same(wanted - cases, collections.Counter(), "each case of drift.csv is on the team's pages", where)
        for heading in set(SECTIONS) - {section_title(re.sub(r" \(.*", "", words(h))) for page, _ in found for h in page.select("//h3[starts-with(@id, 'list-')]")}:
            that(False, "each section has a heading", f"{where}: {heading}")


SHARED = ("rule", "status", "worker", "person_id", "table", "record_id", "occasion", "from", "due_on", "done_on", "days_late", "message", "fix",
          "source_file", "source_line", "first_seen", "runs_open")


def late_advice(row):
    """What drift.csv says there is to do about what was done late, or never while it was owed."""
    if not row["done_on"]:
        return "Not done while it was owed: nothing to do unless it was done and not recorded, or a date is wrong."
    days = int(row["days_late"] or 0)
    late = f"{days} day{'' if days == 1 else 's'} late" if days else "late"
    return f"Done on {row['done_on'][:10]}, {late}: nothing to do unless a date is wrong."


def same_as_exceptions(run, team, by_section):
    """Compares a team's drift.csv with its part of exceptions.csv, so that neither a case nor a whole list can stand with another team."""
    def of(rows):
        return collections.Counter(tuple(row[name] for name in SHARED) for row in rows)

    same, that = run.facts.same, run.facts.that
    # A team's list also says of what is waived who agreed to it.
    agreed = re.compile(r" Agreed until \d{4}-\d\d-\d\d by A Manager: agreed$")
    for row in by_section["waived"]:
        that(agreed.search(row["message"]) is not None, "drift.csv: what is waived says who agreed, why and until when", row["message"])
        row["message"] = agreed.sub("", row["message"])
    where, ours = team["slug"], [row for row in run.by_team[cell(team["team"])] if row["list"] != "correction"]
    for section, rows in (
        ("overdue", [row for row in ours if row["list"] == "drift" and row["status"] == "overdue"]),
        ("failed", [row for row in ours if row["list"] == "drift" and row["status"] == "failed"]),
        ("waived", [row for row in ours if row["list"] == "waived"]),
    ):
        same(of(by_section[section]), of(rows), f"drift.csv: {section} is that of exceptions.csv", where)
    # What was done late is told once: when it is first seen, or is done after it was overdue.
    late = [dict(row, fix=late_advice(row)) for row in ours if row["list"] == "drift" and row["status"] == "late"]
    new = [row for row in late if row["first_seen"] in ("", run.summary["asOf"])]
    same(of(by_section["late"]) - of(late), collections.Counter(), "drift.csv: late is that of exceptions.csv", where)
    same(of(new) - of(by_section["late"]), collections.Counter(), "drift.csv: what is late and new is told", where)
    same(len(by_section["not-judged"]), team["notJudgedNow"], "drift.csv: what was not judged again", where)


def ageing(run, page, by_section, where):
    bands = counted([row for rows in by_section.values() for row in rows if row["section"] != "ageing" and row["age_band"]], "age_band")
    for row in by_section["ageing"]:
        run.facts.same(int(row["count"]), bands[row["age_band"]], "drift.csv: cases of an age", f"{where}: {row['age_band']}")
    table = page.table("//table[@class='ageing']")
    run.facts.same(table is not None, sum(bands.values()) > 0, "ageing is there where something has an age", where)
    if table:
        wanted = [row["count"] for row in by_section["ageing"]]
        run.facts.same([words(cells["Cases"]).replace(",", "") for cells in table], wanted, "ageing on a page and in drift.csv", where)


def workers(run, page, listed, where):
    cases = [row for row in listed if row["section"] in SECTIONS.values()]
    wanted = {}
    for name in {row["worker"] for row in cases}:
        own = counted([row for row in cases if row["worker"] == name], "section")
        wanted[one_line(name) or "(no worker)"] = [own["overdue"], own["failed"], own["due-soon"]]
    table = page.table("//h2[@id='workers']/following::table[1][not(contains(@class, 'cases'))]") or []
    found = {words(row["Worker"]): [number(words(row[head])) for head in ("Overdue", "Checks not met", "Due soon")] for row in table}
    run.facts.same(found, wanted, "the workers on a page and in drift.csv", where)


def links(run):
    ids = {}
    for path, page in list(run.pages.items()):
        own = page.ids()
        run.facts.same([one for one, count in collections.Counter(own).items() if count > 1], [], "each id of a page once", path.name)
        ids[path] = set(own)
    for path, page in list(run.pages.items()):
        dead = sorted({
            f"{target.name}#{anchor}" for target, anchor, _ in page.links()
            if not target.exists() or (anchor and target.suffix == ".html" and anchor not in ids.get(target, ()))})
        run.facts.same(dead, [], "each link leads somewhere", path.name)
        back = page.select("//nav[@aria-label='Back']//a/@href")
        if back:
            # The link from the cases back to the figure that they explain.
            anchor = back[0].partition("#")[2]
            first = re.sub(r"\.\d+\.html$", ".html", path.name)
            row = run.page(run.out / "index.html").select(f"//*[@id='{anchor}']//a[@href='./rules/{first}']")
            run.facts.same(len(row), 1, "from the cases one comes back to their figure", path.name)


def check(out, facts):
    run = Run(out, facts)
    lists(run)
    begins, targets = dashboard(run)
    measures(run, targets)
    rules(run, begins)
    drift(run)
    metrics(run)
    links(run)


def changed_figure(text, pattern):
    """The text with one digit changed in the first figure that fits the pattern."""
    found = re.search(pattern, text, re.S)
    if not found:
        raise ValueError(f"nothing fits {pattern}")
    start, end = found.span(1)
    digit = text[end - 1]
    return text[:end - 1] + ("1" if digit != "1" else "2") + text[end:]


def dropped(text, pattern):
    """The text without the first part that fits the pattern."""
    found = re.search(pattern, text, re.S | re.M)
    if not found:
        raise ValueError(f"nothing fits {pattern}")
    return text[:found.start()] + text[found.end():]


def another_word(text, pattern):
    """The text with another word in the place of the first one that fits the pattern."""
    found = re.search(pattern, text, re.S)
    if not found:
        raise ValueError(f"nothing fits {pattern}")
    return text[:found.start(1)] + "other" + text[found.end(1):]


FIGURE = r'<td class="n">([\d,]+)'
ROW = r'(?<=\n)[^,\n"]+,(?:[^"\n]|"[^"]*")*\n\Z'
# What is changed in the longest file that has it, how, and the fact that must notice; any other says nothing of the change.
CHANGES = [
    ("index.html", changed_figure, r"<dt>Exceptions</dt><dd>([\d,]+)", "tile of exceptions"),
    ("index.html", changed_figure, r"<dt>To correct</dt><dd>([\d,]+)", "tile of corrections"),
    ("index.html", changed_figure, r"<dt>Drift</dt><dd>([\d,]+)", "tile of drift"),
    ("index.html", changed_figure, r"<dt>Exceptions</dt><dd>[^<]*</dd><dd>(\d+)", "tile: what is new and put right"),
    ("index.html", changed_figure, r"<dt>Teams at zero</dt><dd>(\d+)", "tile of teams at zero"),
    ("index.html", changed_figure, r"<dt>Records checked</dt><dd>([\d,]+)", "tile of records"),
    ("index.html", changed_figure, r'class="teams.*?' + FIGURE, "counts of a team"),
    ("index.html", another_word, r'class="teams.*?<td><span class="[^"]*">([^<]+)', "standing of a team"),
    ("index.html", dropped, r'^<tr><th scope="row"><a href="\./teams/[^\n]*\n', "the teams of the dashboard"),
    ("index.html", changed_figure, r'class="measures.*?<td class="n">([\d.]+)', "percent is that of measures.csv"),
    ("index.html", changed_figure, r'class="measures.*?<td class="n">[^<]*<td class="n">([\d,]+)', "'Met it' is that of measures.csv"),
    ("index.html", another_word, r'class="measures.*?class="(?:red|amber|green)">(\w+)', "RAG is that of measures.csv, as a word too"),
    ("index.html", changed_figure, r"By team</caption>.*?<tr><th scope=\"row\">[^<]*<td>[^<]*<td[^>]*>[^<]*<td>([\d,]+)",
     "'Judged' is that of measures.csv"),
    ("index.html", changed_figure, r"([\d,]+) records were read", "the dashboard's reconciliation"),
    ("index.html", changed_figure, r"Files read.*?" + FIGURE, "an input's figures"),
    ("index.html", another_word, r"Files read.*?<p>([^<]*)</p>", "an input's remarks"),
    ("index.html", dropped, r"(?<=<ul><li>)All extracts hold[^<]*</li><li>", "the remarks of a run are on the dashboard"),
    ("index.html", dropped, r'<p class="note amber" role="note">All extracts[^<]*</p>', "a page says where the extracts may be old"),
    ("index.html", dropped, r"<dt>\d+: there is no extract of [^<]*</dt><dd>[^<]*</dd>", "the rules that judged nothing, by reason"),
    ("index.html", changed_figure, r'href="\./rules/[^"]*\.htm(l)"', "the link to the cases of a figure leads to a page"),
    ("rules/*.html", changed_figure, r"The cases \(([\d,]+)\)", "how many cases a rule has"),
    ("rules/*.html", changed_figure, r'id="figure".*?' + r'<td class="n">([\d.]+)', "percent is that of measures.csv"),
    ("rules/*.html", changed_figure, r'tbody>\s*<tr><td class="missing">[^<]*<td class="missing">[^<]*<th scope="row">[^<]*?(\d)<',
     "each case of a rule's pages is in exceptions.csv"),
    ("teams/*/drift.html", changed_figure, r"<dt>Overdue</dt><dd>([\d,]+)", "tile of a section"),
    ("teams/*/drift.html", changed_figure, r"<dt>To correct</dt><dd>([\d,]+)", "tile of a team's corrections"),
    ("teams/*/drift.html", changed_figure, r'class="ageing".*?' + FIGURE, "ageing on a page and in drift.csv"),
    ("teams/*/drift.html", changed_figure, r'id="workers".*?' + FIGURE, "the workers on a page and in drift.csv"),
    ("teams/*/drift.html", changed_figure, r'id="list-overdue">Overdue \(([\d,]+)\)', "the count above a section"),
    ("teams/*/drift.html", another_word, r'<p class="note [^>]*>([^<]*)', "the standing on a page and in drift.csv"),
    ("measures.csv", changed_figure, r",(\d+),\d+,\d+,\d+,\d+,\d+,\d+,\d+,\d", "judged is the sum of the verdicts"),
    ("measures.csv", another_word, r",(red|amber|green)\n", "green at the target and beyond"),
    ("exceptions.csv", changed_figure, r",(\d+),[^,\n]*,[^,\n]*,[^,\n]*\n", "the teams' lists together are exceptions.csv"),
    ("exceptions.csv", dropped, ROW, "summary.json: exceptions in all"),
    ("teams/*/exceptions.csv", dropped, ROW, "a team's list is its part of exceptions.csv"),
    ("teams/*/drift.csv", changed_figure, r"\ntotal[^\n]*?,(\d+),,,overdue", "drift.csv: the total of a section"),
    ("teams/*/drift.csv", dropped, r"^overdue,[^\n]*\n", "drift.csv: overdue is that of exceptions.csv"),
    ("teams/*/drift.csv", dropped, r"^failed,[^\n]*\n", "drift.csv: failed is that of exceptions.csv"),
    ("rejects/*.csv", dropped, ROW, "each record rejected is kept in rejects/"),
    ("summary.json", changed_figure, r'"rowsChecked": (\d+)', "read = checked + rejected"),
    ("summary.json", changed_figure, r'"byTeam": .*?"drift": (\d+)', "summary.json: drift of a team"),
    ("run.json", changed_figure, r'"rowsRead": (\d+)', "an input's figures in run.json"),
    ("metrics.prom", changed_figure, r'casecheck_exceptions\{[^\n]*"drift"\} (\d+)', "metrics.prom says what summary.json does"),
]
# Files of two teams in each other's place: one by one, and the two that agree with each other.
SWAPS = [
    (("exceptions.csv",), "a team's list has its rows alone"), (("drift.csv",), "drift.csv: overdue is that of exceptions.csv"),
    (("drift.html",), "each case of a team's pages is in drift.csv"),
    (("drift.csv", "drift.html"), "drift.csv: overdue is that of exceptions.csv"),
]


class Noticed(Facts):
    """Keeps what was wrong, and prints nothing."""

    def __init__(self):
        super().__init__()
        self.told = []

    def that(self, holds, what, detail=""):
        self.checked += 1
        if not holds:
            self.wrong += 1
            self.told.append((what, str(detail)))
        return holds


def is_noticed(copy, wanted, abouts, done):
    """Whether the fact that is about a change is wrong, and names each team or rule concerned.

    An exception is no answer: it tells nobody which figure is wrong, and would hide all that comes behind it."""
    facts = Noticed()
    try:
        check(copy, facts)
    except Exception as error:
        print(f"THE CHECK BROKE over {done}: {error!r}")
        return False
    of_kind = [detail for what, detail in facts.told if what == wanted]
    for about in abouts:
        if not any(about in detail for detail in of_kind):
            print(f"NOT NOTICED: {done}, by {wanted!r} of {about!r}; but {sorted({what for what, _ in facts.told})}")
            return False
    return True


def changed(copy, place, change, pattern):
    """Changes the longest file that has something to change; returns it, or None."""
    for path in sorted(copy.glob(place), key=lambda path: (-path.stat().st_size, path)):
        text = path.read_bytes().decode()
        try:
            path.write_bytes(change(text, pattern).encode())
            return path
        except ValueError:
            continue
    return None


def selftest(out):
    facts = Noticed()
    check(out, facts)
    missed = len(facts.told)
    for what, detail in facts.told:
        print(f"WRONG BEFORE ANY CHANGE: {what}: {detail}")
    for place, change, pattern, wanted in CHANGES:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "out"
            shutil.copytree(out, copy)
            path = changed(copy, place, change, pattern)
            if path is None:
                print(f"NOTHING TO CHANGE in {place}: {pattern}")
                missed += 1
                continue
            of_team = path.parent.parent == copy / "teams"
            of_rule = path.parent == copy / "rules" and read_rule(path)
            abouts = [path.parent.name if of_team else of_rule or ""]
            missed += not is_noticed(copy, wanted, abouts, f"{change.__name__} in {path.relative_to(copy)}: {pattern}")
    # Teams that have something overdue, the most first.
    late = sorted(out.glob("teams/*/drift.csv"), key=lambda path: (-counted(read_csv(path), "section")["overdue"], path))[:2]
    one, other = (path.parent.name for path in late)
    for names, wanted in SWAPS:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "out"
            shutil.copytree(out, copy)
            for name in names:
                shutil.copy(out / "teams" / one / name, copy / "teams" / other / name)
                shutil.copy(out / "teams" / other / name, copy / "teams" / one / name)
            missed += not is_noticed(copy, wanted, [one, other], f"{' and '.join(names)} of two teams swapped")
    print(f"{len(CHANGES) + len(SWAPS)} figures and files changed, {missed} not noticed")
    return missed == 0


def read_rule(path):
    """The name of the rule of a page."""
    return words(Page(path).select("//dt[.='Rule']/following-sibling::dd[1]")[0]).partition(",")[0]


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--selftest"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    out = pathlib.Path(arguments[0])
    if "--selftest" in sys.argv:
        sys.exit(0 if selftest(out) else 1)
    facts = Facts()
    check(out, facts)
    facts.finish()


if __name__ == "__main__":
    main()
