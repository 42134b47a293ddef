import Diagnostics
import Exceptions
import Extracts

/// Footers such as `Total: 20`, which may count the records or be the sum of something.
///
/// A case system writes the footers of all its exports alike. Where the totals of the other extracts
/// count their records, one that says more than was read tells of a cut. By itself it is a remark
/// and no fault: it may add up hours or pounds.
struct FooterTotals {
  /// That many totals that count records for each that says more are no accident.
  private static let fewestCounting = 2

  private let tables: [Table]
  /// The files whose totals count their records.
  private var counting: Set<String> = []
  /// The files whose totals say more than was read.
  private var more: Set<String> = []
  /// The files whose totals say less, so that they count something else.
  private var less: Set<String> = []

  init(among tables: [Table]) {
    self.tables = tables
    for file in tables.flatMap(\.files) where file.faults.isEmpty {
      guard let isOfRecords = file.isTotalOfRecords else { continue }
      if file.statedTotal != nil {
        more.insert(file.path)
      } else if !isOfRecords {
        less.insert(file.path)
      } else if file.rowsRead > 0 {
        // The sum of nothing is zero as well.
        counting.insert(file.path)
      }
    }
  }

  /// Whether the totals of this run surely count records.
  private var areCounts: Bool {
    less.isEmpty && counting.count >= more.count * Self.fewestCounting
  }

  /// Faults of files whose totals count more records than were read.
  var faults: [FaultReport] {
    guard areCounts else { return [] }
    return tables.flatMap { table in
      table.files.compactMap { file in
        guard let total = file.statedTotal, more.contains(file.path) else { return nil }
        return FaultReport(
          kind: InputFault.Kind.truncated.rawValue, table: table.definition.name, file: file.path,
          line: nil, field: "",
          message:
            "its footer says \(total) in total, and \(read(of: file)), where the totals of the other extracts count their records: what is missing may be anybody's. Run the export again."
        )
      }
    }
  }

  /// What is said of the others.
  var remarks: [String] {
    tables.flatMap(\.files).compactMap { file in
      guard let total = file.statedTotal, !(areCounts && more.contains(file.path)) else {
        return nil
      }
      return
        "\(file.path): a footer says \(total) in total, and \(read(of: file)). If it counts records, the file was cut short. Look whether the export is whole."
    }
  }

  private func read(of file: FileReport) -> String {
    amount(file.rowsRead, "record was read", "records were read")
  }
}
