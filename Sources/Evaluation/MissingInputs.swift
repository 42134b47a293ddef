import Exceptions
import Expressions
import Extracts
import Rulebooks

extension EvaluationContext {
  /// What a rule needs that is in no extract, in words; empty where it can be evaluated.
  ///
  /// An empty list in place of a missing table would find every visit missing, an absent cell in
  /// place of a missing column every decision overdue: such a rule is not evaluated, and the run says
  /// so once. Columns that a rule asks about with `has`, `given`, `coalesce` or `same` may be missing.
  func missingInputs(of rule: Rule) -> String {
    inputs(of: rule).words
  }

  /// The same, with the tables that the verdicts of a rule rest on, by name.
  func reading(of rule: Rule) -> RuleReading {
    let search = inputs(of: rule)
    return RuleReading(missing: search.words, tables: tablesRead(by: rule, search))
  }

  private func tablesRead(by rule: Rule, _ inputs: MissingInputs) -> [String] {
    var search = inputs
    let needsEarlier = search.wantsEarlier
    // What a rule points at has to be there for its pointing at nothing to say something.
    if case .check(let check) = rule.kind, let marks = check.marks {
      search.look(marks.node, isAsked: true)
    }
    let names = search.tables.map { rulebook.schema.tables[$0].name }
    return (names + (needsEarlier ? [RuleReport.lastPeriod] : []))
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func inputs(of rule: Rule) -> MissingInputs {
    var search = MissingInputs(context: self)
    search.tables.insert(rule.table)
    for expression in rule.judgingExpressions { search.look(expression.node, isAsked: false) }
    return search
  }
}

/// What a rule reads.
struct RuleReading: Sendable {
  /// What of it is in no extract, in words; empty where the rule can be evaluated.
  var missing: String
  /// The tables, by name.
  var tables: [String]
}

/// Looks through a rule for tables and columns that are in no extract.
private struct MissingInputs {
  let context: EvaluationContext
  var tables: Set<Int> = []
  private var columns: Set<Cell> = []
  private(set) var wantsEarlier = false
  private var seen: Set<Cell> = []
  private var seenAsked: Set<Cell> = []

  private struct Cell: Hashable {
    var table: Int
    var field: Int
  }

  init(context: EvaluationContext) { self.context = context }

  mutating func look(_ node: CheckedExpression.Node, isAsked: Bool) {
    let schema = context.rulebook.schema
    var asksBelow = isAsked
    switch node {
    case .children(_, let relation): tables.insert(schema.relations[relation].child)
    case .parent(_, let relation):
      tables.insert(schema.relations[relation].parent)
      for field in schema.relations[relation].childFields where !isAsked {
        columns.insert(Cell(table: schema.relations[relation].child, field: field))
      }
    case .allRows(let table, let isEarlier), .lookup(let table, let isEarlier, _):
      if isEarlier { wantsEarlier = true } else { tables.insert(table) }
    case .field(_, let table, let field) where !isAsked:
      columns.insert(Cell(table: table, field: field))
    case .derived(_, let table, let column):
      // A column asked about here may be needed there, and the other way round.
      let cell = Cell(table: table, field: column)
      if isAsked ? seenAsked.insert(cell).inserted : seen.insert(cell).inserted {
        look(context.rulebook.tables[table].derived[column].expression.node, isAsked: isAsked)
      }
    case .has, .given, .coalesce, .same: asksBelow = true
    default: break
    }
    for part in node.parts { look(part, isAsked: asksBelow) }
  }

  var words: String {
    let schema = context.rulebook.schema
    var missing = tables.filter { context.dataset.tables[$0].files.isEmpty }.map {
      schema.tables[$0].name
    }
    missing.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if wantsEarlier, context.dataset.earlier == nil { missing.append("last period (--earlier)") }
    if !missing.isEmpty { return "there is no extract of \(missing.joined(separator: ", "))" }
    var headings = columns.filter { cell in
      !context.dataset.tables[cell.table].hasHeading[cell.field]
        && !context.dataset.tables[cell.table].files.isEmpty
    }.map { "\(schema.tables[$0.table].name).\(schema.tables[$0.table].fields[$0.field].name)" }
    headings.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return headings.isEmpty
      ? "" : "no file has a heading of \(headings.joined(separator: ", "))"
  }
}

extension Rule {
  /// The expressions that its verdicts depend on: not those of its messages and its owner.
  fileprivate var judgingExpressions: [CheckedExpression] {
    var judging = self
    judging.message = nil
    judging.owner = nil
    if case .check(var check) = judging.kind {
      check.marks = nil
      judging.kind = .check(check)
    }
    return judging.expressions
  }
}
