import ExceptionLedger
import Exceptions
import Extracts
import Values

/// The files with rows that a table had when it was last whole: one that is read now stands in the
/// place of one of them, or has come to them.
struct FormerFiles {
  private let rowsOfFiles: [Text: Int]
  /// The rows of the largest of the files that are called alike but for digits.
  private let mostRows: [Text: Int]
  /// How many of the table's files have rows now.
  private let filesNow: Int
  /// Whether each of the former files is still there, or one that is called alike but for a date.
  private let areAllThere: Bool

  /// Looks up those of a table.
  init(of table: Table, in baseline: LedgerBaseline) {
    let former = (baseline.filesWhenWhole[table.definition.name] ?? []).filter { $0.rows > 0 }
    rowsOfFiles = Dictionary(
      former.map { (Text($0.path), $0.rows) }, uniquingKeysWith: max)
    mostRows = Dictionary(
      former.map { (FileName(Text($0.path)).undated, $0.rows) }, uniquingKeysWith: max)
    let withRows = table.files.filter { $0.rowsChecked > 0 }
    filesNow = withRows.count
    let pairs = FilePairs(
      rowsOfFiles,
      Dictionary(
        withRows.map { (Text($0.path), $0.rowsChecked) }, uniquingKeysWith: max))
    areAllThere = pairs.pairs.allSatisfy { !$0.now.isEmpty }
  }

  /// Whether a file has come to those that the table had, in the place of none of them.
  ///
  /// A team's file that was missing for a night comes back as it was.
  func areJoined(by file: FileReport) -> Bool {
    filesNow > 1 && filesNow > rowsOfFiles.count && areAllThere
      && rowsOfFiles[Text(file.path)] == nil
  }

  /// The rows of that in whose place a file stands; nil where nobody can tell.
  ///
  /// Where several may be it, those of the largest.
  func rows(before file: FileReport) -> Int? {
    if let same = rowsOfFiles[Text(file.path)] { return same }
    if filesNow == 1, rowsOfFiles.count == 1 { return rowsOfFiles.values.first }
    return mostRows[FileName(Text(file.path)).undated]
  }
}
