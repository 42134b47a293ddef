public import Exceptions
public import WorkingTime

/// Makes `teams/SLUG/exceptions.xlsx`, from which business support work.
///
/// It has a sheet to work from, a sheet with what each rule asks, and a summary with a chart.
/// `rules` are all rules of the run by name. `standing` is a sentence on how the team stands,
/// including what the lists do not show, such as an input that could not be trusted.
public func teamWorkbook(
  team: String, standing: String, exceptions: [CaseException], rules: [String: RuleReport],
  asOf: CalendarDate
) throws(WorkbookFault) -> [UInt8] {
  let order = WorkOrder(asOf: asOf)
  let items = exceptions.filter { $0.list != .waived }.sorted(by: order.precedes)
  func made(_ size: Workbook.Size) throws(WorkbookFault) -> [UInt8] {
    var book = try Workbook(title: "Exceptions of \(team)", created: asOf, size: size)
    try WorkSheets(items, rules: rules, asOf: asOf).write(to: &book)
    try RuleSheet(items, rules: rules).write(to: &book)
    try SummarySheet(items, team: team, standing: standing, rules: rules, asOf: asOf)
      .write(to: &book)
    return try book.finish()
  }
  // If there is no room in memory even for a small one, as in some containers, the disk is used.
  if items.count <= 2_000, let book = try? made(.small) { return book }
  return try made(items.count > 20_000 ? .long : .usual)
}

/// The order of work: corrections first, then what blocks most, then what has waited longest.
struct WorkOrder {
  let asOf: CalendarDate

  func precedes(_ a: CaseException, _ b: CaseException) -> Bool {
    if a.list != b.list { return a.list == .correction }
    if a.blocks.count != b.blocks.count { return a.blocks.count > b.blocks.count }
    let (first, second) = (a.age(on: asOf) ?? -1, b.age(on: asOf) ?? -1)
    if first != second { return first > second }
    if a.severity != b.severity { return a.severity == .error }
    return key(a) < key(b)
  }

  private func key(_ exception: CaseException) -> ExceptionKey {
    ExceptionKey(
      rule: exception.rule, table: exception.table, record: exception.recordID,
      occasion: exception.occasion ?? 0, ordinal: exception.sourceLine ?? 0)
  }
}

extension Workbook {
  /// Writes a row of headings.
  func headings(_ names: [String], _ sheet: Sheet, row: Int = 0) throws(WorkbookFault) {
    for (column, name) in names.enumerated() {
      try write(name, sheet, row: row, column: column, .heading)
    }
  }

  /// Writes an ISO date, with or without a time, as a date; writes anything else as text.
  func writeDay(_ text: String, _ sheet: Sheet, row: Int, column: Int) throws(WorkbookFault) {
    let time = text.dropFirst(11).split(separator: ":").map { Int($0) }
    if let date = CalendarDate(iso: String(text.prefix(10))), text.utf8.count == 10 {
      try write(date, sheet, row: row, column: column)
    } else if let date = CalendarDate(iso: String(text.prefix(10))), time.count >= 2,
      let hour = time[0], let minute = time[1]
    {
      try write(date, minute: hour * 60 + minute, sheet, row: row, column: column)
    } else {
      try write(text, sheet, row: row, column: column)
    }
  }
}
