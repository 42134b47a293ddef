import ExceptionLedger
import Exceptions
import Extracts
import Values

/// What later runs are compared with in a table, and what this run compares with earlier ones.
struct TableStanding: Sendable {
  let table: Table
  /// The name by which the ledger knows the table; last period's tables stand beside this period's.
  let name: String
  /// How many records each file has, without those whose key or whose whole file was given before.
  let rowsOfFiles: [Text: Int]
  /// The names of the fields whose heading every file had; none where there is no file.
  let fields: [String]
  /// In how many rows each field that is counted holds something, up to `many`; empty where nobody
  /// asks.
  let filled: [String: Int]
  /// Whether there are files with rows, and each of them ended in a footer.
  let hasFooters: Bool
  /// Whether the last of its files with rows ended in a footer, which may stand for those before it.
  let lastHasFooter: Bool
  /// The paths of the files with rows that did not end in a footer.
  let filesWithoutFooter: [String]
  /// Whether the last line of each file with rows ended, and there is one.
  let endsInLineBreaks: Bool
  /// How many records the table has, each counted once.
  let rows: Int
  /// The rows as earlier versions counted them, which did not compare the keys of records across
  /// files.
  let rowsOfAllFiles: Int
  /// How many files had rows, each counted once however often it was given.
  ///
  /// A file whose records are all in another one counts too: on any day it may have a record more,
  /// or none.
  let files: Int

  /// That many values or rows do not vanish by accident.
  static let many = 10

  /// Looks at a table and, where `isCounted`, at what its columns hold.
  ///
  /// `repeats` says how many records of each file have keys that were read before.
  init(_ table: Table, named name: String, repeats: [Text: Int] = [:], isCounted: Bool) {
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
    filled = isCounted ? table.filled(upTo: Self.many) : [:]
    let withRows = table.files.filter { $0.rowsChecked > 0 }
    let withoutFooter = withRows.filter { $0.footerCount == 0 }.map(\.path)
    filesWithoutFooter = withoutFooter
    hasFooters = !withRows.isEmpty && withoutFooter.isEmpty
    let last = withRows.map { (PartOrder($0.path), $0) }.max { $0.0 < $1.0 }
    lastHasFooter = (last?.1.footerCount ?? 0) > 0
    endsInLineBreaks = !withRows.isEmpty && withRows.allSatisfy(\.endsInLineBreak)
    rows = rowsOfFiles.values.reduce(0, +)
    rowsOfAllFiles = table.rowCount - table.twins.reduce(0) { $0 + $1.rowsChecked }
    files = withRows.count - table.twins.count
  }

  /// The same table as a run had it that this one replaces.
  init(_ whole: WholeTable, replacedBy standing: TableStanding) {
    table = standing.table
    name = standing.name
    rowsOfFiles = Dictionary(
      whole.rowsOfFiles.map { (Text($0.path), $0.rows) }, uniquingKeysWith: +)
    fields = whole.fields
    filled = whole.filled ?? [:]
    hasFooters = whole.endedInFooters
    // Which of its files had none is not kept.
    lastHasFooter = hasFooters || whole.endedInLastFooter
    filesWithoutFooter = hasFooters ? [] : whole.rowsOfFiles.map(\.path)
    endsInLineBreaks = whole.endedInLineBreaks
    rows = whole.rows
    rowsOfAllFiles = whole.rows
    files = whole.files
  }
}

extension Table {
  /// The files that repeat the very bytes of an earlier one.
  ///
  /// A file that was copied over another would otherwise hide that the other is missing.
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

  fileprivate func filled(upTo most: Int) -> [String: Int] {
    var counts: [String: Int] = [:]
    for (number, field) in definition.fields.enumerated() {
      guard hasHeading[number], let column = columns[number] else { continue }
      var count = 0
      for row in 0..<rowCount where column.isGiven(at: row) {
        count += 1
        if count == most { break }
      }
      counts[field.name] = count
    }
    return counts
  }
}
