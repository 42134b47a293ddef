import Diagnostics
import ExceptionLedger
import Exceptions
import Extracts
import Rulebooks

/// What stops a run although its extracts can be read: a missing table, or one that has shrunk.
///
/// Otherwise everything that such an extract lacks would look as if it had been put right.
public struct ExtractGuard: Sendable {
  /// Whether a table that earlier runs had and this one lacks makes the run untrusted.
  ///
  /// Its absence is reported in any case.
  public var stopsAtMissingTable: Bool
  /// The share of a table's rows that may be gone, in hundredths of a percent; nil for any.
  public var greatestFall: Int?
  /// The tables whose fall or absence somebody has looked at and accepted.
  public var accepted: Set<String>

  /// Stops at a missing table, and at a fall of more than 20 % unless another share is given.
  public init(
    stopsAtMissingTable: Bool = true, greatestFall: Int? = 2_000, accepted: Set<String> = []
  ) {
    self.stopsAtMissingTable = stopsAtMissingTable
    self.greatestFall = greatestFall
    self.accepted = accepted
  }

  /// Accepted tables that no rule file defines: a mistyped name would accept nothing.
  func mistakes(in rulebook: Rulebook) -> [Diagnostic] {
    let names = rulebook.tables.map(\.definition.name)
    return accepted.subtracting(names).sorted().map { name in
      Diagnostic(
        .error, "there is no table `\(name)` whose shrinking could be accepted",
        advice: suggestion(for: name, among: names))
    }
  }

  /// The faults of tables compared with the runs that last had them whole, remarks that are not
  /// faults, and the tables whose losses were accepted, for this run or one of the same day that it
  /// replaces.
  func look(
    at standings: [TableStanding], against baseline: LedgerBaseline, isBackfill: Bool
  ) -> (faults: [FaultReport], remarks: [String], accepted: Set<String>) {
    var told: (faults: [FaultReport], remarks: [String], accepted: Set<String>) = ([], [], [])
    let tables = standings.filter { $0.name == $0.table.definition.name }.map(\.table)
    let later = isBackfill ? LaterExtracts(tables, against: baseline) : nil
    let olds = OldExtracts(tables, against: baseline, isBackfill: isBackfill)
    for standing in standings {
      let losses = losses(of: standing, against: baseline, later, olds)
      told.remarks += losses.remarks
      for loss in losses.all { tell(loss, of: standing, &told) }
      if losses.all.isEmpty, let remark = creepingLoss(of: standing, against: baseline) {
        told.remarks.append(remark)
      }
      if losses.all.isEmpty { tellLossesOfDay(standing, against: baseline, &told) }
    }
    return told
  }

  private func losses(
    of standing: TableStanding, against baseline: LedgerBaseline, _ later: LaterExtracts?,
    _ olds: OldExtracts
  ) -> (all: [TableLoss], remarks: [String]) {
    let name = standing.name
    if standing.table.files.isEmpty {
      return (missing(name, standing.table.definition.name, baseline), [])
    }
    guard let whole = baseline.whole[name] else { return ([], []) }
    let losses = TableLosses(standing, whole, greatestFall: greatestFall)
    // Last period's extract is the same from run to run.
    guard name == standing.table.definition.name else { return (losses.all, losses.remarks) }
    if let loss = later?.loss(of: name) { return (losses.all + [loss], losses.remarks) }
    // What somebody accepts is told as accepted.
    let isAccepted = accepted.contains(name)
    let old = olds[standing.table].filter { isAccepted || $0.remark == nil }.map(\.extract.loss)
    let taken = isAccepted ? [] : olds[standing.table].compactMap(\.remark)
    return (losses.all + old, losses.remarks + taken)
  }

  private func creepingLoss(
    of standing: TableStanding, against baseline: LedgerBaseline
  ) -> String? {
    // Last period's extract is another one with each period.
    guard !standing.table.files.isEmpty, standing.name == standing.table.definition.name,
      !accepted.contains(standing.name)
    else { return nil }
    return CreepingLoss(
      baseline.rowsLately[standing.name] ?? [], standing.rows,
      isTooMuch: { TableLosses.isFall(from: $0, to: $1, greatest: greatestFall) }
    )?.remark(on: standing.name)
  }

  /// Tells what a table has lost since the runs of earlier days, where it has lost nothing to speak
  /// of since a run of this day, which this one replaces.
  ///
  /// If that run had lost as much already, give or take a twentieth, somebody had accepted it: it is
  /// no fault again, and puts nothing right either. Otherwise two losses, of which neither is too
  /// much, make one that is.
  private func tellLossesOfDay(
    _ standing: TableStanding, against baseline: LedgerBaseline,
    _ told: inout (faults: [FaultReport], remarks: [String], accepted: Set<String>)
  ) {
    guard !standing.table.files.isEmpty, let before = baseline.wholeBefore[standing.name],
      let replaced = baseline.whole[standing.name]
    else { return }
    let losses = TableLosses(standing, before, greatestFall: greatestFall).all
    let accepted = TableLosses(
      TableStanding(replaced, replacedBy: standing), before, greatestFall: greatestFall
    ).all
    let isWorse = !TableLosses(standing, replaced, greatestFall: greatestFall.map { min($0, 500) })
      .all.isEmpty
    guard let first = losses.first, !accepted.isEmpty, !isWorse else {
      for loss in losses { tell(loss, of: standing, &told) }
      return
    }
    told.remarks.append(
      "\(first.what), as in a run of this day that this one replaces. What has gone with it does not count as put right."
    )
    told.accepted.insert(standing.table.definition.name)
  }

  private func tell(
    _ loss: TableLoss, of standing: TableStanding,
    _ told: inout (faults: [FaultReport], remarks: [String], accepted: Set<String>)
  ) {
    let option = standing.table.definition.name
    if accepted.contains(option) {
      told.remarks.append("Accepted with --accept-shrink \(option): \(loss.what).")
      told.accepted.insert(option)
    } else if standing.table.files.isEmpty, !stopsAtMissingTable {
      told.remarks.append("\(loss.what). Nothing that it would show counts as put right.")
    } else {
      told.faults.append(
        FaultReport(
          kind: loss.kind, table: standing.name, file: "", line: nil, field: "",
          message: "\(loss.what). \(loss.advice)"))
    }
  }

  /// The tables, with missing ones whose absence nobody has accepted marked as not whole.
  ///
  /// From that mark the next run knows that their absence is still to be reported.
  func marked(_ tables: [TableReport], against baseline: LedgerBaseline) -> [TableReport] {
    tables.map { table in
      var table = table
      let isMissed = !table.isPresent && baseline.present.contains(table.name)
      if isMissed, !accepts(table.name) { table.isWhole = false }
      return table
    }
  }

  private func accepts(_ name: String) -> Bool {
    accepted.contains { $0 == name || EarlierName.name(of: $0) == name }
  }

  private func missing(_ name: String, _ option: String, _ baseline: LedgerBaseline) -> [TableLoss]
  {
    guard baseline.present.contains(name) else { return [] }
    return [
      TableLoss(
        kind: "missingTable",
        what: "\(name): earlier runs had an extract of it, and this one has none",
        advice:
          "Nothing that it would show counts as put right. Export it; if it is gone for good, run once with --accept-shrink \(option), take out the rules that read it, and name each with --accept-removed, which ends what it had open."
      )
    ]
  }
}
