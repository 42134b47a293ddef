// What the first lines show of cells that are not parted as the layout has it: the whole file then
// passes for one column of texts, or none of its records for one.
extension FileLayout {
  /// Why the cells cannot be told apart without a definition, or at all; nil where they can.
  ///
  /// With `isKnown`, the headings are those of a definition.
  func fault(in start: [UInt8], quote: UInt8, isKnown: Bool) -> InputFault? {
    if !HeaderSearch.delimiters.contains(delimiter) {
      return isKnown ? nil : .partedBy(delimiter)
    }
    let isOneColumn = headings.count == 1
    if isOneColumn, isKnown { return nil }
    let records = firstRecords(
      in: start, delimiter: delimiter, quote: quote, lines: HeaderSearch.mostLines
    ).filter { $0.line > line }
    let wholes = records.filter { $0.texts.count == 1 }.map { $0.texts[0] }
    guard records.count >= 2, wholes.count * 3 >= records.count * 2 else { return nil }
    /// Whether most of the records hold a mark as often as the headings do.
    func parts(_ mark: Character, _ count: Int) -> Bool {
      let alike = wholes.count { text in text.count { $0 == mark } == count }
      return alike * 3 >= records.count * 2
    }
    if isOneColumn {
      for mark in Self.marksOfTwoBytes {
        let count = headings[0].count { $0 == mark }
        if count > 0, parts(mark, count) { return .partedBy(mark) }
      }
    }
    for byte in HeaderSearch.delimiters {
      let mark = Character(UnicodeScalar(byte))
      let count =
        isOneColumn
        ? headings[0].count { $0 == mark } : byte == delimiter ? headings.count - 1 : 0
      // A single column of names has one comma in each, and one of addresses several, each with a
      // blank behind it.
      let isOfText = isOneColumn && headings[0].contains("\(mark) ")
      if count > (isOneColumn ? 1 : 0), !isOfText, parts(mark, count) { return .wholeRowsInQuotes }
    }
    return nil
  }

  /// Marks by which some tools part cells and which no definition can name, as they are not ASCII.
  private static let marksOfTwoBytes: [Character] = ["¦", "¬", "§"]
}

extension InputFault {
  /// The cells are parted by a mark that only a definition makes known.
  fileprivate static func partedBy(_ delimiter: UInt8) -> InputFault {
    let mark = String(UnicodeScalar(delimiter))
    return InputFault(
      .noHeadings,
      message: "the cells seem to be parted by \(mark), which a run finds only where it is named: "
        + "give the table dialect: {delimiter: \"\(mark)\"}, as casecheck inspect --draft does, or "
        + "export again with commas.")
  }

  fileprivate static func partedBy(_ mark: Character) -> InputFault {
    InputFault(
      .notDelimitedText,
      message: "the cells seem to be parted by \(mark), which no delimiter can be, so that "
        + "each row is read as one cell. Export again with commas.")
  }

  fileprivate static let wholeRowsInQuotes = InputFault(
    .notDelimitedText,
    message: "each row stands in quotes as a whole, so that it is read as one cell. Export again, "
      + "with single cells in quotes at most.")
}
