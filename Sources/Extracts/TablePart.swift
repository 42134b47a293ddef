/// What one reader has made of a file, or of one block of it.
struct TablePart: Sendable {
  var reader: TableReader
  /// Its rows, once all of them have been read.
  var rows: PartRows?
  /// Nil where the file holds no records to read.
  var run: FileRun?
  /// The line after which the part begins; the next record of the file is then its first.
  var start = Line()
  /// The last line that belongs to it.
  var end = Line()
  /// Whether it goes to the end of the file.
  var isLast = true
  /// Whether the file is no longer what the survey saw.
  var isChanged = false
  /// Why reading stopped.
  var failure: SystemFault?

  init(reader: TableReader) { self.reader = reader }
}

/// A file whose beginning has been read, with its headings.
struct OpenedFile: Sendable {
  let file: ExtractFile
  var part: TablePart
  /// What is reported of a file without records, or the first of what is reported.
  var report: FileReport
  /// Nil where the file could not be looked through.
  var survey: FileSurvey?
  /// The digest, where the whole file has been read, or cannot be.
  var digest: FileDigest?

  /// The blocks that are still to be read, some in a row at a time.
  var rest: [Range<Int>] {
    guard let survey, part.run != nil, !part.isLast, part.failure == nil else { return [] }
    let (count, step) = (survey.blocks.count, part.reader.settings.blocksInPart)
    return stride(from: 1, to: count, by: step).map { $0..<min($0 + step, count) }
  }
}

extension TableReader {
  /// Looks through a file and reads it, or where it may be read in blocks the first of them.
  func open(_ file: ExtractFile, inBlocks: Bool = true) -> OpenedFile {
    open(file, inBlocks: inBlocks) { () throws(InputFault) in
      try FileSurvey(file.path, declared: definition.encoding, settings: settings)
    }
  }

  /// Reads a file that has been looked through, or where it may be read in blocks the first of them.
  func open(_ file: ExtractFile, inBlocks: Bool, survey: () throws(InputFault) -> FileSurvey)
    -> OpenedFile
  {
    var opened = OpenedFile(
      file: file, part: TablePart(reader: self), report: FileReport(path: file.relativePath))
    do throws(InputFault) {
      let survey = try survey()
      opened.survey = survey
      opened.report.encoding = survey.encoding
      opened.report.size = survey.size
      opened.read(survey, isWhole: !inBlocks || !survey.isReadInBlocks)
    } catch {
      opened.report.size = (try? FileStatus(at: file.path))?.size ?? 0
      opened.digest = FileDigest(of: file.path)
      opened.report.faults.append(error)
    }
    return opened
  }

  /// Reads some blocks of a file whose headings are known: the records that begin in them.
  ///
  /// Without a position it is taken that the first line that begins in the blocks begins a record: what was read
  /// before has to prove it.
  func read(
    blocks: Range<Int>, of file: ExtractFile, _ survey: FileSurvey, after position: Line?,
    _ run: FileRun
  ) -> TablePart {
    var part = TablePart(reader: self)
    var run = run
    do throws(SystemFault) {
      let quote = part.reader.definition.dialect.quoteChar
      var buffer = try LineBuffer(
        file.path, survey, blocks: blocks, after: position, quote: quote,
        settings: part.reader.settings)
      if position == nil { try buffer.passOverRest(ofLineBefore: survey.blocks[blocks.lowerBound]) }
      var reader = RecordReader(buffer, delimiter: run.headings.delimiter, quote: quote)
      part.start = reader.position
      let end = survey.end(ofBlock: blocks.upperBound - 1)
      part.isLast = try !part.reader.readRecords(&reader, before: end, &run)
      part.end = reader.position
      part.isChanged = reader.buffer.isChanged
    } catch {
      part.failure = error
    }
    part.rows = part.reader.takeRows()
    part.run = run
    return part
  }
}

extension OpenedFile {
  fileprivate mutating func read(_ survey: FileSurvey, isWhole: Bool) {
    do throws(SystemFault) {
      let definition = part.reader.definition
      let quote = definition.dialect.quoteChar
      var buffer =
        isWhole
        ? try LineBuffer(
          file.path, survey, quote: quote, settings: part.reader.settings, isDigested: true)
        : try LineBuffer(
          file.path, survey, blocks: 0..<1, after: nil, quote: quote, settings: part.reader.settings
        )
      let search = HeaderSearch(definition)
      try buffer.fill(lines: search.lines, bytes: HeaderSearch.mostBytes)
      guard let headings = search.headings(in: buffer.bytes) else {
        report.faults.append(buffer.isBlank ? .blank : .noHeadings(definition))
        if isWhole { digest = .sha256(try buffer.finish()) }
        part.isChanged = buffer.isChanged
        return
      }
      var reader = RecordReader(buffer, delimiter: headings.delimiter, quote: quote)
      var run = FileRun(headings, survey, report, definition)
      do throws(SystemFault) {
        try part.reader.readHeadings(&reader, &run)
        part.isLast = try !part.reader.readRecords(
          &reader, before: isWhole ? .max : survey.end(ofBlock: 0), &run)
        if isWhole { digest = .sha256(try reader.buffer.finish()) }
      } catch {
        part.failure = error
      }
      part.end = reader.position
      part.isChanged = reader.buffer.isChanged
      part.run = run
    } catch {
      report.faults.append(.unreadable(error))
    }
  }
}

extension FileSurvey {
  /// Where a block ends in the decoded text of a file that is read in blocks.
  fileprivate func end(ofBlock number: Int) -> Int {
    number + 1 < blocks.count ? blocks[number].bytes.upperBound - markLength : .max
  }
}
