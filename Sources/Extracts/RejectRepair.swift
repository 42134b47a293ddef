import Values

extension TableReader {
  /// The repair of a record with too many fields, if only one reading matches the table's types.
  ///
  /// An unquoted cell with a delimiter is split into several fields; every free-text cell is tried
  /// as that one. The sentence names fields and quotes no cell.
  func repair(of record: borrowing Record, _ headings: Headings) -> String? {
    let extra = record.count - headings.width
    guard extra > 0, headings.width > 1, !isEmptyTail(record, headings.width) else { return nil }
    // This far from the left, and from the right, all cells are as their fields ask.
    var fitting = 0
    while fitting < headings.width, fits(record, fitting, headings.fields[fitting]) { fitting += 1 }
    var last = headings.width - 1
    while last >= 0, fits(record, last + extra, headings.fields[last]) { last -= 1 }
    // The cell that was split lies where the two meet.
    var found: Int?
    let first = max(last, 0)
    for column in first..<max(min(fitting + 1, headings.width), first) {
      if let field = headings.fields[column],
        !fields[field].checks.isFreeText || definition.identities.contains(field)
      {
        continue
      }
      if found != nil { return nil }
      found = column
    }
    guard let column = found else { return nil }
    let name =
      headings.fields[column].map { definition.fields[$0].name }
      ?? "the column “\(headings.texts[column])”"
    return
      "; it fits only where fields \(column + 1) to \(column + 1 + extra) are one cell of \(name): "
      + "have the export put that cell in quotes"
  }

  private func isEmptyTail(_ record: borrowing Record, _ width: Int) -> Bool {
    (width..<record.count).allSatisfy { record.fields[$0].range.isEmpty }
  }

  /// Whether a cell is as its field asks; a column without a field accepts anything.
  private func fits(_ record: borrowing Record, _ place: Int, _ field: Int?) -> Bool {
    guard let field else { return true }
    let cell = record.bytes.span.extracting(record.fields[place].range)
    let checks = fields[field].checks
    return checks.accepts(cell) || (checks.isMissing(cell) && !checks.isRequired)
  }
}

extension FieldChecks {
  /// Whether any text will do, even one with a delimiter in it.
  fileprivate var isFreeText: Bool {
    type == .string && codes == nil && allowed == nil && pattern == nil
  }
}
