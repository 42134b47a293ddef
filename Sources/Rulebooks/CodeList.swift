import Extracts
public import Values
public import WorkingTime

/// A list of codes.
public struct CodeList: Sendable {
  /// One code.
  public struct Entry: Hashable, Sendable {
    /// The code.
    public var code: Text
    /// What it means.
    public var label: String
    /// The first day on which it holds.
    public var from: CalendarDate?
    /// The last day on which it holds.
    public var to: CalendarDate?

    /// Whether it holds on a day, both ends included.
    func holds(on day: CalendarDate) -> Bool {
      (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
    }
  }

  /// Its name.
  public var name: String
  /// Its codes, in the order of the file.
  public var entries: [Entry]

  /// The codes that hold on a day, both ends included.
  public func values(on day: CalendarDate) -> Set<Text> {
    Set(entries.filter { $0.holds(on: day) }.map(\.code))
  }

  /// The codes that hold on a day, and for the others when they hold.
  func allowed(on day: CalendarDate) -> AllowedCodes {
    let values = values(on: day)
    var others: [Text: String] = [:]
    for entry in entries where !values.contains(entry.code) {
      let spell = [entry.from.map { "from \($0)" }, entry.to.map { "until \($0)" }]
        .compactMap { $0 }.joined(separator: " ")
      others[entry.code] = others[entry.code].map { "\($0), \(spell)" } ?? "only \(spell)"
    }
    var allowed = AllowedCodes(list: name, values: values, others: others)
    for entry in entries where entry.holds(on: day) && entry.label != entry.code.string {
      allowed.labels[entry.code] = entry.label
    }
    return allowed
  }
}
