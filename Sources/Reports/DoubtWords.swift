import Exceptions

extension LedgerEntry.Doubt {
  /// Why an exception is open though it is not listed, and what settles it.
  ///
  /// It stands in place of the message that the run which listed it wrote: the ledger keeps no
  /// messages, as they may name a child.
  var message: String {
    switch self {
    case .notEvaluated:
      "Its rule was not evaluated, or an extract that the rule reads was not whole. It stays open until a run can judge it."
    case .notJudged:
      "Whether it still holds is not known: a value that the rule needs is missing or cannot be used, in this record or in one that the rule compares it with, or the record is not there as it was. The team's corrections and the remarks of the run say more."
    case .perhapsRejected:
      "Some records could not be read. Its own may be one of them, or one that the rule compares it with: look at the rejected records."
    case .referredTo:
      "It was overdue, and its record is in no extract, while records of another table still refer to it. Look whether the export has left it out. If it is gone for good, take out what refers to it, or have one run accept that its table has lost it."
    }
  }
}
