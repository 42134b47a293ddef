public import Delivery
public import Diagnostics
import ExceptionLedger
public import Exceptions
import Extracts
import Foundation
import Reports
import Values
import WorkingTime

/// Reads a file of waivers, a CSV file that people keep.
///
/// Its headings are `rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest`. Every
/// mistake in it is reported with its line: a waiver that cannot be read would waive nothing, and
/// nobody would know. A file that does not exist holds none.
public func readWaivers(_ path: String) -> (waivers: [Waiver], mistakes: [Diagnostic]) {
  do {
    _ = try FileManager.default.attributesOfItem(atPath: path)
  } catch CocoaError.fileReadNoSuchFile {
    return ([], [])
  } catch {
    // The file is there but cannot be looked at: reading it says why. Going on without it would
    // waive nothing.
  }
  let definition = waiverTable(path)
  var pool = StringPool()
  let request = ReadingRequest(
    definition: definition, keptFields: Set(definition.fields.indices), asOf: .latest)
  let table = readTable(
    request, files: [ExtractFile(path: path, relativePath: path)], pool: &pool, progress: nil)
  var mistakes = table.files.flatMap(\.faults).map { fault in
    Diagnostic(at: SourcePosition(file: path, line: fault.line ?? 1), fault.message)
  }
  mistakes += table.rejects.map {
    Diagnostic(
      at: SourcePosition(file: path, line: $0.line), "this waiver cannot be read: \($0.reason)")
  }
  mistakes += table.findings.map { finding in
    let name = definition.fields[Int(finding.field)].name
    return Diagnostic(
      at: SourcePosition(file: path, line: Int(table.lines[Int(finding.row)])),
      "`\(name)` \(words(finding.constraint, definition.fields[Int(finding.field)].type))",
      advice: "Correct this line, or take it out of the file")
  }
  let waivers = (0..<table.rowCount).map { waiver(at: $0, of: table, pool) }
  mistakes += waivers.filter { RecordForm.line.isForm(of: $0.record) }.map { waiver in
    Diagnostic(
      at: SourcePosition(file: path, line: waiver.line),
      "a place in a file is no record: another one may stand there tomorrow",
      advice: "Give the record its key, and waive that")
  }
  mistakes += waivers.filter { $0.until < $0.agreedOn && $0.until != .earliest }.map { waiver in
    Diagnostic(
      at: SourcePosition(file: path, line: waiver.line),
      "`until` lies before `agreed_on`: this waiver never holds", advice: "Look at both dates")
  }
  guard mistakes.isEmpty else { return ([], mistakes.sorted()) }
  return (waivers, [])
}

/// What a run says where its waivers are not there: what they covered is listed again, and nobody
/// would know why.
func missingWaivers(
  _ request: CheckRequest, _ waivers: [Waiver], _ baseline: LedgerBaseline?
) -> [String] {
  guard let path = request.waivers else { return [] }
  let hadWaivers = baseline?.hadWaivers ?? false
  if FileManager.default.fileExists(atPath: path) {
    guard hadWaivers, waivers.isEmpty else { return [] }
    return ["\(path): it holds no waiver, and earlier runs had some: nothing is waived."]
  }
  guard request.expectsWaivers || hadWaivers else { return [] }
  let before = hadWaivers ? ", and earlier runs had waivers" : ""
  return ["\(path): there is no file of waivers here\(before): nothing is waived."]
}

private func words(_ constraint: CellConstraint, _ type: FieldType) -> String {
  switch constraint {
  case .required: "is missing"
  case .type: type == .date ? "is a date, such as 2016-01-31" : "is a whole number"
  default: "does not hold what it should"
  }
}

private func waiver(at row: Int, of table: Table, _ pool: StringPool) -> Waiver {
  func value(_ name: String) -> CellValue {
    table.definition.fieldNumber(name).flatMap { table.columns[$0]?.value(at: row, in: pool) }
      ?? .absent
  }
  func text(_ name: String) -> String {
    guard case .string(let text) = value(name) else { return "" }
    return text.string
  }
  func day(_ name: String) -> CalendarDate {
    guard case .date(let date) = value(name) else { return .earliest }
    return date
  }
  var occasion: Int?
  if case .integer(let number) = value("occasion") { occasion = Int(number) }
  return Waiver(
    rule: text("rule"), table: text("table"), record: withoutFormulaGuard(text("record_id")),
    occasion: occasion, reason: text("reason"), agreedBy: text("agreed_by"),
    agreedOn: day("agreed_on"), until: day("until"), digest: text("digest"),
    line: Int(table.lines[row]))
}

private func waiverTable(_ path: String) -> TableDefinition {
  let position = SourcePosition(file: path, line: 1)
  var table = TableDefinition(
    name: "waivers", title: "Waivers", pack: "", files: [], position: position)
  table.encoding = .utf8
  table.dialect.headerRow = 1
  table.mayBeEmpty = true
  let fields: [(name: String, type: FieldType, required: Bool)] = [
    ("rule", .string, true), ("table", .string, false), ("record_id", .string, true),
    ("occasion", .integer, false), ("reason", .string, true), ("agreed_by", .string, true),
    ("agreed_on", .date, true), ("until", .date, true), ("digest", .string, false),
  ]
  table.fields = fields.map { name, type, required in
    var field = FieldDefinition(name: name, headings: [], type: type, position: position)
    field.constraints.required = required
    if type == .date { field.formats = [.isoDate] }
    return field
  }
  table.multilineFields = [4]
  return table
}

/// Replaces a file of waivers in one step, for its owner alone.
public func writeWaivers(_ waivers: [Waiver], to path: String) throws(DeliveryFault) {
  try replaceFile(path, with: waiverFile(waivers))
}
