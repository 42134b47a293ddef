public import WorkingTime

/// The share that a rule aims at.
public struct Target: Hashable, Sendable {
  /// Which side of the figure is good.
  public enum Direction: Hashable, Sendable {
    /// The share is to be at or over it.
    case atLeast
    /// The share is to be at or under it.
    case atMost
  }

  /// The quantity whose share is taken.
  public enum Share: String, CaseIterable, Hashable, Sendable {
    /// What met the rule.
    case met
    /// What did not meet the rule.
    case broken
  }

  /// Which side is good.
  public var direction: Direction
  /// The figure before the first step; nil where the first step is the first target.
  public var percent: Percent?
  /// The figure that a share off the target must still reach to be amber rather than red.
  public var amberFrom: Percent?
  /// Figures that hold from a day on, by day.
  public var steps: [(from: CalendarDate, percent: Percent)]
  /// The quantity whose share is taken.
  public var share: Share

  /// The figure that holds on a day.
  public func percent(on day: CalendarDate) -> Percent? {
    steps.last { $0.from <= day }?.percent ?? percent
  }

  /// Whether both targets say the same.
  public static func == (a: Target, b: Target) -> Bool {
    a.direction == b.direction && a.percent == b.percent && a.amberFrom == b.amberFrom
      && a.share == b.share && a.steps.map(\.from) == b.steps.map(\.from)
      && a.steps.map(\.percent) == b.steps.map(\.percent)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(direction)
    hasher.combine(percent)
    hasher.combine(amberFrom)
    hasher.combine(share)
    for step in steps {
      hasher.combine(step.from)
      hasher.combine(step.percent)
    }
  }
}

/// A percentage as written, kept exact so that a share equal to the target meets it.
public struct Percent: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Its digits without the point.
  public var digits: Int
  /// How many of them stand after the point; at most 6.
  public var decimals: Int

  /// Reads `60%`, `97.5 %` or `60`; nil for anything else or over 1,000,000.
  public init?(_ text: String) {
    let space = UInt8(ascii: " ")
    var body = text.utf8.drop { $0 == space }
    while body.last == space { body.removeLast() }
    if body.last == UInt8(ascii: "%") { body.removeLast() }
    while body.last == space { body.removeLast() }
    let parts = body.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...7).contains(parts[0].count) else { return nil }
    guard parts.count == 1 || (1...6).contains(parts[1].count) else { return nil }
    var digits = 0
    for byte in parts.joined() {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
    }
    self.digits = digits
    decimals = parts.count == 2 ? parts[1].count : 0
  }

  /// Compares the values, however many decimals they are written with.
  public static func < (a: Percent, b: Percent) -> Bool {
    a.digits.multipliedFullWidth(by: b.scale) < b.digits.multipliedFullWidth(by: a.scale)
  }

  /// Ten to the number of decimals.
  public var scale: Int { (0..<decimals).reduce(1) { scale, _ in scale * 10 } }

  /// The number without the percent sign and without trailing zeros.
  public var description: String {
    guard decimals > 0 else { return String(digits) }
    var fraction = String(String(digits % scale + scale).dropFirst())
    while fraction.last == "0" { fraction.removeLast() }
    let whole = digits / scale
    return fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)"
  }
}
