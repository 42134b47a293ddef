import Exceptions
import Rulebooks

/// A rule that asks about records however old they are.
struct WholeRule {
  /// Without the time that it looks back to; nil if it has none.
  private let withoutLookBack: CompiledRule?
  /// As if tables reached back for ever; nil if it does not ask how far they do.
  private let reachingBack: CompiledRule?

  init(_ compiled: CompiledRule, _ compiler: ExpressionCompiler) {
    withoutLookBack = compiled.withoutLookBack
    reachingBack = compiled.reachingBack(compiler)
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
