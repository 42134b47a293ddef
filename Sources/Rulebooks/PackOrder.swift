/// Which packs may override which others.
///
/// What the packs say of themselves holds however they are named: a pack that is `over` another
/// overrides it, directly or through packs that are not loaded.
struct PackOrder {
  /// The packs that each pack may override.
  private(set) var below: [String: Set<String>] = [:]

  /// Packs in the order in which each says that it is `over` others.
  init(over: [String: [String]]) {
    var reached: [String: Set<String>] = [:]
    for pack in over.keys {
      var all: Set<String> = []
      var waiting = over[pack] ?? []
      while let next = waiting.popLast() {
        if all.insert(next).inserted { waiting += over[next] ?? [] }
      }
      reached[pack] = all
    }
    // Two packs that are over each other have no order.
    for (pack, others) in reached {
      below[pack] = others.filter { !(reached[$0]?.contains(pack) ?? false) }
    }
  }

  /// The packs that are over one another in a ring, from one on; nil where it is in none.
  ///
  /// The ring is the shortest. A pack that is over itself is told otherwise.
  static func ring(from pack: String, over: [String: [String]]) -> [String]? {
    var paths = [[pack]]
    var seen: Set<String> = []
    while !paths.isEmpty {
      let path = paths.removeFirst()
      for next in over[path.last ?? pack] ?? [] where next != path.last {
        if next == pack { return path }
        if seen.insert(next).inserted { paths.append(path + [next]) }
      }
    }
    return nil
  }

  /// The same of packs that the user has named: where two have no order, the one named later may
  /// override the other.
  ///
  /// All named packs stand in one row, so that the outcome does not depend on which files are read
  /// first: each where it was named, those that it is over before it. For a pack that is named twice,
  /// its last place counts.
  func settled(by named: [String]) -> PackOrder {
    let named = named.indices.filter { named.lastIndex(of: named[$0]) == $0 }.map { named[$0] }
    // One that is over others has all before it that those are over.
    func depth(_ pack: String) -> Int { below[pack]?.count ?? 0 }
    var settled = self
    var placed: Set<String> = []
    for pack in named {
      let lower = named.filter { below[pack]?.contains($0) ?? false }
      let places = lower.indices.sorted { (depth(lower[$0]), $0) < (depth(lower[$1]), $1) }
      for next in places.map({ lower[$0] }) + [pack] where !placed.contains(next) {
        settled.below[next] = placed
        placed.insert(next)
      }
    }
    return settled
  }
}
