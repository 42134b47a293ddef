internal import Exceptions

/// Writes rows of `exceptions.csv`.
///
/// Exceptions that stand together have most of their words in common: cells that are known to be those of the row
/// before are not put together again.
struct ExceptionRows {
  private var rows: CSVWriter
  private var last: CaseException?
  /// The cells from `rule` to `team`, and those from `message` to `fix`, of the row before.
  private var kind: [UInt8] = []
  private var advice: [UInt8] = []

  /// No rows yet, with room for so many bytes.
  init(room: Int) { rows = CSVWriter(room: room) }

  /// The rows.
  var bytes: [UInt8] { rows.bytes }

  /// Writes a row.
  mutating func add(_ exception: CaseException) {
    let (source, record) = (exception.source, exception.record)
    let isAlike = last.map { $0.isCounted(like: exception) } ?? false
    if !isAlike { kind = kindCells(exception) }
    let isSaid =
      isAlike && (last.map { source.haveSameAdvice($0.record, record) } ?? false)
    if !isSaid { advice = adviceCells(source, record) }
    last = exception

    rows.cells(kind)
    rows.cell { source.append(.worker, of: record, to: &$0) }
    rows.cell { source.append(.personID, of: record, to: &$0) }
    rows.cell { source.append(.table, of: record, to: &$0) }
    rows.cell { source.append(.recordID, of: record, to: &$0) }
    rows.cell { source.append(.field, of: record, to: &$0) }
    rows.cell { source.append(.value, of: record, to: &$0) }
    rows.number(record.occasion)
    rows.cell { source.append(.from, of: record, to: &$0) }
    rows.cell { source.append(.dueOn, of: record, to: &$0) }
    rows.cell { source.append(.doneOn, of: record, to: &$0) }
    rows.number(source.daysLate(of: record))
    rows.cells(advice)
    rows.cell { source.append(.sourceFile, of: record, to: &$0) }
    rows.number(source.sourceLine(of: record))
    rows.plain(exception.firstSeen)
    rows.number(record.runsOpen)
    rows.words(exception.blocks)
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

extension CaseException {
  /// Whether another is known to have the same rule, without a look at its words.
  func isOfRule(of other: CaseException) -> Bool {
    source === other.source && record.kind == other.record.kind
  }

  /// Whether another is known to have the same rule and team.
  func isOfTeam(of other: CaseException) -> Bool {
    isOfRule(of: other) && record.team == other.record.team
  }

  /// Whether another is known to have the same rule, team, status and list.
  func isCounted(like other: CaseException) -> Bool {
    isOfTeam(of: other) && record.status == other.record.status
      && record.list == other.record.list
  }
}
