import Diagnostics

/// A piece of a rule file, with its place.
struct YAMLNode: Sendable {
  enum Content {
    case scalar(String, style: ScalarStyle)
    case mapping([(key: YAMLNode, value: YAMLNode)])
    case sequence([YAMLNode])
  }

  enum ScalarStyle {
    case plain
    case quoted
    /// `|`: the lines stand as they are.
    case literal
    /// `>`: line ends are folded away.
    case folded
  }

  var content: Content
  let source: YAMLSource
  /// The line, from 1.
  let line: Int
  /// The column, from 1.
  let column: Int
  /// Whether a scalar stands on more than one line of the file.
  var isOverLines = false

  init(content: Content, source: YAMLSource, line: Int, column: Int) {
    self.content = content
    self.source = source
    self.line = line
    self.column = column
  }

  /// A text that comes from elsewhere than a file.
  init(text: String, at position: SourcePosition) {
    self.init(
      content: .scalar(text, style: .plain), source: YAMLSource("", file: position.file),
      line: position.line, column: position.column)
  }

  /// The same place with another text.
  func renamed(_ text: String) -> YAMLNode { replaced(by: .scalar(text, style: .plain)) }

  /// The same place with another content.
  func replaced(by content: Content) -> YAMLNode {
    var node = self
    node.content = content
    return node
  }

  /// Where it stands.
  var position: SourcePosition {
    SourcePosition(file: source.file, line: line, column: column)
  }

  /// The text of a scalar; nil for anything else.
  var text: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  /// True for `null`, `~` and nothing at all, unquoted.
  var isNull: Bool {
    if case .scalar(let text, .plain) = content {
      return text.isEmpty || text == "~" || text == "null"
    }
    return false
  }

  /// What it is, for messages.
  var described: String {
    switch content {
    case .scalar: "a single value"
    case .mapping: "a mapping"
    case .sequence: "a list"
    }
  }
}
