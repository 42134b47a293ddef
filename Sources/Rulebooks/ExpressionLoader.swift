import Diagnostics
import Expressions
import WorkingTime

/// Checks the expressions of rule files against the schema.
struct ExpressionLoader {
  let collector: DiagnosticCollector
  let schema: Schema
  /// The values of the parameters, as far as they are known.
  var known = KnownValues()

  /// An expression of any type.
  func expression(_ node: YAMLNode, in scope: ExpressionScope) -> CheckedExpression? {
    guard node.text != nil else {
      collector.report(
        "an expression is a single value, not \(node.described)", at: node.position,
        advice: "Put quotes around an expression that has a colon and a space in it: `: `")
      return nil
    }
    return TypeChecker.check(
      node.expressionSource, schema: schema, scope: scope, diagnostics: &collector.diagnostics)
  }

  /// An expression of one of some types.
  func expression(
    _ node: YAMLNode, _ key: String, of types: [ValueType], in scope: ExpressionScope
  ) -> CheckedExpression? {
    guard let expression = expression(node, in: scope) else { return nil }
    let fits = types.contains { wanted in
      expression.type == wanted || expression.type == .anything
        || (wanted == .list(.date) && isListOfDates(expression.type))
        || (wanted == .number && expression.type == .int)
    }
    guard fits else {
      let wanted = types.map { withArticle($0) }.joined(separator: " or ")
      var advice: String?
      if types.contains(.duration), expression.type == .int {
        advice = "Write an amount such as `20 working days`, or workingDays(n)"
      }
      if types.contains(.list(.date)), case .list(.row) = expression.type {
        advice = "Take the dates of the rows with .map(x, x.FIELD)"
      }
      collector.report(
        "\(wanted) is expected in `\(key)`, not \(withArticle(expression.type))",
        at: expression.source.position(of: 0), advice: advice)
      return nil
    }
    return types == [.number] ? expression.asNumber : expression
  }

  private func isListOfDates(_ type: ValueType) -> Bool {
    if case .list(let element) = type { return element.isMoment }
    return false
  }

  /// A date or date-time: an expression, or an ISO date by itself.
  func moment(_ node: YAMLNode, _ key: String, in scope: ExpressionScope) -> CheckedExpression? {
    let text = node.text ?? ""
    if let date = CalendarDate(iso: text) { return constant(.date(date), .date, node) }
    // What is only shaped like a date would be a quotient or a difference as an expression.
    if CalendarDate.isShape(of: text) {
      collector.report(
        "`\(key)` is a date, not `\(text)`", at: node.position,
        advice: CalendarDate.advice(on: text))
      return nil
    }
    return expression(node, key, of: [.date, .datetime], in: scope)
  }

  /// A duration, in words or as an expression.
  func duration(_ node: YAMLNode, _ key: String, in scope: ExpressionScope) -> CheckedExpression? {
    guard let text = node.text else {
      var advice = "Write an amount such as `20 working days`, or quote the expression"
      if case .sequence = node.content {
        advice =
          key == "every"
          ? "Write one rule for each interval; `first` is the time to the first occasion"
          : "Write one amount, or one rule for each"
      }
      collector.report(
        "`\(key)` is a duration, not \(node.described)", at: node.position, advice: advice)
      return nil
    }
    if let span = TimeSpan(words: text) { return constant(.duration(span), .duration, node) }
    if let problem = misspeltWords(text) {
      collector.report(problem.what, at: node.position, advice: problem.advice)
      return nil
    }
    if let meant = amount(inSpeech: text, in: scope) {
      collector.report("`\(text)` is not a duration", at: node.position, advice: "Write \(meant)")
      return nil
    }
    let span = expression(node, key, of: [.duration], in: scope)
    if let span, case .duration(let amount)? = known.value(span.node), amount.runsBackwards {
      report(
        span, "would run backwards",
        advice: "Write an amount of 0 or more, or give its parameters such values")
    }
    return span
  }

  /// Reports an amount of time that makes no sense: if it is a parameter's, where that has its value
  /// from, once for all rules that read it.
  func report(_ span: CheckedExpression, _ fault: String, advice: String) {
    let (what, place) = told(span, fault)
    collector.report(what, at: place, advice: advice)
  }

  /// The same of one that is allowed, and hardly meant.
  func warn(_ span: CheckedExpression, _ fault: String, advice: String) {
    let (what, place) = told(span, fault)
    collector.warnEveryRun(what, at: place, advice: advice)
  }

  private func told(_ span: CheckedExpression, _ fault: String) -> (String, SourcePosition) {
    guard let blamed = known.parameter(in: span.node) else {
      return ("`\(span.source.text)` \(fault)", span.source.position(of: 0))
    }
    return (
      "the parameter `\(schema.parameters[blamed.number].name)` \(fault)",
      blamed.source.position(of: 0)
    )
  }

