import Diagnostics
import Expressions
import Extracts
import WorkingTime

/// Reads what a rule asks: its `check`, `deadline`, `repeat` or `limit`.
struct RuleKindLoader {
  /// The keys in a rule, of which it has exactly one.
  static let names = ["check", "deadline", "repeat", "limit"]
  static let deadlineKeys = ["from", "within", "due", "to", "dueSoon"]
  static let repeatKeys = ["from", "until", "events", "every", "first", "dueSoon"]
  static let limitKeys = ["per", "value", "atMost", "atLeast"]

  let collector: DiagnosticCollector
  let expressions: ExpressionLoader
  let tables: [RuleTable]

  private var schema: Schema { expressions.schema }

  /// Reads the kind that a rule names; nil, with a report, if it has a mistake.
  func load(_ name: String, _ reader: MappingReader, scope: ExpressionScope) -> Rule.Kind? {
    guard let node = reader.value(name) else { return nil }
    switch name {
    case "check": return check(node, reader, scope: scope)
    case "deadline": return deadline(node, scope: scope)
    case "repeat": return repeating(node, scope: scope)
    default: return limit(node, scope: scope)
    }
  }

  private func check(_ node: YAMLNode, _ reader: MappingReader, scope: ExpressionScope)
    -> Rule.Kind?
  {
    var ofRow = scope
    ofRow.judgesRow = true
    let expression = expressions.expression(node, "check", of: [.bool], in: ofRow)
    var field: Int?
    if let named = reader.scalar("field"), let name = named.text, let table = scope.table {
      field = schema.tables[table].fields.firstIndex { $0.name == name }
      if field == nil { reportNoField(name, of: table, at: named.position) }
    }
    var marks: CheckedExpression?
    if let node = reader.scalar("marks"), let marked = expressions.expression(node, in: scope) {
      switch marked.type {
      case .row, .list(.row), .list(.anything): marks = marked
      default:
        collector.report(
          "`marks` names a row or rows, not \(expressions.withArticle(marked.type))",
          at: node.position)
      }
    }
    return expression.map { .check(Check(expression: $0, field: field, marks: marks)) }
  }

  /// Reports a name that is no field of a table, and what it is instead.
  private func reportNoField(_ name: String, of table: Int, at position: SourcePosition) {
    let own = schema.tables[table]
    guard !own.derived.contains(where: { $0.name == name }) else {
      collector.report(
        "`\(name)` is worked out (derived), and `field` wants a column of the export",
        at: position, advice: "Name a field that it is worked out from")
      return
    }
    let heading = normalHeading(name)
    let headed = tables[table].definition.fields.first { field in
      field.headings.contains { normalHeading($0) == heading }
    }
    collector.report(
      "there is no field `\(name)` in \(own.name)", at: position,
      advice: headed.map { "That is a heading; its field is `\($0.name)`" }
        ?? suggestion(for: name, among: own.fields.map(\.name)))
  }

  private func deadline(_ node: YAMLNode, scope: ExpressionScope) -> Rule.Kind? {
    guard let reader = MappingReader(node, "`deadline`", keys: Self.deadlineKeys, into: collector)
    else {
      return nil
    }
    var events = scope
    events.givesEvents = true
    func moment(_ key: String) -> CheckedExpression? {
      reader.scalar(key).flatMap {
        expressions.moment($0, key, in: key == "to" ? events : scope)
      }
    }
    func duration(_ key: String) -> CheckedExpression? {
      reader.value(key).flatMap { expressions.duration($0, key, in: scope) }
    }
    let deadline = Deadline(
      from: moment("from"), within: duration("within"), due: moment("due"), to: moment("to"),
      dueSoon: duration("dueSoon"))
    if reader.has("due") {
      for key in ["from", "within"] where reader.has(key) {
        reader.report("`due` stands in place of `from` and `within`", key: key)
      }
      return deadline.due.map { _ in .deadline(deadline) }
    }
    for key in ["from", "within"] where !reader.has(key) {
      reader.report(
        "`deadline` needs `from` and `within`, or `due`; there is no `\(key)`")
    }
    guard deadline.from != nil, deadline.within != nil else { return nil }
    return .deadline(deadline)
  }

