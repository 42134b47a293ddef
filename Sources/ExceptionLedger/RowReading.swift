import Exceptions
import GRDB

extension ExceptionKey {
  /// Reads a key from five columns: rule, table, record, occasion and ordinal.
  init(_ row: Row, from first: Int, _ names: Names) throws {
    self.init(
      rule: try names[row.value(first)], table: try names[row.value(first + 1)],
      record: try row.value(first + 2), occasion: try row.value(first + 3),
      ordinal: try row.value(first + 4))
  }
}

extension Sighting {
  /// Reads what a run saw from nine columns, from the state to the digest, in the order of `spell`.
  init(_ row: Row, from first: Int) throws {
    self.init(
      state: try SpellState(ledgerNumber: row.value(first)), team: try row.value(first + 1),
      worker: try row.value(first + 2),
      status: try CaseException.Status(ledgerNumber: row.value(first + 3)),
      list: try CaseException.List(ledgerNumber: row.value(first + 4)),
      due: try row.dayIfAny(first + 5), done: try row.dayIfAny(first + 6),
      decided: try row.dayIfAny(first + 7), digest: try row.value(first + 8))
  }
}
