import Exceptions
import WorkingTime

/// Writes rows of `exceptions.csv`.
///
/// Neighbouring exceptions share most of their words: cells known to equal those of the previous
/// row are not built again.
struct ExceptionRows {
  private var rows: CSVWriter
  /// The cells from `rule` to `team` and from `message` to `fix` of the previous row.
  private var kind: [UInt8] = []
  private var advice: [UInt8] = []

  /// No rows yet, with room for this many bytes.
  init(room: Int) { rows = CSVWriter(room: room) }

  /// The rows.
  var bytes: [UInt8] { rows.bytes }

  /// Writes rows of one source that are adjacent in a list.
  mutating func add(_ exceptions: ArraySlice<CaseException>) {
    guard let source = exceptions.first?.source else { return }
    var cells = ExceptionCells()
    var last: ExceptionRecord?
    source.write(exceptions, to: &cells) { record, isSaid, cells in
      let isAlike = last.map { record.isCounted(like: $0) } ?? false
      if !isAlike { kind = kindCells(CaseException(record, of: source)) }
      if !isAlike || !isSaid { advice = adviceCells(source, record) }
      last = record
      add(record, cells, of: source)
    }
  }

  private mutating func add(
    _ record: ExceptionRecord, _ cells: borrowing ExceptionCells, of source: any ExceptionSource
  ) {
    rows.cells(kind)
    // From `worker` to `value`.
    for number in 0..<6 { rows.cell(number, of: cells) }
    rows.number(record.occasion)
    // The dates.
    for number in 6..<9 { rows.cell(number, of: cells) }
    rows.number(cells.daysLate)
    rows.cells(advice)
    rows.cell(9, of: cells)
    rows.number(cells.sourceLine)
    if let firstSeen = record.firstSeen { rows.plain(firstSeen.description) } else { rows.empty() }
    rows.number(record.runsOpen)
    let blocks = source.blocks(of: record)
    if blocks.isEmpty { rows.empty() } else { rows.words(blocks) }
    rows.endRow()
  }

  private func kindCells(_ exception: CaseException) -> [UInt8] {
    var cells = CSVWriter()
    cells.text(exception.rule)
    cells.plain(exception.status.rawValue)
    cells.plain(exception.severity.rawValue)
    cells.plain(exception.list.rawValue)
    cells.text(exception.pack)
    cells.text(exception.team.shown)
    return cells.bytes
  }

  private func adviceCells(_ source: any ExceptionSource, _ record: ExceptionRecord) -> [UInt8] {
    var cells = CSVWriter()
    cells.cell { source.append(.message, of: record, to: &$0) }
    cells.cell { source.append(.fix, of: record, to: &$0) }
    return cells.bytes
  }
}

extension CSVWriter {
  /// Writes one of an exception's cells.
  mutating func cell(_ number: Int, of cells: borrowing ExceptionCells) {
    cell(cells.bytes, (number > 0 ? cells.ends[number - 1] : 0)..<cells.ends[number])
  }
}

extension ExceptionRecord {
  /// Whether another of the same source is known to have the same rule and team.
  func isOfTeam(of other: ExceptionRecord) -> Bool { kind == other.kind && team == other.team }

  /// Done too late, or never while it was owed, which an earlier run has already reported.
  var isToldLate: Bool { status == .late && change == .same && list != .waived }

  /// Whether another of the same source is known to count the same.
  ///
  /// That is, it has the same rule, team, status and list, and those are known equally well.
  func isCounted(like other: ExceptionRecord) -> Bool {
    isOfTeam(of: other) && status == other.status && list == other.list
      && isToldLate == other.isToldLate
  }
}

extension [CaseException] {
  /// Whether two are known to have the same rule and team, without comparing texts.
  func areOfOneTeam(_ a: Int, _ b: Int) -> Bool {
    self[a].source === self[b].source && self[a].record.isOfTeam(of: self[b].record)
  }

  /// Whether two are known to have the same rule, team, status and list.
  func areCountedAlike(_ a: Int, _ b: Int) -> Bool {
    self[a].source === self[b].source && self[a].record.isCounted(like: self[b].record)
  }
}
