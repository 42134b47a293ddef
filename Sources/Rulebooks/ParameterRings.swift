import Diagnostics
import Expressions

/// Which of the parameters that could not be settled are made of themselves, and which only of
/// such.
struct ParameterRings {
  private let madeOf: [String: Set<String>]

  /// Looks at what each is made of.
  init(_ unsettled: [Declarations.Declaration]) {
    let stuck = Set(unsettled.map(\.name))
    madeOf = Dictionary(
      unsettled.map { parameter in
        let isValue = parameter.node.text == nil
        return (
          parameter.name, isValue ? [] : parameter.node.expressionSource.names.intersection(stuck)
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Says that a parameter is made of itself; of one that is made of others which could not be
  /// settled, nothing.
  ///
  /// They are the mistake. What is wrong with any other `otherwise` says.
  func report(
    _ declaration: Declarations.Declaration, to collector: DiagnosticCollector,
    otherwise: () -> Void
  ) {
    let direct = madeOf[declaration.name] ?? []
    var reached: Set<String> = []
    var waiting = Array(direct)
    while let name = waiting.popLast() {
      if reached.insert(name).inserted { waiting += madeOf[name] ?? [] }
    }
    if reached.contains(declaration.name) {
      collector.report(
        "the parameter `\(declaration.name)` is made of itself (a cycle)",
        at: declaration.namePosition, advice: "Write a value in place of one of the names")
    } else if direct.isEmpty || !declaration.node.expressionSource.isExpression {
      otherwise()
    }
  }
}
