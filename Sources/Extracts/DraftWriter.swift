import Values

/// Writes a drafted table definition.
struct DraftWriter {
  let draft: DraftTable

  var yaml: String {
    let counted =
      draft.report == nil
      ? "" : "  # if the number only counts exports: \(quoted(draft.globOfAll))"
    var lines = remarksOnTakers
    lines.append(
      "# Drafted by casecheck inspect: correct it, above all the types, the key and what is required."
    )
    if draft.isNamedAgain {
      lines.append(
        "# Has the name of a draft above, with other headings: give one of the files a name that begins otherwise, and draft again."
      )
    }
    lines += remarksOnFiles
    if let fault = draft.fault { lines.append("# It will not do as it is: \(fault.message)") }
    let globs = ([draft.glob] + draft.otherGlobs).map(quoted).joined(separator: ", ")
    lines += [
      "table: \(draft.name)",
      "title: \(quoted(draft.title))",
      "files: [\(globs)]\(counted)",
    ]
    lines += options
    lines.append("fields:")
    for column in draft.columns.indices { lines += field(column) }
    // A table without a field is none: then all of it is remarks.
    if draft.names.allSatisfy({ $0 == nil }) {
      lines = lines.map { $0.hasPrefix("#") ? $0 : "# " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines for the whole table.
  private var options: [String] {
    var lines: [String] = []
    let multiline = draft.multiline.compactMap { draft.names[$0] }
    if !multiline.isEmpty { lines.append("multiline: [\(multiline.joined(separator: ", "))]") }
    lines += dialect
    let missing = draft.missingTexts
    if !missing.isEmpty {
      lines += remarksOnMissing
      let listed = [""] + missing.map(\.string)
      lines.append("missingValues: [\(listed.map(quoted).joined(separator: ", "))]")
    }
    if let key = draft.key, let name = draft.names[key] {
      let column = draft.columns[key]
      let isRepeated = !column.couldBeKey && !column.isKeyButForTotals
      let notes = (isRepeated ? ["some values stand in it twice"] : []) + unlikely
      let said = notes.isEmpty ? "" : "  # " + notes.joined(separator: "; ")
      lines.append("primaryKey: \(name)\(said)")
    } else {
      let column = draft.hasColumnOfOwnValues ? "no column but one of days or times" : "no column"
      let notes = ["\(column) has a value of its own in each record"] + unlikely
      lines.append("# primaryKey: " + notes.joined(separator: "; "))
    }
    if let person = draft.person.flatMap({ draft.names[$0] }) {
      lines.append("person: \(person)")
    } else {
      let perhaps = draft.perhapsPerson.map { "; perhaps \($0)" } ?? ""
      lines.append("# person: no heading is known as the child's number\(perhaps)")
    }
    return lines + owner
  }

  /// What is said of rows that may be no records.
  private var unlikely: [String] {
    guard let first = draft.names.first, let name = first else { return [] }
    return draft.unlikely.words(name, given: draft.columns[0].given)
  }

  private func field(_ column: Int) -> [String] {
    guard let name = draft.names[column] else {
      return ["  # column \(column + 1) has no heading, or one that stands in the file twice"]
    }
    let guess = draft.guess(column)
    var lines = ["  - name: \(name)", "    headings: [\(quoted(draft.headings[column]))]"]
    lines.append("    type: \(guess.type.rawValue)")
    if let format = guess.format { lines.append("    format: \(quoted(format))") }
    if let note = note(on: guess) { lines[lines.count - 1] += "  # \(note)" }
    if draft.columns[column].given == 0 { lines[2] += "  # nothing in it: a guess" }
    if draft.holdsNameOfChild(column) {
      lines.append("    shown: false  # the child's name, which no list shows")
    }
    lines += remarks(on: guess).map { "    # \($0)" }
    return lines + constraints(column, guess)
  }

  /// What an analyst must know of a column's dates, behind the line that says how they are read.
  private func note(on guess: ColumnGuess.Guess) -> String? {
    if guess.isAsElsewhere, let other = draft.monthFirst.map({ draft.headings[$0] }) {
      return "either way round: the month is first as in \(quoted(other))"
    }
    if guess.isEitherWay, !draft.columns.contains(where: \.showsDayFirst) {
      return "either way round: the day is first by guess, as no date here shows which"
    }
    if guess.hasFractions {
      return
        "dates and times with fractions of a second, which only ISO 8601 may have: export them without"
    }
    return nil
  }

  /// A double-quoted YAML 1.2 scalar, in which nothing ends the line or controls a terminal.
  private func quoted(_ text: String) -> String { Self.quoted(text) }

  /// The same, for any text from outside that goes into a draft, even into a comment.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case let other where other.value < 0x20 || 0x7F...0x9F ~= other.value:
        quoted += "\\x" + (other.value < 16 ? "0" : "") + String(other.value, radix: 16)
      case let other where other.isUnseen:
        let digits = String(other.value, radix: 16)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Unicode.Scalar {
  /// Whether it is invisible but changes how its surroundings are shown, as direction marks do.
  ///
  /// True also for noncharacters, which YAML accepts only when they are escaped.
  fileprivate var isUnseen: Bool {
    if properties.isNoncharacterCodePoint { return true }
    return switch properties.generalCategory {
    case .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
