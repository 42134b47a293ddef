import Values

/// Joins the parts of a table's files, each after the one before.
struct TableMerge {
  private let definition: TableDefinition
  private var table: Table
  /// For each field that is kept, what the parts gave of it.
  private let pieces: [ColumnPieces?]
  private let empty: [Column]
  /// The numbers in the run's pool of the texts of each worker, and of each part without a worker.
  private var numberings: [GrowingValues<Int32>] = []
  private let lines = LinePieces()
  /// Where most parts were written.
  private let room: TableRoom?
  private let spill: ColumnSpill?

  init(_ reader: TableReader, _ room: TableRoom?) {
    self.room = room
    spill = reader.settings.spill
    definition = reader.definition
    table = Table(definition: reader.definition, spill: reader.settings.spill)
    pieces = reader.fields.indices.map { reader.fields[$0].isKept ? ColumnPieces() : nil }
    // Only the indices are mapped: copying the reader of a field is expensive.
    empty = reader.fields.indices.map {
      Column(type: reader.fields[$0].type, isKey: reader.fields[$0].builder.isKey)
    }
  }

  /// Adds a file: its beginning, then its segments, with the texts of the workers that read them.
  ///
  /// A segment was read as if its first line began a record. Where what precedes it shows
  /// otherwise, it is read again from where the record before it ends.
  mutating func append(
    _ opened: inout OpenedFile, _ parts: inout [TablePart], _ texts: [PooledTexts],
    _ outcome: FileFeed.Outcome?, pool: inout StringPool
  ) {
    table.firstRows.append(table.rowCount)
    // Segments were read by the first headings. Where others follow, the file is read again from
    // its start. The same holds where the first segment was read on in another encoding than the
    // file turned out to have.
    if opened.feed != nil,
      !opened.part.isRead(in: outcome) || opened.part.hasOtherHeadings(than: opened)
        || parts.contains(where: { $0.hasOtherHeadings(than: opened) })
    {
      opened = opened.reader.unopened().openWhole(opened.file)
    }
    // A file that was read as a whole has no segments.
    let outcome = opened.feed == nil ? nil : outcome
    if opened.feed == nil { parts = [] }
    var report = opened.report
    var isChanged = opened.part.isChanged || parts.contains(where: \.isChanged)
    if let run = exchange(&opened.part.run, for: nil) {
      report = join(run, &opened, &parts, texts, outcome, &isChanged, pool: &pool)
    }
    complete(&report, opened.digest, outcome)
    if let survey = opened.survey, isChanged || !survey.isSame(at: opened.file.path) {
      report.faults.append(.changed)
    }
    table.files.append(report)
  }

  /// Adds the rows of a file in order; returns the report on it.
  private mutating func join(
    _ beginning: FileRun, _ opened: inout OpenedFile, _ parts: inout [TablePart],
    _ texts: [PooledTexts], _ outcome: FileFeed.Outcome?, _ isChanged: inout Bool,
    pool: inout StringPool
  ) -> FileReport {
    var run = beginning
    let fresh = run.another()
    let firstNumbering = numberings.count
    pool.reserve(texts.reduce(0) { $0 + $1.count })
    numberings += texts.map { _ in GrowingValues(in: spill) }
    reserve(findings: parts.reduce(opened.part.findingCount) { $0 + $1.findingCount })
    var last = exchange(&opened.part, for: TablePart())
    add(&last, texts, firstNumbering, &pool)
    func take(_ part: inout TablePart) {
      isChanged = isChanged || part.isChanged
      if let later = part.run { run.append(later) }
      add(&part, texts, firstNumbering, &pool)
      last = part
    }
    for index in parts.indices {
      guard let survey = opened.survey, !last.isLast, last.failure == nil else { break }
      var part = exchange(&parts[index], for: TablePart())
      let isProven =
        part.failure == nil && part.isRead(in: outcome)
        && part.start.next == last.end.next && part.start.number == last.end.number
      if !isProven {
        // Its worker knows these texts by then, and does not list them again for later segments.
        if let read = part.rows {
          pool.take(
            read.texts, of: texts[part.worker], numbers: &numberings[firstNumbering + part.worker])
        }
        part = opened.readAgain(after: last, before: part.limit, survey, outcome, fresh)
      }
      take(&part)
    }
    if let survey = opened.survey, outcome?.fault == nil, !last.isLast, last.failure == nil {
      // No segment was the last, as when the file has become shorter: the rest must not be missed
      // in silence.
      var part = opened.readAgain(after: last, before: .max, survey, outcome, fresh)
      take(&part)
    }
    if let failure = last.failure ?? outcome?.fault {
      var end = opened.reader.another()
      end.flushFooters(&run)
      run.report.faults.append(.unreadable(failure))
      var part = TablePart()
      part.rows = end.takeRows()
      part.texts = end.takeTexts()
      add(&part, texts, firstNumbering, &pool)
    } else {
      opened.reader.closeFooters(&run)
      run.report.recordSum = run.recordSum?.digits ?? ""
      run.report.endsInLineBreak = endsInLineBreak(opened.file.path)
    }
    run.close(definition)
    return run.report
  }

