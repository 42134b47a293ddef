/// What a rule asks and how much time it gives, where that makes no sense.
extension RuleFileTests {
  private static func rule(_ rest: String, parameters: String = "") -> String {
    (parameters.isEmpty ? "" : "parameters: {\(parameters)}\n")
      + "rules:\n  - {rule: r, for: duties, \(rest)}\n"
  }

  private static let deadline = "deadline: {from: started, within: 5 days, to: done}"

  static let ruleCases: [Case] = [
    Case(
      what: "a value given to a method of lists that takes none",
      text: rule("check: \"duties.map(d, d.size).first(1) == 1\""),
      said: ["rules.yaml:2:58: error: `first` is called with 1 value. Write list.first()."]),
    Case(
      what: "parameters that are made of one another, and one of those",
      text: "parameters:\n  a: b + 1\n  b: a\n  c: a + 2\n",
      said: [
        "rules.yaml:2:3: error: the parameter `a` is made of itself (a cycle)",
        "rules.yaml:3:3: error: the parameter `b` is made of itself (a cycle)",
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
      what: "a calendar that ends before it begins, told once though working days are counted",
      text:
        "calendar: c\nweekend: [saturday, sunday]\ncovers: {from: 2017-12-31, to: 2015-01-01}\nholidays: [2015-01-01, 2016-01-01, 2017-01-02]\n---\nrules:\n  - {rule: r, for: duties, check: \"workingDaysBetween(asOf, asOf) == 0\"}\n",
      said: ["rules.yaml:3:9: error: `covers` ends before it begins."]),
    Case(
      what: "functions that there are not, of which the manual has all that there are",
      text: rule("check: frobnicate(id) == 1"),
      said: [
        "rules.yaml:2:35: error: there is no function `frobnicate`. Rules know `abs`, `ageOn`, `coalesce`, `date`, `dateOf`, `datetime`, `day`, `days`, `daysBetween`, `financialYear`, `given`, `has` and 21 more; see “All functions” in Rules/README.md, section 7."
      ]),
    Case(
      what: "another amount of time",
      text:
        "rules:\n  - rule: r\n    for: duties\n    deadline: {from: started, within: 20 business days}\n",
      said: [
        "rules.yaml:4:39: error: `20 business days` is not a duration: there is no unit `business days`. Did you mean `20 working days`?"
      ]),
    Case(
      what: "an amount of time that is no whole number",
      text: rule("deadline: {from: started, within: days(1.5)}"),
      said: ["rules.yaml:2:67: error: `days` wants a whole number, not 1.5. Write a whole number."]),
    Case(
      what: "an amount of time back that is no whole number",
      text: rule("deadline: {from: started, within: weeks(-0.5)}"),
      said: ["rules.yaml:2:68: error: `weeks` wants a whole number, not -0.5."]),
    Case(
      what: "an amount of time that need not be a whole number",
      text: rule("deadline: {from: started, within: days(weight), to: done}"),
      said: [
        "rules.yaml:2:67: warning: `days` takes whole numbers only: with any other, a record cannot be judged. Write days(int(x)), which cuts a fraction off."
      ]),
    Case(
      what: "amounts of time that are whole",
      text: rule(
        "deadline: {from: started, within: days(2.0), dueSoon: days(int(weight)), to: done}"),
      said: []),
    Case(
      what: "a limit that nothing can meet",
      text: rule("limit: {value: count(), atMost: few, atLeast: 5}", parameters: "few: 1"),
      said: [
        "rules.yaml:1:19: error: no value is at least 5 and at most few, as the limit at rules.yaml:3:35 asks by this parameter. Let `atLeast` be"
      ]),
    Case(
      what: "a limit that nothing can meet, whatever is set",
      text: rule("limit: {value: count(), atMost: 4, atLeast: 5}"),
      said: ["rules.yaml:2:72: error: no value is at least 5 and at most 4. Let `atLeast` be"]),
    Case(
      what: "a limit of one value",
      text: rule("limit: {value: count(), atMost: 5, atLeast: 5}"), said: []),
    Case(
      what: "a parameter that turns time backwards",
      text: rule("\(deadline), lookBack: gap", parameters: "gap: months(-12)"),
      said: ["rules.yaml:1:19: error: the parameter `gap` would run backwards"]),
    Case(
      what: "a parameter that turns time backwards by another name, told once for two rules",
      text:
        "parameters: {far: months(-12), gap: far}\nrules:\n  - {rule: r, for: duties, \(deadline), lookBack: gap}\n  - {rule: s, for: duties, \(deadline), lookBack: gap}\n",
      said: ["rules.yaml:1:19: error: the parameter `far` would run backwards"]),
    Case(
      what: "duties that are due again on the day on which they are done",
      text:
        "rules:\n  - {rule: r, for: duties, repeat: {from: started, events: '[done]', every: 0 days}}\n  - {rule: s, for: duties, repeat: {from: started, events: '[done]', every: 'weeks(0)', first: 0 days}}\n",
      said: [
        "rules.yaml:2:77: warning: `0 days` is no time: what is asked is due again",
        "rules.yaml:3:78: warning: `weeks(0)` is no time",
      ]),
    Case(
      what: "a parameter by which they are",
      text: rule(
        "repeat: {from: started, events: '[done]', every: gap}", parameters: "gap: 0 days"),
      said: ["rules.yaml:1:19: warning: the parameter `gap` is no time: what is asked"]),
    Case(
      what: "parameters that are amounts of time, misspelt, and a list without quotes",
      text: "parameters:\n  a: 10 dayz\n  b: 10 wd\n  c: -3 days\n  d: [Held, Done]\n",
      said: [
        "rules.yaml:2:6: error: `10 dayz` is not a duration: there is no unit `dayz`. Did you mean `10 days`?",
        "rules.yaml:3:6: error: `10 wd` is not a duration: there is no unit `wd`. Units are working days",
        "rules.yaml:4:6: error: `-3 days` is not a duration: it would run backwards. Write an amount of 0 or more.",
        "rules.yaml:5:6: error: a parameter is a single value, not a list. Put quotes around a list, as in '[\"Held\", \"Done\"]'.",
      ]),
    Case(
      what: "time that is worked out, and runs backwards",
      text: rule("deadline: {from: started, within: 'days(n - 3)'}", parameters: "n: 2"),
      said: ["rules.yaml:3:63: error: `days(n - 3)` would run backwards"]),
    Case(
      what: "a share of one that may be meant for the whole, and steps that name nothing",
      text:
        "rules:\n  - {rule: r, for: duties, check: open, target: {atLeast: 1.0}}\n  - {rule: s, for: duties, check: open, target: {atMost: 1, of: met}}\n  - {rule: t, for: duties, check: open, target: {steps: {}}}\n  - {rule: u, for: duties, check: open, target: {atLeast: 1%, amberFrom: 0.5%}}\n",
      said: [
        "rules.yaml:2:59: error: `1.0` would be one percent, not the whole. Write a share such as 100%, or 1.0%",
        "rules.yaml:3:58: error: `1` would be one percent, not the whole.",
        "rules.yaml:4:57: error: `steps` names nothing.",
      ]),
    Case(
      what: "the least that is to break a rule",
      text:
        "rules:\n  - {rule: r, for: duties, check: open, target: {atLeast: 90%, of: broken}}\n  - {rule: s, for: duties, check: open, target: {of: broken, steps: {2016-01-01: 90%}}}\n",
      said: [
        "rules.yaml:2:64: warning: `of: broken` with `atLeast` is the least that is to break the rule: it is",
        "rules.yaml:3:50: warning: `of: broken` with `steps` alone is the least that is to break",
      ]),
    Case(
      what: "a month less a day", text: rule("\(deadline), lookBack: 'months(1) - days(1)'"),
      said: []),
    Case(
      what: "a rule that looks back no time",
      text: rule("\(deadline), lookBack: 'months(0)'"),
      said: ["rules.yaml:2:92: warning: `lookBack` is no time at all"]),
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
      what: "amounts of time as people say them",
      text: rule(
        "repeat: {from: started, events: '[done]', every: monthly, first: half a year, dueSoon: 6-months}"
      ),
      said: [
        "rules.yaml:2:77: error: `monthly` is not a duration. Write an amount such as `1 month`.",
        "rules.yaml:2:93: error: `half a year` is not a duration. Write an amount such as `6 months`.",
        "rules.yaml:2:115: error: `6-months` is not a duration. Write `6 months`.",
      ]),
    Case(
      what: "an amount less than nothing, whose sign stands by itself",
      text: rule("deadline: {from: started, within: '- 6 months', to: done}"),
      said: [
        "rules.yaml:2:62: error: `- 6 months` is not a duration: it would run backwards. Write an amount of 0 or more."
      ]),
    Case(
      what: "an amount of time in a parameter that is called as people say it",
      text: rule(
        "deadline: {from: started, within: monthly, to: done}", parameters: "monthly: 1 month"),
      said: []),
    Case(
      what: "a derived column and a heading where a field belongs",
      text: """
        table: calls
        files: [c*.csv]
        primaryKey: team
        fields:
          - {name: id, headings: [Call No]}
          - {name: team_code}
        derived:
          - {name: team, type: string, value: team_code.trim()}
        rules:
          - {rule: r, for: calls, check: has(id), field: team}
          - {rule: s, for: calls, check: has(id), field: Call no.}
        tests:
          - {test: t, asOf: 2016-01-31, given: {calls: [{id: A, team: East}]}, expect: {r: {A: met}}}

        """,
      said: [
        "rules.yaml:3:13: error: there is no field `team` in calls. It is a derived column, and `primaryKey` wants columns of the export.",
        "rules.yaml:10:50: error: `team` is worked out (derived), and `field` wants a column of the export. Name a field that it is worked out from.",
        "rules.yaml:11:50: error: there is no field `Call no.` in calls. That is a heading; its field is `id`.",
        "rules.yaml:13:57: error: `team` is worked out (derived), and no row gives it. Give what it is worked out from.",
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
  ]
}
