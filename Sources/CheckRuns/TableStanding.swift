import Extracts
import Values

/// What of a table a later run is held against, and this one against the runs before.
struct TableStanding: Sendable {
  /// Records whose keys stand before them in another file, as where one was copied over another.
  struct Copied: Sendable {
    /// How many there are.
    var rows = 0
    /// The files that hold nothing else.
    var files: Set<String> = []
  }

  let table: Table
  /// By what name the ledger knows the table: last period's stand beside those of this one.
  let name: String
  /// How many rows it has, each counted once however often its file was given.
  let rows: Int
  /// How many files had rows, counted likewise.
  let files: Int
  /// The names of the fields whose heading every file had; none without a file.
  let fields: [String]
  /// In how many rows each field that is looked at holds something, up to `many`; none where nobody asks.
  let filled: [String: Int]
  /// Whether each file with rows ended in a footer, and there is one.
  let hasFooters: Bool

  /// So many values do not go by chance.
  static let many = 10

  /// Looks at a table, and with the texts of its columns at what they hold.
  init(_ table: Table, named name: String, copied: Copied = Copied(), pool: StringPool?) {
    self.table = table
    self.name = name
    let twins = table.twins
    rows = table.rowCount - twins.reduce(0) { $0 + $1.rowsChecked } - copied.rows
    files = table.files.count { $0.rowsChecked > 0 } - twins.count - copied.files.count
    fields = table.fieldsInAllFiles
    filled = pool.map { table.filled(upTo: Self.many, $0) } ?? [:]
    hasFooters =
      files > 0 && table.files.allSatisfy { $0.rowsChecked == 0 || $0.footerCount > 0 }
  }

  /// The rows of each file that has some.
  var rowsOfFiles: [String: Int] {
    Dictionary(
      table.files.filter { $0.rowsChecked > 0 }.map { ($0.path, $0.rowsChecked) },
      uniquingKeysWith: +)
  }
}

extension Table {
  /// The files whose very bytes stand before them: one that was copied over another hides that the other is missing.
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
