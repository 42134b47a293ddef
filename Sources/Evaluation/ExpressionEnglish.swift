import Expressions
import Patterns
import Rulebooks
import WorkingTime

/// Says in English what an expression asks, for people who do not read the rule language.
struct ExpressionEnglish {
  typealias Node = CheckedExpression.Node

  let rulebook: Rulebook

  func words(_ expression: CheckedExpression) -> String { words(expression.node) }

  private func words(_ node: Node) -> String {
    switch node {
    case .constant(let constant): return words(constant)
    case .asOf: return "the as-of date"
    case .parameter(let number):
      let name = rulebook.schema.parameters[number].name
      let value = rulebook.parameters[number].node
      // One that is made of others goes by its name: with all they are made of it could grow without end.
      let isMade = value.contains { if case .parameter = $0 { true } else { false } }
      return isMade ? name : "\(words(value)) (\(name))"
    case .variable(0): return "the record"
    case .variable: return "it"
    case .special(let name): return name
    case .field(let row, let table, let field):
      return owned(row, rulebook.schema.tables[table].fields[field].name)
    case .derived(let row, let table, let column):
      return owned(row, rulebook.schema.tables[table].derived[column].name)
    case .parent(let row, let relation):
      let name = rulebook.schema.relations[relation].name ?? "the other record"
      return isHere(row) ? "its \(name)" : "\(words(row))'s \(name)"
    case .children(let row, let relation):
      let child = rulebook.schema.tables[rulebook.schema.relations[relation].child].name
      return "the \(child) of \(isHere(row) ? "the record" : words(row))"
    case .allRows(let table, let isEarlier):
      return "all \(rulebook.schema.tables[table].name)\(isEarlier ? " of last period" : "")"
    case .lookup(let table, let isEarlier, let keys):
      let last = isEarlier ? " of last period" : ""
      return
        "the record of \(rulebook.schema.tables[table].name)\(last) with the key \(joined(keys, "and"))"
    case .codes(let number): return "the code list \(rulebook.schema.codeLists[number])"
    case .list(let nodes): return joined(nodes, "or")
    case .conditional(let condition, let a, let b):
      return "\(words(a)) if \(words(condition)), otherwise \(words(b))"
    case .and(let a, let b): return "\(grouped(a)) and \(grouped(b))"
    case .or(let a, let b): return "\(grouped(a)) or \(grouped(b))"
    case .comparison(let comparison, let a, let b):
      return "\(words(a)) \(words(comparison)) \(words(b))"
    case .arithmetic(let operation, let a, let b):
      return
        "\(operand(a, of: operation)) \(words(operation)) \(operand(b, of: operation, isLast: true))"
    case .contains(let element, let list): return "\(words(element)) is one of \(words(list))"
    case .index(let list, let number): return "number \(words(number)) (from 0) of \(words(list))"
    // That an int is taken as a number need not be said.
    case .call(.number, let arguments): return arguments.map { words($0) }.joined()
    case .call(let function, let arguments): return words(function, arguments)
    case .matches(let text, let pattern): return "\(words(text)) matches \(pattern.source)"
    case .coalesce(let nodes):
      return nodes.map { words($0) }.joined(separator: ", or failing that ")
    case .has(let value): return "\(words(value)) is there"
    case .given(let row, let table, let field):
      return "something stands in \(owned(row, rulebook.schema.tables[table].fields[field].name))"
    case .same(let a, let b): return "\(words(a)) and \(words(b)) are the same, or both missing"
    case .loop(let loop, let list, _, let body): return words(loop, list, body)
    case .spans(let list, _, let start, let end):
      return
        "the periods that \(words(list)) make from \(words(start)) to \(words(end)), joined where they touch"
    case .listCall(let function, let list, let arguments):
      return words(function, list, arguments)
    case .periodPart(let part, let period): return "the \(part.rawValue) of \(words(period))"
    case .aggregate(.count, nil): return "the number of records"
    case .aggregate(let aggregate, let body):
      return "the \(aggregate.rawValue) of \(body.map { words($0) } ?? "the records")"
    }
  }

  private func isHere(_ row: Node) -> Bool {
    if case .variable(0) = row { return true }
    return false
  }

  private func owned(_ row: Node, _ name: String) -> String {
    switch row {
    case .variable(0): name
    case .variable: "its \(name)"
    default: "\(words(row))'s \(name)"
    }
  }

  private func grouped(_ node: Node) -> String {
    switch node {
    case .or, .conditional, .call(.not, _): "(\(words(node)))"
    default: words(node)
    }
  }

