public import WorkingTime

/// Extracts with the very bytes or records of the run before: they may not have been exported since.
public struct Staleness: Hashable, Sendable {
  /// The run that had the same.
  public var run: CalendarDate
  /// The first of the runs in a row, up to that one, that had the same.
  public var since: CalendarDate
  /// In what they are the same; in their records where that is all that some of them share.
  public var likeness: Likeness
  /// How many of the extracts are the same; nil for all of them.
  public var some: Share?

  /// A part of the extracts.
  public struct Share: Hashable, Sendable {
    /// How many are the same.
    public var same: Int
    /// How many there are.
    public var all: Int

    /// A part.
    public init(same: Int, all: Int) {
      self.same = same
      self.all = all
    }
  }

  /// Extracts that are the same as in a run, all or some of them; `since` is that run where it is nil.
  public init(
    run: CalendarDate, since: CalendarDate? = nil, _ likeness: Likeness = .bytes,
    some: Share? = nil
  ) {
    self.run = run
    self.since = since ?? run
    self.likeness = likeness
    self.some = some
  }

  /// What is said of them, with the day of the first run that had them in words.
  ///
  /// Safe for logs.
  public func sentence(_ day: (CalendarDate) -> String) -> String {
    let runs = since < run ? "every run since that of \(day(since))" : "the run of \(day(run))"
    let same = "hold \(likeness.words) as in \(runs)"
    // The same records in other bytes have been exported, but perhaps from what nobody refreshed.
    let besides = likeness == .records ? ", or not from new data" : ""
    guard let some else {
      return "All extracts \(same): the export may not have run since\(besides)."
    }
    return
      "\(some.same) of the \(some.all) extracts with rows \(same): they may not have been exported since\(besides)."
  }
}
