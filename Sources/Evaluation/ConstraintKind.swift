import Exceptions
import Extracts
import Rulebooks

/// The exceptions of one constraint on the rows of its table.
final class ConstraintKind: ExceptionKind {
  /// The form of the constraint, with what its sentences name.
  enum Words: Sendable {
    /// A fault of one cell: a record's detail is the number of its finding.
    case cell(CellFindings, isShown: Bool)
    /// A key with a missing part.
    case missingKey
    /// A key or value that an earlier row has: a record's detail is the first row with it.
    case duplicate(isKey: Bool)
    /// A reference that points at no row.
    case dangling(parent: TableDefinition, NearKeys?)
  }

  let rule: String
  let pack: String
  let severity = CaseException.Severity.error
  let teams: [TeamName]
  let table: Int32
  /// The fields that the constraint concerns.
  let fields: [Int]
  private let columns: [(texts: ColumnTexts, isShown: Bool)?]
  private let label: String
  /// The table's name and the fields', in UTF-8.
  private let tableBytes: [UInt8]
  private let labelBytes: [UInt8]
  private let words: Words
  private let definition: TableDefinition
  private let names: RecordNames
  private let rows: RowTexts
  private let worker: WorkerTexts

  init(
    _ rule: ConstraintRule, table: Int, fields: [Int], _ words: Words, teams: [TeamName],
    worker: WorkerTexts, rows: RowTexts, names: RecordNames
  ) {
    let found = names.dataset.tables[table]
    definition = found.definition
    columns = fields.map { field in
      found.columns[field].map {
        (ColumnTexts($0, in: names.dataset.pool), found.definition.fields[field].isShown)
      }
    }
    self.rule = rule.name
    pack = definition.pack
    self.teams = teams
    self.table = Int32(table)
    self.fields = fields
    self.words = words
    self.names = names
    self.rows = rows
    self.worker = worker
    label = fields.map { [definition] in definition.fields[$0].name }.joined(separator: "|")
    tableBytes = Array(definition.name.utf8)
    labelBytes = Array(label.utf8)
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
    case .value: appendValue(record, to: &bytes)
    case .message: bytes.append(contentsOf: message(record).utf8)
    case .fix: bytes.append(contentsOf: fix(record).utf8)
    case .contents: bytes.append(contentsOf: names.contents(rowID(record)).utf8)
    case .rule, .pack, .from, .dueOn, .doneOn: break
    }
  }

  func appendNames(of record: ExceptionRecord, to bytes: inout [UInt8]) -> Int {
    rows.appendNames(Int(record.row), to: &bytes)
  }

  func write(_ record: ExceptionRecord, to cells: inout ExceptionCells) {
    let (table, label) = (tableBytes, labelBytes)
    worker.append(rowID(record), to: &cells.bytes)
    cells.end()
    writeMore(record, to: &cells, table.span, label.span)
    appendValue(record, to: &cells.bytes)
    writeEnd(record, to: &cells)
  }

  func write(
    _ exceptions: ArraySlice<CaseException>, to cells: inout ExceptionCells,
    row: (ExceptionRecord, Bool, borrowing ExceptionCells) -> Void
  ) {
    // Shared values are retained once, outside the loop: retaining them for each row would make all
    // threads write to the same reference count.
    guard let workerCode = worker.code, case .cell(let findings, let isShown) = words else {
      return cells.write(
        exceptions, by: { write($0, to: &$1) }, haveSameAdvice: { haveSameAdvice($0, $1) }, row: row
      )
    }
    let (table, label) = (tableBytes, labelBytes)
    cells.write(
      exceptions,
      by: { record, cells in
        worker.append(code: workerCode(Int(record.row)), to: &cells.bytes)
        cells.end()
        writeMore(record, to: &cells, table.span, label.span)
        Self.append(findings.text(at: Int(record.detail)), isShown: isShown, to: &cells.bytes)
        writeEnd(record, to: &cells)
      },
      haveSameAdvice: { findings.haveSameWords(Int($0.detail), Int($1.detail)) },
      row: row)
  }

  /// Writes the cells from the person up to the field.
  @inline(__always)
  private func writeMore(
    _ record: ExceptionRecord, to cells: inout ExceptionCells, _ table: Span<UInt8>,
    _ label: Span<UInt8>
  ) {
    let row = Int(record.row)
    rows.appendPersonID(row, to: &cells.bytes)
    cells.end()
    cells.add(table)
    rows.appendRecordID(row, to: &cells.bytes)
    cells.end()
    cells.add(label)
  }

  /// Ends the cell of the value and writes the cells after it.
  @inline(__always)
  private func writeEnd(_ record: ExceptionRecord, to cells: inout ExceptionCells) {
    cells.end()
    for _ in 0..<3 { cells.end() }
    rows.appendFile(Int(record.row), to: &cells.bytes)
    cells.end()
    cells.sourceLine = rows.line(Int(record.row))
  }

  func daysLate(of record: ExceptionRecord) -> Int? { nil }

  func sourceLine(of record: ExceptionRecord) -> Int? { rows.line(Int(record.row)) }

  func haveSameAdvice(_ a: ExceptionRecord, _ b: ExceptionRecord) -> Bool {
    switch words {
    case .cell(let findings, _): findings.haveSameWords(Int(a.detail), Int(b.detail))
    case .missingKey: names.areOfOneFile(rowID(a), rowID(b))
    case .duplicate: a.detail == b.detail && names.areOfOneFile(rowID(a), rowID(b))
    case .dangling(_, let near): near == nil && names.areOfOneFile(rowID(a), rowID(b))
    }
  }

  private func appendValue(_ record: ExceptionRecord, to bytes: inout [UInt8]) {
    if case .cell(let findings, let isShown) = words {
      return Self.append(findings.text(at: Int(record.detail)), isShown: isShown, to: &bytes)
    }
    for (place, column) in columns.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: "|")) }
      guard let column else { continue }
      let start = bytes.count
      column.texts.append(row: Int(record.row), to: &bytes)
      if !column.isShown, bytes.count > start {
        bytes.removeSubrange(start...)
        bytes.append(contentsOf: RecordNames.notShown.utf8)
      }
    }
  }

  private static func append(_ text: String, isShown: Bool, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (isShown || text.isEmpty ? text : RecordNames.notShown).utf8)
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
    case .dangling(let parent, let near):
      let words = ConstraintWords.dangling(label, parent: parent)
      guard let near else { return words }
      var value: [UInt8] = []
      appendValue(record, to: &value)
      guard let meant = near.key(for: String(decoding: value, as: UTF8.self)) else {
        return words
      }
      return words + " " + ConstraintWords.near(meant.key, meant.differences)
    }
  }

  private func fix(_ record: ExceptionRecord) -> String {
    // Whoever puts a record right sees the headings of the case system, not the names of the rules.
    var wanted: String { names.wanted(rowID(record), fields: fields) }
    return switch words {
    case .cell(let findings, _): findings[Int(record.detail)].fix
    case .missingKey: ConstraintWords.missingKeyFix(wanted)
    case .duplicate(let isKey):
      isKey ? ConstraintWords.duplicateFix : ConstraintWords.sharedFix(wanted)
    case .dangling(let parent, _): ConstraintWords.danglingFix(wanted, parent: parent)
    }
  }
}
