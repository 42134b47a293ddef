import Extracts

/// The keys of a column as numbers that are the same for equal values.
struct KeyParts: Sendable {
  let values: [Int64]
  /// What stands for none.
  let absent: Int64

  init(_ column: Column) {
    switch column.storage {
    case .keys(let values):
      self.values = values
      absent = -1
    case .integers(let values), .datetimes(let values):
      self.values = values
      absent = .min
    case .strings(let values), .dates(let values), .times(let values):
      self.values = values.indices.map { column.key(at: $0) ?? .min }
      absent = .min
    case .numbers(let values):
      self.values = values.indices.map { column.key(at: $0) ?? .min }
      absent = .min
    case .booleans(let values):
      self.values = values.indices.map { column.key(at: $0) ?? .min }
      absent = .min
    }
  }
}

/// Rows by a key of one field.
struct SingleKeys: Sendable {
  private enum Places: Sendable {
    /// The keys lie close together, as those given one after the other do: the row of each, from the least on.
    case dense(least: Int64, rows: [Int32])
    /// Open addressing: the row of a key stands at the place that its hash gives or after it. A power of two.
    case hashed(rows: [Int32], shift: UInt64)
  }

  private let parts: KeyParts
  private let places: Places
  /// The rows whose key a row before them has, with the first such row.
  let repeats: [(row: Int32, first: Int32)]
  /// The rows without a key.
  let rowsWithoutKey: [Int32]

  init(_ parts: KeyParts) {
    self.parts = parts
    var (least, greatest) = (Int64.max, Int64.min)
    var without: [Int32] = []
    for (row, value) in parts.values.enumerated() {
      if value == parts.absent {
        without.append(Int32(row))
      } else {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    let count = parts.values.count - without.count
    var repeats: [(row: Int32, first: Int32)] = []
    let (width, overflows) = greatest.subtractingReportingOverflow(least)
    if count > 0, !overflows, width < Int64(count) * 4 + 64 {
      var rows = [Int32](repeating: -1, count: Int(width) + 1)
      for (row, value) in parts.values.enumerated() where value != parts.absent {
        let place = Int(value - least)
        if rows[place] < 0 {
          rows[place] = Int32(row)
        } else {
          repeats.append((Int32(row), rows[place]))
        }
      }
      places = .dense(least: least, rows: rows)
    } else {
      var bits: UInt64 = 4
      while 1 << bits < count * 2 { bits += 1 }
      let shift = 64 - bits
      var rows = [Int32](repeating: -1, count: 1 << Int(bits))
      for (row, value) in parts.values.enumerated() where value != parts.absent {
        let place = Self.place(of: value, in: rows, shift, parts.values)
        if rows[place] < 0 {
          rows[place] = Int32(row)
        } else {
          repeats.append((Int32(row), rows[place]))
        }
      }
      places = .hashed(rows: rows, shift: shift)
    }
    self.repeats = repeats
    rowsWithoutKey = without
  }

  /// Where the row with a key stands, or the free place where it would.
  @inline(__always)
  private static func place(
    of key: Int64, in rows: [Int32], _ shift: UInt64, _ values: [Int64]
  ) -> Int {
    let mask = rows.count &- 1
    var place = Int(
      truncatingIfNeeded: (UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    while rows[place] >= 0, values[Int(rows[place])] != key { place = (place &+ 1) & mask }
    return place
  }

  /// The first row with a key, or nil.
  func row(of key: Int64) -> Int32? {
    let row: Int32
    switch places {
    case .dense(let least, let rows):
      let (place, overflows) = key.subtractingReportingOverflow(least)
      guard !overflows, place >= 0, place < rows.count else { return nil }
      row = rows[Int(place)]
    case .hashed(let rows, let shift):
      row = rows[Self.place(of: key, in: rows, shift, parts.values)]
    }
    return row < 0 ? nil : row
  }

  /// The first row with each of some keys.
  func rows(of keys: KeyParts, missing: Int32, dangling: Int32) -> [Int32] {
    var found = [Int32](repeating: missing, count: keys.values.count)
    // The records of one child mostly stand together.
    var (last, lastRow) = (keys.absent, missing)
    switch places {
    case .dense(let least, let rows):
      for (number, key) in keys.values.enumerated() where key != keys.absent {
        if key != last {
          let (place, overflows) = key.subtractingReportingOverflow(least)
          let row = !overflows && place >= 0 && place < rows.count ? rows[Int(place)] : -1
          (last, lastRow) = (key, row < 0 ? dangling : row)
        }
        found[number] = lastRow
      }
    case .hashed(let rows, let shift):
      for (number, key) in keys.values.enumerated() where key != keys.absent {
        if key != last {
          let row = rows[Self.place(of: key, in: rows, shift, parts.values)]
          (last, lastRow) = (key, row < 0 ? dangling : row)
        }
        found[number] = lastRow
      }
    }
    return found
  }
}
