import CLibXlsxWriter
import Foundation
import Synchronization
import WorkingTime

// Only a workbook, its formats, its charts and its rules for entries use libxlsxwriter. Every
// `unsafe` in them either passes the library a pointer that the library made and that lives until
// the workbook is closed, or lends it a text or a struct for one call, which copies what it needs.

/// A workbook being written (Office Open XML, by libxlsxwriter).
///
/// The same cells in the same order give the same bytes, because the date of creation is given.
@safe struct Workbook: ~Copyable {
  /// A sheet, by its number.
  struct Sheet: Hashable, Sendable {
    fileprivate let number: Int
  }

  /// How much a workbook is going to hold, which decides how it is written.
  enum Size: Sendable {
    /// So little that the library's temporary files may be kept in memory.
    case small
    /// What the library can easily hold in memory until the workbook is finished.
    case usual
    /// More than that.
    ///
    /// The library writes each row to the disk as the next one begins, so rows must be written in
    /// order, and cells do not share texts.
    case long
  }

  /// The file that the library writes.
  private let file: NamelessFile
  /// At the foot of each printed page: whose the workbook is, of which day, and the page.
  private let footer: String
  private let book: UnsafeMutablePointer<lxw_workbook>
  private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = unsafe []
  private let formats: CellFormats
  private var isClosed = false
  /// How many cells have been written.
  private let cells = Atomic(0)

  /// Begins a workbook with a title, dated to a day.
  init(title: String, created: CalendarDate, size: Size = .usual) throws(WorkbookFault) {
    let folder = size == .small ? NamelessFile.quickestFolder() : NamelessFile.folder()
    let file = try NamelessFile(in: folder)
    guard let opened = unsafe Workbook.open(file: file.path, folder: folder, size) else {
      throw WorkbookFault(folder: folder, why: "there is no memory")
    }
    self.file = file
    unsafe book = opened
    unsafe Workbook.name(book, CellText.visible(title), created)
    footer = "&L\(Workbook.inFooter(title)), as of \(created): &A&RPage &P of &N"
    formats = unsafe CellFormats(of: opened)
  }

  private static func open(
    file: String, folder: String, _ size: Size
  ) -> UnsafeMutablePointer<lxw_workbook>? {
    guard let temporary = unsafe strdup(folder) else { return nil }
    // The library copies the options and their text before it returns.
    defer { unsafe free(temporary) }
    var options = unsafe lxw_workbook_options()
    unsafe options.tmpdir = temporary
    unsafe options.constant_memory = size == .long ? 1 : 0
    return unsafe workbook_new_opt(file, &options)
  }

  private static func name(
    _ book: UnsafeMutablePointer<lxw_workbook>, _ title: String, _ created: CalendarDate
  ) {
    guard let text = unsafe strdup(title) else { return }
    defer { unsafe free(text) }
    var properties = unsafe lxw_doc_properties()
    // Midday UTC, because in local time another hour could fall on another day.
    unsafe properties.created = time_t(Int(created.dayNumber) * 86_400 + 43_200)
    unsafe properties.title = text
    _ = unsafe workbook_set_properties(book, &properties)
  }

  deinit {
    if !isClosed { unsafe lxw_workbook_free(book) }
  }

  /// A text for a header or footer, in which `&` begins a code.
  ///
  /// With the rest it may have at most 255 bytes.
  private static func inFooter(_ text: String) -> String {
    var shown = ""
    for character in CellText.visible(text) {
      let next = character == "&" ? "&&" : String(character)
      if shown.utf8.count + next.utf8.count > 200 { break }
      shown += next
    }
    return shown
  }

