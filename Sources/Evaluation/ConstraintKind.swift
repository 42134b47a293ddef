import Exceptions
import Extracts
import Rulebooks
import Values

/// The exceptions of one constraint on the rows of its table.
final class ConstraintKind: ExceptionKind {
  /// What the constraint is, with what its sentences name.
  enum Words: Sendable {
    /// Of one cell: a record's detail is the number of its finding.
    case cell([CellFinding], isShown: Bool)
    /// A key of which a part is missing.
    case missingKey
    /// A key or value that stands before: a record's detail is the first row with it.
    case duplicate
    /// A reference that points at no row.
    case dangling(parent: TableDefinition, PaddedKeys?)
  }

  let rule: String
  let pack: String
  let severity = CaseException.Severity.error
  let teams: [TeamName]
  let table: Int32
  /// The fields that it is about.
  let fields: [Int]
  private let label: String
  private let words: Words
  private let definition: TableDefinition
  private let names: RecordNames
  private let rows: RowTexts
  private let worker: WorkerTexts

  init(
    _ rule: ConstraintRule, table: Int, fields: [Int], _ words: Words, teams: [TeamName],
    worker: OwnerSteps, rows: RowTexts, names: RecordNames
  ) {
    definition = names.dataset.tables[table].definition
    self.rule = rule.name
    pack = definition.pack
    self.teams = teams
    self.table = Int32(table)
    self.fields = fields
    self.words = words
    self.names = names
    self.rows = rows
    self.worker = WorkerTexts(worker, in: names.dataset.pool)
    label = fields.map { [definition] in definition.fields[$0].name }.joined(separator: "|")
  }

  private func rowID(_ record: ExceptionRecord) -> RowID { RowID(table: table, row: record.row) }

  func append(_ cell: ExceptionCell, of record: ExceptionRecord, to bytes: inout [UInt8]) {
    switch cell {
    case .personID: rows.appendPersonID(Int(record.row), to: &bytes)
    case .recordID: rows.appendRecordID(Int(record.row), to: &bytes)
    case .sourceFile: rows.appendFile(Int(record.row), to: &bytes)
    case .worker: worker.append(rowID(record), to: &bytes)
    case .table: bytes.append(contentsOf: definition.name.utf8)
    case .field: bytes.append(contentsOf: label.utf8)
    case .value: bytes.append(contentsOf: value(record).utf8)
    case .message: bytes.append(contentsOf: message(record).utf8)
    case .fix: bytes.append(contentsOf: fix(record).utf8)
    case .contents: bytes.append(contentsOf: names.contents(rowID(record)).utf8)
    case .rule, .pack, .from, .dueOn, .doneOn: break
    }
  }

  func daysLate(of record: ExceptionRecord) -> Int? { nil }

  func sourceLine(of record: ExceptionRecord) -> Int? { rows.line(Int(record.row)) }

  func haveSameAdvice(_ a: ExceptionRecord, _ b: ExceptionRecord) -> Bool {
    switch words {
    case .cell(let findings, _): findings[Int(a.detail)].words === findings[Int(b.detail)].words
    case .missingKey: true
    case .duplicate: a.detail == b.detail
    case .dangling(_, let padded): padded == nil
    }
  }

  private func value(_ record: ExceptionRecord) -> String {
    if case .cell(let findings, let isShown) = words {
      let text = findings[Int(record.detail)].text
      return isShown || text.isEmpty ? text : RecordNames.notShown
    }
    if fields.count == 1 { return names.text(rowID(record), field: fields[0]) }
    return fields.map { names.text(rowID(record), field: $0) }.joined(separator: "|")
  }

  private func message(_ record: ExceptionRecord) -> String {
    switch words {
    case .cell(let findings, let isShown):
      let finding = findings[Int(record.detail)]
      return isShown || finding.text.isEmpty
        ? finding.message : ConstraintWords.hidden(label, finding.constraint)
    case .missingKey: return ConstraintWords.missingKey(label)
    case .duplicate:
      let place = names.place(RowID(table: table, row: record.detail))
      return ConstraintWords.duplicate(label, file: place.file, line: place.line ?? 0)
    case .dangling(let parent, let padded):
      let words = ConstraintWords.dangling(label, parent: parent)
      guard let padded, let meant = padded.key(for: value(record)) else { return words }
      return words + " " + ConstraintWords.lostZeros(meant)
    }
  }

  private func fix(_ record: ExceptionRecord) -> String {
    switch words {
    case .cell(let findings, _): findings[Int(record.detail)].fix
    case .missingKey: ConstraintWords.missingKeyFix(label)
    case .duplicate: ConstraintWords.duplicateFix
    case .dangling(let parent, _): ConstraintWords.danglingFix(label, parent: parent)
    }
  }
}
