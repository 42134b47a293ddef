/// A list that is the same for every row judged.
///
/// The rows of a table are not put into an array, which would take as much memory as many columns.
enum WholeList: Sendable {
  case rows(table: Int32, count: Int)
  case values([Value])

  var count: Int {
    switch self {
    case .rows(_, let count): count
    case .values(let values): values.count
    }
  }

  subscript(place: Int) -> Value {
    switch self {
    case .rows(let table, _): .row(RowID(table: table, row: Int32(place)))
    case .values(let values): values[place]
    }
  }

  var elements: Elements {
    Elements { frame, take in
      for place in 0..<count where !take(self[place], &frame) { break }
      return nil
    }
  }
}
