import ExceptionLedger
import Exceptions
import Extracts

/// Compares a run with what a ledger knows of earlier extracts.
extension RunReport {
  /// Finds what the tables have lost since they were last whole.
  mutating func findLosses(
    _ standings: TableStandings, against baseline: LedgerBaseline, _ ledger: LedgerUse
  ) {
    if let loss = ledger.loss(baseline, asOf: asOf) { faults.append(loss) }
    remarks += ledger.remarks(baseline, asOf: asOf)
    for standings in [standings.now, standings.before] {
      let (losses, remarks, accepted) = ledger.guardedBy.look(
        at: standings, against: baseline, isBackfill: ledger.isBackfill)
      // A required table that is missing has already been reported.
      faults += losses.filter { loss in !faults.contains { $0.table == loss.table } }
      self.remarks += remarks
      tablesWithAcceptedLosses.formUnion(accepted)
    }
  }

  /// Marks the tables whose absence is still to be reported, and notes the newest date of each.
  mutating func markLosses(
    _ read: [Table], against baseline: LedgerBaseline, _ ledger: LedgerUse
  ) {
    tables = ledger.guardedBy.marked(tables, against: baseline)
    earlierTables = ledger.guardedBy.marked(earlierTables, against: baseline)
    for number in read.indices {
      tables[number].newest = NewestDate(table: read[number]).upTo(asOf)
    }
  }

  /// Marks the tables whose newest records may be cut off; returns those of which that is said.
  ///
  /// Where somebody accepts it, what is gone with them ends as with any loss.
  private mutating func markLostNewest(against baseline: LedgerBaseline) -> Set<String> {
    var told: Set<String> = []
    for number in tables.indices {
      let name = tables[number].name
      guard !tablesWithAcceptedLosses.contains(name),
        let lost = LostNewest(tables[number], against: baseline)
      else { continue }
      told.insert(name)
      if acceptedTables.contains(name) {
        tablesWithAcceptedLosses.insert(name)
        remarks.append("Accepted with --accept-shrink \(name): \(lost.what).")
      } else {
        tables[number].hasLostItsNewest = true
        remarks.append(lost.remark)
      }
    }
    return told
  }

  /// Finds extracts that belong to an earlier run, or whose newest records may be cut off.
  mutating func findStale(
    _ read: [Table], against baseline: LedgerBaseline, _ ledger: LedgerUse
  ) {
    let told = markLostNewest(against: baseline)
    let stale = StaleExtracts(
      tables: read, newest: tables.map { told.contains($0.name) ? nil : $0.newest },
      baseline: baseline, isBackfill: ledger.isBackfill
    ).found()
    remarks += stale.remarks
    staleness = stale.staleness
    guard let last = baseline.lastRun else { return }
    for place in inputs.indices {
      let file = StaleExtracts.FileOfTable(table: inputs[place].table, path: inputs[place].path)
      if let likeness = stale.unchanged[file] {
        inputs[place].remarks.append("it holds \(likeness.words) as in the run of \(last).")
      }
      if let remark = stale.old[file] { inputs[place].remarks.append(remark) }
    }
  }
}
