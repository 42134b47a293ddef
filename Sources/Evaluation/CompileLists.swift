import Expressions
import Values
import WorkingTime

extension ExpressionCompiler {
  func compileLoop(
    _ loop: CheckedExpression.Loop, list: Node, slot: Int, body: Node
  ) -> Step {
    if isChain(list), let chain = compileChain(loop, list, slot: slot, body: body) { return chain }
    let test = compile(body)
    // Once, whichever way is taken: twice at each level would double the work with each.
    let elements = compile(list)
    if let joined = compileJoin(
      loop, list: list, elements, slot: slot, body: body, test: test)
    {
      return joined
    }
    return { frame in
      switch elements(&frame) {
      case .list(let values): return Self.run(loop, values, slot, test, &frame)
      case let other: return .absent(other.blame ?? .none)
      }
    }
  }

  static func run(
    _ loop: CheckedExpression.Loop, _ values: [Value], _ slot: Int, _ step: Step,
    _ frame: inout Frame
  ) -> Value {
    switch loop {
    case .exists:
      for value in values {
        frame.set(slot, value)
        if case .bool(true) = step(&frame) { return .bool(true) }
      }
      return .bool(false)
    case .all:
      var absent: Value?
      for value in values {
        frame.set(slot, value)
        let result = step(&frame)
        if case .bool(false) = result { return result }
        if result.isAbsent, absent == nil { absent = result }
      }
      return absent ?? .bool(true)
    case .count:
      var count: Int64 = 0
      for value in values {
        frame.set(slot, value)
        if case .bool(true) = step(&frame) { count += 1 }
      }
      return .int(count)
    case .filter:
      var kept: [Value] = []
      for value in values {
        frame.set(slot, value)
        if case .bool(true) = step(&frame) { kept.append(value) }
      }
      return .list(kept)
    case .map:
      var mapped: [Value] = []
      mapped.reserveCapacity(values.count)
      for value in values {
        frame.set(slot, value)
        mapped.append(step(&frame))
      }
      return .list(mapped)
    case .sortBy:
      return .list(sorted(values, slot, step, &frame))
    case .minBy, .maxBy:
      return extreme(loop, values, slot, step, &frame)
    }
  }

  /// Stable, absent keys last.
  private static func sorted(
    _ values: [Value], _ slot: Int, _ step: Step, _ frame: inout Frame
  ) -> [Value] {
    var keyed: [(key: Value, index: Int)] = []
    for (index, value) in values.enumerated() {
      frame.set(slot, value)
      keyed.append((step(&frame), index))
    }
    keyed.sort { a, b in
      switch (a.key.isAbsent, b.key.isAbsent) {
      case (false, true): return true
      case (true, false): return false
      case (true, true): return a.index < b.index
      case (false, false):
        let order = Value.sortingOrder(a.key, b.key)
        return order == 0 ? a.index < b.index : order < 0
      }
    }
    return keyed.map { values[$0.index] }
  }

  /// The first of equals; elements without a key are left out.
  private static func extreme(
    _ loop: CheckedExpression.Loop, _ values: [Value], _ slot: Int, _ step: Step,
    _ frame: inout Frame
  ) -> Value {
    var best: (key: Value, element: Value)?
    var absent: Value?
    for value in values {
      frame.set(slot, value)
      let key = step(&frame)
      if key.isAbsent {
        if absent == nil { absent = key }
        continue
      }
      guard let known = best else {
        best = (key, value)
        continue
      }
      guard let order = Value.order(key, known.key) else { return .unexplained }
      if loop == .minBy ? order < 0 : order > 0 { best = (key, value) }
    }
    return best?.element ?? absent ?? .unexplained
  }

  func compileListCall(
    _ function: CheckedExpression.ListFunction, _ list: Node, _ arguments: [Node]
  ) -> Step {
    if isChain(list), let reduced = compileReduction(function, list) { return reduced }
    let elements = compile(list)
    switch function {
    case .before, .after:
      return compileNeighbour(function, list, elements, compile(arguments[0]))
    case .at:
      return compileIndex(elements, compile(arguments[0]))
    case .sum where !arguments.isEmpty:
      let nothing = compile(arguments[0])
      return { frame in
        switch elements(&frame) {
        case .list(let values): return Self.sum([nothing(&frame)] + values.filter { !$0.isAbsent })
        case let other: return .absent(other.blame ?? .none)
        }
      }
    default:
      return { frame in
        switch elements(&frame) {
        case .list(let values): return Self.reduce(function, values)
        case let other: return .absent(other.blame ?? .none)
        }
      }
    }
  }

