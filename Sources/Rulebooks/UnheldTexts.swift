import Diagnostics
import Expressions
import Extracts
import Values

/// Warns of texts that a field is compared with but can never hold.
///
/// Such a text is a misspelt code, or stands for a missing value. This is not an error: an export
/// may hold codes that the code list lacks, which the constraint then reports.
struct UnheldTexts {
  typealias Place = (table: Int, field: Int)

  let collector: DiagnosticCollector
  let rulebook: Rulebook
  let known: KnownValues
  let codes: [String: [Text]]

  init(in rulebook: Rulebook, collector: DiagnosticCollector) {
    self.collector = collector
    self.rulebook = rulebook
    known = KnownValues(rulebook.parameters)
    codes = Dictionary(
      rulebook.codeLists.map { ($0.name, $0.entries.map(\.code)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Warns the author of rules of each such text.
  func warn() {
    forEachComparison { field, missing, text, expression in
      warn(of: text, field: field, missing: missing, in: expression)
    }
    warnOfParts()
    warnOfOtherLists()
    warnOfHiddenValues()
  }

  /// Warns whoever runs the rules of code lists that stand in place of others and lack codes that
  /// rules compare with: those rules judge nothing of the records concerned, and nobody is told.
  func warn(ofReplaced lists: [String: SourcePosition]) {
    var lacking: [String: Set<Text>] = [:]
    forEachComparison { field, _, text, _ in
      guard let list = field.codes?.list, lists[list] != nil, isLacking(text, list) else { return }
      lacking[list, default: []].insert(text)
    }
    for (list, texts) in lacking {
      guard let position = lists[list] else { continue }
      let names = texts.sorted().map { "\"\($0)\"" }
      let shown = names.prefix(Self.mostShown).joined(separator: ", ")
      let more = names.count > Self.mostShown ? " and \(names.count - Self.mostShown) more" : ""
      collector.warnEveryRun(
        "the code list `\(list)` replaces another and lacks \(shown)\(more), which rules compare with: they judge nothing of such records",
        at: position,
        advice:
          "Keep the codes that rules go by, or replace those rules, too; `casecheck rules check` names each place"
      )
    }
  }

  private static let mostShown = 10

  private func isLacking(_ text: Text, _ list: String) -> Bool {
    codes[list].map { !$0.contains(text) } ?? false
  }

  /// Finds the comparisons of a field, or of what takes its values, with a text that is known
  /// beforehand.
  ///
  /// What stands in for the values of a field where it has none may be compared with, whatever it is.
  private func forEachComparison(
    _ body: (FieldDefinition, _ missing: Set<Text>, Text, CheckedExpression) -> Void
  ) {
    let origins = TextOrigins(in: rulebook, known: known)
    rulebook.forEachExpression { expression in
      let reading = origins.reading(of: expression.node)
      expression.node.walk { node in
        guard let (origin, others) = compared(in: node, reading), let place = origin.place else {
          return
        }
        let definition = rulebook.tables[place.table].definition
        for other in others {
          guard case .string(let text)? = known.value(other), !origin.texts.contains(text) else {
            continue
          }
          body(definition.fields[place.field], definition.missingValues, text, expression)
        }
      }
    }
  }

  /// What one step compares with what.
  private func compared(in node: CheckedExpression.Node, _ reading: TextOrigins.Reading) -> (
    TextOrigins.Origin, [CheckedExpression.Node]
  )? {
    func held(_ node: CheckedExpression.Node) -> TextOrigins.Origin? {
      guard let origin = reading.origin(of: node), origin.place != nil else { return nil }
      return origin
    }
    switch node {
    case .comparison(.equal, let a, let b), .comparison(.notEqual, let a, let b),
      .same(let a, let b):
      if let origin = held(a) { return (origin, [b]) }
      return held(b).map { ($0, [a]) }
    case .contains(let element, let list):
      guard let origin = held(element) else { return held(list).map { ($0, [element]) } }
      switch list {
      case .list(let texts): return (origin, texts)
      case .parameter(let number):
        guard case .list(let texts) = rulebook.parameters[number].node else { return nil }
        return (origin, texts)
      default: return nil
      }
    default: return nil
    }
  }

  /// The field whose values an expression takes over unchanged, or leaves out.
  ///
  /// Such is a derived column that keeps only the codes that its list has.
  func source(of node: CheckedExpression.Node) -> Place? {
    switch node {
    case .field(_, let table, let field): return (table, field)
    case .derived(_, let table, let column):
      return source(of: rulebook.tables[table].derived[column].expression.node)
    case .conditional(_, let yes, let no):
      guard let place = source(of: yes), let other = source(of: no), place == other else {
        return nil
      }
      return place
    default: return nil
    }
  }

  private func warn(
    of text: Text, field: FieldDefinition, missing: Set<Text>, in expression: CheckedExpression
  ) {
    let what: String
    var advice: String?
    if missing.contains(text) {
      what = "`\(field.name)` never equals \"\(text)\": such a cell holds no value, and is absent"
      advice = "Ask with has(\(field.name)) or !has(\(field.name))"
    } else if let list = field.codes?.list, isLacking(text, list) {
      what = "`\(field.name)` is compared with \"\(text)\", which is not in its code list `\(list)`"
      advice = self.advice(for: text, among: codes[list] ?? [])
    } else if let known = field.constraints.allowed, !known.contains(text) {
      what = "`\(field.name)` is compared with \"\(text)\", which is not in its `enum`"
      advice = self.advice(for: text, among: known)
    } else {
      return
    }
    collector.warn(what, at: Self.place(of: text, in: expression.source), advice: advice)
  }

  func advice(for text: Text, among known: [Text]) -> String {
    let names = known.map { "\($0)" }
    // A single letter would be close to every other one.
    if "\(text)".count > 1, let near = nearestName(to: "\(text)", among: names) {
      return "Did you mean \"\(near)\"?"
    }
    let first = names.prefix(10).joined(separator: ", ")
    return names.count > 10 ? "It has \(first) and \(names.count - 10) more" : "It has \(first)"
  }

  /// The place of a quoted text in an expression; that of the expression if it has escapes.
  static func place(of text: Text, in source: ExpressionSource) -> SourcePosition {
    for quote in ["\"", "'"] {
      guard let found = source.text.firstRange(of: "\(quote)\(text)\(quote)") else { continue }
      let before = source.text.unicodeScalars[..<found.lowerBound]
      return source.position(of: before.count)
    }
    return source.position(of: 0)
  }
}
