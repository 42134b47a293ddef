/// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// A child's numbers follow from the seed and the child's own number alone, so that children can be
/// made in any order and on any number of threads.
struct SplitMix64 {
  private var state: UInt64

  /// The generator as it was published, from a state.
  init(state: UInt64) { self.state = state }

  /// The stream of one child, or of one worker.
  init(seed: UInt64, stream: Int) {
    // The stream's number is mixed before it meets the seed; otherwise neighbours would be alike.
    state = Self.mixed(UInt64(truncatingIfNeeded: stream) &+ 0x9E37_79B9_7F4A_7C15) ^ seed
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A number from 0 up to but excluding `bound`.
  mutating func below(_ bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from `low` to `high` inclusive; `low` if `high` is less.
  mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  /// True with a probability of `percent` in a hundred.
  mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

  /// One of several elements, all equally likely.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  private static func mixed(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
