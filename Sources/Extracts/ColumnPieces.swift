import Synchronization
import Values

/// What the parts of a table's files gave of one column, in order, until all can be joined.
///
/// Whoever joins them takes them out, so that no piece is in memory twice for longer than it takes
/// to copy it.
final class ColumnPieces: Sendable {
  /// A piece, and which numbering its texts have.
  struct Piece: Sendable {
    var column: Column
    var numbering: Int
    var rowCount: Int
  }

  private let pieces = Mutex<[Piece]>([])

  func append(_ column: Column, numbering: Int, rowCount: Int) {
    pieces.withLock {
      $0.append(Piece(column: column, numbering: numbering, rowCount: rowCount))
    }
  }

  /// Joins the whole column, in the pieces' own room if there is one, and drops the pieces.
  ///
  /// `numberings` has the numbers of their texts in the run's pool.
  func joined(
    _ empty: Column, in pool: StringPool, _ numberings: [GrowingValues<Int32>],
    _ room: StorageRoom?,
    _ spill: ColumnSpill?
  ) -> Column {
    var left = pieces.withLock { exchange(&$0, for: []) }
    let total = left.reduce(0) { $0 + $1.rowCount }
    let values =
      room.flatMap { StorageJoin(left, in: $0) }
      ?? StorageJoin(like: empty.storage, count: total, in: spill)
    left.reverse()
    var joined = empty
    var rows = 0
    while var piece = left.popLast() {
      if piece.rowCount == 0 { continue }
      spill?.relaxMeanwhile()
      joined.takeNotes(of: &piece.column, in: pool, rows: rows)
      values.append(
        piece.column.storage,
        numbers: piece.column.holdsNumbers ? numberings[piece.numbering] : GrowingValues())
      rows += piece.rowCount
    }
    joined.storage = values.finish()
    return joined
  }
}

/// The pieces of the lines on which the records start.
final class LinePieces: Sendable {
  private let pieces = Mutex<[ColumnValues<Int32>]>([])

  func append(_ lines: ColumnValues<Int32>) { pieces.withLock { $0.append(lines) } }

  /// Joins all lines, and drops the pieces.
  func joined(_ room: ColumnRoom<Int32>?, _ spill: ColumnSpill?) -> ColumnValues<Int32> {
    var left = pieces.withLock { exchange(&$0, for: []) }
    let join =
      room.flatMap { ColumnJoin(left, in: $0) }
      ?? ColumnJoin<Int32>(count: left.reduce(0) { $0 + $1.count }, in: spill)
    left.reverse()
    while let lines = left.popLast() { join.append(lines) }
    return join.finish()
  }
}
