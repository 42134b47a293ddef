import Synchronization
import Values

/// What the parts of a table's files gave of one column, in order, to be put together once all of
/// them are there.
///
/// Whoever puts them together takes them out, so that none is there twice for longer than it takes
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

  /// The whole column, in the room that its pieces stand in where there is one; the pieces are gone
  /// then.
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

/// The same for the lines on which the records start.
final class LinePieces: Sendable {
  private let pieces = Mutex<[ColumnValues<Int32>]>([])

  func append(_ lines: ColumnValues<Int32>) { pieces.withLock { $0.append(lines) } }

  /// All lines; the pieces are gone then.
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
