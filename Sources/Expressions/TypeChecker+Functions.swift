import Diagnostics
import Values
import WorkingTime

extension TypeChecker {
  /// Special forms that look like functions, with how they are written.
  static let forms = [
    "has": "has(x)", "coalesce": "coalesce(a, b, ...)", "same": "same(a, b)",
    "given": "given(field)", "lookup": "lookup(table, key)",
  ]

  static var functionNames: [String] {
    Function.allCases.filter { $0.entry?.isMethod == false }.map(\.rawValue)
      + forms.keys.sorted() + ["matches", "size"]
  }

  mutating func checkCall(_ name: String, _ arguments: [Syntax], at offset: Int) -> Checked {
    if scope.allowsAggregates, !isInsideAggregate,
      let aggregate = CheckedExpression.Aggregate(rawValue: name), arguments.count <= 1
    {
      return checkAggregate(aggregate, arguments, at: offset)
    }
    switch name {
    case "has":
      guard arguments.count == 1 else { return wrongCount(name, arguments, at: offset) }
      let asked = check(arguments[0])
      if case .list = asked.type {
        warn(
          "a list is there even where it is empty, so that has(...) is true", at: offset,
          advice: "Write list.size() > 0")
      }
      return (.has(asked.node), .bool)
    case "same":
      guard arguments.count == 2 else { return wrongCount(name, arguments, at: offset) }
      let (a, b) = (check(arguments[0]), check(arguments[1]))
      guard a.type.united(with: b.type) != nil else {
        return fault(
          "\(article(a.type)) and \(article(b.type)) cannot be compared", at: offset)
      }
      return (.same(a.node, b.node), .bool)
    case "given":
      guard arguments.count == 1 else { return wrongCount(name, arguments, at: offset) }
      let value = check(arguments[0])
      if value.type == .anything { return Self.mistaken }
      guard case .field(let row, let table, let field) = value.node else {
        return fault(
          "given(x) asks about the cell of a field", at: arguments[0].offset,
          advice: "Name a field; for anything else ask has(x)")
      }
      return (.given(of: row, table: table, field: field), .bool)
    case "coalesce": return checkCoalesce(arguments, at: offset)
    case "lookup": return nested(at: offset) { $0.checkLookup(arguments, at: offset) }
    default: break
    }
    guard let function = Function(rawValue: name), let entry = function.entry else {
      if scope.allowsAggregates, CheckedExpression.Aggregate(rawValue: name) != nil {
        return fault("`\(name)` takes one value at most here", at: offset)
      }
      if CheckedExpression.Loop(rawValue: name) != nil
        || CheckedExpression.ListFunction(rawValue: name) != nil
      {
        return fault("`\(name)` is called on a list", at: offset, advice: "Write list.\(name)(...)")
      }
      let aggregates =
        scope.allowsAggregates ? CheckedExpression.Aggregate.allCases.map(\.rawValue) : []
      let isOfNumber = if case .literal(.int, _)? = arguments.first { true } else { false }
      return fault(
        ExpressionFault.unknownFunction(
          name, isOfNumber: isOfNumber, known: Self.functionNames + aggregates), at: offset)
    }
    if entry.isMethod {
      // CEL calls these either way: matches(text, regex) as well as text.matches(regex).
      guard function == .size || function == .matches, let first = arguments.first else {
        return fault("`\(name)` is called on a value", at: offset, advice: entry.advice)
      }
      return checkMethod(name, on: first, Array(arguments.dropFirst()), at: offset)
    }
    return checkFunction(function, arguments, at: offset)
  }

  mutating func wrongCount(_ name: String, _ arguments: [Syntax], at offset: Int) -> Checked {
    let advice =
      Self.forms[name].map { "Write \($0)" } ?? Function(rawValue: name)?.entry?.advice
      ?? "Write \(name)(...)"
    return fault(
      "`\(name)` is called with \(amount(arguments.count, "value"))",
      at: offset, advice: advice)
  }

  private mutating func checkAggregate(
    _ aggregate: CheckedExpression.Aggregate, _ arguments: [Syntax], at offset: Int
  ) -> Checked {
    guard let argument = arguments.first else {
      guard aggregate == .count else {
        return wrongCount(aggregate.rawValue, arguments, at: offset)
      }
      return (.aggregate(.count, nil), .int)
    }
    isInsideAggregate = true
    defer { isInsideAggregate = false }
    if aggregate == .count {
      return (.aggregate(.count, expect(.bool, argument, "in count(...)")), .int)
    }
    let value = check(argument)
    if value.type == .anything { return Self.mistaken }
    switch aggregate {
    case .countDistinct: return (.aggregate(aggregate, value.node), .int)
    case .sum where value.type.isNumeric:
      // The sum of numbers is a number even over no rows.
      let sum = Node.aggregate(aggregate, value.node)
      return (value.type == .number ? .call(.number, [sum]) : sum, value.type)
    case .average where value.type.isNumeric: return (.aggregate(aggregate, value.node), .number)
    case .min where value.type.isOrdered, .max where value.type.isOrdered:
      return (.aggregate(aggregate, value.node), value.type)
    default:
      return fault(
        "`\(aggregate.rawValue)` cannot be taken of \(article(value.type))",
        at: argument.offset)
    }
  }

