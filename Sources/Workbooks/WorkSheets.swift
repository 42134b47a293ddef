import Exceptions
import WorkingTime

/// The sheets to work from: one row for each exception, on as many sheets as needed.
struct WorkSheets {
  /// The columns: those up to `note` are to work from and fit across a page.
  ///
  /// The others are for filtering.
  private enum Column: Int, CaseIterable {
    case status, severity, person, table, record, worker, field, value, message, fix, due, age,
      blocks, correctedOn, note, list, asked, occasion, from, done, daysLate, firstSeen, file,
      line, rule

    static let printed = Column.note.rawValue + 1

    /// Those with texts of the extracts, which may be nothing but digits.
    static let texts: [Column] = [.person, .record, .worker, .value]

    /// The heading, and the width in characters.
    var form: (name: String, width: Double) {
      switch self {
      case .status: ("Status", 13)
      case .severity: ("Severity", 9)
      case .person: ("Person", 10)
      case .table: ("Table", 13)
      case .record: ("Record", 12)
      case .worker: ("Worker", 14)
      case .field: ("Field", 14)
      case .value: ("Value", 12)
      case .message: ("What is wrong", 40)
      case .fix: ("How to put it right", 30)
      case .due: ("Due on", 11)
      case .age: ("Age in days", 7)
      case .blocks: ("Rules it blocks", 7)
      case .correctedOn: ("Corrected on", 12)
      case .note: ("Note", 18)
      case .list: ("List", 11)
      case .asked: ("What is asked", 34)
      case .occasion: ("Occasion", 9)
      case .from: ("From", 11)
      case .done: ("Done on", 11)
      case .daysLate: ("Days late", 9)
      case .firstSeen: ("First seen", 11)
      case .file: ("File", 20)
      case .line: ("Line", 8)
      case .rule: ("Rule", 26)
      }
    }
  }

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
    try book.headings(Column.allCases.map(\.form.name), sheet)
    try book.setHeight(sheet, row: 0, lines: 2)
    for column in Column.allCases {
      try book.setWidth(sheet, column: column.rawValue, to: column.form.width)
    }
    for (index, item) in items.enumerated() { try write(item, row: index + 1, book, sheet) }
    try book.setHeadings(sheet, columns: Column.allCases.count, rows: items.count)
    try book.setPrinted(sheet, columns: Column.printed, rows: max(items.count, 1))
    // A few spare rows for what people add at the end.
    let rows = 1...max(items.count, 1) + 20
    try book.setTexts(sheet, columns: Column.texts.map(\.rawValue), rows: rows)
    try book.accept(
      .dates(
        from: CalendarDate(iso: "2000-01-01") ?? asOf, title: "Corrected on",
        message: "The day on which it was put right: dd/mm/yyyy"),
      sheet, rows: rows, column: Column.correctedOn.rawValue)
    try book.accept(
      .texts(most: 1_000, title: "Note"), sheet, rows: rows, column: Column.note.rawValue)
  }

  private func write(
    _ item: CaseException, row: Int, _ book: borrowing Workbook, _ sheet: Workbook.Sheet
  ) throws(WorkbookFault) {
    func put(_ text: String, _ column: Column, _ style: CellStyle = .plain)
      throws(WorkbookFault)
    { try book.write(text, sheet, row: row, column: column.rawValue, style) }
    func put(_ number: Int?, _ column: Column, _ style: CellStyle = .number)
      throws(WorkbookFault)
    {
      guard let number else { return }
      try book.write(number, sheet, row: row, column: column.rawValue, style)
    }
    func put(day: String, _ column: Column) throws(WorkbookFault) {
      try book.writeDay(day, sheet, row: row, column: column.rawValue)
    }
    let severity: CellStyle = item.severity == .error ? .bad : .warning
    try put(item.status.rawValue, .status, severity)
    try put(item.severity.rawValue, .severity, severity)
    try put(item.personID, .person)
    try put(item.table, .table, .wrapped)
    try put(item.recordID, .record, .wrapped)
    try put(item.worker, .worker, .wrapped)
    try put(item.field, .field, .wrapped)
    try put(item.value, .value, .wrapped)
    try put(item.message, .message, .wrapped)
    try put(advice(item), .fix, .wrapped)
    try put(day: item.dueOn, .due)
    let age = item.age(on: asOf)
    let band = age.map { AgeBand(days: $0) } ?? .week
    try put(age, .age, band == .longer ? .veryOld : band > .month ? .old : .number)
    if !item.blocks.isEmpty { try put(item.blocks.count, .blocks) }
    try put("", .correctedOn, .dateEntry)
    try put("", .note, .entry)
    try put(item.list.rawValue, .list)
    try put(rules[item.rule]?.title ?? item.rule, .asked, .wrapped)
    try put(item.occasion, .occasion)
    try put(day: item.from, .from)
    try put(day: item.doneOn, .done)
    try put(item.daysLate, .daysLate)
    try put(day: item.firstSeen?.description ?? "", .firstSeen)
    try put(item.sourceFile, .file)
    try put(item.sourceLine, .line, .plain)
    try put(item.rule, .rule)
    try book.setHeight(sheet, row: row, lines: lines(of: item))
  }

  /// How an exception is put right; what was done late needs nothing more.
  private func advice(_ item: CaseException) -> String { item.lateAdvice(dayWords) ?? item.fix }

  /// How many lines the longest wrapped cell takes, allowing three characters for each line break.
  private func lines(of item: CaseException) -> Int {
    let cells: [(String, Column)] = [
      (item.message, .message), (advice(item), .fix), (item.field, .field), (item.value, .value),
      (item.table, .table), (item.recordID, .record), (item.worker, .worker),
      (rules[item.rule]?.title ?? item.rule, .asked),
    ]
    return cells.map { text, column in
      let width = Int(column.form.width) - 3
      return (text.count + width - 1) / max(width, 1)
    }.max() ?? 1
  }
}
