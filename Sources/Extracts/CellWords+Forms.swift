import Diagnostics
import Patterns
import Values
import WorkingTime

extension CellWords {
  /// A text in quotes, cut where it is long.
  func quoted(_ text: String) -> String { "\"\(shortened(text))\"" }

  /// A text in quotes, with spaces that are easily overlooked made visible.
  func visible(_ text: String) -> String {
    "\"\(withBlanksShown(shortened(text), leavesOthers: true))\""
  }

  private func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count > 80 ? String(String.UnicodeScalarView(scalars.prefix(80))) + "…" : text
  }

  /// The type in words that follow "cannot be read as", such as `a date`.
  static func typeWords(_ type: FieldType) -> String {
    switch type {
    case .string: "text"
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "yes or no"
    case .date: "a date"
    case .datetime: "a date with a time"
    case .time: "a time of day"
    }
  }

  /// How the field's values are to be written, such as `dd/mm/yyyy or yyyy-mm-dd`.
  static func wantedForm(_ field: FieldDefinition) -> String {
    switch field.type {
    case .string: return "text"
    case .integer: return "digits alone, such as 1234"
    case .number:
      return "digits, such as 1\(field.groupChar ?? "")234\(field.decimalChar)5"
    case .boolean: return booleanWords(field)
    case .date, .datetime, .time:
      return field.formats.map { formatWords($0.pattern) }.joined(separator: " or ")
    }
  }

  /// `Yes or No`, or the first such pair that the field has.
  private static func booleanWords(_ field: FieldDefinition) -> String {
    let usual: [(Text, Text)] = [("Yes", "No"), ("Y", "N"), ("true", "false"), ("1", "0")]
    let pair = usual.first {
      field.trueValues.contains($0.0) && field.falseValues.contains($0.1)
    }
    let words = [pair?.0 ?? field.trueValues.min(), pair?.1 ?? field.falseValues.min()]
    return words.compactMap { $0?.string }.joined(separator: " or ")
  }

  /// `%d/%m/%Y` as `dd/mm/yyyy`, without what may be left out: `[:%S]`.
  private static func formatWords(_ pattern: String) -> String {
    let words: [Character: String] = [
      "d": "dd", "m": "mm", "Y": "yyyy", "y": "yy", "H": "hh", "I": "hh", "M": "mm", "S": "ss",
      "b": "Mmm", "B": "Month", "j": "ddd", "p": "AM/PM",
    ]
    var text = ""
    var rest = pattern[...]
    var isOptional = false
    while let character = rest.popFirst() {
      if character == "[" { isOptional = true }
      if isOptional {
        if character == "]" { isOptional = false }
      } else if character == "%", let directive = rest.popFirst() {
        text += words[directive] ?? String(directive)
      } else {
        text.append(character)
      }
    }
    return text
  }

  /// What an unreadable text looks like, such as `looks like an Excel serial date`.
  ///
  /// Nil where it looks like nothing in particular.
  func look(of text: String, _ field: FieldDefinition) -> String? {
    switch field.type {
    case .date, .datetime:
      return DateLook.describe(
        text, timeWanted: field.type == .datetime,
        shortYearsWanted: field.formats.contains(where: \.readsShortYears))
    case .integer, .number: return numberLook(text, field)
    case .string, .boolean, .time: return nil
    }
  }

  /// How an unreadable text is put right: what another program did to it shows in no case system.
  func fix(of text: String) -> String {
    switch (field.type, DateEvidence(text)) {
    case (.date, .serial), (.datetime, .serial), (.integer, .scientific), (.number, .scientific):
      "Export again, and do not open the file in Excel; \(label) is to be written as \(Self.wantedForm(field))."
    case (.date, _) where Self.endsAtMidnight(text):
      "If the export writes midnight behind every date, have it leave out the time, or name the format in the rules; else correct \(label) in the case system. It is to be written as \(Self.wantedForm(field))."
    default:
      "Correct \(label) in the case system; it is to be written as \(Self.wantedForm(field))."
    }
  }

  /// Whether a text ends in a time of zeros alone, as databases write a day: `2016-03-14 00:00:00.000`.
  private static func endsAtMidnight(_ text: String) -> Bool {
    guard let gap = text.lastIndex(where: { $0 == " " || $0 == "T" }) else { return false }
    let time = text[text.index(after: gap)...]
    return time.contains(":") && time.allSatisfy { "0:.Z".contains($0) }
  }

  /// A number with as many leading zeros as give it the form; nil where none do.
  func padded(_ text: String, to pattern: Pattern) -> String? {
    guard (1...20).contains(text.utf8.count), text.utf8.allSatisfy({ 48...57 ~= $0 }) else {
      return nil
    }
    for zeros in 1...12 {
      let padded = String(repeating: "0", count: zeros) + text
      if pattern.matchesWhole(padded.utf8Span.span) { return padded }
    }
    return nil
  }

  private func numberLook(_ text: String, _ field: FieldDefinition) -> String? {
    let trimmed = text.filter { !$0.isWhitespace }
    let decimal = field.decimalChar
    let plain = NumberText(groupChar: nil, decimalChar: decimal)
    let group = decimal == "," ? "." : ","
    let grouped = NumberText(groupChar: group, decimalChar: decimal)
    if trimmed.first == "£" || trimmed.first == "$" || trimmed.first == "€" {
      return "has a currency sign"
    }
    if trimmed.last == "%" { return "has a percent sign" }
    if DateEvidence(trimmed) == .scientific {
      return "is a long number that Excel has shortened, so that its last digits are lost"
    }
    if decimal != ".", trimmed.contains("."),
      NumberText(groupChar: nil, decimalChar: ".").number(trimmed.utf8Span.span) != nil
    {
      return "has a point where `\(decimal)` is wanted"
    }
    if plain.number(trimmed.utf8Span.span) != nil,
      text.split(whereSeparator: \.isWhitespace).count > 1
    {
      return "has spaces between its digits"
    }
    if field.type == .integer, plain.number(trimmed.utf8Span.span) != nil {
      let isWhole = trimmed.utf8.allSatisfy { 48...57 ~= $0 || $0 == 0x2D || $0 == 0x2B }
      return isWhole ? "is too large for 64 bits" : "is not written as a whole number"
    }
    if field.groupChar == nil, grouped.number(trimmed.utf8Span.span) != nil {
      return "has \(group == "," ? "commas" : "points") between its digits"
    }
    return nil
  }
}
