/// A rule file.
public struct RuleSource: Hashable, Sendable {
  /// The path, as the user named the folder and relative to it.
  public var path: String
  /// Its text.
  public var text: String
}
