import Exceptions
import Values

/// The team of every row of a table, worked out once.
struct TeamColumn: Sendable {
  /// For each row the number of its team in `names`.
  let numbers: ColumnValues<Int32>
  let names: [TeamName]

  init(_ owner: OwnerSteps, table: Int32, rowCount: Int, pool: StringPool, spill: ColumnSpill?) {
    var known: [TeamName: Int32] = [:]
    var names: [TeamName] = []
    func number(of team: TeamName) -> Int32 {
      if let number = known[team] { return number }
      let number = Int32(names.count)
      known[team] = number
      names.append(team)
      return number
    }
    if let text = owner.teamText {
      var byText: [Int64: Int32] = [:]
      func numberOfTeam(_ text: Int64) -> Int32 {
        if let number = byText[text] { return number }
        let found = number(of: text < 0 ? .none : OwnerSteps.name(pool.text(ofCode: text).string))
        byText[text] = found
        return found
      }
      var last: (text: Int64, number: Int32)?
      numbers = ColumnValues(count: rowCount, in: spill) { numbers in
        for row in 0..<rowCount {
          let text = text(row)
          if last?.text != text {
            last = (text, numberOfTeam(text))
          }
          numbers[row] = last?.number ?? 0
        }
      }
    } else {
      var frame = Frame(row: nil)
      numbers = ColumnValues(count: rowCount, in: spill) { numbers in
        for row in 0..<Int32(rowCount) {
          frame.set(0, .row(RowID(table: table, row: row)))
          numbers[Int(row)] = number(of: owner.team(&frame))
        }
      }
    }
    self.names = names
  }

  subscript(row: Int32) -> TeamName { names[Int(numbers[Int(row)])] }
}
