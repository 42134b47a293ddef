internal import Exceptions
internal import WorkingTime

/// The sheets to work from: one row for each record and fault, over as many sheets as it takes.
struct WorkSheets {
  private static let columns: [(name: String, width: Double)] = [
    ("List", 11), ("Severity", 9), ("Status", 13), ("What is asked", 34), ("Worker", 18),
    ("Person", 12), ("Record", 14), ("Table", 16), ("Occasion", 9), ("Field", 18), ("Value", 16),
    ("From", 11), ("Due on", 11), ("Done on", 11), ("Days late", 9), ("What is wrong", 48),
    ("How to put it right", 40), ("Rules it blocks", 9), ("First seen", 11), ("Age in days", 9),
    ("File", 20), ("Line", 8), ("Rule", 26), ("Corrected on", 13), ("Note", 30),
  ]
  /// A sheet has 1,048,576 rows, one of them the headings.
  private static let mostRows = 1_000_000

  private let items: [CaseException]
  private let rules: [String: RuleReport]
  private let asOf: CalendarDate

  init(_ items: [CaseException], rules: [String: RuleReport], asOf: CalendarDate) {
    self.items = items
    self.rules = rules
    self.asOf = asOf
  }

  func write(to book: inout Workbook) throws(WorkbookFault) {
    var start = 0
    var number = 1
    repeat {
      let end = min(start + Self.mostRows, items.count)
      try write(
        items[start..<end], to: &book, named: number == 1 ? "To put right" : "To put right \(number)")
      start = end
      number += 1
    } while start < items.count
  }

  private func write(_ items: ArraySlice<CaseException>, to book: inout Workbook, named name: String)
    throws(WorkbookFault)
  {
    let sheet = try book.sheet(name)
    try book.headings(Self.columns.map(\.name), sheet)
    for (column, (_, width)) in Self.columns.enumerated() {
      try book.setWidth(sheet, column: column, to: width)
    }
    for (index, item) in items.enumerated() { try write(item, row: index + 1, book, sheet) }
    try book.setHeadings(sheet, columns: Self.columns.count, rows: items.count)
    // Some rows more, for what a person adds at the end.
    let rows = 1...max(items.count, 1) + 20
    let corrected = Self.columns.count - 2
    try book.acceptDates(
      sheet, rows: rows, column: corrected, from: CalendarDate(iso: "2000-01-01") ?? asOf)
    try book.acceptTexts(sheet, rows: rows, column: corrected + 1, most: 1_000)
  }

  private func write(
    _ item: CaseException, row: Int, _ book: borrowing Workbook, _ sheet: Workbook.Sheet
  ) throws(WorkbookFault) {
    let severity: Workbook.Style = item.severity == .error ? .bad : .warning
    try book.write(item.list.rawValue, sheet, row: row, column: 0)
    try book.write(item.severity.rawValue, sheet, row: row, column: 1, severity)
    try book.write(item.status.rawValue, sheet, row: row, column: 2)
    try book.write(rules[item.rule]?.title ?? item.rule, sheet, row: row, column: 3, .wrapped)
    try book.write(item.worker, sheet, row: row, column: 4)
    try book.write(item.personID, sheet, row: row, column: 5)
    try book.write(item.recordID, sheet, row: row, column: 6)
    try book.write(item.table, sheet, row: row, column: 7)
    if let occasion = item.occasion { try book.write(occasion, sheet, row: row, column: 8) }
    try book.write(item.field, sheet, row: row, column: 9)
    try book.write(item.value, sheet, row: row, column: 10)
    try book.writeDay(item.from, sheet, row: row, column: 11)
    try book.writeDay(item.dueOn, sheet, row: row, column: 12)
    try book.writeDay(item.doneOn, sheet, row: row, column: 13)
    if let days = item.daysLate { try book.write(days, sheet, row: row, column: 14) }
    try book.write(item.message, sheet, row: row, column: 15, .wrapped)
    try book.write(item.fix, sheet, row: row, column: 16, .wrapped)
    if !item.blocks.isEmpty { try book.write(item.blocks.count, sheet, row: row, column: 17) }
    try book.writeDay(item.firstSeen, sheet, row: row, column: 18)
    if let age = age(of: item, on: asOf) {
      let band = AgeBand(days: age)
      let style: Workbook.Style =
        band == .longer ? .veryOld : band > .month ? .old : .number
      try book.write(age, sheet, row: row, column: 19, style)
    }
    try book.write(item.sourceFile, sheet, row: row, column: 20)
    if let line = item.sourceLine { try book.write(line, sheet, row: row, column: 21, .plain) }
    try book.write(item.rule, sheet, row: row, column: 22)
    try book.write("", sheet, row: row, column: 23, .dateEntry)
    try book.write("", sheet, row: row, column: 24, .entry)
  }
}