  private static func reduce(
    _ function: CheckedExpression.ListFunction, _ values: [Value]
  ) -> Value {
    switch function {
    case .size: return .int(Int64(values.count))
    case .first: return values.first ?? .unexplained
    case .last: return values.last ?? .unexplained
    case .min, .max:
      var best: Value?
      for value in values where !value.isAbsent {
        guard let known = best else {
          best = value
          continue
        }
        guard let order = Value.order(value, known) else { return .unexplained }
        if function == .min ? order < 0 : order > 0 { best = value }
      }
      return best ?? values.first ?? .unexplained
    case .sum:
      return sum(values.filter { !$0.isAbsent })
    case .distinct:
      var seen: Set<JoinKey> = []
      var kept: [Value] = []
      for value in values where !value.isAbsent {
        if let key = exactKey(value) {
          if seen.insert(key).inserted { kept.append(value) }
        } else if !kept.contains(where: { Value.areEqual($0, value) }) {
          kept.append(value)
        }
      }
      return .list(kept)
    case .at, .before, .after: return .unexplained
    }
  }

  /// A key that two values of one list share only if they are equal; nil for what has none.
  static func exactKey(_ value: Value) -> JoinKey? {
    switch value {
    case .int(let number) where number.magnitude > 1 << 53: return .other(number)
    case .datetime(let moment): return .other(moment.seconds)
    // Apart from the seconds of a moment, which a list may hold as well.
    case .date(let day): return .list([.other(Int64(day.dayNumber))])
    case .list(let values):
      let keys = values.compactMap(exactKey)
      return keys.count == values.count ? .list(keys) : nil
    default: return value.joinKey
    }
  }

  static func sum(_ values: [Value]) -> Value {
    guard var total = values.first else { return .int(0) }
    for value in values.dropFirst() {
      guard let next = arithmetic(.add, total, value, nil) else { return .unexplained }
      total = next
    }
    return total
  }

  /// The neighbour of an element by identity; absent for one that is not in the list.
  private func compileNeighbour(
    _ function: CheckedExpression.ListFunction, _ list: Node, _ elements: @escaping Step,
    _ element: @escaping Step
  ) -> Step {
    let step = function == .before ? -1 : 1
    if freeSlots(list).isEmpty {
      var frame = Frame(row: nil)
      if case .list(let values) = elements(&frame), values.allSatisfy(\.isRow) {
        var found: [RowID: Int] = [:]
        for (place, value) in values.enumerated() {
          if case .row(let id) = value, found[id] == nil { found[id] = place }
        }
        let places = found
        return { frame in
          let wanted = element(&frame)
          guard case .row(let id) = wanted else { return .absent(wanted.blame ?? .none) }
          guard let place = places[id], values.indices.contains(place + step) else {
            return .unexplained
          }
          return values[place + step]
        }
      }
    }
    return { frame in
      switch elements(&frame) {
      case .list(let values):
        let wanted = element(&frame)
        if wanted.isAbsent { return wanted }
        guard let place = values.firstIndex(where: { Value.areEqual($0, wanted) }),
          values.indices.contains(place + step)
        else { return .unexplained }
        return values[place + step]
      case let other: return .absent(other.blame ?? .none)
      }
    }
  }

  /// Rows by start; the next joins where it starts no later than the latest end so far.
  ///
  /// A row without a start cannot be placed and is left out.
  func compileSpans(
    _ list: @escaping Step, slot: Int, start: @escaping Step, end: @escaping Step
  ) -> Step {
    { frame in
      let base = list(&frame)
      guard case .list(let rows) = base else { return .absent(base.blame ?? .none) }
      let byStart = Self.sorted(rows, slot, start, &frame)
      var periods: [Period] = []
      for row in byStart {
        frame.set(slot, row)
        let from = start(&frame)
        if from.isAbsent { continue }
        let to = end(&frame)
        guard let end = periods.last?.end, end.isAbsent || (Value.order(from, end) ?? 1) <= 0 else {
          periods.append(Period(start: from, end: to, rows: [row]))
          continue
        }
        let last = periods.count - 1
        periods[last].rows.append(row)
        if !end.isAbsent, to.isAbsent || (Value.order(to, end) ?? 0) > 0 {
          periods[last].end = to
        }
      }
      return .list(periods.map { .period($0) })
    }
  }

  /// An aggregate over the rows of a limit's group; absent values are left out.
  func compileAggregate(_ aggregate: CheckedExpression.Aggregate, _ body: Step?) -> Step {
    guard let body else { return { .int(Int64($0.group.count)) } }
    return { frame in
      let outer = frame.slots[0]
      guard case .row(let first) = outer else {
        return aggregate == .count || aggregate == .sum || aggregate == .countDistinct
          ? .int(0) : .unexplained
      }
      var values: [Value] = []
      for row in frame.group {
        frame.set(0, .row(RowID(table: first.table, row: row)))
        let value = body(&frame)
        if !value.isAbsent { values.append(value) }
      }
      frame.set(0, outer)
      switch aggregate {
      case .count:
        return .int(Int64(values.count { if case .bool(true) = $0 { true } else { false } }))
      case .sum: return Self.sum(values)
      case .countDistinct:
        guard case .list(let distinct) = Self.reduce(.distinct, values) else { return .unexplained }
        return .int(Int64(distinct.count))
      case .min: return Self.reduce(.min, values)
      case .max: return Self.reduce(.max, values)
      case .average:
        guard !values.isEmpty, let total = Self.sum(values).double else { return .unexplained }
        return .number(total / Double(values.count))
      }
    }
  }
}
