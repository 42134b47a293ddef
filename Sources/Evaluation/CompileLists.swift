import Expressions
import WorkingTime

extension ExpressionCompiler {
  func compileListCall(
    _ function: CheckedExpression.ListFunction, _ list: Node, _ arguments: [Node]
  ) -> Step {
    switch function {
    case .size:
      let elements = reducedElements(list)
      return Step { frame in
        var count: Int64 = 0
        let other = elements(&frame) { _, _ in
          count += 1
          return true
        }
        return other ?? .int(count)
      }
    case .first:
      let elements = reducedElements(list)
      return Step { frame in
        var first: Value?
        let other = elements(&frame) { value, _ in
          first = value
          return false
        }
        return other ?? first ?? .unexplained
      }
    case .min, .max:
      let elements = reducedElements(list)
      return Step { frame in
        var extreme = Extreme(isGreatest: function == .max)
        let other = elements(&frame) { value, _ in extreme.take(value) }
        return other ?? extreme.value
      }
    case .last:
      return compileWhole(list) { $0.last ?? .unexplained }
    case .sum:
      guard let nothing = arguments.first else {
        return compileWhole(list) { values in Self.sum(values.filter { !$0.isAbsent }) }
      }
      let (elements, start) = (compile(list), compile(nothing))
      return Step { frame in
        switch elements(&frame) {
        case .list(let values): return Self.sum([start(&frame)] + values.filter { !$0.isAbsent })
        case let other: return .absent(other.blame ?? .none)
        }
      }
    case .distinct:
      return compileWhole(list) { .list(Self.distinct($0)) }
    case .at:
      return compileIndex(compile(list), compile(arguments[0]))
    case .before, .after:
      return compileNeighbour(function, list, compile(list), compile(arguments[0]))
    }
  }

  /// The elements of a list that a function without arguments reduces.
  ///
  /// What depends on no row is worked out once, so no list is made of its elements either.
  private func reducedElements(_ list: Node) -> Elements {
    if freeSlots(list).isEmpty, let elements = elements(list) { return elements }
    return loopElements(list)
  }

  /// A function that reduces a list as a whole.
  private func compileWhole(
    _ list: Node, _ make: @escaping @Sendable ([Value]) -> Value
  ) -> Step {
    let elements = compile(list)
    return Step { frame in
      switch elements(&frame) {
      case .list(let values): return make(values)
      case let other: return .absent(other.blame ?? .none)
      }
    }
  }

  /// The first of each set of equal values; absent values are left out.
  private static func distinct(_ values: [Value]) -> [Value] {
    var seen: Set<JoinKey> = []
    var kept: [Value] = []
    for value in values where !value.isAbsent {
      if let key = exactKey(value) {
        if seen.insert(key).inserted { kept.append(value) }
      } else if !kept.contains(where: { Value.areEqual($0, value) }) {
        kept.append(value)
      }
    }
    return kept
  }

  /// A key that two values of one list share only if they are equal; nil for a value without a key.
  static func exactKey(_ value: Value) -> JoinKey? {
    switch value {
    case .int(let number) where number.magnitude > 1 << 53: return .other(number)
    case .datetime(let moment): return .other(moment.seconds)
    // Days must not collide with the seconds of date-times, which the same list may hold.
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

  /// The neighbour of an element, found by identity; absent for an element not in the list.
  private func compileNeighbour(
    _ function: CheckedExpression.ListFunction, _ list: Node, _ elements: Step,
    _ element: Step
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
        return Step { frame in
          let wanted = element(&frame)
          guard case .row(let id) = wanted else { return .absent(wanted.blame ?? .none) }
          guard let place = places[id], values.indices.contains(place + step) else {
            return .unexplained
          }
          return values[place + step]
        }
      }
    }
    return Step { frame in
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

  /// Merges rows into spans: sorted by start, a row joins if it starts by the latest end so far.
  ///
  /// A row without a start cannot be placed and is left out.
  func compileSpans(
    _ list: Step, slot: Int, start: Step, end: Step
  ) -> Step {
    Step { frame in
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
    guard let body else { return Step { .int(Int64($0.group.count)) } }
    return Step { frame in
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
      case .countDistinct: return .int(Int64(Self.distinct(values).count))
      case .min, .max:
        var extreme = Extreme(isGreatest: aggregate == .max)
        for value in values where !extreme.take(value) { break }
        return extreme.value
      case .average:
        guard !values.isEmpty, let total = Self.sum(values).double else { return .unexplained }
        return .number(total / Double(values.count))
      }
    }
  }
}

/// The least or greatest of some values, the first among equals; absent values are left out.
private struct Extreme {
  private let isGreatest: Bool
  private var best: Value?
  private var absent: Value?
  private var isComparable = true

  init(isGreatest: Bool) { self.isGreatest = isGreatest }

  /// Takes the next value; returns whether further values can matter.
  mutating func take(_ value: Value) -> Bool {
    if value.isAbsent {
      absent = absent ?? value
      return true
    }
    guard let known = best else {
      best = value
      return true
    }
    guard let order = Value.order(value, known) else {
      isComparable = false
      return false
    }
    if isGreatest ? order > 0 : order < 0 { best = value }
    return true
  }

  /// Absent if there was no value, or if some values have no order.
  var value: Value { isComparable ? best ?? absent ?? .unexplained : .unexplained }
}
