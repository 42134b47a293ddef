import Diagnostics
import Expressions
import Values
import WorkingTime

/// Reads the parameters of the rules, and the values that replace them from outside.
struct ParameterLoader {
  let collector: DiagnosticCollector
  /// The names of all parameters, even of those whose values are not known yet.
  let names: [String]

  /// The value of a parameter.
  ///
  /// It is a duration in words, an ISO date, or an expression of other parameters.
  func value(_ node: YAMLNode, schema: Schema) -> CheckedExpression? {
    let loader = ExpressionLoader(collector: collector, schema: schema)
    guard let text = node.text else {
      var advice: String?
      if case .sequence = node.content {
        advice = "Put quotes around a list, as in '[\"Held\", \"Done\"]'"
      }
      collector.report(
        "a parameter is a single value, not \(node.described)", at: node.position, advice: advice)
      return nil
    }
    if let span = TimeSpan(words: text) { return loader.constant(.duration(span), .duration, node) }
    if let date = CalendarDate(iso: text) { return loader.constant(.date(date), .date, node) }
    // What is only shaped like a date would be a quotient or a difference as an expression.
    if CalendarDate.isShape(of: text), case .scalar(_, style: .plain) = node.content {
      collector.report(
        "`\(text)` is no date", at: node.position, advice: CalendarDate.advice(on: text))
      return nil
    }
    if case .scalar(_, style: .plain) = node.content, isAmountInWords(text),
      let problem = loader.misspeltWords(text)
    {
      collector.report(problem.what, at: node.position, advice: problem.advice)
      return nil
    }
    if case .scalar(_, style: .quoted) = node.content, !isExpression(text) {
      return loader.constant(.string(Text(text)), .string, node)
    }
    return loader.expression(node, in: ExpressionScope(table: nil))
  }

  /// Whether a text is a number and words, as no expression is but one that asks what is `in` a list.
  private func isAmountInWords(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return words.count >= 2 && words.first.flatMap { Int($0) } != nil
      && words.dropFirst().allSatisfy { $0 != "in" && $0.allSatisfy(\.isLetter) }
  }

  /// Whether a quoted YAML text is an expression rather than a plain text.
  ///
  /// A text that is not a valid expression is a plain text, and so is a bare parameter name.
  private func isExpression(_ text: String) -> Bool {
    if names.contains(text) { return false }
    var diagnostics: [Diagnostic] = []
    let source = ExpressionSource(text, at: SourcePosition(file: "", line: 1))
    var schema = Schema()
    schema.parameters = names.map { ($0, .anything) }
    _ = TypeChecker.check(
      source, schema: schema, scope: ExpressionScope(table: nil), diagnostics: &diagnostics)
    return diagnostics.isEmpty || text.contains("(")
  }

  /// A parameter's value in a test's `set`.
  func override(_ key: YAMLNode, _ value: YAMLNode, schema: Schema) -> (Int, CheckedExpression)? {
    guard let number = number(of: key.text ?? "", schema: schema, at: key.position) else {
      return nil
    }
    guard let expression = self.value(value, schema: schema) else { return nil }
    return fitted(expression, to: number, schema: schema, at: value.position).map { (number, $0) }
  }

  /// A parameter's value from the command line or the configuration.
  ///
  /// `place` is where the configuration gives it.
  func override(_ name: String, _ text: String, at place: SourcePosition?, schema: Schema) -> (
    Int, CheckedExpression
  )? {
    let place = place ?? SourcePosition(file: "--set \(name)", line: 1)
    guard let number = number(of: name, schema: schema, at: place) else { return nil }
    let wanted = schema.parameters[number].type
    let node = YAMLNode(text: text, at: place)
    let loader = ExpressionLoader(collector: collector, schema: schema)
    // On the command line a text needs no second pair of quotes.
    if wanted == .string, !text.hasPrefix("\""), !text.hasPrefix("'") {
      return (number, loader.constant(.string(Text(text)), .string, node))
    }
    // What is only shaped like a date would be a quotient or a difference as an expression.
    if wanted == .date, CalendarDate(iso: text) == nil, CalendarDate.isShape(of: text) {
      collector.report(
        "the parameter `\(name)` is a date, not `\(text)`", at: place,
        advice: CalendarDate.advice(on: text))
      return nil
    }
    guard let expression = value(node, schema: schema) else { return nil }
    return fitted(expression, to: number, schema: schema, at: place).map { (number, $0) }
  }

  private func number(of name: String, schema: Schema, at position: SourcePosition) -> Int? {
    if let number = schema.parameters.firstIndex(where: { $0.name == name }) { return number }
    collector.report(
      "there is no parameter `\(name)`", at: position,
      advice: suggestion(for: name, among: schema.parameters.map(\.name)))
    return nil
  }

  /// The value in the parameter's type.
  ///
  /// A whole number will do for a parameter that is a number, and the empty list for any list.
  func fitted(
    _ expression: CheckedExpression, to number: Int, schema: Schema, at position: SourcePosition,
    advice: String? = nil
  ) -> CheckedExpression? {
    let wanted = schema.parameters[number].type
    if expression.type == wanted { return expression }
    if wanted == .number, expression.type == .int { return expression.asNumber }
    if case .list = wanted, expression.type == .list(.anything) {
      var empty = expression
      empty.type = wanted
      return empty
    }
    let loader = ExpressionLoader(collector: collector, schema: schema)
    collector.report(
      "the parameter `\(schema.parameters[number].name)` is \(loader.withArticle(wanted)), not \(loader.withArticle(expression.type))",
      at: position, advice: advice)
    return nil
  }
}
