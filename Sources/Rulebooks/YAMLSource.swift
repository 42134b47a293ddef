import Diagnostics

/// The text of a YAML file by lines, which all nodes of the file share.
final class YAMLSource: Sendable {
  /// The path of the file, as diagnostics name it.
  let file: String
  private let text: String
  /// Where each line starts, in bytes from 0.
  private let starts: [Int]

  /// The lines with a ` #` and no blank after it: to YAML a comment, but perhaps meant as text.
  let linesWithTightHash: Set<Int>

  /// Splits a text into lines at line feeds alone, though Swift takes CRLF for one character.
  init(_ text: String, file: String) {
    self.file = file
    self.text = text
    var starts = [0]
    var tight: Set<Int> = []
    let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    var copy = text
    copy.withUTF8 { bytes in
      for index in bytes.indices {
        if unsafe bytes[index] == UInt8(ascii: "\n") {
          starts.append(index + 1)
        } else if unsafe bytes[index] == UInt8(ascii: "#"), index > 0, index + 1 < bytes.count,
          unsafe bytes[index - 1] == UInt8(ascii: " "), unsafe !blanks.contains(bytes[index + 1])
        {
          tight.insert(starts.count)
        }
      }
    }
    self.starts = starts
    linesWithTightHash = tight
  }

  /// How many lines there are; what follows the last line feed counts as one, even if empty.
  var lineCount: Int { starts.count }

  /// A place in the file, by its line and column from 1.
  func position(line: Int, column: Int) -> SourcePosition {
    SourcePosition(file: file, line: line, column: column)
  }

  /// A line by its number from 1, without its line feed; empty if there is no such line.
  func line(_ number: Int) -> String {
    guard starts.indices.contains(number - 1) else { return "" }
    let bytes = text.utf8
    let end = number < starts.count ? starts[number] - 1 : bytes.count
    let first = bytes.index(bytes.startIndex, offsetBy: starts[number - 1])
    return String(
      decoding: bytes[first..<bytes.index(bytes.startIndex, offsetBy: end)], as: UTF8.self)
  }
}
