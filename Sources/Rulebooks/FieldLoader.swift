import Diagnostics
import Extracts
import Patterns
import Values
import WorkingTime

/// Reads one field of a table definition.
struct FieldLoader {
  static let keys = [
    "name", "title", "description", "example", "headings", "type", "format", "codes", "constraints",
    "mayBeAhead", "trueValues", "falseValues", "groupChar", "decimalChar", "shown",
  ]

  static let constraintKeys = [
    "required", "unique", "enum", "minimum", "maximum", "pattern", "minLength", "maxLength",
  ]

  let collector: DiagnosticCollector
  let codeLists: [String]
  let formats: FormatLoader
  /// The texts that the table takes for no value.
  let missing: Set<Text>

  func load(_ node: YAMLNode) -> FieldDefinition? {
    guard let reader = MappingReader(node, "a field", keys: Self.keys, into: collector),
      let name = reader.requiredText("name")
    else { return nil }
    let type: FieldType = reader.choice("type") ?? .string
    var field = FieldDefinition(
      name: name, headings: reader.texts("headings"), type: type,
      position: reader.value("name")?.position ?? node.position)
    field.isShown = reader.bool("shown") ?? !PersonalNames.isName(field)
    field.formats = formats.load(reader, of: type)
    if let codes = reader.scalar("codes"), let list = codes.text {
      if codeLists.contains(list) {
        field.codes = AllowedCodes(list: list, values: [])
      } else {
        let meant = nearestName(to: list, among: codeLists)
        reader.report(
          missing: "there is no code list `\(list)`", key: "codes",
          advice: meant.map { "Did you mean `\($0)`?" })
        field.codes = meant.map { AllowedCodes(list: $0, values: []) }
      }
    }
    reportIdle(reader, type)
    if reader.has("trueValues") {
      field.trueValues = Set(reader.texts("trueValues").map { Text($0) })
    }
    if reader.has("falseValues") {
      field.falseValues = Set(reader.texts("falseValues").map { Text($0) })
    }
    if let both = field.trueValues.intersection(field.falseValues).min(), type == .boolean {
      reader.report("`\(both)` stands for true and for false", key: "trueValues")
    }
    for key in ["groupChar", "decimalChar"] {
      guard let mark = reader.text(key) else { continue }
      if mark.count != 1 {
        reader.report(
          "`\(key)` is one character, not `\(mark)`", key: key, advice: "Write it in quotes: \",\"")
      } else if "0123456789+-eE".contains(mark) {
        reader.report("`\(mark)` is a part of numbers, and cannot be their `\(key)`", key: key)
      }
    }
    field.groupChar = reader.text("groupChar")
    field.decimalChar = reader.text("decimalChar") ?? "."
    if field.groupChar == field.decimalChar, type == .number || reader.has("decimalChar") {
      reader.report(
        "`groupChar` and `decimalChar` are both `\(field.decimalChar)`: 1\(field.decimalChar)234 would be two numbers",
        key: "groupChar", advice: "Say which character parts thousands, and which begins decimals")
    }
    if let constraints = reader.value("constraints") {
      field.constraints = self.constraints(constraints, of: field)
    }
    reportIfBoundless(reader, field)
    field.example = reader.text("example")
    if let example = field.example, field.constraints.pattern?.matchesWhole(example) == false {
      reader.report(
        "`example` \(example) is not of the form that `pattern` wants", key: "example",
        advice: "Whoever corrects a record is shown it")
    }
    return field
  }

  /// Reports what a field of this type does not read, and lists that name nothing.
  ///
  /// Without its `type` a field is a text, whatever else is said of its values.
  private func reportIdle(_ reader: MappingReader, _ type: FieldType) {
    for key in ["title", "description"] { _ = reader.scalar(key) }
    reader.warnIfJoined("headings")
    for key in ["format", "trueValues", "falseValues"] { reader.reportIfEmpty(key) }
    for (key, types) in Self.ofTypes where reader.has(key) && !types.contains(type) {
      reader.report(
        "a field of type \(type.rawValue) has no `\(key)`", key: key,
        advice: "It is for \(types.map(\.rawValue).joined(separator: " and ")): write the `type`")
    }
  }

  /// The keys that only fields of some types have.
  private static let ofTypes: [(key: String, types: [FieldType])] = [
    ("trueValues", [.boolean]), ("falseValues", [.boolean]),
    ("groupChar", [.integer, .number]), ("decimalChar", [.integer, .number]),
  ]

  /// Reports a condition for days to come where no day to come is forbidden.
  ///
  /// The condition itself is read once all columns are known.
  private func reportIfBoundless(_ reader: MappingReader, _ field: FieldDefinition) {
    guard reader.scalar("mayBeAhead") != nil, field.constraints.maximum != .asOf else { return }
    let isOfDays = field.type == .date || field.type == .datetime
    reader.report(
      isOfDays
        ? "`mayBeAhead` allows days after the as-of date, and nothing forbids them in this field"
        : "a field of type \(field.type.rawValue) has no `mayBeAhead`",
      key: "mayBeAhead",
      advice: isOfDays
        ? "Add `maximum: asOf` to its `constraints`, or take it out"
        : "It is for dates and date-times with `maximum: asOf`")
  }

