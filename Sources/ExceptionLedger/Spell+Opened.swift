import Exceptions

extension Spell {
  /// The first run after the one that opened it, or that no longer listed it, if that is earlier.
  ///
  /// A value of the child's own that has gone bad since may be the reason why the exception is not
  /// listed, even if other records kept it listed for some time. What only said that a value could
  /// not be read is put right when that can be read.
  func opened(_ unlisted: ClosedRange<Int32>) -> Int32 {
    sighting.status == .cannotJudge
      ? unlisted.lowerBound : min(unlisted.lowerBound, openedDay + 1)
  }
}
