import Expressions
import Patterns
import Rulebooks

/// Comparisons, functions and lists in English.
extension ExpressionEnglish {
  /// A condition as a clause, or its denial.
  func clause(_ node: Node, isDenied: Bool) -> String {
    switch node {
    case .comparison(.equal, let a, let b) where isOneField(a, b):
      // The idiom of rules that ask whether a cell can be read: of a cell that cannot, neither this
      // nor its denial holds.
      let done = if case .derived = Self.plain(a) { "worked out" } else { "read" }
      return "\(part(a)) \(isDenied ? "cannot" : "can") be \(done)"
    case .comparison(let comparison, let a, let b):
      let relation = words(isDenied ? opposite(of: comparison) : comparison, kind(a, b))
      return "\(part(a)) \(relation) \(part(b))"
    case .contains(let element, let list):
      return "\(part(element)) is \(isDenied ? "not " : "")one of \(part(list))"
    case .matches(let text, let pattern):
      return "\(part(text)) \(isDenied ? "does not match" : "matches") \(pattern.source)"
    case .has(let value): return "\(part(value)) is \(isDenied ? "missing" : "there")"
    case .given(let row, let table, let field):
      let name = words(.field(of: row, table: table, field: field))
      return "\(isDenied ? "nothing" : "something") stands in \(name)"
    case .same(let a, let b):
      let words = "\(part(a)) and \(part(b)) are the same, or both missing"
      return isDenied ? "it is not so that \(words)" : words
    default: return words(node)
    }
  }

  /// Whether two steps are the same field or derived column of the same record.
  private func isOneField(_ a: Node, _ b: Node) -> Bool {
    switch (Self.plain(a), Self.plain(b)) {
    case (.field(let one, let table, let field), .field(let other, let second, let last)),
      (.derived(let one, let table, let field), .derived(let other, let second, let last)):
      table == second && field == last && isOneRecord(one, other)
    default: false
    }
  }

  private func isOneRecord(_ a: Node, _ b: Node) -> Bool {
    switch (a, b) {
    case (.variable(let one), .variable(let other)): one == other
    case (.parent(let one, let relation), .parent(let other, let second)):
      relation == second && isOneRecord(one, other)
    default: false
    }
  }

  /// The denial of a clause, worded so that its reach is clear.
  ///
  /// An ordered comparison that is absent stays absent when denied, as does its opposite; so the
  /// opposite may be said instead.
  func denial(of whole: Node) -> String {
    let node = Self.plain(whole)
    return switch node {
    case .comparison, .contains, .matches, .has, .given: clause(node, isDenied: true)
    case _ where isYesOrNo(node): "\(words(node)) is no"
    default: "it is not so that \(part(node))"
    }
  }

  private enum Kind { case days, numbers, others }

  /// The kind of value that a comparison compares.
  private func kind(_ a: Node, _ b: Node) -> Kind {
    for node in [a, b] {
      switch type(of: node) {
      case .date, .datetime: return .days
      // Of two amounts of time one is more than the other, and neither comes before it.
      case .int, .number, .duration: return .numbers
      default: continue
      }
    }
    return .others
  }

  /// The type of a node, if it is evident.
  private func type(of node: Node) -> ValueType? {
    // Ask each part once: asking twice would double the work at each level of nested sums.
    if case .arithmetic(let operation, let a, let b) = node {
      let (one, other) = (type(of: a), type(of: b))
      let days: [ValueType?] = [.date, .datetime]
      if days.contains(one), days.contains(other), operation == .subtract { return .duration }
      return days.contains(one) || days.contains(other) ? .date : one ?? other
    }
    return switch node {
    case .constant(.date), .constant(.datetime), .asOf: .date
    case .constant(.int), .constant(.number): .int
    case .parameter(let number): rulebook.schema.parameters[number].type
    case .field(_, let table, let field): rulebook.schema.tables[table].fields[field].type
    case .derived(_, let table, let column): rulebook.schema.tables[table].derived[column].type
    case .conditional(_, let a, let b): type(of: a) ?? type(of: b)
    case .coalesce(let nodes), .call(.min, let nodes), .call(.max, let nodes):
      first(in: nodes)
    case .call(let function, _): type(of: function)
    case .loop(.count, _, _, _), .listCall(.size, _, _): .int
    case .loop(.map, _, _, let body): type(of: body)
    case .listCall(_, let list, _): type(of: list)
    case .aggregate(.min, let body), .aggregate(.max, let body): body.flatMap { type(of: $0) }
    case .aggregate: .int
    default: nil
    }
  }

  /// The first type that is evident; a lazy sequence would ask each node twice.
  private func first(in nodes: [Node]) -> ValueType? {
    for node in nodes {
      if let found = type(of: node) { return found }
    }
    return nil
  }

  private func type(of function: Function) -> ValueType? {
    switch function {
    case .date, .datetime, .dateOf, .startOfMonth: .date
    case .daysBetween, .workingDaysBetween, .monthsBetween, .hoursBetween, .ageOn, .financialYear,
      .year, .month, .day, .size, .abs, .int, .number:
      .int
    default: nil
    }
  }

