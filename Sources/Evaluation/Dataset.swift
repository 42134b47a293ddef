public import Extracts
public import Values

/// The tables of a run, typed, with last period's where they were given.
public struct Dataset: Sendable {
  /// This period's tables, by their numbers in the schema; one without a file has no rows.
  public var tables: [Table]
  /// Last period's; nil where none were given.
  public var earlier: [Table]?
  /// The texts of all of them.
  public var pool: StringPool
  /// Lends memory for values worked out from the tables.
  public var spill: ColumnSpill?

  /// Puts tables together.
  public init(tables: [Table], earlier: [Table]?, pool: StringPool, spill: ColumnSpill? = nil) {
    self.tables = tables
    self.earlier = earlier
    self.pool = pool
    self.spill = spill
  }

  /// The table of a row number: last period's tables are numbered after this period's.
  func table(_ number: Int32) -> Table? { withTable(number) { $0 } }

  /// Whether there is a table of a row number.
  func hasTable(_ number: Int32) -> Bool { withTable(number) { _ in true } ?? false }

  /// What a table of a row number gives; nil if there is none.
  ///
  /// A copy of a table counts many references, too many for each cell of a list.
  @inline(__always)
  func withTable<Result>(_ number: Int32, _ body: (Table) -> Result?) -> Result? {
    let index = Int(number)
    // An absent value with nothing to blame has no table.
    if index < 0 { return nil }
    if index < tables.count { return body(tables[index]) }
    guard let earlier, index - tables.count < earlier.count else { return nil }
    return body(earlier[index - tables.count])
  }
}

extension Column {
  /// A number that is the same for equal values of one type; nil if the value in the row is absent.
  func key(at row: Int) -> Int64? {
    switch storage {
    case .strings(let values): values[row] < 0 ? nil : Int64(values[row])
    case .keys(let values): values[row] < 0 ? nil : values[row]
    case .integers(let values): values[row] == .min ? nil : values[row]
    case .numbers(let values):
      values[row].isNaN ? nil : Int64(bitPattern: (values[row] + 0).bitPattern)
    case .booleans(let values): values[row] > 1 ? nil : Int64(values[row])
    case .dates(let values): values[row] == .min ? nil : Int64(values[row])
    case .datetimes(let values): values[row] == .min ? nil : values[row]
    case .times(let values): values[row] < 0 ? nil : Int64(values[row])
    }
  }
}
