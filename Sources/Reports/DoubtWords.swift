import Exceptions

extension LedgerEntry.Doubt {
  /// Why an exception could not be judged and what settles it, in place of the message that the run
  /// which listed it wrote: the ledger keeps no messages, as they may name a child.
  var message: String {
    switch self {
    case .notEvaluated:
      "Its rule was not evaluated, or an extract that the rule reads was not whole. It stays open until a run can judge it."
    case .notJudged:
      "A value that the rule needs is missing or cannot be used, in this record or in one that the rule compares it with. The team's corrections say which."
    case .perhapsRejected:
      "Its record is in no extract, and some records of its table could not be read. It may be one of the rejected records."
    case .referredTo:
      "It was overdue, and its record is in no extract, while records of another table still refer to it. Look whether the export has left it out. If it is gone for good, take out what refers to it, or have one run accept that its table has lost it."
    }
  }
}
