import Values

extension Column {
  /// Adds the values of later rows, whose texts have other numbers in the pool: `numbers[n]` is that of the text
  /// which they call `n`.
  mutating func append(_ later: consuming Column, numbers: [Int32], in pool: StringPool, rows: Int)
  {
    let start = rows
    keepTexts(of: &later, in: pool)
    if start == 0 {
      storage = later.storage.renumbered(numbers)
      texts = later.texts
      unreadable = later.unreadable
      return
    }
    storage.append(later.storage.renumbered(numbers))
    for (row, text) in later.texts { texts[row + Int32(start)] = text }
    for row in later.unreadable { unreadable.insert(row + Int32(start)) }
  }

  /// Where the other column writes its values in another way, each of its texts is kept as it is.
  private mutating func keepTexts(of later: inout Column, in pool: StringPool) {
    canonicalFormat = canonicalFormat ?? later.canonicalFormat
    decimals = decimals ?? later.decimals
    words = (words.true ?? later.words.true, words.false ?? later.words.false)
    let isAlike =
      (later.canonicalFormat ?? canonicalFormat) == canonicalFormat
      && (later.decimals ?? decimals) == decimals
      && (later.words.true ?? words.true) == words.true
      && (later.words.false ?? words.false) == words.false
    if isAlike { return }
    for row in 0..<later.storage.count where later.texts[Int32(row)] == nil {
      let text = later.text(at: row, in: pool)
      if !text.isEmpty { later.texts[Int32(row)] = text }
    }
  }
}

extension Column {
  /// Makes room for so many rows.
  mutating func reserve(_ count: Int) {
    switch exchange(&storage, for: .booleans([])) {
    case .strings(var values):
      values.reserveCapacity(count)
      storage = .strings(values)
    case .keys(var values):
      values.reserveCapacity(count)
      storage = .keys(values)
    case .integers(var values):
      values.reserveCapacity(count)
      storage = .integers(values)
    case .numbers(var values):
      values.reserveCapacity(count)
      storage = .numbers(values)
    case .booleans(var values):
      values.reserveCapacity(count)
      storage = .booleans(values)
    case .dates(var values):
      values.reserveCapacity(count)
      storage = .dates(values)
    case .datetimes(var values):
      values.reserveCapacity(count)
      storage = .datetimes(values)
    case .times(var values):
      values.reserveCapacity(count)
      storage = .times(values)
    }
  }
}

extension Column.Storage {
  var count: Int {
    switch self {
    case .strings(let values), .dates(let values), .times(let values): values.count
    case .keys(let values): values.count
    case .integers(let values), .datetimes(let values): values.count
    case .numbers(let values): values.count
    case .booleans(let values): values.count
    }
  }

  fileprivate consuming func renumbered(_ numbers: [Int32]) -> Column.Storage {
    switch self {
    case .strings(var values):
      for index in values.indices where values[index] >= 0 {
        values[index] = numbers[Int(values[index])]
      }
      return .strings(values)
    case .keys(var values) where !numbers.isEmpty:
      for index in values.indices where values[index] >= 0 && !TextCode.isCode(values[index]) {
        values[index] = Int64(numbers[Int(values[index])])
      }
      return .keys(values)
    default: return self
    }
  }

  fileprivate mutating func append(_ other: Column.Storage) {
    switch (exchange(&self, for: .booleans([])), other) {
    case (.strings(var values), .strings(let more)):
      values += more
      self = .strings(values)
    case (.keys(var values), .keys(let more)):
      values += more
      self = .keys(values)
    case (.dates(var values), .dates(let more)):
      values += more
      self = .dates(values)
    case (.times(var values), .times(let more)):
      values += more
      self = .times(values)
    case (.integers(var values), .integers(let more)):
      values += more
      self = .integers(values)
    case (.datetimes(var values), .datetimes(let more)):
      values += more
      self = .datetimes(values)
    case (.numbers(var values), .numbers(let more)):
      values += more
      self = .numbers(values)
    case (.booleans(var values), .booleans(let more)):
      values += more
      self = .booleans(values)
    default: preconditionFailure("a field has one type in all files of its table")
    }
  }
}

/// Takes a value out of its place, so that it is not there twice and copied.
func exchange<T>(_ place: inout T, for other: T) -> T {
  let old = place
  place = other
  return old
}
