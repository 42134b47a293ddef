import Diagnostics

/// The sentences of the type checker; each names what was found, what was expected, and the nearest right name.
enum ExpressionFault {
  static func unknownName(_ name: String, in table: String?, known: [String]) -> (String, String?) {
    let place = table.map { " in \($0)" } ?? " here"
    return ("there is no `\(name)`\(place)", suggestion(for: name, among: known))
  }

  static func unknownMember(_ name: String, of type: String, known: [String]) -> (String, String?) {
    let advice =
      suggestion(for: name, among: known)
      ?? (known.isEmpty ? nil : "It has \(listed(known.sorted()))")
    return ("\(type) has no `\(name)`", advice)
  }

  static func unknownFunction(_ name: String, known: [String]) -> (String, String?) {
    ("there is no function `\(name)`", suggestion(for: name, among: known))
  }

  static func suggestion(for name: String, among known: [String]) -> String? {
    nearestName(to: name, among: known).map { "Did you mean `\($0)`?" }
  }

  /// The first names of a list, so that a message stays readable for a table of 200 fields.
  static func listed(_ names: [String]) -> String {
    let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 12 ? shown + " and \(names.count - 12) more" : shown
  }
}
