import CheckRuns
import Diagnostics
import Exceptions
import Foundation
import Rulebooks
import TestSupport
import Testing
import WorkingTime

@testable import Evaluation

/// What has a name, a parameter or a derived column, is judged as if it stood where it is used.
@Suite("Values by their names")
struct ByNameTests {
  private static let tables = """
    table: people
    files: ["people*.csv"]
    primaryKey: id
    fields:
      - {name: id}
      - {name: forename}
      - {name: home}
      - {name: born, type: date}
      - {name: size, type: integer}
    derived:
      - {name: home_key, type: string, value: home.upper()}
      - {name: days, value: "this.visits.map(v, v.day)"}
      - {name: measure, value: "has(size) ? of_visits : 0"}
      - {name: of_visits, value: "this.visits.size() + 0.5"}
    ---
    table: visits
    files: ["visits*.csv"]
    primaryKey: visit_id
    mayBeEmpty: true
    fields:
      - {name: visit_id}
      - {name: person}
      - {name: "on", type: date, constraints: {maximum: asOf}, mayBeAhead: "homes.all(h, h.places > 9)"}
      - {name: flag, type: boolean}
      - {name: seen, type: datetime, format: ["%d/%m/%Y %H:%M", "%d/%m/%Y"]}
      - {name: left, type: datetime, format: ["%d/%m/%Y %H:%M"]}
    derived:
      - {name: day, value: dateOf(seen)}
    foreignKeys:
      - {fields: person, reference: {table: people, fields: id}, as: child}
    ---
    table: homes
    files: ["homes*.csv"]
    primaryKey: urn
    mayBeEmpty: true
    fields:
      - {name: urn}
      - {name: places, type: integer}
    ---
    calendar: england-and-wales
    holidays: [2016-01-01]

    """

  private func report(_ rules: String, _ extracts: [String: String]) async throws -> RunReport {
    let folder = try ScratchFolder()
    try folder.write(Self.tables + "---\n" + rules, to: "rules/rules.yaml")
    for (name, text) in extracts { try folder.write(text, to: "extracts/\(name).csv") }
    return try await check(
      CheckRequest(
        extracts: [folder.path("extracts")], earlier: nil,
        rules: RuleSelection(folders: [folder.path("rules")]),
        asOf: try #require(CalendarDate(iso: "2016-06-01")), threads: 2, memory: nil,
        version: "test"))
  }

  private static let people = "id,forename,home,born,size\nP1,Zed,h1,2010-01-01,1\n"

  @Test(
    "a parameter that reads what is in no extract keeps a rule from judging",
    arguments: [nil, "visit_id,person,on,seen,left\nV1,P1,2016-01-04,,\n"])
  func parameters(_ visits: String?) async throws {
    var extracts = ["people": Self.people]
    extracts["visits"] = visits
    let report = try await report(
      """
      parameters: {flagged: "visits.exists(v, v.flag)", twice: "flagged || visits.size() > 1"}
      ---
      rules:
        - {rule: inline, for: people, check: "!visits.exists(v, v.flag)"}
        - {rule: named, for: people, check: "!flagged"}
        - {rule: named-twice, for: people, check: "!twice"}
      """, extracts)
    let missing = report.rules.filter { ["inline", "named", "named-twice"].contains($0.name) }
      .map(\.judgedNothing)
    #expect(Set(missing).count == 1)
    #expect(missing.first?.isEmpty == false)
  }

