import ArgumentParser
import Foundation

/// How a command writes what it found on standard output.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case csv
  case json
}

extension Console {
  /// Writes bytes on standard output.
  static func say(_ bytes: [UInt8]) {
    try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
  }
}
