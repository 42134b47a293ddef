import Expressions
import Values

extension ExpressionCompiler {
  /// Finds the elements of a list, the same for every row, by an equality with a value of the row.
  ///
  /// The list is indexed once, and only elements that can pass are looked at, so a join on equality
  /// costs no more than the rows it finds. Nil where looking at each element is as good.
  func joinedElements(_ list: WholeList, for asked: ElementPredicate) -> Elements? {
    guard list.count > 8,
      let search = JoinSearch(
        compiler: self, slot: asked.slot, asked.body, isBreaking: asked.isBreaking)
    else { return nil }
    let spill = context.dataset.spill
    let indices = LateIndices { search.indices(of: list, in: spill) }
    let candidates = search.candidates
    return Elements { frame, take in
      if let places = candidates(&frame, indices.all) {
        for place in places where !take(list[Int(place)], &frame) { break }
      } else {
        for place in 0..<list.count where !take(list[place], &frame) { break }
      }
      return nil
    }
  }
}

/// The places in a list of the elements for which a predicate can be true, or can fail.
///
/// Nil where only a look at each element tells.
typealias Candidates = @Sendable (inout Frame, [JoinIndex]) -> [Int32]?

/// What an index can answer about a predicate over list elements, whichever the list is.
struct JoinSearch: Sendable {
  typealias Node = CheckedExpression.Node

  private let slot: Int
  /// The values that make up the key of each index.
  private let keys: [[Step]]
  let candidates: Candidates

  /// Nil if no index helps; `isBreaking` asks for elements for which the predicate may be false or
  /// absent.
  init?(compiler: ExpressionCompiler, slot: Int, _ predicate: Node, isBreaking: Bool) {
    var reading = JoinReading(compiler: compiler, slot: slot)
    guard
      let candidates = isBreaking ? reading.breaking(predicate) : reading.passing(predicate)
    else { return nil }
    self.slot = slot
    keys = reading.keys
    self.candidates = candidates
  }

  /// How many indices the search uses.
  var count: Int { keys.count }

  /// The indices over a list, in memory that a file may lend.
  func indices(of list: WholeList, in spill: ColumnSpill?) -> [JoinIndex] {
    keys.map { steps in
      var frame = Frame(row: nil)
      return JoinIndex(count: list.count, in: spill) { place in
        frame.set(slot, list[place])
        return steps.keyHash(&frame)
      }
    }
  }
}

extension [Step] {
  /// The hash of the key made of the steps' values; nil if one is absent, since nothing equals it.
  fileprivate func keyHash(_ frame: inout Frame) -> Int? {
    var hasher = Hasher()
    for step in self {
      guard let key = step(&frame).joinKey else { return nil }
      hasher.combine(key)
    }
    return hasher.finalize()
  }
}

/// Finds in a predicate what an index can answer.
private struct JoinReading {
  typealias Node = CheckedExpression.Node

  let compiler: ExpressionCompiler
  let slot: Int
  private(set) var keys: [[Step]] = []

  init(compiler: ExpressionCompiler, slot: Int) {
    self.compiler = compiler
    self.slot = slot
  }

  /// The elements for which a predicate may be true.
  mutating func passing(_ node: Node) -> Candidates? {
    let equalities = equalities(in: node)
    if !equalities.isEmpty { return indexed(equalities) }
    switch node {
    case .and(let a, let b): return passing(a) ?? passing(b)
    case .or(let a, let b):
      guard let left = passing(a), let right = passing(b) else { return nil }
      return { frame, indices in
        guard let x = left(&frame, indices), let y = right(&frame, indices) else { return nil }
        return Self.union(x, y)
      }
    case .same(let a, let b):
      guard let pair = sides(a, b) else { return nil }
      return indexed([pair], withAbsent: true)
    case .contains(let element, let list):
      guard isOfElement(element), !compiler.freeSlots(list).contains(slot) else { return nil }
      return anyOf(element, list)
    default: return nil
    }
  }

  /// The elements for which a predicate may be false or absent.
  ///
  /// `x.f != g || ...`, for example, is true of every element whose `f` differs from `g`.
  mutating func breaking(_ node: Node) -> Candidates? {
    switch node {
    case .or(let a, let b): return breaking(a) ?? breaking(b)
    case .comparison(.notEqual, let a, let b):
      guard let pair = sides(a, b) else { return nil }
      return indexed([pair], addingUnknown: true)
    default: return nil
    }
  }

  private typealias Pair = (inside: Node, outside: Node)

  /// The conjuncts `f(x) == g`, where only `f` depends on the element.
  private func equalities(in node: Node) -> [Pair] {
    switch node {
    case .and(let a, let b): return equalities(in: a) + equalities(in: b)
    case .comparison(.equal, let a, let b): return sides(a, b).map { [$0] } ?? []
    default: return []
    }
  }

  private func isOfElement(_ node: Node) -> Bool { compiler.freeSlots(node) == [slot] }

  private func sides(_ a: Node, _ b: Node) -> Pair? {
    if isOfElement(a), !compiler.freeSlots(b).contains(slot) { return (a, b) }
    if isOfElement(b), !compiler.freeSlots(a).contains(slot) { return (b, a) }
    return nil
  }

  /// The number of the index whose key is made of some values.
  private mutating func index(_ nodes: [Node]) -> Int {
    keys.append(nodes.map { compiler.compile($0) })
    return keys.count - 1
  }

  private mutating func indexed(
    _ pairs: [Pair], withAbsent: Bool = false, addingUnknown: Bool = false
  ) -> Candidates {
    let number = index(pairs.map(\.inside))
    let wanted = pairs.map { compiler.compile($0.outside) }
    if addingUnknown {
      return { frame, indices in
        var hasher = Hasher()
        for step in wanted {
          let value = step(&frame)
          // Where it is absent, `!=` is so for every element; where it is an amount of time, for
          // each of another kind.
          guard value.isFoundByKey, let key = value.joinKey else { return nil }
          hasher.combine(key)
        }
        return Self.union(
          indices[number].places(of: hasher.finalize()), indices[number].without)
      }
    }
    return { frame, indices in
      // An absent value equals nothing. Only `same` matches it.
      guard let hash = wanted.keyHash(&frame) else {
        return withAbsent ? indices[number].without : []
      }
      return indices[number].places(of: hash)
    }
  }

  /// `f(x) in g`: the elements for each key in the list `g`.
  private mutating func anyOf(_ element: Node, _ list: Node) -> Candidates {
    let number = index([element])
    let sought = compiler.compile(list)
    return { frame, indices in
      guard case .list(let wanted) = sought(&frame) else { return [] }
      var places: [Int32] = []
      for hash in Set(wanted.compactMap { Self.hash(of: $0) }) {
        places += indices[number].places(of: hash)
      }
      // Where two keys share the half of a hash that is kept, each finds the elements of both.
      return Set(places).sorted()
    }
  }

  /// The hash of a key of one value, as of a step that gives it.
  private static func hash(of value: Value) -> Int? {
    guard let key = value.joinKey else { return nil }
    var hasher = Hasher()
    hasher.combine(key)
    return hasher.finalize()
  }

  private static func union(_ a: [Int32], _ b: [Int32]) -> [Int32] {
    if a.isEmpty { return b }
    if b.isEmpty { return a }
    return Set(a).union(b).sorted()
  }
}
