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
///
/// Where a mail of that name is there that says something else, as after the loss of an outbox, this
/// one gets a name that is free.
public func deliver(_ contents: [UInt8], named name: String, toMaildir path: String) throws {
  let folder = FilePath(path)
  for part in [folder, folder.appending("tmp"), folder.appending("new"), folder.appending("cur")] {
    try makeFolderIfMissing(part)
  }
  guard let free = try freeName(for: contents, like: name, in: folder.appending("new")) else {
    // An earlier run died just after it had put the mail there.
    return
  }
  let partial = folder.appending("tmp").appending(free)
  try replaceFile(partial.string, with: contents)
  try attempt(.move, partial) {
    try move(partial, to: folder.appending("new").appending(free))
  }
}

/// The first name that is free for a mail, as `a.eml`, `a-2.eml`; nil if the folder has the mail.
private func freeName(
  for contents: [UInt8], like name: String, in folder: FilePath
) throws(DeliveryFault) -> String? {
  let mail = SentNote(of: contents)
  let stem = name.prefix { $0 != "." }
  var number = 1
  while true {
    let candidate = number == 1 ? name : "\(stem)-\(number)\(name.dropFirst(stem.count))"
    guard try exists(folder.appending(candidate)) else { return candidate }
    if SentNote(of: try wholeFile(folder.appending(candidate))) == mail { return nil }
    number += 1
  }
}
