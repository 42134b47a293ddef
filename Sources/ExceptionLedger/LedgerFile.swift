import Foundation
import GRDB
import Glibc

/// The opened file of a ledger: the only place that knows how SQLite fails.
struct LedgerFile: Sendable {
  let path: String
  let queue: DatabaseQueue
  /// Whether the file was created on opening.
  private(set) var isNew = false

  /// "case", big-endian; it tells a ledger from any other database (pragma application_id).
  private static let applicationID = 0x6361_7365

  /// Opens a ledger for writing, creating it where there is none.
  static func forWriting(_ path: String) throws(LedgerFault) -> LedgerFile {
    let isNew = try make(path)
    try refuseForeign(path)
    var file = try LedgerFile(path, isReadOnly: false)
    file.isNew = isNew
    try file.attempt {
      try file.queue.inDatabase { db in
        try file.checkKind(db)
        try file.checkWhole(db)
        // Set first, in one step with the file's header, so that a ledger whose first run was
        // killed here is told from somebody else's database. Where it is already set it is not
        // written again: a run that comes to nothing leaves the file as it was.
        if try Int.fetchOne(db, sql: "PRAGMA application_id") != applicationID {
          try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
        // The log survives a kill at any moment; with `FULL` it also survives a loss of power.
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // Records come in the order of the lists; with SQLite's default of 2 MB their pages would
        // be read and written again and again.
        try db.execute(sql: "PRAGMA cache_size = -32768")
      }
      try ledgerMigrator.migrate(file.queue)
    }
    return file
  }

  /// Opens an existing ledger for reading.
  static func forReading(_ path: String) throws(LedgerFault) -> LedgerFile {
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    try refusePipe(path)
    try refuseForeign(path)
    let file = try opened(path)
    try file.attempt { try file.queue.inDatabase { db in try file.checkKind(db) } }
    return file
  }

  /// Opens a ledger for reading; one that may only be read, as well.
  ///
  /// Beside a ledger SQLite makes its companion files even to read it. Where it may not, a copy that
  /// nobody writes is opened as one that does not change (<https://www.sqlite.org/uri.html>,
  /// immutable).
  private static func opened(_ path: String) throws(LedgerFault) -> LedgerFile {
    do throws(LedgerFault) {
      return try LedgerFile(path, isReadOnly: true)
    } catch {
      let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
      guard case .notPermitted = error, isCopy(file.path) else { throw error }
      return try LedgerFile(
        path, isReadOnly: true, named: file.absoluteString + "?immutable=1")
    }
  }

  /// Whether no run has ever taken its lock on a ledger, and no log or journal is to be played into
  /// it.
  private static func isCopy(_ path: String) -> Bool {
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
    return (log?[.size] as? NSNumber)?.intValue ?? 0 == 0
      && ![".lock", "-journal"].contains { FileManager.default.fileExists(atPath: path + $0) }
  }

  /// Creates an empty file where there is none, for the owner alone from the start.
  ///
  /// SQLite gives its companion files the same mode. An existing file is never opened to create
  /// one: a disk that briefly does not find the ledger must not cost its contents.
  ///
  /// - Returns: whether it created one.
  private static func make(_ path: String) throws(LedgerFault) -> Bool {
    try refusePipe(path)
    // Sound: the path is lent to the one call.
    let made = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if made >= 0 {
      Glibc.close(made)
      return true
    }
    guard errno == EEXIST else { throw fault(system: errno, path) }
    // Beside a read-only ledger SQLite would create read-only companion files, and these would bar
    // every run even after the ledger's own mode is put right.
    let there = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard there >= 0 else { throw fault(system: errno, path) }
    Glibc.close(there)
    return false
  }

  /// Creates an empty file beside a future copy, for the owner alone, under a name that nobody else
  /// has.
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

  /// Refuses a path that is not a file before it is opened.
  ///
  /// A pipe would wait for somebody at its other end, with the lock held.
  private static func refusePipe(_ path: String) throws(LedgerFault) {
    var status = stat()
    // Sound: the path and the struct are lent to the one call.
    guard unsafe stat(path, &status) == 0 else { return }
    if ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) { throw .foreign(path: path) }
  }

  private static func fault(system error: Int32, _ path: String) -> LedgerFault {
    switch error {
    case EACCES, EPERM: .notPermitted(path: path)
    case ENOSPC, EDQUOT: .diskFull(path: path)
    default: .unreadable(path: path, why: words(ofSystem: error))
    }
  }

  private static func words(ofSystem error: Int32) -> String {
    unsafe strerror(error).map { unsafe String(cString: $0) } ?? "error \(error)"
  }

  /// Refuses a file whose first bytes are not a ledger's, before SQLite puts its companions beside
  /// it.
  ///
  /// The database header (<https://www.sqlite.org/fileformat.html>) holds a magic text, and the
  /// application's number at byte 68. While there is a log or a journal, the number may still be in
  /// there.
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

  /// Opens a file, under another name for SQLite where one is given.
  private init(
    _ path: String, isReadOnly: Bool, named name: String? = nil
  ) throws(LedgerFault) {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(5)
    configuration.label = "ledger"
    // The texts of the statements are casecheck's own; the values are children's records and belong
    // in no message.
    configuration.publicStatementArguments = false
    // The schema of a file from elsewhere must not call functions with side effects (pragma
    // trusted_schema).
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA trusted_schema = OFF") }
    do {
      queue = try DatabaseQueue(path: name ?? path, configuration: configuration)
    } catch {
      throw LedgerFile.fault(error, path)
    }
  }

  /// Refuses a database that is not a ledger, and a ledger of a later version, with other tables
  /// than its own, or with runs on days that are none.
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

  /// Runs a closure on the file and turns what SQLite reports into a `LedgerFault`.
  func attempt<Result>(_ body: () throws -> Result) throws(LedgerFault) -> Result {
    do { return try body() } catch { throw LedgerFile.fault(error, path) }
  }

  /// Reads in one transaction.
  func read<Result>(_ body: (Database) throws -> Result) throws(LedgerFault) -> Result {
    try attempt { try queue.read(body) }
  }

  /// Whether the file system that holds a ledger is full, or has too little room for its companion
  /// files.
  private static func hasNoRoom(besides path: String) -> Bool {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let about = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let room = about?[.systemFreeSize] as? Int64 else { return false }
    return room < leastRoom
  }

  /// A megabyte: the log of even a small run takes some hundred kilobytes.
  private static let leastRoom = 1 << 20

  /// Turns an error into a fault, without the error's own description: it would quote the row.
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
      // A write to a companion file that finds no room is reported as a failure of the disk.
      if hasNoRoom(besides: path) { return .diskFull(path: path) }
      return .refused(path: path, why: "the disk or the file system reports an error")
    default: return .refused(path: path, why: error.message ?? "\(error.resultCode)")
    }
  }
}
