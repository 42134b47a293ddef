public import Delivery
import Extracts
import Rulebooks
import WorkingTime

/// Writes a sample: extracts, and the list of the faults planted in them.
///
/// The extracts break rules only where a fault was planted.
///
/// The same request gives the same bytes on any number of threads. If `stop` receives a signal or
/// something fails, nothing of the sample remains.
public func writeSample(
  _ request: SampleRequest, stop: CleanStop,
  progress: ((_ children: Int) -> Void)? = nil
) async throws -> SampleReport {
  let setting = try SampleSetting(request)
  let known = SampleTables.names.enumerated().filter { setting.definitions[$0.element] != nil }
  guard !known.isEmpty else { throw SampleFault.noTables }

  // These are removed if the sample cannot be finished: half of one could be taken for the whole.
  let names = known.compactMap { setting.definitions[$0.element]?.sampleFileName }
  let (folder, discard) = try stop.held {
    let folder = try NewFolder(request.folder)
    let discard: @Sendable () -> Void = { folder.discard(names + [SampleReport.plantedName]) }
    stop.onStop(discard)
    return (folder, discard)
  }
  defer { stop.onStop(nil) }
  do {
    return try await write(
      request, setting, known.map(\.offset), to: folder, stop, progress)
  } catch {
    discard()
    throw error
  }
}

private func write(
  _ request: SampleRequest, _ setting: SampleSetting, _ known: [Int], to folder: NewFolder,
  _ stop: CleanStop, _ progress: ((_ children: Int) -> Void)?
) async throws -> SampleReport {
  // A signal has to wait: a file made while the others are being discarded would be left behind.
  var (files, list) = try stop.held {
    let files = try known.compactMap { table in
      try setting.definitions[SampleTables.names[table]].map {
        try TableFile(table, $0, in: folder)
      }
    }
    let list = try folder.file(SampleReport.plantedName)
    try list.append(Array(PlantedFaults.heading.utf8))
    return (files, list)
  }

  var workforce = SampleTables(setting)
  Workforce(setting: setting).write(to: &workforce)
  let portions = Portions(setting)
  var planted = 0
  var children = 0
  try await portions.make(threads: request.threads, first: workforce.take()) { portion in
    try stop.held {
      for index in files.indices { try files[index].append(portion.tables[files[index].table]) }
      try list.append(portion.planted)
    }
    planted += portion.plantedCount
    children += portion.children
    progress?(children)
  }
  var report = SampleReport(files: [], planted: planted, tablesLeftOut: [])
  for file in files {
    guard let file = file.file else { continue }
    report.files.append(.init(name: file.name, bytes: try file.close()))
  }
  _ = try list.close()
  stop.held {
    stop.onStop(nil)
    stop.markInPlace()
  }
  report.tablesLeftOut = setting.definitions.keys.filter { !SampleTables.names.contains($0) }
    .sorted()
  return report
}

/// The file of a table; made at once if the table may be empty, otherwise with its first row.
private struct TableFile {
  /// The table's number in `SampleTables.names`.
  let table: Int
  private(set) var file: NewFile?
  private let definition: TableDefinition
  private let folder: NewFolder

  init(_ table: Int, _ definition: TableDefinition, in folder: NewFolder) throws {
    self.table = table
    self.definition = definition
    self.folder = folder
    if definition.mayBeEmpty { try open() }
  }

  mutating func append(_ rows: [UInt8]) throws {
    guard !rows.isEmpty else { return }
    if file == nil { try open() }
    try file?.append(rows)
  }

  private mutating func open() throws {
    let file = try folder.file(definition.sampleFileName)
    try file.append(definition.sampleHeadings)
    self.file = file
  }
}

extension SampleSetting {
  fileprivate init(_ request: SampleRequest) throws(SampleFault) {
    guard let calendar = request.rulebook.calendar else { throw .noCalendar }
    let asOf = Int(request.asOf.dayNumber)
    clock = Clock(calendar: calendar, asOf: asOf)
    // The calendar has to cover the cases, which begin up to five years before the as-of date, and
    // the due dates, which lie months after it. Nobody is born before 1985, and the oldest care
    // leavers are not yet 21.
    let first = max(
      Int(calendar.covers.lowerBound.dayNumber) + 5 * 366 + 60,
      CalendarDate(year: 1985, month: 1, day: 1).map { Int($0.dayNumber) + 21 * 366 } ?? 0)
    let last = Int(calendar.covers.upperBound.dayNumber) - 366
    guard first <= last else { throw .outsideCalendar(calendar.covers) }
    guard first...last ~= asOf else {
      throw .outsideCalendar(
        CalendarDate(dayNumber: Int32(first))...CalendarDate(dayNumber: Int32(last)))
    }
    population = Population(children: request.children, seed: request.seed)
    seed = request.seed
    let filled = Dictionary(uniqueKeysWithValues: SampleTables.knownFields.map { ($0, Set($1)) })
    definitions = Dictionary(
      uniqueKeysWithValues: request.rulebook.tables.indices.map { table in
        var definition = request.rulebook.definition(ofTable: table, on: request.asOf)
        // A heading with nothing below it would say that nobody ever did what its column records.
        definition.fields.removeAll {
          filled[definition.name]?.contains($0.name) != true && !$0.constraints.required
        }
        return (definition.name, definition)
      })
    rules = Set(request.rulebook.rules.map(\.name))
    faultsPerThousand = request.faultsPerThousand
    dateTexts = DateTextStore(asOf: asOf)
  }
}

extension TableDefinition {
  /// A file name that the table's first pattern matches.
  var sampleFileName: String {
    let name = (files.first ?? "\(name).csv").filter { !"*?[]{}/".contains($0) }
    return name.isEmpty || name.hasPrefix(".") ? "\(self.name).csv" : name
  }

  /// The heading line: for each field its first heading, or its name if it has none.
  var sampleHeadings: [UInt8] {
    let cells = fields.map { field in
      let heading = field.headings.first ?? field.name
      let isPlain = !heading.contains { ",\"\n\r;\t|".contains($0) }
      return isPlain ? heading : "\"\(heading.replacing("\"", with: "\"\""))\""
    }
    return Array((cells.joined(separator: ",") + "\n").utf8)
  }
}
