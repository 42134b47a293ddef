import Foundation

/// Where the program speaks.
enum Console {
  /// Says something to people on standard output, each line without what could steer a terminal.
  ///
  /// Where nobody can be told, as on a full disk or a closed pipe, the lists and the exit code still
  /// say it: the run does not fail for that.
  static func say(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(printable(lines: text).utf8))
  }

  /// Hands a list to a program on standard output, as it is; on a terminal a person reads it after all.
  static func hand(_ list: [UInt8]) {
    guard isatty(FileHandle.standardOutput.fileDescriptor) == 0 else {
      return say(String(decoding: list, as: UTF8.self))
    }
    try? FileHandle.standardOutput.write(contentsOf: Data(list))
  }

  /// The same of a text.
  static func hand(_ list: String) { hand(Array(list.utf8)) }

  /// Says something on standard error.
  static func warn(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(printable(lines: text).utf8))
  }

  /// Draws on a terminal that standard error is: what it gets is ours alone, and meant to steer it.
  static func draw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  private static func printable(lines text: String) -> String {
    // By scalars: to Swift a carriage return and a line feed are one character.
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { printable(String($0)) }.joined(separator: "\n")
  }

  /// The text without what could steer a terminal: names of files and headings come from outside.
  static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isActedOn) else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      if isActedOn(scalar) {
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Whether a terminal acts on a character, or shows what stands around it in another order.
  static func isActedOn(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
