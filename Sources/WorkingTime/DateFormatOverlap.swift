extension DateFormat {
  /// Whether some text could be read by both formats, as `04/01/2016` by `%d/%m/%Y` and `%m/%d/%Y`.
  ///
  /// Goes by how texts are written, not by which dates exist; a format overlaps with itself.
  public func overlaps(_ other: DateFormat) -> Bool {
    spellings.contains { mine in
      other.spellings.contains { others in Spelling.meet(mine, others) }
    }
  }

  /// The format with each choice of its optional parts.
  private var spellings: [Spelling] {
    let variants = DateFormatCompiler.variants(of: items).map { variant in
      variant.map { Spelling.forms(of: items[$0]) }
    }
    guard reader == .isoDateTime else { return variants.map { Spelling(steps: $0) } }
    // What the special reader accepts beyond its items: a space for the T, a fraction, a zone.
    return variants.map { variant in
      var steps = variant
      for index in steps.indices where steps[index] == [[[UInt8(ascii: "T")]]] {
        steps[index].append([[UInt8(ascii: " ")]])
      }
      let hasSeconds = variant.count == (variants.map(\.count).max() ?? 0)
      return Spelling(steps: steps + (hasSeconds ? [Spelling.fraction] : []) + [Spelling.zone])
    }
  }
}

/// A format without optional parts as a sequence of steps, each of which has one or more forms.
struct Spelling {
  /// The bytes that may stand at one place.
  typealias Place = BytePlace
  /// One way of writing a step, place by place.
  typealias Form = [Place]

  let steps: [[Form]]
  /// The number of each form's first place among all places of the spelling.
  private let starts: [[Int]]
  /// How many places there are, the end being one.
  private let placeCount: Int

  init(steps: [[Form]]) {
    self.steps = steps
    var count = 0
    starts = steps.map { forms in
      forms.map { form in
        defer { count += form.count }
        return count
      }
    }
    placeCount = count + 1
  }

  /// How far into a spelling one has come: in a form of a step, before one of its places.
  private struct State {
    var step: Int
    var form: Int
    var place: Int
  }

  /// Whether some text is spelt both ways: a search through the pairs of places reached together.
  static func meet(_ a: Spelling, _ b: Spelling) -> Bool {
    var isSeen = [Bool](repeating: false, count: a.placeCount * b.placeCount)
    var open: [(a: State, b: State)] = []
    func reach(_ first: [State], _ second: [State]) {
      for left in first {
        for right in second {
          let pair = a.number(of: left) * b.placeCount + b.number(of: right)
          if isSeen[pair] { continue }
          isSeen[pair] = true
          open.append((left, right))
        }
      }
    }
    reach(a.entries(to: 0), b.entries(to: 0))
    while let pair = open.popLast() {
      switch (a.place(at: pair.a), b.place(at: pair.b)) {
      case (nil, nil): return true
      case (let left?, let right?) where !left.isDisjoint(with: right):
        reach(a.after(pair.a), b.after(pair.b))
      default: break
      }
    }
    return false
  }

  private func number(of state: State) -> Int {
    state.step < steps.count ? starts[state.step][state.form] + state.place : placeCount - 1
  }

  /// The places at which a step can begin; past empty forms, and past the end as a state of its
  /// own.
  private func entries(to step: Int) -> [State] {
    guard step < steps.count else { return [State(step: step, form: 0, place: 0)] }
    return steps[step].indices.flatMap { form in
      steps[step][form].isEmpty
        ? entries(to: step + 1) : [State(step: step, form: form, place: 0)]
    }
  }

  private func place(at state: State) -> Place? {
    state.step < steps.count ? steps[state.step][state.form][state.place] : nil
  }

  private func after(_ state: State) -> [State] {
    state.place + 1 < steps[state.step][state.form].count
      ? [State(step: state.step, form: state.form, place: state.place + 1)]
      : entries(to: state.step + 1)
  }
}
