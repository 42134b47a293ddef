/// Normalises a heading for comparison: its letters, digits and accents, in lower case.
///
/// A heading of punctuation alone, such as `%`, stands for itself.
public func normalHeading(_ heading: String) -> String {
  if let normal = normalASCII(heading) { return normal }
  var normal = String.UnicodeScalarView()
  for scalar in heading.lowercased().unicodeScalars {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      normal.append(scalar)
    default: break
    }
  }
  if normal.isEmpty { return heading.filter { !$0.isWhitespace } }
  return String(normal)
}

/// The same for a heading that is all ASCII, as nearly all are.
///
/// Nil where it is not, or has neither letters nor digits.
private func normalASCII(_ heading: String) -> String? {
  var normal: [UInt8] = []
  normal.reserveCapacity(heading.utf8.count)
  for byte in heading.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      normal.append(byte)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): normal.append(byte | 0x20)
    case 0x80...: return nil
    default: break
    }
  }
  return normal.isEmpty ? nil : String(decoding: normal, as: UTF8.self)
}

/// Which field of a table each heading names.
struct HeadingIndex {
  private var fields: [String: Int] = [:]

  init(_ definition: TableDefinition) {
    // Headings come before names: what is written out counts before what is implied.
    for (number, field) in definition.fields.enumerated() {
      for heading in field.headings { add(heading, number) }
    }
    for (number, field) in definition.fields.enumerated() { add(field.name, number) }
  }

  private mutating func add(_ heading: String, _ number: Int) {
    let normal = normalHeading(heading)
    if !normal.isEmpty, fields[normal] == nil { fields[normal] = number }
  }

  func field(of heading: String) -> Int? { fields[normalHeading(heading)] }

  /// All headings, normalised for comparison.
  var normals: some Sequence<String> { fields.keys }

  /// Whether some texts name more fields than the best headings found so far.
  func hasMore(of texts: [String], than best: Headings?) -> Bool {
    var named: Set<Int> = []
    for text in texts { if let field = field(of: text) { named.insert(field) } }
    return named.count > best?.score ?? 0
  }
}

/// The headings of one file, matched with a table definition.
struct Headings {
  let delimiter: UInt8
  /// The physical line on which they start.
  let line: Int
  let texts: [String]
  /// For each column, the field that it holds.
  private(set) var fields: [Int?]
  /// For each field, its columns from the left; more than one is a fault.
  private(set) var columns: [[Int]]

  init(
    _ texts: [String], line: Int, delimiter: UInt8, _ index: HeadingIndex,
    _ definition: TableDefinition
  ) {
    self.texts = texts
    self.line = line
    self.delimiter = delimiter
    fields = texts.map(index.field(of:))
    columns = Array(repeating: [], count: definition.fields.count)
    for (column, field) in fields.enumerated() {
      if let field { columns[field].append(column) }
    }
  }

  var width: Int { texts.count }

  /// How many fields have a heading here.
  var score: Int { columns.count { !$0.isEmpty } }

  func has(_ field: Int) -> Bool { !columns[field].isEmpty }

  /// The headings that no field names, not counting empty ones.
  var unknown: [String] {
    zip(texts, fields).compactMap { text, field in
      field == nil && text.contains { !$0.isWhitespace } ? text.firstLine : nil
    }
  }
}

extension TableDefinition {
  /// The fields whose headings an input must have to be trusted: required ones and the primary
  /// key's.
  var requiredFields: [Int] {
    fields.indices.filter { fields[$0].constraints.required || primaryKey.contains($0) }
  }

  /// Whether enough headings match to be those of a table and no coincidence.
  func areHeadings(_ headings: Headings) -> Bool {
    let score = headings.score
    if score == 0 { return false }
    if score >= 2 || score * 2 >= fields.count { return true }
    return !requiredFields.isEmpty && requiredFields.allSatisfy(headings.has)
  }
}

extension String {
  /// The text up to its first line end; what follows may be records hidden by a stray quote.
  fileprivate var firstLine: String {
    guard let end = firstIndex(where: \.isNewline) else { return self }
    return self[..<end] + "…"
  }
}
