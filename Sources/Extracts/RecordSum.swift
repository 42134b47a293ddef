import Digests

/// A sum of a file's records: the same for the same records in any order, under any title, with
/// their columns in any order and in any encoding.
///
/// Each cell counts with the name of its column, and an empty one like a column that is not there.
/// Columns that no field names count too: what differs there was exported anew.
struct RecordSum: Sendable {
  /// By column.
  private var seeds: [UInt64] = []
  private var sum: UInt64 = 0

  /// Counts the records to come under these headings.
  mutating func use(_ headings: Headings, _ definition: TableDefinition) {
    seeds = headings.texts.indices.map { column in
      guard let field = headings.fields[column], headings.columns[field].first == column else {
        return Self.seed("heading \(normalHeading(headings.texts[column]))")
      }
      return Self.seed("field \(definition.fields[field].name)")
    }
  }

  private static func seed(_ name: String) -> UInt64 {
    UInt64(SHA256Digester.sha256(name).prefix(16), radix: 16) ?? 0
  }

  /// Counts all rows of a batch.
  mutating func add(_ batch: borrowing RowBatch, _ bytes: Span<UInt8>) {
    guard batch.width == seeds.count else { return }
    sum &+= bytes.recordSum(of: batch.fields, rows: batch.count, seeds: seeds)
  }

  /// Counts a record.
  mutating func add(_ record: borrowing Record) {
    guard record.count == seeds.count else { return }
    sum &+= record.bytes.span.recordSum(of: record.fields, rows: 1, seeds: seeds)
  }

  /// Counts a record that was rejected, by its text.
  mutating func add(rejected text: String) {
    let bytes = text.utf8Span.span
    let field = Record.Field(start: 0, end: Int32(truncatingIfNeeded: bytes.count))
    sum &+= bytes.recordSum(of: [field], rows: 1, seeds: [Self.seed("rejected")])
  }

  /// Counts what a later part of the file has.
  mutating func append(_ later: RecordSum) { sum &+= later.sum }

  /// Begins at nothing.
  mutating func clear() { sum = 0 }

  /// The sum in 16 hexadecimal digits.
  var digits: String {
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
