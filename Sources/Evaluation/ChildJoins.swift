import Synchronization
import Values

/// The rows that refer to one row, by what a search through them asks for.
///
/// One child may have thousands: each of its visits looks for another of the same day, and without an index that would be
/// visits × visits.
final class ChildJoins: Sendable {
  /// As many are looked through without an index.
  static let fewest = 64
  /// As many rows are kept with their indices; then those of other parents go.
  private static let most = 1 << 20

  private struct Join {
    var rows: [Int32]
    var indices: [JoinIndex]
  }

  private struct Known {
    var joins: [RowID: Join] = [:]
    var rows = 0
  }

  private let search: JoinSearch
  private let known = Mutex(Known())

  init(_ search: JoinSearch) { self.search = search }

  /// Those of a row's children that a search can find, in their order; nil where only a look at each tells.
  func rows(
    of parent: RowID, _ children: ChildRows, _ table: Int32, _ frame: inout Frame
  ) -> [Int32]? {
    let join = join(of: parent, children, table)
    return search.candidates(&frame, join.indices)?.map { join.rows[Int($0)] }
  }

  private func join(of parent: RowID, _ children: ChildRows, _ table: Int32) -> Join {
    if let join = known.withLock({ $0.joins[parent] }) { return join }
    // Two threads may both look; what they find is the same.
    let rows = Array(children)
    let values = rows.map { Value.row(RowID(table: table, row: $0)) }
    let join = Join(rows: rows, indices: search.indices(of: values))
    known.withLock { known in
      if known.rows + rows.count > Self.most { known = Known() }
      if known.joins.updateValue(join, forKey: parent) == nil { known.rows += rows.count }
    }
    return join
  }
}
