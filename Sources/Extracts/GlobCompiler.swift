/// Compiles the text of a glob into steps; malformed parts stand for themselves.
struct GlobCompiler {
  private let pattern: [Character]
  private var position = 0
  private var steps: [Glob.Step] = []

  init(_ pattern: String) {
    self.pattern = Array(pattern.lowercased())
  }

  mutating func compile() -> [Glob.Step] {
    sequence(depth: 0)
    return steps
  }

  /// Compiles to the end or, within braces, to a comma or the closing brace.
  private mutating func sequence(depth: Int) {
    while position < pattern.count {
      let character = pattern[position]
      if depth > 0, character == "," || character == "}" { return }
      position += 1
      switch character {
      case "*": star()
      case "?": steps.append(.any)
      case "[": set()
      case "{": braces(depth: depth)
      case "\\" where position < pattern.count:
        steps.append(.character(pattern[position]))
        position += 1
      default: steps.append(.character(character))
      }
    }
  }

  private mutating func star() {
    let start = steps.count
    steps += [.split(start + 1, start + 3), .any, .jump(start)]
  }

  /// Compiles `[a-z]`; without a closing bracket, the bracket stands for itself.
  private mutating func set() {
    var index = position
    let isNegated = index < pattern.count && (pattern[index] == "!" || pattern[index] == "^")
    if isNegated { index += 1 }
    let first = index
    var ranges: [ClosedRange<Character>] = []
    while index < pattern.count, pattern[index] != "]" || index == first {
      let low = pattern[index]
      if index + 2 < pattern.count, pattern[index + 1] == "-", pattern[index + 2] != "]" {
        let high = pattern[index + 2]
        if low <= high { ranges.append(low...high) }
        index += 3
      } else {
        ranges.append(low...low)
        index += 1
      }
    }
    guard index < pattern.count else {
      steps.append(.character("["))
      return
    }
    steps.append(.oneOf(ranges, isNegated: isNegated))
    position = index + 1
  }

  /// Compiles `{a,b}`; without a closing brace, the brace stands for itself.
  private mutating func braces(depth: Int) {
    guard hasClosingBrace else {
      steps.append(.character("{"))
      return
    }
    var ends: [Int] = []
    while true {
      let fork = steps.count
      steps.append(.jump(fork + 1))
      sequence(depth: depth + 1)
      let isLast = position >= pattern.count || pattern[position] == "}"
      position += 1
      if isLast { break }
      ends.append(steps.count)
      steps.append(.jump(0))
      steps[fork] = .split(fork + 1, steps.count)
    }
    for end in ends { steps[end] = .jump(steps.count) }
  }

  private var hasClosingBrace: Bool {
    var depth = 1
    var index = position
    while index < pattern.count {
      switch pattern[index] {
      case "\\": index += 1
      case "{": depth += 1
      case "}": depth -= 1
      default: break
      }
      if depth == 0 { return true }
      index += 1
    }
    return false
  }
}
