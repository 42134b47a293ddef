/// What an exception showed when it was agreed to, and whose it was, each as a digest.
///
/// By it a waiver is known to speak of what was agreed: a record may change, and its number may be
/// given to another child's.
public struct WaiverNote: Hashable, Sendable {
  /// `CaseException.digest`: the cell, the value and the dates.
  public var contents: String
  /// The digest of the person; nil in notes of versions that did not take it.
  public var person: String?

  /// The note of an exception with such contents.
  public init(contents: String, personID: String) {
    self.contents = contents
    person = hexDigits(stableHash(personID.utf8), short: false)
  }

  /// Reads what stands in a file of waivers; nil where nothing was noted.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    guard let contents = parts.first else { return nil }
    self.contents = contents
    person = parts.count > 1 ? parts[1] : nil
  }

  /// As it stands in a file of waivers: the digests, a full stop between them.
  public var text: String { contents + (person.map { "." + $0 } ?? "") }

  /// Whether it was taken of another person's exception.
  public func isOfAnother(than now: WaiverNote) -> Bool {
    person.map { $0 != now.person } ?? false
  }
}

extension CaseException {
  /// What a waiver of it notes.
  public var waiverNote: WaiverNote { WaiverNote(contents: digest, personID: personID) }
}
