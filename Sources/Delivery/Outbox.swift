internal import Digests
internal import SystemPackage

/// Mail that waits, is being handed over, or was: kept so that nothing is sent twice and nothing is lost.
///
/// A mail is moved before it is handed over and noted after, each in one step. What a run that died left
/// between the two may have been sent or not: it is not sent again, and somebody is told. Of what was sent
/// only the name is kept, and the digest of the body, by which a run made again knows whether it says anything else.
public struct Outbox: ~Copyable {
  /// What came of a mail.
  public struct Report: Sendable {
    /// Sent by this run.
    public var sent: [String] = []
    /// Not sent, with the reason; they are tried again.
    public var failed: [(name: String, why: String)] = []
    /// May have been sent, with what was seen; they are not tried again.
    public var doubtful: [(name: String, why: String)] = []
  }

  /// How often in one run nothing may answer: a mail system that hangs would hold a run up for a minute a team.
  ///
  /// More than once, so that one mail that always hangs does not hold back the others for good.
  private static let mostStalls = 2

  private let folder: FilePath
  private let lock: RunLock

  private enum State: String, CaseIterable { case waiting, sending, sent, doubtful }

  /// Opens an outbox, and makes it for its owner alone where there is none; `locked` where another run has it.
  public init(_ path: String) throws(DeliveryFault) {
    let folder = FilePath(path)
    for part in [folder] + State.allCases.map({ folder.appending($0.rawValue) }) {
      try Outbox.make(part)
    }
    let lock = try RunLock(path: folder.appending("lock").string)
    self.folder = folder
    self.lock = lock
    // What a run that died left half written; under the lock no other writes here.
    for state in State.allCases {
      let place = folder.appending(state.rawValue)
      for entry in (try? entries(of: place)) ?? [] where entry.string.hasPrefix(".") {
        try? removeFile(place.appending(entry))
      }
    }
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
      .filter { !$0.hasPrefix(".") }
  }

  /// Puts a mail with those that wait, in place of one of its name, unless what was sent last says the same.
  ///
  /// Where it says something else, a further edition is made: whoever has the first one must not be left with it. Nothing is
  /// added where an edition may have been sent.
  ///
  /// - Parameters:
  ///   - name: the mail's name, without `.eml`.
  ///   - contents: its bytes as one of its editions, from 1, of which only the header may say which.
  /// - Throws: what the file system refuses.
  public func add(_ name: String, _ contents: (_ edition: Int) -> [UInt8]) throws(DeliveryFault) {
    var edition = 1
    var last: [UInt8]?
    func file() -> String { edition == 1 ? name + ".eml" : "\(name).\(edition).eml" }
    while isThere(.sent, file()) {
      last = try self.contents(of: path(.sent, file()))
      edition += 1
    }
    if isThere(.sending, file()) || isThere(.doubtful, file()) { return }
    let mail = contents(edition)
    // Notes of before editions hold nothing.
    if let last, last.isEmpty || last == Outbox.note(of: mail) {
      if isThere(.waiting, file()) {
        let stale = path(.waiting, file())
        try attempt(.remove, stale) { try removeFile(stale) }
      }
      return
    }
    try replaceFile(path(.waiting, file()).string, with: mail)
  }

  /// Keeps which mails a job has for a day, and takes back those that an earlier run of it had and this one has not.
  ///
  /// Several jobs may share an outbox: each is asked for its own alone.
  ///
  /// - Parameters:
  ///   - names: the names of its mails, without `.eml`.
  ///   - job: what tells the job from others, such as the path of its ledger.
  ///   - day: the day, with which its names begin.
  /// - Returns: the names of those that were sent and are no more, in order.
  /// - Throws: what the file system refuses.
  public func settle(_ names: [String], of job: String, on day: String) throws(DeliveryFault)
    -> [String]
  {
    try Outbox.make(folder.appending("jobs"))
    var digester = SHA256Digester()
    unsafe Array(job.utf8).withUnsafeBytes { unsafe digester.update($0) }
    let place = folder.appending("jobs").appending(digester.finish())
    let known = (try? contents(of: place)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let gone = Set(known.split(separator: "\n").map(String.init)).subtracting(names).filter {
      $0.hasPrefix(day)
    }
    func isMeant(_ file: String) -> Bool {
      // An edition has its number behind the name; a name has no full stop.
      file.firstIndex(of: ".").map { gone.contains(String(file[..<$0])) } ?? false
    }
    for file in try self.names(.waiting) where isMeant(file) {
      try attempt(.remove, path(.waiting, file)) { try removeFile(path(.waiting, file)) }
    }
    try replaceFile(place.string, with: Array(names.map { $0 + "\n" }.joined().utf8))
    return try self.names(.sent).filter(isMeant).sorted()
  }

  private func isThere(_ state: State, _ name: String) -> Bool {
    (try? path(state, name).stat(followTargetSymlink: false)) != nil
  }

  /// What is kept of a mail that was sent: the digest of all behind its header.
  private static func note(of mail: [UInt8]) -> [UInt8] {
    let ends = mail.indices.dropLast().first { mail[$0] == 10 && mail[$0 + 1] == 10 }
    let body = ends.map { mail[($0 + 2)...] } ?? mail[...]
    var digester = SHA256Digester()
    unsafe body.withUnsafeBytes { unsafe digester.update($0) }
    return Array(digester.finish().utf8)
  }

  /// Hands over all that wait, in the order of their names.
  ///
  /// `handOver` gets a mail's name and bytes, and throws where it could not be handed over.
  public func send(_ handOver: (_ name: String, _ contents: [UInt8]) throws -> Void)
    throws(DeliveryFault) -> Report
  {
    var report = Report()
    for name in try names(.sending) {
      if (try? path(.sent, name).stat(followTargetSymlink: false)) != nil {
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
      // A signal waits until the mail is sent and noted, or back where it was.
      let isStalled = try CleanStop.held { () throws(DeliveryFault) in
        try send(name, handOver, &report)
      }
      if isStalled { stalls += 1 }
    }
    return report
  }

  /// Hands over one mail; returns whether nothing answered.
  private func send(
    _ name: String, _ handOver: (_ name: String, _ contents: [UInt8]) throws -> Void,
    _ report: inout Report
  ) throws(DeliveryFault) -> Bool {
    try attempt(.move, path(.waiting, name)) {
      try move(path(.waiting, name), to: path(.sending, name))
    }
    let mail: [UInt8]
    do {
      mail = try contents(of: path(.sending, name))
      try handOver(name, mail)
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

  private func contents(of path: FilePath) throws(DeliveryFault) -> [UInt8] {
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
