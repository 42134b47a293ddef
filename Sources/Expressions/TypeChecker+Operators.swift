import Values
import WorkingTime

extension TypeChecker {
  mutating func checkIndex(_ base: Syntax, _ index: Syntax, at offset: Int) -> Checked {
    let list = check(base)
    let number = expect(.int, index, "in [ ]")
    switch list.type {
    case .anything: return Self.mistaken
    case .string: return (.index(list.node, number), .string)
    case .list(let element): return (.index(list.node, number), element)
    default:
      return fault("only lists and texts have elements, not \(article(list.type))", at: offset)
    }
  }

  mutating func checkUnary(_ symbol: String, _ operand: Syntax, at offset: Int) -> Checked {
    if symbol == "!" {
      return (.call(.not, [expect(.bool, operand, "after `!`")]), .bool)
    }
    let value = check(operand)
    switch value.type {
    case .int, .number, .duration: break
    case .anything: return Self.mistaken
    default: return fault("`-` cannot be put before \(article(value.type))", at: offset)
    }
    switch value.node {
    case .constant(.int(let number)): return (.constant(.int(0 &- number)), .int)
    case .constant(.number(let number)): return (.constant(.number(-number)), .number)
    default: return (.call(.negate, [value.node]), value.type)
    }
  }

  mutating func checkBinary(_ symbol: String, _ left: Syntax, _ right: Syntax, at offset: Int)
    -> Checked
  {
    switch symbol {
    case "&&", "||":
      let a = expect(.bool, left, "before `\(symbol)`")
      let b = expect(.bool, right, "after `\(symbol)`")
      return (symbol == "&&" ? .and(a, b) : .or(a, b), .bool)
    case "in":
      return checkIn(left, right, at: offset)
    default:
      let (a, b) = (check(left), check(right))
      if let comparison = CheckedExpression.Comparison(rawValue: symbol) {
        // `x == x` is a known way to be absent where x is absent.
        if comparison != .equal, left.isSameName(as: right) {
          warn("this compares a value with itself", at: offset, advice: nil)
        }
        warnOfWholeUnits(comparison, (left, a), (right, b), at: offset)
        warnIfOfOwnDay(comparison, (left, a), (right, b), at: offset)
        warnIfUnordered((left, a), (right, b), at: offset)
        return checkComparison(comparison, a, b, at: offset)
      }
      if symbol == "-" { warnIfFromOwnDay((left, a), (right, b), at: offset) }
      return checkArithmetic(symbol, a, b, at: offset)
    }
  }

  private mutating func checkIn(_ left: Syntax, _ right: Syntax, at offset: Int) -> Checked {
    let (element, list) = (check(left), check(right))
    switch list.type {
    case .anything: return Self.mistaken
    case .list(let type):
      guard type.united(with: element.type) != nil else {
        return fault(
          "\(article(element.type)) cannot be in \(article(list.type))", at: offset)
      }
      return (.contains(element: element.node, list: list.node), .bool)
    default:
      return fault(
        "a list is expected after `in`, not \(article(list.type))", at: right.offset,
        advice: list.type == .string ? "Write text.contains(part) for a part of a text" : nil)
    }
  }

  private mutating func checkComparison(
    _ comparison: CheckedExpression.Comparison, _ a: Checked, _ b: Checked, at offset: Int
  ) -> Checked {
    guard let type = a.type.united(with: b.type) else {
      return fault(
        "\(article(a.type)) and \(article(b.type)) cannot be compared", at: offset,
        advice: adviceForComparison(a, b))
    }
    let isEquality = comparison == .equal || comparison == .notEqual
    guard isEquality || type.isOrdered else {
      return fault("\(article(type)) has no order for `\(comparison.rawValue)`", at: offset)
    }
    if !isEquality, type == .string, !isClockTime(a.node), !isClockTime(b.node) {
      warn(
        "texts are ordered by their characters: \"100\" comes before \"20\", \"02/01/2016\" before \"31/12/2015\"",
        at: offset, advice: "Give the fields the type that they have: integer, number or date")
    }
    return (.comparison(comparison, a.node, b.node), .bool)
  }

  private static let adviceForTimes =
    "Compare the times as texts: string(x) is written as \"09:30\""

  /// Whether a text is that of a time of day: those are in the order of the clock.
  private func isClockTime(_ node: Node) -> Bool {
    guard case .call(.string, let arguments) = node else { return false }
    switch arguments.first {
    case .field(_, let table, let field): return schema.tables[table].fields[field].type == .time
    case .derived(_, let table, let column):
      return schema.tables[table].derived[column].type == .time
    default: return false
    }
  }

