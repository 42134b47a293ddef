import Diagnostics

/// Half of a table that has gone little by little, no single run's part of it too much.
///
/// A team that is taken out of the export at a time, or a window that closes, stays below what any
/// run is stopped for. What goes from the table counts as put right all the while.
struct CreepingLoss {
  private let most: Int
  private let now: Int

  /// Looks at the rows of a table in the runs of the last 30 days and in this one.
  ///
  /// Nil where fewer than half of them have gone, or none since the last of those runs, which has
  /// said so then. A fall for which a run was stopped begins a new count: somebody has accepted it.
  init?(_ before: [Int], _ now: Int, isTooMuch: (_ before: Int, _ now: Int) -> Bool) {
    guard let last = before.last, now < last else { return nil }
    var most = 0
    for (rows, next) in zip(before, before.dropFirst() + [now]) {
      most = max(most, rows)
      if isTooMuch(rows, next) { most = 0 }
    }
    guard most >= TableStanding.many, now * 2 <= most else { return nil }
    (self.most, self.now) = (most, now)
  }

  /// What is said of it.
  func remark(on table: String) -> String {
    "\(table): it has \(amount(now, "row")), and had \(most) within the last 30 days; no run has lost so many at once that it was stopped. Look whether the export leaves out more and more."
  }
}
