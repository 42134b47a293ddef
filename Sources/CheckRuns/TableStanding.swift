import Extracts

extension Table {
  /// The names of the fields whose heading every file had; none without a file.
  var fieldsInAllFiles: [String] {
    guard !files.isEmpty else { return [] }
    return definition.fields.indices.filter { hasHeading[$0] && !lacksHeading[$0] }.map {
      definition.fields[$0].name
    }
  }

  /// The files whose very bytes stand before them: one that was copied over another hides that the other is missing.
  var twins: [FileReport] {
    var seen: Set<String> = []
    return files.filter {
      $0.rowsChecked > 0 && !$0.sha256.isEmpty && !seen.insert($0.sha256).inserted
    }
  }

  /// How many files had rows, each counted once however often it was given.
  var filesWithRows: Int { files.count { $0.rowsChecked > 0 } - twins.count }

  /// How many rows stand in files that were given before.
  var repeatedRows: Int { twins.reduce(0) { $0 + $1.rowsChecked } }

  /// Whether each of them ended in a footer, and there is one.
  var hasFooters: Bool {
    filesWithRows > 0
      && files.allSatisfy { $0.rowsChecked == 0 || $0.footerCount > 0 }
  }
}
