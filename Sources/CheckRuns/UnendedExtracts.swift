import Exceptions
import Extracts

/// Extracts whose last line does not end, where those of nearly all others do.
///
/// A case system ends all its exports alike. An export that was cut within its last cell still has
/// every cell of its last record, so nothing else in it shows the cut. After records it is a remark
/// and no fault: a person may have saved the file with an editor. A file of headings alone that was
/// cut there has lost all its records, and would pass for a table in which nothing happened.
struct UnendedExtracts {
  private struct Files {
    var ended: Set<String> = []
    var unended: Set<String> = []

    mutating func add(_ file: FileReport) {
      if file.endsInLineBreak { ended.insert(file.path) } else { unended.insert(file.path) }
    }
  }

  /// That many files ending alike for each that does not are no accident.
  private static let fewestEnded = 3

  private let tables: [Table]
  private var withRows = Files()
  /// Files of headings without a record.
  private var bare = Files()

  init(among tables: [Table]) {
    self.tables = tables
    for file in tables.flatMap(\.files) where file.headerLine != nil && file.footerCount == 0 {
      if file.rowsChecked > 0 { withRows.add(file) } else if file.isBare { bare.add(file) }
    }
  }

  /// Whether nearly all files end in a line break.
  private var areRare: Bool {
    let ended = withRows.ended.count + bare.ended.count
    let unended = withRows.unended.count + bare.unended.count
    return ended >= Self.fewestEnded && unended * Self.fewestEnded <= ended
  }

  /// Whether a file of headings that does not end is surely no habit of the program that wrote it.
  ///
  /// Several of them, all alike, may be: it may write a line break before each record.
  private var areBareOnesCut: Bool {
    areRare && (bare.unended.count == 1 || !bare.ended.isEmpty)
  }

  /// Faults of files that hold nothing but headings, of which the last may be cut off.
  ///
  /// A table that another fault names already, as one that has shrunk, needs no second.
  func faults(besides others: [FaultReport]) -> [FaultReport] {
    guard areBareOnesCut else { return [] }
    return tables.flatMap { table in
      table.files.filter { bare.unended.contains($0.path) && $0.isBare }.map { file in
        FaultReport(
          kind: InputFault.Kind.truncated.rawValue, table: table.definition.name, file: file.path,
          line: file.headerLine, field: "",
          message:
            "the file has headings and no records, and the line of its headings does not end in a line break, as the other extracts' lines do: it may be cut off there. Export it again. If it has no records indeed, end that line with a line break."
        )
      }
    }.filter { fault in !others.contains { $0.table == fault.table } }
  }

  /// What is said of the others.
  var remarks: [String] {
    let cut =
      areRare
      ? withRows.unended.inByteOrder().map {
        "\($0): its last line does not end in a line break, as the other extracts' do: it may be cut off. Compare its last record with the case system."
      } : []
    // Where others do not end either, nothing tells a cut.
    guard !areBareOnesCut, withRows.unended.isEmpty, !withRows.ended.isEmpty else { return cut }
    return cut
      + bare.unended.inByteOrder().map {
        "\($0): it has headings and no records, and the line of its headings does not end in a line break, as the other extracts' lines do: it may be cut off there. See in the case system whether there is nothing to export."
      }
  }
}

extension FileReport {
  /// Whether it holds headings and nothing else, and no fault says so.
  fileprivate var isBare: Bool { rowsRead == 0 && faults.isEmpty }
}
