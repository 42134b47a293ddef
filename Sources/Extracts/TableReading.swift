import Threads
import Values

/// Reads the files of some tables in pieces that do not wait for each other, and puts the pieces together.
struct TableReading: Sendable {
  /// A piece of work on a file that has been opened.
  enum Work: Sendable {
    /// Blocks of a file, and the places of their rows in the table's room.
    case blocks(Range<Int>, file: Int, places: Range<Int>)
    case digest(file: Int)
  }

  enum Done: Sendable {
    case part(TablePart)
    case digest(FileDigest)
    case nothing
  }

  private let tables: [TableFiles]
  private let readers: [TableReader]
  /// For each file of all tables, its table and its place there.
  private let places: [(table: Int, file: Int)]
  private let settings: ReadSettings
  private let meter: ReadingMeter?

  init(_ tables: [TableFiles], settings: ReadSettings, progress: ReadingProgress?) {
    self.tables = tables
    self.settings = settings
    readers = tables.map { TableReader($0.request, settings: settings) }
    places = tables.indices.flatMap { table in
      tables[table].files.indices.map { (table, $0) }
    }
    meter = progress.map { ReadingMeter($0) }
  }

  var fileCount: Int { places.count }

  private func file(_ number: Int) -> ExtractFile {
    tables[places[number].table].files[places[number].file]
  }

  /// The first pass over all files.
  func plan() -> SurveyPlan {
    SurveyPlan((0..<fileCount).map { file($0).path }, settings: settings)
  }

  /// What the first pass has shown, by file.
  func surveys(_ plan: SurveyPlan, _ looks: [Result<SurveyStretch, SystemFault>])
    -> [Result<FileSurvey, InputFault>]
  {
    plan.surveys(looks, declared: places.map { readers[$0.table].definition.encoding })
  }

  /// Reads the beginning of a file, which of most files is all.
  func open(_ number: Int, _ survey: Result<FileSurvey, InputFault>) -> OpenedFile {
    var reader = readers[places[number].table]
    reader.progress = meter?.part()
    return reader.open(file(number), inBlocks: true) { () throws(InputFault) in try survey.get() }
  }

  /// What is still to be read, the longest first, since each digest goes through a whole file; and room for the rows of
  /// each table of which several parts are read.
  func work(on opened: [OpenedFile]) -> (work: [Work], rooms: [TableRoom?]) {
    var digests: [Work] = []
    var blocks: [Work] = []
    var rows = [Int](repeating: 0, count: tables.count)
    var inParts: Set<Int> = []
    for (number, file) in opened.enumerated() {
      if file.digest == nil { digests.append(.digest(file: number)) }
      let table = places[number].table
      rows[table] += file.part.reader.table.rowCount
      guard let survey = file.survey, let run = file.part.run else { continue }
      for part in file.rest {
        let end = rows[table] + survey.mostRecords(in: part, width: run.headings.width)
        blocks.append(.blocks(part, file: number, places: rows[table]..<end))
        rows[table] = end
        inParts.insert(table)
      }
    }
    let rooms = tables.indices.map { table in
      inParts.contains(table)
        ? TableRoom(readers[table], rows: rows[table], in: settings.spill) : nil
    }
    return (digests + blocks, rooms)
  }

  func carryOut(_ work: Work, _ opened: [OpenedFile], _ rooms: [TableRoom?]) -> Done {
    switch work {
    case .digest(let number): return .digest(FileDigest(of: opened[number].file.path))
    case .blocks(let blocks, let number, let rows):
      let file = opened[number]
      guard let survey = file.survey, let run = file.part.run else { return .nothing }
      var reader = file.part.reader.another()
      reader.progress = meter?.part()
      if let room = rooms[places[number].table] { reader.use(room, rows) }
      return .part(
        reader.read(blocks: blocks, of: file.file, survey, after: nil, run.another()))
    }
  }

  /// Puts the pieces together in the order of the files.
  func tables(
    _ opened: consuming [OpenedFile], _ work: [Work], _ done: consuming [Done],
    _ rooms: [TableRoom?], pool: inout StringPool, threads: Int
  ) -> [Table] {
    var merges = zip(readers, rooms).map { TableMerge($0, $1) }
    var parts: [[TablePart]] = opened.map { _ in [] }
    var digests = opened.map(\.digest)
    for index in done.indices {
      switch (work[index], exchange(&done[index], for: .nothing)) {
      case (.blocks(_, let file, _), .part(let part)): parts[file].append(part)
      case (.digest(let file), .digest(let digest)): digests[file] = digest
      default: break
      }
    }
    for number in opened.indices {
      merges[places[number].table].append(
        &opened[number], &parts[number], digest: digests[number], pool: &pool)
    }
    let fields = merges.indices.flatMap { table in
      (0..<merges[table].fieldCount).map { (table: table, field: $0) }
    }
    let (whole, texts) = (merges, pool)
    let columns = inParallel(fields.count, threads: threads) { number in
      settings.spill?.relax()
      return whole[fields[number].table].column(fields[number].field, in: texts, settings.spill)
    }
    let lines = inParallel(whole.count, threads: threads) { whole[$0].allLines(settings.spill) }
    let cut = textsCutByExcel(in: pool)
    var tables: [Table] = []
    var done = 0
    for (merge, lines) in zip(merges, lines) {
      let end = done + merge.fieldCount
      tables.append(merge.finish(columns[done..<end], lines: lines))
      done = end
    }
    let read = tables
    return inParallel(read.count, threads: threads) { number in
      settings.spill?.relax()
      var table = read[number]
      table.lookForHarm(in: texts, cut: cut)
      return table
    }
  }
}
