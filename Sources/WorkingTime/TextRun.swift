/// A piece of a text that consists of digits only, of letters only, or of one other character.
struct TextRun {
  let text: String
  /// The value of up to nine ASCII digits; nil for anything else.
  let number: Int?
  /// Whether it is made of letters.
  let isWord: Bool

  /// How many characters it has.
  var width: Int { text.utf8.count }

  /// Whether this is one of the characters that people write between the parts of a date.
  var isSeparator: Bool { ["/", "-", ".", " ", "\\"].contains(text) }

  static func runs(of text: String) -> [TextRun] {
    var runs: [TextRun] = []
    var current = ""
    var currentKind = Kind.other
    for character in text {
      let kind = Kind(character)
      if kind != currentKind || kind == .other {
        if !current.isEmpty { runs.append(TextRun(current, currentKind)) }
        current = ""
        currentKind = kind
      }
      current.append(character)
    }
    if !current.isEmpty { runs.append(TextRun(current, currentKind)) }
    return runs
  }

  private enum Kind {
    case digits
    case letters
    case other

    init(_ character: Character) {
      guard let ascii = character.asciiValue else {
        self = .other
        return
      }
      switch ascii {
      case 48...57: self = .digits
      case 65...90, 97...122: self = .letters
      default: self = .other
      }
    }
  }

  private init(_ text: String, _ kind: Kind) {
    self.text = text
    isWord = kind == .letters
    number = kind == .digits && text.utf8.count <= 9 ? Int(text) : nil
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The text without white space around it.
  public var trimmingSpaces: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
