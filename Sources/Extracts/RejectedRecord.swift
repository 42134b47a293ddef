/// A record that could not be read, kept verbatim.
public struct RejectedRecord: Hashable, Sendable {
  /// The number of its file in the table's `files`.
  public var file: Int
  /// The physical line on which it starts, from 1.
  public var line: Int
  /// Why, for people, such as `7 fields where the headings name 8`.
  public var reason: String
  /// The record as it stands in the file, decoded, without its line end.
  public var text: String
  /// Whether it may be only a part of a record, and lack what says whose it is.
  public var isPart: Bool

  /// A rejected record.
  public init(file: Int, line: Int, reason: String, text: String, isPart: Bool = true) {
    self.isPart = isPart
    self.file = file
    self.line = line
    self.reason = reason
    self.text = text
  }
}
