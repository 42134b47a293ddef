import Values

/// What a reader has made of a file, or of one of its segments.
struct TablePart: Sendable {
  /// The rows; nil where it could not be read.
  var rows: PartRows?
  /// The texts of its columns, unless a worker has them.
  var texts: PooledTexts?
  /// The worker that has the texts of its columns.
  var worker = 0
  /// The state of its file; nil where the file holds no records to read.
  var run: FileRun?
  /// The line after which the part begins; its first record is the next one in the file.
  var start = Line()
  /// The last line that belongs to it.
  var end = Line()
  /// Where in the file the line after that begins.
  var endInFile = 0
  /// The encoding in which it was read beyond its own segment; nil where that made no difference.
  var behindIn: TextEncoding?
  /// Where in the text the records begin that it leaves to the next part.
  var limit = Int.max
  /// Whether it extends to the end of the file.
  var isLast = true
  /// Whether the file is no longer what the survey saw.
  var isChanged = false
  /// Why reading stopped.
  var failure: SystemFault?
}

/// A file whose beginning has been read, with its headings.
struct OpenedFile: Sendable {
  let file: ExtractFile
  var reader: TableReader
  var part = TablePart()
  /// The report on a file without records, or the beginning of the report on another.
  var report: FileReport
  /// Nil where the file could not be looked through.
  var survey: FileSurvey?
  /// The digest, where the whole file has been read or cannot be.
  var digest: FileDigest?
  /// What is still to be read; nil where there is nothing.
  var feed: FileFeed?
}

extension TableReader {
  /// Reads a file or, if it is read in segments, the first of them.
  func open(_ file: ExtractFile) -> OpenedFile {
    var opened = OpenedFile(self, file)
    do throws(InputFault) {
      let quote = definition.dialect.quoteChar
      let feed = try FileFeed(
        file.path, declared: definition.encoding, quote: quote, settings: settings)
      let beginning: FileFeed.Beginning
      do throws(SystemFault) { beginning = try feed.begin() } catch { throw .unreadable(error) }
      switch beginning {
      case .all(let bytes, let encoding, let sha256):
        let survey = try FileSurvey(feed.status, encoding, declared: definition.encoding)
        opened.take(survey)
        opened.read(LineBuffer(bytes, survey, quote: quote, settings: settings), survey)
        opened.digest = .sha256(sha256)
      case .segment(let segment, let survey):
        opened.take(survey)
        opened.read(segment, survey)
        // If the beginning is all there is, or shows nothing by which to read the rest, the whole
        // file must show more.
        if opened.part.run == nil || opened.part.isLast || opened.part.failure != nil {
          return openWhole(file)
        }
        opened.feed = feed
      case .unclear: return openWhole(file)
      }
    } catch {
      opened.take(error)
    }
    return opened
  }

  /// Looks through a whole file, and then reads it.
  func openWhole(_ file: ExtractFile) -> OpenedFile {
    var opened = OpenedFile(self, file)
    do throws(InputFault) {
      let survey = try FileSurvey(file.path, declared: definition.encoding, settings: settings)
      opened.take(survey)
      opened.readWhole(survey)
    } catch {
      opened.take(error)
    }
    return opened
  }

  /// Reads the records that begin in a segment of a file whose headings are known.
  ///
  /// It assumes that the first line that begins in the segment begins a record; what was read
  /// before has to prove that. It gives back the memory of the segment's text.
  mutating func read(
    _ segment: consuming TextSegment, of file: ExtractFile, _ run: FileRun,
    memory: inout [UInt8]
  ) -> TablePart {
    let quote = definition.dialect.quoteChar
    let startsLine = segment.startsLine
    var part = TablePart()
    part.limit = segment.isLast ? .max : segment.end
    do throws(SystemFault) {
      var buffer = LineBuffer(segment, of: file.path, quote: quote, settings: settings)
      if !startsLine { try buffer.passOverRestOfLine() }
      memory = read(buffer, into: &part, run)
    } catch {
      part.failure = error
    }
    return part
  }

