/// What an absent value of a column is blamed on.
enum ColumnBlame: Sendable {
  /// The field itself.
  case field(Int)
  /// Whatever the value was to be worked out from.
  case derived(DerivedValues)

  /// The blame for a row whose number stands for absent.
  func blame(_ number: Int32, in row: RowID) -> Blame {
    switch self {
    case .field(let field): .field(field, of: row)
    case .derived(let values): values.blame(number)
    }
  }
}