  @Test("a person's name that a parameter reads is in no list")
  func names() async throws {
    let report = try await report(
      """
      parameters: {boss: "lookup(people, 'P1').forename"}
      ---
      rules:
        - {rule: led, for: people, check: size > 9, message: "is led by {boss}"}
      """, ["people": Self.people])
    #expect(
      report.exceptions.filter { $0.rule == "led" }.map(\.message) == ["is led by (not shown)"])
  }

  @Test("columns without a type have that of what they work out, in whatever order they stand")
  func types() async throws {
    let report = try await report(
      """
      rules:
        - {rule: long-ago, for: people, check: "!days.exists(d, daysBetween(d, asOf) > 30)"}
        - {rule: number, for: people, check: measure / 2 == 0.75}
      """,
      [
        "people": Self.people,
        "visits": "visit_id,person,on,flag,seen,left\nV1,P1,2016-01-04,,04/01/2016,\n",
      ])
    let failed = report.exceptions.filter { $0.table == "people" }.map(\.rule)
    #expect(failed == ["long-ago"])
  }

  @Test("a mistake in an expression on a column without a type is told")
  func mistakes() throws {
    let folder = try ScratchFolder()
    try folder.write(
      Self.tables + "---\nrules: [{rule: r, for: people, check: \"days.exists(d, d.nothing)\"}]\n",
      to: "rules.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.path("")])).diagnostics
    #expect(found.map(\.what) == ["a date has no `nothing`"])
  }

  @Test("a condition for days to come that cannot be worked out allows none")
  func daysAhead() async throws {
    let visits = "visit_id,person,on,flag,seen,left\nV1,P1,2016-07-01,,,\n"
    for (homes, count) in [("urn,places\nH1,10\n", 0), ("urn,places\nH1,1\n", 1), (nil, 1)] {
      var extracts = ["people": Self.people, "visits": visits]
      extracts["homes"] = homes
      let report = try await report("rules: []", extracts)
      #expect(report.exceptions.count { $0.rule == "visits.on.maximum" } == count, "\(homes ?? "")")
    }
  }

  @Test("a look-up that finds nothing points at the field of its key")
  func lookUps() async throws {
    let report = try await report(
      """
      rules:
        - {rule: inline, for: people, check: "lookup(homes, home.upper()).places > 0", field: born}
        - {rule: named, for: people, check: "lookup(homes, home_key).places > 0", field: born}
      """, ["people": Self.people, "homes": "urn,places\nH2,1\n"])
    #expect(report.exceptions.filter { $0.table == "people" }.map(\.field) == ["home", "home"])
  }

  @Test("a test cannot set a parameter to what reads a derived column", arguments: [true, false])
  func setting(_ readsDerived: Bool) throws {
    let folder = try ScratchFolder()
    try folder.write(
      Self.tables + """
        ---
        parameters: {any: "false"}
        ---
        rules: [{rule: r, for: people, check: "!any"}]
        tests:
          - test: t
            asOf: 2016-06-01
            set: {any: "people.exists(p, p.\(readsDerived ? "home_key" : "home") == 'H1')"}
            given: {people: [{id: A}]}
            expect: {r: {A: met}}
        """, to: "rules.yaml")
    let selection = RuleSelection(folders: [folder.path("")])
    let errors = Rulebook.load(selection).diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.what) == (readsDerived ? ["a row of people has no `home_key`"] : []))
  }

  @Test(
    "amounts of time of different kinds are neither equal nor not, however many",
    arguments: [3, 12])
  func durations(_ count: Int) async throws {
    let visits = (1...count).map { "V\($0),P1,,,04/01/2016,05/01/2016 10:00\n" }
    let report = try await report(
      """
      rules:
        - {rule: r, for: people, check: "visits.all(v, v.left - v.seen != hours(24 * size))"}
      """,
      [
        "people": Self.people,
        "visits": "visit_id,person,on,flag,seen,left\n" + visits.joined(),
      ])
    #expect(report.exceptions.filter { $0.rule == "r" }.map(\.status) == [.cannotJudge])
  }

  @Test("each element is found once where two keys share half of their hashes")
  func sharedHashes() async throws {
    var seen: [UInt32: Int] = [:]
    var pair: [Int] = []
    for number in 0..<1_000_000 where pair.isEmpty {
      var hasher = Hasher()
      hasher.combine(JoinKey.number(Double(number)))
      let tag = UInt32(truncatingIfNeeded: hasher.finalize())
      if let other = seen.updateValue(number, forKey: tag) { pair = [other, number] }
    }
    try #require(pair.count == 2)
    let numbers = pair + (1...9).map { 1_000_000 + $0 }
    let homes = numbers.map { "H\($0),\($0)\n" }.joined()
    let report = try await report(
      """
      rules:
        - {rule: r, for: people, check: "homes.count(h, h.places in [\(pair[0]), \(pair[1]), size]) == 2"}
      """, ["people": Self.people, "homes": "urn,places\n" + homes])
    #expect(report.exceptions.filter { $0.rule == "r" }.isEmpty)
  }
}
