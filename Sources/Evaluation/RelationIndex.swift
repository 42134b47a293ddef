import Expressions
import Extracts
import Values

/// A foreign key over the rows: up to the first row referred to, down to the rows that refer.
struct RelationIndex: Sendable {
  /// The reference holds nothing, or part of it is missing.
  static let missing: Int32 = -1
  /// The reference points nowhere.
  static let dangling: Int32 = -2

  /// For each child row its parent row, `missing` or `dangling`.
  let parents: [Int32]
  /// The parent rows that have no children filed to them: those without a key, and those whose key an earlier row
  /// has, with that row.
  private var firstOfKey: [Int32: Int32] = [:]
  /// For each parent row where its children start in `children`; one more at the end.
  private let starts: [Int32]
  private let children: [Int32]

  init(
    _ relation: RelationSchema, child: Table, parent: Table, index: KeyIndex, pool: StringPool
  ) {
    let columns = relation.childFields.map { child.columns[$0]?.asKey(in: pool) }
    let parents = index.rows(
      ofKeysIn: columns, rowCount: child.rowCount, missing: Self.missing, dangling: Self.dangling)
    for row in index.rowsWithoutKey { firstOfKey[row] = -1 }
    for (row, first) in index.repeats { firstOfKey[row] = first }
    var starts = [Int32](repeating: 0, count: parent.rowCount + 1)
    for row in parents where row >= 0 { starts[Int(row) + 1] += 1 }
    for row in 0..<parent.rowCount { starts[row + 1] += starts[row] }
    var next = starts
    var children = [Int32](repeating: 0, count: Int(starts.last ?? 0))
    for (row, parent) in parents.enumerated() where parent >= 0 {
      children[Int(next[Int(parent)])] = Int32(row)
      next[Int(parent)] += 1
    }
    self.parents = parents
    self.starts = starts
    self.children = children
  }

  /// The rows that refer to a parent row or to another with its key, in the order of the files.
  func children(of parent: Int) -> ArraySlice<Int32> {
    guard parent < starts.count - 1 else { return [] }
    var first = parent
    if !firstOfKey.isEmpty, let other = firstOfKey[Int32(parent)] { first = Int(other) }
    if first < 0 { return [] }
    return children[Int(starts[first])..<Int(starts[first + 1])]
  }
}
