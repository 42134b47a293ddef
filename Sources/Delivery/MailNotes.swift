import SystemPackage

/// What an outbox notes of a job's mails: of which day they are still to be made, up to which day
/// none are, and to which teams the last day of mail still owes one.
///
/// The notes are read and written without holding the outbox: each is of one job, and is replaced
/// in one step.
public struct MailNotes: Sendable {
  private enum Kind: String, CaseIterable { case due, made, left }

  private let outbox: FilePath
  private let mark: JobMark

  init(of mark: JobMark, in outbox: FilePath) {
    self.outbox = outbox
    self.mark = mark
  }

  /// Notes that the mails of a day are still to be made.
  ///
  /// The note is what shows later that a run died before it made them.
  ///
  /// - Throws: what the file system refuses.
  public func announce(_ day: String) throws(DeliveryFault) { try write(day, .due) }

  /// The day for which the job noted mails that it never made; nil if there is none.
  ///
  /// - Throws: what the file system refuses.
  public func unmade() throws(DeliveryFault) -> String? { try read(.due) }

  /// Removes the note that mails are still to be made.
  ///
  /// Called once the mails wait, or if there are none to send or the run was not recorded.
  ///
  /// - Throws: what the file system refuses.
  public func forget() throws(DeliveryFault) { try remove(.due) }

  /// Notes the last day up to which no mails of the job are still to be made.
  ///
  /// - Throws: what the file system refuses.
  public func note(made day: String) throws(DeliveryFault) { try write(day, .made) }

  /// The last day up to which no mails of the job are still to be made; nil where none is noted.
  ///
  /// - Throws: what the file system refuses.
  public func made() throws(DeliveryFault) -> String? { try read(.made) }

  /// Notes the teams whose mails the last day of mail has left, in place of any noted before.
  ///
  /// - Throws: what the file system refuses.
  public func note(left: MailsLeft) throws(DeliveryFault) {
    if left.isEmpty { try remove(.left) } else { try write(left.text, .left) }
  }

  /// The teams whose mails the last day of mail has left.
  ///
  /// - Throws: what the file system refuses.
  public func left() throws(DeliveryFault) -> MailsLeft { MailsLeft(text: try read(.left) ?? "") }

  /// Takes over what was noted under another mark, except where there is a note already.
  func adopt(_ former: MailNotes) throws(DeliveryFault) {
    for kind in Kind.allCases {
      guard try former.has(kind), try !has(kind) else { continue }
      try attempt(.move, path(kind)) { try move(former.path(kind), to: path(kind)) }
    }
  }

  private func path(_ kind: Kind) -> FilePath {
    outbox.appending(kind.rawValue).appending(mark.text)
  }

  private func has(_ kind: Kind) throws(DeliveryFault) -> Bool { try exists(path(kind)) }

  private func read(_ kind: Kind) throws(DeliveryFault) -> String? {
    guard try has(kind) else { return nil }
    return String(decoding: try wholeFile(path(kind)), as: UTF8.self)
  }

  private func write(_ text: String, _ kind: Kind) throws(DeliveryFault) {
    for part in [outbox, outbox.appending(kind.rawValue)] { try makeFolderIfMissing(part) }
    try replaceFile(path(kind).string, with: Array(text.utf8))
  }

  private func remove(_ kind: Kind) throws(DeliveryFault) {
    try attempt(.remove, path(kind)) {
      do { try removeFile(path(kind)) } catch Errno.noSuchFileOrDirectory {}
    }
  }
}
