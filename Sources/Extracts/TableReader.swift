import Values

/// Reads the files of one table into its columns.
struct TableReader {
  let definition: TableDefinition
  let settings: ReadSettings
  let progress: ReadingProgress?
  let footers: [FooterPattern]
  var table: Table
  var fields: [FieldReader]
  var pool: StringPool
  /// Where this file has the key, or all fields where it has none.
  var keyPlaces: [(column: Int, checks: FieldChecks)] = []
  var hasKey = false
  /// Lines that are looked at by themselves.
  var line = Record()

  init(
    _ request: ReadingRequest, pool: StringPool, settings: ReadSettings, progress: ReadingProgress?
  ) {
    definition = request.definition
    self.settings = settings
    self.progress = progress
    self.pool = pool
    footers = definition.dialect.footer.map { FooterPattern($0) }
    table = Table(definition: definition)
    fields = definition.fields.indices.map {
      let checks = FieldChecks(
        request.definition.fields[$0], of: request.definition, asOf: request.asOf)
      return FieldReader($0, checks, isKept: request.keptFields.contains($0))
    }
  }

  /// Reads the next file of the table.
  mutating func read(_ file: ExtractFile) {
    table.firstRows.append(table.rowCount)
    var report = FileReport(path: file.relativePath)
    do throws(InputFault) {
      report = try read(file, report)
    } catch {
      report.size = (try? FileStatus(at: file.path))?.size ?? 0
      report.sha256 = digest(of: file) ?? ""
      report.faults.append(error)
    }
    tell(report.size)
    table.files.append(report)
  }

  private mutating func read(_ file: ExtractFile, _ empty: FileReport) throws(InputFault)
    -> FileReport
  {
    let survey = try FileSurvey(file.path, declared: definition.encoding, settings: settings)
    var report = empty
    report.encoding = survey.encoding
    do throws(SystemFault) {
      let quote = definition.dialect.quoteChar
      var buffer = LineBuffer(
        try ByteSource(file.path), Transcoder(survey.encoding, markLength: survey.markLength),
        quote: quote, settings: settings)
      let search = HeaderSearch(definition)
      try buffer.fill(lines: search.lines, bytes: HeaderSearch.mostBytes)
      guard let headings = search.headings(in: buffer.bytes) else {
        report.faults.append(buffer.isBlank ? .blank : .noHeadings(definition))
        try buffer.finish(as: survey, &report)
        return report
      }
      var reader = RecordReader(buffer, delimiter: headings.delimiter, quote: quote)
      report = readRecords(&reader, FileRun(headings, survey, report, definition))
      try reader.buffer.finish(as: survey, &report)
    } catch {
      report.faults.append(.unreadable(error))
    }
    return report
  }

  /// The digest of a file that holds no records, for the record of what was given.
  private func digest(of file: ExtractFile) -> String? {
    guard var source = try? ByteSource(file.path), source.status.kind == .file else { return nil }
    var chunk = [UInt8](repeating: 0, count: settings.chunkSize)
    while let count = try? source.read(into: &chunk, isDigested: true) {
      if count < chunk.count { return source.digest() }
    }
    return nil
  }

  /// Ends the reading: the table with its columns.
  consuming func finish() -> Table {
    reportEmptiness()
    for number in fields.indices {
      table.tallies[number] = fields[number].tally
      if fields[number].isKept, table.hasHeading[number] {
        table.columns[number] = fields[number].takeColumn()
      }
    }
    return table
  }

  /// Headings without a single row are a fault of their file, also where another file of the table has rows.
  private mutating func reportEmptiness() {
    for number in table.files.indices {
      let report = table.files[number]
      if definition.mayBeEmpty, report.rowsRead == 0 { continue }
      if report.headerLine != nil, report.rowsChecked == 0 {
        table.files[number].faults.append(.noRows(records: report.rowsRead))
      }
    }
  }
}
