import Expressions

/// Tells apart the unsettled parameters that depend on themselves and those that only use these.
struct ParameterRings {
  private let madeOf: [String: Set<String>]

  /// Collects the unsettled parameters that each one refers to.
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

  /// Reports a parameter that depends on itself.
  ///
  /// One that only refers to others which could not be settled is not reported: those others are
  /// the mistake. `otherwise` reports what is wrong with any other parameter.
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
