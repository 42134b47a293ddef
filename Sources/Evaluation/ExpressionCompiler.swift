import Expressions
import Patterns
import Values
import WorkingTime

/// Turns checked expressions into steps over the rows of one run.
struct ExpressionCompiler {
  typealias Node = CheckedExpression.Node

  let context: EvaluationContext
  /// Whether tables are taken to reach back for ever, wherever a rule asks for the earliest day in
  /// one.
  var reachesBack = false

  func compile(_ expression: CheckedExpression) -> Step { compile(expression.node) }

  /// Evaluates an expression that depends on no row.
  func constant(_ expression: CheckedExpression) -> Value {
    var frame = Frame(row: nil)
    return compile(expression)(&frame)
  }

  func compile(_ node: Node) -> Step { hoisted(node) ?? steps(of: node) }

  private func steps(of node: Node) -> Step {
    switch node {
    case .constant(let constant):
      let value = Value(constant)
      return Step { _ in value }
    case .asOf:
      let value = Value.date(context.agesAsOf)
      return Step { _ in value }
    case .parameter(let number):
      let value = context.parameters[number]
      return Step { _ in value }
    case .variable(let slot):
      return Step { $0.slots[slot] }
    case .special(let name):
      return Step { $0.specials[name] ?? .unexplained }
    case .field(let row, let table, let field):
      return compileField(rowSource(row), table: table, field: field)
    case .derived(let row, let table, let column):
      return compileDerived(rowSource(row), table: table, column: column)
    case .parent(let row, let relation):
      return compileParent(rowSource(row), relation: relation)
    case .children(let row, let relation):
      return compileChildren(rowSource(row), relation: relation)
    case .allRows(let table, let isEarlier):
      let rows = allRows(of: table, isEarlier: isEarlier)
      return Step { _ in rows }
    case .lookup(let table, let isEarlier, let keys):
      return compileLookup(table: table, isEarlier: isEarlier, keys: keys)
    case .codes(let number):
      let list = Value.list(context.codes[number].sorted().map { .string($0) })
      return Step { _ in list }
    case .list(let nodes):
      let steps = nodes.map { compile($0) }
      return Step { frame in .list(steps.map { $0(&frame) }) }
    case .conditional(let condition, let whenTrue, let whenFalse):
      let (test, a, b) = (compileTest(condition), compile(whenTrue), compile(whenFalse))
      return Step { frame in
        switch test(&frame) {
        case .yes: a(&frame)
        case .no: b(&frame)
        case .absent(let blame): .absent(blame)
        }
      }
    case .and, .or, .given:
      let test = compileTest(node)
      return Step { test(&$0).value }
    case .comparison(let comparison, let a, let b):
      if let test = compileTextComparison(comparison, a, b) { return Step { test(&$0).value } }
      return compileComparison(
        comparison, compile(a, comparedWith: b, comparison),
        compile(b, comparedWith: a, comparison))
    case .arithmetic(let operation, let a, let b):
      return compileArithmetic(operation, compile(a), compile(b))
    case .contains(let element, let list): return compileContains(element, list)
    case .index(let list, let number): return compileIndex(compile(list), compile(number))
    case .call(let function, let arguments):
      return compileCall(function, arguments.map { compile($0) })
    case .matches(let text, let pattern):
      let value = compile(text)
      return Step { frame in
        switch value(&frame) {
        case .string(let text): .bool(pattern.matchesAnywhere(in: text.string))
        case let other: .absent(other.blame ?? .none)
        }
      }
    case .coalesce(let nodes): return compileCoalesce(nodes.map { compile($0) })
    case .has(let value):
      let step = compile(value)
      return Step { .bool(!step(&$0).isAbsent) }
    case .same(let a, let b):
      let (left, right) = (compile(a), compile(b))
      return Step { frame in
        let (x, y) = (left(&frame), right(&frame))
        if x.isAbsent || y.isAbsent { return .bool(x.isAbsent && y.isAbsent) }
        return .bool(Value.areEqual(x, y))
      }
    case .loop(let loop, let list, let slot, let body):
      return compileLoop(loop, list, slot: slot, body: body)
    case .spans(let list, let slot, let start, let end):
      return compileSpans(
        compile(list), slot: slot, start: compile(start), end: compile(end))
    case .listCall(let function, let list, let arguments):
      return compileListCall(function, list, arguments)
    case .periodPart(let part, let period):
      let step = compile(period)
      return Step { frame in
        switch (step(&frame), part) {
        case (.period(let period), .start): period.start
        case (.period(let period), .end): period.end
        case (.period(let period), .rows): .list(period.rows)
        case (let other, _): .absent(other.blame ?? .none)
        }
      }
    case .aggregate(let aggregate, let body):
      return compileAggregate(aggregate, body.map { compile($0) })
    }
  }

  /// One side of a comparison.
  private func compile(
    _ node: Node, comparedWith other: Node, _ comparison: CheckedExpression.Comparison
  ) -> Step {
    guard case .asOf = node, context.agesAsOf != context.asOf,
      asksWhetherHappened(comparison, other, in: context.rulebook)
    else { return compile(node) }
    let value = Value.date(context.asOf)
    return Step { _ in value }
  }

  /// Evaluates once what depends on no row but reads whole tables, instead of once for each row.
  private func hoisted(_ node: Node) -> Step? {
    guard readsWholeTable(node), freeSlots(node).isEmpty else { return nil }
    var frame = Frame(row: nil)
    let value = steps(of: node)(&frame)
    if reachesBack, node.isLeastOfTable { return Self.longBefore(value) }
    return Step { _ in value }
  }

  /// A day before all that extracts hold, from which years can still be counted back.
  private static func longBefore(_ value: Value) -> Step {
    let day = CalendarDate(dayNumber: CalendarDate.earliest.dayNumber + 366 * 500)
    return switch value {
    case .date: Step { _ in .date(day) }
    case .datetime: Step { _ in .datetime(LocalDateTime(seconds: Int64(day.dayNumber) * 86_400)) }
    default: Step { _ in value }
    }
  }

  private func readsWholeTable(_ node: Node) -> Bool {
    switch node {
    case .loop, .listCall, .spans, .contains:
      node.contains { if case .allRows = $0 { true } else { false } }
    default: false
    }
  }

  /// The variables that a node reads but does not bind; −1 for a value known only during one
  /// evaluation.
  func freeSlots(_ node: Node) -> Set<Int> {
    switch node {
    case .variable(let slot): return [slot]
    case .special, .aggregate: return [-1]
    case .loop(_, let list, let slot, let body):
      return freeSlots(list).union(freeSlots(body).subtracting([slot]))
    case .spans(let list, let slot, let start, let end):
      return freeSlots(list).union(
        freeSlots(start).union(freeSlots(end)).subtracting([slot]))
    default:
      var slots: Set<Int> = []
      node.forEachPart { slots.formUnion(freeSlots($1)) }
      return slots
    }
  }
}

extension CheckedExpression.Node {
  /// Whether it is the least value in a whole table; of days it tells how far back the table goes.
  var isLeastOfTable: Bool {
    guard case .listCall(.min, _, _) = self else { return false }
    return contains { if case .allRows(_, isEarlier: false) = $0 { true } else { false } }
  }
}

extension Value {
  init(_ constant: CheckedExpression.Constant) {
    switch constant {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .date(let value): self = .date(value)
    case .datetime(let value): self = .datetime(value)
    case .time(let value): self = .time(value)
    case .duration(let value): self = .duration(value)
    }
  }
}
