import Diagnostics
import Expressions

// Where each character of a text stands in its file, however YAML has folded it.
extension YAMLNode {
  /// The text as an expression whose characters know their places in the file.
  var expressionSource: ExpressionSource {
    guard case .scalar(let text, let style) = content else {
      return ExpressionSource("", at: position)
    }
    if style == .literal { return ExpressionSource(text, lineStarts: literalLines(of: text)) }
    if isOverLines {
      let starts = foldedLines(of: text)
      if starts.count > 1 { return ExpressionSource(text, lineStarts: starts) }
    }
    var start = position
    if style == .quoted { start.column += 1 }
    return ExpressionSource(text, at: start)
  }

  /// Where the lines of a `|` block begin.
  private func literalLines(of text: String) -> [ExpressionSource.LineStart] {
    // The node's place is that of the `|`; the text starts on the next line that is not blank.
    let after = line < source.lineCount ? (line + 1)...source.lineCount : nil
    let first = after?.lazy.map(source.line).first { !$0.allSatisfy(\.isWhitespace) }
    let indent = first?.prefix { $0 == " " }.count ?? 0
    var starts: [ExpressionSource.LineStart] = []
    var offset = 0
    for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let place = SourcePosition(file: source.file, line: line + 1 + index, column: indent + 1)
      starts.append(ExpressionSource.LineStart(offset: offset, position: place))
      offset += part.unicodeScalars.count + 1
    }
    return starts
  }

  /// Where the lines of a text that YAML folds into one begin: each line end has become a space.
  private func foldedLines(of text: String) -> [ExpressionSource.LineStart] {
    var starts: [ExpressionSource.LineStart] = []
    var offset = 0
    let count = text.unicodeScalars.count
    let raw = Array(source.line(line).unicodeScalars)
    guard column <= raw.count else { return [] }
    let opening = raw[column - 1]
    let isQuoted = opening == "\"" || opening == "'"
    var number = opening == ">" ? line + 1 : line
    while offset < count, number <= source.lineCount {
      let scalars = number == line ? raw : Array(source.line(number).unicodeScalars)
      let first =
        number == line
        ? column - 1 + (isQuoted ? 1 : 0) : scalars.prefix { $0 == " " || $0 == "\t" }.count
      var end = scalars.count
      while end > first, scalars[end - 1].properties.isWhitespace { end -= 1 }
      starts.append(
        ExpressionSource.LineStart(
          offset: offset,
          position: SourcePosition(file: source.file, line: number, column: first + 1)))
      offset += max(end - first, 0) + 1
      number += 1
    }
    return starts
  }
}
