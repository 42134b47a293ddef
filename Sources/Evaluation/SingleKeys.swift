import Extracts
import Values

/// The keys of a column as numbers that are equal for equal values.
struct KeyParts: Sendable {
  let values: ColumnValues<Int64>
  /// The number that stands for an absent key.
  let absent: Int64

  init(_ column: Column, _ spill: ColumnSpill?) {
    switch column.storage {
    case .keys(let values):
      self.values = values
      absent = -1
    case .integers(let values), .datetimes(let values):
      self.values = values
      absent = .min
    case .strings, .dates, .times, .numbers, .booleans:
      values = ColumnValues(count: column.storage.count, in: spill) { values in
        for row in values.indices { values[row] = column.key(at: row) ?? .min }
      }
      absent = .min
    }
  }
}

/// Rows by a key of one field.
struct SingleKeys: Sendable {
  private enum Places: Sendable {
    /// Keys close together, such as keys given out in sequence: the row of each key from the least.
    case dense(least: Int64, rows: ColumnValues<Int32>)
    /// Open addressing: the row of a key is at the place given by its hash or after it.
    ///
    /// The size is a power of two.
    case hashed(rows: ColumnValues<Int32>, shift: UInt64)
    /// No row is ever looked up.
    case none
  }

  private let parts: KeyParts
  private let places: Places
  /// The rows whose key an earlier row has, each with the first such row.
  let repeats: [(row: Int32, first: Int32)]
  /// The rows without a key.
  let rowsWithoutKey: [Int32]

