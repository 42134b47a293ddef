import Extracts
import Values
import WorkingTime

/// What a record's key says, however it is written: without the zeros before its numbers, which
/// programs take away, whatever its case and the blanks around it, and with days and times as their
/// values.
struct BareKey: Hashable {
  private let text: Text

  /// Reads the key of a table with these fields, its parts joined by `|`, or, without fields, the
  /// name of a limit's group.
  ///
  /// Nil for a key that can be written in one way only.
  init?(_ record: String, of fields: [FieldDefinition] = []) {
    let parts = record.split(separator: "|", omittingEmptySubsequences: false)
    // If a part contains a `|` itself, the parts cannot be told apart.
    guard fields.isEmpty || parts.count == fields.count else { return nil }
    var isOpen = false
    let said = parts.enumerated().map { place, part -> String in
      let field = fields.isEmpty ? nil : fields[place]
      guard let value = Self.value(of: String(part), field) else { return String(part) }
      isOpen = true
      return value
    }
    guard isOpen else { return nil }
    text = Text(said.joined(separator: "|"))
  }

  /// The value of a part that can be written in several ways; nil for any other part.
  private static func value(of part: String, _ field: FieldDefinition?) -> String? {
    switch field?.type {
    case .integer: return Int64(part.filter { !$0.isWhitespace }).map { "\($0)" }
    case .number: return Double(part.filter { !$0.isWhitespace }).map { "\($0)" }
    case .date, .datetime, .time:
      let trimmed = part.filter { !$0.isWhitespace || $0 == " " }
      let reading = field?.formats.lazy.compactMap { $0.read(trimmed) }.first
      return reading.map { "\($0.date?.description ?? "") \($0.secondOfDay ?? -1)" }
    case nil, .string, .boolean:
      let bytes = part.utf8.trimmingBlanks
      if bytes.isEmpty { return nil }
      if bytes.allSatisfy({ 48...57 ~= $0 }) {
        return String(decoding: bytes.drop { $0 == 48 }, as: UTF8.self)
      }
      return String(decoding: bytes.map { 65...90 ~= $0 ? $0 + 32 : $0 }, as: UTF8.self)
    }
  }
}

extension String.UTF8View {
  /// Without the blanks at its ends, which are those that are passed over in cells, and characters
  /// that show as nothing: a zero-width space and a byte-order mark.
  fileprivate var trimmingBlanks: Substring.UTF8View {
    var rest = self[...]
    // Nearly every key begins and ends with a letter or a digit.
    if let first = rest.first, let last = rest.last, 0x21...0x7E ~= first, 0x21...0x7E ~= last {
      return rest
    }
    while let blank = Self.blanks.first(where: { rest.starts(with: $0) }) {
      rest = rest.dropFirst(blank.count)
    }
    while let blank = Self.blanks.first(where: { rest.reversed().starts(with: $0.reversed()) }) {
      rest = rest.dropLast(blank.count)
    }
    return rest
  }

  private static let blanks: [[UInt8]] = [
    [0x20], [0x09], Array("\u{A0}".utf8), Array("\u{200B}".utf8), Array("\u{FEFF}".utf8),
  ]
}
