import Diagnostics

extension DiagnosticCollector {
  /// Reports a name that no expression could use.
  func checkIdentifier(_ name: String, _ what: String, at position: SourcePosition) {
    let isName =
      name.unicodeScalars.first.map { $0 == "_" || $0.properties.isAlphabetic } == true
      && name.unicodeScalars.allSatisfy {
        $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
      }
    guard isName else {
      report(
        "`\(name)` cannot be the name of a \(what)", at: position,
        advice: "Use letters, digits and underscores")
      return
    }
    if ["true", "false", "null", "in", "this", "asOf", "codes", "earlier"].contains(name) {
      report(
        "`\(name)` is a word of the rule language and cannot name a \(what)", at: position)
    }
  }
}
