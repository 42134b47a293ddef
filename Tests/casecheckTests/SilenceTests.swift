import Foundation
import TestSupport
import Testing

/// What would make a run say that all is well where nobody knows.
@Suite("No silence")
struct SilenceTests {
  static let table = """
    table: p
    files: ["p*.csv"]
    primaryKey: id
    owner: {team: team}
    fields:
      - {name: id}
      - {name: d, type: date, constraints: {required: true}}
      - {name: u, type: date}
      - {name: n, type: integer}
      - {name: team}

    """

  func scratch(_ rules: String, _ records: String...) throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.table, to: "rules/p.yaml")
    try scratch.write("rules:\n" + rules, to: "rules/rules.yaml")
    try scratch.write(
      "id,d,u,n,team\n" + records.map { $0 + "\n" }.joined(), to: "extracts/p.csv")
    return scratch
  }

  func validate(_ scratch: ScratchFolder, asOf: String = "2016-03-01", _ more: String...)
    throws -> BuiltProgram.Outcome
  {
    try BuiltProgram().run(
      [
        "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of", asOf,
        "--out", scratch.path("OUT"),
      ] + more)
  }

  func listed(_ scratch: ScratchFolder) throws -> [[String: String]] {
    csvRows(try String(contentsOfFile: scratch.path("OUT/exceptions.csv"), encoding: .utf8))
  }

  static let deadline =
    "  - {rule: in-time, for: p, deadline: {from: d, within: 5 days, to: u}}\n"

  @Test("bounds of a rule that lie outside the calendar of working days are told")
  func unknownBounds() throws {
    let scratch = try scratch(
      "  - {rule: begun, for: p, check: has(u), active: {from: start}}\n"
        + "  - {rule: back, for: p, lookBack: 60 working days, deadline: {from: d, within: 5 days, to: u}}\n",
      "1,2016-01-04,,,T")
    try scratch.write(
      "parameters:\n  start: workingDays(5) + date('2016-12-30')\n---\ncalendar: england-and-wales\n"
        + "covers: {from: 2016-01-01, to: 2016-12-31}\nholidays: [2016-01-01]\n",
      to: "rules/calendar.yaml")
    let outcome = try validate(scratch)
    #expect(outcome.status == 1)
    for bound in ["begun: `from` of `active`", "back: `lookBack`"] {
      #expect(outcome.errors.contains("\(bound) cannot be worked out"), "\(outcome.errors)")
    }
    #expect(try listed(scratch).map { $0["rule"] } == ["begun", "back"])
  }

  @Test("a waiver of a value does not cover the rules that cannot judge for want of it")
  func waivedCell() throws {
    let scratch = try scratch(Self.deadline, "1,,,,T")
    let waiver = "rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest\n"
    let cell = "p.d.required,,1,,Abroad,J Oak,2016-01-01,2016-12-31,\n"
    try scratch.write(waiver + cell, to: "waivers.csv")
    let outcome = try validate(scratch, "--waivers", scratch.path("waivers.csv"))
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("Waivers: 1, 0 exceptions waived"))
    let rows = try listed(scratch)
    #expect(rows.map { $0["list"] } == ["correction"])
    #expect(rows.map { $0["blocks"] } == ["in-time"])

    let both = waiver + cell + "in-time,,1,,Abroad,J Oak,2016-01-01,2016-12-31,\n"
    try scratch.write(both, to: "waivers.csv")
    #expect(try validate(scratch, "--waivers", scratch.path("waivers.csv")).status == 0)
    #expect(try listed(scratch).map { $0["list"] } == ["waived"])
  }

  @Test("waivers that are not there are told: at once where they are named, by a job that had some")
  func missingWaivers() throws {
    let scratch = try scratch(Self.deadline, "1,2016-01-01,,,T")
    let words = "waivers.csv: there is no file of waivers here"
    let named = try validate(scratch, "--waivers", scratch.path("waivers.csv"))
    #expect(named.errors.contains(words))
    let ledger = ["--ledger", scratch.path("l.sqlite"), "--waivers", scratch.path("waivers.csv")]
    func night(_ asOf: String) throws -> BuiltProgram.Outcome {
      try validate(scratch, asOf: asOf, ledger[0], ledger[1], ledger[2], ledger[3])
    }
    #expect(try night("2016-03-01").errors.contains(words))
    try scratch.write(
      "rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest\n"
        + "in-time,,1,,Abroad,J Oak,2016-01-01,2016-12-31,\n", to: "waivers.csv")
    #expect(try night("2016-03-02").status == 0)
    try FileManager.default.removeItem(atPath: scratch.path("waivers.csv"))
    let gone = try night("2016-03-03")
    #expect(gone.status == 1)
    #expect(gone.errors.contains(words + ", and earlier runs had waivers"))
    let list = try BuiltProgram().run(
      ["waive", "list", "--waivers", scratch.path("waivers.csv")])
    #expect(list.errors.contains(words))
  }

  @Test(
    "records of last period that are rejected or cannot be read are told",
    arguments: [
      ("2,2016-01-01,,5", "1 record was rejected"),
      ("2,2016-01-01,,5x,T", "1 value cannot be read"),
    ])
  func lastPeriod(_ record: String, _ words: String) throws {
    let scratch = try scratch(
      "  - {rule: new, for: p, check: '!earlier.p.exists(x, x.id == id && x.n == 5)'}\n",
      "2,2016-01-01,,5,T")
    try scratch.write("id,d,u,n,team\n\(record)\n", to: "last/p.csv")
    let outcome = try validate(scratch, "--earlier", scratch.path("last"), "--quiet")
    #expect((outcome.output + outcome.errors).contains("p of last period: \(words)"))
  }

  @Test("values of last period that are in no list are told")
  func lastPeriodsCodes() throws {
    let scratch = try scratch(
      "  - {rule: new, for: p, check: '!earlier.p.exists(x, x.id == id && x.team == team)'}\n",
      "2,2016-01-01,,5,T")
    try scratch.write(
      Self.table.replacing("{name: team}", with: "{name: team, constraints: {enum: [T]}}"),
      to: "rules/p.yaml")
    try scratch.write("id,d,u,n,team\n2,2016-01-01,,5,Team T\n", to: "last/p.csv")
    let outcome = try validate(scratch, "--earlier", scratch.path("last"), "--quiet")
    #expect((outcome.output + outcome.errors).contains("p of last period: 1 value is in no list"))
  }

  @Test("a warning time that is not known is not “not due yet”")
  func unknownWarning() throws {
    let scratch = try scratch(
      "  - {rule: in-time, for: p, deadline: {from: d, within: 20 days, to: u, dueSoon: 'days(n)'}}\n",
      "1,2016-02-20,,15,T", "2,2016-02-20,,,T", "3,2016-02-01,,,T")
    #expect(try validate(scratch).status == 1)
    let rows = try listed(scratch)
    #expect(rows.map { $0["record_id"] } == ["2", "3"])
    #expect(rows.map { $0["status"] } == ["cannot-judge", "overdue"])
    #expect(rows.map { $0["field"] } == ["n", "u"])
  }

  @Test("how far a rule looks back does not hang on a record")
  func lookBack() throws {
    let scratch = try scratch(
      "  - {rule: in-time, for: p, lookBack: 'days(n)', deadline: {from: d, within: 5 days, to: u}}\n",
      "1,2016-01-01,2016-01-20,30,T")
    let outcome = try validate(scratch)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("rules.yaml:2:"))
  }

  @Test("what is blamed in another record is named, and what nothing is found by is not “missing”")
  func blamed() throws {
    let scratch = try scratch(
      "  - {rule: others, for: p, check: 'lookup(p, team).u > date(\"2016-01-01\")'}\n",
      "1,2016-02-20,2016-02-21,,2", "2,2016-02-20,,,1",
      "3,2016-02-20,,,7")
    #expect(try validate(scratch).status == 1)
    let rows = try listed(scratch).filter { $0["rule"] == "others" }
    #expect(rows.map { $0["record_id"] } == ["1", "3"])
    #expect(rows[0]["message"]?.hasSuffix("p.u is missing. It is p 2 (p.csv:3).") == true)
    #expect(
      rows[1]["message"]?.hasSuffix(
        "no record is found for what team holds, or nothing can be worked out of it.")
        == true)
    let fix = "See that the record that team names is there, and that team is right."
    #expect(rows[1]["fix"] == fix)
  }

  @Test("a cell with a mark for “missing” is missing", arguments: ["", "N/A", "-", " "])
  func marks(_ cell: String) throws {
    let scratch = try scratch(
      "  - {rule: some, for: p, check: n > 0}\n", "1,2016-02-20,,\(cell),T")
    try scratch.write(
      Self.table.replacing(
        "primaryKey: id", with: "primaryKey: id\nmissingValues: [\"\", \"N/A\", \"-\"]"),
      to: "rules/p.yaml")
    #expect(try validate(scratch).status == 1)
    let rows = try listed(scratch)
    #expect(rows.map { $0["rule"] } == ["some"])
    #expect(rows[0]["value"]?.hasSuffix(cell) == true)
    #expect(rows[0]["message"]?.hasSuffix(", because n is missing.") == true, "\(rows)")
    #expect(rows[0]["fix"] == "Record n.")
  }

  @Test("a limit that the records of a group do not share is not judged, whatever their order")
  func limitOfRows() throws {
    let rule = "  - {rule: load, for: p, limit: {per: team, value: count(), atMost: n}}\n"
    let records = ["1,2016-02-20,,9,T", "2,2016-02-20,,1,T"]
    for order in [records, Array(records.reversed())] {
      let scratch = try scratch(rule, order[0], order[1])
      #expect(try validate(scratch).status == 1)
      let rows = try listed(scratch)
      #expect(rows.map { $0["status"] } == ["cannot-judge"])
      #expect(rows[0]["message"]?.contains("differ in") == true)
    }
    let shared = try scratch(
      "  - {rule: load, for: p, limit: {per: team, value: count(), atMost: 'n > 0 ? 1 : 9'}}\n",
      records[0], records[1])
    #expect(try validate(shared).status == 1)
    #expect(try listed(shared).map { $0["status"] } == ["failed"])
  }

  @Test("where rules could not be evaluated no team is plainly at zero")
  func partlyAtZero() throws {
    let scratch = try scratch(Self.deadline, "1,2016-02-28,,,T")
    try scratch.write("id,d,team\n1,2016-02-28,T\n", to: "extracts/p.csv")
    let outcome = try validate(scratch)
    #expect(outcome.output.contains("at zero by the rules that could be evaluated"))
    let page = try String(contentsOfFile: scratch.path("OUT/index.html"), encoding: .utf8)
    #expect(page.contains("At zero, by the rules that could be evaluated"))
  }

  @Test(
    "a green that would be none if what was not judged had broken the rule says so",
    arguments: [
      (1, 9, "<td class=\"doubt\">green<i>, 9 not judged</i>"),
      (19, 1, "<td class=\"green\">green<td"),
    ])
  func greenInDoubt(_ met: Int, _ unjudged: Int, _ rating: String) throws {
    let scratch = try scratch(
      "  - {rule: r, for: p, check: n > 0, target: {atLeast: 90%}}\n", "0,2016-02-01,,1,T")
    let rows =
      (0..<met).map { "M\($0),2016-02-01,,1,T\n" }
      + (0..<unjudged).map { "U\($0),2016-02-01,,,T\n" }
    try scratch.write("id,d,u,n,team\n" + rows.joined(), to: "extracts/p.csv")
    let outcome = try validate(scratch)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("green, 9 not") == (unjudged == 9), "\(outcome.output)")
    for name in ["index.html", "rules/r.html"] {
      let page = try String(contentsOfFile: scratch.path("OUT/\(name)"), encoding: .utf8)
      #expect(page.contains(rating), "\(name)")
    }
    let list = try String(contentsOfFile: scratch.path("OUT/measures.csv"), encoding: .utf8)
    #expect(list.contains(",100.0,90,green\n"), "the columns are as the contract has them")
  }

  @Test("a green measure says how many cases are overdue now, and the filter keeps it")
  func overdueBehindGreen() throws {
    let scratch = try scratch(
      "  - {rule: in-time, for: p, deadline: {from: d, within: 5 days, to: u}, target: {atLeast: 60%}}\n",
      "1,2016-02-01,2016-02-02,,T", "2,2016-02-01,2016-02-02,,T", "3,2016-02-01,2016-02-02,,T",
      "4,2016-02-01,,,T")
    #expect(try validate(scratch).status == 1)
    for name in ["index.html", "rules/in-time.html"] {
      let page = try String(contentsOfFile: scratch.path("OUT/\(name)"), encoding: .utf8)
      #expect(page.contains(">75.0 <small class=\"now\">overdue now: 1</small><td"), "\(name)")
      if name == "index.html" { #expect(page.contains("value=\".red,.amber,.doubt,.now\"")) }
    }
  }

  @Test("what was done too late and listed before is counted on the manager's list")
  func toldLate() throws {
    let scratch = try scratch(Self.deadline, "1,2016-02-01,2016-02-20,,T")
    for day in ["2016-02-21", "2016-02-28"] {
      #expect(
        try validate(scratch, asOf: day, "--ledger", scratch.path("ledger.sqlite")).status == 1)
    }
    let teams = try FileManager.default.contentsOfDirectory(atPath: scratch.path("OUT/teams"))
    let list = try String(
      contentsOfFile: scratch.path("OUT/teams/\(teams[0])/drift.csv"), encoding: .utf8)
    #expect(
      list.contains(
        "Not at zero: 1 exception, done late or never and listed before; it is on the team's exception list, and nothing is to be done unless a date is wrong."
      ))
  }

  @Test(
    "rules that ask different things do not read alike",
    arguments: [
      (
        "p.exists(x, x.n > 1) && has(u)",
        "(among all p there is one where its n is more than 1) and u is there"
      ),
      (
        "p.exists(x, x.n > 1 && has(u))",
        "among all p there is one where its n is more than 1 and this record's u is there"
      ),
      (
        "p.exists(x, p.all(y, y.n > x.n))",
        "where for each of all p, its n is more than the outer p record's n"
      ),
      ("!(has(d) && has(u))", "it is not so that (d is there and u is there)"),
      ("!has(d) && d <= asOf", "d is missing and d is on or before the as-of date"),
      ("coalesce(n, 1) + 2 > 3", "(n, or failing that 1) plus 2 is more than 3"),
    ])
  func explained(_ expression: String, _ words: String) throws {
    let scratch = try scratch(
      "  - {rule: r, for: p, check: '\(expression)'}\n", "1,2016-02-28,,,T")
    let told = try BuiltProgram().run(["rules", "explain", "r", "--rules", scratch.path("rules")])
    #expect(told.output.contains(words), "\(told.output)")
  }

  @Test("another order of two rows with one value corrects neither; another value does")
  func sharedValue() throws {
    let scratch = try scratch(Self.deadline)
    try scratch.write(
      Self.table.replacing("type: integer}", with: "type: integer, constraints: {unique: true}}"),
      to: "rules/p.yaml")
    func night(_ asOf: String, _ values: [(id: String, n: Int)]) throws -> String {
      let rows = values.map { "\($0.id),2016-01-01,2016-01-02,\($0.n),T\n" }
      try scratch.write("id,d,u,n,team\n" + rows.joined(), to: "extracts/p.csv")
      return try validate(scratch, asOf: asOf, "--ledger", scratch.path("l.sqlite")).output
    }
    _ = try night("2016-03-01", [("a", 7), ("b", 7), ("c", 8)])
    let swapped = try night("2016-03-02", [("b", 7), ("a", 7), ("c", 8)])
    #expect(swapped.contains("1 new, 0 worse, 0 put right, 0 reopened, 1 no longer looked at"))
    let mended = try night("2016-03-03", [("b", 9), ("a", 7), ("c", 8)])
    #expect(mended.contains("0 new, 0 worse, 1 put right"))
  }

  @Test("a code list in place of another that lacks the codes which rules go by is told in a run")
  func replacedCodes() throws {
    let scratch = try scratch(
      "  - {rule: seen, for: p, when: 'n == \"A\"', check: has(u)}\n", "1,2016-01-01,,X,T")
    try scratch.write(
      Self.table.replacing("{name: n, type: integer}", with: "{name: n, codes: kinds}"),
      to: "rules/p.yaml")
    try scratch.write("codes: kinds\nvalues: {A: a, X: x}\n", to: "rules/kinds.yaml")
    try scratch.write("codes: kinds\nvalues: {X: x}\n", to: "own/kinds.yaml")
    let lacks = "the code list `kinds` replaces another and lacks \"A\", which rules compare with"
    #expect(!(try validate(scratch).errors.contains(lacks)))
    let outcome = try validate(scratch, "--rules", scratch.path("own"))
    #expect(outcome.errors.contains("kinds.yaml:1:8: warning: \(lacks)"), "\(outcome.errors)")
  }

  @Test("a council's calendar that loses holidays, or that nothing uses, is told in a run")
  func ownCalendars() throws {
    let scratch = try scratch(Self.deadline, "1,2016-01-01,2016-01-02,,T")
    let calendar = """
      calendar: england-and-wales
      covers: {from: 2016-01-01, to: 2016-12-31}
      holidays: [2016-01-01, 2016-03-25, 2016-12-25]

      """
    try scratch.write(calendar, to: "rules/calendar.yaml")
    #expect(!(try validate(scratch).errors.contains("warning:")))
    func warning(_ own: String) throws -> String {
      try scratch.write(own, to: "own/calendar.yaml")
      let outcome = try validate(scratch, "--rules", scratch.path("own"))
      return outcome.errors.split(separator: "\n").filter { $0.contains("warning:") }
        .joined(separator: "\n")
    }
    // 25 December 2016 is a Sunday, on which nobody works anyway.
    let lost = try warning(calendar.replacing("2016-03-25, 2016-12-25", with: "2016-06-03"))
    #expect(lost.contains("replaces the one at"), "\(lost)")
    #expect(lost.contains("lacks a holiday of it, 2016-03-25 first"), "\(lost)")
    #expect(try warning(calendar.replacing("2016-12-25", with: "2016-06-03")) == "")
    let unused = try warning(calendar.replacing("england-and-wales", with: "ours"))
    #expect(unused.contains("the calendar `ours` is not used, `england-and-wales` is"), "\(unused)")
  }

  @Test("a ledger in a folder that is not there: the folder is named, and none is made")
  func noFolder() throws {
    let scratch = try scratch(Self.deadline, "1,2016-01-01,2016-01-02,,East")
    let outcome = try validate(scratch, "--ledger", scratch.path("none/l.sqlite"))
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("its folder is not there"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("none")))
  }

  @Test("a run in which no rule is in force is told")
  func noRules() throws {
    let scratch = try scratch(Self.deadline, "1,2016-01-01,,,T")
    #expect(!(try validate(scratch, "--quiet").errors.contains("o rule is in force")))
    try FileManager.default.removeItem(atPath: scratch.path("rules/rules.yaml"))
    // Tables with constraints alone may be meant so.
    let constraints = try validate(scratch, "--quiet")
    #expect(constraints.status == 0)
    #expect(
      constraints.errors.contains("No rule is in force, only the constraints of the tables"))
    try scratch.write(
      "table: p\nfiles: [\"p*.csv\"]\nfields: [{name: id}, {name: team}]\n", to: "rules/p.yaml")
    let words = "rules:1:1: warning: no rule is in force, and no table has a constraint"
    let nothing = try validate(scratch, "--quiet")
    #expect(nothing.status == 0)
    #expect(nothing.errors.contains(words), "\(nothing.errors)")
    let check = try BuiltProgram().run(["rules", "check", "--rules", scratch.path("rules")])
    #expect(check.status == 0)
    #expect(check.errors.contains(words), "\(check.errors)")
  }
}
