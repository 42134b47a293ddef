import Extracts

extension RecordNames {
  /// Those of some rows of a table that stand under another number than a person's, one that may be
  /// the same written otherwise: with zeros in front or without them, with blanks around it, in
  /// other letters, or as `77.0`.
  func rowsWrittenOtherwise(
    than person: String, inTable number: Int32, among rows: Range<Int>
  ) -> [Int32] {
    guard let wanted = bareNumber(person) else { return [] }
    let alike =
      dataset.withTable(number) { table -> [Int32]? in
        guard let field = table.definition.person, let column = table.columns[field] else {
          return nil
        }
        return rows.filter { row in
          column.isGiven(at: row)
            && bareNumber(column.text(at: row, in: dataset.pool)) == wanted
        }.map { Int32($0) }
      } ?? []
    return alike.filter { !isOf(person, RowID(table: number, row: $0)) }
  }

  /// What a number says, however it is written; programs that take it for an amount write `77.0`.
  private func bareNumber(_ written: String) -> BareKey? {
    BareKey(written.hasSuffix(".0") ? String(written.dropLast(2)) : written)
  }
}
