import Diagnostics
import Patterns
import Values
import WorkingTime

extension TypeChecker {
  private static var listMethods: [String] {
    CheckedExpression.Loop.allCases.map(\.rawValue)
      + CheckedExpression.ListFunction.allCases.map(\.rawValue) + ["spans"]
  }

  private static var textMethods: [String] {
    Function.allCases.filter { $0.entry?.isMethod == true }.map(\.rawValue)
  }

  mutating func checkMethod(
    _ name: String, on base: Syntax, _ arguments: [Syntax], at offset: Int
  ) -> Checked {
    let owner = check(base)
    switch owner.type {
    case .anything: return Self.mistaken
    case .string: return checkTextMethod(name, on: owner, arguments, at: offset)
    case .list(let element):
      if let loop = CheckedExpression.Loop(rawValue: name) {
        return nested(at: offset) {
          $0.checkLoop(loop, on: owner, of: element, arguments, at: offset)
        }
      }
      if let function = CheckedExpression.ListFunction(rawValue: name) {
        return checkListFunction(function, on: owner, arguments, at: offset)
      }
      if name == "spans" {
        return nested(at: offset) { $0.checkSpans(on: owner, of: element, arguments, at: offset) }
      }
      if name == "contains" {
        return fault(
          "a list has no `contains`", at: offset, advice: "Write `element in list`")
      }
      var words = ExpressionFault.unknownMember(
        name, of: "a list", known: Self.listMethods, areFunctions: true)
      words.1 = ForeignWords.advice(forMethod: name, onList: true) ?? words.1
      return fault(words, at: offset)
    default:
      if let function = Function(rawValue: name), function.entry?.isMethod == false {
        return fault(
          "`\(name)` is not called on a value", at: offset,
          advice: function.entry?.advice)
      }
      return fault(
        "\(article(owner.type)) has no function `\(name)`", at: offset,
        advice: adviceForTime(name, of: owner.type)
          ?? ExpressionFault.suggestion(for: name, among: Self.textMethods + Self.listMethods))
    }
  }

  private mutating func checkTextMethod(
    _ name: String, on owner: Checked, _ arguments: [Syntax], at offset: Int
  ) -> Checked {
    guard let function = Function(rawValue: name), function.entry?.isMethod == true else {
      var words = ExpressionFault.unknownMember(
        name, of: "a text", known: Self.textMethods, areFunctions: true)
      words.1 = ForeignWords.advice(forMethod: name, onList: false) ?? words.1
      return fault(words, at: offset)
    }
    switch function {
    case .size, .upper, .lower, .trim:
      guard arguments.isEmpty else { return wrongCount(name, arguments, at: offset) }
      return (.call(function, [owner.node]), function == .size ? .int : .string)
    default:
      guard arguments.count == 1 else { return wrongCount(name, arguments, at: offset) }
      let part = check(arguments[0])
      if part.type == .anything { return Self.mistaken }
      guard part.type == .string else {
        return fault(
          "`\(name)` wants a text, not \(article(part.type))", at: arguments[0].offset)
      }
      guard function == .matches else { return (.call(function, [owner.node, part.node]), .bool) }
      guard case .constant(.string(let pattern)) = part.node else {
        return fault(
          "the expression of `matches` must be written out", at: arguments[0].offset,
          advice: "Write text.matches(\"...\")")
      }
      if pattern.string.unicodeScalars.contains(where: { $0.value < 9 }) {
        return fault(
          "`\\b` in a text is a backspace, which no cell holds", at: arguments[0].offset,
          advice: "Write `\\\\b`, or a raw text: r\"...\"")
      }
      do {
        return (.matches(owner.node, try Pattern(pattern.string)), .bool)
      } catch {
        return fault(
          "\"\(pattern)\" is \(error)", at: arguments[0].offset)
      }
    }
  }

  private mutating func checkLoop(
    _ loop: CheckedExpression.Loop, on owner: Checked, of element: ValueType,
    _ arguments: [Syntax], at offset: Int
  ) -> Checked {
    guard arguments.count == 2, case .name(let variable, _) = arguments[0] else {
      return fault(
        "`\(loop.rawValue)` wants a name for the element, and what is computed of it", at: offset,
        advice: loop == .count && arguments.isEmpty
          ? "Write list.size() for how many there are, or list.count(x, ...)"
          : "Write list.\(loop.rawValue)(x, ...)")
    }
    let body = arguments[1]
    // The whole table named last before the loop begins is the one that it goes through.
    let places = placesOfWholeTables
    return withVariable(variable, element) { checker, slot in
      switch loop {
      case .exists, .all, .count, .filter:
        let test = checker.expect(.bool, body, "in \(loop.rawValue)(x, ...)")
        checker.warnIfUnasked(test, of: variable, slot, in: owner.node, at: body.offset)
        let place = owner.node.wholeTable.flatMap { places[$0] }
        checker.warnIfOfEverybody(test, slot, in: owner.node, at: place ?? offset)
        let gives: ValueType =
          switch loop {
          case .count: .int
          case .filter: .list(element)
          default: .bool
          }
        return (.loop(loop, list: owner.node, slot: slot, body: test), gives)
      case .map:
        let value = checker.check(body)
        return (
          .loop(loop, list: owner.node, slot: slot, body: value.node), .list(value.type)
        )
      case .sortBy, .minBy, .maxBy:
        let key = checker.check(body)
        guard key.type.isOrdered else {
          return checker.fault(
            "a \(checker.describe(key.type)) has no order for `\(loop.rawValue)`", at: body.offset)
        }
        return (
          .loop(loop, list: owner.node, slot: slot, body: key.node),
          loop == .sortBy ? .list(element) : element
        )
      }
    }
  }

