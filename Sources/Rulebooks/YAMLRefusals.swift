import Diagnostics

/// What refuses a rule file from some place on although its grammar is right.
///
/// Only the first refusal is kept: what stands behind it may be its consequence.
struct YAMLRefusals {
  /// How deep a rule file may nest.
  static let greatestDepth = 60
  /// How many nodes a rule file may hold once its aliases are followed.
  private static let greatestCount = 2_000_000

  private let source: YAMLSource
  private var remaining = YAMLRefusals.greatestCount
  /// Why the file is refused.
  private(set) var first: Diagnostic?

  /// Nothing of a file is refused yet.
  init(of source: YAMLSource) { self.source = source }

  /// Refuses the file at a text among the tests that may be a key of a rule.
  ///
  /// A rule put there by mistake would otherwise go unjudged without a word. A run that is refused
  /// reads the rules again with their tests, which shows whether it is one.
  mutating func refuse(mistaken event: YAMLEvent) {
    refuse(at: event, "this may be a rule among the tests")
  }

  /// Refuses a key that is not a plain text.
  ///
  /// Keys are compared by all that is in them, and an alias may stand for a great deal.
  mutating func refuse(key: YAMLEvent) {
    if case .scalar = key.kind { return }
    refuse(
      at: key, "a key is a plain text, not an alias, a list or a mapping",
      advice: "Write the key out")
  }

  /// Refuses a value that a comma has cut off where what is left of it begins with a `!`.
  ///
  /// To speak of that `!` alone would send its author to the wrong place. Two keys of one line stand
  /// between braces.
  mutating func refuse(cut value: YAMLNode, by key: YAMLEvent) {
    guard let tag = key.tag, !tag.hasPrefix(Self.knownTags), let start = value.text,
      start.hasOpenBracket, value.line == key.line, first == nil
    else { return }
    let words = MappingReader.words(ofCut: start)
    first = Diagnostic(at: value.position, words.what, advice: words.advice)
  }

  private static let knownTags = "tag:yaml.org,2002:"

  /// Refuses a tag, except one of YAML's own for a text, a mapping or a list.
  ///
  /// YAML takes a `!` before a value for a tag: unquoted, `!given(x)` would lose its `!` and say
  /// the opposite of what was meant.
  mutating func refuse(tagOf event: YAMLEvent) {
    guard let tag = event.tag else { return }
    guard tag.hasPrefix(Self.knownTags) else {
      return refuse(
        at: event, "to YAML the `!` at the start of this value is a tag, and no part of it",
        advice: "Put quotes around an expression that begins with `!`")
    }
    let name = tag.dropFirst(Self.knownTags.count)
    if ["str", "map", "seq"].contains(name) { return }
    refuse(
      at: event, "the tag `!!\(name)` says of this value what no rule asks",
      advice: "Take the tag out, and put quotes around a text")
  }

  /// Whether a node stays within the limits on depth and number; if not, the file is refused there.
  mutating func admits(_ node: YAMLNode, depth: Int) -> Bool {
    guard first == nil else { return false }
    remaining -= 1
    guard depth < Self.greatestDepth, remaining > 0 else {
      first = Diagnostic(
        at: node.position,
        depth < Self.greatestDepth
          ? "this file grows beyond \(Self.greatestCount) values through its aliases"
          : "this file nests more than \(Self.greatestDepth) deep")
      return false
    }
    return true
  }

  /// Whether a node and everything in it stay within the limits on depth and number.
  mutating func admitsAll(of node: YAMLNode, depth: Int) -> Bool {
    guard admits(node, depth: depth) else { return false }
    switch node.content {
    case .scalar: return true
    case .sequence(let elements):
      for element in elements where !admitsAll(of: element, depth: depth + 1) { return false }
    case .mapping(let entries):
      for entry in entries {
        guard admitsAll(of: entry.key, depth: depth + 1),
          admitsAll(of: entry.value, depth: depth + 1)
        else { return false }
      }
    }
    return true
  }

  private mutating func refuse(at event: YAMLEvent, _ message: String, advice: String? = nil) {
    guard first == nil else { return }
    first = Diagnostic(
      at: source.position(line: event.line, column: event.column), message, advice: advice)
  }
}
