import Exceptions
import Rulebooks
import WorkingTime

/// The exceptions of one rule: a record's detail is the number of its verdict.
final class VerdictKind: ExceptionKind {
  let rule: String
  let pack: String
  let severity: CaseException.Severity
  let teams: [TeamName]
  private let verdicts: [FoundVerdict]
  private let writer: ExceptionWriter
  private let rows: [RowTexts]

  init(
    _ rule: Rule, writer: ExceptionWriter, verdicts: [FoundVerdict], teams: [TeamName],
    rows: [RowTexts]
  ) {
    self.rule = rule.name
    pack = rule.pack
    severity = rule.severity
    self.teams = teams
    self.verdicts = verdicts
    self.writer = writer
    self.rows = rows
  }

  private func found(_ record: ExceptionRecord) -> FoundVerdict { verdicts[Int(record.detail)] }

  func append(_ cell: ExceptionCell, of record: ExceptionRecord, to bytes: inout [UInt8]) {
    let found = found(record)
    let marked = found.marked
    switch cell {
    case .personID: rows[Int(marked.table)].appendPersonID(Int(marked.row), to: &bytes)
    case .recordID: rows[Int(marked.table)].appendRecordID(Int(marked.row), to: &bytes)
    case .sourceFile: rows[Int(marked.table)].appendFile(Int(marked.row), to: &bytes)
    case .worker: writer.appendWorker(found, to: &bytes)
    case .table: bytes.append(contentsOf: writer.tableName(marked).utf8)
    case .contents: bytes.append(contentsOf: writer.contents(marked).utf8)
    case .field: bytes.append(contentsOf: writer.cell(found).field.utf8)
    case .value: bytes.append(contentsOf: writer.cell(found).value.utf8)
    case .from: bytes.append(contentsOf: (writer.dates(found).from?.description ?? "").utf8)
    case .dueOn: bytes.append(contentsOf: (writer.dates(found).due?.description ?? "").utf8)
    case .doneOn: bytes.append(contentsOf: (writer.dates(found).done?.description ?? "").utf8)
    case .message: bytes.append(contentsOf: writer.message(found).utf8)
    case .fix: bytes.append(contentsOf: writer.fix(found).utf8)
    case .rule, .pack: break
    }
  }

  func appendNames(of record: ExceptionRecord, to bytes: inout [UInt8]) -> Int {
    let marked = verdicts[Int(record.detail)].marked
    return rows[Int(marked.table)].appendNames(Int(marked.row), to: &bytes)
  }

  func write(_ record: ExceptionRecord, to cells: inout ExceptionCells) {
    let found = found(record)
    let rows = rows[Int(found.marked.table)]
    let row = Int(found.marked.row)
    let cell = writer.cell(found)
    let dates = writer.dates(found)
    writer.appendWorker(found, to: &cells.bytes)
    cells.end()
    rows.appendPersonID(row, to: &cells.bytes)
    cells.end()
    cells.add(writer.tableName(found.marked))
    rows.appendRecordID(row, to: &cells.bytes)
    cells.end()
    cells.add(cell.field)
    cells.add(cell.value)
    for moment in [dates.from, dates.due, dates.done] { cells.add(moment?.description ?? "") }
    rows.appendFile(row, to: &cells.bytes)
    cells.end()
    cells.daysLate = dates.daysLate
    cells.sourceLine = rows.line(row)
  }

  func daysLate(of record: ExceptionRecord) -> Int? { writer.dates(found(record)).daysLate }

  func sourceLine(of record: ExceptionRecord) -> Int? {
    let marked = found(record).marked
    return rows[Int(marked.table)].line(Int(marked.row))
  }

  func haveSameAdvice(_ a: ExceptionRecord, _ b: ExceptionRecord) -> Bool { false }
}
