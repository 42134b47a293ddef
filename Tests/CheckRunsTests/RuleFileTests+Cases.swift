/// Rule files with a mistake each, and what is said of it.
extension RuleFileTests {
  static let cases = [
    Case(
      what: "keys twice, at the first that stands again",
      text: "rules:\n  - b: 1\n    a: 1\n    b: 2\n    a: 2\n",
      said: ["rules.yaml:4:5: this mapping has `a`, `b` more than once"]),
    Case(
      what: "a key twice, once in quotes",
      text: "title: x\n\"title\": y\n",
      said: [
        "rules.yaml:2:1: this mapping has `title` more than once. Keep one of them, with what both hold."
      ]),
    Case(
      what: "a key twice, and what else is wrong",
      text: "rules:\n  - rule: r\n    title: a\n    title: b\n    for: dutys\n    check: true\n",
      said: [
        "rules.yaml:4:5: error: this mapping has `title` more than once",
        "rules.yaml:5:10: error: there is no table `dutys`. Did you mean `duties`?",
      ]),
    Case(
      what: "parameters that are made of one another, and one of those",
      text: "parameters:\n  a: b + 1\n  b: a\n  c: a + 2\n",
      said: [
        "rules.yaml:2:3: error: the parameter `a` is made of itself (a cycle)",
        "rules.yaml:3:3: error: the parameter `b` is made of itself (a cycle)",
      ]),
    Case(
      what: "a tag", text: "rules: !!binary x\n",
      said: ["rules.yaml:1:8: error: the tag `!!binary` says of this value what no rule asks"]),
    Case(
      what: "quotes within quotes",
      text: "rules:\n  - rule: r\n    title: \"The \"core\" group\"\n",
      said: [
        "rules.yaml:3:18: this is not YAML: did not find expected key. Put single quotes around a text that has double quotes in it: 'a \"b\" c'."
      ]),
    Case(
      what: "all that is wrong in a message",
      text: "rules:\n  - {rule: r, for: duties, check: 'nope', message: 'x {nope1} {nope2} {'}\n",
      said: [
        "rules.yaml:2:36: error: there is no `nope` in duties",
        "rules.yaml:2:56: error: there is no `nope1` in duties",
        "rules.yaml:2:64: error: there is no `nope2` in duties",
        "rules.yaml:2:71: this `{` is not closed",
      ]),
    Case(
      what: "a day written as here, and one that is none",
      text:
        "rules:\n  - {rule: r, for: duties, check: 'true', active: {from: 05/03/2017}}\n  - {rule: s, for: duties, check: 'true', active: {from: 2017-02-29}}\n",
      said: [
        "rules.yaml:2:58: error: `from` is a date, not `05/03/2017`. Write it as 2017-03-05.",
        "rules.yaml:3:58: error: `from` is a date, not `2017-02-29`. That month has 28 days.",
      ]),
    Case(
      what: "a rule that begins without a dash",
      text: "rules:\n  - rule: r\n    for: duties\n    rule: s\n    for: duties\n",
      said: [
        "rules.yaml:4:5: this mapping has `for`, `rule` more than once. Where another item of a list begins, put `- ` before its first key."
      ]),
    Case(
      what: "a definition that begins without a line before it",
      text: "table: a\nfields: []\ntable: b\nfields: []\n",
      said: [
        "rules.yaml:3:1: this mapping has `fields`, `table` more than once. Where another definition begins, put a line `---` before it."
      ]),
    Case(
      what: "a text that begins with a percent sign", text: "rules:\n  - {rule: r, title: %late}\n",
      said: [
        "rules.yaml:2:22: this is not YAML: found character that cannot start any token. Put quotes around a text that begins so."
      ]),
    Case(
      what: "a tab", text: "rules:\n  - rule: r\n\ttitle: Late\n",
      said: [
        "rules.yaml:3:1: this is not YAML: found a tab character that violates indentation. Indent with spaces, not with tabs."
      ]),
    Case(
      what: "an apostrophe in single quotes",
      text: "rules:\n  - rule: r\n    title: 'Child's visit'\n    for: duties\n",
      said: [
        "rules.yaml:3:19: this is not YAML: did not find expected key. Put double quotes around a text with an apostrophe."
      ]),
    Case(
      what: "a space that does not break",
      text: "rules:\n  - rule: r\n   \u{a0}title: Late\n    for: duties\n",
      said: [
        "rules.yaml:3:4: this is not YAML: did not find expected '-' indicator. Put ordinary spaces in place of those that do not break"
      ]),
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
      what: "a calendar that ends before it begins, told once though working days are counted",
      text:
        "calendar: c\nweekend: [saturday, sunday]\ncovers: {from: 2017-12-31, to: 2015-01-01}\nholidays: [2015-01-01, 2016-01-01, 2017-01-02]\n---\nrules:\n  - {rule: r, for: duties, check: \"workingDaysBetween(asOf, asOf) == 0\"}\n",
      said: ["rules.yaml:3:9: error: `covers` ends before it begins."]),
    Case(
      what: "a reference of another type, told once though a rule goes by it",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a, type: integer}\nforeignKeys:\n  - {fields: a, reference: {table: duties, fields: id}, as: up}\n---\nrules:\n  - {rule: r, for: calls, check: has(up.id)}\n",
      said: [
        "rules.yaml:6:14: error: `a` is of type integer and `duties.id` of type string. Give both the same type."
      ]),
    Case(
      what: "an alias of nothing", text: "title: *none\n",
      said: ["rules.yaml:1:8: this is not YAML: found undefined alias"]),
    Case(
      what: "an alias of itself", text: "title: &a [*a]\n",
      said: ["rules.yaml:1:12: this is not YAML: found undefined alias"]),
    Case(
      what: "sixty deep", text: nested(59),
      said: ["rules.yaml:1:1: a rule file is a mapping"]),
    Case(
      what: "more than sixty deep", text: nested(60),
      said: ["rules.yaml:1:61: this file nests more than 60 deep"]),
    Case(
      what: "so deep that a stack would not hold it", text: nested(200_000),
      said: ["rules.yaml:1:61: this file nests more than 60 deep"]),
    Case(
      what: "deep, and not closed", text: String(repeating: "[", count: 70),
      said: [
        "rules.yaml:1:61: this file nests more than 60 deep",
        "rules.yaml:2:1: this is not YAML: did not find expected node content",
      ]),
    Case(
      what: "deep through its aliases",
      text: "a: &a \(nested(40).dropLast())\nb: \(String(repeating: "[", count: 30))*a"
        + String(repeating: "]", count: 30) + "\n",
      said: ["rules.yaml:1:36: this file nests more than 60 deep"]),
    Case(
      what: "a laugh", text: laugh(),
      said: [
        "rules.yaml:1:10: this file grows beyond 2000000 values through its aliases",
        "rules.yaml:7:5: warning: to YAML `&a6` is a name given to",
      ]),
    Case(
      what: "a character that YAML has no place for", text: "title: \u{07}\n",
      said: ["rules.yaml:1:1: this is not YAML: control characters are not allowed"]),
    Case(
      what: "a second document on the first one's line", text: "title\nrules: []\n",
      said: ["rules.yaml:2:6: this is not YAML: mapping values are not allowed in this context"]),
    Case(
      what: "documents before the one that is wrong",
      text: "titel: x\n---\n]\n",
      said: [
        "rules.yaml:1:1: this file declares nothing",
        "rules.yaml:3:1: this is not YAML: did not find expected node content",
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
      what: "a file that was cut off before its first byte", text: "",
      said: ["rules.yaml:1:1: error: this file is empty. Put back what it held, or remove it."]),
    Case(
      what: "a file of blank lines", text: "\r\n \t\r\n",
      said: ["rules.yaml:1:1: error: this file is empty."]),
    Case(
      what: "a file whose rules are set aside", text: "---\n# rules:\n\n  # - {rule: r}\n",
      said: ["rules.yaml:1:1: error: this file is empty but for comments. Put back what it held"]),
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
      what: "a negation that YAML takes for a tag",
      text: "rules:\n  - rule: r\n    for: duties\n    when: !has(done)\n    check: has(id)\n",
      said: ["rules.yaml:4:11: error: to YAML the `!` at the start of this value is a tag"]),
    Case(
      what: "a negation with a space behind it",
      text: "rules:\n  - rule: r\n    for: duties\n    check: ! has(done)\n",
      said: ["rules.yaml:4:12: error: to YAML the `!` at the start of this value is a tag"]),
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
      what: "a bracket that is not closed, and names that may be defined behind it",
      text:
        "rules:\n  - {rule: r, for: gone, check: has(id)}\n---\ntable: gone\nfields: [{name: id}\n",
      said: ["rules.yaml:5:9: this is not YAML: the `[` that is opened here is not closed"]),
    Case(
      what: "a quote that is not closed on its line",
      text: "rules:\n  - rule: r\n    title: \"One\n    for: duties\n    message: \"Two\"\n",
      said: [
        "rules.yaml:5:15: this is not YAML: did not find expected key. The quote opened on line 3 is not closed there."
      ]),
    Case(
      what: "another amount of time",
      text:
        "rules:\n  - rule: r\n    for: duties\n    deadline: {from: started, within: 20 business days}\n",
      said: [
        "rules.yaml:4:39: error: `20 business days` is not a duration: there is no unit `business days`. Did you mean `20 working days`?"
      ]),
  ]

  private static func rule(_ rest: String, parameters: String = "") -> String {
    (parameters.isEmpty ? "" : "parameters: {\(parameters)}\n")
      + "rules:\n  - {rule: r, for: duties, \(rest)}\n"
  }

  private static let deadline = "deadline: {from: started, within: 5 days}"

  static let moreCases = [
    Case(
      what: "a limit that nothing can meet",
      text: rule("limit: {value: count(), atMost: few, atLeast: 5}", parameters: "few: 1"),
      said: ["rules.yaml:3:74: error: no value is at least 5 and at most few. Let `atLeast` be"]),
    Case(
      what: "a limit of one value",
      text: rule("limit: {value: count(), atMost: 5, atLeast: 5}"), said: []),
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
      what: "a text that begins with an &, and a name that is referred to",
      text:
        "rules:\n  - {rule: r, for: duties, check: &c has(id), fix: &Visits late}\n  - {rule: s, for: duties, check: *c}\n",
      said: ["rules.yaml:2:52: warning: to YAML `&Visits` is a name given to"]),
    Case(
      what: "a parameter that turns time backwards",
      text: rule("\(deadline), lookBack: gap", parameters: "gap: months(-12)"),
      said: ["rules.yaml:3:81: error: `gap` would run backwards"]),
    Case(
      what: "time that is worked out, and runs backwards",
      text: rule("deadline: {from: started, within: 'days(n - 3)'}", parameters: "n: 2"),
      said: ["rules.yaml:3:63: error: `days(n - 3)` would run backwards"]),
    Case(
      what: "a month less a day", text: rule("\(deadline), lookBack: 'months(1) - days(1)'"),
      said: []),
    Case(
      what: "a rule that looks back no time",
      text: rule("\(deadline), lookBack: 'months(0)'"),
      said: ["rules.yaml:2:82: warning: `lookBack` is no time at all"]),
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
      what: "a colon in an expression, before a !",
      text: "rules:\n  - rule: r\n    for: duties\n    check: open ? open : !open\n",
      said: [
        "rules.yaml:4:24: this is not YAML: mapping values are not allowed in this context. Put quotes around an expression that has a colon and a space in it: `: `."
      ]),
    Case(
      what: "an expression that begins with !",
      text: "rules:\n  - rule: r\n    for: duties\n    check: !open\n    title: a\n",
      said: ["rules.yaml:4:12: error: to YAML the `!` at the start"]),
    Case(
      what: "a text that begins with a bracket",
      text: "rules:\n  - rule: r\n    for: duties\n    check: open\n    message: {id} is late\n",
      said: [
        "rules.yaml:5:19: this is not YAML: did not find expected key. Put quotes around a text that begins with `{`."
      ]),
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
      what: "days to come, allowed where none is forbidden, and by what is no condition",
      text:
        """
        table: t
        files: [t.csv]
        fields:
          - {name: a, type: date, mayBeAhead: open}
          - {name: b, type: string, mayBeAhead: open}
          - {name: c, type: date, constraints: {maximum: 2016-01-31}, mayBeAhead: open}
          - {name: d, type: date, constraints: {maximum: asOf}, mayBeAhead: a}
          - {name: e, type: datetime, constraints: {maximum: asOf}, mayBeAhead: opne}
          - {name: f, type: date, constraints: {maximum: asOf}, mayBeAhead: [open]}
          - {name: g, type: date, constraints: {maximum: asOf}, mayBeAhead: open}
          - {name: open, type: boolean}
        """,
      said: [
        "rules.yaml:4:39: error: `mayBeAhead` allows days after the as-of date, and nothing forbids them in this field. Add `maximum: asOf` to its `constraints`, or take it out.",
        "rules.yaml:5:41: error: a field of type string has no `mayBeAhead`. It is for dates and date-times with `maximum: asOf`.",
        "rules.yaml:6:75: error: `mayBeAhead` allows days after the as-of date",
        "rules.yaml:7:69: error: a bool is expected in `mayBeAhead`, not a date",
        "rules.yaml:8:73: error: there is no `opne` in t",
        "rules.yaml:9:69: error: `mayBeAhead` is a single value, not a list",
      ]),
    Case(
      what: "names that the messages of other kinds of rules know",
      text: rule("check: open, message: '{dueOn} {occasion} {value}'"),
      said: [
        "rules.yaml:2:52: error: there is no `dueOn` in duties. It is known in the message of a deadline or a repeat alone.",
        "rules.yaml:2:60: error: there is no `occasion` in duties. It is known in the message of a repeat alone.",
        "rules.yaml:2:71: error: there is no `value` in duties. It is known in the message of a limit alone.",
      ]),
    Case(
      what: "working days by another name, misspelt",
      text: rule("deadline: {from: started, within: 3 buisness days}"),
      said: [
        "rules.yaml:2:62: error: `3 buisness days` is not a duration: there is no unit `buisness days`. Did you mean `3 working days`?"
      ]),
    Case(
      what: "days of a kind that nobody counts",
      text: rule("deadline: {from: started, within: 3 school days}"),
      said: [
        "rules.yaml:2:62: error: `3 school days` is not a duration: there is no unit `school days`. Units are working days"
      ]),
    Case(
      what: "a remainder of what is no whole number", text: rule("check: 'weight % 2 == 0'"),
      said: [
        "rules.yaml:2:43: error: `%` cannot join a number and an int. It is for whole numbers: write int(x)"
      ]),
    Case(
      what: "a text compared with numbers", text: rule("check: 'note == 3 || size == note'"),
      said: [
        "rules.yaml:2:41: error: a string and an int cannot be compared. Write the number in quotes",
        "rules.yaml:2:54: error: an int and a string cannot be compared. Make the number a text",
      ]),
    Case(
      what: "a time of day, which is compared as a text",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: at, type: time}\n---\nrules:\n"
        + "  - {rule: r, for: calls, check: 'at < \"09:00\"'}\n"
        + "  - {rule: s, for: calls, check: 'string(at) < \"09:00\"'}\n",
      said: [
        "rules.yaml:7:38: error: a time and a string cannot be compared. Compare the times as texts: string(x) is"
      ]),
    Case(
      what: "single quotes within single quotes",
      text: "rules:\n  - rule: r\n    for: duties\n    check: 'note == 'M''\n",
      said: [
        "rules.yaml:4:22: this is not YAML: did not find expected key. Within single quotes, put double ones"
      ]),
  ]

  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + "x" + String(repeating: "]", count: depth) + "\n"
  }

  /// A hundred million values in eight short lines, through aliases of aliases.
  private static func laugh() -> String {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for step in 1...7 {
      let before = Array(repeating: "*a\(step - 1)", count: 10).joined(separator: ", ")
      lines.append("a\(step): &a\(step) [\(before)]")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
