import Exceptions
import Expressions
import Rulebooks
import Values

/// The owner of a row, compiled.
struct OwnerSteps: Sendable {
  private let team: Step?
  private let worker: Step?

  init(_ owner: Owner, compiler: ExpressionCompiler) {
    team = owner.team.map { compiler.compile($0) }
    worker = owner.worker.map { compiler.compile($0) }
  }

  func team(_ frame: inout Frame) -> TeamName {
    let name = team?(&frame).text ?? ""
    return name.allSatisfy(\.isWhitespace) ? .none : .named(name)
  }

  func worker(_ frame: inout Frame) -> String { worker?(&frame).text ?? "" }
}

/// The team of every row of a table, worked out once.
struct TeamColumn: Sendable {
  /// For each row the number of its team in `names`.
  let numbers: [Int32]
  let names: [TeamName]

  init(_ owner: OwnerSteps, table: Int32, rowCount: Int) {
    var frame = Frame(row: nil)
    var known: [TeamName: Int32] = [:]
    var names: [TeamName] = []
    numbers = (0..<Int32(rowCount)).map { row in
      frame.set(0, .row(RowID(table: table, row: row)))
      let team = owner.team(&frame)
      if let number = known[team] { return number }
      let number = Int32(names.count)
      known[team] = number
      names.append(team)
      return number
    }
    self.names = names
  }

  subscript(row: Int32) -> TeamName { names[Int(numbers[Int(row)])] }
}
