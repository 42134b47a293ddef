import SystemPackage

/// A mail that is being handed over.
public struct OutgoingMail: Sendable {
  /// Its bytes.
  public let contents: [UInt8]
  /// The file in the outbox that holds the same bytes until the mail has been handed over.
  public let path: String
}

/// Why a mail could not be handed over, without quoting anything from it.
public struct HandOverFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String
}

/// Why a waiting mail may no longer be sent.
public struct MailWithdrawal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason, and what can be done.
  public let description: String

  /// A reason.
  public init(description: String) { self.description = description }
}

/// Nobody can know whether a mail was handed over, so it must not be tried again.
struct HandOverDoubt: Error, CustomStringConvertible {
  /// What was seen.
  var description: String
}

/// A mail was not accepted in time, so the remaining mails may be better left to the next run.
struct HandOverStall: Error, CustomStringConvertible {
  /// What is wrong and what to do.
  var description: String
}

/// Puts a mail into a maildir (<https://cr.yp.to/proto/maildir.html>), in one step and once only.
public func deliver(_ contents: [UInt8], named name: String, toMaildir path: String) throws {
  let folder = FilePath(path)
  for part in [folder, folder.appending("tmp"), folder.appending("new"), folder.appending("cur")] {
    try makeFolderIfMissing(part)
  }
  // An earlier run may have died just after this step. The name shows that the mail is there.
  if try exists(folder.appending("new").appending(name)) { return }
  let partial = folder.appending("tmp").appending(name)
  try replaceFile(partial.string, with: contents)
  try attempt(.move, partial) {
    try move(partial, to: folder.appending("new").appending(name))
  }
}
