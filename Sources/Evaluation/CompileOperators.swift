import Expressions
import Rulebooks
import Values
import WorkingTime

extension ExpressionCompiler {
  func compileComparison(
    _ comparison: CheckedExpression.Comparison, _ a: Step, _ b: Step
  ) -> Step {
    switch comparison {
    case .equal:
      return Step { frame in Value.equality(a(&frame), b(&frame)) }
    case .notEqual:
      return Step { frame in
        switch Value.equality(a(&frame), b(&frame)) {
        case .bool(let equal): .bool(!equal)
        case let absent: absent
        }
      }
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return Step { frame in
        let left = a(&frame)
        if left.isAbsent { return left }
        let right = b(&frame)
        if right.isAbsent { return right }
        guard let order = Value.order(left, right) else { return .unexplained }
        switch comparison {
        case .less: return .bool(order < 0)
        case .lessOrEqual: return .bool(order <= 0)
        case .greater: return .bool(order > 0)
        default: return .bool(order >= 0)
        }
      }
    }
  }

  func compileArithmetic(
    _ operation: CheckedExpression.Arithmetic, _ a: Step, _ b: Step
  ) -> Step {
    let calendar = context.rulebook.calendar
    return Step { frame in
      let left = a(&frame)
      if left.isAbsent { return left }
      let right = b(&frame)
      if right.isAbsent { return right }
      return Self.arithmetic(operation, left, right, calendar) ?? .unexplained
    }
  }

  /// Nil if there is no result: division by zero, overflow of 64 bits, or outside the calendar.
  static func arithmetic(
    _ operation: CheckedExpression.Arithmetic, _ a: Value, _ b: Value, _ calendar: WorkingCalendar?
  ) -> Value? {
    switch (a, b) {
    case (.int(let x), .int(let y)): return integer(operation, x, y).map { .int($0) }
    case (.string(let x), .string(let y)): return .string(Text(x.string + y.string))
    case (.list(let x), .list(let y)): return .list(x + y)
    case (.duration(let x), .duration(let y)):
      return .duration(operation == .add ? x + y : x - y)
    case (.duration(let span), .int(let factor)), (.int(let factor), .duration(let span)):
      return Int(exactly: factor).flatMap { span.scaled(by: $0) }.map { .duration($0) }
    case (.date, .duration(let span)), (.datetime, .duration(let span)):
      return add(operation == .add ? span : -span, to: a, calendar)
    case (.duration(let span), .date), (.duration(let span), .datetime):
      return add(span, to: b, calendar)
    case (.datetime(let x), .datetime(let y)):
      return LondonClock.elapsedSeconds(from: y, to: x).map {
        .duration(TimeSpan(months: 0, days: 0, workingDays: 0, seconds: $0))
      }
    default: break
    }
    if let x = a.day, let y = b.day {
      return .duration(.days(CalendarDate.days(from: y, to: x)))
    }
    guard let x = a.double, let y = b.double else { return nil }
    let result: Double =
      switch operation {
      case .add: x + y
      case .subtract: x - y
      case .multiply: x * y
      case .divide: x / y
      case .remainder: x.truncatingRemainder(dividingBy: y)
      }
    return result.isFinite ? .number(result) : nil
  }

  private static func add(_ span: TimeSpan, to value: Value, _ calendar: WorkingCalendar?) -> Value?
  {
    switch value {
    case .date(let date): span.added(to: date, in: calendar).map { .date($0) }
    case .datetime(let moment): span.added(to: moment, in: calendar).map { .datetime($0) }
    default: nil
    }
  }

  private static func integer(
    _ operation: CheckedExpression.Arithmetic, _ x: Int64, _ y: Int64
  ) -> Int64? {
    let (result, overflow): (Int64, Bool)
    switch operation {
    case .add: (result, overflow) = x.addingReportingOverflow(y)
    case .subtract: (result, overflow) = x.subtractingReportingOverflow(y)
    case .multiply: (result, overflow) = x.multipliedReportingOverflow(by: y)
    case .divide: (result, overflow) = x.dividedReportingOverflow(by: y)
    case .remainder: (result, overflow) = x.remainderReportingOverflow(dividingBy: y)
    }
    return overflow ? nil : result
  }

