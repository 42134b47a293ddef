/// Keys and names that are not there, say nothing or do not go together.
extension RuleFileTests {
  static let keyCases: [Case] = [
    Case(
      what: "a single value in place of keys",
      text: "rules:\n  - {rule: r, for: duties, check: has(id), target: 95%}\n",
      said: [
        "rules.yaml:2:52: error: `target` is a mapping of keys to values, not a single value. Its keys are `atLeast`, `atMost`, `amberFrom`, `steps`, `of`."
      ]),
    Case(
      what: "another word for a key",
      text: "rules:\n  - {rule: r, table: duties, check: has(id)}\n",
      said: ["rules.yaml:2:15: error: there is no key `table` in the rule `r`. Did you mean `for`?"]
    ),
    Case(
      what: "keys that YAML would merge",
      text:
        "rules:\n  - &r {rule: r, for: duties, check: has(id)}\n  - {<<: *r, rule: s, for: duties, check: has(id)}\n",
      said: [
        "rules.yaml:3:6: error: there is no key `<<` in the rule `s`. Keys are not merged from elsewhere: write out what they are to hold."
      ]),
    Case(
      what: "a misspelt key whose value does not fit the one that may be meant, told once",
      text: "table: calls\nfiles: [c*.csv]\ndialect: {header: true}\nfields: [{name: a}]\n",
      said: [
        "rules.yaml:3:11: error: there is no key `header` in `dialect`. Did you mean `headerRow`?"
      ]),
    Case(
      what: "a list of codes whose file is not there, told once",
      text:
        "codes: kinds\nfile: kinds.csv\n---\ntable: calls\nfiles: [c*.csv]\nfields:\n  - {name: a, codes: kinds}\n",
      said: ["rules.yaml:2:7: error: there is no file `kinds.csv`."]),
    Case(
      what: "a reference of another type, told once though a rule goes by it",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a, type: integer}\nforeignKeys:\n  - {fields: a, reference: {table: duties, fields: id}, as: up}\n---\nrules:\n  - {rule: r, for: calls, check: has(up.id)}\n",
      said: [
        "rules.yaml:6:14: error: `a` is of type integer and `duties.id` of type string. Give both the same type."
      ]),
    Case(
      what: "a key without a value, which would leave a rule to judge every row",
      text: "rules:\n  - rule: r\n    for: duties\n    when:\n    check: has(id)\n",
      said: ["rules.yaml:4:5: error: `when` says nothing. Write its value, or take the key out."]),
    Case(
      what: "a key without a value, without which there is no rule",
      text: "rules:\n  - {rule: r, for: ~, check: has(id)}\n",
      said: ["rules.yaml:2:15: error: `for` says nothing."]),
    Case(
      what: "allowed texts that a number never is",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a, type: integer, constraints: {enum: [1, a, 1.5, -2]}}\n  - {name: b, type: number, constraints: {enum: [1.5, \"2e3\", \"x\"]}}\n  - {name: c, constraints: {enum: [1, a]}}\n",
      said: [
        "rules.yaml:4:54: error: `a` is no whole number, and a field of type integer never holds it. Take it out, or give the field another `type`.",
        "rules.yaml:4:57: error: `1.5` is no whole number, and a field of type integer never holds it.",
        "rules.yaml:5:62: error: `x` is no number, and a field of type number never holds it.",
      ]),
    Case(
      what: "a least value above the greatest, of which one is a day and the other a time of it",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a, type: datetime, constraints: {minimum: 2016-02-01, maximum: 2016-01-31T09:00}}\n  - {name: b, type: datetime, constraints: {minimum: 2016-02-01T09:00, maximum: 2016-01-31}}\n  - {name: c, type: datetime, constraints: {minimum: 2016-01-31T09:00, maximum: 2016-01-31}}\n",
      said: [
        "rules.yaml:4:54: error: `minimum` is more than `maximum`.",
        "rules.yaml:5:54: error: `minimum` is more than `maximum`.",
      ]),
    Case(
      what: "a reference by a derived column",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a}\nderived:\n  - {name: duty_id, type: string, value: a.trim()}\nforeignKeys:\n  - {fields: duty_id, reference: {table: duties, fields: id}}\n",
      said: [
        "rules.yaml:8:14: error: there is no field `duty_id` in calls. It is a derived column, and those cannot be part of a foreign key: name fields alone."
      ]),
    Case(
      what: "last period's rows among those of this one",
      text:
        "rules:\n  - {rule: r, for: duties, check: has(id)}\ntests:\n  - {test: t, asOf: 2016-01-31, given: {earlier.duties: [{id: A}]}, expect: {r: {A: met}}}\n",
      said: [
        "rules.yaml:4:41: error: there is no table `earlier.duties`. Last period's rows stand beside `given`: earlier: {duties: [...]}."
      ]),
    Case(
      what: "two references of one name, of which one would win",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a}\n  - {name: b}\nforeignKeys:\n  - {fields: a, reference: {table: duties, fields: id}, as: up}\n  - {fields: b, reference: {table: events, fields: event_id}, as: up}\n",
      said: [
        "rules.yaml:8:67: error: another foreign key of calls is named `up` already. Give each a name of its own."
      ]),
    Case(
      what: "a reference to what several rows may have",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a}\nforeignKeys:\n  - {fields: a, reference: {table: duties, fields: note}, as: up}\n",
      said: [
        "rules.yaml:6:28: warning: several rows of duties may have the same `note`, of which the first counts."
      ]),
    Case(
      what: "a reference without fields",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a}\nforeignKeys:\n  - {fields: [], reference: {table: duties}}\n  - {fields: a, reference: {table: duties, fields: []}}\n",
      said: [
        "rules.yaml:6:14: error: `fields` names nothing. Write its values, or take the key out.",
        "rules.yaml:7:52: error: `fields` names nothing. Write its values, or take the key out.",
      ]),
    Case(
      what: "a reference to a table that is not there, told once",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a}\nforeignKeys:\n  - {fields: a, reference: {table: dutys, fields: nobody}, as: up}\n---\nrules:\n  - {rule: r, for: calls, check: has(up.id)}\n",
      said: ["rules.yaml:6:36: error: there is no table `dutys`. Did you mean `duties`?"]),
    Case(
      what: "names that no expression could use",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a}\nderived:\n  - {name: asOf, value: a}\n  - {name: my col, value: a}\nforeignKeys:\n  - {fields: a, reference: {table: duties, fields: id}, as: this}\n",
      said: [
        "rules.yaml:6:12: error: `asOf` is a word of the rule language and cannot name a derived column.",
        "rules.yaml:7:12: error: `my col` cannot be the name of a derived column.",
        "rules.yaml:9:61: error: `this` is a word of the rule language and cannot name a reference.",
      ]),
    Case(
      what: "a field that stands twice in a key",
      text: "table: calls\nfiles: [c*.csv]\nprimaryKey: [a, a]\nfields:\n  - {name: a}\n",
      said: ["rules.yaml:3:17: error: `a` stands in the key already."]),
    Case(
      what: "holidays without a day",
      text:
        "calendar: other\ncovers: {from: 2016-01-01, to: 2016-12-31}\nholidays: [2016-01-01, {name: Good Friday}, [2016-03-28]]\n",
      said: [
        "rules.yaml:3:24: error: a holiday needs its `date`.",
        "rules.yaml:3:45: error: a list is not a date.",
      ]),
    Case(
      what: "another quote within single quotes opens nothing",
      text:
        "table: calls\nfiles: [c*.csv]\ndialect: {quoteChar: '\"'}\nfields:\n - {name: a}\n  - {name: b}\n",
      said: ["rules.yaml:6:3: error: this is not YAML: did not find expected '-' indicator. Indent"]
    ),
    Case(
      what: "a comment before a section with nothing behind it", text: "# later\nrules:\n",
      said: ["rules.yaml:2:1: error: `rules` says nothing. Write its value, or take the key out."]),
    Case(
      what: "sections with nothing behind them", text: "parameters:\nrules:\ntests:\n",
      said: [
        "rules.yaml:1:1: error: `parameters` says nothing", "rules.yaml:2:1: error: `rules` says",
        "rules.yaml:3:1: error: `tests` says nothing",
      ]),
    Case(
      what: "a misspelt key of a rule, whose name its test knows",
      text:
        "rules:\n  - {rlue: r, for: duties, check: has(id)}\ntests:\n  - {test: t, asOf: 2016-01-31, expect: {r: {A: met}}}\n",
      said: ["rules.yaml:2:6: error: there is no key `rlue` in the rule `r`. Did you mean `rule`?"]),
    Case(
      what: "a misspelt section", text: "rulse:\n  - {rule: r, for: duties, check: has(none)}\n",
      said: [
        "rules.yaml:1:1: error: there is no key `rulse` in this file. Did you mean `rules`?",
        "rules.yaml:2:39: error: there is no `none` in duties.",
      ]),
    Case(
      what: "codes whose labels have run into them",
      text: """
        codes: kinds
        values: {CP:Protection, CIN: Need, XX: , "a:b": both}
        ---
        rules:
          - {rule: r, for: duties, check: note in codes.kinds}

        """,
      said: ["rules.yaml:2:10: warning: the code `CP:Protection` has a colon in it, and no label."]
    ),
    Case(
      what: "formats of what has none, of no text, and two that could read one text",
      text:
        "formats:\n  dates: '%d/%m/%Y'\n  time: {a: b}\n  datetime: ['%d/%m/%Y', '%m/%d/%Y']\n",
      said: [
        "rules.yaml:2:3: error: there are no formats of `dates`. Did you mean `date`?",
        "rules.yaml:3:9: error: a format is a text such as %d/%m/%Y, not a mapping.",
        "rules.yaml:4:26: error: `%d/%m/%Y` and `%m/%d/%Y` could both read one text",
      ]),
    Case(
      what: "a code that a list lacks, compared with a column that keeps what the list has",
      text:
        "codes: kinds\nvalues: {A: a}\n---\ntable: calls\nfiles: [c*.csv]\nprimaryKey: a\nfields:\n  - {name: a, codes: kinds}\nderived:\n  - {name: known, type: string, value: 'a in codes.kinds ? a : lookup(calls, \"no code: \" + a).a'}\n---\nrules:\n  - {rule: r, for: calls, check: 'known == \"B\"'}\n",
      said: [
        "rules.yaml:13:44: warning: `a` is compared with \"B\", which is not in its code list `kinds`. It has A."
      ]),
    Case(
      what: "codes of a list that has none of those that the field's own list has",
      text:
        "codes: kinds\nvalues: {A: a, B: b}\n---\ncodes: ends\nvalues: {X: x}\n---\ncodes: some\nvalues: {B: b, X: x}\n---\ntable: calls\nfiles: [c*.csv]\nprimaryKey: a\nfields:\n  - {name: a, codes: kinds}\n---\nrules:\n  - {rule: r, for: calls, check: a in codes.ends}\n  - {rule: s, for: calls, check: a in codes.some && a in codes.kinds}\n",
      said: [
        "rules.yaml:17:39: warning: `a` has its codes from `kinds`, which has none in common with `ends`: it is never in that list. Name the list that is meant, such as codes.kinds."
      ]),
    Case(
      what: "values of fields that the table takes for missing",
      text:
        "codes: kinds\nvalues: {A: a, '0': none}\n---\ntable: calls\nfiles: [c*.csv]\nmissingValues: ['', '0', '-', 'X']\nfields:\n  - {name: a, codes: kinds}\n  - {name: b, type: boolean}\n  - {name: c, constraints: {enum: ['-', '0', '1']}}\n  - {name: d, type: boolean, falseValues: [N, '']}\n  - {name: e}\n",
      said: [
        "rules.yaml:8:12: warning: `a` could hold \"0\", but the table's `missingValues` takes it for no value. Take it out of `missingValues`, or out of what the field may hold.",
        "rules.yaml:9:12: warning: `b` could hold \"0\", but the table's `missingValues` takes it for no value. Take it out of `missingValues`, or out of what the field may hold.",
        "rules.yaml:10:12: warning: `c` could hold \"-\" and \"0\", but the table's `missingValues` take them for no value. Take them out of `missingValues`, or out of what the field may hold.",
        "rules.yaml:11:12: warning: `d` could hold \"\", but the table's `missingValues` takes it for no value. Take it out of `missingValues`, or out of what the field may hold.",
      ]),
    Case(
      what: "a text that may be meant for a list, a file without a name, and formats of nothing",
      text:
        "table: t\nfiles: 'a*.csv, b*.csv'\nfields:\n  - {name: a, headings: 'Completed, Done On'}\n---\ntable: u\nfiles: ['']\nfields: [{name: a, headings: ['Surname, first name']}]\n---\nformats: {date: []}\n",
      said: [
        "rules.yaml:2:8: warning: `files` is one text here, with a comma in it. If several are meant, write a list: [a*.csv, b*.csv].",
        "rules.yaml:4:25: warning: `headings` is one text here, with a comma in it.",
        "rules.yaml:7:9: error: an empty text is the name of no file.",
        "rules.yaml:10:17: error: the formats of `date` name nothing.",
      ]),
    Case(
      what: "the name of a team without quotes of its own",
      text:
        "rules:\n  - {rule: r, for: duties, check: open, owner: {team: Locality North}}\n  - {rule: s, for: duties, check: open, owner: {team: '\"Locality North\"'}}\n",
      said: [
        "rules.yaml:2:55: error: `Locality North` is not an expression. A name by itself stands in quotes twice: '\"Locality North\"'."
      ]),
    Case(
      what: "a misspelt table hides no other mistake of its rule",
      text:
        "rules:\n  - rule: r\n    for: dutys\n    check: open ==\n    list: drft\n    target: {atLeast: 160%}\n",
      said: [
        "rules.yaml:3:10: error: there is no table `dutys`. Did you mean `duties`?",
        "rules.yaml:4:19: error: a value is expected, not the end of the expression.",
        "rules.yaml:5:11: error: `list` is",
        "rules.yaml:6:23: error: a target is at most 100%.",
      ]),
    Case(
      what: "a key that is as near to one that stands there as to one that does not",
      text: "table: calls\nfiles: [c*.csv]\nfilds:\n  - {name: a}\n",
      said: ["rules.yaml:3:1: error: there is no key `filds` in this file. Did you mean `fields`?"]),
    Case(
      what: "nor does a table that nobody can guess, or a rule that asks nothing",
      text:
        "rules:\n  - {rule: r, for: zebra, check: open, list: drft}\n  - {rule: s, for: duties, severity: eror, when: none == 1}\n",
      said: [
        "rules.yaml:2:20: error: there is no table `zebra`.",
        "rules.yaml:2:46: error: `list` is",
        "rules.yaml:3:12: error: the rule `s` asks nothing.",
        "rules.yaml:3:38: error: `severity` is",
        "rules.yaml:3:50: error: there is no `none` in duties.",
      ]),
    Case(
      what: "a date whose format has a time",
      text: "formats: {date: '%d/%m/%Y %H:%M'}\n",
      said: ["rules.yaml:1:17: error: `%d/%m/%Y %H:%M` reads a time, and this field is a date."]),
    Case(
      what: "formats of one type twice",
      text: "formats: {date: '%d/%m/%Y'}\n---\nformats: {date: '%d.%m.%Y'}\n",
      said: ["rules.yaml:3:11: error: the format of the type `date` stands already at"]),
    Case(
      what: "marks of numbers that are one, and one that is a digit",
      text:
        "table: t\nfiles: [t.csv]\nfields:\n  - {name: a, type: number, groupChar: '.'}\n"
        + "  - {name: b, type: number, decimalChar: '-'}\n",
      said: [
        "rules.yaml:4:40: error: `groupChar` and `decimalChar` are both `.`",
        "rules.yaml:5:42: error: `-` is a part of numbers, and cannot be their `decimalChar`",
      ]),
    Case(
      what: "keys of fields of another type, lists that name nothing, and a title that is a list",
      text:
        "table: t\nfiles: [t.csv]\nfields:\n  - {name: a, trueValues: [Y], falseValues: [N]}\n"
        + "  - {name: b, type: date, groupChar: ','}\n  - {name: c, type: date, format: []}\n"
        + "  - {name: d, type: boolean, trueValues: []}\n  - {name: e, title: [E, F]}\n",
      said: [
        "rules.yaml:4:27: error: a field of type string has no `trueValues`.",
        "rules.yaml:4:45: error: a field of type string has no `falseValues`.",
        "rules.yaml:5:38: error: a field of type date has no `groupChar`.",
        "rules.yaml:6:35: error: `format` names nothing.",
        "rules.yaml:7:42: error: `trueValues` names nothing.",
        "rules.yaml:8:22: error: `title` is a single value, not a list.",
      ]),
  ]
}
