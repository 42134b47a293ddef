import Diagnostics

/// The messages of the type checker.
///
/// Each names what was found, what was expected, and the nearest right name.
enum ExpressionFault {
  static func unknownName(_ name: String, in table: String?, known: [String]) -> (String, String?) {
    let place = table.map { " in \($0)" } ?? " here"
    let messages = messagesThatKnow(name).map { "It is known in the message of \($0) alone" }
    // A word such as `value` is more likely a misspelt column, and so is what reads like one.
    let isPlain = ["from", "value", "group", "limit"].contains(name)
    let isWrittenOtherwise = known.contains { ForeignWords.folded($0) == ForeignWords.folded(name) }
    let advice =
      ForeignWords.advice(forName: name)
      ?? (isPlain || isWrittenOtherwise ? nil : messages)
      ?? suggestion(for: name, among: known) ?? messages ?? "A text stands in quotes"
    return ("there is no `\(name)`\(place)", advice)
  }

  /// The kinds of rules whose messages have a name for what was found; nil for any other name.
  private static func messagesThatKnow(_ name: String) -> String? {
    switch name {
    case "dueOn", "doneOn", "from", "daysLate": "a deadline or a repeat"
    case "occasion": "a repeat"
    case "value", "group", "limit": "a limit"
    default: nil
    }
  }

  static func unknownMember(
    _ name: String, of type: String, known: [String], areFunctions: Bool = false
  ) -> (String, String?) {
    let names = known.sorted()
    let advice =
      suggestion(for: name, among: known)
      ?? (known.isEmpty ? nil : "It has \(areFunctions ? listedFunctions(names) : listed(names))")
    return ("\(type) has no `\(name)`", advice)
  }

  /// `isOfNumber` tells whether it is called with a number that is written out: `hour(3)` is meant for
  /// an amount of time, and `hour(seen_at)` asks something of one.
  static func unknownFunction(_ name: String, isOfNumber: Bool, known: [String]) -> (
    String, String?
  ) {
    let foreign = ForeignWords.advice(forFunction: name)
    let near = suggestion(for: name, among: known)
    let isAmount = isOfNumber && ForeignWords.folded(name) == "hour"
    let advice =
      (isAmount ? near ?? foreign : foreign ?? near)
      ?? "Rules know \(listedFunctions(known.sorted()))"
    return ("there is no function `\(name)`", advice)
  }

  static func suggestion(for name: String, among known: [String]) -> String? {
    // A single letter is near every other letter.
    guard name.unicodeScalars.count > 1 else { return nil }
    return Diagnostics.suggestion(for: name, among: known)
  }

  /// The first functions of a list, and where the manual has the others.
  private static func listedFunctions(_ names: [String]) -> String {
    let isWhole = names.count <= mostListed
    return listed(names) + (isWhole ? "" : "; see “All functions” in Rules/README.md, section 7")
  }

  /// How many names a message lists.
  private static let mostListed = 12

  /// The first names of a list, so that a message stays readable for a table of 200 fields.
  static func listed(_ names: [String]) -> String {
    let shown = names.prefix(mostListed).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > mostListed ? shown + " and \(names.count - mostListed) more" : shown
  }
}
