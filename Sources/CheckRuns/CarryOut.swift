public import Delivery
import ExceptionLedger
public import Exceptions
import Foundation
public import Reports

/// Carries out a whole run: checks, records it in its ledger, and writes and publishes the lists.
///
/// The lists appear and the record becomes lasting together. If either fails, both stay as they
/// were.
///
/// - Parameters:
///   - request: what is to be done.
///   - out: the folder for the lists.
///   - modes: who may read them.
///   - stop: where a signal that asks the run to end is heard.
///   - files: the files of a report.
///   - progress: told how far the run is.
/// - Returns: the report, with what the ledger knows.
/// - Throws: why the run could not be made; the lists and the ledger are as they were.
public func carryOut(
  _ request: CheckRequest, into out: String, modes: AccessModes = .ownerOnly,
  stop: CleanStop, files: (RunReport) throws -> [ReportFile],
  progress: CheckProgressHandler? = nil
) async throws(CheckFailure) -> RunReport {
  /// Publishes the lists and says where lists of earlier runs, with children's data, could not be
  /// removed.
  func put(_ report: RunReport, _ confirm: () throws -> Void) throws -> [String] {
    let groups = ReportFile.groups(try files(report), threads: request.threads).map {
      OutputFiles(paths: $0.paths, write: $0.write)
    }
    return try publish(groups, to: out, modes: modes, stop: stop, confirm: confirm).map {
      "Lists of an earlier run could not be removed from \($0), where nobody looks for them. Remove that folder."
    }
  }
  guard let use = request.ledger else {
    var report = try await check(request, progress: progress)
    try stop.held { () throws(CheckFailure) in
      report.remarks += try failing { try put(report, {}) }
      stop.markInPlace()
    }
    return report
  }
  let rules = try RulesInForce(request)
  if let inside = path(of: use.path, in: out) {
    throw .lists(
      "\(inside) cannot be the ledger: each run puts a new folder in the place of \(out), and the ledger has to outlast them. Keep it in another folder."
    )
  }
  // Only one run at a time writes a ledger; the lock ends with the process.
  let lock = try lock(use.path)
  defer { withExtendedLifetime(lock) {} }
  // SQLite removes its companion files when the ledger is closed, but not when the process just
  // ends.
  let ledger = try stop.held { () throws(CheckFailure) in
    let ledger = try failing { try ExceptionLedger(forRun: use.path) }
    stop.onStop { ledger.close() }
    return ledger
  }
  // A signal that arrives while SQLite removes them waits until it has.
  defer {
    stop.held {
      ledger.close()
      stop.onStop(nil)
    }
  }
  let baseline = try failing { try ledger.baseline(before: request.asOf) }
  if let latest = baseline.latest, request.asOf < latest, !use.isBackfill {
    throw .ledger(.earlier(asOf: request.asOf, last: latest))
  }
  let checked = try await check(request, by: rules, against: baseline, progress: progress)
  var told = checked.report
  try stop.held { () throws(CheckFailure) in
    try failing {
      try ledger.record(
        checked.report, isBackfill: use.isBackfill, evidence: checked.evidence
      ) { report, makeLasting in
        told = report
        try stop.check()
        told.remarks += try put(report, makeLasting)
      }
    }
    stop.markInPlace()
  }
  return told
}

/// The path of a file, if it lies in a folder or below it, whatever links they are named by.
private func path(of file: String, in folder: String) -> String? {
  let (file, folder) = (URL(fileURLWithPath: file), URL(fileURLWithPath: folder))
  let place = file.deletingLastPathComponent().resolvingSymlinksInPath().path + "/"
  return place.hasPrefix(folder.resolvingSymlinksInPath().path + "/") ? file.path : nil
}

private func lock(_ ledger: String) throws(CheckFailure) -> RunLock {
  // The lock stands beside the file itself, so that two jobs find the same lock whatever links they
  // name the ledger by.
  let ledger = URL(fileURLWithPath: ledger).resolvingSymlinksInPath().path
  do throws(DeliveryFault) {
    return try RunLock(path: ledger + ".lock")
  } catch {
    if case .locked = error { throw .locked(error) }
    throw .delivery(error)
  }
}

/// Turns the failure of a part of the run into a `CheckFailure`.
private func failing<Result>(_ body: () throws -> Result) throws(CheckFailure) -> Result {
  do {
    return try body()
  } catch let fault as LedgerFault {
    throw .ledger(fault)
  } catch let fault as DeliveryFault {
    throw .delivery(fault)
  } catch {
    throw .lists("\(error)")
  }
}
