import Values
import WorkingTime

/// The formats of the fields that name none, by type.
struct DefaultFormats: Sendable {
  var date = DateFormat.dateDefaults
  var datetime = DateFormat.dateTimeDefaults
  var time = DateFormat.timeDefaults

  /// The types that have formats.
  static let types: [FieldType] = [.date, .datetime, .time]

  /// The formats of a type; none where texts of the type are written in one way only.
  subscript(type: FieldType) -> [DateFormat] {
    get {
      switch type {
      case .date: date
      case .datetime: datetime
      case .time: time
      case .string, .integer, .number, .boolean: []
      }
    }
    set {
      switch type {
      case .date: date = newValue
      case .datetime: datetime = newValue
      case .time: time = newValue
      case .string, .integer, .number, .boolean: break
      }
    }
  }
}

/// Reads how dates and times are written: of one field, or of all fields that do not say.
struct FormatLoader {
  let collector: DiagnosticCollector
  let overlaps: FormatOverlaps
  var defaults = DefaultFormats()

  /// The formats that a field names under `format`, or else those of its type.
  func load(_ field: MappingReader, of type: FieldType) -> [DateFormat] {
    let nodes = field.scalars("format")
    guard DefaultFormats.types.contains(type) else {
      for node in nodes where node.text != "default" {
        collector.report(
          "a field of type \(type.rawValue) has no format", at: node.position,
          advice: "Formats are for date, datetime and time")
      }
      return []
    }
    guard !nodes.isEmpty, nodes.map(\.text) != ["default"] else { return defaults[type] }
    return formats(nodes, of: type) ?? defaults[type]
  }

  /// Takes what the rules say under `formats` for the fields that name no format.
  mutating func take(_ declared: LayeredDeclarations) {
    for type in DefaultFormats.types {
      guard let declaration = declared[type.rawValue] else { continue }
      let node = declaration.node
      var nodes = [node]
      if case .sequence(let elements) = node.content { nodes = elements }
      if nodes.isEmpty {
        collector.report(
          "the formats of `\(type.rawValue)` name nothing", at: node.position,
          advice: "Write a format such as %d/%m/%Y, or take the key out")
      }
      nodes = nodes.filter { node in
        if node.text != nil, !node.isNull { return true }
        collector.report(
          "a format is a text such as %d/%m/%Y, not \(node.described)", at: node.position)
        return false
      }
      if let formats = formats(nodes, of: type) { defaults[type] = formats }
    }
  }

  /// The formats that the nodes name; nil where none of them can be used.
  private func formats(_ nodes: [YAMLNode], of type: FieldType) -> [DateFormat]? {
    var formats: [DateFormat] = []
    for node in nodes {
      guard let format = format(node, of: type) else { continue }
      for other in formats where overlaps.isBetween(other, format) {
        collector.report(
          "`\(other.pattern)` and `\(format.pattern)` could both read one text, and would read it differently or twice",
          at: node.position,
          advice: "Keep the one that the export uses")
      }
      formats.append(format)
    }
    return formats.isEmpty ? nil : formats
  }

  private func format(_ node: YAMLNode, of type: FieldType) -> DateFormat? {
    do {
      let format = try DateFormat(node.text ?? "")
      if type != .time, !format.readsDate {
        collector.report(
          "`\(format.pattern)` reads no date", at: node.position,
          advice: "A date is written such as %d/%m/%Y")
        return nil
      }
      if type == .date, format.readsTime {
        collector.report(
          "`\(format.pattern)` reads a time, and this field is a date", at: node.position,
          advice:
            "Use the type datetime, or, where the time is always midnight, write it out: %d/%m/%Y[ 00:00:00]"
        )
        return nil
      }
      if type == .time, format.readsDate || !format.readsTime {
        collector.report(
          "`\(format.pattern)` is not the format of a time of day", at: node.position,
          advice: "A time is written such as %H:%M")
        return nil
      }
      if format.readsTime, format.pattern.hasSuffix("Z"), !format.pattern.hasSuffix("%Z") {
        collector.warnEveryRun(
          "`Z` is only a letter in `\(format.pattern)`, and the times are taken for London's, in summer an hour off",
          at: node.position,
          advice: "Leave the format out: ISO 8601 times that end in Z are read as those of UTC")
      }
      return format
    } catch {
      collector.report("`\(node.text ?? "")` is not a format: \(error)", at: node.position)
      return nil
    }
  }
}
