import Diagnostics
import Values

/// Builds the documents of a YAML text from its events.
///
/// A document refused for its size is still read to its end, so that a grammar mistake is reported
/// first.
struct YAMLComposer: ~Copyable {
  /// How deep a rule file may nest.
  private static let greatestDepth = 60
  /// How many nodes a rule file may hold once its aliases are followed.
  private static let greatestCount = 2_000_000
  /// How deep the reader follows libyaml, whose time grows with the square of the nesting.
  private static let greatestOpen = 1_000

  private let source: YAMLSource
  /// The top-level key whose value is not needed.
  private let passedOver: String?
  private var events: YAMLEvents
  private var anchors: [String: YAMLNode] = [:]
  /// The anchors that no alias has referred to so far.
  private var unusedAnchors: [String: YAMLNode] = [:]
  private var remaining = YAMLComposer.greatestCount
  /// Faults of mappings that have a key more than once; they are read with its first value.
  private(set) var repeats: [YAMLFault] = []
  /// Warnings of texts that a ` #` cuts off although the next character is no blank, or that have
  /// lost an `&` with its word.
  private(set) var cuts: [Diagnostic] = []
  /// Why the file is refused from some place on.
  private(set) var refusal: Diagnostic?

  /// Prepares to read the documents of `text`, which is the text of `source`.
  ///
  /// `passedOver` is a top-level key of a document whose value is not built: an empty list stands
  /// for it. Its grammar is checked all the same, and an alias elsewhere may refer to an anchor
  /// within it.
  init(_ text: String, _ source: YAMLSource, passingOver passedOver: String? = nil) {
    self.source = source
    self.passedOver = passedOver
    events = YAMLEvents(of: text)
  }

  /// The next document; nil if it is refused or, with `isOver`, if there is none left.
  mutating func document() throws(YAMLFault) -> (node: YAMLNode?, isOver: Bool) {
    while true {
      switch try events.next().kind {
      case .streamEnd:
        warnOfUnusedAnchors()
        return (nil, true)
      case .documentStart:
        let node = try node(from: try events.next(), depth: 0)
        // Read the end of the document too: what follows on the same line may be a grammar mistake.
        _ = try events.next()
        return (refusal == nil ? node : nil, false)
      default: continue
      }
    }
  }

  private mutating func node(from event: YAMLEvent, depth: Int) throws(YAMLFault) -> YAMLNode? {
    var node = YAMLNode(
      content: .sequence([]), source: source, line: event.line, column: event.column)
    if case .alias = event.kind { return try aliased(event, depth: depth) }
    refuse(tagOf: event, at: node)
    guard admits(node, depth: depth) else {
      try skip(event)
      return nil
    }
    switch event.kind {
    case .scalar(let text, let style):
      node.content = .scalar(text, style: style)
      node.isOverLines = event.lastLine > event.line
      if style == .plain, source.linesWithTightHash.contains(event.lastLine) {
        warnIfCut(text, at: node, lastLine: event.lastLine)
      }
    case .sequenceStart: node.content = .sequence(try elements(depth: depth + 1))
    default: node.content = .mapping(try entries(depth: depth + 1))
    }
    if let name = event.anchor {
      anchors[name] = node
      unusedAnchors[name] = node
    }
    return node
  }

  /// Warns of names given to values that nothing refers to: `&Visits late` was most likely meant as
  /// a text, of which `late` is left.
  private mutating func warnOfUnusedAnchors() {
    for (name, node) in unusedAnchors.sorted(by: { $0.key < $1.key }) {
      var warning = Diagnostic(
        .warning, at: node.position,
        "to YAML `&\(name)` is a name given to this value, and no part of it; nothing refers to it",
        advice: "Put quotes around a text that begins with `&`, or take the name out")
      warning.isForAuthors = true
      cuts.append(warning)
    }
    unusedAnchors = [:]
  }

