import Synchronization
import Values

/// What the parts of a table's files gave of one column, in order, to be put together once all of them are there.
///
/// Whoever puts them together takes them out, so that none is there twice for longer than it takes to copy it.
final class ColumnPieces: Sendable {
  /// A piece, with the numbers of its texts in the run's pool, by their numbers in the part's own.
  struct Piece: Sendable {
    var column: Column
    var numbers: [Int32]
    var rowCount: Int
  }

  private let pieces = Mutex<[Piece]>([])

  func append(_ column: Column, numbers: [Int32], rowCount: Int) {
    pieces.withLock {
      $0.append(Piece(column: column, numbers: numbers, rowCount: rowCount))
    }
  }

  /// The whole column; the pieces are gone then.
  func joined(_ empty: Column, in pool: StringPool) -> Column {
    var left = pieces.withLock { exchange(&$0, for: []) }
    let total = left.reduce(0) { $0 + $1.rowCount }
    left.reverse()
    var joined = empty
    var rows = 0
    while let piece = left.popLast() {
      if piece.rowCount == 0 { continue }
      joined.append(piece.column, numbers: piece.numbers, in: pool, rows: rows)
      if rows == 0, piece.rowCount < total { joined.reserve(total) }
      rows += piece.rowCount
    }
    return joined
  }
}
