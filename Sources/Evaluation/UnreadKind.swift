import Exceptions
import Extracts
import Rulebooks
import Values

/// The exceptions of a table's records that could not be read.
///
/// A record's detail is the place of the rejected record among those of the table.
final class UnreadKind: ExceptionKind {
  let rule: String
  let pack: String
  let severity = CaseException.Severity.error
  let teams = [TeamName.none]
  private let table: String
  private let files: [String]
  private let rejects: RejectedRecords

  init(_ rule: ConstraintRule, of table: Table) {
    self.rule = rule.name
    pack = table.definition.pack
    self.table = table.definition.name
    files = table.files.map(\.path)
    rejects = table.rejects
  }

  /// One exception for each of the records.
  var records: [ExceptionRecord] {
    rejects.indices.map { place in
      var record = ExceptionRecord(status: .failed, list: .correction)
      record.detail = Int32(place)
      return record
    }
  }

  func append(_ cell: ExceptionCell, of record: ExceptionRecord, to bytes: inout [UInt8]) {
    let place = Int(record.detail)
    switch cell {
    case .table: bytes.append(contentsOf: table.utf8)
    case .recordID:
      bytes.append(contentsOf: RecordForm.line.name(of: rejects.line(at: place)).utf8)
    case .contents:
      let hash = stableHash(rejects[place].text.utf8)
      bytes.append(contentsOf: hexDigits(hash, short: false).utf8)
    case .message:
      bytes.append(contentsOf: ConstraintWords.rejected(rejects.reason(at: place)).utf8)
    case .fix: bytes.append(contentsOf: ConstraintWords.rejectedFix.utf8)
    case .sourceFile: bytes.append(contentsOf: files[rejects.file(at: place)].utf8)
    case .rule, .pack, .worker, .personID, .field, .value, .from, .dueOn, .doneOn: break
    }
  }

  func appendNames(of record: ExceptionRecord, to bytes: inout [UInt8]) -> Int {
    let end = bytes.count
    append(.recordID, of: record, to: &bytes)
    return end
  }

  func write(_ record: ExceptionRecord, to cells: inout ExceptionCells) {
    for cell in ExceptionCells.order {
      append(cell, of: record, to: &cells.bytes)
      cells.end()
    }
    cells.sourceLine = sourceLine(of: record)
  }

  func daysLate(of record: ExceptionRecord) -> Int? { nil }

  func sourceLine(of record: ExceptionRecord) -> Int? { rejects.line(at: Int(record.detail)) }

  func haveSameAdvice(_ a: ExceptionRecord, _ b: ExceptionRecord) -> Bool {
    rejects.haveSameReason(Int(a.detail), Int(b.detail))
  }
}
