import Exceptions
import WorkingTime

/// The sheet that says in plain words what each rule asks, its source and how to put things right.
struct RuleSheet {
  private let items: [CaseException]
  private let rules: [String: RuleReport]

  init(_ items: [CaseException], rules: [String: RuleReport]) {
    self.items = items
    self.rules = rules
  }

  func write(to book: inout Workbook) throws(WorkbookFault) {
    let sheet = try book.sheet("Rules")
    let columns: [(name: String, width: Double)] = [
      ("Rule", 30), ("What it is about", 40), ("What it asks", 60), ("Why", 50), ("Source", 40),
      ("How to put it right", 50), ("Exceptions here", 11),
    ]
    try book.headings(columns.map(\.name), sheet)
    for (column, (_, width)) in columns.enumerated() {
      try book.setWidth(sheet, column: column, to: width)
    }
    let counts = Dictionary(grouping: items, by: \.rule).mapValues(\.count)
    let names = counts.keys.inByteOrder()
    for (index, name) in names.enumerated() {
      let rule = rules[name]
      let texts = [
        name, rule?.title ?? "", rule.map(asked) ?? "", rule?.why ?? "", rule?.source ?? "",
        rule?.fix ?? "",
      ]
      for (column, text) in texts.enumerated() {
        try book.write(text, sheet, row: index + 1, column: column, .wrapped)
      }
      try book.write(counts[name] ?? 0, sheet, row: index + 1, column: texts.count)
    }
    try book.setHeadings(sheet, columns: columns.count, rows: names.count)
  }

  /// Which records are judged, what is asked of them, and the codes that may stand there.
  private func asked(_ rule: RuleReport) -> String {
    [rule.judges, rule.asks, codes(rule.codes)].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func codes(_ codes: [RuleReport.Code]) -> String {
    guard !codes.isEmpty else { return "" }
    let told = codes.map { code in
      let words = [code.meaning, code.spell(dayWords)].filter { !$0.isEmpty }
      return code.code + (words.isEmpty ? "" : " (\(words.joined(separator: ", ")))")
    }
    return "The codes: \(told.joined(separator: "; "))."
  }
}
