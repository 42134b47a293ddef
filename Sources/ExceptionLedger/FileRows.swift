internal import Foundation

/// The rows of the files of a table, as the ledger keeps them: a path may hold any character.
enum FileRows {
  static func text(_ rows: [String: Int]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(rows), as: UTF8.self)
  }

  static func rows(_ text: String) throws -> [String: Int] {
    guard let rows = try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8)),
      rows.values.allSatisfy(LedgerValues.counts.contains)
    else { throw ForeignValue() }
    return rows
  }
}
