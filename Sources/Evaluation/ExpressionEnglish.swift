import Expressions
import Rulebooks
import Values

/// Says in English what an expression asks, for people who do not read the rule language.
///
/// Two rules that ask different things must not read alike. Brackets therefore show how far each
/// part reaches, and each field is named with its record.
struct ExpressionEnglish {
  typealias Node = CheckedExpression.Node

  let rulebook: Rulebook
  /// The tables of the elements of the enclosing loops, by their slots, the innermost last.
  private(set) var elements: [(slot: Int, table: Int?)] = []

  init(rulebook: Rulebook) { self.rulebook = rulebook }

  func words(_ expression: CheckedExpression) -> String { statement(expression.node) }

  func words(_ whole: Node) -> String {
    let node = Self.plain(whole)
    switch node {
    case .constant(let constant): return words(constant)
    case .asOf: return "the as-of date"
    case .parameter(let number): return parameter(number)
    case .variable, .parent: return row(node)
    case .special(let name): return name
    case .field(let row, _, _) where isOfNoRecord(row): return "not known"
    case .field(let row, let table, let field):
      return owned(row, rulebook.schema.tables[table].fields[field].name)
    case .derived(let row, let table, let column):
      return owned(row, rulebook.schema.tables[table].derived[column].name)
    case .children(let row, let relation):
      let child = rulebook.schema.tables[rulebook.schema.relations[relation].child].name
      return "the \(child) of \(self.row(row))"
    case .allRows(let table, let isEarlier):
      return "all \(rulebook.schema.tables[table].name)\(isEarlier ? " of last period" : "")"
    case .lookup(let table, let isEarlier, let keys):
      let last = isEarlier ? " of last period" : ""
      return
        "the record of \(rulebook.schema.tables[table].name)\(last) with the key \(joined(keys, "and"))"
    case .codes(let number): return "the code list \(rulebook.schema.codeLists[number])"
    case .list(let nodes): return joined(nodes, "or")
    case .and(let a, let b): return "\(side(a, of: node)) and \(side(b, of: node))"
    case .or(let a, let b): return "\(side(a, of: node)) or \(side(b, of: node))"
    case .comparison, .contains, .matches, .has, .given, .same: return clause(node, isDenied: false)
    case .conditional(let condition, let a, let b):
      return "\(part(a)) if \(test(condition)), otherwise \(part(b))"
    case .coalesce(let nodes):
      return nodes.map { part($0) }.joined(separator: ", or failing that ")
    case .arithmetic(let operation, let a, let b):
      return
        "\(operand(a, of: operation)) \(words(operation)) \(operand(b, of: operation, isLast: true))"
    case .index(let list, let number): return "number \(part(number)) (from 0) of \(part(list))"
    case .call(.not, let arguments): return arguments.first.map { denial(of: $0) } ?? ""
    case .call(let function, let arguments): return words(function, arguments)
    case .loop(let loop, let list, let slot, let body): return words(loop, list, slot, body)
    case .spans(let list, let slot, let start, let end):
      let inner = within(list, slot)
      return
        "the periods that \(part(list)) make from \(inner.part(start)) to \(inner.part(end)), joined where they touch"
    case .listCall(let function, let list, let arguments):
      return words(function, list, arguments)
    case .periodPart(let part, let period): return "the \(part.rawValue) of \(self.part(period))"
    case .aggregate(let aggregate, let body): return words(aggregate, body)
    }
  }

  private func parameter(_ number: Int) -> String {
    let name = rulebook.schema.parameters[number].name
    let value = rulebook.parameters[number].node
    // A parameter made of other parameters goes by its name: spelling out all of them could grow
    // without end.
    let isMade = value.contains { if case .parameter = $0 { true } else { false } }
    return isMade ? name : "\(words(value)) (\(name))"
  }

  /// The same, for use within a loop over a list.
  func within(_ list: Node, _ slot: Int) -> ExpressionEnglish {
    var inner = self
    inner.elements.append((slot, table(of: list)))
    return inner
  }

  /// The table of a list's rows; nil if the elements are not rows or the table is not known.
  private func table(of list: Node) -> Int? {
    switch list {
    case .children(_, let relation): rulebook.schema.relations[relation].child
    case .allRows(let table, _): table
    case .loop(.filter, let below, _, _), .loop(.sortBy, let below, _, _): table(of: below)
    case .listCall(.distinct, let below, _): table(of: below)
    default: nil
    }
  }

