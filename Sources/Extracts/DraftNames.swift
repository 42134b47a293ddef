/// Names for a drafted table, from the file's name and its headings.
enum DraftNames {
  /// The names of the fields.
  ///
  /// Nil for an empty heading and for repeated ones, which no definition could tell apart. A
  /// field's name also counts as its heading, so it is never another column's heading.
  static func fields(_ headings: [String]) -> [String?] {
    let normals = headings.map { normalHeading($0) }
    let counts = Dictionary(normals.map { ($0, 1) }, uniquingKeysWith: +)
    var taken: Set<String> = []
    return headings.enumerated().map { number, heading in
      let normal = normals[number]
      guard !normal.isEmpty, counts[normal] == 1 else { return nil }
      let name = identifier(heading) ?? "column_\(number + 1)"
      var free = name
      var count = 2
      func isFree() -> Bool {
        let own = normalHeading(free)
        return (own == normal || counts[own] == nil) && taken.insert(own).inserted
      }
      while !isFree() {
        free = "\(name)_\(count)"
        count += 1
      }
      return free
    }
  }

  /// The text in lower-case ASCII letters, digits and `_`, never beginning with a digit.
  ///
  /// Nil where nothing is left.
  static func identifier(_ text: String) -> String? {
    var name = ""
    for byte in text.lowercased().utf8 {
      let isWord = 48...57 ~= byte || 97...122 ~= byte
      if isWord {
        name.unicodeScalars.append(Unicode.Scalar(byte))
      } else if !name.isEmpty, !name.hasSuffix("_") {
        name += "_"
      }
    }
    while name.hasSuffix("_") { name.removeLast() }
    guard let first = name.utf8.first else { return nil }
    if 48...57 ~= first { name = "n" + name }
    return reserved.contains(name) ? name + "_" : name
  }

  /// Words that CEL reserves, and those that casecheck does.
  private static let reserved: Set<String> = [
    "as", "asOf", "break", "codes", "const", "continue", "earlier", "else", "false", "for",
    "function", "if",
    "import",
    "in", "let", "loop", "namespace", "null", "package", "return", "this", "true", "var", "void",
    "while",
  ]

  /// The file's name without its extension.
  static func bareName(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.contains(".") ? name.prefix { $0 != "." } : name)
  }

  /// The file's name without its extension and without a date or number at its end.
  static func stem(_ path: String) -> String {
    let bare = bareName(path)
    var stem = bare[...]
    while let last = stem.last, last.isNumber || "-_ .".contains(last) { stem.removeLast() }
    return stem.isEmpty ? bare : String(stem)
  }

  /// The same up to a report's number: `Rep014` of `Rep014_20160131.csv`; nil where there is none.
  ///
  /// Such a number has three digits and follows a letter. Parts and years have fewer or more.
  static func reportStem(_ path: String) -> String? {
    let bare = bareName(path)
    let kept = stem(path)
    let number = bare.dropFirst(kept.count).prefix { $0.isNumber }
    let rest = bare.dropFirst(kept.count + 3)
    guard number.count == 3, kept.last?.isLetter == true,
      rest.allSatisfy({ $0.isNumber || "-_ .".contains($0) })
    else { return nil }
    return kept + number
  }

  /// A glob for files of this kind, whose names begin in one way.
  static func glob(_ path: String, from stem: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let ending = name.contains(".") ? "." + (name.split(separator: ".").last ?? "") : ""
    return escaped(stem + "*" + ending)
  }

  /// A glob for files of this very name.
  static func name(_ path: String) -> String {
    escaped(path.split(separator: "/").last.map(String.init) ?? "")
  }

  private static func escaped(_ glob: String) -> String {
    String(glob.map { "[]{}\\".contains($0) ? Character("?") : $0 })
  }

  /// `single_assessments` as `Single assessments`.
  static func title(_ stem: String) -> String {
    let words = stem.map { $0 == "_" || $0 == "-" ? " " : $0 }
    return String(words.prefix(1)).uppercased() + String(words.dropFirst())
  }
}
