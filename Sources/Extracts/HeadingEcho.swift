/// Tells the headings when they stand again among the records, as they do in files that were put together.
struct HeadingEcho {
  /// The headings as they are compared.
  private let normals: [String]
  /// The first of them as bytes, to let go of nearly every record at its first letters.
  private let first: [UInt8]

  init(_ headings: Headings) {
    normals = headings.texts.map { normalHeading($0) }
    first = normals.first.map { Array($0.utf8) } ?? []
  }

  /// Whether a record is the headings again, as headings are compared; also behind a byte-order mark.
  func isEcho(_ record: Record) -> Bool {
    guard record.count == normals.count, record.count > 0 else { return false }
    guard couldBeFirst(record.bytes.span.extracting(record.fields[0].range)) else { return false }
    return normals.indices.allSatisfy { column in
      let text = record.text(of: column).replacing("\u{FEFF}", with: "")
      return normalHeading(text) == normals[column]
    }
  }

  /// False where the cell's ASCII letters and digits are not those of the first heading.
  private func couldBeFirst(_ cell: Span<UInt8>) -> Bool {
    // Beyond ASCII, one heading may be written in several ways: the slow comparison knows them.
    if cell.firstIndexOfOther(from: 0) < cell.count { return true }
    var place = 0
    for index in cell.indices {
      let byte = cell[index]
      let small = byte &- 65 < 26 ? byte | 0x20 : byte
      guard small &- 97 < 26 || small &- 48 < 10 else { continue }
      guard place < first.count, first[place] == small else { return false }
      place += 1
    }
    // A heading of punctuation alone stands for itself.
    return place == first.count || place == 0
  }
}
