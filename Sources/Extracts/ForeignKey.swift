public import Diagnostics

/// A reference from one table to another.
public struct ForeignKey: Sendable {
  /// The referring fields, by number in their table.
  public var fields: [Int]
  /// The table referred to.
  public var table: String
  /// The fields referred to, by name.
  public var referenced: [String]
  /// The name by which expressions go up to the row referred to.
  public var name: String?
  /// The name by which expressions come down from the row referred to, if not the table's own.
  public var reverseName: String?
  /// Where it is defined.
  public var position: SourcePosition

  /// A reference.
  public init(
    fields: [Int], table: String, referenced: [String], name: String?, position: SourcePosition
  ) {
    self.fields = fields
    self.table = table
    self.referenced = referenced
    self.name = name
    self.position = position
  }
}
