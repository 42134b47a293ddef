import Exceptions

/// What has changed on the lists of a team, or of all teams, since the previous run.
///
/// What is waived is nobody's to do, and so neither new nor worse nor put right. The ledger counts
/// it with the rest: only so does what is open follow from what came and what ended.
struct TeamChanges {
  /// What readers of the previous list have not seen on it, or not as it stands now.
  static let news = [ExceptionChange.new, .worse, .reopened, .moved, .unwaived]

  var new = 0
  var worse = 0
  var reopened = 0
  var resolved = 0
  /// Ended without being put right.
  var lapsed = 0
  var unwaived = 0

  /// The changes of all teams: what their pages say together.
  static func all(_ report: RunReport) -> TeamChanges {
    var changes = TeamChanges()
    for place in report.exceptions.indices { changes.count(report.exceptions[place].record) }
    for entry in report.news?.ended ?? [] { changes.count(entry) }
    return changes
  }

  /// Counts how an exception of the run compares with the run before.
  mutating func count(_ record: ExceptionRecord) {
    guard record.list != .waived, let change = record.change else { return }
    switch change {
    case .new: new += 1
    case .worse: worse += 1
    case .reopened: reopened += 1
    case .unwaived: unwaived += 1
    case .moved, .done, .neverDone, .same: break
    }
  }

  /// Counts an exception that has ended.
  mutating func count(_ ended: LedgerEntry) {
    guard ended.list != .waived else { return }
    if ended.end?.isPutRight ?? false { resolved += 1 } else { lapsed += 1 }
  }
}
