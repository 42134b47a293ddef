import Exceptions

extension Spell {
  /// Whether it is about a record: not about a heading, or a line that could not be read.
  ///
  /// The last run need not have listed it: after a night without extracts, what has gone at once is
  /// no more put right than on any other.
  var isOfRecord: Bool {
    !RecordForm.heading.isForm(of: key.record)
      && key.rule != ConstraintEnding.row.name(of: key.table)
  }
}
