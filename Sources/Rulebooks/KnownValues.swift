import Expressions
import Values
import WorkingTime

/// The values of expressions that read no record, as far as the values of the parameters tell.
struct KnownValues {
  private typealias Constant = CheckedExpression.Constant

  /// The value of each parameter by number; nil until worked out, `.some(nil)` if it is unknown.
  private var known: [Constant??]
  private let parameters: [CheckedExpression]

  /// Starts from the given values of the parameters.
  init(_ parameters: [CheckedExpression] = []) {
    self.parameters = parameters
    known = Array(repeating: nil, count: parameters.count)
    for number in parameters.indices { settle(number, of: parameters) }
  }

  /// Works out the value of a parameter, once.
  ///
  /// If each parameter uses another twice, the work would otherwise double at every step.
  private mutating func settle(_ number: Int, of parameters: [CheckedExpression]) {
    guard parameters.indices.contains(number), known[number] == nil else { return }
    // A parameter that depends on itself has no value.
    known[number] = .some(nil)
    parameters[number].node.walk { step in
      if case .parameter(let other) = step { settle(other, of: parameters) }
    }
    known[number] = .some(value(parameters[number].node))
  }

  /// The value, if it is known and is a constant, a duration, a whole number or a day; else nil.
  func value(_ node: CheckedExpression.Node) -> CheckedExpression.Constant? {
    switch node {
    case .constant(let value): return value
    case .parameter(let number): return known.indices.contains(number) ? known[number] ?? nil : nil
    case .call(.date, let arguments):
      guard case .string(let text)? = arguments.first.flatMap(value) else { return nil }
      return CalendarDate(iso: text.string).map { .date($0) }
    case .call(.negate, let arguments):
      switch arguments.first.flatMap(value) {
      case .int(let number)?: return number == .min ? nil : .int(-number)
      case .duration(let span)?: return .duration(-span)
      default: return nil
      }
    case .call(let function, let arguments):
      guard case .int(let number)? = arguments.first.flatMap(value) else { return nil }
      return Self.span(function, Int(number)).map { .duration($0) }
    case .arithmetic(let operation, let a, let b):
      guard let left = value(a), let right = value(b) else { return nil }
      return Self.arithmetic(operation, left, right)
    default: return nil
    }
  }

  /// The parameter that an expression is and nothing else, and where its value stands.
  ///
  /// Where one is only another by a second name, it is the other: a wrong value is to be mended
  /// where it was written, and not in each rule that reads it.
  func parameter(in node: CheckedExpression.Node) -> (number: Int, source: ExpressionSource)? {
    var found: Int?
    var node = node
    // One that has been set to itself leads nowhere.
    for _ in parameters {
      guard case .parameter(let number) = node, parameters.indices.contains(number) else { break }
      found = number
      node = parameters[number].node
    }
    return found.map { ($0, parameters[$0].source) }
  }

  private static func span(_ function: Function, _ number: Int) -> TimeSpan? {
    switch function {
    case .days: .days(number)
    case .workingDays: .workingDays(number)
    case .weeks: .weeks(number)
    case .months: .months(number)
    case .years: .years(number)
    case .hours: .hours(number)
    default: nil
    }
  }

  private static func arithmetic(
    _ operation: CheckedExpression.Arithmetic, _ a: Constant, _ b: Constant
  ) -> Constant? {
    switch (operation, a, b) {
    case (.add, .duration(let x), .duration(let y)): .duration(x + y)
    case (.subtract, .duration(let x), .duration(let y)): .duration(x - y)
    case (.multiply, .duration(let span), .int(let n)),
      (.multiply, .int(let n), .duration(let span)):
      span.scaled(by: Int(n)).map { .duration($0) }
    case (.add, .int(let x), .int(let y)): whole(x.addingReportingOverflow(y))
    case (.subtract, .int(let x), .int(let y)): whole(x.subtractingReportingOverflow(y))
    case (.multiply, .int(let x), .int(let y)): whole(x.multipliedReportingOverflow(by: y))
    case (.divide, .int(let x), .int(let y)): whole(x.dividedReportingOverflow(by: y))
    case (.remainder, .int(let x), .int(let y)): whole(x.remainderReportingOverflow(dividingBy: y))
    default: nil
    }
  }

  private static func whole(_ result: (partialValue: Int64, overflow: Bool)) -> Constant? {
    result.overflow ? nil : .int(result.partialValue)
  }
}
