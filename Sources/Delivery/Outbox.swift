import Digests
import Foundation
import SystemPackage

/// Keeps mails that are waiting, being handed over or sent, so that none is sent twice or lost.
///
/// A mail is moved before it is handed over and noted afterwards, each in one step. If a run dies
/// in between, the mail may or may not have been sent: it is not sent again, and the report says
/// so. Of a sent mail only the name and the digests of its body and its receiver are kept. They
/// show a repeated run whether its mail says something else or goes to somebody else.
///
/// Several jobs may share an outbox: the names of each job's mails end in its mark, and it does not
/// see the others' mails.
public struct Outbox: ~Copyable {
  /// What became of the mails.
  public struct Report: Sendable {
    /// Sent by this run.
    public var sent: [String] = []
    /// Not sent, with the reason; they will be tried again.
    public var failed: [(name: String, why: String)] = []
    /// Possibly sent, with what was seen; they will not be tried again.
    public var doubtful: [(name: String, why: String)] = []
    /// Withdrawn, with the reason: they may no longer be sent.
    public var withdrawn: [(name: String, why: String)] = []
  }

  /// How many mails of one run may go unanswered before the others are left to the next run.
  ///
  /// A mail system that hangs would otherwise delay the run by the timeout for every team. It is
  /// more than one, so that a single mail that always hangs does not hold back the others for good.
  private static let mostStalls = 2

  private let folder: FilePath
  private let mark: String
  private let lock: RunLock
  private let stop: CleanStop

  private enum State: String, CaseIterable { case waiting, sending, sent, doubtful }

  /// Opens an outbox, making it for its owner alone if there is none.
  ///
  /// - Parameters:
  ///   - path: its folder.
  ///   - job: what distinguishes the job from others, such as the path of its ledger.
  ///   - patience: how long to wait if another run holds the outbox.
  ///   - stop: receives the signals that ask the run to end.
  /// - Throws: `locked` if another run holds it for longer than that; what the file system refuses.
  public init(
    _ path: String, of job: String, patience: Duration = .zero, stop: CleanStop
  ) throws(DeliveryFault) {
    let folder = FilePath(path)
    for part in [folder] + State.allCases.map({ folder.appending($0.rawValue) }) {
      try Outbox.make(part)
    }
    let lock = try Outbox.lock(folder, until: ContinuousClock.now + patience)
    self.folder = folder
    self.mark = Outbox.mark(of: job)
    self.lock = lock
    self.stop = stop
    // Clear what a dead run left half written; nobody else writes here while the lock is held.
    for state in State.allCases {
      let place = folder.appending(state.rawValue)
      for entry in (try? entries(of: place)) ?? [] where entry.string.hasPrefix(".") {
        try? removeFile(place.appending(entry))
      }
    }
  }

  private static func lock(_ folder: FilePath, until end: ContinuousClock.Instant)
    throws(DeliveryFault) -> RunLock
  {
    while true {
      do throws(DeliveryFault) {
        return try RunLock(path: folder.appending("lock").string)
      } catch {
        guard case .locked = error, ContinuousClock.now < end else { throw error }
        Thread.sleep(forTimeInterval: 0.1)
      }
    }
  }

  /// The ending of the names of a job's mails: eight hexadecimal digits.
  public static func mark(of job: String) -> String {
    String(SHA256Digester.sha256(job).prefix(8))
  }

  /// The file name of a mail; neither `name` nor the mark contains a `_` or a full stop.
  private func file(_ name: String, _ edition: Int) -> String {
    "\(name)_\(mark)" + (edition == 1 ? ".eml" : ".\(edition).eml")
  }

  /// The mail's name in a file name; nil if the file is another job's.
  ///
  /// A file without a mark may be any job's: it was written before marks were introduced.
  private func name(in file: String) -> String? { Outbox.name(in: file, mark) }

  private static func name(in file: String, _ mark: String) -> String? {
    let parts = file.prefix { $0 != "." }.split(separator: "_", omittingEmptySubsequences: false)
    guard let name = parts.first, parts.count == 1 || parts[1] == mark else { return nil }
    return String(name)
  }

  private static func make(_ path: FilePath) throws(DeliveryFault) {
    try attempt(.makeFolder, path) {
      do { try makeFolder(path) } catch Errno.fileExists {}
    }
  }

  private func path(_ state: State, _ name: String) -> FilePath {
    folder.appending(state.rawValue).appending(name)
  }

  private func names(_ state: State) throws(DeliveryFault) -> [String] {
    let place = folder.appending(state.rawValue)
    return try attempt(.look, place) { try entries(of: place).map(\.string) }
      .filter { !$0.hasPrefix(".") && name(in: $0) != nil }
  }

