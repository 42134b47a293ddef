import Exceptions
import WorkingTime

/// The sheets to work from: one row for each exception, on as many sheets as needed.
struct WorkSheets {
  /// The columns: the first `printed` ones are to work from and fit across a page.
  ///
  /// The others are for filtering.
  private static let columns: [(name: String, width: Double)] = [
    ("Status", 13), ("Person", 10), ("Record", 12), ("Worker", 14), ("Field", 14), ("Value", 12),
    ("What is wrong", 40), ("How to put it right", 30), ("Due on", 11), ("Age in days", 7),
    ("Rules it blocks", 7), ("Corrected on", 12), ("Note", 18), ("List", 11), ("Severity", 9),
    ("What is asked", 34), ("Table", 16), ("Occasion", 9), ("From", 11), ("Done on", 11),
    ("Days late", 9), ("First seen", 11), ("File", 20), ("Line", 8), ("Rule", 26),
  ]
  private static let printed = 13
  /// A round number below the limit of 1,048,576 rows to a sheet, including the headings.
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
        items[start..<end], to: &book,
        named: number == 1 ? "To put right" : "To put right \(number)")
      start = end
      number += 1
    } while start < items.count
  }

  private func write(
    _ items: ArraySlice<CaseException>, to book: inout Workbook, named name: String
  )
    throws(WorkbookFault)
  {
    let sheet = try book.sheet(name)
    try book.headings(Self.columns.map(\.name), sheet)
    try book.setHeight(sheet, row: 0, lines: 2)
    for (column, (_, width)) in Self.columns.enumerated() {
      try book.setWidth(sheet, column: column, to: width)
    }
    for (index, item) in items.enumerated() { try write(item, row: index + 1, book, sheet) }
    try book.setHeadings(sheet, columns: Self.columns.count, rows: items.count)
    try book.setPrinted(sheet, columns: Self.printed, rows: max(items.count, 1))
    // A few spare rows for what people add at the end.
    let rows = 1...max(items.count, 1) + 20
    try book.acceptDates(
      sheet, rows: rows, column: 11, from: CalendarDate(iso: "2000-01-01") ?? asOf)
    try book.acceptTexts(sheet, rows: rows, column: 12, most: 1_000)
  }

  private func write(
    _ item: CaseException, row: Int, _ book: borrowing Workbook, _ sheet: Workbook.Sheet
  ) throws(WorkbookFault) {
    let severity: Workbook.Style = item.severity == .error ? .bad : .warning
    try book.write(item.status.rawValue, sheet, row: row, column: 0, severity)
    try book.write(item.personID, sheet, row: row, column: 1)
    try book.write(item.recordID, sheet, row: row, column: 2, .wrapped)
    try book.write(item.worker, sheet, row: row, column: 3, .wrapped)
    try book.write(item.field, sheet, row: row, column: 4, .wrapped)
    try book.write(item.value, sheet, row: row, column: 5, .wrapped)
    try book.write(item.message, sheet, row: row, column: 6, .wrapped)
    try book.write(item.fix, sheet, row: row, column: 7, .wrapped)
    try book.writeDay(item.dueOn, sheet, row: row, column: 8)
    if let age = item.age(on: asOf) {
      let band = AgeBand(days: age)
      let style: Workbook.Style =
        band == .longer ? .veryOld : band > .month ? .old : .number
      try book.write(age, sheet, row: row, column: 9, style)
    }
    if !item.blocks.isEmpty { try book.write(item.blocks.count, sheet, row: row, column: 10) }
    try book.write("", sheet, row: row, column: 11, .dateEntry)
    try book.write("", sheet, row: row, column: 12, .entry)
    try book.write(item.list.rawValue, sheet, row: row, column: 13)
    try book.write(item.severity.rawValue, sheet, row: row, column: 14, severity)
    try book.write(rules[item.rule]?.title ?? item.rule, sheet, row: row, column: 15, .wrapped)
    try book.write(item.table, sheet, row: row, column: 16)
    if let occasion = item.occasion { try book.write(occasion, sheet, row: row, column: 17) }
    try book.writeDay(item.from, sheet, row: row, column: 18)
    try book.writeDay(item.doneOn, sheet, row: row, column: 19)
    if let days = item.daysLate { try book.write(days, sheet, row: row, column: 20) }
    if let day = item.firstSeen { try book.write(day, sheet, row: row, column: 21) }
    try book.write(item.sourceFile, sheet, row: row, column: 22)
    if let line = item.sourceLine { try book.write(line, sheet, row: row, column: 23, .plain) }
    try book.write(item.rule, sheet, row: row, column: 24)
    try book.setHeight(sheet, row: row, lines: lines(of: item))
  }

  /// How many lines the longest wrapped cell takes, allowing three characters for each line break.
  private func lines(of item: CaseException) -> Int {
    let cells = [
      (item.message, 6), (item.fix, 7), (item.field, 4), (item.value, 5), (item.recordID, 2),
      (item.worker, 3), (rules[item.rule]?.title ?? item.rule, 15),
    ]
    return cells.map { text, column in
      let width = Int(Self.columns[column].width) - 3
      return (text.count + width - 1) / max(width, 1)
    }.max() ?? 1
  }
}
