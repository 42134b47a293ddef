import ExceptionLedger
import Exceptions
import Extracts

/// The files with rows that a table had when it was last whole: one that is read now stands in the
/// place of one of them, or has come to them.
struct FormerFiles {
  private let files: [FileRows]

  /// Looks up those of a table.
  init(of table: Table, in baseline: LedgerBaseline) {
    files = (baseline.filesWhenWhole[table.definition.name] ?? []).filter { $0.rows > 0 }
  }

  /// Whether a file has come to those that the table had, in the place of none of them.
  ///
  /// A team's file that was missing for a night comes back as it was.
  func areJoined(by file: FileReport, of table: Table) -> Bool {
    let now = table.files.count { $0.rowsChecked > 0 }
    return now > 1 && now > files.count && !files.contains { $0.path == file.path }
  }

  /// The rows of that in whose place a file stands; nil where nobody can tell.
  ///
  /// Where several may be it, those of the largest.
  func rows(before file: FileReport, of table: Table) -> Int? {
    if let same = files.first(where: { $0.path == file.path }) { return same.rows }
    let now = table.files.count { $0.rowsChecked > 0 }
    if now == 1, files.count == 1 { return files.first?.rows }
    let name = Self.undated(file.path)
    return files.filter { Self.undated($0.path) == name }.map(\.rows).max()
  }

  /// A name that changes daily, without what changes.
  private static func undated(_ path: String) -> String {
    path.replacing(/[0-9]+/, with: "#")
  }
}