  /// Adds a mail to those that wait, replacing a waiting one of the same name.
  ///
  /// Nothing is added if the last mail that was sent, or may have been, says the same to the same
  /// receiver. If it says something else, a further edition is made: whoever has the earlier one
  /// must not be left with it.
  ///
  /// - Parameters:
  ///   - name: the mail's name, without `.eml`.
  ///   - contents: its bytes for a given edition, counted from 1; only the header may depend on the
  ///     edition.
  /// - Throws: what the file system refuses.
  public func add(_ name: String, _ contents: (_ edition: Int) -> [UInt8]) throws(DeliveryFault) {
    var edition = 1
    var last: [UInt8]?
    // People sometimes remove a doubtful mail, so there may be later editions after a gap.
    var looked = 1
    while looked < edition + 8 {
      if let note = try noteOf(file(name, looked)) {
        last = note
        edition = looked + 1
      }
      looked += 1
    }
    let file = file(name, edition)
    let mail = contents(edition)
    if let last, last == Outbox.note(of: mail) {
      if try isThere(.waiting, file) {
        let stale = path(.waiting, file)
        try attempt(.remove, stale) { try removeFile(stale) }
      }
      return
    }
    try stop.held { () throws(DeliveryFault) in
      try replaceFile(path(.waiting, file).string, with: mail)
    }
  }

  /// The note of a mail that was sent or may have been; nil for any other.
  private func noteOf(_ file: String) throws(DeliveryFault) -> [UInt8]? {
    if try isThere(.sent, file) { return try Outbox.contents(of: path(.sent, file)) }
    for state in [State.sending, .doubtful] where try isThere(state, file) {
      return Outbox.note(of: try Outbox.contents(of: path(state, file)))
    }
    return nil
  }

  /// Withdraws a day's waiting mails that an earlier run made and this one did not.
  ///
  /// - Parameters:
  ///   - names: the names of the mails that this run made, without `.eml`.
  ///   - day: the day, with which the names begin.
  /// - Returns: in order, the files of such mails that were sent already, or may have been.
  /// - Throws: what the file system refuses.
  public func settle(_ names: [String], on day: String) throws(DeliveryFault) -> [String] {
    let names = Set(names)
    // Files without a mark are older than marks and may be another job's.
    func isGone(_ file: String) -> Bool {
      file.hasPrefix(day) && file.contains("_")
        && name(in: file).map { !names.contains($0) } ?? false
    }
    for file in try self.names(.waiting) where isGone(file) {
      try attempt(.remove, path(.waiting, file)) { try removeFile(path(.waiting, file)) }
    }
    var sent: [String] = []
    for state in [State.sent, .sending, .doubtful] {
      sent += try self.names(state).filter(isGone)
    }
    return sent.sorted()
  }

  /// Notes that the mails of a day are still to be made.
  ///
  /// The note is what shows later that a run died before it made them.
  ///
  /// - Throws: what the file system refuses.
  public static func announce(_ day: String, of job: String, in path: String)
    throws(DeliveryFault)
  {
    let folder = FilePath(path)
    for part in [folder, folder.appending("due")] { try Outbox.make(part) }
    try replaceFile(folder.appending("due").appending(mark(of: job)).string, with: Array(day.utf8))
  }

  /// The day for which the job noted mails that it never made; nil if there is none.
  ///
  /// - Throws: what the file system refuses.
  public static func unmade(of job: String, in path: String) throws(DeliveryFault) -> String? {
    let place = FilePath(path).appending("due").appending(mark(of: job))
    guard try exists(place) else { return nil }
    return String(decoding: try contents(of: place), as: UTF8.self)
  }

  /// Removes the job's note that mails are still to be made.
  ///
  /// Called once the mails wait, or if there are none to send or the run was not recorded.
  public static func forget(_ job: String, in path: String) throws(DeliveryFault) {
    let place = FilePath(path).appending("due").appending(mark(of: job))
    try attempt(.remove, place) {
      do { try removeFile(place) } catch Errno.noSuchFileOrDirectory {}
    }
  }

  /// Notes the last day up to which no mails of the job are still to be made.
  ///
  /// - Throws: what the file system refuses.
  public static func note(made day: String, of job: String, in path: String)
    throws(DeliveryFault)
  {
    let folder = FilePath(path)
    for part in [folder, folder.appending("made")] { try Outbox.make(part) }
    try replaceFile(folder.appending("made").appending(mark(of: job)).string, with: Array(day.utf8))
  }

  /// The last day up to which no mails of the job are still to be made; nil where none is noted.
  ///
  /// - Throws: what the file system refuses.
  public static func made(of job: String, in path: String) throws(DeliveryFault) -> String? {
    let place = FilePath(path).appending("made").appending(mark(of: job))
    guard try exists(place) else { return nil }
    return String(decoding: try contents(of: place), as: UTF8.self)
  }

  /// How many mails of the job wait to be handed over.
  ///
  /// - Throws: what the file system refuses.
  public static func waiting(of job: String, in path: String) throws(DeliveryFault) -> Int {
    let place = FilePath(path).appending(State.waiting.rawValue)
    guard try exists(place) else { return 0 }
    let mark = mark(of: job)
    return try attempt(.look, place) { try entries(of: place).map(\.string) }
      .count { !$0.hasPrefix(".") && name(in: $0, mark) != nil }
  }

