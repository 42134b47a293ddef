import ExceptionLedger
import Exceptions
import Foundation
import WorkingTime

/// A folder for one test, removed with the value.
final class Scratch: Sendable {
  let path: String

  init() {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("ledger-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }
}

func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

/// An exception of the rule `late-visit` on a visit.
func exception(
  _ record: String, rule: String = "late-visit", team: String = "East", worker: String = "W1",
  status: CaseException.Status = .overdue, due: String = "2016-01-01", done: String = "",
  occasion: Int? = nil
) -> CaseException {
  var exception = CaseException(
    rule: rule, status: status, severity: .error, list: .drift, pack: "statutory",
    team: .named(team), table: "visits", recordID: record)
  exception.worker = worker
  exception.dueOn = due
  exception.doneOn = done
  exception.occasion = occasion
  exception.personID = "P-" + record
  return exception
}

/// A run whose rules, all on visits, could be evaluated.
func report(_ asOf: String, _ exceptions: [CaseException]) -> RunReport {
  var report = RunReport(
    version: "0", asOf: day(asOf), rulesDigest: "d", ruleFolders: [], packs: [], parameters: [])
  report.exceptions = exceptions
  report.teams = [.named("East"), .named("West")]
  report.tables = [
    TableReport(name: "visits", title: "Visits", rows: 10, isPresent: true, isWhole: true)
  ]
  report.rules = ["late-visit", "other"].map { name in
    var rule = RuleReport(
      name: name, title: name, why: "", source: "", pack: "", table: "visits", kind: .deadline,
      fix: "", judgedNothing: "")
    rule.reads = ["visits"]
    return rule
  }
  return report
}

/// Records a run and returns it as the lists will show it.
@discardableResult
func record(
  _ report: RunReport, in path: String, backfill: Bool = false,
  evidence: @escaping @Sendable ([UnlistedException]) -> [Evidence] = { $0.map { _ in .inOrder } }
) throws -> RunReport {
  let ledger = try ExceptionLedger(forRun: path)
  var told = report
  try ledger.record(report, isBackfill: backfill, evidence: { evidence($0).map { Showing($0) } }) {
    report, makeLasting in
    told = report
    try makeLasting()
  }
  return told
}

/// The fault of the ledger that something ends with; nil where it ends well, or with another error.
func fault(_ body: () throws -> Void) -> LedgerFault? {
  do {
    try body()
    return nil
  } catch {
    return error as? LedgerFault
  }
}
