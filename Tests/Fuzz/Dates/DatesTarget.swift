@testable import Extracts
@testable import WorkingTime

/// Takes any text as a date format, and any text as a date.
///
/// What is read, written and read again is the same; a column's texts come back as they were; two
/// formats that read the same text are known to overlap. The first two lines of an input are
/// formats, the others cells.
enum DatesTarget: FuzzTarget {
  static let name = "dates"

  static func run(_ input: [UInt8]) throws -> Bool {
    let lines = input.split(separator: .lineFeed, omittingEmptySubsequences: false).map(Array.init)
    let formats = lines.prefix(2).compactMap {
      try? DateFormat(String(decoding: $0, as: UTF8.self))
    }
    let cells = Array(lines.dropFirst(2))
    for format in formats {
      try promise(format.read(format.example) != nil, "\(format) does not read its own example")
    }
    var isRead = false
    var overlaps: [[String]: Bool] = [:]
    for cell in cells {
      let text = String(decoding: cell, as: UTF8.self)
      _ = DateLook.describe(text)
      _ = DateLook.describe(text, timeWanted: true)
      try checkSpan(text)
      try checkUsual(cell)
      let all = formats + DateFormat.dateDefaults + DateFormat.dateTimeDefaults
      let readers = all.filter { $0.read(cell.span) != nil }
      isRead = isRead || formats.contains { $0.read(cell.span) != nil }
      for format in readers { try checkWriting(cell, format) }
      for pair in zip(readers, readers.dropFirst() + readers.prefix(1)) {
        let names = [pair.0.pattern, pair.1.pattern]
        let overlap = overlaps[names] ?? (pair.0.overlaps(pair.1) && pair.1.overlaps(pair.0))
        overlaps[names] = overlap
        try promise(overlap, "\(pair.0) and \(pair.1) both read \(text.debugDescription)")
      }
    }
    try checkColumn(cells, formats, keepsDate: true, keepsTime: false)
    try checkColumn(cells, formats, keepsDate: true, keepsTime: true)
    try checkColumn(cells, DateFormat.dateDefaults, keepsDate: true, keepsTime: false)
    try checkColumn(cells, DateFormat.dateTimeDefaults, keepsDate: true, keepsTime: true)
    try checkColumn(cells, DateFormat.timeDefaults, keepsDate: false, keepsTime: true)
    return isRead
  }

  private static func checkWriting(_ cell: [UInt8], _ format: DateFormat) throws {
    guard let reading = format.read(cell.span) else { return }
    let written = format.write(date: reading.date, secondOfDay: reading.secondOfDay)
    let again = format.read(written)
    try promise(
      again == reading,
      "\(format) writes \(written) for \(reading), and reads \(String(describing: again))")
  }

  /// The common formats have fast readers of their own, which must read what their steps read.
  private static func checkUsual(_ cell: [UInt8]) throws {
    for usual in [DateFormat.dayMonthYear, .dayMonthYearTime, .isoDate, .clock] {
      let bySteps = DateFormat(pattern: usual.pattern, items: usual.items, reader: .items)
      try promise(
        usual.read(cell.span) == bySteps.read(cell.span), "\(usual) and its steps differ on \(cell)"
      )
    }
  }

  private static func checkSpan(_ text: String) throws {
    guard let span = TimeSpan(words: text) else { return }
    let again = TimeSpan(words: span.description)
    try promise(again == span, "\(text) is \(span), which is \(String(describing: again))")
  }

  /// A text that a column calls canonical is just what the column would write.
  private static func checkColumn(
    _ cells: [[UInt8]], _ formats: [DateFormat], keepsDate: Bool, keepsTime: Bool
  ) throws {
    var dates = DateText(formats: formats, keepsDate: keepsDate, keepsTime: keepsTime)
    for cell in cells {
      guard let (reading, isCanonical) = dates.read(cell.span), isCanonical else { continue }
      let written = dates.canonical?.write(
        date: keepsDate ? reading.date : nil, secondOfDay: keepsTime ? reading.secondOfDay : nil)
      try promise(
        written.map { Array($0.utf8) } == cell,
        "\(String(describing: written)) is said to be \(cell)")
    }
  }
}
