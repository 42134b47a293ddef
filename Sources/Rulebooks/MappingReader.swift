import Diagnostics
import WorkingTime

/// Reads the known keys of a mapping.
///
/// It reports unknown keys, keys without a value and values of the wrong shape. A misspelt key is
/// read as the one most likely meant, so that its content is not reported as missing elsewhere; where
/// its value does not fit that one, the guess may be wrong, and nothing more is said of it.
struct MappingReader {
  let node: YAMLNode
  let what: String
  let collector: DiagnosticCollector
  private let pairs: [(key: YAMLNode, value: YAMLNode)]
  /// The keys that were most likely meant by misspelt ones.
  private let guessed: Set<String>

  /// The most keys that a message lists.
  private static let mostShown = 8
  /// Words that people use in place of a key although they are spelt quite differently.
  private static let otherWords = ["table": "for", "where": "when", "if": "when", "name": "rule"]

  /// Reads a mapping; nil, with a report, if the node is something else.
  ///
  /// `mayBeEmpty` are the keys that need no value.
  init?(
    _ node: YAMLNode, _ what: String, keys known: [String], mayBeEmpty: [String] = [],
    into collector: DiagnosticCollector
  ) {
    self.node = node
    self.what = what
    self.collector = collector
    guard case .mapping(var pairs) = node.content else {
      collector.report(
        "\(what) is a mapping of keys to values, not \(node.described)", at: node.position,
        advice: known.count > Self.mostShown
          ? nil : "Its keys are \(known.map { "`\($0)`" }.joined(separator: ", "))")
      return nil
    }
    Self.join(&pairs, known, into: collector)
    var guessed: Set<String> = []
    for index in pairs.indices {
      guard let key = pairs[index].key.text else {
        collector.report("a key is a single word", at: pairs[index].key.position)
        continue
      }
      var name: String? = key
      if !known.contains(key) {
        let isOfOwnDocument = what == "this file" && Declarations.keys.contains(key)
        let there = Set(pairs.compactMap(\.key.text))
        let meant = isOfOwnDocument ? nil : Self.meant(by: key, among: known, there: there)
        let others =
          if isOfOwnDocument {
            "Put it in a file of its own, or behind a line of `---`"
          } else if key == "<<" {
            "Keys are not merged from elsewhere: write out what they are to hold"
          } else {
            "It takes \(known.map { "`\($0)`" }.joined(separator: ", "))"
          }
        collector.report(
          "there is no key `\(key)` in \(what)", at: pairs[index].key.position,
          advice: meant.map { "Did you mean `\($0)`?" } ?? others)
        name = meant.flatMap { meant in pairs.contains { $0.key.text == meant } ? nil : meant }
        if let name {
          pairs[index].key = pairs[index].key.renamed(name)
          guessed.insert(name)
        }
      }
      if let name, pairs[index].value.isNull, !mayBeEmpty.contains(name) {
        collector.report(
          "`\(key)` says nothing", at: pairs[index].key.position,
          advice: "Write its value, or take the key out")
      }
    }
    self.pairs = pairs
    self.guessed = guessed
  }

  /// The key that was most likely meant: hardly one that stands there already.
  private static func meant(by key: String, among known: [String], there: Set<String>) -> String? {
    otherWords[key].flatMap { known.contains($0) ? $0 : nil }
      ?? nearestName(to: key, among: known.filter { !there.contains($0) })
      ?? nearestName(to: key, among: known)
  }

  /// Rejoins values that a comma has split.
  ///
  /// Between braces a comma ends a value, and what follows becomes a key without a value. The
  /// mistake is reported once, and the value is read as it was meant.
  private static func join(
    _ pairs: inout [(key: YAMLNode, value: YAMLNode)], _ known: [String],
    into collector: DiagnosticCollector
  ) {
    guard pairs.contains(where: { $0.value.isNull }) else { return }
    var joined: [(key: YAMLNode, value: YAMLNode)] = []
    var isCut = false
    for pair in pairs {
      guard let before = joined.last?.value, let start = before.text, start.hasOpenBracket,
        let piece = pair.key.text, pair.value.isNull, !known.contains(piece),
        // If each key is on its own line, no comma split them.
        pair.key.position.line == before.position.line
      else {
        joined.append(pair)
        isCut = false
        continue
      }
      if !isCut {
        let words = Self.words(ofCut: start)
        collector.report(words.what, at: before.position, advice: words.advice)
      }
      isCut = true
      joined[joined.count - 1].value = before.renamed("\(start), \(piece)")
    }
    pairs = joined
  }

  /// What is said of a value that a comma has cut off behind `start`.
  static func words(ofCut start: String) -> (what: String, advice: String) {
    (
      "a comma between { and } ends a value, and `\(start)` is cut off by it",
      "Put quotes around the whole of it, or write each key on a line of its own"
    )
  }

  // A mapping has only a handful of keys, so a linear search is quicker than a dictionary.
  private func place(of key: String) -> Int? { pairs.firstIndex { $0.key.text == key } }

  /// The value of a key; nil if it is missing or null.
  func value(_ key: String) -> YAMLNode? {
    guard let place = place(of: key), !pairs[place].value.isNull else { return nil }
    return pairs[place].value
  }

  /// Whether the mapping has the key, even without a value.
  func has(_ key: String) -> Bool { place(of: key) != nil }

