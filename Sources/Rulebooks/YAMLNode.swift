import Diagnostics
import Expressions

/// A piece of a rule file, with its place.
struct YAMLNode {
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
  var position: SourcePosition
  /// For a `|` block: the column at which its lines start.
  var blockColumn = 1

  /// For a text that YAML has folded: where each of its lines stands in the file.
  var lineStarts: [ExpressionSource.LineStart] = []

  /// The text of a scalar; nil for anything else.
  var text: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  /// True for `null`, `~` and nothing at all, unquoted.
  var isNull: Bool {
    if case .scalar(let text, .plain) = content { return ["", "~", "null"].contains(text) }
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

  /// The text as an expression whose characters know their places in the file.
  var expressionSource: ExpressionSource {
    guard case .scalar(let text, let style) = content else {
      return ExpressionSource("", at: position)
    }
    if style != .literal, lineStarts.count > 1 {
      return ExpressionSource(text, lineStarts: lineStarts)
    }
    switch style {
    case .plain, .folded: return ExpressionSource(text, at: position)
    case .quoted:
      var inside = position
      inside.column += 1
      return ExpressionSource(text, at: inside)
    case .literal:
      var starts: [ExpressionSource.LineStart] = []
      var offset = 0
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        let place = SourcePosition(
          file: position.file, line: position.line + 1 + index, column: blockColumn)
        starts.append(ExpressionSource.LineStart(offset: offset, position: place))
        offset += line.unicodeScalars.count + 1
      }
      return ExpressionSource(text, lineStarts: starts)
    }
  }
}