  private func constraints(_ node: YAMLNode, of field: FieldDefinition) -> Constraints {
    var constraints = Constraints()
    guard
      let reader = MappingReader(node, "`constraints`", keys: Self.constraintKeys, into: collector)
    else {
      return constraints
    }
    constraints.required = reader.bool("required") ?? false
    constraints.unique = reader.bool("unique") ?? false
    if reader.has("enum") {
      let nodes = reader.scalars("enum")
      constraints.allowed = nodes.compactMap(\.text).map { Text($0) }
      for node in nodes { reportIfUnreadable(node, of: field) }
      if constraints.allowed?.isEmpty == true {
        reader.report("`enum` lists the texts that are allowed", key: "enum")
      }
    }
    constraints.minimum = bound("minimum", reader, of: field)
    constraints.maximum = bound("maximum", reader, of: field)
    if case .value(let least)? = constraints.minimum,
      case .value(let greatest)? = constraints.maximum, least.isOver(greatest)
    {
      reader.report("`minimum` is more than `maximum`", key: "minimum")
    }
    constraints.minLength = reader.count("minLength")
    constraints.maxLength = reader.count("maxLength")
    if let least = constraints.minLength, let greatest = constraints.maxLength, least > greatest {
      reader.report("`minLength` is more than `maxLength`", key: "minLength")
    }
    if let pattern = reader.scalar("pattern"), let text = pattern.text {
      do {
        if text.unicodeScalars.contains(where: { $0.value < 9 }) {
          collector.report(
            "`\\b` in double quotes is a backspace, which no cell holds", at: pattern.position,
            advice: "Write the pattern in single quotes")
        }
        constraints.pattern = try Pattern(text)
      } catch {
        collector.report("`\(text)` is \(error)", at: pattern.position)
      }
    }
    return constraints
  }

  /// Reports a text that can never be read as the number that the field holds.
  private func reportIfUnreadable(_ node: YAMLNode, of field: FieldDefinition) {
    guard let text = node.text, field.type == .integer || field.type == .number,
      !missing.contains(Text(text))
    else { return }
    let isWhole = field.type == .integer
    let others = "+- " + (field.groupChar ?? "") + (isWhole ? "" : field.decimalChar + "eE")
    func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
    if text.contains(where: isDigit), text.allSatisfy({ isDigit($0) || others.contains($0) }) {
      return
    }
    collector.report(
      "`\(text)` is no \(isWhole ? "whole number" : "number"), and a field of type \(field.type.rawValue) never holds it",
      at: node.position, advice: "Take it out, or give the field another `type`")
  }

  private func bound(_ key: String, _ reader: MappingReader, of field: FieldDefinition) -> Bound? {
    guard let text = reader.text(key) else { return nil }
    let value: CellValue?
    switch field.type {
    case .date:
      if text == "asOf" { return .asOf }
      value = CalendarDate(iso: text).map { .date($0) }
    case .datetime:
      if text == "asOf" { return .asOf }
      let reading = DateFormat.isoDateTime.read(text)
      if let date = reading?.date {
        value = .datetime(LocalDateTime(date: date, secondOfDay: reading?.secondOfDay ?? 0))
      } else {
        value = CalendarDate(iso: text).map { .date($0) }
      }
    case .time:
      value = DateFormat.clock.read(text)?.secondOfDay.map {
        .time(TimeOfDay(secondOfDay: Int32($0)))
      }
    case .integer: value = Int64(text).map { .integer($0) }
    case .number: value = Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    case .string, .boolean:
      reader.report(
        "a field of type \(field.type.rawValue) has no `\(key)`", key: key,
        advice: field.type == .string ? "For its length use `minLength` and `maxLength`" : nil)
      return nil
    }
    guard let value else {
      reader.report(
        "`\(key)` of a field of type \(field.type.rawValue) is not `\(text)`", key: key,
        advice: field.type == .date ? "Write a date as 2016-01-31, or asOf" : nil)
      return nil
    }
    return .value(value)
  }
}

extension CellValue {
  /// Whether this bound is greater than another of the same field: that of a date-time may be a day.
  fileprivate func isOver(_ other: CellValue) -> Bool {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): a > b
    case (.number(let a), .number(let b)): a > b
    case (.date(let a), .date(let b)): a > b
    case (.datetime(let a), .datetime(let b)): a > b
    case (.datetime(let a), .date(let b)): a.date > b
    case (.date(let a), .datetime(let b)): a > b.date
    case (.time(let a), .time(let b)): a > b
    default: false
    }
  }
}
