"""Random table definitions and random extracts for them, checked against what the contract alone says must come out.

    check_definitions.py PROGRAM [ROUNDS [SEED [KEEP]]]

In each round definition_tables.py makes tables (types, formats, constraints, code lists, keys, references, dialects, encodings), and
definition_extracts.py makes files for them that contain faults. definition_oracle.py was written from the contract without sight of the
program's sources. It works out each exception, each rejected record, how many records of each file were read, checked and rejected, the
measures, and the exit code. Rounds that differ are kept in the folder KEEP. With BREAK=1 in the environment the oracle is made wrong in
one place in each round: every round must then differ, and the exit status is 1 where one does not. FEATURES=1 prints what the rounds
contained; ONLY=N runs a single round.
"""

import csv
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from datetime import date

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from blackbox import Facts, read_csv, run, short, team_lists  # noqa: E402

import definition_tables  # noqa: E402
import definition_extracts as extracts  # noqa: E402
import definition_mistakes as mistakes  # noqa: E402
from definition_oracle import Oracle  # noqa: E402
from definition_reader import Unsaid  # noqa: E402

AS_OF = date(2016, 1, 31)
COLUMNS = ["rule", "status", "severity", "list", "pack", "team", "worker", "person_id", "table", "record_id", "field", "value", "occasion",
           "from", "due_on", "done_on", "days_late", "source_file", "source_line", "blocks"]
GUARDED = ("=", "+", "-", "@", "\t", "\r")


def bare(text):
    """A cell without the mark that keeps a spreadsheet from running it; the contract does not say what the mark is."""
    return text[1:] if text[:1] == "'" and text[1:].lstrip(" ")[:1] in GUARDED else text


def exception_rows(rows, skipped):
    found = Counter()
    for row in rows:
        blocks = row["blocks"].split() if isinstance(row["blocks"], str) else sorted(row["blocks"])
        cells = {**row, "blocks": " ".join(name for name in blocks if name not in skipped)}
        found[tuple(bare(cells[column]) for column in COLUMNS)] += 1
    return found


