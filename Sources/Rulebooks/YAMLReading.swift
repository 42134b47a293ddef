import Diagnostics
import Expressions
internal import Yams

/// Reads the YAML of a rule file; the only place that knows Yams.
enum YAMLReading {
  /// How deep a rule file may nest.
  private static let greatestDepth = 60
  /// How many nodes a rule file may hold once its aliases are followed.
  private static let greatestCount = 2_000_000

  /// The documents of a file; what cannot be read is reported.
  static func documents(of text: String, file: String, into diagnostics: inout [Diagnostic])
    -> [YAMLNode]
  {
    // By bytes: to Swift a carriage return and a line feed are one character, and not a line feed.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var found: [YAMLNode] = []
    var remaining = greatestCount
    do {
      if let position = try AliasKeys.first(in: text, file: file) {
        diagnostics.append(
          Diagnostic(
            at: position, "a key is a plain text, not an alias, a list or a mapping",
            advice: "Write the key out"))
        return []
      }
      let parser = try Parser(yaml: text)
      while let root = try parser.nextRoot() {
        if let node = convert(
          root, file: file, lines: lines, depth: 0, remaining: &remaining, into: &diagnostics)
        {
          found.append(node)
        }
      }
    } catch let error as YamlError {
      diagnostics.append(diagnostic(for: error, file: file, lines: lines))
    } catch {
      diagnostics.append(
        Diagnostic(at: SourcePosition(file: file, line: 1), "this is not YAML"))
    }
    return found
  }

  private static func convert(
    _ node: Node, file: String, lines: [String], depth: Int, remaining: inout Int,
    into diagnostics: inout [Diagnostic]
  ) -> YAMLNode? {
    let position = SourcePosition(
      file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    remaining -= 1
    guard depth < greatestDepth, remaining > 0 else {
      if remaining >= 0 {
        diagnostics.append(
          Diagnostic(
            at: position,
            depth < greatestDepth
              ? "this file grows beyond \(greatestCount) values through its aliases"
              : "this file nests more than \(greatestDepth) deep"))
        remaining = -1
      }
      return nil
    }
    func converted(_ part: Node, _ remaining: inout Int, _ diagnostics: inout [Diagnostic])
      -> YAMLNode?
    {
      convert(
        part, file: file, lines: lines, depth: depth + 1, remaining: &remaining,
        into: &diagnostics)
    }
    switch node {
    case .scalar(let scalar):
      var result = YAMLNode(
        content: .scalar(scalar.string, style: style(of: scalar)), position: position)
      if case .literal = scalar.style {
        // The mark is that of the `|`; the text starts on the next line that is not blank.
        let first = lines.dropFirst(position.line).first { !$0.allSatisfy(\.isWhitespace) }
        result.blockColumn = (first?.prefix { $0 == " " }.count ?? 0) + 1
      } else {
        result.lineStarts = foldedLines(of: scalar.string, at: position, in: lines)
      }
      return result
    case .mapping(let mapping):
      var entries: [(key: YAMLNode, value: YAMLNode)] = []
      for (key, value) in mapping {
        guard let key = converted(key, &remaining, &diagnostics),
          let value = converted(value, &remaining, &diagnostics)
        else { return nil }
        entries.append((key, value))
      }
      return YAMLNode(content: .mapping(entries), position: position)
    case .sequence(let sequence):
      var elements: [YAMLNode] = []
      for element in sequence {
        guard let element = converted(element, &remaining, &diagnostics) else { return nil }
        elements.append(element)
      }
      return YAMLNode(content: .sequence(elements), position: position)
    case .alias:
      diagnostics.append(Diagnostic(at: position, "this alias names nothing"))
      return nil
    }
  }

  /// Where the lines of a text that YAML folds into one begin: each line end has become a space.
  private static func foldedLines(of text: String, at position: SourcePosition, in lines: [String])
    -> [ExpressionSource.LineStart]
  {
    guard position.line <= lines.count else { return [] }
    var starts: [ExpressionSource.LineStart] = []
    var offset = 0
    let count = text.unicodeScalars.count
    let raw = Array(lines[position.line - 1].unicodeScalars)
    let column = position.column - 1
    guard column < raw.count else { return [] }
    let isFolded = raw[column] == ">"
    let isQuoted = raw[column] == "\"" || raw[column] == "'"
    var number = isFolded ? position.line + 1 : position.line
    while offset < count, number <= lines.count {
      let line = Array(lines[number - 1].unicodeScalars)
      let first =
        number == position.line
        ? column + (isQuoted ? 1 : 0) : line.prefix { $0 == " " || $0 == "\t" }.count
      var end = line.count
      while end > first, line[end - 1].properties.isWhitespace { end -= 1 }
      starts.append(
        ExpressionSource.LineStart(
          offset: offset,
          position: SourcePosition(file: position.file, line: number, column: first + 1)))
      offset += max(end - first, 0) + 1
      number += 1
    }
    return starts
  }

  private static func style(of scalar: Node.Scalar) -> YAMLNode.ScalarStyle {
    switch scalar.style {
    case .singleQuoted, .doubleQuoted: .quoted
    case .literal: .literal
    case .folded: .folded
    default: .plain
    }
  }

  /// The reader's own words with the place; never the document, which Yams would append.
  private static func diagnostic(for error: YamlError, file: String, lines: [String]) -> Diagnostic
  {
    func at(_ mark: Mark) -> SourcePosition {
      SourcePosition(file: file, line: mark.line, column: mark.column)
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      if problem.contains("nesting level") {
        return Diagnostic(at: at(mark), "this file nests more than \(greatestDepth) deep")
      }
      return Diagnostic(
        at: at(mark), "this is not YAML: \(problem)",
        advice: advice(for: problem, line: mark.line <= lines.count ? lines[mark.line - 1] : ""))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "`\($0)`" }.joined(separator: ", ")
      return Diagnostic(
        at: at(context.mark), "this mapping has \(names) more than once",
        advice: "Keep one of them")
    case .reader(let problem, _, _, _):
      return Diagnostic(
        at: SourcePosition(file: file, line: 1), "this is not YAML: \(problem)",
        advice: "Save the file as UTF-8 text")
    default:
      return Diagnostic(at: SourcePosition(file: file, line: 1), "this is not YAML")
    }
  }

  private static func advice(for problem: String, line: String) -> String? {
    if line.contains("\t") && problem.contains("token") {
      return "Indent with spaces, not with tabs"
    }
    if problem.contains("mapping values are not allowed") || line.contains("? ") {
      return "Put quotes around an expression that has a colon and a space in it: `: `"
    }
    return nil
  }
}
