import Values

/// Puts the parts of a table's files together, each behind the one before.
struct TableMerge {
  private let definition: TableDefinition
  private var table: Table
  /// For each field that is kept, what the parts gave of it.
  private let pieces: [ColumnPieces?]
  private let empty: [Column]
  private let lines = LinePieces()
  /// Where most parts have been written.
  private let room: TableRoom?

  init(_ reader: TableReader, _ room: TableRoom?) {
    self.room = room
    definition = reader.definition
    table = Table(definition: reader.definition)
    pieces = reader.fields.map { $0.isKept ? ColumnPieces() : nil }
    empty = reader.fields.map { Column(type: $0.type, isKey: $0.builder.isKey) }
  }

  /// Adds a file: its beginning, then its blocks.
  ///
  /// A block was read as if a record began with its first line. Where what stands before it shows that it does
  /// not, it is read again from where the record before it ends.
  mutating func append(
    _ opened: inout OpenedFile, _ blocks: inout [TablePart], digest: FileDigest?,
    pool: inout StringPool
  ) {
    table.firstRows.append(table.rowCount)
    var digest = digest
    // Blocks were read by the first headings. Where others follow, the file is read again from its start.
    if opened.hasOtherHeadings || blocks.contains(where: { $0.hasOtherHeadings(than: opened) }) {
      opened = opened.part.reader.unopened().open(opened.file, inBlocks: false)
      blocks = []
      digest = opened.digest
    }
    let rest = opened.rest
    var report = opened.report
    var isChanged = opened.part.isChanged || blocks.contains(where: \.isChanged)
    if var run = exchange(&opened.part.run, for: nil) {
      let fresh = run.another()
      let spare = opened.part.reader.another()
      var last = exchange(&opened.part, for: TablePart(reader: spare))
      add(&last, &pool)
      for (index, numbers) in rest.enumerated() {
        guard let survey = opened.survey, !last.isLast, last.failure == nil else { break }
        var part = exchange(&blocks[index], for: TablePart(reader: spare))
        let isProven =
          part.failure == nil && part.start.next == last.end.next
          && part.start.number == last.end.number
        if !isProven {
          part = spare.another().read(
            blocks: numbers, of: opened.file, survey, after: last.end, fresh)
          isChanged = isChanged || part.isChanged
        }
        if let later = part.run { run.append(later) }
        add(&part, &pool)
        last = part
      }
      if let failure = last.failure {
        var end = TablePart(reader: last.reader)
        end.reader.flushFooters(&run)
        run.report.faults.append(.unreadable(failure))
        add(&end, &pool)
      } else {
        last.reader.closeFooters(&run)
      }
      run.close(definition)
      report = run.report
    }
    switch digest {
    case .sha256(let text): report.sha256 = text
    case .failed(let fault):
      // What was read may well be whole; what it was read from cannot be shown.
      if !report.faults.contains(where: { $0.kind == .unreadable }) {
        report.faults.append(.unreadable(fault))
      }
    case nil: break
    }
    if let survey = opened.survey, isChanged || !survey.isSame(at: opened.file.path) {
      report.faults.append(.changed)
    }
    table.files.append(report)
  }

  /// Takes over what a part has read, and leaves a reader that has read nothing.
  private mutating func add(_ taken: inout TablePart, _ pool: inout StringPool) {
    let spare = taken.reader.another()
    var part = exchange(&taken.reader, for: spare)
    let partRows = exchange(&taken.rows, for: nil) ?? part.takeRows()
    let rows = table.rowCount
    let numbers = pool.take(part.pool)
    for (column, pieces) in zip(partRows.columns, pieces) {
      guard let column, let pieces else { continue }
      pieces.append(column, numbers: numbers, rowCount: part.table.rowCount)
    }
    lines.append(partRows.lines)
    for field in table.tallies.indices {
      table.tallies[field].given += part.fields[field].tally.given
      table.tallies[field].present += part.fields[field].tally.present
      if part.table.hasHeading[field] { table.hasHeading[field] = true }
      if part.table.lacksHeading[field] { table.lacksHeading[field] = true }
    }
    for var finding in part.table.findings {
      finding.row += Int32(rows)
      table.findings.append(finding)
    }
    for var reject in part.table.rejects {
      reject.file = table.files.count
      table.rejects.append(reject)
    }
    table.rowCount += part.table.rowCount
  }

  /// How many columns there are to put together.
  var fieldCount: Int { pieces.count }

  /// Puts one column together; nil for a field that is not kept, or whose heading no file has.
  func column(_ field: Int, in pool: StringPool, _ spill: ColumnSpill?) -> Column? {
    guard table.hasHeading[field] else { return nil }
    return pieces[field]?.joined(empty[field], in: pool, room?.columns[field], spill)
  }

  /// Puts the lines of the rows together.
  func allLines(_ spill: ColumnSpill?) -> ColumnValues<Int32> {
    lines.joined(room?.lines, spill)
  }

  /// The table with its columns.
  consuming func finish(_ columns: ArraySlice<Column?>, lines allLines: ColumnValues<Int32>)
    -> Table
  {
    for number in table.files.indices {
      // Headings without a single row are a fault of their file, also where another file has rows.
      let report = table.files[number]
      if definition.mayBeEmpty, report.rowsRead == 0 { continue }
      if report.headerLine != nil, report.rowsChecked == 0 {
        table.files[number].faults.append(.noRows(records: report.rowsRead))
      }
    }
    table.columns = Array(columns)
    table.lines = allLines
    return table
  }
}

extension OpenedFile {
  /// Whether other headings stand in the first of several blocks.
  fileprivate var hasOtherHeadings: Bool { !rest.isEmpty && part.hasOtherHeadings(than: self) }
}

extension TablePart {
  /// Whether the records at its end are read by other headings than those that the file begins with.
  fileprivate func hasOtherHeadings(than opened: OpenedFile) -> Bool {
    guard let run, let first = opened.part.run else { return false }
    return run.headings.line != first.report.headerLine
  }
}
