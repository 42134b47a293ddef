import Foundation
import GRDB

/// Copies a ledger by SQLite's own means, even while a run writes it, for the owner alone.
///
/// The copy appears whole or not at all; no existing file is overwritten or removed.
public func backUpLedger(_ path: String, to copy: String) throws(LedgerFault) {
  let file = try LedgerFile.forReading(path)
  guard !FileManager.default.fileExists(atPath: copy) else { throw .inTheWay(path: copy) }
  let partial = try LedgerFile.makePartial(besides: copy)
  do {
    let target = try DatabaseQueue(path: partial)
    try file.queue.backup(to: target)
    try target.close()
    try FileManager.default.moveItem(atPath: partial, toPath: copy)
  } catch {
    for name in [partial, partial + "-journal"] {
      try? FileManager.default.removeItem(atPath: name)
    }
    throw LedgerFault(ofBackup: error, from: path, to: copy)
  }
}

extension LedgerFault {
  /// Decides which of the two files the error of a backup is about.
  fileprivate init(ofBackup error: any Error, from path: String, to copy: String) {
    let fault = LedgerFile.fault(error, path)
    switch fault {
    case .locked, .corrupt, .foreign, .altered, .newer, .missing: self = fault
    case .diskFull: self = .notCopied(path: copy, why: "the disk is full")
    case .notPermitted: self = .notCopied(path: copy, why: "not permitted")
    case .refused(_, let why) where error is DatabaseError:
      self = .notCopied(path: copy, why: why)
    default: self = .notCopied(path: copy, why: "it could not be given its name")
    }
  }
}
