public import Diagnostics
public import Values
public import WorkingTime

/// One column of a table.
public struct FieldDefinition: Sendable {
  /// The name in the rules.
  public var name: String
  /// The headings under which exports have it, besides the name itself.
  public var headings: [String]
  /// What a cell of it may look like, as told where one is not of its `pattern`.
  public var example: String?
  /// What its cells hold.
  public var type: FieldType
  /// For date, datetime and time: the formats, tried in order.
  ///
  /// Never empty for those types.
  public var formats: [DateFormat] = []
  /// For boolean: the words for true.
  public var trueValues: Set<Text> = ["true", "True", "TRUE", "1", "Y", "Yes", "YES"]
  /// For boolean: the words for false.
  public var falseValues: Set<Text> = ["false", "False", "FALSE", "0", "N", "No", "NO"]
  /// For integer and number: what separates groups of digits, such as `,`.
  public var groupChar: String?
  /// For number: what separates the decimals.
  public var decimalChar = "."
  /// What its cells must hold.
  public var constraints = Constraints()
  /// The code list of its values, by name, with the codes that are valid on the as-of date.
  public var codes: AllowedCodes?
  /// Whether lists may quote its cells.
  ///
  /// By default they may not where the cells hold a child's name; the definition can say otherwise.
  public var isShown = true
  /// Where it is defined.
  public var position: SourcePosition

  /// A column without constraints.
  public init(name: String, headings: [String], type: FieldType, position: SourcePosition) {
    self.name = name
    self.headings = headings
    self.type = type
    self.position = position
  }
}
