import Exceptions
import Expressions
import Extracts
import Rulebooks

/// The exceptions that constraints, keys and references raised about cells, found by cell.
struct CellExceptions: Sendable {
  /// The exceptions of one constraint: the rows in order, each with its place in the list.
  private struct Group {
    let rows: [Int32]
    let places: [Int32]

    func place(of row: Int32) -> Int? {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low < rows.count && rows[low] == row ? Int(places[low]) : nil
    }
  }

  /// The groups by blame, with the row left out of the key.
  private var groups: [Blame: [Group]] = [:]
  /// File-level exceptions of a missing heading: by table and field, with the rows of the file.
  private var columns: [(table: Int32, rows: Range<Int>, field: Int32, place: Int)] = []

  init(_ listed: [ConstraintFindings.Listed], in context: EvaluationContext) {
    var start: Int32 = 0
    for item in listed {
      switch item {
      case .rows(let records, let kind, let foreignKey):
        var rows = records.map(\.row)
        var places = Array(start..<start + Int32(records.count))
        if zip(rows, rows.dropFirst()).contains(where: { $0 >= $1 }) {
          places.sort { records[Int($0 - start)].row < records[Int($1 - start)].row }
          rows.sort()
        }
        let group = Group(rows: rows, places: places)
        let table = RowID(table: kind.table, row: -1)
        if let foreignKey {
          groups[.foreignKey(foreignKey, of: table), default: []].append(group)
        }
        for field in kind.fields { groups[.field(field, of: table), default: []].append(group) }
      case .unread: break
      case .single(let exception, let field):
        guard let field, let number = context.rulebook.schema.tableNumber(exception.table) else {
          break
        }
        let table = context.dataset.tables[number]
        guard let file = table.files.firstIndex(where: { $0.path == exception.sourceFile }) else {
          break
        }
        columns.append((Int32(number), table.rows(ofFile: file), Int32(field), Int(start)))
      }
      start += Int32(item.count)
    }
  }

  /// The places in the list of the exceptions that a cell already has.
  func places(of blame: Blame) -> [Int] {
    var cell = blame
    cell.row = -1
    if let groups = groups[cell] {
      let found = groups.compactMap { $0.place(of: blame.row) }
      if !found.isEmpty { return found }
    }
    guard !columns.isEmpty else { return [] }
    return columns.filter {
      $0.table == blame.table && $0.field == blame.field && $0.rows.contains(Int(blame.row))
    }.map(\.place)
  }
}
