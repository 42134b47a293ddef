import Expressions
import Extracts
import Values
import WorkingTime

/// Conditions whose outcome is settled before any record is read.
///
/// A parameter counts as unknown: a council may switch a rule on or off by one.
extension IdleConditions {
  func warnOfWhatIsSettled() {
    for table in rulebook.tables {
      for (field, condition) in table.mayBeAhead.sorted(by: { $0.key < $1.key })
      where isTrue(condition.node) == true {
        warn(
          "every day of `\(table.definition.fields[field].name)` may lie ahead: its `maximum: asOf` forbids nothing",
          condition, advice: "Take one of the two out, or say for which rows")
      }
    }
    for rule in rulebook.rules {
      if let when = rule.when, isTrue(when.node) == false {
        warn(
          "this never holds: the rule judges no record", when,
          advice: "Say which rows are judged, or take the rule out")
      }
      switch rule.kind {
      case .check(let check) where isTrue(check.expression.node) == true:
        warn(
          "this always holds: the rule finds no exception", check.expression,
          advice: "Ask something of a field")
      case .limit(let limit): warn(of: limit)
      default: break
      }
    }
  }

  /// No count is less than 0.
  private func warn(of limit: Limit) {
    guard let least = limit.atLeast, limit.atMost == nil else { return }
    let isCount =
      switch limit.value.node {
      case .aggregate(.count, _), .aggregate(.countDistinct, _): true
      default: false
      }
    guard isCount, let number = Self.number(KnownValues().value(least.node)), number <= 0 else {
      return
    }
    warn(
      "a count is never less than 0: this limit is never broken", least,
      advice: "Write the least that is asked, or `atMost`")
  }

  /// What a condition comes to, where no record has a say in it.
  private func isTrue(_ node: Node) -> Bool? {
    switch node {
    case .constant(.bool(let value)): return value
    case .call(.not, let arguments): return arguments.first.flatMap { isTrue($0) }.map { !$0 }
    case .and(let a, let b):
      let both = [isTrue(a), isTrue(b)]
      return both.contains(false) ? false : both.contains(nil) ? nil : true
    case .or(let a, let b):
      let both = [isTrue(a), isTrue(b)]
      return both.contains(true) ? true : both.contains(nil) ? nil : false
    case .comparison(let comparison, let a, let b):
      guard let left = KnownValues().value(a), let right = KnownValues().value(b) else {
        return nil
      }
      return Self.outcome(comparison, left, right)
    default: return nil
    }
  }

  private static func outcome(
    _ comparison: CheckedExpression.Comparison, _ a: CheckedExpression.Constant,
    _ b: CheckedExpression.Constant
  ) -> Bool? {
    if let left = number(a), let right = number(b) { return outcome(comparison, left, right) }
    switch (a, b) {
    case (.date(let left), .date(let right)): return outcome(comparison, left, right)
    case (.string(let left), .string(let right)):
      return comparison == .equal ? left == right : comparison == .notEqual ? left != right : nil
    default: return nil
    }
  }

  private static func outcome<Value: Comparable>(
    _ comparison: CheckedExpression.Comparison, _ a: Value, _ b: Value
  ) -> Bool {
    switch comparison {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }

  static func number(_ value: CheckedExpression.Constant?) -> Double? {
    switch value {
    case .int(let whole)?: Double(whole)
    case .number(let number)?: number
    default: nil
    }
  }
}
