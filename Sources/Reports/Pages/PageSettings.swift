/// How the pages of a run are made.
public struct PageSettings: Sendable {
  /// The council's name, picture and colour.
  public var brand: Brand
  /// The templates.
  public var templates: PageTemplates
  /// Whether workbooks are written; if so, the dashboard links to them.
  public var hasWorkbooks = true
  /// Whether lists are written as CSV.
  public var hasLists = true

  /// Settings of a run in all formats.
  public init(brand: Brand, templates: PageTemplates) {
    self.brand = brand
    self.templates = templates
  }
}
