import Diagnostics
import WorkingTime

/// Where the loader notes what is wrong; one for each load.
final class DiagnosticCollector {
  var diagnostics: [Diagnostic] = []

  func report(_ what: String, at position: SourcePosition, advice: String? = nil) {
    diagnostics.append(Diagnostic(at: position, what, advice: advice))
  }
}

/// Takes the known keys out of a mapping, and reports the unknown ones and values of the wrong shape.
struct MappingReader {
  let node: YAMLNode
  let what: String
  let collector: DiagnosticCollector
  private let pairs: [(key: YAMLNode, value: YAMLNode)]
  private let known: [String]

  /// Nil, with a report, where the node is no mapping.
  init?(_ node: YAMLNode, _ what: String, keys known: [String], into collector: DiagnosticCollector)
  {
    self.node = node
    self.what = what
    self.known = known
    self.collector = collector
    guard case .mapping(let pairs) = node.content else {
      collector.report(
        "\(what) is a mapping of keys to values, not \(node.described)", at: node.position)
      return nil
    }
    self.pairs = pairs
    for pair in pairs {
      guard let key = pair.key.text else {
        collector.report("a key is a single word", at: pair.key.position)
        continue
      }
      guard known.contains(key) else {
        collector.report(
          "there is no key `\(key)` in \(what)", at: pair.key.position,
          advice: nearestName(to: key, among: known).map { "Did you mean `\($0)`?" }
            ?? "It takes \(known.map { "`\($0)`" }.joined(separator: ", "))")
        continue
      }
    }
  }

  // A mapping has a handful of keys, each of them once: looking at all is quicker than a dictionary.
  private func entry(_ key: String) -> (key: YAMLNode, value: YAMLNode)? {
    pairs.first { $0.key.text == key }
  }

  /// The value of a key; nil where it is missing or null.
  func value(_ key: String) -> YAMLNode? {
    guard let value = entry(key)?.value, !value.isNull else { return nil }
    return value
  }

  /// Whether the key stands there, even without a value.
  func has(_ key: String) -> Bool { entry(key) != nil }

  /// Where a key stands, or the mapping where it does not.
  func position(of key: String) -> SourcePosition { entry(key)?.key.position ?? node.position }

  func report(_ what: String, key: String? = nil, advice: String? = nil) {
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

  /// A single value that has to be there.
  func requiredText(_ key: String) -> String? {
    if !has(key) || value(key) == nil {
      report("\(what) needs a `\(key)`")
      return nil
    }
    return text(key)
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

  /// The globs of a list: what is longer than any name would take its time with every file.
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
        "`\(key)` is a date, not `\(text)`", key: key, advice: "Write it as 2016-01-31")
      return nil
    }
    return date
  }

  /// One of a few words.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
  where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let choices = Choice.allCases.map(\.rawValue)
    report(
      "`\(key)` is \(choices.map { "`\($0)`" }.joined(separator: " or ")), not `\(text)`", key: key,
      advice: nearestName(to: text, among: choices).map { "Did you mean `\($0)`?" })
    return nil
  }
}
