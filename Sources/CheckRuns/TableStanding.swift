import Extracts
import Values

/// What of a table a later run is held against, and this one against the runs before.
struct TableStanding: Sendable {
  let table: Table
  /// By what name the ledger knows the table: last period's stand beside those of this one.
  let name: String
  /// The records of each file that has some, each counted once: none whose key, or whose very file,
  /// was given before.
  let rowsOfFiles: [Text: Int]
  /// The names of the fields whose heading every file had; none without a file.
  let fields: [String]
  /// In how many rows each field that is looked at holds something, up to `many`; none where nobody
  /// asks.
  let filled: [String: Int]
  /// Whether each file with rows ended in a footer, and there is one.
  let hasFooters: Bool
  /// Whether the last line of each file with rows ended, and there is one.
  let endsInLineBreaks: Bool

  /// So many values, or rows, do not go by chance.
  static let many = 10

  /// Looks at a table, and with the texts of its columns at what they hold; `repeats` are the
  /// records of each file whose keys stand before them.
  init(_ table: Table, named name: String, repeats: [Text: Int] = [:], pool: StringPool?) {
    self.table = table
    self.name = name
    let twins = Set(table.twins.map { Text($0.path) })
    var rowsOfFiles: [Text: Int] = [:]
    for file in table.files where file.rowsChecked > 0 {
      let own =
        twins.contains(Text(file.path)) ? 0 : file.rowsChecked - (repeats[Text(file.path)] ?? 0)
      if own > 0 { rowsOfFiles[Text(file.path), default: 0] += own }
    }
    self.rowsOfFiles = rowsOfFiles
    fields = table.fieldsInAllFiles
    filled = pool.map { table.filled(upTo: Self.many, $0) } ?? [:]
    let withRows = table.files.filter { $0.rowsChecked > 0 }
    hasFooters = !withRows.isEmpty && withRows.allSatisfy { $0.footerCount > 0 }
    endsInLineBreaks = !withRows.isEmpty && withRows.allSatisfy(\.endsInLineBreak)
  }

  /// How many rows it has, each counted once.
  var rows: Int { rowsOfFiles.values.reduce(0, +) }

  /// How many files had rows, each counted once however often it was given.
  ///
  /// One whose every record stands in another counts all the same: it may have had a record more,
  /// or none, on any day.
  var files: Int { table.files.count { $0.rowsChecked > 0 } - table.twins.count }

  /// The rows as runs counted them before files were held against each other by the keys of their
  /// records.
  var rowsOfAllFiles: Int { table.rowCount - table.twins.reduce(0) { $0 + $1.rowsChecked } }
}

extension Table {
  /// The files whose very bytes stand before them: one that was copied over another hides that the
  /// other is missing.
  var twins: [FileReport] {
    var seen: Set<String> = []
    return files.filter {
      $0.rowsChecked > 0 && !$0.sha256.isEmpty && !seen.insert($0.sha256).inserted
    }
  }

  fileprivate var fieldsInAllFiles: [String] {
    guard !files.isEmpty else { return [] }
    return definition.fields.indices.filter { hasHeading[$0] && !lacksHeading[$0] }.map {
      definition.fields[$0].name
    }
  }

  fileprivate func filled(upTo most: Int, _ pool: StringPool) -> [String: Int] {
    var counts: [String: Int] = [:]
    for (number, field) in definition.fields.enumerated() {
      guard hasHeading[number], let column = columns[number] else { continue }
      var count = 0
      for row in 0..<rowCount where column.isGiven(at: row, in: pool) {
        count += 1
        if count == most { break }
      }
      counts[field.name] = count
    }
    return counts
  }
}