  /// Renames what the job wrote under the former path of its ledger.
  ///
  /// The job's mark now comes from the ledger's path with links resolved.
  ///
  /// - Throws: what the file system refuses.
  public static func adopt(_ former: String, as job: String, in path: String) throws(DeliveryFault)
  {
    let (old, new) = (mark(of: former), mark(of: job))
    guard old != new else { return }
    func move(in place: FilePath, where isOld: (String) -> Bool) throws(DeliveryFault) {
      guard try exists(place) else { return }
      let names = try attempt(.look, place) { try entries(of: place).map(\.string) }
      for name in names where isOld(name) {
        let later = place.appending(name.replacing(old, with: new))
        if try exists(later) { continue }
        try attempt(.move, later) { try Delivery.move(place.appending(name), to: later) }
      }
    }
    let folder = FilePath(path)
    for state in State.allCases {
      try move(in: folder.appending(state.rawValue)) { $0.contains("_\(old).") }
    }
    for notes in ["due", "made"] { try move(in: folder.appending(notes)) { $0 == old } }
  }

  private func isThere(_ state: State, _ name: String) throws(DeliveryFault) -> Bool {
    try exists(path(state, name))
  }

  /// What is kept of a sent mail: the digests of its body and of its first line.
  ///
  /// The first line names the receiver.
  private static func note(of mail: [UInt8]) -> [UInt8] {
    let ends = mail.indices.dropLast().first { mail[$0] == 10 && mail[$0 + 1] == 10 }
    let body = ends.map { mail[($0 + 2)...] } ?? mail[...]
    let parts = [body, mail.prefix { $0 != 10 }]
    return parts.flatMap { part in
      var digester = SHA256Digester()
      digester.update(part.span)
      return Array(digester.finish().utf8)
    }
  }

  /// Hands over all waiting mails, in the order of their names.
  ///
  /// `revise` takes a mail's name and bytes and returns what is to be sent now, or throws
  /// `MailWithdrawal` if nothing is. `handOver` throws if a mail could not be handed over.
  public func send(
    revising revise: (_ name: String, _ contents: [UInt8]) throws -> [UInt8] = { $1 },
    _ handOver: (_ name: String, _ contents: [UInt8]) throws -> Void
  ) throws(DeliveryFault) -> Report {
    var report = Report()
    for name in try names(.sending) {
      if try isThere(.sent, name) {
        try attempt(.remove, path(.sending, name)) { try removeFile(path(.sending, name)) }
        continue
      }
      try attempt(.move, path(.sending, name)) {
        try move(path(.sending, name), to: path(.doubtful, name))
      }
      report.doubtful.append((name, "a run was broken off while it was handed over"))
    }
    var stalls = 0
    for name in try names(.waiting) {
      if stalls == Self.mostStalls {
        report.failed.append(
          (name, "not tried, as nothing took the mails before it. The next run tries it."))
        continue
      }
      // A signal has to wait until the mail is sent and noted, or is back among those that wait.
      let isStalled = try stop.held { () throws(DeliveryFault) in
        try send(name, revise, handOver, &report)
      }
      if isStalled { stalls += 1 }
    }
    return report
  }

  /// Hands over one mail; returns whether it went unanswered.
  private func send(
    _ name: String, _ revise: (_ name: String, _ contents: [UInt8]) throws -> [UInt8],
    _ handOver: (_ name: String, _ contents: [UInt8]) throws -> Void, _ report: inout Report
  ) throws(DeliveryFault) -> Bool {
    try attempt(.move, path(.waiting, name)) {
      try move(path(.waiting, name), to: path(.sending, name))
    }
    let mail: [UInt8]
    do {
      mail = try revise(name, Outbox.contents(of: path(.sending, name)))
      try handOver(name, mail)
    } catch let withdrawal as MailWithdrawal {
      try attempt(.remove, path(.sending, name)) { try removeFile(path(.sending, name)) }
      report.withdrawn.append((name, withdrawal.description))
      return false
    } catch let doubt as HandOverDoubt {
      try attempt(.move, path(.sending, name)) {
        try move(path(.sending, name), to: path(.doubtful, name))
      }
      report.doubtful.append((name, doubt.description))
      return true
    } catch {
      try attempt(.move, path(.sending, name)) {
        try move(path(.sending, name), to: path(.waiting, name))
      }
      report.failed.append((name, "\(error)"))
      return error is HandOverStall
    }
    try replaceFile(path(.sent, name).string, with: Outbox.note(of: mail))
    try attempt(.remove, path(.sending, name)) { try removeFile(path(.sending, name)) }
    report.sent.append(name)
    return false
  }

  private static func contents(of path: FilePath) throws(DeliveryFault) -> [UInt8] {
    try attempt(.look, path) {
      let file = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
      defer { try? file.close() }
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = try unsafe piece.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
        if count == 0 { return bytes }
        bytes += piece.prefix(count)
      }
    }
  }
}
