import Diagnostics

/// Builds the documents of a YAML text from its events.
///
/// A document refused for its size is still read to its end, so that a grammar mistake is reported
/// first.
struct YAMLComposer: ~Copyable {
  /// How deep the reader follows libyaml, whose time grows with the square of the nesting.
  private static let greatestOpen = 1_000

  private let source: YAMLSource
  /// The top-level key whose value is not needed.
  private let passedOver: String?
  private var events: YAMLEvents
  private var anchors = YAMLAnchors()
  private var refusals: YAMLRefusals
  /// Faults of mappings that have a key more than once; they are read with its first value.
  private(set) var repeats: [YAMLFault] = []
  /// Warnings of texts that a ` #` cuts off although the next character is no blank, or that have
  /// lost an `&` with its word.
  private(set) var cuts: [Diagnostic] = []
  /// Why the file is refused from some place on.
  var refusal: Diagnostic? { refusals.first }

  /// Prepares to read the documents of `text`, which is the text of `source`.
  ///
  /// `passedOver` is a top-level key of a document whose value is not built: an empty list stands
  /// for it. Its grammar is checked all the same, and an alias elsewhere may refer to an anchor
  /// within it.
  init(_ text: String, _ source: YAMLSource, passingOver passedOver: String? = nil) {
    self.source = source
    self.passedOver = passedOver
    events = YAMLEvents(of: text)
    refusals = YAMLRefusals(of: source)
  }

  /// The next document; nil if it is refused or, with `isOver`, if there is none left.
  mutating func document() throws(YAMLFault) -> (node: YAMLNode?, isOver: Bool) {
    while true {
      switch try events.next().kind {
      case .streamEnd:
        cuts += anchors.warningsOfUnused
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
    refusals.refuse(tagOf: event)
    guard refusals.admits(node, depth: depth) else {
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
    if let name = event.anchor { anchors.name(node, name) }
    return node
  }

  /// Warns of a text that a ` #` cuts off although the next character is no blank.
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
      if event.tag != nil, let last = entries.last { refusals.refuse(cut: last.value, by: event) }
      refusals.refuse(key: event)
      let key = try node(from: event, depth: depth)
      let isRead = depth > 1 || passedOver == nil || key?.text != passedOver
      let first = try events.next(isRead: isRead)
      let value = isRead ? try node(from: first, depth: depth) : try gap(from: first, depth: depth)
      if let key, let value { entries.append((key, value)) }
    }
    guard let repeated = RepeatedKeys(in: entries) else { return entries }
    // A key repeated at the top of a document leaves unknown what everything below it belongs to.
    guard repeated.isOne, depth > 1 else { throw repeated.fault }
    repeats.append(repeated.fault)
    return repeated.firsts
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
        if YAMLTail.keysOfRules.contains(text) { refusals.refuse(mistaken: event) }
      case .sequenceEnd, .mappingEnd: open -= 1
      case .sequenceStart where event.anchor == nil && depth + open < YAMLRefusals.greatestDepth,
        .mappingStart where event.anchor == nil && depth + open < YAMLRefusals.greatestDepth:
        open += 1
      default: _ = try node(from: event, depth: depth + open)
      }
      if open > 0 { event = try events.next() }
    } while open > 0
    return YAMLNode(
      content: .sequence([]), source: source, line: first.line, column: first.column)
  }

  private mutating func aliased(_ event: YAMLEvent, depth: Int) throws(YAMLFault) -> YAMLNode? {
    guard refusal == nil else { return nil }
    guard let node = event.anchor.flatMap({ anchors.node(named: $0) }) else {
      throw .grammar("found undefined alias", line: event.line, column: event.column)
    }
    return refusals.admitsAll(of: node, depth: depth) ? node : nil
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
