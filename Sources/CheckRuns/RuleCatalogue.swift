import Diagnostics
import Evaluation
import Exceptions
import Expressions
public import Rulebooks

/// The rules as a table for people.
public struct RuleCatalogue {
  private let rulebook: Rulebook

  /// The catalogue of a rulebook.
  public init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  /// One line for each rule, by name, under a line of headings; then the number of constraints.
  public var text: String {
    var rows = [["RULE", "KIND", "TABLE", "PACK", "LIST", "TARGET", "TESTS", "SOURCE"]]
    let tests = testCounts
    for rule in rulebook.rules {
      rows.append([
        rule.name, rule.kind.reported.rawValue, table(rule), rule.pack, rule.list.rawValue,
        target(rule), String(tests[rule.name] ?? 0), rule.source ?? "",
      ])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var text = ""
    for row in rows {
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text + "\n" + counts + "\n"
  }

  /// The catalogue in Markdown, with clock, duration, way of counting days, and owner.
  public var markdown: String {
    let words = RuleClockWords(rulebook: rulebook)
    let tests = testCounts
    var lines = [
      "| rule | asks | pack | table | clock | duration | days counted | target | owner | tests | source |",
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for rule in rulebook.rules {
      let clock = words.clock(of: rule)
      let cells = [
        "`\(rule.name)`", rule.title, rule.pack, table(rule), clock.starts, clock.duration,
        clock.counting, target(rule), words.owner(of: rule), String(tests[rule.name] ?? 0),
        rule.source ?? "",
      ]
      lines.append("| " + cells.map(Self.escaped).joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n\n" + counts + "\n"
  }

  private static func escaped(_ cell: String) -> String {
    cell.replacing("|", with: "\\|").replacing("\n", with: " ")
  }

  private var counts: String {
    let constraints = rulebook.tables.reduce(0) { $0 + ConstraintRule.all(of: $1.definition).count }
    return
      "\(amount(rulebook.rules.count, "rule")), and \(amount(constraints, "constraint")) of \(amount(rulebook.tables.count, "table"))."
  }

  private var testCounts: [String: Int] {
    var tests: [String: Int] = [:]
    for test in rulebook.tests {
      for rule in Set(test.expected.map(\.rule)) { tests[rule, default: 0] += 1 }
    }
    return tests
  }

  private func table(_ rule: Rule) -> String { rulebook.schema.tables[rule.table].name }

  private func target(_ rule: Rule) -> String {
    guard let target = rule.target else { return "" }
    let side = target.direction == .atLeast ? ">=" : "<="
    let first = target.percent.map { "\(side) \($0)%" } ?? ""
    let steps = target.steps.map { "\(side) \($0.percent)% from \($0.from)" }
    let share = target.share == .broken ? " not met" : ""
    return ([first] + steps).filter { !$0.isEmpty }.joined(separator: ", ") + share
  }
}
