import Expressions

extension ExpressionCompiler {
  func compileLoop(
    _ loop: CheckedExpression.Loop, _ list: Node, slot: Int, body: Node
  ) -> Step {
    let elements = loopElements(list, for: loop, slot: slot, body: body)
    switch loop {
    case .exists:
      let test = compileTest(body)
      return Step { frame in
        var found = false
        let other = elements(&frame) { value, frame in
          frame.set(slot, value)
          if test(&frame).isYes { found = true }
          return !found
        }
        return other ?? .bool(found)
      }
    case .all:
      let test = compileTest(body)
      return Step { frame in
        var result = Truth.yes
        let other = elements(&frame) { value, frame in
          frame.set(slot, value)
          switch test(&frame) {
          case .no:
            result = .no
            return false
          case .absent(let blame): if result.isYes { result = .absent(blame) }
          case .yes: break
          }
          return true
        }
        return other ?? result.value
      }
    case .count:
      let test = compileTest(body)
      return Step { frame in
        var count: Int64 = 0
        let other = elements(&frame) { value, frame in
          frame.set(slot, value)
          if test(&frame).isYes { count += 1 }
          return true
        }
        return other ?? .int(count)
      }
    case .filter:
      let test = compileTest(body)
      return compileList(elements) { value, frame in
        frame.set(slot, value)
        return test(&frame).isYes ? value : nil
      }
    case .map:
      let step = compile(body)
      return compileList(elements) { value, frame in
        frame.set(slot, value)
        return step(&frame)
      }
    case .sortBy:
      let (list, step) = (compileList(elements) { value, _ in value }, compile(body))
      return Step { frame in
        switch list(&frame) {
        case .list(let values): return .list(Self.sorted(values, slot, step, &frame))
        case let other: return other
        }
      }
    case .minBy, .maxBy:
      let (list, step) = (compileList(elements) { value, _ in value }, compile(body))
      return Step { frame in
        switch list(&frame) {
        case .list(let values): return Self.extreme(loop, values, slot, step, &frame)
        case let other: return other
        }
      }
    }
  }

  /// The elements of a list, by whichever way yields them soonest.
  func loopElements(_ list: Node) -> Elements {
    if isChain(list) || list.isAllRows, let elements = elements(list) { return elements }
    return Self.oneByOne(compile(list))
  }

  /// The elements of a list that a loop has to look at, without those that an index rules out.
  private func loopElements(
    _ list: Node, for loop: CheckedExpression.Loop, slot: Int, body: Node
  ) -> Elements {
    guard [.exists, .all, .count, .filter].contains(loop) else { return loopElements(list) }
    let asked = ElementPredicate(slot: slot, body: body, isBreaking: loop == .all)
    // A filter that goes by the judged row would be worked out for each row as a whole.
    let isPerRow = isChain(list, orTable: true) && !freeSlots(list).isEmpty
    if isChain(list) || isPerRow, let elements = elements(list, for: [asked]) { return elements }
    // Compile once, whichever way is taken: twice at each level would double the work per level.
    if case .allRows(let table, let isEarlier) = list,
      let rows = wholeTable(table, isEarlier: isEarlier)
    {
      return joinedElements(rows, for: asked) ?? rows.elements
    }
    let whole = compile(list)
    guard freeSlots(list).isEmpty else { return Self.oneByOne(whole) }
    var frame = Frame(row: nil)
    guard case .list(let values) = whole(&frame) else { return Self.oneByOne(whole) }
    return joinedElements(.values(values), for: asked) ?? Self.oneByOne(whole)
  }

  /// Makes a list from the elements; nil leaves an element out.
  private func compileList(
    _ elements: Elements,
    _ make: @escaping @Sendable (Value, inout Frame) -> Value?
  ) -> Step {
    Step { frame in
      var values: [Value] = []
      let other = elements(&frame) { value, frame in
        if let made = make(value, &frame) { values.append(made) }
        return true
      }
      return other ?? .list(values)
    }
  }

  /// Sorts stably, with absent keys last.
  static func sorted(
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

  /// The least or greatest element, the first among equals; elements without a key are left out.
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
}