  /// What is denied, so that it is plain how far the denial reaches.
  private func denied(_ node: Node) -> String {
    switch node {
    case .and, .or, .conditional: "(\(words(node)))"
    default: words(node)
    }
  }

  /// A side of a sum or product, in brackets where it would be worked out otherwise without.
  private func operand(
    _ node: Node, of operation: CheckedExpression.Arithmetic, isLast: Bool = false
  ) -> String {
    switch node {
    case .conditional: return "(\(words(node)))"
    case .arithmetic(let inner, _, _):
      let isSum = inner == .add || inner == .subtract
      let isOfSum = operation == .add || operation == .subtract
      let isPlain = isLast ? operation == .add && inner == .add : isSum == isOfSum || !isSum
      return isPlain ? words(node) : "(\(words(node)))"
    default: return words(node)
    }
  }

  private func joined(_ nodes: [Node], _ last: String) -> String {
    joined(nodes.map { words($0) }, last)
  }

  private func joined(_ texts: [String], _ last: String) -> String {
    guard let final = texts.last, texts.count > 1 else { return texts.first ?? "nothing" }
    return texts.dropLast().joined(separator: ", ") + " \(last) " + final
  }

  private func words(_ constant: CheckedExpression.Constant) -> String {
    switch constant {
    case .string(let text): "\"\(text)\""
    default: Value(constant).text
    }
  }

  private func words(_ comparison: CheckedExpression.Comparison) -> String {
    switch comparison {
    case .equal: "is"
    case .notEqual: "is not"
    case .less: "is before or less than"
    case .lessOrEqual: "is at most"
    case .greater: "is after or more than"
    case .greaterOrEqual: "is at least"
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

  private func words(_ function: Function, _ arguments: [Node]) -> String {
    // Before the arguments are put into words: twice at each level would double the work with each.
    if function == .not {
      return "it is not so that \(arguments.first.map { denied($0) } ?? "")"
    }
    if function == .negate {
      return "minus \(arguments.first.map { operand($0, of: .multiply, isLast: true) } ?? "")"
    }
    let texts = arguments.map { words($0) }
    let first = texts.first ?? ""
    switch function {
    case .daysBetween, .workingDaysBetween, .monthsBetween, .hoursBetween:
      let unit =
        function == .workingDaysBetween
        ? "working days"
        : function == .daysBetween
          ? "days" : function == .monthsBetween ? "months" : "hours"
      return "the \(unit) from \(first) to \(texts.last ?? "")"
    case .ageOn: return "the age, by \(first), on \(texts.last ?? "")"
    case .isWorkingDay: return "\(first) is a working day"
    case .startsWith: return "\(first) begins with \(texts.last ?? "")"
    case .endsWith: return "\(first) ends with \(texts.last ?? "")"
    case .contains: return "\(first) holds \(texts.last ?? "")"
    case .size: return "the length of \(first)"
    case .min: return "the least of \(joined(texts, "and"))"
    case .max: return "the greatest of \(joined(texts, "and"))"
    case .dateOf: return "the day of \(first)"
    case .days, .workingDays, .weeks, .months, .years, .hours:
      return "\(first) \(function.rawValue)"
    default: return "\(function.rawValue) of \(joined(texts, "and"))"
    }
  }

  private func words(_ loop: CheckedExpression.Loop, _ list: Node, _ body: Node) -> String {
    switch loop {
    case .exists: "among \(words(list)) there is one where \(words(body))"
    case .all: "for each of \(words(list)), \(words(body))"
    case .count: "the number of \(words(list)) where \(words(body))"
    case .filter: "\(words(list)) where \(words(body))"
    case .map: "\(words(body)) of each of \(words(list))"
    case .sortBy: "\(words(list)) by \(words(body))"
    case .minBy: "the one of \(words(list)) with the least \(words(body))"
    case .maxBy: "the one of \(words(list)) with the greatest \(words(body))"
    }
  }

  private func words(
    _ function: CheckedExpression.ListFunction, _ list: Node, _ arguments: [Node]
  ) -> String {
    let argument = arguments.first.map { words($0) } ?? ""
    return switch function {
    case .size: "the number of \(words(list))"
    case .first: "the first of \(words(list))"
    case .last: "the last of \(words(list))"
    case .at: "number \(argument) (from 0) of \(words(list))"
    case .min: "the least of \(words(list))"
    case .max: "the greatest of \(words(list))"
    case .sum: "the sum of \(words(list))"
    case .distinct: "the different ones of \(words(list))"
    case .before: "the one before \(argument) in \(words(list))"
    case .after: "the one after \(argument) in \(words(list))"
    }
  }
}
