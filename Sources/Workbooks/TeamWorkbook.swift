public import Exceptions
internal import WorkingTime

/// `teams/SLUG/exceptions.xlsx`: what business support work from.
///
/// A sheet to work from, a sheet of what each rule asks, and a summary with a chart.
public func teamWorkbook(
  team: String, exceptions: [CaseException], report: RunReport
) throws(WorkbookFault) -> [UInt8] {
  var book = try Workbook(title: "Exceptions of \(team)", created: report.asOf)
  let items = exceptions.filter { $0.list != .waived }.sorted(by: WorkOrder.precedes)
  let rules = Dictionary(
    report.rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  try WorkSheets(items, rules: rules, asOf: report.asOf).write(to: &book)
  try RuleSheet(items, rules: rules).write(to: &book)
  try SummarySheet(items, team: team, rules: rules, asOf: report.asOf).write(to: &book)
  return try book.finish()
}

/// The order in which people work: corrections first, what blocks most, then what has waited longest.
enum WorkOrder {
  static func precedes(_ a: CaseException, _ b: CaseException) -> Bool {
    if a.list != b.list { return a.list == .correction }
    if a.blocks.count != b.blocks.count { return a.blocks.count > b.blocks.count }
    if a.firstSeen != b.firstSeen {
      return a.firstSeen.utf8.lexicographicallyPrecedes(b.firstSeen.utf8)
    }
    if a.daysLate != b.daysLate { return (a.daysLate ?? -1) > (b.daysLate ?? -1) }
    if a.severity != b.severity { return a.severity == .error }
    return key(a) < key(b)
  }

  private static func key(_ exception: CaseException) -> ExceptionKey {
    ExceptionKey(
      rule: exception.rule, table: exception.table, record: exception.recordID,
      occasion: exception.occasion ?? 0, ordinal: exception.sourceLine ?? 0)
  }
}

/// How many days an exception has been open, or its duty overdue.
func age(of exception: CaseException, on asOf: CalendarDate) -> Int? {
  exception.daysLate
    ?? CalendarDate(iso: exception.firstSeen).map { CalendarDate.days(from: $0, to: asOf) }
}

extension Workbook {
  /// Writes a row of headings.
  func headings(_ names: [String], _ sheet: Sheet, row: Int = 0) throws(WorkbookFault) {
    for (column, name) in names.enumerated() {
      try write(name, sheet, row: row, column: column, .heading)
    }
  }

  /// Writes an ISO date as a date, anything else as text.
  func writeDay(_ text: String, _ sheet: Sheet, row: Int, column: Int) throws(WorkbookFault) {
    if let date = CalendarDate(iso: String(text.prefix(10))), text.utf8.count == 10 {
      try write(date, sheet, row: row, column: column)
    } else {
      try write(text, sheet, row: row, column: column)
    }
  }
}
