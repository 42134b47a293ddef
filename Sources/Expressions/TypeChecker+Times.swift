import Diagnostics

// Slips with times: what is asked is answered, but by whole units or by days alone, so that a rule
// passes what it was meant to find.
extension TypeChecker {
  typealias Operand = (syntax: Syntax, value: Checked)

  // MARK: - Whole units

  /// Warns of a whole number of hours or months that is the most allowed: all that comes before the
  /// next whole number is cut off, and passes.
  mutating func warnOfWholeUnits(
    _ comparison: CheckedExpression.Comparison, _ left: Operand, _ right: Operand, at offset: Int
  ) {
    switch comparison {
    case .lessOrEqual, .greater: warnOfWholeUnits(comparison, left, upTo: right, at: offset)
    default: break
    }
    switch comparison {
    case .greaterOrEqual: warnOfWholeUnits(.lessOrEqual, right, upTo: left, at: offset)
    case .less: warnOfWholeUnits(.greater, right, upTo: left, at: offset)
    default: break
    }
  }

  private mutating func warnOfWholeUnits(
    _ comparison: CheckedExpression.Comparison, _ counted: Operand, upTo limit: Operand,
    at offset: Int
  ) {
    guard case .call(let function, let moments) = counted.value.node, moments.count == 2 else {
      return
    }
    let unit: String
    switch function {
    // Between a day and anything else, days are counted, and there is nothing to cut off.
    case .hoursBetween where !moments.contains(where: { isDay($0) }): unit = "hour"
    case .monthsBetween: unit = "month"
    default: return
    }
    var most: Int?
    switch limit.value.node {
    case .constant(.int(let number)):
      // No whole month is what less than a month is called.
      guard number > 0, number < 10_000_000 else { return }
      most = Int(number)
    case .parameter where limit.value.type == .int: break
    default: return
    }
    warn(
      "`\(function.rawValue)` gives whole \(unit)s: \(Self.cutOff(most, unit)) here",
      at: offset, advice: advice(comparison, counted.syntax, most, limit.syntax, unit))
  }

  /// What a whole number of units is given for, too.
  private static func cutOff(_ most: Int?, _ unit: String) -> String {
    guard let most else { return "what is over them is cut off" }
    let whole = amount(most, unit)
    guard unit == "month" else { return "\(most) h 59 min is \(whole)" }
    return "a day less than \(amount(most + 1, unit)) is \(whole)"
  }

  private func advice(
    _ comparison: CheckedExpression.Comparison, _ counted: Syntax, _ most: Int?, _ limit: Syntax,
    _ unit: String
  ) -> String {
    var names = ("a", "b")
    if case .call(_, let moments, _) = counted, moments.count == 2,
      let first = moments[0].path, let last = moments[1].path
    {
      names = (first, last)
    }
    let number = most.map { "\($0)" } ?? limit.path ?? "n"
    return "Write \(names.1) \(comparison.rawValue) \(names.0) + \(unit)s(\(number))"
  }

  // MARK: - A time and its own day

  /// Warns of a date-time that is compared with its own day, or with a day counted from that: by days
  /// alone, so that its time of day has no say in it.
  ///
  /// `x == dateOf(x)` is a way to ask whether it can be read.
  mutating func warnIfOfOwnDay(
    _ comparison: CheckedExpression.Comparison, _ left: Operand, _ right: Operand, at offset: Int
  ) {
    guard comparison != .equal, let name = nameOfOwnDay(left, right) else { return }
    warn(
      "a date-time and a date are compared by their days: the time of day of `\(name)` has no say here",
      at: offset, advice: ForeignWords.timeOfDay(of: name))
  }

  /// Warns of the time from a date-time's own day to it: it is counted in days.
  mutating func warnIfFromOwnDay(_ left: Operand, _ right: Operand, at offset: Int) {
    guard let name = nameOfOwnDay(left, right) else { return }
    warn(
      "between a date and a date-time days are counted: the time of day of `\(name)` has no say here",
      at: offset, advice: ForeignWords.timeOfDay(of: name))
  }

