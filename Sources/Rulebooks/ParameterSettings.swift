import Diagnostics
import Expressions

/// The values that the user sets parameters to, in place of what the rule files say.
struct ParameterSettings {
  let collector: DiagnosticCollector
  let selection: RuleSelection

  func set(in rulebook: inout Rulebook) {
    let loader = ParameterLoader(
      collector: collector, names: rulebook.schema.parameters.map(\.name))
    var overridden: [(name: String, number: Int)] = []
    for (name, value) in selection.parameters {
      guard
        let (number, expression) = loader.override(
          name, value, at: selection.places.parameters[name], schema: rulebook.schema)
      else { continue }
      rulebook.parameters[number] = expression
      overridden.append((name, number))
    }
    // Checked once all of them are set, because each may refer to one that another replaces.
    for (name, number) in overridden where Self.isCircle(number, in: rulebook.parameters) {
      collector.report(
        "the parameter `\(name)` is made of itself",
        at: selection.places.parameters[name] ?? SourcePosition(file: "--set \(name)", line: 1),
        advice: "Give it a value that names no parameter made of it")
    }
  }

  /// Whether a parameter depends on itself, directly or through others.
  private static func isCircle(_ start: Int, in parameters: [CheckedExpression]) -> Bool {
    var seen: Set<Int> = []
    var waiting = [start]
    while let number = waiting.popLast() {
      var comesBack = false
      parameters[number].node.walk { step in
        guard case .parameter(let other) = step else { return }
        if other == start { comesBack = true }
        if seen.insert(other).inserted { waiting.append(other) }
      }
      if comesBack { return true }
    }
    return false
  }
}
