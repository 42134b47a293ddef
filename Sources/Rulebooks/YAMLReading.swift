import Diagnostics

/// Reads the YAML of a rule file.
enum YAMLReading {
  /// The documents of a file; what cannot be read is reported.
  ///
  /// Repeated keys, and texts that a `#` cuts off, are reported separately in `repeats`, because
  /// they do not keep the rest of the file from being read.
  ///
  /// `passedOver` is a top-level key of a document whose value is not needed: an empty list stands
  /// for it. If it is the last key in the file, its grammar is not checked either.
  static func documents(
    of text: String, file: String, passingOver passedOver: String? = nil,
    into diagnostics: inout [Diagnostic], repeats: inout [Diagnostic]
  ) -> [YAMLNode] {
    if let passedOver, let end = YAMLTail.start(of: passedOver, in: text.utf8Span.span) {
      var (mistakes, again): ([Diagnostic], [Diagnostic]) = ([], [])
      let found = documents(
        String(decoding: text.utf8.prefix(end), as: UTF8.self), file, nil, &mistakes, &again)
      if mistakes.isEmpty, again.isEmpty {
        return found.dropLast() + found.suffix(1).map { $0.adding(passedOver) }
      }
    }
    return documents(text, file, passedOver, &diagnostics, &repeats)
  }

  private static func documents(
    _ text: String, _ file: String, _ passedOver: String?, _ diagnostics: inout [Diagnostic],
    _ repeats: inout [Diagnostic]
  ) -> [YAMLNode] {
    let source = YAMLSource(text, file: file)
    var composer = YAMLComposer(text, source, passingOver: passedOver)
    var found: [YAMLNode] = []
    do throws(YAMLFault) {
      while true {
        let (document, isOver) = try composer.document()
        if isOver { break }
        if let document { found.append(document) }
      }
    } catch {
      if let diagnostic = diagnostic(for: error, in: source) { diagnostics.append(diagnostic) }
    }
    repeats += composer.repeats.compactMap { diagnostic(for: $0, in: source) } + composer.cuts
    if let refusal = composer.refusal { diagnostics.append(refusal) }
    return found
  }

  /// A fault as a diagnostic; nil if the composer's refusal already reports it.
  private static func diagnostic(for fault: YAMLFault, in source: YAMLSource) -> Diagnostic? {
    let start = SourcePosition(file: source.file, line: 1)
    switch fault {
    case .grammar(let problem, let line, let column):
      return Diagnostic(
        at: source.position(line: line, column: column),
        "this is not YAML: \(problem)",
        advice: advice(for: problem, line: line, column: column, in: source))
    case .unclosed(let problem, let line, let column, let last):
      let place = source.position(line: line, column: column)
      guard let opening = source.line(line).unicodeScalars.dropFirst(column - 1).first,
        "\"'[{".unicodeScalars.contains(opening)
      else { return Diagnostic(at: place, "this is not YAML: \(problem)") }
      return Diagnostic(
        at: place,
        "this is not YAML: the `\(opening)` that is opened here is not closed as it should be, up to line \(last)",
        advice: source.line(last).contains("? ")
          ? expressionAdvice : "Close it, or mend what stands between")
    case .repeatedKeys(let keys, let line, let column):
      let names = keys.map { "`\($0)`" }.joined(separator: ", ")
      return Diagnostic(
        at: source.position(line: line, column: column),
        "this mapping has \(names) more than once", advice: advice(onRepeated: keys, column: column)
      )
    case .characters(let problem):
      return Diagnostic(
        at: start, "this is not YAML: \(problem)", advice: "Save the file as UTF-8 text")
    case .nesting: return nil
    case .memory: return Diagnostic(at: start, "this is not YAML")
    }
  }

  /// Advice on repeated keys.
  ///
  /// Several of them are seldom a slip: another rule or table has begun without a separator.
  private static func advice(onRepeated keys: [String], column: Int) -> String {
    if keys.count == 1 { return "Keep one of them, with what both hold" }
    return column == 1
      ? "Where another definition begins, put a line `---` before it"
      : "Where another item of a list begins, put `- ` before its first key"
  }

  private static let expressionAdvice =
    "Put quotes around an expression that has a colon and a space in it: `: `"