  /// Adds a sheet; its name must have at most 31 characters and none of `[]:*?/\`.
  mutating func sheet(_ name: String) throws(WorkbookFault) -> Sheet {
    errno = 0
    guard let sheet = unsafe workbook_add_worksheet(book, name) else {
      // A long workbook opens a file for each sheet.
      throw WorkbookFault(why: "a sheet could not be added", system: errno)
    }
    unsafe sheets.append(sheet)
    // A4 landscape, fitted to the width of the page; at the foot, whose it is, and the page.
    unsafe worksheet_set_landscape(sheet)
    unsafe worksheet_set_paper(sheet, 9)
    unsafe worksheet_fit_to_pages(sheet, 1, 0)
    unsafe worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6)
    try check(unsafe worksheet_set_footer(sheet, footer))
    return unsafe Sheet(number: sheets.count - 1)
  }

  /// Makes the first row the headings: frozen, with filters, and repeated on every printed page.
  func setHeadings(_ sheet: Sheet, columns: Int, rows: Int) throws(WorkbookFault) {
    let sheet = unsafe sheets[sheet.number]
    unsafe worksheet_freeze_panes(sheet, 1, 0)
    try check(
      unsafe worksheet_autofilter(
        sheet, 0, 0, lxw_row_t(max(rows, 1)), lxw_col_t(max(columns - 1, 0))))
    try check(unsafe worksheet_repeat_rows(sheet, 0, 0))
  }

  /// Sets the width of a column in characters.
  func setWidth(_ sheet: Sheet, column: Int, to width: Double) throws(WorkbookFault) {
    try check(
      unsafe worksheet_set_column(
        sheets[sheet.number], lxw_col_t(column), lxw_col_t(column), width, nil))
  }

  /// Sets the height of a row in lines, so that a spreadsheet need not work it out on opening.
  func setHeight(_ sheet: Sheet, row: Int, lines: Int) throws(WorkbookFault) {
    try check(
      unsafe worksheet_set_row(
        sheets[sheet.number], lxw_row_t(row), Double(min(max(lines, 1), 27) * 15), nil))
  }

  /// Prints only the first columns, which must fit across a page.
  func setPrinted(_ sheet: Sheet, columns: Int, rows: Int) throws(WorkbookFault) {
    try check(
      unsafe worksheet_print_area(
        sheets[sheet.number], 0, 0, lxw_row_t(rows), lxw_col_t(columns - 1)))
  }

  /// Writes a text, which no spreadsheet takes for a formula.
  ///
  /// A text of over 32,767 characters, the most that a cell can hold, is cut off with a note.
  func write(_ text: String, _ sheet: Sheet, row: Int, column: Int, _ style: CellStyle = .plain)
    throws(WorkbookFault)
  {
    if text.isEmpty, style == .plain { return }
    let shown = CellText(text).shown
    cells.add(1, ordering: .relaxed)
    try check(
      unsafe worksheet_write_string(
        sheets[sheet.number], lxw_row_t(row), lxw_col_t(column), shown, formats[style]))
  }

  /// Writes a number.
  func write(_ number: Int, _ sheet: Sheet, row: Int, column: Int, _ style: CellStyle = .number)
    throws(WorkbookFault)
  {
    cells.add(1, ordering: .relaxed)
    try check(
      unsafe worksheet_write_number(
        sheets[sheet.number], lxw_row_t(row), lxw_col_t(column), Double(number),
        formats[style]))
  }

  /// Writes a date as a spreadsheet date, with the time if there is one.
  ///
  /// A date before March 1900, where spreadsheets disagree, is written as text.
  func write(
    _ date: CalendarDate, minute: Int? = nil, _ sheet: Sheet, row: Int, column: Int
  ) throws(WorkbookFault) {
    let (year, month, day) = date.components
    guard (year, month) >= (1900, 3) else {
      return try write(date.description, sheet, row: row, column: column)
    }
    var moment = lxw_datetime()
    moment.year = Int32(year)
    moment.month = Int32(month)
    moment.day = Int32(day)
    moment.hour = Int32((minute ?? 0) / 60)
    moment.min = Int32((minute ?? 0) % 60)
    let style: CellStyle = minute == nil ? .date : .dateTime
    cells.add(1, ordering: .relaxed)
    try check(
      unsafe worksheet_write_datetime(
        sheets[sheet.number], lxw_row_t(row), lxw_col_t(column), &moment, formats[style]))
  }

  /// Makes a range of a column accept only what a rule allows.
  func accept(_ rule: EntryRule, _ sheet: Sheet, rows: ClosedRange<Int>, column: Int)
    throws(WorkbookFault)
  {
    try unsafe rule.set(in: sheets[sheet.number], rows: rows, column: column)
  }

  /// Says of the first 26 columns which have texts that may look like numbers, as identifiers do.
  ///
  /// Excel would flag each such cell, and offer to turn it into a number without its leading zeros.
  func setTexts(_ sheet: Sheet, columns: [Int], rows: ClosedRange<Int>) throws(WorkbookFault) {
    // The library copies the ranges. It keeps those of the last call alone.
    let ranges = columnRanges(columns, rows: rows)
    try check(
      unsafe worksheet_ignore_errors(
        sheets[sheet.number], UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), ranges))
  }

  /// Draws a chart with its top left corner in a cell.
  func draw(_ chart: ColumnChart, _ sheet: Sheet, row: Int, column: Int) throws(WorkbookFault) {
    try unsafe chart.draw(in: book, sheets[sheet.number], row: row, column: column)
  }

  /// Closes the workbook and returns its bytes.
  consuming func finish() throws(WorkbookFault) -> [UInt8] {
    // The library frees the workbook on closing, even if that fails.
    isClosed = true
    // The library's own error says which file it could not make, and not why.
    errno = 0
    let error = unsafe workbook_close(book)
    try check(error, system: errno)
    let bytes = try file.contents()
    guard WorkbookParts(bytes).cells == cells.load(ordering: .relaxed) else {
      throw WorkbookFault(why: "parts of it are cut off, as on a full disk")
    }
    return bytes
  }
}
