import Diagnostics
import Patterns
import Values
import WorkingTime

/// The sentences about the cells of one field that break a constraint.
///
/// They are for the list on disk only: they quote cells.
struct CellWords: Sendable {
  struct Advice: Sendable {
    var message: String
    var fix: String
  }

  let field: FieldDefinition
  /// What the case system calls the field, as far as its export shows.
  let label: String

  /// The greatest number of codes that are named one by one.
  static let mostNamed = 12
  /// The greatest length of codes that are named with what they mean.
  private static let longestChoice = 300
  /// Words about a field; without a label it has its own name.
  init(_ field: FieldDefinition, label: String? = nil) {
    self.field = field
    self.label = label ?? field.name
  }

  var required: Advice {
    Advice(message: "\(field.name) is missing.", fix: "Fill in \(label) in the case system.")
  }

  func type(_ text: String) -> Advice {
    var message = "\(field.name) \(quoted(text)) cannot be read as \(Self.typeWords(field.type))"
    if let look = look(of: text, field) { message += ": it \(look)" }
    return Advice(message: "\(message); write it as \(Self.wantedForm(field)).", fix: fix(of: text))
  }

  func code(_ text: String) -> Advice {
    let list = field.codes?.list ?? ""
    if let spell = field.codes?.others[Text(text)] {
      return Advice(
        message: "\(field.name) \(quoted(text)) holds in the code list \(list) \(spell).",
        fix:
          "Choose a value of the code list \(list) that holds now for \(label) in the case system\(choice)."
      )
    }
    let near = field.codes.flatMap { nearest(to: text, among: $0.values) }
    return Advice(
      message: "\(field.name) \(visible(text)) is not in the code list \(list)\(hint(near)).",
      fix: "Choose a value of the code list \(list) for \(label) in the case system\(choice).")
  }

  /// The valid codes, where there are few.
  ///
  /// Whoever corrects the record has no rules in which to look them up.
  private var choice: String {
    guard let list = field.codes, 1...Self.mostNamed ~= list.values.count else { return "" }
    let codes = list.values.sorted()
    let told = codes.map { code in
      quoted(code.string) + (list.labels[code].map { " (\($0))" } ?? "")
    }.joined(separator: ", ")
    // Longer ones, which nobody would read in a cell, are on the page of the rule.
    if told.count <= Self.longestChoice { return ": " + told }
    return ": " + codes.map { quoted($0.string) }.joined(separator: ", ")
  }

  func allowed(_ text: String) -> Advice {
    let allowed = field.constraints.allowed ?? []
    var list = allowed.prefix(8).map { quoted($0.string) }.joined(separator: ", ")
    if allowed.count > 8 { list += " and \(allowed.count - 8) more" }
    let near = nearest(to: text, among: allowed)
    return Advice(
      message: "\(field.name) \(visible(text)) is none of \(list)\(hint(near)).",
      fix: "Choose one of \(list) for \(label) in the case system.")
  }

  func minimum(_ text: String, _ bound: String) -> Advice {
    let word = isTime ? "earlier than" : "less than"
    return Advice(
      message: "\(field.name) \(quoted(text)) is \(word) \(least(bound)).\(century(of: text))",
      fix: "Correct \(label) in the case system.")
  }

  func maximum(_ text: String, _ bound: String) -> Advice {
    let word = isTime ? "later than" : "more than"
    return Advice(
      message: "\(field.name) \(quoted(text)) is \(word) \(most(bound)).\(century(of: text))",
      fix: "Correct \(label) in the case system.")
  }

  func pattern(_ text: String, _ pattern: Pattern?) -> Advice {
    if let pattern, let padded = padded(text, to: pattern) {
      return Advice(
        message:
          "\(field.name) \(visible(text)) is not of the form \(pattern.source), and \(quoted(padded)) "
          + "is: Excel may have taken the zeros in front away.",
        fix:
          "Export again, and do not open the file in Excel; or correct \(label) in the case system."
      )
    }
    if let example = field.example {
      return Advice(
        message: "\(field.name) \(visible(text)) is not of the form wanted, as in \(example).",
        fix: "Correct \(label) in the case system, as in \(example).")
    }
    return Advice(
      message: "\(field.name) \(visible(text)) is not of the form \(pattern?.source ?? "").",
      fix:
        "Correct \(label) in the case system; the whole of it must match \(pattern?.source ?? "").")
  }

  func tooShort(_ text: String, _ length: Int, _ least: Int) -> Advice {
    Advice(
      message:
        "\(field.name) \(quoted(text)) has \(characters(length)); at least \(least) are wanted.",
      fix: "Complete \(label) in the case system.")
  }

  func tooLong(_ text: String, _ length: Int, _ most: Int) -> Advice {
    Advice(
      message:
        "\(field.name) \(quoted(text)) has \(characters(length)); at most \(most) are allowed.",
      fix: "Shorten \(label) in the case system.")
  }
}

extension CellWords {
  private var isTime: Bool {
    switch field.type {
    case .date, .datetime, .time: true
    case .string, .integer, .number, .boolean: false
    }
  }

  /// The century assumed for a date with a two-digit year; empty for any other text.
  private func century(of text: String) -> String {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let reading = field.formats.lazy.compactMap { format in
      format.read(text).map { (year: $0.date?.year, isShort: format.readsShortYears) }
    }.first
    guard let reading, reading.isShort, let year = reading.year else { return "" }
    return
      " Its year was taken for \(year): of two digits, 00 to 68 are of this century. Where it is another, export years of four digits."
  }

  private func least(_ bound: String) -> String {
    if case .asOf = field.constraints.minimum { return bound }
    return "\(bound), the \(isTime ? "earliest" : "least") allowed"
  }

  private func most(_ bound: String) -> String {
    if case .asOf = field.constraints.maximum { return bound }
    return "\(bound), the \(isTime ? "latest" : "most") allowed"
  }

  private func characters(_ count: Int) -> String {
    amount(count, "character")
  }

  /// The allowed text most likely meant: one that differs only in spaces or case, or a near one.
  private func nearest(to text: String, among allowed: some Sequence<Text>) -> String? {
    let texts = allowed.map(\.string).sorted { Text($0) < Text($1) }
    let wanted = normalHeading(text)
    if let same = texts.first(where: { normalHeading($0) == wanted && Text($0) != Text(text) }) {
      return same
    }
    // Many short codes differ by one letter; a wrong suggestion would do harm if somebody followed
    // it.
    guard 3...60 ~= text.count, let near = nearestName(to: text, among: texts) else {
      return nil
    }
    return nearestName(to: text, among: texts.lazy.filter { $0 != near }) == nil ? near : nil
  }

  private func hint(_ near: String?) -> String {
    near.map { "; perhaps \(quoted($0)) is meant" } ?? ""
  }
}
