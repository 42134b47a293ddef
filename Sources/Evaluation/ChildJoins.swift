import Synchronization
import Values

/// How many rows may be indexed in all, so that indices do not take the memory that a run is to
/// keep to.
final class JoinRoom: Sendable {
  private let left: Mutex<Int>

  init(rows: Int) { left = Mutex(rows) }

  /// Whether there was room for so many, which it takes.
  func take(_ rows: Int) -> Bool {
    left.withLock { left in
      guard left >= rows else { return false }
      left -= rows
      return true
    }
  }
}

/// The rows that refer to one row, by what a search through them asks for.
///
/// One child may have thousands: each of its visits looks for another of the same day, and without
/// an index that would be visits × visits.
final class ChildJoins: Sendable {
  /// As many are looked through without an index.
  static let fewest = 200
  /// What a row takes, in bytes, with its place in one index.
  static let bytesOfRow = 16

  private struct Join {
    var rows: [Int32]
    var indices: [JoinIndex]
  }

  private enum State {
    /// Looked through once: most rules ask but once of each row above.
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

  /// Those of a row's children that a search can find, in their order; nil where only a look at
  /// each tells.
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
    // Two threads may both look; what they find is the same.
    let rows = Array(children)
    let values = rows.map { Value.row(RowID(table: table, row: $0)) }
    let join = Join(rows: rows, indices: search.smallIndices(of: values))
    states.withLock { $0[parent] = .indexed(join) }
    return join
  }
}
