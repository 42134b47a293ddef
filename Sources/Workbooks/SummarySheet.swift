import Diagnostics
import Exceptions
import WorkingTime

/// Counts by age and by rule, with a chart of the ages.
struct SummarySheet {
  private let items: [CaseException]
  private let team: String
  private let standing: String
  private let rules: [String: RuleReport]
  private let asOf: CalendarDate

  init(
    _ items: [CaseException], team: String, standing: String, rules: [String: RuleReport],
    asOf: CalendarDate
  ) {
    self.items = items
    self.team = team
    self.standing = standing
    self.rules = rules
    self.asOf = asOf
  }

  /// What there is to do on this list, in a sentence.
  var total: String {
    if items.isEmpty { return "Nothing to put right on this list." }
    // What was done late is done, and no correction takes it from the list.
    let late = items.count { $0.status == .late }
    let due = items.count - late
    let words =
      due == 0
      ? "Nothing to put right"
      : "\(groupedDigits(due)) exception\(due == 1 ? "" : "s") to put right"
    return late > 0
      ? "\(words); \(groupedDigits(late)) done late or never, which stay\(late == 1 ? "s" : "") unless a date is wrong."
      : "\(words)."
  }

  func write(to book: inout Workbook) throws(WorkbookFault) {
    let name = "Summary"
    let sheet = try book.sheet(name)
    for (column, width) in [64.0, 12, 12, 12, 12, 12].enumerated() {
      try book.setWidth(sheet, column: column, to: width)
    }
    try book.write("\(team), as of \(dayWords(asOf))", sheet, row: 0, column: 0, .title)
    try book.write(total, sheet, row: 1, column: 0)
    // An empty list alone does not show that a team is at zero: an input may be missing.
    try book.write(standing, sheet, row: 2, column: 0)

    try book.headings(["Waiting for so many days", "Exceptions"], sheet, row: 3)
    // What was done late is done: it no longer waits for anybody.
    let open = items.filter { $0.status != .late }
    let ages = open.map { $0.age(on: asOf) }
    for (index, band) in AgeBand.allCases.enumerated() {
      let count = ages.count { $0.map { AgeBand(days: $0) } == band }
      try book.write(band.rawValue, sheet, row: 4 + index, column: 0)
      try book.write(count, sheet, row: 4 + index, column: 1)
    }
    let last = 4 + AgeBand.allCases.count
    try book.write("not known", sheet, row: last, column: 0)
    try book.write(ages.count { $0 == nil }, sheet, row: last, column: 1)
    try book.write("done late or never", sheet, row: last + 1, column: 0)
    try book.write(items.count - open.count, sheet, row: last + 1, column: 1)
    try book.draw(
      ColumnChart(
        title: "Exceptions by age in days", sheet: name, names: 0, figures: 1, rows: 4...last,
        words: "Column chart of the ages; the figures are in the first two columns of this sheet."),
      sheet, row: 3, column: 7)

    let statuses = CaseException.Status.ofExceptions
    let start = last + 4
    try book.headings(["Rule"] + statuses.map(\.rawValue) + ["all"], sheet, row: start)
    let byRule = Dictionary(grouping: items, by: \.rule).sorted { a, b in
      a.value.count != b.value.count
        ? a.value.count > b.value.count : byteOrder(a.key, b.key) < 0
    }
    for (index, (rule, items)) in byRule.enumerated() {
      let row = start + 1 + index
      try book.write(rules[rule]?.title ?? rule, sheet, row: row, column: 0, .wrapped)
      for (column, status) in statuses.enumerated() {
        try book.write(
          items.count { $0.status == status }, sheet, row: row, column: column + 1)
      }
      try book.write(items.count, sheet, row: row, column: statuses.count + 1)
    }
  }
}
