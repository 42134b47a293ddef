import Diagnostics
import Extracts
import Values

/// What `inspect` says of a file: positions and counts, but no cell, except days that stand for none.
enum InspectionWords {
  /// `lackOfRules` says why no rules were read, and what to do; nil where some were.
  static func report(_ look: FileLook, lackOfRules: String?) -> String {
    var lines = [look.file.path]
    lines.append("  size        \(look.size) bytes")
    let mark = look.hasByteOrderMark ? ", with a byte-order mark" : ""
    lines.append("  encoding    \(look.encoding.map { $0.rawValue + mark } ?? "not known")")
    lines += lineWords(look.lineSurvey)
    lines.append("  delimiter   \(look.delimiter.map(name(ofDelimiter:)) ?? "not known")")
    lines.append("  headings    \(look.headerLine.map { "on line \($0)" } ?? "not found")")
    lines += passedOver(look)
    lines += records(look)
    if let lackOfRules {
      lines.append("  table       none: no rules were read (\(lackOfRules))")
      lines += columns(look, fields: [])
    } else if look.definitions.isEmpty {
      // Without headings there is nothing to draft a definition from.
      let draft =
        look.headerLine == nil ? "" : "; casecheck inspect --draft writes a first definition"
      lines.append("  table       none\(draft)")
      lines += columns(look, fields: [])
    }
    for definition in look.definitions {
      let how =
        definition.isByName
        ? "by its file name"
        : "by its headings alone: no run takes the file until its name is among the `files` of the table"
      lines.append("  table       \(definition.table), \(how)")
      lines += columns(look, fields: definition.fieldsOfHeadings)
      if !definition.missingFields.isEmpty {
        lines.append("    not in the file: \(definition.missingFields.joined(separator: ", "))")
      }
      if !definition.missingRequiredFields.isEmpty {
        lines.append(
          "    without which it cannot be trusted: \(definition.missingRequiredFields.joined(separator: ", "))"
        )
      }
    }
    for rival in look.definitions.compactMap(\.rival) {
      let named = rival.headings.prefix(4).map { "“\($0)”" }.joined(separator: ", ")
      lines.append(
        "  remark      perhaps it is meant for the table \(rival.table), which alone knows \(named), and misses \(rival.missingRequiredFields.joined(separator: ", ")) in it."
      )
    }
    lines += placeholders(look)
    for (field, count) in look.unreadable {
      lines.append(
        "  unreadable  \(field): \(amount(count, "cell is", "cells are")) not of its type")
    }
    for remark in look.report.map({ $0.doubts + $0.remarks }) ?? [] {
      lines.append("  remark      \(remark)")
    }
    for fault in look.faults {
      let place = fault.line.map { "line \($0): " } ?? ""
      lines.append("  untrusted   \(place)\(fault.message)")
    }
    return lines.map(harmless).joined(separator: "\n") + "\n"
  }

  private static func lineWords(_ survey: LineSurvey) -> [String] {
    let kinds = [
      ("LF", survey.lineFeeds), ("CRLF", survey.pairs), ("CR", survey.carriageReturns),
    ].filter { $0.1 > 0 }
    var words = kinds.map { "\($0.0) on \($0.1)" }
    if survey.endsWithoutOne { words.append("none on the last") }
    if words.isEmpty { return [] }
    let mixed = kinds.count > 1 ? "; mixed" : ""
    var lines = ["  line ends   \(words.joined(separator: ", "))\(mixed)"]
    if survey.blank > 0 { lines.append("  blank       \(amount(survey.blank, "line"))") }
    if !survey.wrongBytes.isEmpty {
      lines.append("  bytes       no characters in this encoding: \(survey.wrongBytes)")
    }
    if !survey.nuls.isEmpty { lines.append("  bytes       NUL: \(survey.nuls)") }
    return lines
  }

  /// Where title lines, the line that underlines the headings, and footers stand.
  private static func passedOver(_ look: FileLook) -> [String] {
    let numbers = (look.report?.passedOver ?? []).map(\.line)
    let headings = look.headerLine ?? 0
    let underline = look.report?.underline
    return [
      ("titles", numbers.filter { $0 < headings }),
      ("underline", numbers.filter { $0 == underline }),
      ("footers", numbers.filter { $0 > headings && $0 != underline }),
    ]
    .filter { !$0.1.isEmpty }
    .map { label, numbers in
      let shown = numbers.prefix(10).map(String.init).joined(separator: ", ")
      let more = numbers.count > 10 ? " and \(numbers.count - 10) more" : ""
      let padding = String(repeating: " ", count: 12 - label.utf8.count)
      return "  \(label)\(padding)on \(numbers.count == 1 ? "line" : "lines") \(shown)\(more)"
    }
  }

  private static func records(_ look: FileLook) -> [String] {
    guard let report = look.report else {
      let count = look.headerLine == nil ? "not known" : "\(look.recordCount)"
      return ["  records     \(count)"]
    }
    return [
      "  records     \(report.rowsRead) read = \(report.rowsChecked) that can be checked + \(report.rowsRejected) rejected"
    ] + look.rejected.map { "    \($0.count) on \($0.lines): \($0.reason)" }
  }

  /// The days that usually stand for no date, and that rules would take for one.
  private static func placeholders(_ look: FileLook) -> [String] {
    zip(look.headings, look.columns).flatMap { heading, column in
      column.placeholders.map { text, count in
        "  remark      “\(heading)”: \(amount(count, "cell holds", "cells hold")) \(text), which usually stands for no date. Unless it is one, let the table's missingValues name it."
      }
    }
  }

  /// The headings, each with the field it matches and what its column holds.
  private static func columns(_ look: FileLook, fields: [String?]) -> [String] {
    look.headings.enumerated().map { number, heading in
      let field =
        fields.isEmpty ? "" : " -> \(fields[number] ?? "no field names it")"
      return "    \(heading)\(field)"
        + (number < look.columns.count ? "  (\(words(look.columns[number])))" : "")
    }
  }

  private static func words(_ column: ColumnLook) -> String {
    let all = column.given + column.empty
    if column.given == 0 { return all == 0 ? "no cells" : "empty" }
    var words = [column.type.rawValue + (column.format.map { " \($0)" } ?? "")]
    // Rounded up, so that a column with an empty cell never shows 0 %.
    if column.empty > 0 {
      // 100 % is reserved for a column with no value at all.
      let share = column.empty == all ? 100 : min((column.empty * 100 + all - 1) / all, 99)
      words.append("\(share) % empty")
    }
    words.append(
      column.distinct.map { "\($0) different" } ?? "more than \(ColumnLook.mostDistinct) different")
    words.append("at most \(amount(column.longest, "character"))")
    if column.spansLines { words.append("over several lines") }
    return words.joined(separator: ", ")
  }

  private static func name(ofDelimiter byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    case UInt8(ascii: "|"): "pipe"
    default: String(UnicodeScalar(byte))
    }
  }
}
