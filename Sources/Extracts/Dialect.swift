/// How records are written, after Frictionless Table Dialect.
public struct Dialect: Sendable {
  /// What separates fields; nil to find it among comma, semicolon, tab and pipe.
  public var delimiter: UInt8?
  /// What quotes fields.
  public var quoteChar = UInt8(ascii: "\"")
  /// The physical line of the headings, from 1; nil to find it.
  public var headerRow: Int?
  /// Globs that match lines at the end of a file which are not records.
  public var footer: [String] = []

  /// Everything is detected, and there are no footers.
  public init() {}
}
