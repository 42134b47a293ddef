import Values

extension Column {
  /// Takes over what is known of later rows besides their values.
  ///
  /// Where the other column writes its values in another way, each of its texts is kept as it is.
  mutating func takeNotes(of later: inout Column, in pool: StringPool, rows: Int) {
    keepTexts(of: &later, in: pool)
    texts.append(later.texts, rowsBefore: rows)
    for row in later.unreadable { unreadable.insert(row + Int32(rows)) }
  }

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
    var texts = KeptTexts()
    for row in 0..<later.storage.count {
      let text = later.text(at: row, in: pool)
      if !text.isEmpty { texts.keep(text.utf8Span.span, row: Int32(row)) }
    }
    later.texts = texts
  }
}

extension Column.Storage {
  /// How many values there are.
  public var count: Int {
    switch self {
    case .strings(let values), .dates(let values), .times(let values): values.count
    case .keys(let values), .integers(let values), .datetimes(let values): values.count
    case .numbers(let values): values.count
    case .booleans(let values): values.count
    }
  }
}

extension Column.Storage {
  /// The values, if they are of this size; none otherwise.
  fileprivate var narrow: ColumnValues<Int32> {
    switch self {
    case .strings(let values), .dates(let values), .times(let values): values
    default: []
    }
  }

  fileprivate var wide: ColumnValues<Int64> {
    switch self {
    case .keys(let values), .integers(let values), .datetimes(let values): values
    default: []
    }
  }

  fileprivate var doubles: ColumnValues<Double> {
    if case .numbers(let values) = self { values } else { [] }
  }

  fileprivate var bytes: ColumnValues<UInt8> {
    if case .booleans(let values) = self { values } else { [] }
  }
}

/// The values of a column while they are joined: of one type in all files of its table.
enum StorageJoin {
  case strings(ColumnJoin<Int32>)
  case keys(ColumnJoin<Int64>)
  case integers(ColumnJoin<Int64>)
  case numbers(ColumnJoin<Double>)
  case booleans(ColumnJoin<UInt8>)
  case dates(ColumnJoin<Int32>)
  case datetimes(ColumnJoin<Int64>)
  case times(ColumnJoin<Int32>)

  /// Makes room for this many values of the type of a storage.
  init(like storage: Column.Storage, count: Int, in spill: ColumnSpill?) {
    self =
      switch storage {
      case .strings: .strings(ColumnJoin(count: count, in: spill))
      case .keys: .keys(ColumnJoin(count: count, in: spill))
      case .integers: .integers(ColumnJoin(count: count, in: spill))
      case .numbers: .numbers(ColumnJoin(count: count, in: spill))
      case .booleans: .booleans(ColumnJoin(count: count, in: spill))
      case .dates: .dates(ColumnJoin(count: count, in: spill))
      case .datetimes: .datetimes(ColumnJoin(count: count, in: spill))
      case .times: .times(ColumnJoin(count: count, in: spill))
      }
  }

  /// Uses the room that some pieces stand in; nil where they cannot be joined there.
  init?(_ pieces: [ColumnPieces.Piece], in room: StorageRoom) {
    switch room {
    case .strings(let room):
      guard let join = ColumnJoin(pieces.map(\.column.storage.narrow), in: room) else { return nil }
      self = .strings(join)
    case .dates(let room):
      guard let join = ColumnJoin(pieces.map(\.column.storage.narrow), in: room) else { return nil }
      self = .dates(join)
    case .times(let room):
      guard let join = ColumnJoin(pieces.map(\.column.storage.narrow), in: room) else { return nil }
      self = .times(join)
    case .keys(let room):
      guard let join = ColumnJoin(pieces.map(\.column.storage.wide), in: room) else { return nil }
      self = .keys(join)
    case .integers(let room):
      guard let join = ColumnJoin(pieces.map(\.column.storage.wide), in: room) else { return nil }
      self = .integers(join)
    case .datetimes(let room):
      guard let join = ColumnJoin(pieces.map(\.column.storage.wide), in: room) else { return nil }
      self = .datetimes(join)
    case .numbers(let room):
      guard let join = ColumnJoin(pieces.map(\.column.storage.doubles), in: room) else {
        return nil
      }
      self = .numbers(join)
    case .booleans(let room):
      guard let join = ColumnJoin(pieces.map(\.column.storage.bytes), in: room) else { return nil }
      self = .booleans(join)
    }
  }

  /// Adds values whose texts have other numbers in the pool.
  ///
  /// The text that they call `n` has the number `numbers[n]`.
  func append(_ storage: Column.Storage, numbers: GrowingValues<Int32>) {
    switch (self, storage) {
    case (.strings(let join), .strings(let values)):
      join.append(values) { $0 < 0 ? -1 : numbers[Int($0)] }
    case (.keys(let join), .keys(let values)):
      if numbers.isEmpty {
        join.append(values)
      } else {
        join.append(values) { code in
          code < 0 || TextCode.isCode(code) ? code : Int64(numbers[Int(code)])
        }
      }
    case (.integers(let join), .integers(let values)): join.append(values)
    case (.numbers(let join), .numbers(let values)): join.append(values)
    case (.booleans(let join), .booleans(let values)): join.append(values)
    case (.dates(let join), .dates(let values)): join.append(values)
    case (.datetimes(let join), .datetimes(let values)): join.append(values)
    case (.times(let join), .times(let values)): join.append(values)
    default: preconditionFailure("a field has one type in all files of its table")
    }
  }

  func finish() -> Column.Storage {
    switch self {
    case .strings(let join): .strings(join.finish())
    case .keys(let join): .keys(join.finish())
    case .integers(let join): .integers(join.finish())
    case .numbers(let join): .numbers(join.finish())
    case .booleans(let join): .booleans(join.finish())
    case .dates(let join): .dates(join.finish())
    case .datetimes(let join): .datetimes(join.finish())
    case .times(let join): .times(join.finish())
    }
  }
}

/// Takes a value out of its place, so that two owners do not force a copy.
func exchange<T>(_ place: inout T, for other: T) -> T {
  let old = place
  place = other
  return old
}
