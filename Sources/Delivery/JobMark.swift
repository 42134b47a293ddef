import Digests

/// What ends the names of a job's mails, so that jobs can share an outbox.
struct JobMark: Hashable, Sendable {
  /// Eight hexadecimal digits.
  let text: String

  /// The mark of the job that something distinguishes from others, such as the path of its ledger.
  init(of job: String) { text = String(SHA256Digester.sha256(job).prefix(8)) }

  /// The file name of a mail; neither `name` nor the mark contains a `_` or a full stop.
  func file(_ name: String, edition: Int) -> String {
    "\(name)_\(text)" + (edition == 1 ? ".eml" : ".\(edition).eml")
  }

  /// The mail's name in a file name; nil if the file is another job's.
  ///
  /// A file without a mark may be any job's: it was written before marks were introduced.
  func name(in file: String) -> String? {
    let parts = file.prefix { $0 != "." }.split(separator: "_", omittingEmptySubsequences: false)
    guard let name = parts.first, parts.count == 1 || parts[1] == text else { return nil }
    return String(name)
  }

  /// The file name with this mark in place of another; nil if it does not have that.
  func replacing(_ former: JobMark, in file: String) -> String? {
    guard file.contains("_\(former.text).") else { return nil }
    return file.replacing("_\(former.text).", with: "_\(text).")
  }
}
