import Extracts

extension Table {
  /// The names of the fields whose heading every file had; none without a file.
  var fieldsInAllFiles: [String] {
    guard !files.isEmpty else { return [] }
    return definition.fields.indices.filter { hasHeading[$0] && !lacksHeading[$0] }.map {
      definition.fields[$0].name
    }
  }

  /// How many files had rows.
  var filesWithRows: Int { files.count { $0.rowsChecked > 0 } }

  /// Whether each of them ended in a footer, and there is one.
  var hasFooters: Bool {
    filesWithRows > 0 && files.allSatisfy { $0.rowsChecked == 0 || $0.footerCount > 0 }
  }
}
