/// Recognises headings that are repeated among the records, as in files that were joined.
///
/// They may be the same headings, or the table's in another order.
struct HeadingEcho {
  /// The headings, normalised for comparison.
  private let normals: [String]
  private let index: HeadingIndex
  private let definition: TableDefinition
  private let delimiter: UInt8
  /// All headings that a record may begin with, as bytes, by their first letter or digit.
  private var starts: [[[UInt8]]] = Array(repeating: [], count: 128)
  /// For each first letter or digit of a heading, the ones that may come second, as a set of bits.
  ///
  /// All may come second where a heading has only one. Nearly every record is ruled out by its
  /// first two. (An `InlineArray` would be copied for each.)
  private var seconds = [UInt64](repeating: 0, count: 36)

  init(_ headings: Headings, _ definition: TableDefinition, _ index: HeadingIndex) {
    normals = headings.texts.map { normalHeading($0) }
    self.index = index
    self.definition = definition
    delimiter = headings.delimiter
    for normal in Set(normals).union(index.normals) {
      let bytes = Array(normal.utf8)
      guard let first = bytes.first, first < 128 else { continue }
      starts[Int(first)].append(bytes)
      guard let place = Self.number(first) else { continue }
      let next = bytes.count > 1 ? Self.number(bytes[1]) : nil
      seconds[place] |= next.map { 1 << UInt64($0) } ?? .max
    }
  }

  /// The number of an ASCII letter, in either case, or digit.
  @inline(__always)
  private static func number(_ byte: UInt8) -> Int? {
    let letter = (byte | 0x20) &- 97
    if letter < 26 { return Int(letter) }
    let digit = byte &- 48
    return digit < 10 ? Int(digit) + 26 : nil
  }

  /// Whether a cell begins with two letters or digits with which no heading begins.
  @inline(__always)
  func isRuledOut(_ cell: Span<UInt8>) -> Bool {
    guard cell.count > 1, let first = Self.number(cell[0]), let second = Self.number(cell[1])
    else { return false }
    return seconds[first] & (1 &<< UInt64(second)) == 0
  }

  /// Whether a record repeats headings.
  func isEcho(_ record: Record) -> Bool {
    guard record.count > 0, couldBeFirst(record.bytes.span.extracting(record.fields[0].range))
    else { return false }
    return isSame(record) || otherHeadings(record, line: 0) != nil
  }

  /// Whether a record is the same headings, normalised, even after a byte-order mark.
  func isSame(_ record: Record) -> Bool {
    record.count == normals.count
      && normals.indices.allSatisfy { normal(of: record, $0) == normals[$0] }
  }

  /// The record as headings of the table that differ from those above it.
  ///
  /// Nil where some cell cannot be a heading.
  func otherHeadings(_ record: Record, line: Int) -> Headings? {
    guard record.count > 1 else { return nil }
    // The first half of headings that a line break splits is not a set of other headings.
    let isHalf =
      record.count < normals.count
      && (0..<record.count).allSatisfy { normal(of: record, $0) == normals[$0] }
    if isHalf { return nil }
    var given = 0
    var seen: Set<String> = []
    for column in 0..<record.count {
      let normal = normal(of: record, column)
      if normal.isEmpty { continue }
      given += 1
      // Headings do not repeat a word, and have no word that is unknown.
      guard seen.insert(normal).inserted, normals.contains(normal) || index.field(of: normal) != nil
      else { return nil }
    }
    guard given * 5 >= record.count * 4 else { return nil }
    let texts = record.texts.map { $0.replacing("\u{FEFF}", with: "") }
    let headings = Headings(texts, line: line, delimiter: delimiter, index, definition)
    // Headings of another width may be half of a broken line, so they must have what no record can
    // do without.
    let isWhole =
      record.count == normals.count || definition.requiredFields.allSatisfy(headings.has)
    return isWhole && definition.areHeadings(headings) && headings.score * 2 >= given
      ? headings : nil
  }

  private func normal(of record: Record, _ column: Int) -> String {
    normalHeading(record.text(of: column).replacing("\u{FEFF}", with: ""))
  }

  /// False where the cell's ASCII letters and digits are not those of a heading.
  private func couldBeFirst(_ cell: Span<UInt8>) -> Bool {
    if isRuledOut(cell) { return false }
    // Outside ASCII, a heading may be written in several ways, which only the slow comparison
    // knows.
    if cell.firstIndexOfOther(from: 0) < cell.count { return true }
    var place = 0
    var candidates: [[UInt8]]?
    for index in cell.indices {
      let byte = cell[index]
      let small = byte &- 65 < 26 ? byte | 0x20 : byte
      guard small &- 97 < 26 || small &- 48 < 10 else { continue }
      if candidates == nil { candidates = starts[Int(small)] }
      guard candidates?.contains(where: { place < $0.count && $0[place] == small }) == true else {
        return false
      }
      place += 1
    }
    // A heading of punctuation alone stands for itself, and the first heading may be empty.
    return place == 0 || candidates?.contains { $0.count == place } == true
  }
}

extension TableReader {
  /// Passes over repeated headings; if they differ, they apply from there on.
  mutating func takeEcho(_ record: Record, line: Int, _ run: inout FileRun) {
    if run.echo.isSame(record) { return run.repeatedHeadings.add(line) }
    guard let headings = run.echo.otherHeadings(record, line: line) else { return }
    flushFooters(&run)
    run.closeLongest(definition)
    let before = run.report
    run.headings = headings
    run.echo = HeadingEcho(headings, definition, headingIndex)
    run.longest = LongestCells(columns: headings.width)
    take(headings, into: &run)
    // The report shows the first headings; faults of these are reported besides.
    run.report.headerLine = before.headerLine
    run.report.labels = before.labels
    let unknown = before.unknownHeadings
    run.report.unknownHeadings = unknown + headings.unknown.filter { !unknown.contains($0) }
    run.report.remarks.removeAll(where: before.remarks.contains)
    run.report.remarks =
      before.remarks + [
        "other headings stand on line \(line), as in files that were put together: the records after it were read by them."
      ] + run.report.remarks
  }
}
