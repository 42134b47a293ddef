import Exceptions
import Foundation

/// The rows of each file of a table, as the ledger keeps them.
///
/// They are kept as JSON, as a path may hold any character.
extension FileRows {
  private struct Kept: Codable {
    var path: String
    var rows: Int
  }

  static func text(of files: [FileRows]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let kept = files.map { Kept(path: $0.path, rows: $0.rows) }
    return String(decoding: try encoder.encode(kept), as: UTF8.self)
  }

  static func all(_ text: String) throws -> [FileRows] {
    let (decoder, data) = (JSONDecoder(), Data(text.utf8))
    let files: [FileRows]
    if let kept = try? decoder.decode([Kept].self, from: data) {
      files = kept.map { FileRows(path: $0.path, rows: $0.rows) }
    } else if let kept = try? decoder.decode([String: Int].self, from: data) {
      // The form that earlier versions wrote.
      files = kept.map { FileRows(path: $0.key, rows: $0.value) }
    } else {
      throw ForeignValue()
    }
    guard files.map(\.rows).allSatisfy(LedgerValues.counts.contains) else { throw ForeignValue() }
    return files
  }
}
