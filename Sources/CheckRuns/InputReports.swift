import Diagnostics
import Exceptions
import Extracts
import Values

/// How the inputs were read, for the report.
struct InputReports {
  func reports(_ tables: [Table]) -> [InputReport] {
    var reports: [InputReport] = []
    for table in tables {
      for (number, file) in table.files.enumerated() {
        var report = InputReport(path: file.path, table: table.definition.name)
        report.size = file.size
        report.sha256 = file.sha256
        report.recordSum = file.recordSum
        report.encoding = file.encoding?.rawValue ?? ""
        report.delimiter = file.delimiter.map { String(UnicodeScalar($0)) } ?? ""
        report.headerLine = file.headerLine
        report.rowsRead = file.rowsRead
        report.rowsChecked = file.rowsChecked
        report.rowsRejected = file.rowsRejected
        report.unknownHeadings = file.unknownHeadings
        // Where they stand, not what they say: a footer may name somebody.
        report.passedOver = file.passedOver.map(\.line)
        report.remarks = file.remarks
        report.faults = file.faults.map { fault in
          FaultReport(
            kind: fault.kind.rawValue, table: table.definition.name, file: file.path,
            line: fault.line, field: fault.field ?? "", message: fault.message)
        }
        report.rejects = table.rejects.ofFile(number)
        reports.append(report)
      }
    }
    return reports.sorted {
      ($0.path == $1.path)
        ? byteOrder($0.table, $1.table) < 0
        : byteOrder($0.path, $1.path) < 0
    }
  }

  /// What may have been read as it was not meant, once for each file.
  func doubts(_ tables: [Table]) -> [String] {
    var told: Set<String> = []
    return tables.flatMap(\.files)
      .flatMap { file in file.doubts.map { "\(file.path): \($0)" } }
      .filter { told.insert($0).inserted }
  }

  /// Footers that count fewer rows than were read.
  ///
  /// Where a footer certainly counts more rows than were read, that is a fault of the file.
  func countRemarks(_ tables: [Table]) -> [String] {
    tables.flatMap(\.files).compactMap { file in
      guard let stated = file.statedRows, stated < file.rowsRead, file.faults.isEmpty else {
        return nil
      }
      let read = amount(file.rowsRead, "record was", "records were")
      return
        "\(file.path): its footer counts \(amount(stated, "row")), and \(read) read. Look whether the export is whole."
    }
  }

  /// Faults that belong to no file that was read: files that were not found, and tables without
  /// one.
  ///
  /// `altered` tell of tables whose only files were not read because of their names.
  func faults(_ tables: [Table], finding: [Diagnostic], _ altered: [FaultReport]) -> [FaultReport] {
    var faults = finding.map { diagnostic in
      FaultReport(
        kind: InputFault.Kind.unreadable.rawValue, table: "", file: diagnostic.position?.file ?? "",
        line: nil, field: "",
        message: diagnostic.what + "." + (diagnostic.advice.map { " \($0)." } ?? ""))
    }
    if tables.allSatisfy(\.files.isEmpty) {
      faults.append(
        FaultReport(
          kind: InputFault.Kind.missingFile.rawValue, table: "", file: "", line: nil, field: "",
          message:
            "No file was found that any table takes, so that nothing was checked. Look at the folder of extracts and at the `files` of the tables."
        ))
    }
    // Where nothing was found at all, each missing table would repeat the same fault.
    let isNothing = tables.allSatisfy(\.files.isEmpty) && !finding.isEmpty
    faults += altered
    let told = Set(altered.map(\.table))
    for table in tables where table.definition.isRequired && !isNothing {
      let definition = table.definition
      if told.contains(definition.name) { continue }
      if table.files.isEmpty {
        let globs = definition.files.joined(separator: ", ")
        faults.append(
          FaultReport(
            kind: InputFault.Kind.missingFile.rawValue, table: definition.name, file: "",
            line: nil, field: "",
            message:
              "No extract of \(definition.name) was found, and it is required. Export it under a name like \(globs)."
          ))
      } else if table.rowCount == 0, !definition.mayBeEmpty,
        table.files.allSatisfy(\.faults.isEmpty)
      {
        faults.append(
          FaultReport(
            kind: InputFault.Kind.noRows.rawValue, table: definition.name, file: "", line: nil,
            field: "",
            message: "\(definition.name) has no rows, and it is required. Export it again."))
      }
    }
    return faults
  }

