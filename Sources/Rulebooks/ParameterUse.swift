import Diagnostics
import Expressions

/// Warns of parameters that nothing reads.
///
/// A field of the same name may hide the parameter, or a council may have misspelt the name of the
/// parameter that it meant to set.
struct ParameterUse {
  let collector: DiagnosticCollector

  /// Warns authors of each; whoever runs the rules only of those in a folder of their own, beside
  /// the one that comes with tables: there what was to be set is not.
  func warn(ofUnused declarations: Declarations, in rulebook: Rulebook, isEveryRun: Bool) {
    let asked = declarations.parameters.inForce.values.filter { !isEveryRun || $0.layer.folder > 0 }
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
        suggestion(for: declaration.name, among: others)
        ?? "Where a field has the name, the field is read"
      if isEveryRun {
        collector.warnEveryRun(what, at: declaration.namePosition, advice: advice)
      } else {
        collector.warn(what, at: declaration.namePosition, advice: advice)
      }
    }
  }
}
