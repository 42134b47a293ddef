import Expressions
import Extracts
import Values

/// A foreign key as an index: from each row up to the first row it refers to, and back down.
///
/// It is a class so that it is shared without copying; it never changes.
final class RelationIndex: Sendable {
  /// The reference is empty, or part of it is missing.
  static let missing: Int32 = -1
  /// The reference points nowhere.
  static let dangling: Int32 = -2

  /// For each child row its parent row, `missing` or `dangling`.
  let parents: ColumnValues<Int32>
  /// The parent rows that have no children of their own here.
  ///
  /// These are rows without a key, and rows whose key an earlier row has, with that earlier row.
  private let firstOfKey: [Int32: Int32]
  /// For each parent row where its children start in `children`; one more at the end.
  private let starts: ColumnValues<Int32>
  /// The child rows, grouped by parent; nil if the table already has them in that order.
  private let children: ColumnValues<Int32>?

  init(
    _ relation: RelationSchema, child: Table, parent: Table, index: KeyIndex, pool: StringPool,
    spill: ColumnSpill?
  ) {
    let columns = relation.childFields.map { child.columns[$0]?.asKey(in: pool, spill) }
    let parents = index.rows(
      ofKeysIn: columns, rowCount: child.rowCount, missing: Self.missing, dangling: Self.dangling,
      spill)
    var firstOfKey: [Int32: Int32] = [:]
    for row in index.rowsWithoutKey { firstOfKey[row] = -1 }
    for (row, first) in index.repeats { firstOfKey[row] = first }
    self.firstOfKey = firstOfKey
    let counts = ColumnValues<Int32>(count: parent.rowCount + 1, in: spill) { counts in
      for row in parents.indices where parents[row] >= 0 { counts[Int(parents[row]) + 1] += 1 }
      for row in 0..<parent.rowCount { counts[row + 1] += counts[row] }
    }
    children =
      Self.isInOrder(parents) ? nil : Self.children(parents, starts: counts, spill)
    starts = counts
    self.parents = parents
  }

  /// Whether the rows of each parent are adjacent, in the order of the parents, and each has a
  /// parent.
  private static func isInOrder(_ parents: ColumnValues<Int32>) -> Bool {
    var last: Int32 = 0
    for row in parents.indices {
      if parents[row] < last { return false }
      last = parents[row]
    }
    return true
  }

  private static func children(
    _ parents: ColumnValues<Int32>, starts: ColumnValues<Int32>, _ spill: ColumnSpill?
  ) -> ColumnValues<Int32> {
    ColumnValues(count: Int(starts[starts.count - 1]), in: spill) { children in
      // Where the next child of each parent goes; needed only until all children are placed.
      _ = ColumnValues<Int32>(count: starts.count, in: spill) { next in
        for row in starts.indices { next[row] = starts[row] }
        for row in parents.indices where parents[row] >= 0 {
          let parent = Int(parents[row])
          children[Int(next[parent])] = Int32(row)
          next[parent] += 1
        }
      }
    }
  }

  /// The rows that refer to a parent row, or to another row with its key, in the order of the
  /// files.
  ///
  /// Nil if the parent has no key, so that no row can refer to it.
  func children(of parent: Int) -> ChildRows? {
    guard parent < starts.count - 1 else { return ChildRows(rows: nil, places: 0..<0) }
    var first = parent
    if !firstOfKey.isEmpty, let other = firstOfKey[Int32(parent)] { first = Int(other) }
    if first < 0 { return nil }
    return ChildRows(rows: children, places: Int(starts[first])..<Int(starts[first + 1]))
  }
}

/// Rows that refer to one row.
struct ChildRows: Sequence, IteratorProtocol {
  fileprivate let rows: ColumnValues<Int32>?
  fileprivate var places: Range<Int>

  var count: Int { places.count }

  mutating func next() -> Int32? {
    guard let place = places.first else { return nil }
    places = place + 1..<places.upperBound
    return rows.map { $0[place] } ?? Int32(truncatingIfNeeded: place)
  }
}
