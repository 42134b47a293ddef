import Expressions
import Rulebooks
import Values

/// Gives the elements of a list one by one until it is told to stop; returns the list's own value where it is
/// none, which is absent.
typealias Elements = @Sendable (inout Frame, (Value, inout Frame) -> Bool) -> Value?

/// What is asked of each element of a list.
struct ElementPredicate {
  /// Where the element stands.
  var slot: Int
  var body: CheckedExpression.Node
  /// Whether those are looked for for which it is false or absent.
  var isBreaking: Bool
}

extension ExpressionCompiler {
  /// Whether a node is what `filter` and `map` make of the rows that refer to a row: its elements come one by one,
  /// without a list for each link of the chain.
  func isChain(_ node: Node) -> Bool {
    switch node {
    case .children: true
    case .loop(.filter, let list, _, _), .loop(.map, let list, _, _): isChain(list)
    default: false
    }
  }

  /// The elements of a chain; nil for any other node.
  ///
  /// Where `predicates` are given, those of them for which one cannot be true, or cannot fail to be, may be left out.
  func elements(_ node: Node, for predicates: [ElementPredicate] = []) -> Elements? {
    switch node {
    case .children(let row, let relation):
      return childElements(
        row, relation,
        predicates.lazy.compactMap {
          JoinSearch(compiler: self, slot: $0.slot, $0.body, isBreaking: $0.isBreaking)
        }.first)
    case .loop(let loop, let list, let slot, let body) where loop == .filter || loop == .map:
      let own = ElementPredicate(slot: slot, body: body, isBreaking: false)
      guard let inner = elements(list, for: loop == .filter ? [own] + predicates : []) else {
        return nil
      }
      if loop == .filter {
        let test = compileTest(body)
        return { frame, take in
          inner(&frame) { value, frame in
            frame.set(slot, value)
            return test(&frame).isYes ? take(value, &frame) : true
          }
        }
      }
      let step = compile(body)
      return { frame, take in
        inner(&frame) { value, frame in
          frame.set(slot, value)
          return take(step(&frame), &frame)
        }
      }
    default: return nil
    }
  }

  /// A loop over a chain; nil for those that want the whole list at once.
  func compileChain(_ loop: CheckedExpression.Loop, _ list: Node, slot: Int, body: Node) -> Step? {
    switch loop {
    case .filter, .map:
      return elements(.loop(loop, list: list, slot: slot, body: body)).map { compileList($0) }
    case .exists, .all, .count:
      let own = ElementPredicate(slot: slot, body: body, isBreaking: loop == .all)
      return elements(list, for: [own]).flatMap {
        compileLoop(loop, over: $0, slot: slot, test: compileTest(body))
      }
    case .sortBy, .minBy, .maxBy: return nil
    }
  }

  private func childElements(_ row: Node, _ relation: Int, _ search: JoinSearch?) -> Elements {
    let source = rowSource(row)
    let now = context.relations[relation]
    let earlier = context.earlierRelations.isEmpty ? nil : context.earlierRelations[relation]
    let child = Int32(context.rulebook.schema.relations[relation].child)
    let tableCount = context.tableCount
    let blame = parentBlame(relation)
    let joins = search.map { ChildJoins($0, within: context.joinRoom) }
    return { frame, take in
      switch source.value(&frame) {
      case .row(let id):
        let isEarlier = id.table >= tableCount
        guard let index = isEarlier ? earlier : now else { return .unexplained }
        let table = isEarlier ? child + tableCount : child
        guard let children = index.children(of: Int(id.row)) else { return .absent(blame(id)) }
        if let joins, children.count > ChildJoins.fewest,
          let rows = joins.rows(of: id, children, table, &frame)
        {
          for row in rows {
            if !take(.row(RowID(table: table, row: row)), &frame) { break }
          }
          return nil
        }
        for row in children {
          if !take(.row(RowID(table: table, row: row)), &frame) { break }
        }
        return nil
      case let other: return .absent(other.blame ?? .none)
      }
    }
  }

  private func compileLoop(
    _ loop: CheckedExpression.Loop, over elements: @escaping Elements, slot: Int,
    test: @escaping Test
  ) -> Step? {
    switch loop {
    case .exists:
      return { frame in
        var found = false
        let other = elements(&frame) { value, frame in
          frame.set(slot, value)
          if test(&frame).isYes { found = true }
          return !found
        }
        return other ?? .bool(found)
      }
    case .all:
      return { frame in
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
      return { frame in
        var count: Int64 = 0
        let other = elements(&frame) { value, frame in
          frame.set(slot, value)
          if test(&frame).isYes { count += 1 }
          return true
        }
        return other ?? .int(count)
      }
    case .filter, .map, .sortBy, .minBy, .maxBy: return nil
    }
  }

  /// A chain as the list that it is.
  private func compileList(_ elements: @escaping Elements) -> Step {
    { frame in
      var values: [Value] = []
      let other = elements(&frame) { value, _ in
        values.append(value)
        return true
      }
      return other ?? .list(values)
    }
  }

  /// `size`, `first`, `min` and `max` of a chain; nil for what wants the whole list at once.
  func compileReduction(_ function: CheckedExpression.ListFunction, _ list: Node) -> Step? {
    guard [.size, .first, .min, .max].contains(function), let elements = elements(list) else {
      return nil
    }
    switch function {
    case .size:
      return { frame in
        var count: Int64 = 0
        let other = elements(&frame) { _, _ in
          count += 1
          return true
        }
        return other ?? .int(count)
      }
    case .first:
      return { frame in
        var first: Value?
        let other = elements(&frame) { value, _ in
          first = value
          return false
        }
        return other ?? first ?? .unexplained
      }
    case .min, .max:
      let wanted = function == .min ? -1 : 1
      return { frame in
        var best: Value?
        var absent: Value?
        var isComparable = true
        let other = elements(&frame) { value, _ in
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
          if order.signum() == wanted { best = value }
          return true
        }
        if let other { return other }
        return isComparable ? best ?? absent ?? .unexplained : .unexplained
      }
    case .last, .sum, .distinct, .at, .before, .after: return nil
    }
  }
}
