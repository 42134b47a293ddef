import Foundation
import GRDB
import Glibc

/// The file of a ledger, opened: the only place that knows how SQLite fails.
struct LedgerFile: Sendable {
  let path: String
  let queue: DatabaseQueue
  /// Whether it was made as it was opened.
  private(set) var isNew = false

  /// "case", big-endian: by it a ledger is told from any other database (pragma application_id).
  private static let applicationID = 0x6361_7365

  /// Opens a ledger for writing, and makes it where there is none.
  static func forWriting(_ path: String) throws(LedgerFault) -> LedgerFile {
    let isNew = try make(path)
    try refuseForeign(path)
    var file = try LedgerFile(path, isReadOnly: false)
    file.isNew = isNew
    try file.attempt {
      try file.queue.inDatabase { db in
        try file.checkKind(db)
        try file.checkWhole(db)
        // First, in one step with the file's header: by it a run that was killed here is told from
        // another's database. Where it is there, a run that comes to nothing leaves the file as it
        // was.
        if try Int.fetchOne(db, sql: "PRAGMA application_id") != applicationID {
          try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
        // What is in the log survives a kill at any moment; `full` also a loss of power.
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // Records come in the order of the lists, and with SQLite's own 2 MB their pages would be
        // read and written again and again.
        try db.execute(sql: "PRAGMA cache_size = -32768")
      }
      try ledgerMigrator.migrate(file.queue)
    }
    return file
  }

  /// Opens a ledger that is there, for reading.
  static func forReading(_ path: String) throws(LedgerFault) -> LedgerFile {
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    try refusePipe(path)
    try refuseForeign(path)
    let file = try LedgerFile(path, isReadOnly: true)
    try file.attempt { try file.queue.inDatabase { db in try file.checkKind(db) } }
    return file
  }

  /// Makes an empty file where there is none, for the owner alone from its first byte on; SQLite
  /// gives its companions the same mode.
  ///
  /// Nothing that is there is opened for it: a disk that for a moment does not find the ledger must
  /// not cost it.
  ///
  /// - Returns: whether it made one.
  private static func make(_ path: String) throws(LedgerFault) -> Bool {
    try refusePipe(path)
    // Sound: the path is lent to the one call.
    let made = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if made >= 0 {
      Glibc.close(made)
      return true
    }
    guard errno == EEXIST else { throw fault(system: errno, path) }
    // Where it may only be read, SQLite would put companions beside it that may only be read, and
    // that would bar every run after the ledger's own mode is put right.
    let there = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard there >= 0 else { throw fault(system: errno, path) }
    Glibc.close(there)
    return false
  }

  /// Makes an empty file beside a copy that is to be, for the owner alone, by a name that nobody
  /// else has.
  static func makePartial(besides copy: String) throws(LedgerFault) -> String {
    // Sound: mkstemp(3) fills in the name within the array, which outlives the call.
    var name = Array("\(copy).partial-XXXXXX".utf8CString)
    let made = unsafe name.withUnsafeMutableBufferPointer { name in
      unsafe name.baseAddress.map { unsafe mkstemp($0) } ?? -1
    }
    guard made >= 0 else { throw .notCopied(path: copy, why: words(ofSystem: errno)) }
    Glibc.close(made)
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Refuses what is no file before it is opened: a pipe would wait for somebody at its other end,
  /// with the lock held.
  private static func refusePipe(_ path: String) throws(LedgerFault) {
    var status = stat()
    // Sound: the path and the struct are lent to the one call.
    guard unsafe stat(path, &status) == 0 else { return }
    if ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) { throw .foreign(path: path) }
  }

  private static func fault(system error: Int32, _ path: String) -> LedgerFault {
    switch error {
    case EACCES, EPERM, EROFS: .notPermitted(path: path)
    case ENOSPC, EDQUOT: .diskFull(path: path)
    default: .unreadable(path: path, why: words(ofSystem: error))
    }
  }

  private static func words(ofSystem error: Int32) -> String {
    unsafe strerror(error).map { unsafe String(cString: $0) } ?? "error \(error)"
  }

  /// Refuses what by its first bytes is no ledger, before SQLite puts its companions beside it.
  ///
  /// The database header (<https://www.sqlite.org/fileformat.html>) holds a magic text, and the
  /// application's number at byte 68; while there is a log or a journal, the number may still be in
  /// that.
  private static func refuseForeign(_ path: String) throws(LedgerFault) {
    let header = try start(of: path)
    if header.isEmpty { return }
    let magic = Array("SQLite format 3".utf8) + [0]
    guard header.count == 100, header.starts(with: magic) else { throw .foreign(path: path) }
    for companion in ["-wal", "-journal"]
    where FileManager.default.fileExists(atPath: path + companion) {
      return
    }
    let number = header[68..<72].reduce(0) { $0 << 8 | Int($1) }
    if number != applicationID { throw .foreign(path: path) }
  }

  /// The first hundred bytes of a file, or fewer where it ends.
  private static func start(of path: String) throws(LedgerFault) -> [UInt8] {
    // Sound: the path and the array are lent to the calls, which keep nothing.
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw fault(system: errno, path) }
    defer { Glibc.close(file) }
    var bytes = [UInt8](repeating: 0, count: 100)
    var filled = 0
    while filled < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe pread(
          file, bytes.baseAddress.map { unsafe $0 + filled }, bytes.count - filled, off_t(filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw fault(system: errno, path) }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  private init(_ path: String, isReadOnly: Bool) throws(LedgerFault) {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(5)
    configuration.label = "ledger"
    // The statements' texts are ours; the values are children's records and belong in no message.
    configuration.publicStatementArguments = false
    // Nothing that stands in a file from elsewhere may call functions with effects (pragma
    // trusted_schema).
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA trusted_schema = OFF") }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw LedgerFile.fault(error, path)
    }
  }

  /// Refuses a database that is not a ledger, and a ledger of a later version.
  private func checkKind(_ db: Database) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    guard id == Self.applicationID || (isEmpty && !db.configuration.readonly) else {
      throw LedgerFault.foreign(path: path)
    }
    if !isEmpty, try ledgerMigrator.hasBeenSuperseded(db) { throw LedgerFault.newer(path: path) }
    if try !LedgerSchema.isOurs(db) { throw LedgerFault.altered(path: path) }
    if !isEmpty, try LedgerValues.areForeignInRuns(db) { throw ForeignValue() }
  }

