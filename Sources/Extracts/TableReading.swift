import Threads
import Values

/// Reads the files of some tables in independent pieces, and joins the pieces.
struct TableReading: Sendable {
  private let tables: [TableFiles]
  private let readers: [TableReader]
  /// For each file of all tables, its table and its place there.
  private let places: [(table: Int, file: Int)]
  private let settings: ReadSettings
  private let meter: ReadingMeter?
  private let threads: Int

  init(_ tables: [TableFiles], settings: ReadSettings, threads: Int, progress: ReadingProgress?) {
    self.tables = tables
    self.settings = settings
    self.threads = threads
    readers = inParallel(tables.count, threads: threads) {
      TableReader(tables[$0].request, settings: settings)
    }
    places = tables.indices.flatMap { table in
      tables[table].files.indices.map { (table, $0) }
    }
    meter = progress.map { ReadingMeter($0) }
  }

  /// Reads all files, and joins the pieces.
  func read(pool: inout StringPool) -> [Table] {
    // Reading is a step of its own, so that during the merge only the merge itself holds the
    // pieces, and can release them.
    let pieces = readPieces()
    return merge(pieces, pool: &pool)
  }

  /// What has been read of the files, by file.
  private struct Pieces {
    var files: [OpenedFile]
    var parts: [[TablePart]]
    /// The texts of the workers that read the parts.
    var texts: [[PooledTexts]]
    var outcomes: [FileFeed.Outcome?]
    /// By table.
    var rooms: [TableRoom?]
  }

  /// Reads the beginnings of all files, and then the rest of the long ones, segment by segment.
  ///
  /// For most files the beginning is all. Last come the files that turned out to need another way
  /// of reading.
  private func readPieces() -> Pieces {
    let opened = inParallel(places.count, threads: threads) { open($0) }
    let rooms = rooms(for: opened)
    let (parts, texts) = readSegments(of: opened, rooms)
    let outcomes = opened.map { $0.feed?.outcome() }
    let others = opened.indices.filter { outcomes[$0]?.isClear == false }
    let again = inParallel(others.count, threads: threads) { number in
      opened[others[number]].reader.unopened().openWhole(opened[others[number]].file)
    }
    var files = opened
    for (number, file) in zip(others, again) { files[number] = file }
    return Pieces(files: files, parts: parts, texts: texts, outcomes: outcomes, rooms: rooms)
  }

  private func open(_ number: Int) -> OpenedFile {
    let (table, file) = places[number]
    var reader = readers[table]
    reader.progress = meter?.part()
    return reader.open(tables[table].files[file])
  }

  /// Room for the rows of each table that is read in several parts.
  private func rooms(for opened: [OpenedFile]) -> [TableRoom?] {
    var rows = [Int](repeating: 0, count: tables.count)
    var isInParts = [Bool](repeating: false, count: tables.count)
    for (number, file) in opened.enumerated() {
      let table = places[number].table
      rows[table] += file.part.rows?.table.rowCount ?? 0
      guard let feed = file.feed, let run = file.part.run else { continue }
      let end = rows[table] + feed.likelyRecords(width: run.headings.width)
      feed.use(rows[table]..<end, width: run.headings.width)
      rows[table] = end
      isInParts[table] = true
    }
    return tables.indices.map { table in
      isInParts[table] ? TableRoom(readers[table], rows: rows[table], in: settings.spill) : nil
    }
  }

  /// Reads the rest of the files, the longest first, as each is read from start to end.
  private func readSegments(of opened: [OpenedFile], _ rooms: [TableRoom?])
    -> (parts: [[TablePart]], texts: [[PooledTexts]])
  {
    let feeds = opened.indices.compactMap { number in
      opened[number].feed.map { (number: number, feed: $0) }
    }.sorted { ($1.feed.status.size, $0.number) < ($0.feed.status.size, $1.number) }
    let read = inTurns(
      feeds.count, threads: threads, worker: { SegmentReader(number: $0) },
      draw: { worker, source in worker.draw(from: feeds[source].feed) },
      work: { worker, source in
        let number = feeds[source].number
        return worker.read(number, opened[number], rooms[places[number].table], meter?.part())
      })
    var parts: [[TablePart]] = opened.map { _ in [] }
    for (feed, read) in zip(feeds, read.results) { parts[feed.number] = read.compactMap(\.self) }
    var workers = read.workers
    let texts = opened.indices.map { number in
      opened[number].feed == nil ? [] : workers.indices.map { workers[$0].takeTexts(of: number) }
    }
    return (parts, texts)
  }

  /// Joins the pieces in the order of the files.
  private func merge(_ read: consuming Pieces, pool: inout StringPool) -> [Table] {
    var pieces = read
    var merges = zip(readers, pieces.rooms).map { TableMerge($0, $1) }
    for number in pieces.files.indices {
      merges[places[number].table].append(
        &pieces.files[number], &pieces.parts[number], pieces.texts[number],
        pieces.outcomes[number], pool: &pool)
      pieces.texts[number] = []
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

/// Takes segments of files and reads them, one after the other, on one thread.
///
/// It keeps the texts that it has met in each file, and the memory of the segments, as new memory
/// costs as much as reading into it.
private struct SegmentReader: Sendable {
  let number: Int
  private var readers: [Int: TableReader] = [:]
  private var segment: TextSegment?
  private var memory: [UInt8] = []

  init(number: Int) { self.number = number }

  mutating func draw(from feed: FileFeed) -> Bool {
    segment = feed.next(in: &memory)
    return segment != nil
  }

  /// Reads the segment that it has drawn from a file; nil where there is none.
  mutating func read(
    _ file: Int, _ opened: OpenedFile, _ room: TableRoom?, _ progress: ReadingProgress?
  ) -> TablePart? {
    guard let run = opened.part.run, let segment = exchange(&segment, for: nil) else { return nil }
    var reader = readers.removeValue(forKey: file) ?? opened.reader.another()
    reader.progress = progress
    if let room, let places = segment.places { reader.use(room, places) }
    var part = reader.read(segment, of: opened.file, run.another(), memory: &memory)
    part.worker = number
    readers[file] = reader
    return part
  }

  /// Takes out the texts of a file's segments.
  mutating func takeTexts(of file: Int) -> PooledTexts {
    readers[file]?.takeTexts() ?? PooledTexts()
  }
}
