import Values

/// Writes a drafted table definition.
struct DraftWriter {
  private let look: FileLook
  private let columns: [ColumnGuess]
  private let footers: [String]
  /// For each column, the name of its field; nil for one without a heading or with one that stands twice.
  private let names: [String?]

  init(_ look: FileLook, _ columns: [ColumnGuess], footers: [String]) {
    self.look = look
    self.columns = columns
    self.footers = footers
    names = DraftNames.fields(look.headings)
  }

  var yaml: String {
    let stem = DraftNames.stem(look.file.relativePath)
    let table = DraftNames.identifier(stem) ?? "extract"
    var lines = [
      "# Drafted by casecheck inspect: correct it, above all the types, the key and what is required.",
      "table: \(table)",
      "title: \(quoted(DraftNames.title(stem)))",
      "files: [\(quoted(DraftNames.glob(look.file.relativePath)))]",
    ]
    lines += options
    lines.append("fields:")
    for index in columns.indices { lines += field(index) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What holds for the whole table.
  private var options: [String] {
    var lines: [String] = []
    let multiline = zip(names, columns).compactMap { name, column in column.spansLines ? name : nil
    }
    if !multiline.isEmpty { lines.append("multiline: [\(multiline.joined(separator: ", "))]") }
    if !footers.isEmpty {
      lines.append("dialect: {footer: [\(footers.map(quoted).joined(separator: ", "))]}")
    }
    let words = columns.reduce(into: Set<Text>()) { $0.formUnion($1.missingWords) }
    if !words.isEmpty {
      let listed = [""] + words.sorted().map(\.string)
      lines.append("missingValues: [\(listed.map(quoted).joined(separator: ", "))]")
    }
    lines.append(
      key.map { "primaryKey: \($0)" }
        ?? "# primaryKey: no column has a value of its own in each record")
    if let person { lines.append("person: \(person)") }
    return lines
  }

  /// The first column that could be the key, one whose heading says so before others.
  private var key: String? {
    let possible = columns.indices.filter { columns[$0].couldBeKey && names[$0] != nil }
    let named = possible.first { names[$0]?.hasSuffix("id") == true }
    return (named ?? possible.first).flatMap { names[$0] }
  }

  /// The column that says whose case file a row belongs to.
  private var person: String? {
    let usual: Set<String> = [
      "personid", "childid", "clientid", "personno", "personnumber", "clientno", "lachildid", "pid",
    ]
    return columns.indices.first { usual.contains(normalHeading(look.headings[$0])) }
      .flatMap { names[$0] }
  }

  private func field(_ index: Int) -> [String] {
    let heading = look.headings[index]
    guard let name = names[index] else {
      return ["  # column \(index + 1) has no heading, or one that stands in the file twice"]
    }
    let guess = columns[index].guess(heading: heading)
    var lines = ["  - name: \(name)", "    headings: [\(quoted(heading))]"]
    lines.append("    type: \(guess.type.rawValue)")
    if let format = guess.format { lines.append("    format: \(quoted(format))") }
    if columns[index].given == 0 { lines[2] += "  # nothing in it: a guess" }
    if name == key { lines.append("    constraints: {required: true}") }
    return lines
  }

  /// A double-quoted scalar of YAML 1.2, in which nothing ends the line or steers a terminal.
  private func quoted(_ text: String) -> String { Self.quoted(text) }

  /// The same for whoever puts a text from outside into a draft, be it into a comment.
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
  /// Whether it is not seen itself but changes how what stands around it is shown, as marks of direction do.
  fileprivate var isUnseen: Bool {
    switch properties.generalCategory {
    case .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
