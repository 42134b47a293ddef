internal import Exceptions

/// `exceptions.csv` of the run and of each team, written in one pass.
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

  init(_ exceptions: [CaseException], teams: [TeamName]) {
    var header = CSVWriter()
    header.row(ExceptionList.columns)
    var all = header
    all.reserve(rows: exceptions.count)
    var byTeam: [TeamKey: [UInt8]] = [:]
    for team in teams { byTeam[TeamKey(team)] = header.bytes }

    // A team's rows are bytes of the whole list: its file is put together from stretches of it.
    var next = exceptions.startIndex
    while next < exceptions.endIndex {
      let team = exceptions[next].team
      let start = all.bytes.endIndex
      var end = start
      while next < exceptions.endIndex, exceptions[next].team.isSame(as: team) {
        all.row(exceptions[next])
        // What is waived sorts last, and is nobody's to do.
        if exceptions[next].list != .waived { end = all.bytes.endIndex }
        next += 1
      }
      byTeam[TeamKey(team), default: header.bytes].append(contentsOf: all.bytes[start..<end])
    }
    self.all = all.bytes
    self.byTeam = byTeam
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
