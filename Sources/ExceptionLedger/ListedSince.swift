/// Since when an exception has been listed, and the last gap in which it was open but not listed.
struct ListedSince: Hashable, Sendable {
  /// The run that opened it.
  var opened: Int32
  /// The run that stopped listing it, and the one that listed it again; nil where there is none.
  var gap: Gap?

  struct Gap: Hashable, Sendable {
    var from: Int32
    var to: Int32
  }

  /// Since when every run has listed it.
  var latest: Int32 { max(opened, gap?.to ?? .min) }

  /// Whether the last run before `first` did not list it, and a run from `first` to `last` began
  /// to.
  ///
  /// If two exceptions went unlisted together, as in a night without extracts, this one was there
  /// when the other was last listed.
  func isSince(_ first: Int32, upTo last: Int32 = .max) -> Bool {
    if first...last ~= opened { return true }
    // A gap from before it was last opened says nothing about it now.
    guard let gap, gap.to > opened else { return false }
    return gap.from < first && first...last ~= gap.to
  }
}

extension Set<ListedSince> {
  /// Whether one of them is since a run.
  func isSince(_ first: Int32) -> Bool { contains { $0.isSince(first) } }

  /// Whether one of them is since one of some runs.
  func isWithin(_ runs: ClosedRange<Int32>) -> Bool {
    contains { $0.isSince(runs.lowerBound, upTo: runs.upperBound) }
  }
}
