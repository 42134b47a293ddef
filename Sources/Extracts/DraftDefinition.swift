/// A first table definition, in YAML, for an export that has none: what an analyst corrects.
///
/// Reads the whole file to see what each column could hold. Holds headings, and no cell. Where the file
/// cannot be read, it is a comment that says so.
public func draftDefinition(from look: FileLook) -> String {
  // Within a comment: the name must not end its line.
  let name = DraftWriter.quoted(look.file.relativePath).dropFirst().dropLast()
  guard let encoding = look.encoding, let delimiter = look.delimiter, let line = look.headerLine
  else { return "# \(name) shows no headings to draft a table from.\n" }
  var columns = look.headings.map { _ in ColumnGuess() }
  var footers: [String] = []
  do throws(SystemFault) {
    let quote = Dialect().quoteChar
    let transcoder = Transcoder(encoding, markLength: look.markLength)
    let buffer = LineBuffer(
      try ByteSource(look.file.path), transcoder, quote: quote, settings: ReadSettings())
    var reader = RecordReader(buffer, delimiter: delimiter, quote: quote)
    _ = try reader.passOver(before: line)
    var record = Record()
    _ = try reader.next(&record)
    while true {
      let step = try reader.next(&record)
      if step == .end { break }
      footers = knownFooters.filter { Glob($0).matches(reader.text.span.decoded) }
      if step == .record, record.count == columns.count {
        for index in columns.indices { columns[index].take(record, index) }
      }
    }
  } catch {
    return "# \(name) cannot be read: \(error.words).\n"
  }
  return DraftWriter(look, columns, footers: footers).yaml
}

/// Last lines that database tools and reports write.
private let knownFooters = ["*rows affected*", "*rows selected*", "Total*", "End of *"]

extension FileLook {
  /// How many bytes the byte-order mark takes.
  fileprivate var markLength: Int {
    guard hasByteOrderMark else { return 0 }
    return encoding == .utf8 ? 3 : 2
  }
}