  private func checkWhole(_ db: Database) throws {
    let found = try String.fetchAll(db, sql: "PRAGMA quick_check(1)")
    if found != ["ok"] {
      throw LedgerFault.corrupt(path: path, why: found.first ?? "it cannot be read")
    }
  }

  /// Does something with the file, and says in a fault of ours what SQLite did not like.
  func attempt<Result>(_ body: () throws -> Result) throws(LedgerFault) -> Result {
    do { return try body() } catch { throw LedgerFile.fault(error, path) }
  }

  /// Reads in one transaction.
  func read<Result>(_ body: (Database) throws -> Result) throws(LedgerFault) -> Result {
    try attempt { try queue.read(body) }
  }

  /// Never the error's own description: it would quote the row.
  static func fault(_ error: any Error, _ path: String) -> LedgerFault {
    if let fault = error as? LedgerFault { return fault }
    if error is RowDecodingError || error is ForeignValue {
      return .corrupt(path: path, why: "something stands in it that no version of casecheck writes")
    }
    guard let error = error as? DatabaseError else {
      return .refused(path: path, why: "\(type(of: error))")
    }
    switch error.resultCode.primaryResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .locked(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN:
      return .notPermitted(path: path)
    case .SQLITE_FULL: return .diskFull(path: path)
    case .SQLITE_NOTADB: return .foreign(path: path)
    case .SQLITE_CORRUPT: return .corrupt(path: path, why: error.message ?? "malformed")
    case .SQLITE_IOERR:
      return .refused(path: path, why: "the disk or the file system reports an error")
    default: return .refused(path: path, why: error.message ?? "\(error.resultCode)")
    }
  }
}
