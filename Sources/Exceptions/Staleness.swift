public import WorkingTime

/// Extracts with the very bytes of the run before: they may not have been exported since.
public struct Staleness: Hashable, Sendable {
  /// The run that had the same bytes.
  public var run: CalendarDate
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

  /// Extracts that are the same as in a run, all or some of them.
  public init(run: CalendarDate, some: Share? = nil) {
    self.run = run
    self.some = some
  }

  /// What is said of them, with the day of the run in words.
  ///
  /// Safe for logs.
  public func sentence(_ day: (CalendarDate) -> String) -> String {
    guard let some else {
      return
        "All extracts hold the same bytes as in the run of \(day(run)): the export may not have run since."
    }
    return
      "\(some.same) of the \(some.all) extracts with rows hold the same bytes as in the run of \(day(run)): they may not have been exported since."
  }
}
