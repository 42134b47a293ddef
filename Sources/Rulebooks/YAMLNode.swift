import Diagnostics

/// A value in a rule file, with its place.
struct YAMLNode: Sendable {
  enum Content {
    case scalar(String, style: ScalarStyle)
    case mapping([(key: YAMLNode, value: YAMLNode)])
    case sequence([YAMLNode])
  }

  enum ScalarStyle {
    case plain
    case quoted
    /// `|`: line ends are kept.
    case literal
    /// `>`: line ends are folded into spaces.
    case folded
  }

  var content: Content
  let source: YAMLSource
  /// The line, from 1.
  let line: Int
  /// The column, from 1.
  let column: Int
  /// Whether a scalar extends over more than one line of the file.
  var isOverLines = false

  init(content: Content, source: YAMLSource, line: Int, column: Int) {
    self.content = content
    self.source = source
    self.line = line
    self.column = column
  }

  /// A text that is not read from a rule file, such as one on the command line.
  init(text: String, at position: SourcePosition) {
    self.init(
      content: .scalar(text, style: .plain), source: YAMLSource("", file: position.file),
      line: position.line, column: position.column)
  }

  /// A node at the same place with another text.
  func renamed(_ text: String) -> YAMLNode { replaced(by: .scalar(text, style: .plain)) }

  /// A node at the same place with other content.
  func replaced(by content: Content) -> YAMLNode {
    var node = self
    node.content = content
    return node
  }

  /// The place of the node in its file.
  var position: SourcePosition { source.position(line: line, column: column) }

  /// The text of a scalar; nil for anything else.
  var text: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  /// Whether the value is an unquoted `null` or `~`, or missing.
  var isNull: Bool {
    if case .scalar(let text, .plain) = content {
      return text.isEmpty || text == "~" || text == "null"
    }
    return false
  }

  /// The kind of value, in words for messages.
  var described: String {
    switch content {
    case .scalar: "a single value"
    case .mapping: "a mapping"
    case .sequence: "a list"
    }
  }
}
