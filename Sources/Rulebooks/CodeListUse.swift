import Diagnostics
import Expressions
import Extracts
import WorkingTime

/// Reports code lists that nothing uses; the usual cause is a misspelt name elsewhere.
struct CodeListUse {
  let collector: DiagnosticCollector

  func report(unused declarations: Declarations, in rulebook: Rulebook) {
    var used = Set(rulebook.tables.flatMap { $0.definition.fields.compactMap(\.codes?.list) })
    rulebook.forEachExpression { expression in
      for case .codes(let number) in expression.uses {
        used.insert(rulebook.schema.codeLists[number])
      }
    }
    // A rule with mistakes is not in the rulebook, but it may use the list.
    let isWhole = collector.isWithoutMistake
    for declaration in declarations.codes.inForce.values where !used.contains(declaration.name) {
      let isMentioned =
        declarations.unselectedTexts.contains { Self.mentions($0, declaration.name) }
        || (!isWhole
          && rulebook.sources.contains { $0.text.contains("codes.\(declaration.name)") })
      guard !isMentioned else { continue }
      collector.report(
        missing: "the code list `\(declaration.name)` is not used", at: declaration.namePosition,
        advice: "Name it as the `codes` of a field, or take it out")
    }
  }

  private static func mentions(_ text: String, _ list: String) -> Bool {
    text.contains("codes.\(list)") || text.contains("codes: \(list)")
  }
}
