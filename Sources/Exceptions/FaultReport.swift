/// Why an input cannot be trusted.
public struct FaultReport: Hashable, Sendable {
  /// What kind of fault it is, such as `missingFile`.
  public var kind: String
  /// The table.
  public var table: String
  /// The file; empty where there is none.
  public var file: String
  /// The physical line, from 1.
  public var line: Int?
  /// The field; empty where there is none.
  public var field: String
  /// What is wrong and what to do.
  ///
  /// Safe for logs.
  public var message: String

  /// A fault.
  public init(
    kind: String, table: String, file: String, line: Int?, field: String, message: String
  ) {
    self.kind = kind
    self.table = table
    self.file = file
    self.line = line
    self.field = field
    self.message = message
  }
}
