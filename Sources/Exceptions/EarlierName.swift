/// How last period's tables and files are told from this one's of the same name.
public enum EarlierName {
  /// What such a name begins with; no file of this period's does.
  public static let prefix = "(earlier) "

  /// The name of last period's table or file.
  public static func name(of name: String) -> String { prefix + name }

  /// The bare name of a table or file of last period's; nil for one of this period's.
  public static func bareName(of name: String) -> String? {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
  }
}
