import Expressions
public import Rulebooks

/// The rules as a table for people: name, kind, table, pack, target, tests, source.
public struct RuleCatalogue {
  private let rulebook: Rulebook

  /// The catalogue of a rulebook.
  public init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  /// One line a rule, by name, under a line of headings; then a line that counts the constraints.
  public var text: String {
    var tests: [String: Int] = [:]
    for test in rulebook.tests {
      for rule in Set(test.expected.map(\.rule)) { tests[rule, default: 0] += 1 }
    }
    var rows = [["RULE", "KIND", "TABLE", "PACK", "LIST", "TARGET", "TESTS", "SOURCE"]]
    for rule in rulebook.rules {
      rows.append([
        rule.name, kind(rule), rulebook.schema.tables[rule.table].name, rule.pack,
        rule.list.rawValue, target(rule), String(tests[rule.name] ?? 0), rule.source ?? "",
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
    let constraints = rulebook.tables.reduce(0) { $0 + ConstraintRule.all(of: $1.definition).count }
    return text
      + "\n\(rulebook.rules.count) rules, and \(constraints) constraints of \(rulebook.tables.count) tables.\n"
  }

  private func kind(_ rule: Rule) -> String {
    switch rule.kind {
    case .check: "check"
    case .deadline: "deadline"
    case .repeating: "repeat"
    case .limit: "limit"
    }
  }

  private func target(_ rule: Rule) -> String {
    guard let target = rule.target else { return "" }
    let side = target.direction == .atLeast ? ">=" : "<="
    let first = target.percent.map { "\(side) \($0)%" } ?? ""
    let steps = target.steps.map { "\(side) \($0.percent)% from \($0.from)" }
    return ([first] + steps).filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
