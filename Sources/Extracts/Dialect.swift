/// How records are written, after Frictionless Table Dialect.
public struct Dialect: Sendable {
  /// What parts fields; nil to find it among comma, semicolon, tab and pipe.
  public var delimiter: UInt8?
  /// What quotes fields.
  public var quoteChar = UInt8(ascii: "\"")
  /// The physical line of the headings, from 1; nil to find it.
  public var headerRow: Int?
  /// Globs on the text of records at the end of a file that are no records.
  public var footer: [String] = []

  /// All found by themselves, and no footers.
  public init() {}
}
