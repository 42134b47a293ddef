public import Diagnostics
import Values

/// Gives an expression its types, or says what is wrong with it.
///
/// A mistake is reported once: whatever depends on it has the type `.anything` and is accepted, and
/// so is what depends on the elements of an empty list.
public struct TypeChecker {
  typealias Node = CheckedExpression.Node
  typealias Checked = (node: Node, type: ValueType)

  let schema: Schema
  let scope: ExpressionScope
  let source: ExpressionSource
  var variables: [(name: String, type: ValueType)] = []
  var slots = 1
  var isInsideAggregate = false
  /// Where each whole table was named last, by its number.
  var placesOfWholeTables: [Int: Int] = [:]
  /// What was found, in the order of the text.
  public private(set) var diagnostics: [Diagnostic] = []

  /// How long an expression may be, in bytes.
  static let greatestLength = 32_000
  /// How deep loops and look-ups may nest: each looks at rows for every row of the enclosing one.
  static let greatestNesting = 8
  private var nesting = 0

  private init(_ source: ExpressionSource, schema: Schema, scope: ExpressionScope) {
    self.source = source
    self.schema = schema
    self.scope = scope
  }

  /// Parses and checks an expression; nil where it has mistakes, which are added to `diagnostics`.
  public static func check(
    _ source: ExpressionSource, schema: Schema, scope: ExpressionScope,
    diagnostics: inout [Diagnostic]
  ) -> CheckedExpression? {
    guard source.text.utf8.count <= greatestLength else {
      diagnostics.append(
        Diagnostic(
          at: source.position(of: 0), "this expression is longer than \(greatestLength) bytes",
          advice: "Split it into derived columns"))
      return nil
    }
    do {
      let syntax = try Parser.parse(source)
      var checker = TypeChecker(source, schema: schema, scope: scope)
      let checked = checker.check(syntax)
      if scope.givesEvents { checker.warnIfOfEverybody(checked.node) }
      let isSound = checker.diagnostics.allSatisfy { $0.severity == .warning }
      if isSound, scope.judgesRow { checker.warnIfOfNoRow(checked.node) }
      diagnostics += checker.diagnostics
      guard isSound else { return nil }
      return CheckedExpression(node: checked.node, type: checked.type, source: source)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  // A tree with a mistake is never run. What asks something of the elements of an empty list is,
  // and there are none: so this is absent, and no value that a verdict could rest on.
  static let mistaken: Checked = (.coalesce([]), .anything)

  mutating func fault(_ what: String, at offset: Int, advice: String? = nil) -> Checked {
    diagnostics.append(Diagnostic(at: source.position(of: offset), what, advice: advice))
    return Self.mistaken
  }

  /// Warns of what may be right but is seldom what was meant.
  mutating func warn(_ what: String, at offset: Int, advice: String?) {
    var diagnostic = Diagnostic(.warning, at: source.position(of: offset), what, advice: advice)
    diagnostic.isForAuthors = true
    diagnostics.append(diagnostic)
  }

  mutating func fault(_ words: (String, String?), at offset: Int) -> Checked {
    fault(words.0, at: offset, advice: words.1)
  }

  /// Reports a name that is not known.
  mutating func fault(missing words: (String, String?), at offset: Int) -> Checked {
    var diagnostic = Diagnostic(at: source.position(of: offset), words.0, advice: words.1)
    diagnostic.isOfMissingName = true
    diagnostics.append(diagnostic)
    return Self.mistaken
  }

  /// Reports a column that a table has lost by being replaced: at the table, whoever asks for it.
  mutating func fault(lacking told: Diagnostic) -> Checked {
    diagnostics.append(told)
    return Self.mistaken
  }

  /// A type in the words of the rule language.
  func describe(_ type: ValueType) -> String {
    switch type {
    case .bool: "bool"
    case .int: "int"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .datetime: "datetime"
    case .time: "time"
    case .duration: "duration"
    case .list(.anything): "list"
    case .list(let element): "list of \(describe(element))"
    case .row(let table): "row of \(schema.tables[table].name)"
    case .period(let table, _): "period of \(schema.tables[table].name)"
    case .anything: "value"
    }
  }

  /// A type with its article.
  func article(_ type: ValueType) -> String {
    type == .int ? "an int" : "a \(describe(type))"
  }

  mutating func check(_ syntax: Syntax) -> Checked {
    switch syntax {
    case .literal(let literal, _): return check(literal)
    case .name(let name, let offset): return checkName(name, at: offset)
    case .member(let base, let name, let offset):
      return checkMember(name, of: base, at: offset)
    case .call(let name, let arguments, let offset):
      return checkCall(name, arguments, at: offset)
    case .method(let base, let name, let arguments, let offset):
      return checkMethod(name, on: base, arguments, at: offset)
    case .index(let base, let index, let offset):
      return checkIndex(base, index, at: offset)
    case .unary(let symbol, let operand, let offset):
      return checkUnary(symbol, operand, at: offset)
    case .binary(let symbol, let left, let right, let offset):
      return checkBinary(symbol, left, right, at: offset)
    case .conditional(let condition, let whenTrue, let whenFalse, let offset):
      let test = expect(.bool, condition, "before `?`")
      let (a, b) = (check(whenTrue), check(whenFalse))
      guard let type = a.type.united(with: b.type) else {
        return fault(
          "the two branches are of different types: \(describe(a.type)) and \(describe(b.type))",
          at: offset)
      }
      return (.conditional(test, node(of: a, as: type), node(of: b, as: type)), type)
    case .list(let elements, let offset):
      var type = ValueType.anything
      var values: [Checked] = []
      for element in elements {
        let checked = check(element)
        guard let united = type.united(with: checked.type) else {
          return fault(
            "a list holds values of one type: \(describe(type)) and \(describe(checked.type)) stand in this one",
            at: offset)
        }
        type = united
        values.append(checked)
      }
      return (.list(values.map { node(of: $0, as: type) }), .list(type))
    }
  }

  /// The same for lists too, each element of which becomes what comes of it.
  mutating func node(of value: Checked, as type: ValueType) -> Node {
    guard case .list(let element) = value.type, case .list(let wanted) = type,
      element != .anything, element != wanted
    else { return Self.node(of: value, as: type) }
    let slot = slots
    slots += 1
    let body = node(of: (.variable(slot), element), as: wanted)
    if case .variable = body { return value.node }
    return .loop(.map, list: value.node, slot: slot, body: body)
  }

  /// Converts a value to a type that it fits: an int becomes a number where a number is wanted.
  static func node(of value: Checked, as type: ValueType) -> Node {
    guard type == .number, value.type == .int else { return value.node }
    if case .constant(.int(let number)) = value.node { return .constant(.number(Double(number))) }
    return .call(.number, [value.node])
  }

  private func check(_ literal: Syntax.Literal) -> Checked {
    switch literal {
    case .bool(let value): (.constant(.bool(value)), .bool)
    case .int(let value): (.constant(.int(value)), .int)
    case .number(let value): (.constant(.number(value)), .number)
    case .string(let value): (.constant(.string(Text(value))), .string)
    }
  }

  /// Checks an expression that must be of a given type; returns its tree.
  mutating func expect(_ type: ValueType, _ syntax: Syntax, _ place: String) -> Node {
    let checked = check(syntax)
    if checked.type == .anything || checked.type == type { return checked.node }
    if type == .number, checked.type == .int { return checked.node }
    if type == .date, checked.type == .datetime {
      return fault(
        "a date is expected \(place), not a datetime", at: syntax.offset,
        advice: "Take its day with dateOf(...)"
      ).node
    }
    if type == .datetime, checked.type == .date { return checked.node }
    return fault(
      "\(article(type)) is expected \(place), not \(article(checked.type))",
      at: syntax.offset
    ).node
  }

  /// Opens a variable for the elements of a list while `body` runs.
  mutating func withVariable<T>(
    _ name: String, _ type: ValueType, _ body: (inout TypeChecker, Int) -> T
  ) -> T {
    let slot = slots
    slots += 1
    variables.append((name, type))
    variableSlots.append(slot)
    defer {
      variables.removeLast()
      variableSlots.removeLast()
    }
    return body(&self, slot)
  }

  /// Checks the inside of a loop or look-up, unless too many surround it.
  mutating func nested(at offset: Int, _ body: (inout TypeChecker) -> Checked) -> Checked {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.greatestNesting else {
      return fault(
        "loops and look-ups stand more than \(Self.greatestNesting) deep in one another",
        at: offset,
        advice: "Split this into derived columns")
    }
    return body(&self)
  }

  var variableSlots: [Int] = []
}