  func tableReports(_ standings: [TableStanding], faults: [FaultReport]) -> [TableReport] {
    standings.map { standing in
      let table = standing.table
      let name = table.definition.name
      let isWhole =
        !faults.contains { $0.table == name } && table.files.allSatisfy(\.faults.isEmpty)
      var report = TableReport(
        name: name, title: table.definition.title, rows: table.rowCount,
        isPresent: !table.files.isEmpty, isWhole: isWhole)
      report.namesPeople = table.definition.person != nil
      report.take(standing)
      return report
    }
  }

  /// Files that one table takes as its own and another takes besides its own.
  ///
  /// With `people*.csv` beside `people_notes*.csv` the records of one table would count among those
  /// of the other. Two tables of one of `folders`, which hold the rules, that take exactly the same
  /// files are two views of them; of two folders, the later may have meant to replace the earlier's.
  func doubleRemarks(_ tables: [Table], rulesIn folders: [String]) -> [String] {
    let files = tables.map { Set($0.files.map(\.path)) }
    return tables.indices.flatMap { first in
      tables.indices.dropFirst(first + 1).flatMap { second -> [String] in
        let (a, b) = (tables[first].definition.name, tables[second].definition.name)
        let both = files[first].intersection(files[second]).inByteOrder()
        guard files[first] != files[second] else {
          let (one, other) = (tables[first].definition, tables[second].definition)
          if rulesFolder(of: one, in: folders) == rulesFolder(of: other, in: folders) { return [] }
          return both.map {
            "\($0): it is read by two tables, \(a) and \(b), of different rules folders. Where only one is meant, take your own away, or give your folder a table of the other's name with other `files`."
          }
        }
        return both.map {
          "\($0): it is read as \(a) and as \(b), for both tables take files of this name. Narrow the `files` of one of them."
        }
      }
    }
  }

  /// The number of the folder from which a table was read: the innermost that holds its file.
  private func rulesFolder(of table: TableDefinition, in folders: [String]) -> Int? {
    let file = table.position.file
    return folders.indices.filter { number in
      let folder = folders[number]
      return file == folder || file.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }.max { folders[$0].utf8.count < folders[$1].utf8.count }
  }

  /// Files that no table takes: a renamed extract would otherwise be left out without a word.
  ///
  /// A file that the user named is reported whatever its name; in a folder, one that looks like an
  /// export, even if it is packed or was still being copied, and one whose name begins as those
  /// that a table takes: its ending may be misspelt, lost or put on by another program.
  func remarks(
    _ tables: [Table], files: [ExtractFile], named: [String], besides altered: AlteredExtracts
  ) -> [String] {
    let taken = Set(tables.flatMap { $0.files.map(\.path) })
    let exports = [
      "*.{csv,txt,tsv,tab,psv,dat,xls,xlsx,xlsm,ods}", "*.csv.*", "*.{gz,zip,7z,bz2,xz,zst}",
      "*.{part,filepart,tmp,bak,old}",
    ]
    let named = Set(named)
    let faulty = altered.files
    let left = files.filter { !taken.contains($0.relativePath) && !faulty.contains($0) }
    let alike = Set(filesBeginning(as: tables.flatMap(\.definition.files), in: left))
      .union(filesMatching(exports, in: left))
    return left.filter { named.contains($0.path) || alike.contains($0) }.map {
      "\($0.relativePath): no table takes this file. Rename it, or add its name to the `files` of a table."
    } + altered.remarks
  }
}

extension TableReport {
  /// Takes over what a later run is compared with.
  mutating func take(_ standing: TableStanding) {
    repeatedRows = standing.table.rowCount - standing.rows
    fields = standing.fields
    files = standing.files
    rowsOfFiles = standing.rowsOfFiles.sorted { $0.key < $1.key }.map {
      FileRows(path: $0.key.string, rows: $0.value)
    }
    filled = standing.filled
    hasFooters = standing.hasFooters
    lastHasFooter = standing.lastHasFooter
    endsInLineBreaks = standing.endsInLineBreaks
  }
}

extension InputReport {
  /// The same input, named as last period's.
  var ofEarlierPeriod: InputReport {
    var report = self
    report.path = EarlierName.name(of: path)
    report.faults = faults.map { fault in
      var fault = fault
      fault.file = EarlierName.name(of: fault.file)
      return fault
    }
    return report
  }
}