  private static func advice(
    for problem: String, line number: Int, column: Int, in source: YAMLSource
  ) -> String? {
    let line = source.line(number)
    if line.contains("\t") && (problem.contains("token") || problem.contains("tab character")) {
      return "Indent with spaces, not with tabs"
    }
    if problem.contains("cannot start any token") {
      return "Put quotes around a text that begins so"
    }
    // The fault is usually on the line before the one that libyaml names.
    if [number - 1, number].contains(where: { $0 > 0 && source.line($0).contains("\u{a0}") }) {
      return "Put ordinary spaces in place of those that do not break, as word processors make them"
    }
    if line.firstRange(of: ": ").map({ line[$0.upperBound...].hasPrefix("!") }) ?? false {
      return "Put quotes around an expression that begins with `!`"
    }
    if let bracket = [number, number - 1].lazy.compactMap({ bracketBeforeText(source.line($0)) })
      .first
    {
      return "Put quotes around a text that begins with `\(bracket)`"
    }
    if problem.contains("mapping values are not allowed") || line.contains("? ") {
      // The first colon of a line ends its key, so here it is the line itself that is wrongly
      // placed.
      let before = line.unicodeScalars.prefix(column - 1)
      if problem.contains("mapping values"),
        !before.contains(where: { ":\"'{[".unicodeScalars.contains($0) })
      {
        return "Indent the line as its neighbours"
      }
      return expressionAdvice
    }
    if problem.contains("could not find expected ':'") {
      return "After a key stand a colon and a space: `key: value`"
    }
    if problem.contains("expected key"), isTextBehindQuote(line) {
      return "Put single quotes around a text that has double quotes in it: 'a \"b\" c'"
    }
    let apostrophes = line.unicodeScalars.count { $0 == "'" }
    if problem.contains("expected key"), apostrophes > 1, apostrophes % 2 == 1 {
      return "Put double quotes around a text with an apostrophe"
    }
    if problem.contains("expected key"), isTextBehindSingleQuote(line) {
      return "Within single quotes, put double ones around a text: 'a == \"b\"'"
    }
    if let opening = lineOfOpenQuote(before: number, in: source) {
      return "The quote opened on line \(opening) is not closed there"
    }
    return problem.contains("indicator") || problem.contains("expected key")
      ? "Indent the line as its neighbours, with spaces" : nil
  }

  /// The opening bracket of a value on a line, if more text follows its closing bracket.
  private static func bracketBeforeText(_ line: String) -> Character? {
    guard let value = line.firstRange(of: ": ").map({ line[$0.upperBound...] }),
      let first = value.first, first == "{" || first == "[",
      let end = value.lastIndex(of: first == "{" ? "}" : "]"),
      let next = value[value.index(after: end)...].first(where: { $0 != " " }), next != "#"
    else { return nil }
    return first
  }

  /// Whether more text follows a double-quoted value on its line.
  ///
  /// The value then contains double quotes of its own, which ended it early.
  private static func isTextBehindQuote(_ line: String) -> Bool {
    guard let value = line.firstRange(of: ": \"") else { return false }
    let rest = line[value.upperBound...]
    guard let end = rest.firstIndex(of: "\""), rest[..<end].last != "\\" else { return false }
    guard let next = rest[rest.index(after: end)...].first(where: { $0 != " " }) else {
      return false
    }
    return !"#,}]".contains(next)
  }

  /// Whether more text follows a single-quoted value on its line.
  ///
  /// The value then contains single quotes of its own, which ended it early; two in a row do not.
  private static func isTextBehindSingleQuote(_ line: String) -> Bool {
    guard let value = line.firstRange(of: ": '") else { return false }
    let rest = line[value.upperBound...].replacing("''", with: "")
    guard let end = rest.firstIndex(of: "'") else { return false }
    guard let next = rest[rest.index(after: end)...].first(where: { $0 != " " }) else {
      return false
    }
    return !"#,}]".contains(next)
  }

  /// The line on which a quote was opened that is still open at the start of line `last`.
  private static func lineOfOpenQuote(before last: Int, in source: YAMLSource) -> Int? {
    let opening = (1..<max(last, 1)).filter { hasOddQuote(source.line($0)) }
    return opening.count % 2 == 1 ? opening.last : nil
  }

  /// Whether a line has a double quote without another: one within single quotes, or behind a `#`,
  /// is none.
  private static func hasOddQuote(_ line: String) -> Bool {
    var (isOpen, isSingle, before) = (false, false, Unicode.Scalar(" "))
    for scalar in line.replacing("\\\"", with: "").unicodeScalars {
      if scalar == "#", before == " ", !isOpen, !isSingle { break }
      if scalar == "\"", !isSingle { isOpen.toggle() }
      // An apostrophe in a word opens nothing.
      if scalar == "'", !isOpen, isSingle || " [{,:(".unicodeScalars.contains(before) {
        isSingle.toggle()
      }
      before = scalar
    }
    return isOpen
  }
}

extension YAMLNode {
  /// The mapping with one more key at its end, whose value is an empty list.
  fileprivate func adding(_ key: String) -> YAMLNode {
    guard case .mapping(let pairs) = content else { return self }
    func node(_ content: Content) -> YAMLNode {
      YAMLNode(content: content, source: source, line: line, column: column)
    }
    return node(.mapping(pairs + [(node(.scalar(key, style: .plain)), node(.sequence([])))]))
  }
}