  private mutating func checkCoalesce(_ arguments: [Syntax], at offset: Int) -> Checked {
    guard !arguments.isEmpty else { return wrongCount("coalesce", arguments, at: offset) }
    var type = ValueType.anything
    var values: [Checked] = []
    for argument in arguments {
      let value = check(argument)
      guard let united = type.united(with: value.type) else {
        return fault(
          "coalesce gives one type of value: \(describe(type)) and \(describe(value.type)) stand here",
          at: argument.offset)
      }
      type = united
      values.append(value)
    }
    return (.coalesce(values.map { node(of: $0, as: type) }), type)
  }

  private mutating func checkLookup(_ arguments: [Syntax], at offset: Int) -> Checked {
    guard arguments.count >= 2 else { return wrongCount("lookup", arguments, at: offset) }
    let list = check(arguments[0])
    if list.type == .anything { return Self.mistaken }
    guard case .allRows(let table, let isEarlier) = list.node else {
      return fault(
        "lookup looks in a whole table", at: arguments[0].offset,
        advice: "Write lookup(TABLE, key)")
    }
    let key = schema.tables[table].primaryKey
    let name = schema.tables[table].name
    guard !key.isEmpty else {
      return fault("\(name) has no primaryKey to look up", at: arguments[0].offset)
    }
    guard key.count == arguments.count - 1 else {
      let fields = key.map { schema.tables[table].fields[$0].name }.joined(separator: ", ")
      return fault(
        "the key of \(name) has \(amount(key.count, "part"))", at: offset,
        advice: "Write lookup(\(name), \(fields))")
    }
    var keys: [Node] = []
    for (field, argument) in zip(key, arguments.dropFirst()) {
      let value = check(argument)
      let wanted = schema.tables[table].fields[field].type
      if value.type != .anything, value.type.united(with: wanted) == nil {
        return fault(
          "the key of \(name) is \(article(wanted)), not \(article(value.type))",
          at: argument.offset)
      }
      keys.append(value.node)
    }
    return (.lookup(table: table, isEarlier: isEarlier, keys: keys), .row(table))
  }

  private mutating func checkFunction(_ function: Function, _ syntax: [Syntax], at offset: Int)
    -> Checked
  {
    let arguments = syntax.map { check($0) }
    if arguments.contains(where: { $0.type == .anything }) { return Self.mistaken }
    let types = arguments.map(\.type)
    let nodes = arguments.map(\.node)
    func counted(_ count: Int) -> Bool { arguments.count == count }

    switch function {
    case .days, .workingDays, .weeks, .months, .years, .hours:
      guard counted(1) else { return wrongCount(function.rawValue, syntax, at: offset) }
      guard types[0].isNumeric else { return wrongType(function, 0, types, syntax, "an int") }
      return checkSpan(function, arguments[0], syntax[0])
    case .date, .datetime:
      guard counted(1) else { return wrongCount(function.rawValue, syntax, at: offset) }
      return checkMoment(function, arguments[0], syntax[0])
    case .daysBetween, .workingDaysBetween, .monthsBetween, .hoursBetween, .ageOn:
      guard counted(2) else { return wrongCount(function.rawValue, syntax, at: offset) }
      for index in 0..<2 where !types[index].isMoment {
        return wrongType(function, index, types, syntax, "a date")
      }
      warnIfFromOwnDay((syntax[0], arguments[0]), (syntax[1], arguments[1]), at: offset)
      return (.call(function, nodes), .int)
    case .isWorkingDay, .startOfMonth, .financialYear, .year, .month, .day, .dateOf:
      guard counted(1) else { return wrongCount(function.rawValue, syntax, at: offset) }
      guard types[0].isMoment else { return wrongType(function, 0, types, syntax, "a date") }
      let gives: ValueType =
        switch function {
        case .isWorkingDay: .bool
        case .startOfMonth, .dateOf: .date
        default: .int
        }
      return (.call(function, nodes), gives)
    case .min, .max:
      return checkExtreme(function, arguments, syntax, at: offset)
    case .abs, .int, .number, .string:
      guard counted(1) else { return wrongCount(function.rawValue, syntax, at: offset) }
      return checkConversion(function, arguments[0], syntax)
    case .not, .negate, .size, .startsWith, .endsWith, .contains, .matches, .upper, .lower, .trim:
      return fault("`\(function.rawValue)` is called on a value", at: offset)
    }
  }

