internal import Exceptions

/// What has changed in a team since the run before.
struct TeamChanges {
  var new = 0
  var worse = 0
  var reopened = 0
  var resolved = 0

  mutating func count(_ change: ExceptionChange) {
    switch change {
    case .new: new += 1
    case .worse: worse += 1
    case .reopened: reopened += 1
    default: break
    }
  }
}
