import Expressions
import Rulebooks

/// What is asked of each element of a list.
struct ElementPredicate {
  /// Where the element stands.
  var slot: Int
  var body: CheckedExpression.Node
  /// Whether the search is for elements for which the predicate is false or absent.
  var isBreaking: Bool
}

extension ExpressionCompiler {
  /// Whether a node is made by `filter` and `map` from the rows that refer to a row.
  ///
  /// The elements of such a chain come one by one, without a list for each link. `orTable` asks
  /// whether it may also be made from the rows of a whole table.
  func isChain(_ node: Node, orTable: Bool = false) -> Bool {
    switch node {
    case .children: true
    case .allRows: orTable
    case .loop(.filter, let list, _, _), .loop(.map, let list, _, _):
      isChain(list, orTable: orTable)
    default: false
    }
  }

  /// The elements of a chain, or of one that is made from the rows of a whole table; nil for any
  /// other node.
  ///
  /// Where `predicates` are given, elements that cannot satisfy one of them (or, for a breaking
  /// one, cannot fail it) may be left out.
  func elements(_ node: Node, for predicates: [ElementPredicate] = []) -> Elements? {
    switch node {
    case .allRows(let table, let isEarlier):
      guard let rows = wholeTable(table, isEarlier: isEarlier) else { return nil }
      // A lazy search would compile what it finds twice.
      for predicate in predicates {
        if let joined = joinedElements(rows, for: predicate) { return joined }
      }
      return rows.elements
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
        return Elements { frame, take in
          inner(&frame) { value, frame in
            frame.set(slot, value)
            return test(&frame).isYes ? take(value, &frame) : true
          }
        }
      }
      let step = compile(body)
      return Elements { frame, take in
        inner(&frame) { value, frame in
          frame.set(slot, value)
          return take(step(&frame), &frame)
        }
      }
    default: return nil
    }
  }

  /// The elements of a list that is worked out as a whole first.
  static func oneByOne(_ list: Step) -> Elements {
    Elements { frame, take in
      switch list(&frame) {
      case .list(let values):
        for value in values where !take(value, &frame) { break }
        return nil
      case let other: return .absent(other.blame ?? .none)
      }
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
    return Elements { frame, take in
      switch source.row(&frame) {
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
      case .absent(let blame): return .absent(blame)
      }
    }
  }
}

extension CheckedExpression.Node {
  /// Whether it is the rows of a whole table.
  var isAllRows: Bool { if case .allRows = self { true } else { false } }
}
