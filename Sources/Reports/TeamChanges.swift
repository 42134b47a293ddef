import Exceptions

/// What has changed in a team since the previous run.
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

  mutating func count(_ change: ExceptionChange) {
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
    if ended.end?.isPutRight ?? false { resolved += 1 } else { lapsed += 1 }
  }
}
