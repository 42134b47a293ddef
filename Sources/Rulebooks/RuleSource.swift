/// A rule file.
public struct RuleSource: Hashable, Sendable {
  /// The path: the folder as the user named it, and the file's path below it.
  public var path: String
  /// Its text.
  public var text: String
}