  /// What is wrong with a duration in words, and what to do; nil if the text is no such thing.
  func misspeltWords(_ text: String) -> (what: String, advice: String?)? {
    let words = text.split(separator: " ")
    let bare = text.split { $0 == " " || $0 == "-" }.joined(separator: " ")
    let isLess = text.hasPrefix("-") && TimeSpan(words: bare) != nil
    if isLess || words.first.flatMap({ Int($0) }).map({ $0 < 0 }) == true {
      return ("`\(text)` is not a duration: it would run backwards", "Write an amount of 0 or more")
    }
    guard words.count >= 2, let amount = words.first, Int(amount) != nil,
      words.dropFirst().allSatisfy({ $0.allSatisfy(\.isLetter) })
    else { return nil }
    let rates = ["per", "times", "a", "an", "each", "every"]
    if words.count > 2, rates.contains(words[1].lowercased()) {
      return (
        "`\(text)` is not a duration: it says how often something is done",
        "Write the time from one to the next, such as `1 week`"
      )
    }
    let unit = words.dropFirst().joined(separator: " ")
    let ending = amount == "1" ? "" : "s"
    let units = ["working day", "day", "week", "month", "year", "hour"].map { $0 + ending }
    // For business days or work days, however they are spelt, the unit nearest in spelling would be
    // another length of time, and so it would be for days that a word before them tells from others.
    let kind = words.dropFirst().dropLast().joined().lowercased()
    let isOfWork =
      unit.lowercased().contains("work") || unit.lowercased().contains("business")
      || nearestName(to: kind, among: ["working", "business"]) != nil
    let last = words.last?.lowercased() ?? ""
    if isOfWork, last.hasPrefix("hour") || last.hasPrefix("hr") {
      return (
        "`\(text)` is not a duration: there is no unit `\(unit)`",
        "Hours are those of the clock: write `\(amount) hour\(ending)`, or count working days"
      )
    }
    let isOfOthers = !kind.isEmpty && kind != "calendar"
    let meant =
      isOfWork ? units.first : isOfOthers ? nil : nearestName(to: unit, among: units)
    return (
      "`\(text)` is not a duration: there is no unit `\(unit)`",
      meant.map { "Did you mean `\(amount) \($0)`?" }
        ?? "Units are working days, days, weeks, months, years and hours"
    )
  }

  /// How often something is asked, in one word.
  private static let adverbs = [
    "daily": "1 day", "weekly": "1 week", "fortnightly": "2 weeks", "monthly": "1 month",
    "quarterly": "3 months", "yearly": "1 year", "annually": "1 year",
  ]

  /// What to write in place of an amount of time that is written as people say it, and that no
  /// expression can be; nil for any other text.
  private func amount(inSpeech text: String, in scope: ExpressionScope) -> String? {
    // As an expression it would be a number less something, which is no amount of time.
    let words = text.split { $0 == " " || $0 == "-" }.joined(separator: " ")
    if text.contains("-"), TimeSpan(words: words) != nil { return "`\(words)`" }
    if let amount = Self.adverbs[text.lowercased()], !isName(text, in: scope) {
      return "an amount such as `\(amount)`"
    }
    return isPlainWords(text) ? "an amount such as `6 months`" : nil
  }

  private func isName(_ text: String, in scope: ExpressionScope) -> Bool {
    if schema.parameters.contains(where: { $0.name == text }) { return true }
    guard let table = scope.table.map({ schema.tables[$0] }) else { return false }
    return (table.fields + table.derived).contains { $0.name == text }
  }

  func constant(_ value: CheckedExpression.Constant, _ type: ValueType, _ node: YAMLNode)
    -> CheckedExpression
  {
    CheckedExpression(node: .constant(value), type: type, source: node.expressionSource)
  }

  /// Who has to act.
  func owner(_ node: YAMLNode, in scope: ExpressionScope) -> Owner {
    var owner = Owner()
    guard
      let reader = MappingReader(node, "`owner`", keys: ["team", "worker"], into: collector)
    else { return owner }
    for (key, path) in [("team", \Owner.team), ("worker", \Owner.worker)] {
      guard let value = reader.scalar(key) else { continue }
      if let text = value.text, isPlainWords(text) {
        collector.report(
          "`\(text)` is not an expression", at: value.position,
          advice: "A name by itself stands in quotes twice: '\"\(text)\"'")
        continue
      }
      owner[keyPath: path] = expression(value, key, of: [.string, .int], in: scope)
    }
    return owner
  }

  /// Whether a text is several words and no sign, as no expression is but one with `in`.
  private func isPlainWords(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return words.count >= 2
      && words.allSatisfy { $0 != "in" && $0.allSatisfy { $0.isLetter || $0.isNumber } }
  }

  func withArticle(_ type: ValueType) -> String {
    type == .int ? "an int" : "a \(name(of: type))"
  }

  func name(of type: ValueType) -> String {
    switch type {
    case .list(.anything): "list"
    case .list(.row(let table)): "list of rows of \(schema.tables[table].name)"
    case .list(let element): "list of \(name(of: element))s"
    case .row(let table): "row of \(schema.tables[table].name)"
    case .period: "period"
    case .anything: "value"
    default: "\(type)"
    }
  }
}

extension TimeSpan {
  /// Whether it always leads back in time; a month less a day, for example, does not.
  fileprivate var runsBackwards: Bool {
    let parts = [months, days, workingDays, seconds]
    return parts.allSatisfy { $0 <= 0 } && parts.contains { $0 < 0 }
  }
}
