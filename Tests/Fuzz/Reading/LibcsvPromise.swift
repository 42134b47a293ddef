@testable import Extracts

/// Checks that casecheck reads the same records as libcsv where libcsv finds nothing wrong.
///
/// It is checked line by line, for lines that casecheck splits without libcsv, and as a whole.
func checkAgainstLibcsv(_ bytes: [UInt8], delimiter: UInt8, quote: UInt8) throws {
  guard delimiter != quote else { return }
  let whole = RecordParser(delimiter: delimiter, quote: quote)
  let lines = RecordParser(delimiter: delimiter, quote: quote)
  var theirs: [[String]] = []
  var isSound = true
  var isOpen = false
  var record = Record()
  var split = Record()
  var buffer = LineBuffer(bytes, quote: quote)
  while isSound, try buffer.nextLine() == .line {
    let line = Array(buffer.text(buffer.line.start, buffer.line.end))
    if !line.isEmpty, buffer.firstQuote() == nil {
      split.clear()
      split.split(line.span, at: delimiter)
      var parsed = Record()
      let outcome = lines.parse((line + [.lineFeed]).span, into: &parsed)
      try promise(outcome == .complete, "libcsv does not take \(line) for a record")
      try promise(parsed.cells == split.cells, "\(split.cells) ≠ \(parsed.cells) of libcsv")
    }
    switch whole.parse(Array(buffer.text(buffer.line.start, buffer.line.next)).span, into: &record)
    {
    case .complete:
      theirs.append(record.texts)
      record.clear()
      isOpen = false
    // A line end by itself begins no record.
    case .open: isOpen = isOpen || !line.isEmpty
    case .broken: isSound = false
    }
  }
  if isSound, isOpen {
    isSound = whole.finish(&record) == .complete
    if isSound { theirs.append(record.texts) }
  }
  guard isSound else { return }

  var ours: [[String]] = []
  var reader = RecordReader(LineBuffer(bytes, quote: quote), delimiter: delimiter, quote: quote)
  while true {
    let step = try reader.next(&record)
    if step == .end { break }
    try promise(step == .record, "line \(reader.first.number) is \(step) only without libcsv")
    ours.append(record.texts)
  }
  // Lines of spaces are records to libcsv but blank lines to casecheck.
  func isBlank(_ record: [String]) -> Bool {
    record.count <= 1 && record.allSatisfy { $0.allSatisfy(\.isWhitespace) }
  }
  ours.removeAll(where: isBlank)
  theirs.removeAll(where: isBlank)
  try promise(ours == theirs, "\(ours) ≠ \(theirs) of libcsv")
}

extension Record {
  /// The bytes of all fields.
  fileprivate var cells: [[UInt8]] { (0..<count).map { Array(bytes[fields[$0].range]) } }
}
