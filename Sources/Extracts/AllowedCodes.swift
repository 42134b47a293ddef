public import Values

/// The codes that a field may hold on the as-of date.
public struct AllowedCodes: Sendable {
  /// The code list's name.
  public var list: String
  /// The codes.
  public var values: Set<Text>
  /// When the other codes of the list are valid, in words after its name: `only until 2023-12-31`.
  public var others: [Text: String]
  /// What the codes mean, where the list says so.
  public var labels: [Text: String] = [:]

  /// Names a list and its codes.
  public init(list: String, values: Set<Text>, others: [Text: String] = [:]) {
    self.list = list
    self.values = values
    self.others = others
  }
}
