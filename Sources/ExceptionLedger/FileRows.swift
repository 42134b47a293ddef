internal import Foundation

/// The rows of the files of a table, as the ledger keeps them: a path may hold any character.
enum FileRows {
  static func text(_ rows: [String: Int]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(rows), as: UTF8.self)
  }

  /// None where the text is none of ours.
  static func rows(_ text: String) -> [String: Int] {
    (try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8))) ?? [:]
  }
}
