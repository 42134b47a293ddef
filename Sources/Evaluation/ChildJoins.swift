import Synchronization

/// The number of rows that may still be indexed, so that indices keep within a run's memory bound.
final class JoinRoom: Sendable {
  private let left: Mutex<Int>

  init(rows: Int) { left = Mutex(rows) }

  /// Takes room for a number of rows; false if there is not enough left.
  func take(_ rows: Int) -> Bool {
    left.withLock { left in
      guard left >= rows else { return false }
      left -= rows
      return true
    }
  }
}

/// Indices over the rows that refer to one row, by the values that a search compares.
///
/// A child may have thousands of visits, and each visit may look for another on the same day.
/// Without an index, that takes visits × visits comparisons.
final class ChildJoins: Sendable {
  /// Up to this number of rows, no index is made.
  static let fewest = 200
  /// The bytes that one row takes in one index at most, with its place.
  static let bytesOfRow = 20

  private struct Join {
    var rows: [Int32]
    var indices: [JoinIndex]
  }

  private enum State {
    /// Searched once, without an index: most rules search only once below each row.
    case asked
    case indexed(Join)
    /// There is no room for its index.
    case refused
  }

  private let search: JoinSearch
  private let room: JoinRoom
  private let states = Mutex<[RowID: State]>([:])

  init(_ search: JoinSearch, within room: JoinRoom) {
    self.search = search
    self.room = room
  }

  /// The children of a row that a search can find, in their order; nil if each must be looked at.
  func rows(
    of parent: RowID, _ children: ChildRows, _ table: Int32, _ frame: inout Frame
  ) -> [Int32]? {
    guard let join = join(of: parent, children, table) else { return nil }
    return search.candidates(&frame, join.indices)?.map { join.rows[Int($0)] }
  }

  private func join(of parent: RowID, _ children: ChildRows, _ table: Int32) -> Join? {
    let state = states.withLock { states in
      defer { if states[parent] == nil { states[parent] = .asked } }
      return states[parent]
    }
    switch state {
    case nil, .refused: return nil
    case .indexed(let join): return join
    case .asked: break
    }
    guard room.take(children.count * search.count) else {
      states.withLock { $0[parent] = .refused }
      return nil
    }
    // Two threads may both do this; they find the same.
    let rows = Array(children)
    let values = rows.map { Value.row(RowID(table: table, row: $0)) }
    let join = Join(rows: rows, indices: search.indices(of: .values(values), in: nil))
    states.withLock { $0[parent] = .indexed(join) }
    return join
  }
}
