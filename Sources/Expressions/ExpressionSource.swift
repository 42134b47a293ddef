public import Diagnostics

/// The text of an expression, with the place of each of its characters in the rule file.
public struct ExpressionSource: Hashable, Sendable {
  /// The expression.
  public var text: String
  /// Where each line of the text starts: the offset in Unicode scalars, and the place in the file.
  public var lineStarts: [LineStart]
  /// Whether the start of each line in the file is known, so that a comment can end with its line.
  public var areLinesKnown = true

  /// The start of one line.
  public struct LineStart: Hashable, Sendable {
    /// The offset in the text, in Unicode scalars, from 0.
    public var offset: Int
    /// The place in the file.
    public var position: SourcePosition

    /// Names the start of a line.
    public init(offset: Int, position: SourcePosition) {
      self.offset = offset
      self.position = position
    }
  }

  /// A text that stands on one line from `position` on.
  public init(_ text: String, at position: SourcePosition) {
    self.text = text
    lineStarts = [LineStart(offset: 0, position: position)]
  }

  /// A text over several lines.
  public init(_ text: String, lineStarts: [LineStart]) {
    self.text = text
    self.lineStarts = lineStarts
  }

  /// Whether it follows the grammar of expressions, whatever its names are.
  public var isExpression: Bool { (try? Parser.parse(self)) != nil }

  /// The names in it, of any kind; none if it is not an expression.
  public var names: Set<String> {
    var lexer = Lexer(self)
    guard let tokens = try? lexer.tokens() else { return [] }
    return Set(tokens.compactMap { if case .name(let name) = $0.kind { name } else { nil } })
  }

  /// The offset of the next line of the file, or beyond the text if there is none.
  func endOfLine(at offset: Int) -> Int {
    let line = position(of: offset).line
    return lineStarts.first { $0.offset > offset && $0.position.line > line }?.offset ?? .max
  }

  /// The place in the file of a character, by its offset in Unicode scalars.
  public func position(of offset: Int) -> SourcePosition {
    guard let line = lineStarts.last(where: { $0.offset <= offset }) ?? lineStarts.first else {
      return SourcePosition(file: "", line: 1)
    }
    var position = line.position
    position.column += max(0, offset - line.offset)
    return position
  }
}
