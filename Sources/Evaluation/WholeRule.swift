import Exceptions
import Expressions
import Rulebooks

/// A rule that asks about records however old they are.
struct WholeRule {
  /// Without the time that it looks back to; nil if it has none.
  private let withoutLookBack: CompiledRule?
  /// As if tables reached back for ever; nil if it does not ask how far they do.
  private let reachingBack: CompiledRule?
  /// Whether its clock starts no earlier than the first record of a table.
  let startsWithTable: Bool
  /// Whether its `when` asks by a derived column how far a table goes back, which is worked out once
  /// and so cannot be asked in another way.
  let asksByColumn: Bool

  /// Whether what it waits for can come only with more records, or with other values in them.
  let waitsForRecords: Bool

  init(_ compiled: CompiledRule, _ compiler: ExpressionCompiler) {
    withoutLookBack = compiled.withoutLookBack
    reachingBack = compiled.reachingBack(compiler)
    let rulebook = compiler.context.rulebook
    let start: CheckedExpression? =
      switch compiled.rule.kind {
      case .deadline(let deadline): deadline.due ?? deadline.from
      case .repeating(let repeating): repeating.from
      case .check, .limit: nil
      }
    startsWithTable = start.map { asksHowFarBack($0.node, in: rulebook) } ?? false
    waitsForRecords = GainedEvents(rulebook: rulebook).areAwaited(by: compiled.rule)
    asksByColumn =
      reachingBack == nil
      && (compiled.rule.when.map { asksHowFarBack($0.node, in: rulebook) } ?? false)
  }

  /// Whether it would list some of the rows for an exception.
  func wouldList(_ key: ExceptionKey, _ rows: [RowID]) -> Bool {
    has(withoutLookBack, key, rows) { $0.status == .late }
      || has(reachingBack, key, rows) { $0.status.isBroken || $0.status == .cannotJudge }
  }

  private func has(
    _ compiled: CompiledRule?, _ key: ExceptionKey, _ rows: [RowID],
    where isListed: (Verdict) -> Bool
  ) -> Bool {
    guard let compiled else { return false }
    var frame = Frame(row: nil)
    return rows.contains { row in
      var found = false
      guard Int(row.table) == compiled.rule.table else { return false }
      compiled.judge(row, &frame) { verdict in
        if isListed(verdict), verdict.occasion == key.occasion { found = true }
      }
      return found
    }
  }
}

/// Whether an expression asks how far back a table goes, itself or by derived columns.
private func asksHowFarBack(_ node: CheckedExpression.Node, in rulebook: Rulebook) -> Bool {
  var seen: Set<[Int]> = []
  func asks(_ node: CheckedExpression.Node) -> Bool {
    node.contains { part in
      if part.isLeastOfTable { return true }
      guard case .derived(_, let table, let column) = part,
        seen.insert([table, column]).inserted
      else { return false }
      return asks(rulebook.tables[table].derived[column].expression.node)
    }
  }
  return asks(node)
}
