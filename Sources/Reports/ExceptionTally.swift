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
  }

  static func += (a: inout ExceptionTally, b: ExceptionTally) {
    a.all += b.all
    a.toldLate += b.toldLate
    a.byStatus.merge(b.byStatus, uniquingKeysWith: +)
    a.byList.merge(b.byList, uniquingKeysWith: +)
    a.bySeverity.merge(b.bySeverity, uniquingKeysWith: +)
  }
}
