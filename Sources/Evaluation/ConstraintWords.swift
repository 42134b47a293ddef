import Extracts

/// What the exceptions of keys, references and records say.
enum ConstraintWords {
  static func rejected(_ reason: String) -> String {
    "This record could not be read: \(reason). It stands in the rejects, and no rule has judged it."
  }

  /// A finding on a person's name, which is not quoted.
  static func hidden(_ field: String, _ constraint: CellConstraint) -> String {
    "The \(field) is not as its definition asks (\(constraint.rawValue)). It is not shown here."
  }

  static let rejectedFix =
    "Correct the record in the case system or the export, and export again."

  static func missingKey(_ field: String) -> String {
    "The key \(field) is missing, so that nothing can refer to this record."
  }

  static func missingKeyFix(_ field: String) -> String {
    "Record \(field), or export it."
  }

  static func duplicate(_ field: String, file: String, line: Int) -> String {
    "The \(field) stands already on line \(line) of \(file)."
  }

  /// The two records may well belong to two children: a mistyped number must not lead anyone to
  /// delete one of them.
  static func sharedFix(_ field: String) -> String {
    "Correct \(field) of whichever record is wrong; only where both are one child or thing, merge them."
  }

  static let duplicateFix =
    "Where one record was entered twice, remove the other; where they are two, give one an identifier of its own. If one record was exported twice, correct the export."

  static func dangling(_ field: String, parent: TableDefinition) -> String {
    "The \(field) is not in \(parent.title.isEmpty ? parent.name : parent.title)."
  }

  static func danglingFix(_ field: String, parent: TableDefinition) -> String {
    "Correct \(field), or find out why the record it names is not in the extract of \(parent.name)."
  }

  /// The key that a reference means, and in what the two differ.
  static func near(_ key: String, _ differences: [KeyDifference]) -> String {
    if differences == [.zeros] {
      return "\(key) is: Excel may have taken the zeros in front away."
    }
    let names = differences.map { difference in
      switch difference {
      case .blanks: "blanks"
      case .marks: "marks that keep Excel from making a number of it"
      case .decimals: "the decimals"
      case .capitals: "capitals"
      case .zeros: "zeros in front"
      }
    }
    let shown = differences.contains(.blanks) ? key.replacing(" ", with: "␣") : key
    return "\(shown) is: they differ only in \(names.joined(separator: " and "))."
  }

  static func missingHeadingFix(_ field: String) -> String {
    "Add the column to the export, or its heading to the table definition's `headings` of \(field)."
  }
}
