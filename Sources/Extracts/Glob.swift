/// Whether a glob matches the file name at the end of a path, ignoring case.
///
/// `*` stands for any characters, `?` for one, `[a-z]` for one of these, `[!a-z]` for one that is
/// none of these and `{a,b}` for either; `\` takes the next character literally.
public func fileMatches(_ relativePath: String, glob: String) -> Bool {
  let name = relativePath.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
  return Glob(glob).matches(name)
}

/// The files whose names match some glob; each glob is compiled once for all of them.
public func filesMatching(_ globs: [String], in files: [ExtractFile]) -> [ExtractFile] {
  let globs = globs.map { Glob($0) }
  return files.filter { file in
    let name = file.relativePath.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    return globs.contains { $0.matches(name) }
  }
}

/// The files whose names begin as some glob does, whatever their endings: at least three characters
/// before the glob's first wildcard or full stop.
///
/// Such is `people_2.cvs` for `people*.csv`, or a name that has lost its ending.
public func filesBeginning(as globs: [String], in files: [ExtractFile]) -> [ExtractFile] {
  let globs = globs.map { Glob($0) }
  return files.filter { file in
    let name = file.relativePath.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    return globs.contains { $0.isBegun(by: name, after: 3) }
  }
}

/// A compiled glob, for file names and footers.
///
/// It compares character by character and ignores case, so that canonically equal names are equal.
/// It takes at most pattern × text steps, whatever the pattern.
struct Glob: Sendable {
  /// One instruction of the small machine into which a glob is compiled.
  enum Step: Sendable {
    case character(Character)
    case any
    case oneOf([ClosedRange<Character>], isNegated: Bool)
    case split(Int, Int)
    case jump(Int)
  }

  private let steps: [Step]

  init(_ pattern: String) {
    var compiler = GlobCompiler(pattern)
    steps = compiler.compile()
  }

  /// Whether the whole text matches.
  func matches(_ text: some StringProtocol) -> Bool {
    if isOther(text.utf8.first) { return false }
    var active = Threads(count: steps.count + 1)
    var next = active
    add(0, to: &active)
    for character in text.lowercased() {
      if active.list.isEmpty { return false }
      for place in active.list where place < steps.count && takes(steps[place], character) {
        add(place + 1, to: &next)
      }
      swap(&active, &next)
      next.clear()
    }
    return active.contains(steps.count)
  }

  /// Whether a text begins with all that stands before the glob's first wildcard or full stop, if
  /// that is this many characters or more.
  func isBegun(by text: some StringProtocol, after fewest: Int) -> Bool {
    if isOther(text.utf8.first) { return false }
    let text = text.lowercased()
    var active = Threads(count: steps.count + 1)
    var next = active
    add(0, to: &active)
    for (count, character) in text.enumerated() {
      if count >= fewest, active.list.contains(where: isEndOfStart) { return true }
      for place in active.list where !isEndOfStart(place) && takes(steps[place], character) {
        add(place + 1, to: &next)
      }
      swap(&active, &next)
      next.clear()
      if active.list.isEmpty { return false }
    }
    return text.count >= fewest && active.list.contains(where: isEndOfStart)
  }

  /// Whether a text is what stands before the glob's first wildcard or full stop, followed by no
  /// letter.
  func isStem(_ text: some StringProtocol) -> Bool {
    let text = text.lowercased()
    let start = text.lastIndex(where: \.isLetter).map { text[...$0].count } ?? 0
    return isBegun(by: text, after: max(start, 3))
  }

  /// Whether what stands before the first wildcard or full stop ends at this place.
  private func isEndOfStart(_ place: Int) -> Bool {
    guard place < steps.count else { return true }
    return switch steps[place] {
    case .character(let wanted): wanted == "."
    case .any, .oneOf: true
    case .split, .jump: false
    }
  }

  /// Whether the first byte alone rules a text out, being ASCII where another character is needed.
  private func isOther(_ byte: UInt8?) -> Bool {
    guard let byte, byte < 0x80, case .character(let wanted)? = steps.first,
      let first = wanted.asciiValue
    else { return false }
    return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 != first : byte != first
  }

  private func takes(_ step: Step, _ character: Character) -> Bool {
    switch step {
    case .character(let wanted): wanted == character
    case .any: true
    case .oneOf(let ranges, let isNegated):
      ranges.contains { $0.contains(character) } != isNegated
    case .split, .jump: false
    }
  }

  /// Adds a place, and all places that are reached from it without a character.
  private func add(_ start: Int, to threads: inout Threads) {
    var open = [start]
    while let place = open.popLast() {
      guard threads.insert(place), place < steps.count else { continue }
      switch steps[place] {
      case .split(let first, let second): open += [second, first]
      case .jump(let target): open.append(target)
      default: break
      }
    }
  }

  /// The places that a match may have reached, each once.
  private struct Threads {
    private(set) var list: [Int] = []
    private var isIn: [Bool]

    init(count: Int) { isIn = Array(repeating: false, count: count) }

    func contains(_ place: Int) -> Bool { isIn[place] }

    mutating func insert(_ place: Int) -> Bool {
      if isIn[place] { return false }
      isIn[place] = true
      list.append(place)
      return true
    }

    mutating func clear() {
      for place in list { isIn[place] = false }
      list.removeAll(keepingCapacity: true)
    }
  }
}