  /// Makes room for findings, but not for each of many small files: every time, all earlier findings
  /// would be moved.
  private mutating func reserve(findings: Int) {
    guard findings > table.findings.count else { return }
    table.findings.reserveCapacity(table.findings.count + findings)
  }

  /// Adds to a report what only the whole file shows.
  private func complete(
    _ report: inout FileReport, _ digest: FileDigest?, _ outcome: FileFeed.Outcome?
  ) {
    if let outcome {
      report.size = outcome.size
      report.encoding = outcome.encoding
      if outcome.fault == nil { report.sha256 = outcome.sha256 }
    }
    switch digest {
    case .sha256(let text): report.sha256 = text
    case .failed(let fault):
      // What was read may well be whole, but what it was read from cannot be shown.
      if !report.faults.contains(where: { $0.kind == .unreadable }) {
        report.faults.append(.unreadable(fault))
      }
    case nil: break
    }
  }

  /// Takes over what a part has read, and drops its rows.
  private mutating func add(
    _ part: inout TablePart, _ texts: [PooledTexts], _ firstNumbering: Int,
    _ pool: inout StringPool
  ) {
    guard let read = exchange(&part.rows, for: nil) else { return }
    var numbering = firstNumbering + part.worker
    if let own = exchange(&part.texts, for: nil) {
      numbering = numberings.count
      numberings.append(GrowingValues(in: spill))
      pool.take(read.texts, of: own, numbers: &numberings[numbering])
    } else {
      pool.take(read.texts, of: texts[part.worker], numbers: &numberings[numbering])
    }
    let rows = table.rowCount
    for (column, pieces) in zip(read.columns, pieces) {
      guard let column, let pieces else { continue }
      pieces.append(column, numbering: numbering, rowCount: read.table.rowCount)
    }
    lines.append(read.lines)
    for field in table.tallies.indices {
      table.tallies[field].given += read.tallies[field].given
      table.tallies[field].present += read.tallies[field].present
      if read.table.hasHeading[field] { table.hasHeading[field] = true }
      if read.table.lacksHeading[field] { table.lacksHeading[field] = true }
    }
    table.findings.append(contentsOf: read.table.findings, rowsBefore: rows)
    table.rejects.append(contentsOf: read.table.rejects, file: table.files.count)
    table.rowCount += read.table.rowCount
  }

  /// How many columns there are to join.
  var fieldCount: Int { pieces.count }

  /// Joins one column; nil for a field that is not kept, or whose heading no file has.
  func column(_ field: Int, in pool: StringPool, _ spill: ColumnSpill?) -> Column? {
    guard table.hasHeading[field] else { return nil }
    return pieces[field]?.joined(
      empty[field], in: pool, numberings, room?.columns[field], spill)
  }

  /// Joins the lines of the rows.
  func allLines(_ spill: ColumnSpill?) -> ColumnValues<Int32> {
    lines.joined(room?.lines, spill)
  }

  /// The table with its columns.
  consuming func finish(_ columns: ArraySlice<Column?>, lines allLines: ColumnValues<Int32>)
    -> Table
  {
    table.takeSharedFooters()
    for number in table.files.indices {
      // Headings without a single row are a fault of their file, even if another file has rows.
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

extension TablePart {
  fileprivate var findingCount: Int { rows?.table.findings.count ?? 0 }

  /// Whether the records at its end were read by other headings than the first of the file.
  fileprivate func hasOtherHeadings(than opened: OpenedFile) -> Bool {
    guard let run, let first = opened.part.run else { return false }
    return run.headings.line != first.report.headerLine
  }

  /// Whether all of it was read in the file's encoding.
  fileprivate func isRead(in outcome: FileFeed.Outcome?) -> Bool {
    behindIn == nil || behindIn == outcome?.encoding
  }
}

extension OpenedFile {
  /// Reads a segment again, from where the part before it ends.
  fileprivate func readAgain(
    after last: TablePart, before limit: Int, _ survey: FileSurvey,
    _ outcome: FileFeed.Outcome?, _ run: FileRun
  ) -> TablePart {
    var again = reader.another()
    return again.read(file, survey, outcome?.encoding ?? .utf8, after: last, before: limit, run)
  }
}
