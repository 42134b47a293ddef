/// The last section of a YAML text, which can be skipped without checking its grammar.
enum YAMLTail {
  /// Where the section of a key starts, if it is the last section of the text.
  ///
  /// The key must start at the left margin. The result is nil if there is no such section, or if
  /// any byte leaves that in doubt.
  ///
  /// Indented lines, list items at the left margin (YAML 1.1, 8.2.2: a list may be indented no
  /// further than its key), comments and blank lines belong to the section. A line that begins in
  /// any other way might be a key of its own, and one that is indented less than the list's items
  /// may be meant for one. If the text before the start is valid YAML by itself,
  /// it really is a key that starts there: a text cut off within quotes or brackets is not valid.
  static func start(of key: String, in text: Span<UInt8>) -> Int? {
    guard let start = firstKey(key, in: text), beginsAtLeft(text.extracting(first: start)) else {
      return nil
    }
    let second = lineEnd(from: start, in: text)
    var place = second
    while place < text.count {
      guard isOfSection(text, at: place) else { return nil }
      place = lineEnd(from: place, in: text)
    }
    guard isListAlone(text, from: second) else { return nil }
    let section = text.extracting(droppingFirst: start)
    return hasOtherBreaks(section) || mayHoldRule(section) ? nil : start
  }

  /// Keys of which every rule has some.
  ///
  /// Among the tests, one may mean that a rule has been put there by mistake.
  static let keysOfRules: Set<String> = ["rule", "check", "deadline", "repeat", "limit"]

  private static func mayHoldRule(_ text: Span<UInt8>) -> Bool {
    let words = keysOfRules.map { Array($0.utf8) }
    for colon in text.indices where text[colon] == UInt8(ascii: ":") {
      var end = colon
      while end > 0, isBlank(text[end - 1]) || isQuote(text[end - 1]) { end -= 1 }
      var start = end
      while start > 0, UInt8(ascii: "a")...UInt8(ascii: "z") ~= text[start - 1] { start -= 1 }
      // In `some-rule:` the word is only the end of a name, such as that of a rule.
      if start > 0, text[start - 1] == UInt8(ascii: "-") || text[start - 1] == UInt8(ascii: "_") {
        continue
      }
      if words.contains(where: { word in
        word.count == end - start && word.indices.allSatisfy { text[start + $0] == word[$0] }
      }) {
        return true
      }
    }
    return false
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
  }

  /// The start of the first line that begins with this key at the left margin.
  private static func firstKey(_ key: String, in text: Span<UInt8>) -> Int? {
    let key = Array(key.utf8) + [UInt8(ascii: ":")]
    var place = 0
    while place + key.count <= text.count {
      if key.indices.allSatisfy({ text[place + $0] == key[$0] }) {
        let end = place + key.count
        if end == text.count || isBlank(text[end]) { return place }
      }
      place = lineEnd(from: place, in: text)
    }
    return nil
  }

  /// Whether the first line with any content begins at the left margin.
  ///
  /// If it is indented, a key at the left margin does not belong to the same mapping.
  private static func beginsAtLeft(_ text: Span<UInt8>) -> Bool {
    var place = 0
    while place < text.count {
      var first = place
      while first < text.count, text[first] == space || text[first] == tab { first += 1 }
      if first == text.count { return true }
      if text[first] != lineFeed, text[first] != carriageReturn, text[first] != UInt8(ascii: "#") {
        return first == place
      }
      place = lineEnd(from: place, in: text)
    }
    return true
  }

  private static func isOfSection(_ text: Span<UInt8>, at place: Int) -> Bool {
    switch text[place] {
    case space, tab, lineFeed, carriageReturn, UInt8(ascii: "#"): true
    case UInt8(ascii: "-"): place + 1 == text.count || isBlank(text[place + 1])
    default: false
    }
  }

  /// Whether each line begins an item of one list, lies within an item, or says nothing.
  ///
  /// A key that a blank has been put before by a slip lies outside the items: it may be meant for a
  /// section of its own, and only the grammar of the whole tells that it is none.
  private static func isListAlone(_ text: Span<UInt8>, from first: Int) -> Bool {
    var place = first
    var item: (dash: Int, content: Int)?
    while place < text.count {
      let end = lineEnd(from: place, in: text)
      var start = place
      while start < end, text[start] == space { start += 1 }
      let content = firstContent(from: start, to: end, in: text)
      let isEmpty = content == nil
      let indent = start - place
      let isItem =
        !isEmpty && text[start] == UInt8(ascii: "-")
        && (start + 1 == end || isBlank(text[start + 1]))
      if let item {
        guard isEmpty || indent >= item.content || (isItem && indent == item.dash) else {
          return false
        }
      } else if isItem {
        // What a dash alone begins stands on the next line, as little further in as it likes.
        let behind = firstContent(from: start + 1, to: end, in: text)
        item = (indent, behind.map { $0 - place } ?? indent + 1)
      } else if !isEmpty {
        return false
      }
      place = end
    }
    return true
  }

  /// The first byte of a line that is neither blank nor of a comment.
  private static func firstContent(
    from start: Int, to end: Int, in text: Span<UInt8>
  ) -> Int? {
    var place = start
    while place < end, isBlank(text[place]) { place += 1 }
    return place < end && text[place] != UInt8(ascii: "#") ? place : nil
  }

  /// Whether some line may end with anything but LF or CRLF.
  ///
  /// YAML 1.1 (5.4) also takes a lone CR, U+0085, U+2028 and U+2029 as line ends, and a key may
  /// follow them.
  private static func hasOtherBreaks(_ text: Span<UInt8>) -> Bool {
    for place in text.indices {
      switch text[place] {
      case carriageReturn:
        if place + 1 == text.count || text[place + 1] != lineFeed { return true }
      case 0x85 where place > 0 && text[place - 1] == 0xC2: return true
      case 0xA8, 0xA9:
        if place > 1, text[place - 1] == 0x80, text[place - 2] == 0xE2 { return true }
      default: break
      }
    }
    return false
  }

  /// Where the line after this one begins.
  private static func lineEnd(from start: Int, in text: Span<UInt8>) -> Int {
    var place = start
    while place < text.count, text[place] != lineFeed { place += 1 }
    return min(place + 1, text.count)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == space || byte == tab || byte == lineFeed || byte == carriageReturn
  }

  private static let space = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
}
