/// Since when an exception has been listed, with the last time in which it was open and no run
/// listed it.
struct ListedSince: Hashable, Sendable {
  /// The run that opened it.
  var opened: Int32
  /// The run that did not list it any more, and the one that did again; nil where there is none.
  var gap: Gap?

  struct Gap: Hashable, Sendable {
    var from: Int32
    var to: Int32
  }

  /// Since when every run has listed it.
  var latest: Int32 { max(opened, gap?.to ?? .min) }

  /// Whether it was not listed by the last run before `first`, and is since one up to `last`.
  ///
  /// What went unlisted together with another, as in a night without extracts, was there when that
  /// was listed last.
  func isSince(_ first: Int32, upTo last: Int32 = .max) -> Bool {
    if first...last ~= opened { return true }
    // One of before it was opened again tells nothing of it.
    guard let gap, gap.to > opened else { return false }
    return gap.from < first && first...last ~= gap.to
  }
}