  /// Warns of a condition that reads something, but nothing of the list element it is asked about.
  private mutating func warnIfUnasked(
    _ test: Node, of variable: String, _ slot: Int, in list: Node, at offset: Int
  ) {
    // `[x].filter(y, condition)` is a known way to make a value conditional.
    if case .list = list { return }
    var isRead = false
    var isOfElement = false
    test.walk { node in
      switch node {
      case .variable(slot): isOfElement = true
      case .variable: isRead = true
      default: break
      }
    }
    guard isRead, !isOfElement else { return }
    warn(
      "this asks nothing of `\(variable)`: it is the same for every element", at: offset,
      advice: "Write \(variable).FIELD for what stands in the element")
  }

  private mutating func checkSpans(
    on owner: Checked, of element: ValueType, _ arguments: [Syntax], at offset: Int
  ) -> Checked {
    guard arguments.count == 3, case .name(let variable, _) = arguments[0] else {
      return fault(
        "`spans` wants a name for the row, its start and its end", at: offset,
        advice: "Write rows.spans(x, x.started_on, x.ended_on)")
    }
    guard case .row(let table) = element else {
      return fault("`spans` joins rows of a table, not \(article(owner.type))", at: offset)
    }
    return withVariable(variable, element) { checker, slot in
      let bounds = arguments.dropFirst().map { syntax in
        let bound = checker.check(syntax)
        if !bound.type.isMoment {
          return checker.fault(
            "a date is expected in spans(...), not a \(checker.describe(bound.type))",
            at: syntax.offset)
        }
        return bound
      }
      return (
        .spans(list: owner.node, slot: slot, start: bounds[0].node, end: bounds[1].node),
        .list(.period(table, hasTimes: bounds.contains { $0.type == .datetime }))
      )
    }
  }

  mutating func checkListFunction(
    _ function: CheckedExpression.ListFunction, on owner: Checked, _ arguments: [Syntax],
    at offset: Int
  ) -> Checked {
    guard case .list(let element) = owner.type else { return Self.mistaken }
    let wanted: Int =
      switch function {
      case .at, .before, .after: 1
      default: 0
      }
    guard arguments.count == wanted else {
      let usage = wanted == 0 ? "" : (function == .at ? "n" : "row")
      var advice = "Write list.\(function.rawValue)(\(usage))"
      if function == .min || function == .max, arguments.count == 2 {
        advice = "Write list.\(function.rawValue)By(x, ...)"
      }
      return fault(
        "`\(function.rawValue)` is called with \(amount(arguments.count, "value"))", at: offset,
        advice: advice)
    }
    switch function {
    case .size: return (.listCall(.size, owner.node, []), .int)
    case .first, .last, .distinct:
      return (
        .listCall(function, owner.node, []), function == .distinct ? .list(element) : element
      )
    case .at:
      return (.listCall(.at, owner.node, [expect(.int, arguments[0], "in at(n)")]), element)
    case .min, .max:
      guard element.isOrdered else {
        return fault(
          "\(article(element)) has no order for `\(function.rawValue)`", at: offset,
          advice: "Write list.\(function.rawValue)By(x, ...)")
      }
      return (.listCall(function, owner.node, []), element)
    case .sum:
      guard element.isNumeric || element == .duration else {
        return fault("\(article(element)) cannot be summed", at: offset)
      }
      // The sum of nothing is nothing of the same kind.
      switch element {
      case .number: return (.call(.number, [.listCall(.sum, owner.node, [])]), element)
      case .duration:
        return (.listCall(.sum, owner.node, [.constant(.duration(.zero))]), element)
      default: return (.listCall(.sum, owner.node, []), element)
      }
    case .before, .after:
      let row = check(arguments[0])
      guard row.type.united(with: element) != nil else {
        return fault(
          "\(article(element)) is expected in \(function.rawValue)(...), not \(article(row.type))",
          at: arguments[0].offset)
      }
      return (.listCall(function, owner.node, [row.node]), element)
    }
  }
}
