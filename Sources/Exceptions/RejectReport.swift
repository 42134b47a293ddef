/// A record that could not be read.
public struct RejectReport: Hashable, Sendable {
  /// The physical line, from 1.
  public var line: Int
  /// Why.
  public var reason: String
  /// The record verbatim.
  public var text: String
  /// Whether it may be only a part of a record, and lack what says whose it is.
  public var isPart = true

  /// A rejected record.
  public init(line: Int, reason: String, text: String) {
    self.line = line
    self.reason = reason
    self.text = text
  }
}