  private func opposite(
    of comparison: CheckedExpression.Comparison
  ) -> CheckedExpression.Comparison {
    switch comparison {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  private func words(_ comparison: CheckedExpression.Comparison, _ kind: Kind) -> String {
    switch (comparison, kind) {
    case (.equal, _): "is"
    case (.notEqual, _): "is not"
    case (.less, .days): "is before"
    case (.less, .numbers): "is less than"
    case (.less, .others): "is before or less than"
    case (.lessOrEqual, .days): "is on or before"
    case (.lessOrEqual, _): "is at most"
    case (.greater, .days): "is after"
    case (.greater, .numbers): "is more than"
    case (.greater, .others): "is after or more than"
    case (.greaterOrEqual, .days): "is on or after"
    case (.greaterOrEqual, _): "is at least"
    }
  }

  func words(_ function: Function, _ arguments: [Node]) -> String {
    if function == .negate {
      return "minus \(arguments.first.map { operand($0, of: .multiply, isLast: true) } ?? "")"
    }
    if let words = wordsOfOne(function, arguments) { return words }
    let texts = arguments.map { part($0) }
    let (first, last) = (texts.first ?? "", texts.last ?? "")
    return switch function {
    case .daysBetween: "the days from \(first) to \(last)"
    case .workingDaysBetween: "the working days from \(first) to \(last)"
    case .monthsBetween: "the whole months from \(first) to \(last)"
    case .hoursBetween: "the whole hours from \(first) to \(last)"
    case .ageOn: "the age, by \(first), on \(last)"
    case .isWorkingDay: "\(first) is a working day"
    case .startsWith: "\(first) begins with \(last)"
    case .endsWith: "\(first) ends with \(last)"
    case .contains: "\(first) holds \(last)"
    case .size: "the length of \(first)"
    case .min: "the least of \(joined(texts, "and"))"
    case .max: "the greatest of \(joined(texts, "and"))"
    case .string: "the text of \(first)"
    default: "\(function.rawValue) of \(joined(texts, "and"))"
    }
  }

  /// What a function of one argument says; nil for any other.
  ///
  /// Its argument is put into words once: functions that stand in each other would take twice as
  /// long with each that is added.
  private func wordsOfOne(_ function: Function, _ arguments: [Node]) -> String? {
    switch function {
    case .dateOf, .date, .datetime: "the day of \(bracketed(arguments))"
    case .startOfMonth: "the first day of the month of \(bracketed(arguments))"
    case .financialYear: "the financial year of \(bracketed(arguments))"
    case .year, .month, .day: "the \(function.rawValue) of \(bracketed(arguments))"
    case .upper: "\(bracketed(arguments)) in capitals"
    case .lower: "\(bracketed(arguments)) in small letters"
    case .trim: "\(bracketed(arguments)) without blanks at its ends"
    case .abs: "\(bracketed(arguments)) without its sign"
    case .int: "\(bracketed(arguments)) as a whole number"
    case .days, .workingDays, .weeks, .months, .years, .hours:
      span(function, arguments, bracketed(arguments))
    default: nil
    }
  }

  /// The first argument, in brackets if what stands beside it might be read as part of it, or it as
  /// part of that.
  private func bracketed(_ arguments: [Node]) -> String {
    arguments.first.map { operand($0, of: .multiply, isLast: true) } ?? ""
  }

  /// An amount of time, with its unit as people write it.
  private func span(_ function: Function, _ arguments: [Node], _ amount: String) -> String {
    let unit = function == .workingDays ? "working days" : function.rawValue
    if case .constant(.int(1))? = arguments.first { return "1 \(unit.dropLast())" }
    return "\(amount) \(unit)"
  }

  func words(
    _ loop: CheckedExpression.Loop, _ list: Node, _ slot: Int, _ body: Node
  ) -> String {
    let inner = within(list, slot)
    return switch loop {
    case .exists: "among \(listed(list)) there is one where \(inner.statement(body))"
    case .all: "for each of \(listed(list)), \(inner.statement(body))"
    case .count: "the number of \(listed(list)) where \(inner.statement(body))"
    case .filter: "\(listed(list)) where \(inner.statement(body))"
    case .map: "\(inner.ofEach(body)) of each of \(words(list))"
    case .sortBy: "\(listed(list)) in the order of \(inner.part(body))"
    case .minBy: "the one of \(part(list)) with the least \(inner.part(body))"
    case .maxBy: "the one of \(part(list)) with the greatest \(inner.part(body))"
    }
  }

  /// What is taken of each element of a list: of a field it need not be said whose it is.
  private func ofEach(_ whole: Node) -> String {
    let node = Self.plain(whole)
    guard let name = ownName(node) else { return part(node) }
    return "the \(name)"
  }

  func words(
    _ function: CheckedExpression.ListFunction, _ list: Node, _ arguments: [Node]
  ) -> String {
    let argument = arguments.first.map { part($0) } ?? ""
    return switch function {
    case .size: "the number of \(words(list))"
    case .first: "the first of \(words(list))"
    case .last: "the last of \(words(list))"
    case .at: "number \(argument) (from 0) of \(words(list))"
    case .min: "the least of \(words(list))"
    case .max: "the greatest of \(words(list))"
    case .sum: "the sum of \(words(list))"
    case .distinct: "the different ones of \(words(list))"
    case .before: "the one before \(argument) in \(words(list))"
    case .after: "the one after \(argument) in \(words(list))"
    }
  }
}
