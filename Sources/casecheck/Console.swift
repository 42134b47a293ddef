import Foundation

/// Where the program speaks.
enum Console {
  /// Says something on standard output.
  ///
  /// Where nobody can be told, as on a full disk or a closed pipe, the lists and the exit code still
  /// say it: the run does not fail for that.
  static func say(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }

  /// Says something on standard error.
  static func warn(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// The text without what could steer a terminal: names of files and headings come from outside.
  static func printable(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
