import Diagnostics
import Values

// What a draft says of the whole table's texts and of a field's cells, for the analyst to decide.
extension DraftWriter {
  /// How the records are written, where that has to be said.
  var dialect: [String] {
    var parts: [String] = []
    if let delimiter = draft.delimiter {
      parts.append("delimiter: \(Self.quoted(String(UnicodeScalar(delimiter))))")
    }
    if !draft.footers.isEmpty {
      let listed = draft.footers.map(Self.quoted).joined(separator: ", ")
      parts.append("footer: [\(listed)]")
    }
    if parts.isEmpty { return [] }
    var line = "dialect: {\(parts.joined(separator: ", "))}"
    let count = draft.recordsOfFooters
    if count > 0 {
      let what = draft.key == nil ? "no cell that cannot be read" : "what would do as its key"
      line += "  # \(amount(count, "footer has", "footers have")) the fields of a record and "
      line += what + ": read as \(count == 1 ? "a record" : "records")"
    }
    return [line]
  }

  /// Why some texts are read as no value, in comments.
  var remarksOnMissing: [String] {
    var remarks: [String] = []
    for column in draft.columns.indices {
      guard let name = draft.names[column] else { continue }
      let guess = draft.columns[column]
      let codes = guess.missingWords.filter { Self.mayBeCodes.contains($0) }.sorted()
      if draft.guess(column).type == .string, guess.given > 0, !codes.isEmpty {
        remarks.append(
          "# \(name): \(listed(codes)) may be \(codes.count == 1 ? "a code" : "codes") here and no missing value: "
            + "if so, take \(codes.count == 1 ? "it" : "them") out")
      }
      let days = draft.placeholders(column)
      if days.isEmpty { continue }
      let cells = days.reduce(0) { $0 + $1.count }
      remarks.append(
        "# \(name): \(amount(cells, "cell holds", "cells hold")) \(listed(days.map(\.text))), which usually "
          + "\(days.count == 1 ? "stands" : "stand") for no date and would pass for one: take out what is a date"
      )
    }
    return remarks
  }

  /// Words that stand for no value in most tables, and are among the codes of some.
  private static let mayBeCodes: Set<Text> = ["NA", "N/A", "n/a"]

  private func listed(_ texts: [Text]) -> String {
    together(texts.map { Self.quoted($0.string) }, most: texts.count)
  }

  /// What an analyst must know of how a column's dates are written.
  func remarks(on guess: ColumnGuess.Guess) -> [String] {
    var remarks: [String] = []
    if guess.format?.contains("%y") == true {
      remarks.append("years of two digits: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999")
    }
    if guess.serials > 0 {
      let cells = amount(
        guess.serials, "cell holds Excel's number for a day",
        "cells hold Excel's numbers for days")
      remarks.append(
        "\(cells), and a run lists \(guess.serials == 1 ? "it as no date" : "them as no dates"): "
          + "export again, and do not open the file in Excel")
    }
    return remarks
  }

  /// The line that says what the cells of a field must hold, where they must hold anything.
  func constraints(_ column: Int, _ guess: ColumnGuess.Guess) -> [String] {
    var parts: [String] = []
    var notes: [String] = []
    if draft.isRequired(column) {
      parts.append("required: true")
      let empty = draft.columns[column].empty
      if empty > 0 {
        notes.append(
          "\(amount(empty, "cell is empty, and is", "cells are empty, and are")) listed")
      }
    }
    if column == draft.key, let pattern = draft.keyPattern {
      parts.append("pattern: \(Self.quoted(pattern))")
      notes.append("without the pattern, a footer as wide as a record is read as one")
    }
    if guess.format?.contains("%y") == true, namesBirth(draft.headings[column]) {
      parts.append("maximum: asOf")
      notes.append("a date of birth to come is listed: its year may be of the 1900s")
    }
    if parts.isEmpty { return [] }
    let said = notes.isEmpty ? "" : "  # " + notes.joined(separator: "; ")
    return ["    constraints: {\(parts.joined(separator: ", "))}\(said)"]
  }

  /// Whether a heading is that of a date of birth which is over.
  private func namesBirth(_ heading: String) -> Bool {
    let normal = normalHeading(heading)
    let ofBirth = ["dob", "dateofbirth", "birthdate", "birthday", "dateborn", "bornon"]
    let toCome = ["expected", "estimated", "due", "edd", "unborn", "prebirth"]
    return ofBirth.contains { normal.contains($0) } && !toCome.contains { normal.contains($0) }
  }
}