  private func adviceForComparison(_ a: Checked, _ b: Checked) -> String? {
    for (one, other) in [(a, b), (b, a)] {
      guard other.type == .string, case .constant(.string(let text)) = other.node else { continue }
      if text.string.isEmpty { return "Ask has(x) for whether a value is there" }
      switch one.type {
      case .date:
        return CalendarDate(written: text.string).map { "Write date(\"\($0)\")" }
          ?? "Write a day as date(\"2016-01-31\")"
      case .datetime:
        if let day = CalendarDate(written: text.string) { return "Write date(\"\(day)\")" }
        let parts = text.string.split(separator: ":")
        if parts.count == 2, parts.allSatisfy({ Int($0) != nil }) {
          return ForeignWords.timeOfDay(of: "x")
        }
        return "Write datetime(\"2016-01-31T09:30\") or date(\"2016-01-31\")"
      case .bool: return "A boolean stands by itself: write it, or ! before it"
      case .int, .number:
        if case .call(.financialYear, _) = one.node { return adviceForFinancialYear(text.string) }
        return "Write the number without quotes"
      case .time: return Self.adviceForTimes
      default: continue
      }
    }
    for (one, other) in [(a, b), (b, a)] where one.type == .time && other.type.isNumeric {
      return Self.adviceForTimes
    }
    for (one, other) in [(a, b), (b, a)] where one.type == .string && other.type.isNumeric {
      if case .constant = other.node { return "Write the number in quotes, as a text" }
      return "Make the number a text with string(x), or the text a number with number(x)"
    }
    for (one, other) in [(a, b), (b, a)] where one.type.isMoment && other.type.isNumeric {
      return "Write a day as date(\"2016-01-31\"), and count days with daysBetween(a, b)"
    }
    for (one, other) in [(a, b), (b, a)] where one.type == .duration && other.type.isNumeric {
      if let advice = adviceForCount(other.node, against: one.node) { return advice }
      return "Write the number as an amount, such as days(n)"
    }
    return nil
  }

  /// `2023/24` without quotes would be a quotient.
  private func adviceForFinancialYear(_ text: String) -> String {
    let year = text.prefix(4)
    return year.count == 4 && Int(year) != nil
      ? "Write \(year) without quotes: the year in which the financial year starts"
      : "Write the year in which it starts as a number: 2023 for 2023/24"
  }

  /// What counts days or the like gives a number, and no amount of time to compare with another.
  private func adviceForCount(_ counted: Node, against amount: Node) -> String? {
    guard case .call(let function, _) = counted,
      [.daysBetween, .workingDaysBetween, .monthsBetween, .hoursBetween].contains(function)
    else { return nil }
    let why = "`\(function.rawValue)` gives a number"
    guard case .constant(.duration(let span)) = amount else {
      return "Write a number in place of the amount of time: \(why)"
    }
    let number: Int? =
      switch function {
      case .daysBetween where span == TimeSpan(days: span.days): span.days
      case .workingDaysBetween where span == TimeSpan(workingDays: span.workingDays):
        span.workingDays
      case .monthsBetween where span == TimeSpan(months: span.months): span.months
      case .hoursBetween where span == TimeSpan(seconds: span.seconds): span.seconds / 3600
      default: nil
      }
    return number.map { "Write \($0) by itself: \(why)" }
      ?? "Write a number in place of the amount of time: \(why)"
  }

  private mutating func checkArithmetic(
    _ symbol: String, _ a: Checked, _ b: Checked, at offset: Int
  ) -> Checked {
    guard let operation = CheckedExpression.Arithmetic(rawValue: symbol) else {
      return fault("there is no operator `\(symbol)`", at: offset)
    }
    if a.type == .anything || b.type == .anything { return Self.mistaken }
    guard let type = result(of: operation, a.type, b.type) else {
      var advice: String?
      if operation == .add || operation == .subtract, a.type.isMoment, b.type.isNumeric {
        advice = "Say what is added: days(n), workingDays(n), weeks(n), months(n) or hours(n)"
      } else if operation == .add, a.type == .string || b.type == .string {
        advice = "Make the other one a text with string(x)"
      } else if operation == .remainder, a.type.isNumeric, b.type.isNumeric {
        advice = "It is for whole numbers: write int(x), which cuts a fraction off"
      }
      return fault(
        "`\(symbol)` cannot join \(article(a.type)) and \(article(b.type))", at: offset,
        advice: advice)
    }
    if operation == .divide, type == .int {
      warn(
        "a quotient of whole numbers is cut to a whole number: 7 / 2 is 3", at: offset,
        advice: "Write number(a) / b where the rest counts")
    }
    if case .list = type {
      return (.arithmetic(operation, node(of: a, as: type), node(of: b, as: type)), type)
    }
    return (.arithmetic(operation, a.node, b.node), type)
  }

  private func result(
    of operation: CheckedExpression.Arithmetic, _ a: ValueType, _ b: ValueType
  ) -> ValueType? {
    switch (operation, a, b) {
    case (.remainder, .int, .int): return .int
    case (.remainder, _, _): return nil
    case (_, .int, .int): return .int
    case (_, .int, .number), (_, .number, .int), (_, .number, .number): return .number
    case (.add, .string, .string): return .string
    case (.add, .list, .list): return a.united(with: b)
    case (.add, .date, .duration), (.add, .duration, .date), (.subtract, .date, .duration):
      return .date
    case (.add, .datetime, .duration), (.add, .duration, .datetime),
      (.subtract, .datetime, .duration):
      return .datetime
    case (.subtract, .date, .date), (.subtract, .datetime, .datetime),
      (.subtract, .date, .datetime), (.subtract, .datetime, .date):
      return .duration
    case (.add, .duration, .duration), (.subtract, .duration, .duration): return .duration
    case (.multiply, .duration, .int), (.multiply, .int, .duration): return .duration
    default: return nil
    }
  }
}