  /// A record: the judged one, one that it refers to, or the current element of a loop.
  private func row(_ node: Node) -> String {
    switch node {
    case .variable(0): "the record"
    case .variable(let slot): element(slot)
    case .parent(.variable(0), let relation) where elements.isEmpty: "its \(name(of: relation))"
    case .parent(.variable(let slot), let relation) where slot == elements.last?.slot:
      "its \(name(of: relation))"
    case .parent(let below, let relation): "\(row(below))'s \(name(of: relation))"
    default: part(node)
    }
  }

  private func name(of relation: Int) -> String {
    rulebook.schema.relations[relation].name ?? "other record"
  }

  /// The current element of a loop; that of the innermost loop needs no name.
  private func element(_ slot: Int) -> String {
    if elements.last?.slot == slot { return "it" }
    guard let place = elements.firstIndex(where: { $0.slot == slot }) else { return "it" }
    let table = elements[place].table
    let isAlone = elements.count { $0.table == table } == 1
    let name = table.map { "\(rulebook.schema.tables[$0].name) record" } ?? "element"
    return isAlone ? "the \(name)" : "the outer \(name)"
  }

  /// Whether a record is looked up under a key that none can have, such as `"no code: " + status`.
  ///
  /// It is how rules say that a value counts as missing: the words of the key would only puzzle.
  private func isOfNoRecord(_ row: Node) -> Bool {
    guard case .lookup(_, _, let keys) = row else { return false }
    return keys.contains { key in
      guard case .arithmetic(.add, .constant(.string(let text)), _) = Self.plain(key) else {
        return false
      }
      return text.string.hasPrefix("no ") && text.string.hasSuffix(": ")
    }
  }

  private func owned(_ row: Node, _ name: String) -> String {
    switch row {
    case .variable(0) where isOfElement(name): "this record's \(name)"
    case .variable(0): name
    case .variable(let slot) where slot == elements.last?.slot: "its \(name)"
    default: "\(self.row(row))'s \(name)"
    }
  }

  /// Whether the records of an enclosing loop have a column of a name, which a bare one might be
  /// taken for.
  private func isOfElement(_ name: String) -> Bool {
    elements.contains { element in
      guard let table = element.table.map({ rulebook.schema.tables[$0] }) else { return false }
      return (table.fields + table.derived).contains { $0.name == name }
    }
  }

  /// The name of a field or derived column of the innermost loop's element; nil for anything else.
  func ownName(_ node: Node) -> String? {
    switch node {
    case .field(.variable(let slot), let table, let field) where slot == elements.last?.slot:
      rulebook.schema.tables[table].fields[field].name
    case .derived(.variable(let slot), let table, let column) where slot == elements.last?.slot:
      rulebook.schema.tables[table].derived[column].name
    default: nil
    }
  }

  func joined(_ nodes: [Node], _ last: String) -> String {
    joined(nodes.map { part($0) }, last)
  }

  func joined(_ texts: [String], _ last: String) -> String {
    guard let final = texts.last, texts.count > 1 else { return texts.first ?? "nothing" }
    return texts.dropLast().joined(separator: ", ") + " \(last) " + final
  }

  private func words(_ constant: CheckedExpression.Constant) -> String {
    switch constant {
    case .string(let text): "\"\(text)\""
    default: Value(constant).text
    }
  }

  private func words(_ operation: CheckedExpression.Arithmetic) -> String {
    switch operation {
    case .add: "plus"
    case .subtract: "less"
    case .multiply: "times"
    case .divide: "divided by"
    case .remainder: "modulo"
    }
  }

  private func words(_ aggregate: CheckedExpression.Aggregate, _ body: Node?) -> String {
    guard let body else { return "the number of records" }
    let what = part(body)
    return switch aggregate {
    case .count: "the number of records where \(isYesOrNo(body) ? statement(body) : what)"
    case .sum: "the sum of \(what)"
    case .countDistinct: "the number of different values of \(what)"
    case .min: "the least of \(what)"
    case .max: "the greatest of \(what)"
    case .average: "the average of \(what)"
    }
  }
}

/// Decides where brackets are needed.
extension ExpressionEnglish {
  /// A node without steps that need no words, such as taking an int as a number or wrapping a
  /// value.
  static func plain(_ node: Node) -> Node {
    switch node {
    case .call(.number, let arguments) where arguments.count == 1: plain(arguments[0])
    case .coalesce(let nodes) where nodes.count == 1: plain(nodes[0])
    default: node
    }
  }

  /// A list, ready to be followed by a condition or an order.
  func listed(_ list: Node) -> String {
    if case .list(let nodes) = list, nodes.count > 1 { return "(\(words(list)))" }
    return part(list)
  }

