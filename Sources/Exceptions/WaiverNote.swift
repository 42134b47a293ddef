/// What an exception showed when it was agreed to, and whose it was, each as a digest.
///
/// By it a waiver is known to speak of what was agreed: a record may change, its number may be
/// given to another child's, and a limit's group may be called like a record.
public struct WaiverNote: Hashable, Sendable {
  /// `CaseException.digest`: the cell, the value and the dates.
  public var contents: String
  /// The digest of the person; nil in notes of versions that did not take it.
  public var person: String?
  /// Whether it was taken of a limit's group; nil in notes of versions that did not take it.
  public var isOfGroup: Bool?

  private static let kinds = [true: "group", false: "record"]

  /// The note of an exception with such contents.
  public init(contents: String, personID: String, isOfGroup: Bool) {
    self.contents = contents
    self.isOfGroup = isOfGroup
    person = hexDigits(stableHash(personID.utf8), short: false)
  }

  /// Reads what stands in a file of waivers; nil where nothing was noted.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 2).map(String.init)
    guard let contents = parts.first else { return nil }
    self.contents = contents
    person = parts.count > 1 ? parts[1] : nil
    isOfGroup = parts.count > 2 ? parts[2] == Self.kinds[true] : nil
  }

  /// As it stands in a file of waivers: the digests and the kind, full stops between them.
  public var text: String {
    [contents, person, isOfGroup.flatMap { Self.kinds[$0] }].compactMap { $0 }
      .joined(separator: ".")
  }

  /// Whether it was taken of another person's exception, or of a group and not of a record.
  public func isOfAnother(than now: WaiverNote) -> Bool {
    (person ?? now.person) != now.person || (isOfGroup ?? now.isOfGroup) != now.isOfGroup
  }
}

extension CaseException {
  /// What a waiver of it notes.
  public var waiverNote: WaiverNote {
    WaiverNote(contents: digest, personID: personID, isOfGroup: isOfGroup)
  }
}
