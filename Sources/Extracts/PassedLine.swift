/// A line that is no record: a title above the headings, or a footer.
public struct PassedLine: Hashable, Sendable {
  /// Its number, from 1.
  public var line: Int
  /// What stands there.
  public var text: String

  /// What stands on a line.
  public init(line: Int, text: String) {
    self.line = line
    self.text = text
  }
}
