import CheckRuns
import Diagnostics
import Foundation
import Rulebooks
import TestSupport

/// A small world to try rules in: one table of duties, one of events, and a calendar.
struct RuleBench {
  private let folder: ScratchFolder

  static let tables = """
    table: duties
    files: ["duties*.csv"]
    primaryKey: id
    fields:
      - {name: id, type: string}
      - {name: started, type: date}
      - {name: started_at, type: datetime}
      - {name: ended, type: date}
      - {name: done, type: date}
      - {name: done_at, type: datetime}
      - {name: note, type: string}
      - {name: size, type: integer}
      - {name: weight, type: number}
      - {name: open, type: boolean}
    ---
    table: events
    files: ["events*.csv"]
    primaryKey: event_id
    fields:
      - {name: event_id, type: string}
      - {name: duty_id, type: string}
      - {name: happened, type: date}
    foreignKeys:
      - {fields: duty_id, reference: {table: duties, fields: id}, as: duty}
    ---
    calendar: england-and-wales
    covers: {from: 2015-01-01, to: 2016-12-31}
    holidays: [2015-12-25, 2015-12-28, 2016-01-01, 2016-03-25, 2016-03-28, 2016-05-02, 2016-05-30]
    """

  init() throws {
    folder = try ScratchFolder()
    try folder.write(Self.tables, to: "tables.yaml")
  }

  /// Runs the tests of a rule file and returns each failure's sentence and advice.
  ///
  /// Where the file does not load, it returns the mistakes in it instead.
  func failures(of text: String) async throws -> [String] {
    try folder.write(text, to: "tried.yaml")
    let (rulebook, mistakes) = Rulebook.load(RuleSelection(folders: [folder.url.path]))
    let said = mistakes.filter { $0.severity == .error }.map(\.what)
    if !said.isEmpty { return said }
    return try runRuleTests(rulebook).flatMap(\.failures).map {
      $0.what + ($0.advice.map { ". \($0)" } ?? "")
    }
  }

  /// Runs one rule on one row and its events; returns what differs from the expected verdicts.
  func failures(
    rule: String, row: String, events: [String] = [], asOf: String, expect: [String: String]
  ) async throws -> [String] {
    let eventRows = events.enumerated().map {
      "{event_id: E\($0.offset), duty_id: D, happened: \($0.element)}"
    }
    let expected = expect.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    let text = """
      rules:
        - {rule: tried, for: duties, \(rule)}
      tests:
        - test: tried
          asOf: \(asOf)
          given:
            duties: [{id: D\(row.isEmpty ? "" : ", " + row)}]
            events: [\(eventRows.joined(separator: ", "))]
          expect: {tried: {\(expected.joined(separator: ", "))}}
      """
    try folder.write(text, to: "rules.yaml")
    let (rulebook, diagnostics) = Rulebook.load(RuleSelection(folders: [folder.url.path]))
    let mistakes = diagnostics.filter { $0.severity == .error }
    if !mistakes.isEmpty { return mistakes.map(\.description) }
    return try runRuleTests(rulebook).flatMap(\.failures).map(\.description)
  }

  /// Loads a faulty rule and returns what is said about it.
  func mistakes(rule: String) throws -> [Diagnostic] {
    try folder.write("rules:\n  - {rule: tried, for: duties, \(rule)}\n", to: "rules.yaml")
    return Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
  }
}
