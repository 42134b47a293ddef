import Expressions
import Values
import WorkingTime

/// What expressions come to that read no record: as far as it is known once the parameters have
/// their values.
struct KnownValues {
  private typealias Constant = CheckedExpression.Constant

  /// What is known of each parameter, by number; nil before it was asked for.
  private var known: [Constant??]

  /// The values where the parameters have these.
  init(_ parameters: [CheckedExpression] = []) {
    known = Array(repeating: nil, count: parameters.count)
    for number in parameters.indices { settle(number, of: parameters) }
  }

  /// Once for each: parameters made twice of one another would double the work with each.
  private mutating func settle(_ number: Int, of parameters: [CheckedExpression]) {
    guard parameters.indices.contains(number), known[number] == nil else { return }
    // One that is made of itself has no value.
    known[number] = .some(nil)
    parameters[number].node.walk { step in
      if case .parameter(let other) = step { settle(other, of: parameters) }
    }
    known[number] = .some(value(parameters[number].node))
  }

  /// The value of an amount of time, a whole number or a day; nil where it is another, or not
  /// known.
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
