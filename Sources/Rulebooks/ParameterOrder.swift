import Expressions

/// Settles the values of parameters, which may be defined by one another in any order.
struct ParameterOrder {
  typealias Declaration = Declarations.Declaration

  let collector: DiagnosticCollector
  /// What others have replaced, by name: a parameter keeps its type.
  let replaced: [String: [Declaration]]
  private(set) var values: [CheckedExpression] = []
  /// For each parameter, the length of the longest chain of others that it is made of.
  private var chainLengths: [Int] = []

  init(collector: DiagnosticCollector, replaced: [String: [Declaration]]) {
    self.collector = collector
    self.replaced = replaced
  }

  /// Settles all parameters and adds their names and types to the schema.
  ///
  /// Each round settles those that depend only on parameters already settled.
  mutating func settle(_ declarations: [Declaration], in schema: inout Schema) {
    schema.parameters = []
    let names = declarations.map(\.name)
    var waiting = declarations
    var rounds = 0
    while !waiting.isEmpty {
      rounds += 1
      var left: [Declaration] = []
      for declaration in waiting {
        let trial = ParameterLoader(collector: DiagnosticCollector(), names: names)
        if let value = trial.value(declaration.node, schema: schema) {
          add(declaration, fitted(value, declaration, names, schema), to: &schema)
        } else {
          left.append(declaration)
        }
      }
      if left.count == waiting.count || rounds > Rulebook.greatestChain {
        let isStuck = left.count == waiting.count
        let rings = isStuck ? ParameterRings(left) : nil
        for declaration in left { giveUp(declaration, rings, names, in: &schema) }
        return
      }
      waiting = left
    }
  }

  /// A value in the type of the parameter that it replaces.
  ///
  /// Where it is of another, that is reported here, and not in every rule that reads it: the value
  /// replaced stands in its place.
  private func fitted(
    _ value: CheckedExpression, _ declaration: Declaration, _ names: [String], _ schema: Schema
  ) -> CheckedExpression {
    let trial = ParameterLoader(collector: DiagnosticCollector(), names: names)
    for other in replaced[declaration.name] ?? [] {
      guard let wanted = trial.value(other.node, schema: schema) else { continue }
      var schema = schema
      schema.parameters.append((declaration.name, wanted.type))
      let loader = ParameterLoader(collector: collector, names: names)
      return loader.fitted(
        value, to: schema.parameters.count - 1, schema: schema, at: declaration.node.position,
        advice: "It takes the place of the one at \(other.namePosition)") ?? wanted
    }
    return value
  }

  private mutating func add(
    _ declaration: Declaration, _ value: CheckedExpression, to schema: inout Schema
  ) {
    var chainLength = 0
    value.node.walk { step in
      if case .parameter(let number) = step {
        chainLength = max(chainLength, chainLengths[number] + 1)
      }
    }
    // Report only the first beyond the limit; the parameters that depend on it are not new
    // mistakes.
    if chainLength == Rulebook.greatestChain + 1 { reportChain(at: declaration) }
    chainLengths.append(chainLength)
    values.append(value)
    schema.parameters.append((declaration.name, value.type))
  }

  /// Reports a parameter that cannot be settled, but keeps its name.
  ///
  /// Otherwise every use of it would be reported as well.
  private mutating func giveUp(
    _ declaration: Declaration, _ rings: ParameterRings?, _ names: [String],
    in schema: inout Schema
  ) {
    if let rings {
      rings.report(declaration, to: collector) {
        let loader = ParameterLoader(collector: collector, names: names)
        _ = loader.value(declaration.node, schema: schema)
      }
    } else if collector.isWithoutMistake {
      reportChain(at: declaration)
    }
    schema.parameters.append((declaration.name, .anything))
    chainLengths.append(0)
    values.append(
      CheckedExpression(
        node: .constant(.bool(false)), type: .anything, source: declaration.node.expressionSource))
  }

  private func reportChain(at declaration: Declaration) {
    collector.report(
      "parameters are made of one another more than \(Rulebook.greatestChain) deep at `\(declaration.name)`",
      at: declaration.namePosition, advice: "Write its value in place of their names")
  }
}
