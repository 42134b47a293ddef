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
    for declaration in declarations.codes.values where !used.contains(declaration.name) {
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

/// Warns of parameters that nothing reads.
///
/// A field of the same name may hide the parameter, or a council may have misspelt the name of the
/// parameter that it meant to set.
struct ParameterUse {
  let collector: DiagnosticCollector

  /// Warns authors of each; whoever runs the rules only of those in a folder of their own, beside
  /// the one that comes with tables: there what was to be set is not.
  func warn(ofUnused declarations: Declarations, in rulebook: Rulebook, isEveryRun: Bool) {
    let asked = declarations.parameters.values.filter { !isEveryRun || $0.layer.folder > 0 }
    // A rule with mistakes may read it.
    guard collector.isWithoutMistake, !asked.isEmpty else { return }
    var used = Set<Int>()
    rulebook.forEachExpression { expression in
      expression.node.walk { node in
        if case .parameter(let number) = node { used.insert(number) }
      }
    }
    let names = rulebook.schema.parameters.map(\.name)
    let others = used.sorted().map { names[$0] }
    let unused = Set(names.indices.lazy.filter { !used.contains($0) }.map { names[$0] })
    for declaration in asked where unused.contains(declaration.name) {
      // A pack that is not loaded may read it.
      let isMentioned = declarations.unselectedTexts.contains { $0.contains(declaration.name) }
      if isMentioned { continue }
      let what = "nothing reads the parameter `\(declaration.name)`"
      let advice =
        nearestName(to: declaration.name, among: others).map { "Did you mean `\($0)`?" }
        ?? "Where a field has the name, the field is read"
      if isEveryRun {
        collector.warnEveryRun(what, at: declaration.namePosition, advice: advice)
      } else {
        collector.warn(what, at: declaration.namePosition, advice: advice)
      }
    }
  }
}

/// Reports the use of working days without a calendar that defines them.
struct CalendarUse {
  let collector: DiagnosticCollector

  /// Which of several calendars counts has been asked elsewhere.
  func report(in rulebook: Rulebook, declaring declarations: Declarations) {
    guard rulebook.calendar == nil, declarations.calendars.count < 2 else { return }
    var first: CheckedExpression?
    rulebook.forEachExpression { expression in
      guard first == nil else { return }
      if expression.node.contains(where: Self.needsCalendar) { first = expression }
    }
    guard let first else { return }
    collector.report(
      missing: "working days are counted here, and no calendar says which they are",
      at: first.source.position(of: 0),
      advice: "Add a calendar file with its `weekend`, `covers` and `holidays`")
  }

  private static func needsCalendar(_ node: CheckedExpression.Node) -> Bool {
    switch node {
    case .constant(.duration(let span)): span.workingDays != 0
    case .call(.workingDays, _), .call(.workingDaysBetween, _), .call(.isWorkingDay, _): true
    default: false
    }
  }
}
