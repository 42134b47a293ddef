import Expressions
import Values

/// Finds the one field whose texts an expression gives, or those of whose rows a list holds.
///
/// Each derived column and each list is looked into once: a column that names another twice, which
/// does the same in turn, would otherwise double the work at every step.
final class TextOrigins {
  typealias Node = CheckedExpression.Node

  /// What an expression can give besides being absent.
  struct Origin {
    /// The field; nil if there is none but texts that are written out.
    var place: UnheldTexts.Place?
    /// The texts that are written out beside it.
    var texts: Set<Text> = []

    /// What gives the one or the other; nil if that is two fields.
    fileprivate func joined(with other: Origin) -> Origin? {
      if let place, let second = other.place, place != second { return nil }
      return Origin(place: place ?? other.place, texts: texts.union(other.texts))
    }
  }

  private struct Column: Hashable {
    var table: Int
    var column: Int
  }

  private let rulebook: Rulebook
  private let known: KnownValues
  private var columns: [Column: Origin?] = [:]

  init(in rulebook: Rulebook, known: KnownValues) {
    self.rulebook = rulebook
    self.known = known
  }

  /// What is found out of the steps of one expression.
  func reading(of node: Node) -> Reading { Reading(node, self) }

  private func origin(ofColumn column: Int, in table: Int) -> Origin? {
    let key = Column(table: table, column: column)
    if let found = columns[key] { return found }
    // One that is made of itself has no value.
    columns[key] = .some(nil)
    let node = rulebook.tables[table].derived[column].expression.node
    let found = reading(of: node).origin(of: node)
    columns[key] = .some(found)
    return found
  }

  private func text(_ node: Node) -> Origin? {
    guard case .string(let text)? = known.value(node) else { return nil }
    return Origin(texts: [text])
  }

  /// One expression, whose loops each go through a list by a number of their own.
  final class Reading {
    private let origins: TextOrigins
    private let lists: [Int: Node]
    private var elements: [Int: Origin?] = [:]

    fileprivate init(_ node: Node, _ origins: TextOrigins) {
      self.origins = origins
      var lists: [Int: Node] = [:]
      node.walk { step in
        if case .loop(_, let list, let slot, _) = step { lists[slot] = list }
      }
      self.lists = lists
    }

    /// What a step gives or, if it gives a list, what its elements are; nil if it may be anything.
    func origin(of node: Node) -> Origin? {
      switch node {
      case .field(_, let table, let field): return Origin(place: (table, field))
      case .derived(_, let table, let column): return origins.origin(ofColumn: column, in: table)
      case .variable(let slot): return origin(ofElement: slot)
      case .coalesce(let values), .list(let values): return origin(ofAny: values)
      case .conditional(_, let yes, let no): return origin(ofAny: [yes, no])
      case .loop(.map, _, _, let body): return origin(of: body)
      case .loop(.filter, let list, _, _), .loop(.sortBy, let list, _, _),
        .loop(.minBy, let list, _, _), .loop(.maxBy, let list, _, _),
        .listCall(.first, let list, _), .listCall(.last, let list, _),
        .listCall(.at, let list, _), .listCall(.min, let list, _),
        .listCall(.max, let list, _), .listCall(.distinct, let list, _):
        return origin(of: list)
      default: return origins.text(node)
      }
    }

    private func origin(ofElement slot: Int) -> Origin? {
      if let found = elements[slot] { return found }
      let found = lists[slot].flatMap { origin(of: $0) }
      elements[slot] = .some(found)
      return found
    }

    private func origin(ofAny values: [Node]) -> Origin? {
      guard let first = values.first, var all = origin(of: first) else { return nil }
      for value in values.dropFirst() {
        guard let joined = origin(of: value).flatMap({ all.joined(with: $0) }) else { return nil }
        all = joined
      }
      return all
    }
  }
}
