import Exceptions
import Threads

/// `exceptions.csv` of the run and of each team, each row written once and while it is put into its
/// files.
final class ExceptionList: Sendable {
  static let columns = [
    "rule", "status", "severity", "list", "pack", "team", "worker", "person_id", "table",
    "record_id", "field", "value", "occasion", "from", "due_on", "done_on", "days_late", "message",
    "fix", "source_file", "source_line", "first_seen", "runs_open", "blocks",
  ]

  private let exceptions: [CaseException]
  private let pieces: [Piece]
  private let threads: Int

  /// Rows that are written at a time: of one source, of one team, and either waived or not.
  private struct Piece {
    let rows: Range<Int>
    /// Whose list they are on, too; nil for what is waived, which is nobody's to do.
    let team: TeamName?
  }

  /// How many rows are written at a time: so few that they stay at hand until they are in their
  /// files.
  private static let most = 1_024
  /// Bytes of most rows, which saves moving them as they grow.
  private static let usualRow = 400
  /// How many pieces a thread writes before all wait for each other.
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

  /// Writes all rows in their order: `put` gets the bytes of some and the team on whose list they
  /// are, too.
  ///
  /// While some are put, the next are made, on so many threads; `put` is called by one at a time.
  func write(_ put: @Sendable ([UInt8], TeamName?) throws -> Void) throws {
    let round = threads * Self.round
    var made: [[UInt8]] = []
    var start = 0
    while start < pieces.count || !made.isEmpty {
      let next = start..<min(start + round, pieces.count)
      let before = start - made.count
      let ready = made
      // The rows before are put by whichever thread comes first.
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