class Round:
    def __init__(self, facts, program, folder, number, seed):
        self.facts, self.program, self.folder, self.where = facts, program, folder, f"round {number}"
        chance = random.Random(f"{seed} {number}")
        self.chance = chance
        pack = chance.choice([None, None, None, "mine"])
        self.decoy = folder / "earlier" if chance.random() < 0.2 else None
        extracts.features["rounds with an overridden rules folder"] += bool(self.decoy)
        extracts.features["rounds with a pack"] += bool(pack)
        tables, codes, rules = definition_tables.make(chance, AS_OF, folder / "rules", pack, self.decoy)
        maker = extracts.Maker(chance, AS_OF, codes)
        files = []
        for table in tables:
            for count in range(1, 1 + chance.choice([1, 1, 1, 2, 3] + [0] * (table is not tables[0]))):
                files.append(maker.file(table, count))
        (folder / "extracts").mkdir()
        for file in files:
            if chance.random() < 0.1:
                # Settled 15: a file is named by its path below EXTRACTS, with `/`. "~" sorts after every letter.
                file.name = "~z/" + file.name
                extracts.features["file in a folder"] += 1
            path = folder / "extracts" / file.name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(file.data)
        self.oracle = Oracle(tables, codes, rules, files, AS_OF, pack)
        note_features(tables, codes, self.oracle)

    def check(self):
        before, out = self.facts.wrong, self.folder / "out"
        earlier = ["--rules", self.decoy] if self.decoy else []
        result = run(self.program, "validate", self.folder / "extracts", *earlier, "--rules", self.folder / "rules", "--as-of", AS_OF,
                     "--out", out,
                     "--format", "csv,json", "--threads", self.chance.choice([1, 2]))
        oracle = self.oracle
        if not oracle.unsure:
            self.facts.same(result.returncode, oracle.code, "exit code", self.where + " " + result.stderr[:300])
        if not out.is_dir():
            self.facts.that(False, "lists are written", f"{self.where}: {result.stderr[:900]}")
            return False
        self.exceptions(read_csv(out / "exceptions.csv"))
        self.rejects(out)
        self.inputs(out)
        self.measures(read_csv(out / "measures.csv"))
        self.teams(out)
        return self.facts.wrong == before

    def exceptions(self, rows):
        facts, oracle = self.facts, self.oracle
        whole = [row for row in oracle.exceptions if row["source_line"] == "*"]
        # Settled 33 does not say what the record_id and field of an exception of a whole file are.
        for row in whole:
            same = [r for r in rows if (r["rule"], r["source_file"], r["source_line"]) == (row["rule"], row["source_file"], "")]
            facts.same(len(same), 1, "one exception per file for a required heading", f"{self.where} {row['rule']} {row['source_file']}")
        for rule, table, name, _ in oracle.rules:
            reads = [oracle.reads[file.name] for file in oracle.files if file.table["table"] == table]
            if any(found.rows for found in reads) and not any(name in found.columns for found in reads):
                # A rule that reads a column which no file has is not evaluated; the run says so once.
                oracle.skipped.add(rule["rule"])
        skipped = {rule for rule in oracle.skipped if rule.endswith(".reference") or "." not in rule}
        rows_of_records = [row for row in rows if not (row["source_line"] == "" and row["table"])]
        found = exception_rows([row for row in rows_of_records if row["rule"] not in skipped], skipped)
        wanted = exception_rows([r for r in oracle.exceptions if r["rule"] not in skipped and r not in whole], skipped)
        for row in (found - wanted).elements():
            facts.that(False, f"exceptions: too much, {kind(row)}", f"{self.where}: {shown(row)}")
        for row in (wanted - found).elements():
            facts.that(False, f"exceptions: not there, {kind(row)}", f"{self.where}: {shown(row)}")
        for _ in (wanted & found).elements():
            facts.that(True, "exceptions")
        facts.same(len(rows) - len(rows_of_records), len(whole), "exceptions of whole files", self.where)
        order = [sort_key(row) for row in rows]
        facts.that(order == sorted(order), "exceptions are sorted", self.where)
        messages = {(r["rule"], r["source_file"], r["source_line"]): r["message"] for r in rows}
        for row in oracle.exceptions:
            if row["look"]:
                message = messages.get((row["rule"], row["source_file"], row["source_line"]), "")
                facts.that(row["look"] in message, f".type says {row['look']}", f"{self.where}: {message}")
                extracts.features["message: " + row["look"]] += 1

    def rejects(self, out):
        found, wanted = Counter(), Counter()
        reasons = {}
        # rejects/FILE.csv: the contract does not say how FILE is written where the file's name is not a plain one.
        plain = {file.name for file in self.oracle.files if re.fullmatch(r"[a-z0-9_]+\.csv", file.name)}
        for path in out.glob("rejects/**/*.csv"):
            name = str(path.relative_to(out / "rejects"))
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    place = name if name in plain else ""
                    found[place, row["line"], bare(row["text"])] += 1
                    reasons.setdefault((place, row["line"]), []).append(row["reason"])
        for file in self.oracle.files:
            for line, text, word in self.oracle.reads[file.name].rejected:
                place = file.name if file.name in plain else ""
                wanted[place, str(line), bare(text)] += 1
                reason = reasons.get((place, str(line)), [])
                if word == "trailing" and any("total or a footer" in text for text in reason):
                    continue  # a record that begins like a total is called one: nearer the mark than its trailing comma
                where = f"{self.where} {file.name}:{line} {reason}"
                self.facts.that(any(word in text and text for text in reason), "reason of a rejected record", where)
        for row in (found - wanted).elements():
            self.facts.that(False, "rejects: too much", f"{self.where}: {short(row)}")
        for row in (wanted - found).elements():
            self.facts.that(False, "rejects: not there", f"{self.where}: {short(row)}")
        for _ in (wanted & found).elements():
            self.facts.that(True, "rejects")

    def inputs(self, out):
        facts, run_json, summary = self.facts, json.loads((out / "run.json").read_text()), json.loads((out / "summary.json").read_text())
        provenance = {entry["name"]: entry for entry in run_json["inputs"]}
        figures = {entry["name"]: entry for entry in summary["inputs"]}
        names = [file.name for file in self.oracle.files]
        facts.same(sorted(provenance), sorted(names), "inputs of run.json", self.where)
        facts.same(sorted(figures), sorted(names), "inputs of summary.json", self.where)
        total = Counter()
        for file in self.oracle.files:
            found, where = self.oracle.reads[file.name], f"{self.where} {file.name}"
            checked, rejected = len(found.rows), len(found.rejected)
            counts = {"rowsRead": checked + rejected, "rowsChecked": checked, "rowsRejected": rejected}
            total.update(counts)
            for entry in (provenance.get(file.name, {}), figures.get(file.name, {})):
                facts.same({key: entry.get(key) for key in counts}, counts, "rows read, checked, rejected", where)
                facts.same(entry.get("table"), file.table["table"], "table of a file", where)
                if not found.unsure:
                    facts.same(entry.get("trusted"), found.trusted, "file trusted", where + f" {found.why}")
            entry = provenance.get(file.name, {})
            facts.same(entry.get("size"), len(file.data), "size", where)
            facts.same(entry.get("sha256"), hashlib.sha256(file.data).hexdigest(), "digest", where)
            entry = figures.get(file.name, {})
            unknown = sorted({heading.strip() for heading in found.unknown} - {""})
            facts.same(sorted({h.strip() for h in entry.get("unknownHeadings", [])} - {""}), unknown, "unknown headings", where)
            for name in found.double:  # settled 35: the fault names both columns
                facts.that(any(name in json.dumps(fault) for fault in entry["faults"]), "two columns for one field are named", where)
            for line in found.footers_kept:  # settled 47: the run says that it kept it
                said = any(f"{file.name}: line {line} " in remark and "footer" in remark for remark in summary["remarks"])
                facts.that(said, "a kept footer is said", where)
        wanted = {"read": total["rowsRead"], "checked": total["rowsChecked"], "rejected": total["rowsRejected"]}
        facts.same(summary["reconciliation"], wanted, "reconciliation", self.where)
        if not self.oracle.unsure:
            facts.same(summary["trusted"], self.oracle.trusted, "run trusted", self.where)

    def teams(self, out):
        """Settled 16: a team's list has the same columns and the team's rows; together the lists have all rows."""
        team_lists(out, self.facts, self.where)
        everything, parts = read_csv(out / "exceptions.csv"), []
        for path in (out / "teams").glob("*/exceptions.csv"):
            rows = read_csv(path)
            self.facts.that(len({row["team"] for row in rows}) <= 1, "a team's list holds one team", f"{self.where} {path}")
            parts += rows
        count = [Counter(tuple(row.values()) for row in rows) for rows in (everything, parts)]
        self.facts.that(count[0] == count[1], "the teams' lists together are the whole list", self.where)
        total = json.loads((out / "summary.json").read_text())
        self.facts.same(total["totals"]["exceptions"], len(everything), "total of exceptions", self.where)
        listed = {entry["rule"]: entry["exceptions"] for entry in total["byRule"] if entry["exceptions"]}
        self.facts.same(listed, dict(Counter(row["rule"] for row in everything)), "exceptions by rule", self.where)

    def measures(self, rows):
        """Settled 19: which rows each constraint judges."""
        for row in rows:
            self.facts.same(row["percent"], percent(row), "percent", f"{self.where} {row['rule']} {row['team']}")
        found = {(r["rule"], bare(r["team"])): tuple(int(r[c]) for c in ("judged", "met", "failed", "cannot_judge")) for r in rows}
        counted = self.oracle.measures
        wanted = {(rule, team): tuple(counted[rule, team, c] for c in ("judged", "met", "failed", "cannot_judge"))
                  for rule, team, _ in counted}
        for key in sorted(set(found) | set(wanted)):
            if key[0].endswith(".row") or key[0] in self.oracle.skipped:
                continue
            # There is one row for each rule and team with at least one verdict, and always one for `(all)`.
            default = (0, 0, 0, 0) if key[1] == "(all)" else None
            what = "measures of " + key[0].split(".")[-1].split("-")[0]
            self.facts.same(found.get(key), wanted.get(key, default), what, f"{self.where} {key}")


