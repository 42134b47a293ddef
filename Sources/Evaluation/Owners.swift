import Exceptions
import Expressions
import Extracts
import Rulebooks
import Values

/// The owner of a row, compiled.
struct OwnerSteps: Sendable {
  private let team: Step?
  private let worker: Step?
  /// What stands for the team's text, where the team is read from a column; −1 without one.
  fileprivate let teamText: (@Sendable (Int) -> Int64)?
  /// The same for the worker.
  fileprivate let workerText: (@Sendable (Int) -> Int64)?

  init(_ owner: Owner, compiler: ExpressionCompiler) {
    team = owner.team.map { compiler.compile($0) }
    teamText = owner.team.flatMap { compiler.textNumber($0.node) }
    worker = owner.worker.map { compiler.compile($0) }
    workerText = owner.worker.flatMap { compiler.textNumber($0.node) }
  }

  func team(_ frame: inout Frame) -> TeamName { Self.name(team?(&frame).text ?? "") }

  fileprivate static func name(_ text: String) -> TeamName {
    text.allSatisfy(\.isWhitespace) ? .none : .named(text)
  }

  func worker(_ frame: inout Frame) -> String { worker?(&frame).text ?? "" }
}

extension ExpressionCompiler {
  /// What stands for a text (its code, or its number in the pool) that a node reads from the row judged or from its parent, −1 where there
  /// is none; nil for any other node.
  fileprivate func textNumber(_ node: Node) -> (@Sendable (Int) -> Int64)? {
    switch node {
    case .field(.variable(0), let table, let field):
      guard let column = context.dataset.tables[table].columns[field], column.holdsTexts
      else { return nil }
      return { column.textCode(at: $0) }
    case .field(.parent(.variable(0), let relation), let table, let field):
      guard let column = context.dataset.tables[table].columns[field], column.holdsTexts
      else { return nil }
      let parents = context.relations[relation].parents
      return { row in
        let parent = parents[row]
        return parent < 0 ? -1 : column.textCode(at: Int(parent))
      }
    case .coalesce(let nodes):
      let parts = nodes.compactMap { textNumber($0) }
      guard parts.count == nodes.count else { return nil }
      return { row in
        for part in parts {
          let number = part(row)
          if number >= 0 { return number }
        }
        return -1
      }
    default: return nil
    }
  }
}

/// The workers of rows, written behind other bytes.
struct WorkerTexts: Sendable {
  private let owner: OwnerSteps
  private let pool: StringPool

  init(_ owner: OwnerSteps, in pool: StringPool) {
    self.owner = owner
    self.pool = pool
  }

  /// What stands for the worker of a row of the owner's table, where it is read from a column; −1 without one.
  var code: (@Sendable (Int) -> Int64)? { owner.workerText }

  /// Writes a worker that a code stands for.
  func append(code: Int64, to bytes: inout [UInt8]) {
    if code >= 0 { pool.append(textOfCode: code, to: &bytes) }
  }

  /// Writes the worker of a row of the owner's table; nothing where none is named.
  func append(_ row: RowID, to bytes: inout [UInt8]) {
    if let code {
      append(code: code(Int(row.row)), to: &bytes)
    } else {
      var frame = Frame(row: row)
      bytes.append(contentsOf: owner.worker(&frame).utf8)
    }
  }
}

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
