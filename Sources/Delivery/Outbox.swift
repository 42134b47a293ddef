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

  private let folder: MailFolder
  private let mark: JobMark
  private let lock: RunLock
  private let stop: CleanStop

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
    let folder = MailFolder(path: FilePath(path))
    try folder.make()
    let lock = try Outbox.lock(folder.path, until: ContinuousClock.now + patience)
    self.folder = folder
    self.mark = JobMark(of: job)
    self.lock = lock
    self.stop = stop
    folder.clearPartials()
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
  public static func mark(of job: String) -> String { JobMark(of: job).text }

  /// The files of this job's mails in a state.
  private func files(_ state: MailFolder.State) throws(DeliveryFault) -> [String] {
    try folder.files(state).filter { mark.name(in: $0) != nil }
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
    var last: SentNote?
    // People sometimes remove a doubtful mail, so there may be later editions after a gap.
    var looked = 1
    while looked < edition + 8 {
      if let note = try note(of: mark.file(name, edition: looked)) {
        last = note
        edition = looked + 1
      }
      looked += 1
    }
    let file = mark.file(name, edition: edition)
    let mail = contents(edition)
    if let last, last == SentNote(of: mail) {
      if try folder.has(file, .waiting) { try folder.remove(file, from: .waiting) }
      return
    }
    try stop.held { () throws(DeliveryFault) in try folder.write(mail, to: file, .waiting) }
  }

  /// The note of a mail that was sent or may have been; nil for any other.
  private func note(of file: String) throws(DeliveryFault) -> SentNote? {
    if try folder.has(file, .sent) {
      return SentNote(kept: try folder.contents(of: file, .sent))
    }
    for state in [MailFolder.State.sending, .doubtful] where try folder.has(file, state) {
      return SentNote(of: try folder.contents(of: file, state))
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
        && mark.name(in: file).map { !names.contains($0) } ?? false
    }
    for file in try files(.waiting) where isGone(file) {
      try folder.remove(file, from: .waiting)
    }
    var sent: [String] = []
    for state in [MailFolder.State.sent, .sending, .doubtful] {
      sent += try files(state).filter(isGone)
    }
    return sent.sorted()
  }

  /// Hands over all waiting mails, in the order of their names.
  ///
  /// `revise` takes a mail's name and bytes and returns what is to be sent now, or throws
  /// `MailWithdrawal` if nothing is. `handOver` takes a mail's name and the mail as it is to be sent,
  /// and throws if it could not be handed over.
  public func send(
    revising revise: (_ name: String, _ contents: [UInt8]) throws -> [UInt8] = { $1 },
    _ handOver: (_ name: String, _ mail: OutgoingMail) throws -> Void
  ) throws(DeliveryFault) -> Report {
    var report = Report()
    for file in try files(.waiting) where try isMoved(file) {
      try folder.remove(file, from: .waiting)
    }
    for file in try files(.sending) {
      if try folder.has(file, .sent) {
        try folder.remove(file, from: .sending)
        continue
      }
      try folder.move(file, from: .sending, to: .doubtful)
      report.doubtful.append((file, "a run was broken off while it was handed over"))
    }
    var stalls = 0
    for file in try files(.waiting) {
      if stalls == Self.mostStalls {
        report.failed.append(
          (file, "not tried, as nothing took the mails before it. The next run tries it."))
        continue
      }
      // A signal has to wait until the mail is sent and noted, or is back among those that wait.
      let isStalled = try stop.held { () throws(DeliveryFault) in
        try send(file, revise, handOver, &report)
      }
      if isStalled { stalls += 1 }
    }
    return report
  }

  /// Whether a waiting mail was sent or was being handed over: after a power failure it may stand
  /// where it was moved from as well.
  ///
  /// One that says something else, or that somebody has put back, is another mail.
  private func isMoved(_ file: String) throws(DeliveryFault) -> Bool {
    let mail = SentNote(of: try folder.contents(of: file, .waiting))
    if try folder.has(file, .sent) {
      return SentNote(kept: try folder.contents(of: file, .sent)) == mail
    }
    guard try folder.has(file, .sending) else { return false }
    return SentNote(of: try folder.contents(of: file, .sending)) == mail
  }

  /// Hands over one mail; returns whether it went unanswered.
  private func send(
    _ file: String, _ revise: (_ name: String, _ contents: [UInt8]) throws -> [UInt8],
    _ handOver: (_ name: String, _ mail: OutgoingMail) throws -> Void, _ report: inout Report
  ) throws(DeliveryFault) -> Bool {
    try folder.move(file, from: .waiting, to: .sending)
    do throws(DeliveryFault) {
      try folder.flush(.sending)
    } catch {
      try folder.move(file, from: .sending, to: .waiting)
      throw error
    }
    let mail: [UInt8]
    do {
      let kept = try folder.contents(of: file, .sending)
      mail = try revise(file, kept)
      if mail != kept { try folder.write(mail, to: file, .sending) }
      try handOver(
        file, OutgoingMail(contents: mail, path: folder.path(file, .sending).string))
    } catch let withdrawal as MailWithdrawal {
      try folder.remove(file, from: .sending)
      report.withdrawn.append((file, withdrawal.description))
      return false
    } catch let doubt as HandOverDoubt {
      try folder.move(file, from: .sending, to: .doubtful)
      report.doubtful.append((file, doubt.description))
      return true
    } catch {
      try folder.move(file, from: .sending, to: .waiting)
      report.failed.append((file, "\(error)"))
      return error is HandOverStall
    }
    try folder.write(SentNote(of: mail).bytes, to: file, .sent)
    try folder.remove(file, from: .sending)
    report.sent.append(file)
    return false
  }
}
