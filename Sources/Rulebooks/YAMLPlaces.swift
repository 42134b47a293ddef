import Diagnostics
import Expressions

// The position of each character of a text in its file, however YAML has folded it.
extension YAMLNode {
  /// The text as an expression whose characters know their places in the file.
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

  /// The starts of the parts of a quoted one-line text: a new part begins after each character that
  /// is written as several.
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

  /// How many characters the first character of a quoted text is written with; 0 for the closing
  /// quote.
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

  /// How many characters some of a text on one line are, and whether its line end is written away
  /// with a `\`.
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
  ///
  /// `areKnown` tells whether each line is found again in the text, as it is where nothing is
  /// written with escapes, behind an anchor, or with blanks that YAML keeps.
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
      // A line end becomes a space, one before blank lines nothing, and each blank line a line end.
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
    // A line end may stand behind the text, and nothing else of it.
    let rest = folded.dropFirst(offset)
    return (starts, areKnown && rest.allSatisfy { $0 == "\n" || $0 == " " })
  }
}
