import Diagnostics
import Expressions
import Extracts
import Values

/// Warns of texts that a field is compared with but can never hold.
///
/// Such a text is a misspelt code, or stands for a missing value. This is not an error: an export
/// may hold codes that the code list lacks, which the constraint then reports.
struct UnheldTexts {
  let collector: DiagnosticCollector

  func warn(in rulebook: Rulebook) {
    let codes = Dictionary(
      rulebook.codeLists.map { ($0.name, $0.entries.map(\.code)) },
      uniquingKeysWith: { first, _ in first })
    let parameters = rulebook.parameters
    let known = KnownValues(parameters)
    rulebook.forEachExpression { expression in
      expression.node.walk { node in
        for (table, field, text) in Self.comparisons(node, known, parameters) {
          warn(
            of: text, field: rulebook.tables[table].definition.fields[field],
            missing: rulebook.tables[table].definition.missingValues, codes: codes, in: expression)
        }
      }
    }
  }

  /// The fields and texts that one step compares.
  private static func comparisons(
    _ node: CheckedExpression.Node, _ known: KnownValues, _ parameters: [CheckedExpression]
  ) -> [(table: Int, field: Int, text: Text)] {
    let (value, others): (CheckedExpression.Node, [CheckedExpression.Node])
    switch node {
    case .comparison(.equal, .field(let row, let table, let field), let other),
      .comparison(.notEqual, .field(let row, let table, let field), let other),
      .comparison(.equal, let other, .field(let row, let table, let field)),
      .comparison(.notEqual, let other, .field(let row, let table, let field)),
      .same(.field(let row, let table, let field), let other),
      .same(let other, .field(let row, let table, let field)):
      (value, others) = (.field(of: row, table: table, field: field), [other])
    case .contains(let element, .list(let texts)): (value, others) = (element, texts)
    case .contains(let element, .parameter(let number)):
      guard case .list(let texts) = parameters[number].node else { return [] }
      (value, others) = (element, texts)
    default: return []
    }
    guard case .field(_, let table, let field) = value else { return [] }
    return others.compactMap { other in
      guard case .string(let text)? = known.value(other) else { return nil }
      return (table, field, text)
    }
  }

  private func warn(
    of text: Text, field: FieldDefinition, missing: Set<Text>, codes: [String: [Text]],
    in expression: CheckedExpression
  ) {
    let what: String
    var advice: String?
    if missing.contains(text) {
      what = "`\(field.name)` never equals \"\(text)\": such a cell holds no value, and is absent"
      advice = "Ask with has(\(field.name)) or !has(\(field.name))"
    } else if let list = field.codes?.list, let known = codes[list], !known.contains(text) {
      what = "`\(field.name)` is compared with \"\(text)\", which is not in its code list `\(list)`"
      advice = self.advice(for: text, among: known)
    } else if let known = field.constraints.allowed, !known.contains(text) {
      what = "`\(field.name)` is compared with \"\(text)\", which is not in its `enum`"
      advice = self.advice(for: text, among: known)
    } else {
      return
    }
    collector.warn(what, at: Self.place(of: text, in: expression.source), advice: advice)
  }

  private func advice(for text: Text, among known: [Text]) -> String {
    let names = known.map { "\($0)" }
    // A single letter would be close to every other one.
    if "\(text)".count > 1, let near = nearestName(to: "\(text)", among: names) {
      return "Did you mean \"\(near)\"?"
    }
    let first = names.prefix(10).joined(separator: ", ")
    return names.count > 10 ? "It has \(first) and \(names.count - 10) more" : "It has \(first)"
  }

  /// The place of a quoted text in an expression; that of the expression if it has escapes.
  private static func place(of text: Text, in source: ExpressionSource) -> SourcePosition {
    for quote in ["\"", "'"] {
      guard let found = source.text.firstRange(of: "\(quote)\(text)\(quote)") else { continue }
      let before = source.text.unicodeScalars[..<found.lowerBound]
      return source.position(of: before.count)
    }
    return source.position(of: 0)
  }
}
