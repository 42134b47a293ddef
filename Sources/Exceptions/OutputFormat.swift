/// A form in which lists are written.
public enum OutputFormat: String, CaseIterable, Hashable, Sendable {
  /// Lists for programs and for people with a spreadsheet.
  case csv
  /// Workbooks for business support.
  case xlsx
  /// Pages for managers.
  case html
  /// The run in figures.
  case json

  /// The formats of a list such as `csv,html`; nil where one is unknown, or there is none.
  public static func list(_ text: String) -> Set<OutputFormat>? {
    let names = text.split(separator: ",").map { $0.filter { $0 != " " } }
    let formats = names.compactMap { OutputFormat(rawValue: String($0)) }
    return formats.count == names.count && !formats.isEmpty ? Set(formats) : nil
  }
}