  /// The place of a key, or of the mapping if the key is missing.
  func position(of key: String) -> SourcePosition {
    place(of: key).map { pairs[$0].key.position } ?? node.position
  }

  /// Reports an unknown name, which a file that could not be read may still declare.
  func report(missing what: String, key: String, advice: String?) {
    collector.report(missing: what, at: value(key)?.position ?? position(of: key), advice: advice)
  }

  func report(_ what: String, key: String? = nil, advice: String? = nil) {
    if let key, guessed.contains(key) { return }
    collector.report(
      what, at: key.map { value($0)?.position ?? position(of: $0) } ?? node.position,
      advice: advice)
  }

  /// A single value as text.
  func text(_ key: String) -> String? { scalar(key)?.text }

  /// A single value, with its place.
  func scalar(_ key: String) -> YAMLNode? {
    guard let value = value(key) else { return nil }
    guard value.text != nil else {
      report(
        "`\(key)` is a single value, not \(value.described)", key: key,
        advice: "If it is an expression, put quotes around it")
      return nil
    }
    return value
  }

  /// A single value as text, which must be present and not empty.
  func requiredText(_ key: String) -> String? {
    guard has(key) else {
      let article = key.first.map("aeiou".contains) ?? false ? "an" : "a"
      report("\(what) needs \(article) `\(key)`")
      return nil
    }
    let text = text(key)
    if text?.isEmpty == true { report("`\(key)` is an empty text", key: key) }
    return text
  }

  /// Reports an empty list, because nobody could tell whether it means none or all.
  func reportIfEmpty(_ key: String) {
    let isEmpty = scalars(key).allSatisfy { $0.text?.isEmpty == true }
    guard has(key), isEmpty, value(key) != nil else { return }
    report("`\(key)` names nothing", key: key, advice: "Write its values, or take the key out")
  }

  /// Warns of one text with a comma in it, which may be meant for a list.
  func warnIfJoined(_ key: String) {
    guard let node = value(key), let text = node.text, text.contains(", ") else { return }
    collector.warn(
      "`\(key)` is one text here, with a comma in it", at: node.position,
      advice: "If several are meant, write a list: [\(text)]")
  }

  /// One value or a list of them.
  func scalars(_ key: String) -> [YAMLNode] {
    guard let value = value(key) else { return [] }
    switch value.content {
    case .scalar: return [value]
    case .sequence(let elements):
      return elements.filter { element in
        guard element.text != nil else {
          collector.report(
            "`\(key)` lists single values, not \(element.described)", at: element.position)
          return false
        }
        return true
      }
    case .mapping:
      report("`\(key)` is a value or a list of them, not a mapping", key: key)
      return []
    }
  }

  func texts(_ key: String) -> [String] { scalars(key).compactMap(\.text) }

  /// The globs of a list; one that is too long is refused, because matching it takes too long.
  func globs(_ key: String) -> [String] {
    let greatestLength = 1_000
    return scalars(key).compactMap { node in
      guard let text = node.text, text.utf8.count > greatestLength else { return node.text }
      collector.report(
        "this glob is longer than \(greatestLength) bytes", at: node.position,
        advice: "Write it as several")
      return nil
    }
  }

  /// The elements of a list.
  func elements(_ key: String) -> [YAMLNode] {
    guard let value = value(key) else { return [] }
    guard case .sequence(let elements) = value.content else {
      report("`\(key)` is a list, not \(value.described)", key: key)
      return []
    }
    return elements
  }

  /// The pairs of a mapping.
  func pairs(_ key: String) -> [(key: YAMLNode, value: YAMLNode)] {
    guard let value = value(key) else { return [] }
    guard case .mapping(let pairs) = value.content else {
      report("`\(key)` is a mapping, not \(value.described)", key: key)
      return []
    }
    return pairs
  }

  func bool(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    switch text {
    case "true", "True", "TRUE", "yes": return true
    case "false", "False", "FALSE", "no": return false
    default:
      report("`\(key)` is true or false, not `\(text)`", key: key)
      return nil
    }
  }

  func count(_ key: String) -> Int? {
    guard let text = text(key) else { return nil }
    guard let number = Int(text), number >= 0 else {
      report("`\(key)` is a whole number, not `\(text)`", key: key)
      return nil
    }
    return number
  }

  func date(_ key: String) -> CalendarDate? {
    guard let text = text(key) else { return nil }
    guard let date = CalendarDate(iso: text) else {
      report(
        "`\(key)` is a date, not `\(text)`", key: key, advice: CalendarDate.advice(on: text))
      return nil
    }
    return date
  }

  /// One of a few words; a misspelt one is reported and read as the one most likely meant.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
  where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let choices = Choice.allCases.map(\.rawValue)
    let meant = nearestName(to: text, among: choices)
    report(
      "`\(key)` is \(choices.map { "`\($0)`" }.joined(separator: " or ")), not `\(text)`", key: key,
      advice: meant.map { "Did you mean `\($0)`?" })
    return meant.flatMap { Choice(rawValue: $0) }
  }
}

extension String {
  /// Whether a round bracket is left open, as in a call that is cut off.
  var hasOpenBracket: Bool {
    utf8.reduce(0) { depth, byte in
      byte == UInt8(ascii: "(") ? depth + 1 : byte == UInt8(ascii: ")") ? depth - 1 : depth
    } > 0
  }
}