  private func repeating(_ node: YAMLNode, scope: ExpressionScope) -> Rule.Kind? {
    guard let reader = MappingReader(node, "`repeat`", keys: Self.repeatKeys, into: collector)
    else {
      return nil
    }
    for key in ["from", "events", "every"] where !reader.has(key) {
      reader.report("`repeat` needs `from`, `events` and `every`; there is no `\(key)`")
    }
    let from = reader.scalar("from").flatMap { expressions.moment($0, "from", in: scope) }
    let until = reader.scalar("until").flatMap { expressions.moment($0, "until", in: scope) }
    var ofEvents = scope
    ofEvents.givesEvents = true
    let events = reader.scalar("events").flatMap {
      expressions.expression($0, "events", of: [.list(.date)], in: ofEvents)
    }
    let every = reader.value("every").flatMap { expressions.duration($0, "every", in: scope) }
    let first = reader.value("first").flatMap { expressions.duration($0, "first", in: scope) }
    let dueSoon = reader.value("dueSoon").flatMap {
      expressions.duration($0, "dueSoon", in: scope)
    }
    guard let from, let events, let every else { return nil }
    if case .duration(.zero)? = expressions.known.value(every.node) {
      expressions.warn(
        every, "is no time: what is asked is due again on the day on which it was done",
        advice: "Write an amount of more than 0")
    }
    for (key, span) in [("every", every), ("first", first)] {
      if let span, countsHours(span.node) {
        collector.warn(
          "`repeat` counts days, and events of one day as one: hours of `\(key)` are not told apart",
          at: reader.position(of: key), advice: "Say days, or ask a `deadline` of each record")
      }
    }
    return .repeating(
      Repeating(
        from: from, until: until, events: events, every: every, first: first, dueSoon: dueSoon))
  }

  /// Whether an amount of time is one of hours, as far as that is known before any record is.
  private func countsHours(_ node: CheckedExpression.Node) -> Bool {
    node.contains { step in
      if case .call(.hours, _) = step { return true }
      guard case .duration(let span)? = expressions.known.value(step) else { return false }
      return span.isOnClock
    }
  }

  private func limit(_ node: YAMLNode, scope: ExpressionScope) -> Rule.Kind? {
    guard let reader = MappingReader(node, "`limit`", keys: Self.limitKeys, into: collector) else {
      return nil
    }
    if !reader.has("value") {
      reader.report("`limit` needs a `value`, such as count()")
    }
    if !reader.has("atMost"), !reader.has("atLeast") {
      reader.report("`limit` needs `atMost` or `atLeast`")
    }
    let single: [ValueType] = [.string, .int, .number, .bool, .date, .datetime, .time]
    let per = reader.scalar("per").flatMap {
      expressions.expression($0, "per", of: single, in: scope)
    }
    var aggregates = scope
    aggregates.allowsAggregates = true
    let types: [ValueType] = [.number, .date, .datetime, .duration]
    let value = reader.scalar("value").flatMap {
      expressions.expression($0, "value", of: types, in: aggregates)
    }
    let isAggregate = value?.node.contains { if case .aggregate = $0 { true } else { false } }
    if isAggregate == false {
      reader.report(
        "`value` is an aggregate over the rows of the group", key: "value",
        advice: "Write count(), sum(x), countDistinct(x), min(x), max(x) or average(x)")
    }
    func bound(_ key: String) -> CheckedExpression? {
      guard let value, let node = reader.scalar(key) else { return nil }
      if value.type == .duration { return expressions.duration(node, key, in: aggregates) }
      return expressions.expression(
        node, key, of: value.type == .int || value.type == .number ? [.number] : [value.type],
        in: aggregates)
    }
    let (atMost, atLeast) = (bound("atMost"), bound("atLeast"))
    if let atMost, let atLeast, isOver(atLeast, atMost) {
      let what = "no value is at least \(atLeast.source.text) and at most \(atMost.source.text)"
      let advice = "Let `atLeast` be no more than `atMost`"
      if let blamed = parameter(in: atLeast) ?? parameter(in: atMost) {
        collector.report(
          "\(what), as the limit at \(reader.node.position) asks by this parameter",
          at: blamed.position(of: 0), advice: advice)
      } else {
        reader.report(what, key: "atLeast", advice: advice)
      }
    }
    guard let value, atMost != nil || atLeast != nil else { return nil }
    if reader.has("per"), per == nil { return nil }
    return .limit(Limit(per: per, value: value, atMost: atMost, atLeast: atLeast))
  }

  /// Where the value of a bound stands that is a parameter.
  private func parameter(in bound: CheckedExpression) -> ExpressionSource? {
    expressions.known.parameter(in: Self.asWritten(bound.node))?.source
  }

  /// A whole number stands as a number where one is wanted.
  private static func asWritten(_ node: CheckedExpression.Node) -> CheckedExpression.Node {
    if case .call(.number, let whole) = node, let whole = whole.first { return whole }
    return node
  }

  /// Whether a bound is known to be greater than another.
  private func isOver(_ one: CheckedExpression, _ other: CheckedExpression) -> Bool {
    func known(_ bound: CheckedExpression) -> CheckedExpression.Constant? {
      expressions.known.value(Self.asWritten(bound.node))
    }
    switch (known(one), known(other)) {
    case (.int(let a)?, .int(let b)?): return a > b
    case (.number(let a)?, .number(let b)?): return a > b
    case (.int(let a)?, .number(let b)?): return Double(a) > b
    case (.number(let a)?, .int(let b)?): return a > Double(b)
    case (.date(let a)?, .date(let b)?): return a > b
    default: return false
    }
  }
}