def percent(row):
    """Product, measures.csv: rounded half up to one decimal, but 100.0 only if nothing broke the rule and 0.0 only if nothing met it."""
    met, broken = int(row["met"]), sum(int(row[column]) for column in ("failed", "late", "overdue"))
    if met + broken == 0:
        return ""
    tenths = (met * 2000 + met + broken) // (2 * (met + broken))
    tenths = min(tenths, 999) if broken else tenths
    tenths = max(tenths, 1) if met else tenths
    return f"{tenths // 10}.{tenths % 10}"


def sort_key(row):
    def text(cell):
        return cell.encode()
    return (*(text(row[c]) for c in ("team", "list", "rule", "person_id", "record_id")), int(row["occasion"] or 0), text(row["field"]),
            text(row["source_file"]), int(row["source_line"] or 0))


def kind(row):
    return row[0].split(".")[-1] if "." in row[0] else "check"


def shown(row):
    return {name: cell for name, cell in zip(COLUMNS, row) if cell}


def note_features(tables, codes, oracle):
    features = extracts.features
    for table in tables:
        kind = "compound" if isinstance(table.get("primaryKey"), list) else "simple" if "primaryKey" in table else "none"
        features[f"key {kind}"] += 1
        for foreign in table.get("foreignKeys", []):
            features["foreign key " + ("compound" if len(foreign["reference"]["fields"]) == 2 else "simple")] += 1
        for field in table["fields"]:
            form = field.get("format")
            formats = f", {len(form) if isinstance(form, list) else 1} format" if form else ""
            features[f"type {field.get('type', 'string')}{formats}"] += 1
            for name in ("trueValues", "decimalChar", "groupChar", "codes"):
                features[f"field with {name}"] += name in field
            for name, argument in field.get("constraints", {}).items():
                features[f"constraint {name}" + (" asOf" if argument == "asOf" else "")] += 1
        features["missingValues"] += "missingValues" in table
        features["required " + str(table.get("required", False)) + ", mayBeEmpty " + str(table.get("mayBeEmpty", False))] += 1
        features["quoteChar " + table.get("dialect", {}).get("quoteChar", "default")] += 1
    features["code lists with from, to"] += sum(any(span != (None, None) for span in held.values()) for held in codes.values())
    features["code lists"] += len(codes)
    for found in oracle.reads.values():
        for why in found.why:
            features["untrusted: " + why] += 1
    for file in oracle.files:
        features["files"] += 1
        features["records"] += len(oracle.reads[file.name].rows)
        features["records rejected"] += len(oracle.reads[file.name].rejected)
        features["footers read as records"] += len(oracle.reads[file.name].footers_kept)
    for row in oracle.exceptions:
        features["exception " + (row["rule"].split(".")[-1] if "." in row["rule"] else "of a check: " + row["status"])] += 1
        features["exception with blocks"] += bool(row["blocks"])


