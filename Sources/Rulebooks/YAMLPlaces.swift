import Diagnostics
import Expressions

// Finds the position in the file of each character of a text, however YAML has folded it.
extension YAMLNode {
  /// The text as the source of an expression, with the places of its characters in the file.
  var expressionSource: ExpressionSource {
    guard case .scalar(let text, let style) = content else {
      return ExpressionSource("", at: position)
    }
    if style == .literal { return ExpressionSource(text, lineStarts: literalLines(of: text)) }
    if isOverLines {
      let (starts, areKnown) = foldedLines(of: text)
      var source =
        starts.isEmpty
        ? ExpressionSource(text, at: position) : ExpressionSource(text, lineStarts: starts)
      source.areLinesKnown = areKnown
      return source
    }
    if style == .quoted { return ExpressionSource(text, lineStarts: quotedParts()) }
    return ExpressionSource(text, at: position)
  }

  /// Where the parts of a quoted text on one line start.
  ///
  /// A new part starts after each character that is written with several, such as an escape.
  private func quotedParts() -> [ExpressionSource.LineStart] {
    let raw = Array(source.line(line).unicodeScalars)
    func start(_ offset: Int, _ place: Int) -> ExpressionSource.LineStart {
      ExpressionSource.LineStart(
        offset: offset,
        position: SourcePosition(file: source.file, line: line, column: place + 1))
    }
    var starts = [start(0, column)]
    guard column <= raw.count else { return starts }
    let quote = raw[column - 1]
    var offset = 0
    var place = column
    while place < raw.count {
      let width = Self.width(of: raw[place...], quote: quote)
      if width == 0 { break }
      place += width
      offset += 1
      if width > 1 { starts.append(start(offset, place)) }
    }
    return starts
  }

  /// How many characters of the file the first character of a quoted text takes.
  ///
  /// It is 0 at the closing quote.
  private static func width(of raw: ArraySlice<Unicode.Scalar>, quote: Unicode.Scalar) -> Int {
    guard let first = raw.first else { return 0 }
    let next = raw.dropFirst().first
    if first == quote { return quote == "'" && next == "'" ? 2 : 0 }
    guard first == "\\", quote == "\"" else { return 1 }
    switch next {
    case "x": return 4
    case "u": return 6
    case "U": return 10
    default: return 2
    }
  }

  /// How many characters one line contributes to a text.
  ///
  /// `joinsNext` tells whether a `\` at the end of a double-quoted line removes its line end.
  private static func length(
    of raw: ArraySlice<Unicode.Scalar>, quote: Unicode.Scalar?
  ) -> (count: Int, joinsNext: Bool) {
    guard let quote else { return (raw.count, false) }
    var rest = raw
    var count = 0
    while !rest.isEmpty {
      if quote == "\"", rest.count == 1, rest.first == "\\" { return (count, true) }
      let width = width(of: rest, quote: quote)
      if width == 0 { break }
      rest = rest.dropFirst(width)
      count += 1
    }
    return (count, false)
  }

  /// Where the lines of a `|` block start.
  private func literalLines(of text: String) -> [ExpressionSource.LineStart] {
    // The node's place is that of the `|`. The first line that is not blank sets the indent.
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

  /// Where the lines start of a text that YAML folds into one, with spaces for line ends.
  ///
  /// `areKnown` tells whether every line was found again in the folded text. Escapes, an anchor, or
  /// blanks that YAML keeps can prevent that.
  private func foldedLines(of text: String)
    -> (starts: [ExpressionSource.LineStart], areKnown: Bool)
  {
    var starts: [ExpressionSource.LineStart] = []
    var offset = 0
    let folded = Array(text.unicodeScalars)
    let count = folded.count
    var areKnown = true
    let raw = Array(source.line(line).unicodeScalars)
    guard column <= raw.count else { return ([], false) }
    let opening = raw[column - 1]
    let quote = opening == "\"" || opening == "'" ? opening : nil
    var number = opening == ">" ? line + 1 : line
    var indent: Int?
    var blanks = 0
    var isJoined = false
    while offset < count, number <= source.lineCount {
      let scalars = number == line ? raw : Array(source.line(number).unicodeScalars)
      let blank = scalars.prefix { $0 == " " || $0 == "\t" }.count
      // Lines indented deeper than the first line of a `>` block keep their spaces.
      let first =
        number == line
        ? column - 1 + (quote == nil ? 0 : 1) : opening == ">" ? min(blank, indent ?? blank) : blank
      var end = scalars.count
      while end > first, scalars[end - 1].properties.isWhitespace { end -= 1 }
      number += 1
      if end <= first {
        blanks += 1
        continue
      }
      indent = indent ?? first
      // A line end becomes a space. Before blank lines it disappears, and each blank line becomes a
      // line end.
      if !starts.isEmpty { offset += isJoined ? blanks : max(1, blanks) }
      blanks = 0
      starts.append(
        ExpressionSource.LineStart(
          offset: offset,
          position: SourcePosition(file: source.file, line: number - 1, column: first + 1)))
      let length = Self.length(of: scalars[first..<end], quote: quote)
      let piece = scalars[first..<min(first + length.count, end)]
      if !folded.dropFirst(offset).starts(with: piece) { areKnown = false }
      offset += length.count
      isJoined = length.joinsNext
    }
    // After the last line, only line ends and spaces may be left of the folded text.
    let rest = folded.dropFirst(offset)
    return (starts, areKnown && rest.allSatisfy { $0 == "\n" || $0 == " " })
  }
}
