import Extracts

/// What `inspect` says of a file.
enum InspectionWords {
  static func report(_ look: FileLook) -> String {
    var lines = [look.file.path]
    lines.append("  size        \(look.size) bytes")
    let mark = look.hasByteOrderMark ? ", with a byte-order mark" : ""
    lines.append("  encoding    \(look.encoding.map { $0.rawValue + mark } ?? "not known")")
    lines.append("  delimiter   \(look.delimiter.map(name(ofDelimiter:)) ?? "not known")")
    lines.append("  headings    \(look.headerLine.map { "on line \($0)" } ?? "not found")")
    let broken = look.brokenRecordCount
    lines.append(
      "  records     \(look.recordCount)"
        + (broken > 0 ? ", of which \(broken) cannot be read" : ""))
    if look.definitions.isEmpty {
      lines.append("  table       none; casecheck inspect --draft writes a first definition")
      lines += look.headings.map { "    \($0)" }
    }
    for definition in look.definitions {
      let how =
        definition.isByName
        ? "by its file name" : "by its headings; its file name is not one of the table's"
      lines.append("  table       \(definition.table), \(how)")
      for (heading, field) in zip(look.headings, definition.fieldsOfHeadings) {
        lines.append("    \(heading) -> \(field ?? "no field names it")")
      }
      if !definition.missingFields.isEmpty {
        lines.append("    not in the file: \(definition.missingFields.joined(separator: ", "))")
      }
      if !definition.missingRequiredFields.isEmpty {
        lines.append(
          "    without which it cannot be trusted: \(definition.missingRequiredFields.joined(separator: ", "))"
        )
      }
    }
    for fault in look.faults {
      let place = fault.line.map { "line \($0): " } ?? ""
      lines.append("  untrusted   \(place)\(fault.message)")
    }
    return lines.map(Console.printable).joined(separator: "\n") + "\n"
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
