import Exceptions
import Threads

/// `exceptions.csv` of the run and of each team.
///
/// Each row is made once and then written to all its files.
final class ExceptionList: Sendable {
  static let columns = [
    "rule", "status", "severity", "list", "pack", "team", "worker", "person_id", "table",
    "record_id", "field", "value", "occasion", "from", "due_on", "done_on", "days_late", "message",
    "fix", "source_file", "source_line", "first_seen", "runs_open", "blocks",
  ]

  private let exceptions: [CaseException]
  private let pieces: [Piece]
  private let threads: Int

  /// Rows that are written together: of one source and one team, and all waived or none.
  private struct Piece {
    let rows: Range<Int>
    /// The team whose list has them as well; nil for waived rows, which are nobody's to do.
    let team: TeamName?
  }

  /// The number of rows written at a time, small enough for them to stay in cache until written.
  private static let most = 1_024
  /// More than most rows take, so that the rows rarely have to be moved as they grow.
  private static let usualRow = 400
  /// How many pieces each thread makes before all threads wait for one another.
  private static let round = 16

  init(_ exceptions: [CaseException], threads: Int) {
    self.exceptions = exceptions
    self.threads = threads
    pieces = Self.pieces(of: exceptions)
  }

  /// The headings.
  static var header: [UInt8] {
    var header = CSVWriter()
    header.row(columns)
    return header.bytes
  }

  /// Writes all rows in order; `put` takes some bytes and the team whose list has them as well.
  ///
  /// While some rows are put, several threads make the next ones. Only one thread at a time calls
  /// `put`.
  func write(_ put: @Sendable ([UInt8], TeamName?) throws -> Void) throws {
    let round = threads * Self.round
    var made: [[UInt8]] = []
    var start = 0
    while start < pieces.count || !made.isEmpty {
      let next = start..<min(start + round, pieces.count)
      let before = start - made.count
      let ready = made
      // Whichever thread is first puts the rows of the previous round.
      let results = try inParallel(next.count + 1, threads: threads) { number -> [UInt8] in
        if number == 0 {
          for (place, bytes) in ready.enumerated() { try put(bytes, pieces[before + place].team) }
          return []
        }
        return rows(of: pieces[next.lowerBound + number - 1])
      }
      made = Array(results.dropFirst())
      start = next.upperBound
    }
  }

  private func rows(of piece: Piece) -> [UInt8] {
    var rows = ExceptionRows(room: piece.rows.count * Self.usualRow)
    rows.add(exceptions[piece.rows])
    return rows.bytes
  }

  /// A whole list: the run's, or a team's.
  func list(of team: TeamName?) -> [UInt8] {
    var list = Self.header
    for piece in pieces where team == nil || piece.team == team {
      list.append(contentsOf: rows(of: piece))
    }
    return list
  }

  private static func pieces(of exceptions: [CaseException]) -> [Piece] {
    var pieces: [Piece] = []
    var start = 0
    func end(before place: Int) {
      guard start < place else { return }
      let first = exceptions[start]
      let team = first.list == .waived ? nil : first.team
      pieces.append(Piece(rows: start..<place, team: team))
      start = place
    }
    for place in exceptions.indices {
      let goesOn =
        place - start < most
        && (exceptions[place].list == .waived) == (exceptions[start].list == .waived)
        && exceptions[place].source === exceptions[start].source
        && (exceptions.areOfOneTeam(place, start)
          || exceptions[place].team == exceptions[start].team)
      if !goesOn { end(before: place) }
    }
    end(before: exceptions.count)
    return pieces
  }
}
