/// How the pages of a run are made.
public struct PageSettings: Sendable {
  /// The council's name, picture and colour.
  public var brand: Brand
  /// The templates.
  public var templates: PageTemplates
  /// Whether workbooks are written, to which the dashboard then leads.
  public var hasWorkbooks: Bool

  /// Settings.
  public init(brand: Brand, templates: PageTemplates, hasWorkbooks: Bool) {
    self.brand = brand
    self.templates = templates
    self.hasWorkbooks = hasWorkbooks
  }
}