  func compileContains(_ element: Node, _ list: Node) -> Step {
    if let texts = compileTextContains(element, list) { return Step { texts(&$0).value } }
    let wanted = compile(element)
    if case .codes(let number) = list {
      let codes = context.codes[number]
      return Step { frame in
        switch wanted(&frame) {
        case .string(let text): .bool(codes.contains(text))
        case let other: .absent(other.blame ?? .none)
        }
      }
    }
    let elements = compile(list)
    let isWrittenOut = isWrittenOut(list)
    if freeSlots(list).isEmpty {
      var frame = Frame(row: nil)
      if case .list(let values) = elements(&frame), values.count > 8 {
        // The key may be coarser than equality, so a hit is compared again, and so is what has no
        // key, or one that other values may be equal to.
        let (keyed, others) = (
          values.filter(\.isFoundByKey), values.filter { !$0.isFoundByKey }
        )
        let byKey = Dictionary(grouping: keyed) { $0.joinKey }
        return Step { frame in
          let value = wanted(&frame)
          if value.isAbsent { return value }
          if byKey[value.joinKey]?.contains(where: { Value.areEqual(value, $0) }) == true {
            return .bool(true)
          }
          return Self.search(for: value, among: others, isWrittenOut)
        }
      }
    }
    return Step { frame in
      let value = wanted(&frame)
      if value.isAbsent { return value }
      switch elements(&frame) {
      case .list(let values): return Self.search(for: value, among: values, isWrittenOut)
      case let other: return .absent(other.blame ?? .none)
      }
    }
  }

  /// Whether elements of a list are written out in it, here or where a name leads to.
  ///
  /// There an absent element may be the one: to leave it out would let a rule pass for want of
  /// data. Lists of rows, and what is made of the elements of any, leave it out, as `exists` does.
  private func isWrittenOut(_ list: Node) -> Bool {
    switch list {
    // Values are never absent, and an empty list has none; only of amounts of time it may not be
    // known whether two are equal.
    case .list(let elements):
      elements.contains { element in
        guard case .constant(let value) = element else { return true }
        if case .duration = value { return true }
        return false
      }
    case .derived(_, let table, let column):
      isWrittenOut(context.rulebook.tables[table].derived[column].expression.node)
    case .parameter(let number): isWrittenOut(context.rulebook.parameters[number].node)
    case .conditional(_, let yes, let no): isWrittenOut(yes) || isWrittenOut(no)
    case .arithmetic(.add, let a, let b): isWrittenOut(a) || isWrittenOut(b)
    case .coalesce(let lists): lists.contains { isWrittenOut($0) }
    default: false
    }
  }

  /// Whether a value is among others, or absent where that cannot be known of a list written out.
  private static func search(
    for value: Value, among values: [Value], _ isWrittenOut: Bool
  ) -> Value {
    if values.contains(where: { Value.areEqual(value, $0) }) { return .bool(true) }
    let unknown =
      isWrittenOut ? values.lazy.map { Value.equality(value, $0) }.first(where: \.isAbsent) : nil
    return unknown ?? .bool(false)
  }

  func compileIndex(_ list: Step, _ number: Step) -> Step {
    Step { frame in
      let base = list(&frame)
      if base.isAbsent { return base }
      let index = number(&frame)
      guard case .int(let wanted) = index else { return .absent(index.blame ?? .none) }
      guard let at = Int(exactly: wanted), at >= 0 else { return .unexplained }
      switch base {
      case .list(let values): return at < values.count ? values[at] : .unexplained
      case .string(let text):
        return scalar(of: text.string, at).map { .string(Text(String(Character($0)))) }
          ?? .unexplained
      default: return .unexplained
      }
    }
  }

  func compileCoalesce(_ steps: [Step]) -> Step {
    if steps.count == 2 {
      let (a, b) = (steps[0], steps[1])
      return Step { frame in
        let first = a(&frame)
        if !first.isAbsent { return first }
        let second = b(&frame)
        return second.isAbsent ? first : second
      }
    }
    return Step { frame in
      var first: Value?
      for step in steps {
        let value = step(&frame)
        if !value.isAbsent { return value }
        if first == nil { first = value }
      }
      return first ?? .unexplained
    }
  }
}

/// The code point at a place of a text, from 0; nil where there is none.
private func scalar(of text: String, _ place: Int) -> Unicode.Scalar? {
  let bytes = text.utf8Span
  if bytes.isKnownASCII {
    return place < bytes.count ? Unicode.Scalar(bytes.span[place]) : nil
  }
  let scalars = text.unicodeScalars
  return scalars.index(scalars.startIndex, offsetBy: place, limitedBy: scalars.endIndex)
    .flatMap { $0 < scalars.endIndex ? scalars[$0] : nil }
}