  /// A part of a larger phrase, in brackets if its words would run into what follows.
  func part(_ whole: Node) -> String {
    let node = Self.plain(whole)
    return isClause(node) || isConnective(node) || endsOpen(node) ? "(\(words(node)))" : words(node)
  }

  /// What is asked or worked out.
  ///
  /// The bare name of a field would not say that it is asked to be true.
  func statement(_ whole: Node) -> String {
    let node = Self.plain(whole)
    return isYesOrNo(node) ? "\(words(node)) is yes" : words(node)
  }

  /// Whether it is a field or derived column that holds yes or no.
  func isYesOrNo(_ node: Node) -> Bool {
    switch node {
    case .field(_, let table, let field): rulebook.schema.tables[table].fields[field].type == .bool
    case .derived(_, let table, let column):
      rulebook.schema.tables[table].derived[column].type == .bool
    default: false
    }
  }

  /// A condition with more of the phrase after it.
  private func test(_ whole: Node) -> String {
    let node = Self.plain(whole)
    if case .conditional = node { return "(\(words(node)))" }
    if case .coalesce = node { return "(\(words(node)))" }
    return endsOpen(node) ? "(\(words(node)))" : statement(node)
  }

  /// One side of an and or an or.
  private func side(_ part: Node, of whole: Node) -> String {
    let node = Self.plain(part)
    return switch (node, whole) {
    case (.and, .and), (.or, .or): words(node)
    default:
      isConnective(node) || endsOpen(node) || isDenial(node) || holdsChoice(node)
        ? "(\(words(node)))" : statement(node)
    }
  }

  /// One side of a sum or product, in brackets if it would otherwise be grouped differently or
  /// take what follows for one of those of which it is the least or the greatest.
  func operand(
    _ node: Node, of operation: CheckedExpression.Arithmetic, isLast: Bool = false
  ) -> String {
    guard case .arithmetic(let inner, _, _) = Self.plain(node) else {
      return endsInChoice(node) ? "(\(words(node)))" : part(node)
    }
    let isSum = inner == .add || inner == .subtract
    let isOfSum = operation == .add || operation == .subtract
    let isPlain = isLast ? operation == .add && inner == .add : isSum == isOfSum || !isSum
    return isPlain && !endsOpen(node) ? words(node) : "(\(words(node)))"
  }

  /// Whether its words end in the last of several values that a function chooses from.
  private func endsInChoice(_ whole: Node) -> Bool {
    switch Self.plain(whole) {
    case .call(.min, _), .call(.max, _), .listCall(_, .list, _): true
    default: false
    }
  }

  /// Whether it is a clause with an `and` or an `or` of its own.
  private func holdsChoice(_ whole: Node) -> Bool {
    switch Self.plain(whole) {
    case .same: true
    case .contains(_, let list): isChoice(list)
    case .call(.not, let arguments): arguments.first.map { holdsChoice($0) } ?? false
    default: false
    }
  }

  /// Whether it is a list of several values that is written out, here or in a parameter.
  private func isChoice(_ list: Node) -> Bool {
    switch Self.plain(list) {
    case .list(let nodes): nodes.count > 1
    case .parameter(let number):
      if case .list(let nodes) = rulebook.parameters[number].node { nodes.count > 1 } else { false }
    default: false
    }
  }

  /// Whether its words form a clause of their own.
  private func isClause(_ node: Node) -> Bool {
    switch node {
    case .comparison, .contains, .matches, .has, .given, .same: true
    case .call(let function, _):
      [.not, .isWorkingDay, .startsWith, .endsWith, .contains].contains(function)
    default: false
    }
  }

  /// Whether it denies everything that follows it.
  private func isDenial(_ node: Node) -> Bool {
    guard case .call(.not, let arguments) = node, let denied = arguments.first else { return false }
    let plain = Self.plain(denied)
    return switch plain {
    case .comparison, .contains, .matches, .has, .given: false
    default: !isYesOrNo(plain)
    }
  }

  private func isConnective(_ node: Node) -> Bool {
    switch node {
    case .and, .or, .conditional, .coalesce: true
    default: false
    }
  }

  /// Whether its words end in a condition or list that would absorb what follows.
  private func endsOpen(_ whole: Node) -> Bool {
    let node = Self.plain(whole)
    return switch node {
    case .loop(let loop, let list, _, _): loop != .map || endsOpen(list)
    case .listCall(_, let list, _), .index(let list, _), .periodPart(_, let list): endsOpen(list)
    case .comparison(_, _, let last), .arithmetic(_, _, let last): endsOpen(last)
    case .aggregate(.count, .some): true
    case .conditional, .coalesce, .and, .or: true
    default: false
    }
  }
}
