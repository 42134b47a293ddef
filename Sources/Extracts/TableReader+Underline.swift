/// The line that database tools write below the headings, such as `---------,----------`.
///
/// Read as a record, it would be a child of that name, and make a text of every column of a draft.
extension TableReader {
  /// Passes over the line below the headings that only underlines them.
  ///
  /// It never waits with others to be read: a plain row does not begin with such a cell.
  func takeUnderline(_ reader: borrowing RecordReader, _ run: inout FileRun) {
    let line = reader.first.number
    run.report.underline = line
    run.report.passedOver.append(PassedLine(line: line, text: reader.text.span.decoded))
    run.report.remarks.append(
      "line \(line) only underlines the headings, as database tools do; passed over, since it is no row."
    )
  }
}

extension Record {
  /// Whether every heading has a cell of nothing but hyphens below it, or nothing but equals signs,
  /// and two of them at least: one stands for a missing value.
  func isUnderline(of headings: [String]) -> Bool {
    guard count == headings.count else { return false }
    var sign: UInt8?
    for column in 0..<count {
      let cell = bytes.span.extracting(fields[column].range)
      let text = cell.extracting(cell.rangeWithoutSpaces())
      if text.count == 0, normalHeading(headings[column]).isEmpty { continue }
      guard text.count >= 2 else { return false }
      let first = sign ?? text[0]
      guard first == UInt8(ascii: "-") || first == UInt8(ascii: "=") else { return false }
      for place in text.indices where text[place] != first { return false }
      sign = first
    }
    return sign != nil
  }
}
