extension DateFormat {
  /// Whether some text could be read by both formats, as `04/01/2016` by `%d/%m/%Y` and `%m/%d/%Y`.
  ///
  /// Goes by how texts are written, not by which dates exist; a format overlaps with itself.
  public func overlaps(_ other: DateFormat) -> Bool {
    DateFormatSpellings(self).overlap(DateFormatSpellings(other))
  }
}

/// All ways of writing a text in a date format, for comparison with other formats.
public struct DateFormatSpellings: Sendable {
  private let spellings: [Spelling]

  /// Those of `format`, with each choice of its optional parts.
  public init(_ format: DateFormat) {
    let items = format.items
    let variants = DateFormatCompiler.variants(of: items).map { variant in
      variant.map { Spelling.forms(of: items[$0]) }
    }
    guard format.reader == .isoDateTime else {
      spellings = variants.map { Spelling(steps: $0) }
      return
    }
    // What the special reader accepts beyond its items: a space for the T, a fraction, a zone.
    spellings = variants.map { variant in
      var steps = variant
      for index in steps.indices where steps[index] == [[[UInt8(ascii: "T")]]] {
        steps[index].append([[UInt8(ascii: " ")]])
      }
      let hasSeconds = variant.count == (variants.map(\.count).max() ?? 0)
      return Spelling(steps: steps + (hasSeconds ? [Spelling.fraction] : []) + [Spelling.zone])
    }
  }

  /// Whether some text is spelt both ways.
  public func overlap(_ other: DateFormatSpellings) -> Bool {
    spellings.contains { mine in
      other.spellings.contains { others in Spelling.meet(mine, others) }
    }
  }
}

/// A format without optional parts as a sequence of steps, each of which has one or more forms.
struct Spelling {
  /// The bytes that may stand at one place.
  typealias Place = BytePlace
  /// One way of writing a step, place by place.
  typealias Form = [Place]

  /// The places of all forms of all steps, one after the other; the end comes after them, as a
  /// place of its own.
  private let places: [Place]
  /// For each place, those that may come next.
  private let next: [[Int]]
  /// The places at which a text can begin.
  private let first: [Int]

  init(steps: [[Form]]) {
    var places: [Place] = []
    let starts = steps.map { forms in
      forms.map { form in
        defer { places += form }
        return places.count
      }
    }
    var next = [[Int]](repeating: [], count: places.count)
    // From the last step to the first, because a step that can be empty is entered wherever the
    // next step is.
    var entries = [places.count]
    for (forms, starts) in zip(steps, starts).reversed() {
      var before: [Int] = []
      for (form, start) in zip(forms, starts) {
        guard !form.isEmpty else {
          before += entries
          continue
        }
        before.append(start)
        let last = start + form.count - 1
        for place in start..<last { next[place] = [place + 1] }
        next[last] = entries
      }
      entries = before
    }
    self.places = places
    self.next = next
    first = entries
  }

  /// Whether some text is spelt both ways: a search through the pairs of places reached together.
  static func meet(_ a: Spelling, _ b: Spelling) -> Bool {
    let width = b.places.count + 1
    var isSeen = [Bool](repeating: false, count: (a.places.count + 1) * width)
    var open: [(a: Int, b: Int)] = []
    func reach(_ first: [Int], _ second: [Int]) {
      for left in first {
        for right in second where !isSeen[left * width + right] {
          isSeen[left * width + right] = true
          open.append((left, right))
        }
      }
    }
    reach(a.first, b.first)
    while let pair = open.popLast() {
      switch (pair.a == a.places.count, pair.b == b.places.count) {
      case (true, true): return true
      case (false, false):
        guard !a.places[pair.a].isDisjoint(with: b.places[pair.b]) else { continue }
        reach(a.next[pair.a], b.next[pair.b])
      default: continue
      }
    }
    return false
  }
}