  /// Indexes the keys; without look-up, only repeated and missing keys are found.
  init(_ parts: KeyParts, isLookedUp: Bool, _ spill: ColumnSpill?) {
    self.parts = parts
    let (values, absent) = (parts.values, parts.absent)
    var (least, greatest) = (Int64.max, Int64.min)
    var without: [Int32] = []
    // The keys not greater than all keys before them; every repeated key is among them.
    var falling: [Int64] = []
    let most = isLookedUp ? 0 : values.count / 16
    for row in values.indices {
      let value = values[row]
      if value == absent {
        without.append(Int32(row))
      } else {
        if value <= greatest, falling.count <= most { falling.append(value) }
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    // Keys given out in sequence are mostly exported in that order, too.
    if !isLookedUp, falling.count <= most {
      places = .none
      repeats = falling.isEmpty ? [] : Self.repeats(values, absent, among: falling)
      rowsWithoutKey = without
      return
    }
    let count = values.count - without.count
    let (width, overflows) = greatest.subtractingReportingOverflow(least)
    let isDense = count > 0 && !overflows && width < Int64(count) * 4 + 64
    if count > 0, !isLookedUp {
      places = .none
      repeats =
        isDense
        ? Self.repeats(values, absent, width: Int(width) + 1) { Int($0 &- least) }
        : Self.repeats(values, absent)
      rowsWithoutKey = without
      return
    }
    var repeats: [(row: Int32, first: Int32)] = []
    places =
      isDense
      ? Self.dense(values, absent, least, width: Int(width) + 1, spill, repeats: &repeats)
      : Self.hashed(values, absent, count: count, spill, repeats: &repeats)
    self.repeats = repeats
    rowsWithoutKey = without
  }

  private static func dense(
    _ values: ColumnValues<Int64>, _ absent: Int64, _ least: Int64, width: Int,
    _ spill: ColumnSpill?, repeats: inout [(row: Int32, first: Int32)]
  ) -> Places {
    let rows = ColumnValues<Int32>(count: width, in: spill) { rows in
      for row in values.indices where values[row] != absent {
        note(row, at: Int(values[row] - least), in: &rows, &repeats)
      }
    }
    return .dense(least: least, rows: rows)
  }

  private static func hashed(
    _ values: ColumnValues<Int64>, _ absent: Int64, count: Int, _ spill: ColumnSpill?,
    repeats: inout [(row: Int32, first: Int32)]
  ) -> Places {
    var bits: UInt64 = 4
    while 1 << bits < count * 2 { bits += 1 }
    let shift = 64 - bits
    let rows = ColumnValues<Int32>(count: 1 << Int(bits), in: spill) { rows in
      let mask = rows.count &- 1
      for row in values.indices where values[row] != absent {
        var place = home(of: values[row], shift)
        while rows[place] > 0, values[Int(rows[place]) - 1] != values[row] {
          place = (place &+ 1) & mask
        }
        note(row, at: place, in: &rows, &repeats)
      }
    }
    return .hashed(rows: rows, shift: shift)
  }

  /// Gives a row its place, or notes that another row has it.
  @inline(__always)
  private static func note(
    _ row: Int, at place: Int, in rows: inout MutableSpan<Int32>,
    _ repeats: inout [(row: Int32, first: Int32)]
  ) {
    if rows[place] == 0 {
      rows[place] = Int32(row + 1)
    } else {
      repeats.append((Int32(row), rows[place] - 1))
    }
  }

  /// The rows whose key an earlier row has, found without storing a row for each key.
  ///
  /// There is a bit for each place, and rows are kept only for keys whose place is already taken.
  @inline(__always)
  private static func repeats(
    _ values: ColumnValues<Int64>, _ absent: Int64, width: Int, place: (Int64) -> Int
  ) -> [(row: Int32, first: Int32)] {
    var seen = BitArray(count: width)
    var again = BitArray(count: width)
    var isAnyAgain = false
    for row in values.indices where values[row] != absent {
      let place = place(values[row])
      if seen.insert(place) { continue }
      _ = again.insert(place)
      isAnyAgain = true
    }
    return isAnyAgain ? repeats(values, absent) { again.contains(place($0)) } : []
  }

  /// The same, where only some keys may repeat.
  @inline(__always)
  private static func repeats(
    _ values: ColumnValues<Int64>, _ absent: Int64, where mayRepeat: (Int64) -> Bool
  ) -> [(row: Int32, first: Int32)] {
    var repeats: [(row: Int32, first: Int32)] = []
    var firsts: [Int64: Int32] = [:]
    for row in values.indices where values[row] != absent {
      let key = values[row]
      guard mayRepeat(key) else { continue }
      if let first = firsts[key] {
        repeats.append((Int32(row), first))
      } else {
        firsts[key] = Int32(row)
      }
    }
    return repeats
  }

  /// The same, where only a few keys may repeat.
  private static func repeats(
    _ values: ColumnValues<Int64>, _ absent: Int64, among keys: [Int64]
  ) -> [(row: Int32, first: Int32)] {
    var bits: UInt64 = 10
    while 1 << bits < keys.count * 16 { bits += 1 }
    let shift = 64 - bits
    var places = BitArray(count: 1 << Int(bits))
    for key in keys { _ = places.insert(home(of: key, shift)) }
    return repeats(values, absent) { places.contains(home(of: $0, shift)) }
  }

  /// The same, for keys that lie far apart.
  ///
  /// With sixteen places for each key, few keys share a place.
  private static func repeats(_ values: ColumnValues<Int64>, _ absent: Int64)
    -> [(row: Int32, first: Int32)]
  {
    var bits: UInt64 = 10
    while 1 << bits < values.count * 16 { bits += 1 }
    let shift = 64 - bits
    return repeats(values, absent, width: 1 << Int(bits)) { home(of: $0, shift) }
  }

  /// The place of a key if no other key has it.
  @inline(__always)
  private static func home(of key: Int64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  /// The row with a key, plus one; 0 for none.
  @inline(__always)
  private static func place(
    of key: Int64, in rows: ColumnValues<Int32>, _ shift: UInt64, _ values: ColumnValues<Int64>
  ) -> Int32 {
    let mask = rows.count &- 1
    var place = home(of: key, shift)
    while rows[place] > 0, values[Int(rows[place]) - 1] != key { place = (place &+ 1) & mask }
    return rows[place]
  }

  /// The row with a key, plus one; 0 for none.
  @inline(__always)
  private static func place(of key: Int64, in rows: ColumnValues<Int32>, from least: Int64) -> Int32
  {
    let (place, overflows) = key.subtractingReportingOverflow(least)
    return !overflows && place >= 0 && place < rows.count ? rows[Int(place)] : 0
  }

  /// The first row with a key, or nil.
  func row(of key: Int64) -> Int32? {
    let row =
      switch places {
      case .dense(let least, let rows): Self.place(of: key, in: rows, from: least)
      case .hashed(let rows, let shift): Self.place(of: key, in: rows, shift, parts.values)
      case .none: Int32(0)
      }
    return row > 0 ? row - 1 : nil
  }

  /// The first row with each of some keys.
  func rows(of keys: KeyParts, missing: Int32, dangling: Int32, _ spill: ColumnSpill?)
    -> ColumnValues<Int32>
  {
    ColumnValues(count: keys.values.count, in: spill) { found in
      switch places {
      case .dense(let least, let rows):
        Self.fill(&found, keys, missing, dangling) { Self.place(of: $0, in: rows, from: least) }
      case .hashed(let rows, let shift):
        Self.fill(&found, keys, missing, dangling) {
          Self.place(of: $0, in: rows, shift, parts.values)
        }
      case .none: Self.fill(&found, keys, missing, dangling) { _ in 0 }
      }
    }
  }

  @inline(__always)
  private static func fill(
    _ found: inout MutableSpan<Int32>, _ keys: KeyParts, _ missing: Int32, _ dangling: Int32,
    _ place: (Int64) -> Int32
  ) {
    // The records of one child are mostly adjacent.
    var (last, lastRow) = (keys.absent, missing)
    for number in keys.values.indices {
      let key = keys.values[number]
      if key != last {
        let row = key == keys.absent ? 0 : place(key)
        (last, lastRow) = (key, row > 0 ? row - 1 : key == keys.absent ? missing : dangling)
      }
      found[number] = lastRow
    }
  }
}
