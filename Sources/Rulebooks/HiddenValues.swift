import Extracts
import Values

/// Values of a field that its table takes for missing.
extension UnheldTexts {
  /// Warns of each text that a field allows or reads, and that never reaches it.
  ///
  /// Whoever adds `0` for empty dates may not see that it was also a code or the answer no.
  func warnOfHiddenValues() {
    for table in rulebook.tables {
      let definition = table.definition
      for field in definition.fields {
        let words = field.type == .boolean ? field.trueValues.union(field.falseValues) : []
        let listed =
          (field.codes.flatMap { codes[$0.list] } ?? []) + (field.constraints.allowed ?? [])
        let hidden = definition.missingValues.intersection(words.union(listed)).sorted()
        guard !hidden.isEmpty else { continue }
        let texts = hidden.map { "\"\($0)\"" }.joined(separator: " and ")
        collector.warnEveryRun(
          "`\(field.name)` could hold \(texts), but the table's `missingValues` \(hidden.count == 1 ? "takes it" : "take them") for no value",
          at: field.position,
          advice:
            "Take \(hidden.count == 1 ? "it" : "them") out of `missingValues`, or out of what the field may hold"
        )
      }
    }
  }
}