def break_oracle(oracle, chance):
    """Makes one expectation wrong, to see that the difference is found."""
    compared = [entry for entry in oracle.exceptions if entry["source_line"] != "*" and entry["rule"] not in oracle.skipped]
    if compared:
        entry = chance.choice(compared)
        entry[chance.choice(["value", "record_id", "rule", "team", "source_file"])] += "x"
    else:
        oracle.code += 1
        oracle.unsure = False


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: check_definitions.py PROGRAM [ROUNDS [SEED [KEEP]]]")
    program = str(pathlib.Path(sys.argv[1]).absolute())
    rounds, seed, keep = (sys.argv[2:] + ["60", "1", ""][len(sys.argv) - 2:])[:3]
    facts, differing, unnoticed = Facts(), [], []
    only = os.environ.get("ONLY")
    with tempfile.TemporaryDirectory() as place:
        for number in range(1, int(rounds) + 1):
            if only and number != int(only):
                continue
            folder = pathlib.Path(place) / str(number)
            try:
                one = Round(facts, program, folder, number, seed)
            except Unsaid as reason:
                extracts.features[f"rounds left out: {reason}"] += 1
                shutil.rmtree(folder)
                continue
            is_broken = bool(os.environ.get("BREAK"))
            if is_broken:
                break_oracle(one.oracle, one.chance)
            if not one.check():
                differing.append(number)
            elif is_broken:
                unnoticed.append(number)
                if keep:
                    shutil.copytree(folder, pathlib.Path(keep) / f"{seed}-{number}", dirs_exist_ok=True)
            shutil.rmtree(folder)
        if not only:
            mistakes.check(facts, program, pathlib.Path(place) / "mistakes")
    print(f"seed {seed}: {len(differing)} of {rounds} rounds differ: {differing[:40]}")
    if os.environ.get("FEATURES"):
        for name, count in sorted(extracts.features.items()):
            print(f"{count:8} {name}")
    if os.environ.get("BREAK"):
        # Here facts are meant to be wrong: what counts is that no round agrees with an oracle that was made wrong.
        print(f"the oracle was made wrong in each round; {len(unnoticed)} rounds did not notice: {unnoticed[:40]}")
        sys.exit(1 if unnoticed or not differing else 0)
    facts.finish()


if __name__ == "__main__":
    main()