  private mutating func warnIfCut(_ text: String, at node: YAMLNode, lastLine: Int) {
    let line = source.line(lastLine)
    guard let hash = line.firstRange(of: " #") else { return }
    let before = line[..<hash.lowerBound].drop { $0 == " " }
    let behind = line[line.index(after: hash.lowerBound)...]
    // If something else stands between this text and the comment, nothing is cut off the text.
    guard let last = text.split(separator: " ").last, before.hasSuffix(last) else { return }
    var warning = Diagnostic(
      .warning, at: node.position,
      "this text ends before `\(behind.prefix { $0 != " " })`: ` #` begins a comment",
      advice: "Put quotes around the text, or a space behind the #")
    warning.isForAuthors = true
    cuts.append(warning)
  }

  private mutating func elements(depth: Int) throws(YAMLFault) -> [YAMLNode] {
    var elements: [YAMLNode] = []
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind { return elements }
      if let element = try node(from: event, depth: depth) { elements.append(element) }
    }
  }

  private mutating func entries(depth: Int) throws(YAMLFault) -> [(key: YAMLNode, value: YAMLNode)]
  {
    var entries: [(key: YAMLNode, value: YAMLNode)] = []
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { break }
      refuse(key: event)
      let key = try node(from: event, depth: depth)
      let isRead = depth > 1 || passedOver == nil || key?.text != passedOver
      let first = try events.next(isRead: isRead)
      let value = isRead ? try node(from: first, depth: depth) : try gap(from: first, depth: depth)
      if let key, let value { entries.append((key, value)) }
    }
    guard Self.hasRepeatedKeys(entries) else { return entries }
    return try first(ofKeysIn: entries, isTop: depth == 1)
  }

  /// Reads past the value that an event begins, and returns an empty list in its place.
  ///
  /// Values with an anchor are built nevertheless, because aliases may refer to them.
  private mutating func gap(from first: YAMLEvent, depth: Int) throws(YAMLFault) -> YAMLNode {
    var event = first
    var open = 0
    repeat {
      switch event.kind {
      case .scalar(let text, _) where event.anchor == nil:
        if YAMLTail.keysOfRules.contains(text) { refuse(mistaken: event) }
      case .sequenceEnd, .mappingEnd: open -= 1
      case .sequenceStart where event.anchor == nil && depth + open < Self.greatestDepth,
        .mappingStart where event.anchor == nil && depth + open < Self.greatestDepth:
        open += 1
      default: _ = try node(from: event, depth: depth + open)
      }
      if open > 0 { event = try events.next() }
    } while open > 0
    return YAMLNode(
      content: .sequence([]), source: source, line: first.line, column: first.column)
  }

  /// Refuses the file at a text among the tests that may be a key of a rule.
  ///
  /// A rule put there by mistake would otherwise go unjudged without a word. A run that is refused
  /// reads the rules again with their tests, which shows whether it is one.
  private mutating func refuse(mistaken event: YAMLEvent) {
    guard refusal == nil else { return }
    let node = YAMLNode(
      content: .sequence([]), source: source, line: event.line, column: event.column)
    refusal = Diagnostic(at: node.position, "this may be a rule among the tests")
  }

  /// Refuses a key that is not a plain text.
  ///
  /// Keys are compared by all that is in them, and an alias may stand for a great deal.
  private mutating func refuse(key: YAMLEvent) {
    if case .scalar = key.kind { return }
    guard refusal == nil else { return }
    let node = YAMLNode(content: .sequence([]), source: source, line: key.line, column: key.column)
    refusal = Diagnostic(
      at: node.position, "a key is a plain text, not an alias, a list or a mapping",
      advice: "Write the key out")
  }

  /// Refuses a tag, except one of YAML's own for a text, a mapping or a list.
  ///
  /// YAML takes a `!` before a value for a tag: unquoted, `!given(x)` would lose its `!` and say
  /// the opposite of what was meant.
  private mutating func refuse(tagOf event: YAMLEvent, at node: YAMLNode) {
    guard refusal == nil, let tag = event.tag else { return }
    let known = "tag:yaml.org,2002:"
    if tag.hasPrefix(known) {
      if ["str", "map", "seq"].contains(tag.dropFirst(known.count)) { return }
      refusal = Diagnostic(
        at: node.position,
        "the tag `!!\(tag.dropFirst(known.count))` says of this value what no rule asks",
        advice: "Take the tag out, and put quotes around a text")
      return
    }
    refusal = Diagnostic(
      at: node.position, "to YAML the `!` at the start of this value is a tag, and no part of it",
      advice: "Put quotes around an expression that begins with `!`")
  }

  /// Notes that a key is repeated, as nobody could tell which of its values was meant.
  ///
  /// The first value is kept, so that other mistakes can still be found. Several repeated keys mean
  /// that two definitions have run into one, and a key repeated at the top of a document leaves
  /// unknown what everything below it belongs to. Reading ends there.
  private mutating func first(
    ofKeysIn entries: [(key: YAMLNode, value: YAMLNode)], isTop: Bool
  ) throws(YAMLFault) -> [(key: YAMLNode, value: YAMLNode)] {
    let counts = Dictionary(
      entries.compactMap { $0.key.text }.map { (Text($0), 1) }, uniquingKeysWith: +)
    let repeated = counts.filter { $0.value > 1 }.keys.sorted()
    // The place where a key is first repeated: usually another definition begins there without a
    // separator.
    var seen: Set<Text> = []
    let again = entries.first { entry in
      entry.key.text.map { !seen.insert(Text($0)).inserted } ?? false
    }?.key
    let fault = YAMLFault.repeatedKeys(
      repeated.map(\.string), line: again?.line ?? 1, column: again?.column ?? 1)
    guard repeated.count == 1, !isTop else { throw fault }
    repeats.append(fault)
    seen = []
    return entries.filter { entry in
      entry.key.text.map { seen.insert(Text($0)).inserted } ?? true
    }
  }

  /// Whether a key occurs twice.
  ///
  /// Keys are compared by their bytes: to a code list, `é` written in two ways is two codes.
  private static func hasRepeatedKeys(_ entries: [(key: YAMLNode, value: YAMLNode)]) -> Bool {
    // Most mappings are small, and for those comparing is quicker than hashing.
    guard entries.count > 8 else {
      return entries.indices.contains { index in
        guard let key = entries[index].key.text else { return false }
        return entries[..<index].contains { $0.key.text?.utf8.elementsEqual(key.utf8) == true }
      }
    }
    var seen: Set<Text> = []
    return entries.contains { entry in
      entry.key.text.map { !seen.insert(Text($0)).inserted } ?? false
    }
  }

  private mutating func aliased(_ event: YAMLEvent, depth: Int) throws(YAMLFault) -> YAMLNode? {
    guard refusal == nil else { return nil }
    if let name = event.anchor { unusedAnchors[name] = nil }
    guard let node = event.anchor.flatMap({ anchors[$0] }) else {
      throw .grammar("found undefined alias", line: event.line, column: event.column)
    }
    return admitsAll(of: node, depth: depth) ? node : nil
  }

  /// Whether a node and everything in it stay within the limits on depth and number.
  private mutating func admitsAll(of node: YAMLNode, depth: Int) -> Bool {
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

  private mutating func admits(_ node: YAMLNode, depth: Int) -> Bool {
    guard refusal == nil else { return false }
    remaining -= 1
    guard depth < Self.greatestDepth, remaining > 0 else {
      refusal = Diagnostic(
        at: node.position,
        depth < Self.greatestDepth
          ? "this file grows beyond \(Self.greatestCount) values through its aliases"
          : "this file nests more than \(Self.greatestDepth) deep")
      return false
    }
    return true
  }

  /// Reads past the value that an event begins.
  private mutating func skip(_ first: YAMLEvent) throws(YAMLFault) {
    var event = first
    var open = 0
    while true {
      switch event.kind {
      case .sequenceStart, .mappingStart: open += 1
      case .sequenceEnd, .mappingEnd: open -= 1
      default: break
      }
      if open == 0 { return }
      guard open < Self.greatestOpen else { throw .nesting }
      event = try events.next()
    }
  }
}
