public import WorkingTime

/// Why the ledger could not be read or written.
///
/// The ledger is then as it was before. No fault holds anything from the records.
public enum LedgerFault: Error, Hashable, Sendable {
  /// There is no file of this name.
  case missing(path: String)
  /// Another process is writing it.
  case locked(path: String)
  /// The user who runs casecheck may not read or write it, or its folder.
  case notPermitted(path: String)
  /// The system could not open or read the file, in its own words.
  case unreadable(path: String, why: String)
  /// The disk is full.
  case diskFull(path: String)
  /// The file is damaged: what SQLite says of it.
  case corrupt(path: String, why: String)
  /// The file is a database of something else, or no database at all.
  case foreign(path: String)
  /// Somebody has added to its tables, or changed them.
  case altered(path: String)
  /// A later version of casecheck has written it.
  case newer(path: String)
  /// The as-of date lies before that of the last run.
  case earlier(asOf: CalendarDate, last: CalendarDate)
  /// There is no run of this date.
  case noRun(asOf: String, nearest: CalendarDate?)
  /// No run has had a team or a rule of this name.
  case noName(what: String, name: String, nearest: String?)
  /// There is a file where a copy was to be written.
  case inTheWay(path: String)
  /// A copy could not be written, in the words of the system or of SQLite.
  case notCopied(path: String, why: String)
  /// SQLite refused for another reason, in its own words.
  case refused(path: String, why: String)
}

extension LedgerFault: CustomStringConvertible {
  /// The place, what is wrong there and what to do about it.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): there is no ledger here. Name the one that `casecheck run` or `validate --ledger` writes."
    case .locked(let path):
      "\(path): another process is writing the ledger. Wait for it to end, then run again."
    case .notPermitted(let path):
      "\(path): not permitted to read and write the ledger and its folder. Give the user who runs casecheck the right to."
    case .unreadable(let path, let why):
      "\(path): the ledger could not be opened: \(why). Look at its folder, at links on the way, and at the disk, then run again."
    case .diskFull(let path):
      "\(path): the disk is full. The ledger is as it was before this run. Make room, then run again."
    case .corrupt(let path, let why):
      "\(path): the ledger is damaged (\(why)). It was not written to. Put the last backup in its place "
        + "(casecheck ledger backup makes one), keep the damaged file and what stands beside it, \(path)-wal and "
        + "\(path)-shm, elsewhere: SQLite would play them into the backup. Then run again."
    case .foreign(let path):
      "\(path): this is no ledger of casecheck. Name another file; this one was not touched."
    case .altered(let path):
      "\(path): this ledger has tables, triggers or views that casecheck did not make. It was not read or written. "
        + "Put a backup in its place, without \(path)-wal and \(path)-shm beside it, and ask who changed it."
    case .newer(let path):
      "\(path): a later version of casecheck has written this ledger. Use that version, or a backup from before it."
    case .earlier(let asOf, let last):
      "the ledger has a run as of \(last), and \(asOf) lies before it. Give --backfill to put the earlier run in its place. "
        + "If the date of the last run is a mistake, put the backup from before it in place of the ledger, and remove its lists."
    case .noRun("previous", let only?):
      "the ledger has one run, as of \(only): there is none before it to compare with."
    case .noRun(let asOf, let nearest):
      "the ledger has no run as of \(asOf)."
        + (nearest.map { " The nearest is \($0)." } ?? " It has no run at all.")
        + " Name a run by its as-of date, or say latest or previous."
    case .noName(let what, let name, let nearest):
      "no run in the ledger has had a \(what) `\(name)`."
        + (nearest.map { " Did you mean `\($0)`?" } ?? " Write it as the lists name it.")
    case .inTheWay(let path):
      "\(path): there is a file here already. Name another one for the copy."
    case .notCopied(let path, let why):
      "\(path): the copy of the ledger could not be written: \(why). The ledger is as it was. Put that right, or name another place."
    case .refused(let path, let why):
      "\(path): SQLite refused: \(why). Put that right, then run again."
    }
  }
}
