internal import Exceptions
import Threads

/// `exceptions.csv` of the run and of each team, each row written once.
struct ExceptionList {
  static let columns = [
    "rule", "status", "severity", "list", "pack", "team", "worker", "person_id", "table",
    "record_id", "field", "value", "occasion", "from", "due_on", "done_on", "days_late", "message",
    "fix", "source_file", "source_line", "first_seen", "runs_open", "blocks",
  ]

  /// The list of the run.
  let all: [UInt8]
  /// The list of each team, those without an exception too.
  let byTeam: [TeamKey: [UInt8]]

  init(_ exceptions: [CaseException], teams: [TeamName], threads: Int) {
    var header = CSVWriter()
    header.row(ExceptionList.columns)
    var all = header
    all.reserve(rows: exceptions.count)
    var byTeam: [TeamKey: [UInt8]] = [:]
    for team in teams { byTeam[TeamKey(team)] = header.bytes }

    let pieces = Self.pieces(of: exceptions)
    let written = inParallel(pieces.count, threads: threads) { number in
      var rows = CSVWriter()
      rows.reserve(rows: pieces[number].count)
      for exception in exceptions[pieces[number]] { rows.row(exception) }
      return rows.bytes
    }
    for (piece, bytes) in zip(pieces, written) {
      all.append(bytes)
      // What is waived is nobody's to do.
      if exceptions[piece.lowerBound].list != .waived {
        let team = exceptions[piece.lowerBound].team
        byTeam[TeamKey(team), default: header.bytes].append(contentsOf: bytes)
      }
    }
    self.all = all.bytes
    self.byTeam = byTeam
  }
}

extension ExceptionList {
  /// How many rows one thread writes at a time.
  private static let most = 8_192

  /// The rows in pieces, each of one team and either waived or not.
  private static func pieces(of exceptions: [CaseException]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    for (place, exception) in exceptions.enumerated() {
      let first = exceptions[start]
      let goesOn =
        place - start < most && exception.team.isSame(as: first.team)
        && (exception.list == .waived) == (first.list == .waived)
      if goesOn { continue }
      pieces.append(start..<place)
      start = place
    }
    if start < exceptions.count { pieces.append(start..<exceptions.count) }
    return pieces
  }
}

extension CSVWriter {
  fileprivate mutating func row(_ exception: CaseException) {
    text(exception.rule)
    plain(exception.status.rawValue)
    plain(exception.severity.rawValue)
    plain(exception.list.rawValue)
    text(exception.pack)
    text(exception.team.shown)
    text(exception.worker)
    text(exception.personID)
    text(exception.table)
    text(exception.recordID)
    text(exception.field)
    text(exception.value)
    number(exception.occasion)
    text(exception.from)
    text(exception.dueOn)
    text(exception.doneOn)
    number(exception.daysLate)
    text(exception.message)
    text(exception.fix)
    text(exception.sourceFile)
    number(exception.sourceLine)
    text(exception.firstSeen)
    number(exception.runsOpen)
    words(exception.blocks)
    endRow()
  }
}
