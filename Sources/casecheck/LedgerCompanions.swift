import Foundation

/// The files that SQLite makes beside a ledger to read it, and leaves there.
///
/// Beside a backup they would be in the way: put in place of a ledger with the ones of another, it
/// would be mixed with that.
struct LedgerCompanions {
  /// SQLite makes them beside the file itself, whatever link it is named by.
  private let path: String
  /// Whether nobody but this program can need them: there were none before, and no run has ever
  /// taken its lock here.
  private let areOurs: Bool

  /// Looks at what is beside a ledger before it is opened.
  init(of ledger: String) {
    let file = URL(fileURLWithPath: ledger).resolvingSymlinksInPath().path
    areOurs = ![Self.log, Self.index, Self.lock].contains {
      FileManager.default.fileExists(atPath: file + $0)
    }
    path = file
  }

  private static let log = "-wal"
  private static let index = "-shm"
  private static let lock = ".lock"

  /// Removes what reading the ledger left, once it is closed.
  func remove() {
    guard areOurs, !FileManager.default.fileExists(atPath: path + Self.lock) else { return }
    let log = try? FileManager.default.attributesOfItem(atPath: path + Self.log)
    // A log with something in it is somebody else's work.
    guard (log?[.size] as? NSNumber)?.intValue ?? 0 == 0 else { return }
    for name in [Self.log, Self.index] {
      try? FileManager.default.removeItem(atPath: path + name)
    }
  }
}
