import Expressions

/// Warns the authors of rules of conditions that can never fail or never hold, and of deadlines that
/// can never be overdue, by slips that are easily made.
struct IdleConditions {
  typealias Node = CheckedExpression.Node

  let collector: DiagnosticCollector
  let rulebook: Rulebook
  let known: KnownValues

  init(in rulebook: Rulebook, collector: DiagnosticCollector) {
    self.collector = collector
    self.rulebook = rulebook
    known = KnownValues(rulebook.parameters)
  }

  func warn() {
    rulebook.forEachExpression { expression in
      expression.node.walk {
        warnIfReversed($0, in: expression)
        warnIfNoYear($0, in: expression)
      }
      warnIfIdle(expression.node, within: nil, in: expression)
    }
    for rule in rulebook.rules { warnOfClock(of: rule) }
    // A rule in which something is still wrong may be half written.
    if collector.isWithoutMistake { warnOfWhatIsSettled() }
  }

  func warn(_ what: String, _ expression: CheckedExpression, advice: String) {
    collector.warn(what, at: expression.source.position(of: 0), advice: advice)
  }

  // MARK: - Time

  /// Of a day that has gone by, a time counted from the as-of date is less than 0, and less than any
  /// limit.
  private func warnIfReversed(_ node: Node, in expression: CheckedExpression) {
    guard case .comparison(let comparison, let a, let b) = node else { return }
    let (call, limit): (Node, Node)
    switch comparison {
    case .less, .lessOrEqual: (call, limit) = (a, b)
    case .greater, .greaterOrEqual: (call, limit) = (b, a)
    default: return
    }
    guard let function = countedFromAsOf(call), case .int(let most)? = known.value(limit), most > 0
    else { return }
    let name = function.rawValue
    let other = function == .ageOn ? "" : "; for a day that lies ahead compare the days themselves"
    warn(
      "`\(name)(asOf, ...)` is less than 0 for a day that has gone by, and so never more than \(most)",
      expression, advice: "Write \(name)(..., asOf)\(other)")
  }

  private func countedFromAsOf(_ node: Node) -> Function? {
    switch node {
    case .call(.number, let arguments): return arguments.first.flatMap { countedFromAsOf($0) }
    case .call(let function, let arguments):
      let counting: [Function] = [
        .daysBetween, .workingDaysBetween, .monthsBetween, .hoursBetween, .ageOn,
      ]
      guard counting.contains(function), arguments.count == 2, case .asOf = arguments[0] else {
        return nil
      }
      if case .asOf = arguments[1] { return nil }
      return function
    default: return nil
    }
  }

  /// A year is known by four digits, a financial one by the year in which it starts: `2023/24` is a
  /// quotient, and 23 a year in which nothing happened.
  private func warnIfNoYear(_ node: Node, in expression: CheckedExpression) {
    guard case .comparison(_, let a, let b) = node else { return }
    for (one, other) in [(a, b), (b, a)] {
      guard case .call(let function, _) = one, function == .financialYear || function == .year,
        let number = Self.number(known.value(other)),
        function == .year ? (2...999).contains(number) : !(1900...2200).contains(number)
      else { continue }
      let shown = Int(exactly: number).map { "\($0)" } ?? "\(number)"
      warn(
        "`\(function.rawValue)` gives a year of four digits, and \(shown) is none of our time",
        expression,
        advice: function == .year
          ? "Write all four, such as 2023"
          : "Write the year in which the financial year starts: 2023 for 2023/24")
    }
  }

  // MARK: - Either and both

  /// Warns of `a != "X" || a != "Y"`, which always holds, and `a == "X" && a == "Y"`, which never
  /// does, in a step and all that it is computed from.
  ///
  /// `outer` tells whether the step around this one is an `||`; nil where it is no operator of both.
  private func warnIfIdle(_ node: Node, within outer: Bool?, in expression: CheckedExpression) {
    let isEither: Bool? =
      switch node {
      case .or: true
      case .and: false
      default: nil
      }
    // A chain is looked at as a whole, and once.
    if let isEither, isEither != outer { warn(ofChain: node, isEither, in: expression) }
    node.forEachPart { warnIfIdle($1, within: isEither, in: expression) }
  }

  private func warn(ofChain node: Node, _ isEither: Bool, in expression: CheckedExpression) {
    var first: [String: CheckedExpression.Constant] = [:]
    for part in parts(of: node, isEither: isEither) {
      guard let (name, value) = compared(part, isEither ? .notEqual : .equal) else { continue }
      guard let before = first[name] else {
        first[name] = value
        continue
      }
      guard before != value else { continue }
      let shown = name.split(separator: ".").filter { !$0.hasPrefix("$") }.joined(separator: ".")
      warn(
        isEither
          ? "`\(shown)` always differs from one of two values: this can never fail"
          : "`\(shown)` never equals two values at once: this can never hold", expression,
        advice: isEither ? "Join the two by &&" : "Join the two by ||, or write `in [a, b]`")
      return
    }
  }

  /// What is joined by one operator, however it is nested.
  func parts(of node: Node, isEither: Bool) -> [Node] {
    switch (node, isEither) {
    case (.or(let a, let b), true), (.and(let a, let b), false):
      parts(of: a, isEither: isEither) + parts(of: b, isEither: isEither)
    default: [node]
    }
  }

  private func compared(_ node: Node, _ wanted: CheckedExpression.Comparison) -> (
    String, CheckedExpression.Constant
  )? {
    guard case .comparison(wanted, let a, let b) = node else { return nil }
    for (one, other) in [(a, b), (b, a)] {
      if let name = path(one), let value = known.value(other) { return (name, value) }
    }
    return nil
  }

  /// A field or column in words that tell it from others in the same expression; nil for anything
  /// else.
  func path(_ node: Node) -> String? {
    let (row, name): (Node, String)
    switch node {
    case .field(let owner, let table, let field):
      (row, name) = (owner, rulebook.schema.tables[table].fields[field].name)
    case .derived(let owner, let table, let column):
      (row, name) = (owner, rulebook.schema.tables[table].derived[column].name)
    default: return nil
    }
    return rowPath(row).map { $0.isEmpty ? name : "\($0).\(name)" }
  }

  private func rowPath(_ row: Node) -> String? {
    switch row {
    case .variable(0): return ""
    case .variable(let slot): return "$\(slot)"
    case .parent(let below, let relation):
      guard let name = rulebook.schema.relations[relation].name else { return nil }
      return rowPath(below).map { $0.isEmpty ? name : "\($0).\(name)" }
    default: return nil
    }
  }
}