  /// The name of a date-time of two values the other of which is its own day, or counted from that.
  private func nameOfOwnDay(_ one: Operand, _ other: Operand) -> String? {
    if one.value.type == .datetime, other.syntax.isCounted(fromDayOf: one.syntax) {
      return one.syntax.path
    }
    if other.value.type == .datetime, one.syntax.isCounted(fromDayOf: other.syntax) {
      return other.syntax.path
    }
    return nil
  }

  /// How to write what other languages ask of a day or a time as its part.
  func adviceForTime(_ name: String, of type: ValueType) -> String? {
    type.isMoment || type == .time ? ForeignWords.advice(forFunction: name) : nil
  }

  // MARK: - Amounts without an order

  /// Warns of two amounts of time that have no order, such as days and hours.
  mutating func warnIfUnordered(_ left: Operand, _ right: Operand, at offset: Int) {
    guard left.value.type == .duration, right.value.type == .duration,
      // More has been said of that.
      !left.syntax.isFromOwnDay, !right.syntax.isFromOwnDay
    else { return }
    let one = SpanKinds.of(left.value.node) { isDay($0) }
    let other = SpanKinds.of(right.value.node) { isDay($0) }
    guard !one.isEmpty, !other.isEmpty, one.isDisjoint(with: other) else { return }
    let both = one.union(other)
    // No days are no hours, and less than some.
    let most = both == [.days, .hours] ? " in which there are any days" : ""
    warn(
      "an amount of \(one.words) and one of \(other.words) have no order, and this is absent for every record\(most): \(both.reason)",
      at: offset,
      advice: both.contains(.hours)
        ? "Count both in the same: between two date-times it is hours, and where one is a date, days"
        : "Compare the days: \"asOf - d > months(1)\" is written as \"d + months(1) < asOf\"")
  }

  /// Whether a step is known to give a day without a time.
  private func isDay(_ node: Node) -> Bool {
    switch node {
    case .asOf, .constant(.date), .call(.date, _), .call(.dateOf, _), .call(.startOfMonth, _): true
    case .field(_, let table, let field): schema.tables[table].fields[field].type == .date
    case .derived(_, let table, let column): schema.tables[table].derived[column].type == .date
    case .parameter(let number): schema.parameters[number].type == .date
    case .coalesce(let values), .call(.min, let values), .call(.max, let values):
      !values.isEmpty && values.allSatisfy { isDay($0) }
    case .arithmetic(.add, let a, let b): isDay(a) || isDay(b)
    case .arithmetic(.subtract, let a, let b):
      isDay(a) && !SpanKinds.of(b, where: { isDay($0) }).isEmpty
    default: false
    }
  }
}

extension Syntax {
  /// A name, or the field of one, as it is written; nil for anything else.
  var path: String? {
    switch self {
    case .name(let name, _): name
    case .member(let base, let name, _): base.path.map { "\($0).\(name)" }
    default: nil
    }
  }

  /// Whether this is the time from a value's own day to it, or back.
  fileprivate var isFromOwnDay: Bool {
    guard case .binary("-", let a, let b, _) = self else { return false }
    return a.isCounted(fromDayOf: b) || b.isCounted(fromDayOf: a)
  }

  /// Whether this is the day of a date-time, or that day with an amount of time added or taken away.
  fileprivate func isCounted(fromDayOf moment: Syntax) -> Bool {
    switch self {
    case .call("dateOf", let arguments, _), .call("date", let arguments, _):
      arguments.count == 1 && arguments[0].isSameName(as: moment)
    case .binary("+", let a, let b, _):
      a.isCounted(fromDayOf: moment) || b.isCounted(fromDayOf: moment)
    case .binary("-", let a, _, _): a.isCounted(fromDayOf: moment)
    default: false
    }
  }
}