  /// Reads the records after a part of a file and before a limit.
  mutating func read(
    _ file: ExtractFile, _ survey: FileSurvey, _ encoding: TextEncoding, after last: TablePart,
    before limit: Int, _ run: FileRun
  ) -> TablePart {
    var part = TablePart()
    part.limit = limit
    let buffer = LineBuffer(
      file.path, survey, encoding, after: last.end, at: last.endInFile,
      quote: definition.dialect.quoteChar, settings: settings)
    _ = read(buffer, into: &part, run)
    part.texts = takeTexts()
    return part
  }

  /// Reads the records before a part's limit; returns the memory of their text.
  private mutating func read(
    _ buffer: consuming LineBuffer, into part: inout TablePart, _ fresh: FileRun
  ) -> [UInt8] {
    var run = fresh
    var records = RecordReader(
      buffer, delimiter: run.headings.delimiter, quote: definition.dialect.quoteChar)
    part.start = records.position
    do throws(SystemFault) {
      part.isLast = try !readRecords(&records, before: part.limit, &run)
      part.end = records.position
      part.endInFile = records.buffer.placeInFile(of: part.end.next)
      part.isChanged = records.buffer.isChanged
      part.behindIn = records.buffer.behindIn
    } catch {
      part.failure = error
    }
    part.rows = takeRows()
    part.run = run
    var memory = records.buffer.takeMemory()
    memory.removeAll(keepingCapacity: true)
    return memory
  }
}

extension OpenedFile {
  fileprivate init(_ reader: TableReader, _ file: ExtractFile) {
    self.init(file: file, reader: reader, report: FileReport(path: file.relativePath))
  }

  fileprivate mutating func take(_ survey: FileSurvey) {
    self.survey = survey
    report.encoding = survey.encoding
    report.size = survey.size
  }

  fileprivate mutating func take(_ fault: InputFault) {
    report.size = (try? FileStatus(at: file.path))?.size ?? 0
    digest = FileDigest(of: file.path)
    report.faults.append(fault)
  }

  fileprivate mutating func read(_ segment: consuming TextSegment, _ survey: FileSurvey) {
    let limit = segment.end
    read(
      LineBuffer(segment, of: file.path, quote: quote, settings: settings), survey, limit)
  }

  fileprivate mutating func readWhole(_ survey: FileSurvey) {
    do throws(SystemFault) {
      read(
        try LineBuffer(file.path, survey, quote: quote, settings: settings, isDigested: true),
        survey)
    } catch {
      report.faults.append(.unreadable(error))
    }
  }

  private var quote: UInt8 { reader.definition.dialect.quoteChar }
  private var settings: ReadSettings { reader.settings }

  /// Reads the headings and the records that begin before a limit, or else up to the end of the
  /// file.
  fileprivate mutating func read(
    _ lines: consuming LineBuffer, _ survey: FileSurvey, _ limit: Int = .max
  ) {
    do throws(SystemFault) {
      var buffer = lines
      let search = HeaderSearch(reader.definition, reader.headingIndex)
      try buffer.fill(lines: search.lines, bytes: HeaderSearch.mostBytes)
      guard let headings = search.headings(in: buffer.bytes) else {
        report.faults.append(buffer.isBlank ? .blank : .noHeadings(reader.definition))
        if limit == .max { digest = .sha256(try buffer.finish()) }
        part.isChanged = buffer.isChanged
        return
      }
      var records = RecordReader(buffer, delimiter: headings.delimiter, quote: quote)
      var run = FileRun(headings, survey, report, reader.definition, reader.headingIndex)
      if reader.isSummed, survey.status.size <= settings.mostSummedBytes {
        run.recordSum = RecordSum()
      }
      do throws(SystemFault) {
        try reader.readHeadings(&records, &run)
        part.isLast = try !reader.readRecords(&records, before: limit, &run)
        if limit == .max { digest = .sha256(try records.buffer.finish()) }
      } catch {
        part.failure = error
      }
      part.end = records.position
      if limit < .max { part.endInFile = records.buffer.placeInFile(of: part.end.next) }
      part.isChanged = records.buffer.isChanged
      part.behindIn = records.buffer.behindIn
      part.rows = reader.takeRows()
      part.texts = reader.takeTexts()
      part.run = run
    } catch {
      report.faults.append(.unreadable(error))
    }
  }
}
