import Values

/// Reads the files of some tables in pieces that do not wait for each other, and puts the pieces together.
struct TableReading: Sendable {
  /// A piece of work on a file that has been opened.
  enum Work: Sendable {
    case block(Int, file: Int)
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
  private let meter: ReadingMeter?

  init(_ tables: [TableFiles], settings: ReadSettings, progress: ReadingProgress?) {
    self.tables = tables
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

  /// Looks through a file and reads its beginning, which of most files is all.
  func open(_ number: Int) -> OpenedFile {
    var reader = readers[places[number].table]
    reader.progress = meter?.part()
    return reader.open(file(number))
  }

  /// What is still to be read; the longest first, since each digest goes through a whole file.
  func work(on opened: [OpenedFile]) -> [Work] {
    var digests: [Work] = []
    var blocks: [Work] = []
    for (number, file) in opened.enumerated() {
      if file.digest == nil { digests.append(.digest(file: number)) }
      blocks += file.rest.map { .block($0, file: number) }
    }
    return digests + blocks
  }

  func carryOut(_ work: Work, _ opened: [OpenedFile]) -> Done {
    switch work {
    case .digest(let number): return .digest(FileDigest(of: opened[number].file.path))
    case .block(let block, let number):
      let file = opened[number]
      guard let survey = file.survey, let run = file.part.run else { return .nothing }
      // About one text a record or two that no record before it had.
      var reader = file.part.reader.another(texts: survey.blocks[block].bytes.count / 256)
      reader.progress = meter?.part()
      return .part(
        reader.read(block: block, of: file.file, survey, after: nil, run.another()))
    }
  }

  /// Puts the pieces together in the order of the files.
  func tables(
    _ opened: consuming [OpenedFile], _ work: [Work], _ done: consuming [Done],
    pool: inout StringPool
  ) -> [Table] {
    var merges = readers.map { TableMerge($0) }
    var parts: [[TablePart]] = opened.map { _ in [] }
    var digests = opened.map(\.digest)
    for index in done.indices {
      switch (work[index], exchange(&done[index], for: .nothing)) {
      case (.block(_, let file), .part(let part)): parts[file].append(part)
      case (.digest(let file), .digest(let digest)): digests[file] = digest
      default: break
      }
    }
    for number in opened.indices {
      merges[places[number].table].append(
        &opened[number], &parts[number], digest: digests[number], pool: &pool)
    }
    let cut = textsCutByExcel(in: pool)
    return merges.map { merge in
      var table = merge.finish()
      table.lookForHarm(in: pool, cut: cut)
      return table
    }
  }
}
