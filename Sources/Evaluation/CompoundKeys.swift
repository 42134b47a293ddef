import Extracts
import Values

/// Rows by a key of several fields.
struct CompoundKeys: Sendable {
  private let columns: [Column]
  /// Open addressing: the row of a key, plus one, is at the place given by its hash or after it.
  ///
  /// The size is a power of two; the table is empty if no row is ever looked up.
  private let places: ColumnValues<Int32>
  private let shift: UInt64
  /// The rows whose key an earlier row has, each with the first such row.
  let repeats: [(row: Int32, first: Int32)]
  /// The rows in which a part of the key is absent.
  let rowsWithoutKey: [Int32]

  /// Indexes the columns; without look-up, only repeated and missing keys are found.
  init(_ columns: [Column], rowCount: Int, isLookedUp: Bool, _ spill: ColumnSpill?) {
    self.columns = columns
    var bits: UInt64 = 4
    while 1 << bits < rowCount * 2 { bits += 1 }
    let shift = 64 - bits
    var repeats: [(row: Int32, first: Int32)] = []
    var without: [Int32] = []
    let places = ColumnValues<Int32>(count: 1 << Int(bits), in: spill) { places in
      let mask = places.count &- 1
      for row in 0..<rowCount {
        guard var place = Self.home(of: columns, at: row, shift) else {
          without.append(Int32(row))
          continue
        }
        while places[place] > 0, !Self.isSame(columns, at: row, as: Int(places[place]) - 1) {
          place = (place &+ 1) & mask
        }
        if places[place] == 0 {
          places[place] = Int32(row + 1)
        } else {
          repeats.append((Int32(row), places[place] - 1))
        }
      }
    }
    self.places = isLookedUp ? places : []
    self.shift = shift
    self.repeats = repeats
    rowsWithoutKey = without
  }

  /// The first row with a key of these parts, or nil.
  func row(of parts: [Int64]) -> Int32? {
    guard parts.count == columns.count else { return nil }
    var hash: UInt64 = 0
    for part in parts { hash = Self.mix(hash, part) }
    return row(from: Int(truncatingIfNeeded: hash &>> shift)) { row in
      for (column, part) in zip(columns, parts) where column.key(at: row) != part { return false }
      return true
    }
  }

  /// The first row with the key that a row of another table has in some columns.
  ///
  /// Returns `missing` if a part of that key is absent, and `dangling` if no row here has it.
  func row(ofKeyIn others: [Column], at other: Int, missing: Int32, dangling: Int32) -> Int32 {
    guard let home = Self.home(of: others, at: other, shift) else { return missing }
    let found = row(from: home) { row in
      for (column, key) in zip(columns, others)
      where column.key(at: row) != key.key(at: other) { return false }
      return true
    }
    return found ?? dangling
  }

  private func row(from home: Int, where holds: (Int) -> Bool) -> Int32? {
    if places.isEmpty { return nil }
    let mask = places.count &- 1
    var place = home
    while places[place] > 0 {
      if holds(Int(places[place]) - 1) { return places[place] - 1 }
      place = (place &+ 1) & mask
    }
    return nil
  }

  private static func isSame(_ columns: [Column], at row: Int, as other: Int) -> Bool {
    for column in columns where column.key(at: row) != column.key(at: other) { return false }
    return true
  }

  /// The place of a row's key if no other key has it; nil if a part of the key is absent.
  private static func home(of columns: [Column], at row: Int, _ shift: UInt64) -> Int? {
    var hash: UInt64 = 0
    for column in columns {
      guard let part = column.key(at: row) else { return nil }
      hash = mix(hash, part)
    }
    return Int(truncatingIfNeeded: hash &>> shift)
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ part: Int64) -> UInt64 {
    let word = (hash ^ UInt64(bitPattern: part)) &* 0x9E37_79B9_7F4A_7C15
    return word ^ (word &>> 32)
  }
}
