import Exceptions

/// Exceptions counted by status, list and severity.
struct ExceptionTally {
  private var byStatus: [CaseException.Status: Int] = [:]
  private var byList: [CaseException.List: Int] = [:]
  private var bySeverity: [CaseException.Severity: Int] = [:]
  private(set) var all = 0
  /// How many were done too late, or never, and reported as that by an earlier run.
  ///
  /// They are exceptions still, but on no drift list.
  private(set) var toldLate = 0
  /// How many on the lists were done too late, or never while they were owed.
  private(set) var late = 0
  /// For how many days the oldest case of a drift list has waited, as its ageing counts them.
  private(set) var longestWait: Int?

  /// How many are on the lists to work from.
  var open: Int { self[.correction] + self[.drift] }

  subscript(status: CaseException.Status) -> Int { byStatus[status] ?? 0 }
  subscript(list: CaseException.List) -> Int { byList[list] ?? 0 }
  subscript(severity: CaseException.Severity) -> Int { bySeverity[severity] ?? 0 }

  /// Counts an exception as many times as given.
  mutating func count(_ exception: CaseException, times: Int = 1) {
    all += times
    byStatus[exception.status, default: 0] += times
    byList[exception.list, default: 0] += times
    bySeverity[exception.severity, default: 0] += times
    if exception.record.isToldLate { toldLate += times }
    if exception.status == .late, exception.list != .waived { late += times }
  }

  /// Notes for how long a line of a drift list has waited, if it waits for anybody.
  mutating func note(_ item: DriftItem?) {
    guard let item, item.band != nil, let age = item.age else { return }
    longestWait = max(longestWait ?? age, age)
  }

  static func += (a: inout ExceptionTally, b: ExceptionTally) {
    a.all += b.all
    a.toldLate += b.toldLate
    a.late += b.late
    if let wait = b.longestWait { a.longestWait = max(a.longestWait ?? wait, wait) }
    a.byStatus.merge(b.byStatus, uniquingKeysWith: +)
    a.byList.merge(b.byList, uniquingKeysWith: +)
    a.bySeverity.merge(b.bySeverity, uniquingKeysWith: +)
  }
}
