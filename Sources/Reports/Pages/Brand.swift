/// How a council names and colours its pages.
public struct Brand: Sendable {
  /// The heading of the pages.
  public var name: String
  /// A picture as a `data:` address; empty for none.
  public var logo: String
  /// The one colour, `#rrggbb`.
  public var accent: String

  /// The name of the pages of whoever has not named them.
  public static let unnamed = "casecheck"

  /// The colour of the pages of whoever has not named one.
  public static let usualAccent = "#1d4f91"

  /// A brand; a colour that is not written as `#rrggbb` is replaced by the default.
  public init(
    name: String = Brand.unnamed, logo: String = "", accent: String = Brand.usualAccent
  ) {
    self.name = name
    self.logo = logo.hasPrefix("data:image/") ? logo : ""
    self.accent = Brand.isColour(accent) ? accent : Brand.usualAccent
  }

  /// Whether a text is a colour in the form `#rrggbb`.
  ///
  /// It goes into a style, where nothing is escaped.
  static func isColour(_ text: String) -> Bool {
    text.utf8.count == 7 && text.hasPrefix("#") && text.dropFirst().allSatisfy(\.isHexDigit)
  }

  var context: PageContext {
    [
      "name": pageText(name), "isNamed": name != Brand.unnamed, "logo": logo,
      "hasLogo": !logo.isEmpty, "accent": accent,
    ]
  }
}
