import Diagnostics
import Exceptions
import Extracts

/// Files that no table takes and that would be a table's if their names had not been altered.
///
/// An extract that was packed, saved as a workbook or not yet copied as a whole would otherwise be
/// missing like one that nobody makes. Where its table has another file, it may be a second one, or
/// lie there for somebody to look at.
struct AlteredExtracts {
  private struct Altered {
    var file: ExtractFile
    var alteration: AlteredName
  }

  /// Those of each table without a file, by the numbers of the tables.
  private var ofMissing: [(table: Table, files: [Altered])] = []
  /// Hidden files of tables that have others.
  private var hidden: [ExtractFile] = []
  /// The tables without a file that would have such ones, but may be missing for once.
  private(set) var excused: Set<String> = []

  /// Looks among the files found; `isExcused` says whether a table may be missing for once.
  init(_ tables: [Table], in found: FoundExtracts, isExcused: (String) -> Bool) {
    let taken = Set(tables.flatMap { $0.files.map(\.path) })
    let left = found.files.filter { !taken.contains($0.relativePath) }
    if left.isEmpty, found.unfinished.isEmpty { return }
    var told: Set<ExtractFile> = []
    for table in tables {
      let names = AlteredNames(of: table.definition.files)
      // Packed files and workbooks lie about under many names; of tables that name no child they
      // are only remarked on.
      let namesPeople = table.definition.person != nil
      var altered = left.compactMap { file in
        names.alteration(of: file).map { Altered(file: file, alteration: $0) }
      }.filter { namesPeople || ![.packed, .workbook].contains($0.alteration) }
      let mayBeMissing = isExcused(table.definition.name)
      let unfinished = found.unfinished.filter { names.alteration(of: $0) != nil }
      if mayBeMissing, table.files.isEmpty, !(altered.isEmpty && unfinished.isEmpty) {
        excused.insert(table.definition.name)
      }
      if mayBeMissing { altered = [] }
      if table.files.isEmpty {
        if !mayBeMissing {
          altered += unfinished.map { Altered(file: $0, alteration: .unfinished) }
        }
        if !altered.isEmpty { ofMissing.append((table, altered)) }
      } else {
        hidden += unfinished.filter { told.insert($0).inserted }
      }
    }
    let faulty = files
    hidden.removeAll(where: faulty.contains)
  }

  /// The files that faults tell of.
  var files: Set<ExtractFile> { Set(ofMissing.flatMap { $0.files.map(\.file) }) }

  /// A fault for each table of which there is nothing else.
  var faults: [FaultReport] {
    ofMissing.compactMap { table, files in
      guard let first = files.first else { return nil }
      let name = table.definition.name
      let more = files.count - 1
      let others =
        more == 0 ? "" : " The same holds of \(amount(more, "more file")) of it."
      return FaultReport(
        kind: InputFault.Kind.missingFile.rawValue, table: name, file: first.file.relativePath,
        line: nil, field: "",
        message:
          "by its name this is the extract of \(name), of which there is no other, but \(first.alteration.words) If it is none, take it out of the folder of extracts.\(others)"
      )
    }
  }

  var remarks: [String] {
    hidden.map {
      "\($0.relativePath): no table takes this file: an extract may still be being copied, or its copy was broken off. Look whether the extracts are whole, and take it out of their folder."
    }
  }
}

extension AlteredName {
  fileprivate var words: String {
    switch self {
    case .packed: "packed files are not read. Unpack it, or export the table as CSV."
    case .workbook: "workbooks are not read. Export the table as CSV."
    case .unfinished:
      "its ending says that it is not whole. Wait until it has been copied, or copy it again."
    case .renamed: "it has another ending. Give it the name that the table's `files` ask for."
    }
  }
}