  /// An amount of time; there is none of a fraction.
  private mutating func checkSpan(_ function: Function, _ amount: Checked, _ syntax: Syntax)
    -> Checked
  {
    switch amount.node {
    case .constant(.int(let number)):
      if let span = TimeSpan(number, of: function) {
        return (.constant(.duration(span)), .duration)
      }
    case .constant(.number(let number)):
      if Int64(exactly: number) == nil {
        return fault(
          "`\(function.rawValue)` wants a whole number, not \(number)", at: syntax.offset,
          advice: "Write a whole number")
      }
    default:
      if amount.type == .number {
        warn(
          "`\(function.rawValue)` takes whole numbers only: with any other, a record cannot be judged",
          at: syntax.offset,
          advice: "Write \(function.rawValue)(int(x)), which cuts a fraction off")
      }
    }
    return (.call(function, [amount.node]), .duration)
  }

  private mutating func checkExtreme(
    _ function: Function, _ arguments: [Checked], _ syntax: [Syntax], at offset: Int
  ) -> Checked {
    if arguments.count == 1, case .list = arguments[0].type {
      return checkListFunction(
        function == .min ? .min : .max, on: arguments[0], [], at: offset)
    }
    guard arguments.count >= 2 else { return wrongCount(function.rawValue, syntax, at: offset) }
    var type = ValueType.anything
    for (index, argument) in arguments.enumerated() {
      guard let united = type.united(with: argument.type), united.isOrdered else {
        return wrongType(
          function, index, arguments.map(\.type), syntax,
          index == 0
            ? "a value with an order"
            : "\(article(type))")
      }
      type = united
    }
    return (.call(function, arguments.map { Self.node(of: $0, as: type) }), type)
  }

  private mutating func checkConversion(
    _ function: Function, _ argument: Checked, _ syntax: [Syntax]
  ) -> Checked {
    switch (function, argument.type) {
    case (.abs, .int), (.abs, .number): return (.call(.abs, [argument.node]), argument.type)
    case (.int, .int), (.int, .number), (.int, .string): return (.call(.int, [argument.node]), .int)
    case (.number, .int), (.number, .number), (.number, .string):
      return (.call(.number, [argument.node]), .number)
    case (.string, .list), (.string, .row), (.string, .period):
      return wrongType(function, 0, [argument.type], syntax, "a single value")
    case (.string, _): return (.call(.string, [argument.node]), .string)
    default:
      return wrongType(
        function, 0, [argument.type], syntax, function == .abs ? "a number" : "a number or a text")
    }
  }

  private mutating func checkMoment(_ function: Function, _ argument: Checked, _ syntax: Syntax)
    -> Checked
  {
    if argument.type == .date || argument.type == .datetime, function == .date {
      return (.call(.dateOf, [argument.node]), .date)
    }
    guard argument.type == .string else {
      return fault(
        "\(function.rawValue)(...) takes a text such as \"2016-01-31\", not \(article(argument.type))",
        at: syntax.offset)
    }
    let gives: ValueType = function == .date ? .date : .datetime
    guard case .constant(.string(let text)) = argument.node else {
      return (.call(function, [argument.node]), gives)
    }
    if function == .date {
      guard let date = CalendarDate(iso: text.string) else {
        return fault(
          "\"\(text)\" is not a date", at: syntax.offset,
          advice: CalendarDate.advice(on: text.string))
      }
      return (.constant(.date(date)), .date)
    }
    guard let reading = DateFormat.isoDateTime.read(text.string), let date = reading.date else {
      return fault(
        "\"\(text)\" is not a date and time", at: syntax.offset,
        advice: CalendarDate(written: text.string).map {
          "Write it as \"\($0)T09:30\", with its time"
        }
          ?? "Write it as day and time, such as \"2016-01-31T09:30\"")
    }
    let moment = LocalDateTime(date: date, secondOfDay: reading.secondOfDay ?? 0)
    return (.constant(.datetime(moment)), .datetime)
  }

  mutating func wrongType(
    _ function: Function, _ index: Int, _ types: [ValueType], _ syntax: [Syntax], _ wanted: String
  ) -> Checked {
    fault(
      "`\(function.rawValue)` wants \(wanted), not \(article(types[index]))",
      at: syntax[index].offset, advice: function.entry?.advice)
  }
}
