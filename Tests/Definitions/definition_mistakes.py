"""Mistakes in table definitions: each is found before any data is read, is shown with its place, and exits 2 (rule-language, product)."""

import re
import shutil

from blackbox import run, write

BASE = """table: alpha
title: Alpha
files: ["alpha*.csv"]
primaryKey: k
person: p
owner: {team: t}
multiline: [note]
missingValues: ["", "NULL"]
dialect: {delimiter: ",", quoteChar: '"'}
fields:
  - {name: k, headings: [Record ID]}
  - {name: p, headings: [Person]}
  - {name: t, headings: [Team]}
  - {name: note, headings: [Notes]}
  - {name: d, headings: [Day], type: date, format: "%d/%m/%Y", constraints: {minimum: 1990-01-01, maximum: asOf}}
  - {name: n, headings: [Num], type: integer, constraints: {minimum: 0}}
  - {name: x, headings: [Num2], type: number, decimalChar: ","}
  - {name: b, headings: [Bool], type: boolean, trueValues: [ja], falseValues: [nein]}
  - {name: c, headings: [Code], codes: letters}
  - {name: s, headings: [Text], constraints: {pattern: "[A-Z]+", minLength: 1, maxLength: 9, enum: [A, B]}}
  - {name: a_k, headings: [Other], constraints: {unique: true}}
foreignKeys:
  - {fields: a_k, reference: {table: alpha, fields: k}, as: other}
---
codes: letters
values: {A: a, B: b}
"""

# What is wrong, the text that is replaced, its replacement, and, where the contract asks for it, the nearest right name, which the
# message must contain.
MISTAKES = [
    ("nothing", "", "", None),
    ("unknown key of a table", "missingValues:", "missingValue:", "missingValues"),
    ("unknown key of a field", 'decimalChar: ","', 'decimalchar: ","', "decimalChar"),
    ("bareNumber, which is not among our keys", 'decimalChar: ","', "bareNumber: false", ""),
    ("unknown constraint", "minLength: 1", "minlength: 1", "minLength"),
    ("unknown key of the dialect", "quoteChar: '\"'", "quotechar: '\"'", "quoteChar"),
    ("unknown type", "type: integer", "type: interger", "integer"),
    ("misspelt field in primaryKey", "primaryKey: k", "primaryKey: kk", "k"),
    ("misspelt field in person", "person: p", "person: pp", "p"),
    ("misspelt field in owner", "owner: {team: t}", "owner: {team: tt}", "t"),
    ("misspelt field in multiline", "multiline: [note]", "multiline: [notes]", "note"),
    ("misspelt field of a foreign key", "- {fields: a_k,", "- {fields: a_kk,", "a_k"),
    ("misspelt table of a reference", "reference: {table: alpha", "reference: {table: alpa", "alpha"),
    ("misspelt field of a reference", "fields: k}", "fields: kk}", "k"),
    ("unknown code list", "codes: letters}", "codes: leters}", "letters"),
    ("unused code list", ", codes: letters}", "}", "letters"),
    ("two formats that could both read a text", 'format: "%d/%m/%Y"', 'format: ["%d/%m/%Y", "%m/%d/%Y"]', ""),
    ("a minimum that is no date", "minimum: 1990-01-01", "minimum: soon", ""),
    ("a minimum that is no day of the calendar", "minimum: 1990-01-01", "minimum: 1990-02-30", ""),
    ("a minimum that is no number", "minimum: 0", "minimum: x", ""),
    ("a pattern that RE2 does not have: lookahead", '"[A-Z]+"', '"(?=A)[A-Z]+"', ""),
    ("a pattern that RE2 does not have: backreference", '"[A-Z]+"', '"(A)\\\\1"', ""),
    ("a pattern that is not closed", '"[A-Z]+"', '"[A-Z+"', ""),
    ("maxLength that is no number", "maxLength: 9", "maxLength: nine", ""),
    ("unique that is no yes or no", "unique: true", "unique: perhaps", ""),
    ("an unknown part of a format", 'format: "%d/%m/%Y"', 'format: "%d/%q/%Y"', ""),
    ("two fields of one name", "- {name: p, headings: [Person]}", "- {name: k, headings: [Person]}", ""),
    ("a field without a name", "- {name: p, headings: [Person]}", "- {headings: [Person]}", "name"),
    ("an expression of owner that is not whole", "owner: {team: t}", 'owner: {team: "t +"}', ""),
    ("a key twice", "title: Alpha", "title: Alpha\ntitle: Beta", "title"),
    ("a code list with a key twice", "{A: a, B: b}", "{A: a, A: b}", "A"),
    ("a code list whose file is not there", "values: {A: a, B: b}", "file: nowhere.csv", "nowhere.csv"),
    ("an unknown encoding", "missingValues:", "encoding: utf-9\nmissingValues:", ""),
    ("a delimiter of two letters", 'delimiter: ","', 'delimiter: ",,"', ""),
    ("a quote of two letters", "quoteChar: '\"'", "quoteChar: '\"\"'", ""),
    ("required that is no yes or no", "missingValues:", "required: often\nmissingValues:", ""),
    ("an unknown key of a foreign key", "as: other}", "ass: other}", "as"),
]


def check(facts, program, folder):
    extracts = folder / "extracts"
    write(extracts / "alpha.csv", "Record ID,Person,Team,Notes,Day,Num,Num2,Bool,Code,Text,Other\nR1,P1,T,,01/01/2016,1,1,ja,A,A,R1\n")
    for what, old, new, word in MISTAKES:
        assert what == "nothing" or BASE.count(old) == 1, f"{what}: {old} stands {BASE.count(old)} times"
        rules = write(folder / "rules" / "rules.yaml", BASE.replace(old, new) if old else BASE)
        out = folder / "out"
        result = run(program, "validate", extracts, "--rules", rules.parent, "--as-of", "2016-01-31", "--out", out, "--format", "csv,json")
        facts.same(result.returncode, 0 if what == "nothing" else 2, "exit code of a mistake", f"{what} {result.stderr[:300]}")
        if what != "nothing":
            line = BASE[:BASE.index(old)].count("\n") + 1
            # An unused code list is shown where the list is; a name given twice may be shown at either place.
            lines = {line, line + 1} if "twice" in what or "without" in what else {24, 25} if "unused" in what else {line}
            places = {int(n) for n in re.findall(r"rules\.yaml:(\d+):\d+:", result.stderr)}
            facts.that(places & lines, "file:line:column of a mistake", f"{what}: line {line}, {result.stderr[:300]}")
            # Messages put names between backquotes; without them a word of one letter would stand in any message.
            facts.that(not word or f"`{word}`" in result.stderr, "the nearest right name", f"{what}: {word}, {result.stderr[:300]}")
            facts.that(not out.exists(), "nothing is written", what)
        shutil.rmtree(out, ignore_errors=True)
