import Exceptions
import Expressions
import Extracts
import Rulebooks
import Values

/// The owner of a row, compiled.
struct OwnerSteps: Sendable {
  private let team: Step?
  private let worker: Step?
  /// The number of the team's text, if the team is read from a column; −1 where a row has none.
  let teamText: (@Sendable (Int) -> Int64)?
  /// The same for the worker's text.
  let workerText: (@Sendable (Int) -> Int64)?

  init(_ owner: Owner, compiler: ExpressionCompiler) {
    team = owner.team.map { compiler.compile($0) }
    teamText = owner.team.flatMap { compiler.textNumber($0.node) }
    worker = owner.worker.map { compiler.compile($0) }
    workerText = owner.worker.flatMap { compiler.textNumber($0.node) }
  }

  func team(_ frame: inout Frame) -> TeamName { Self.name(team?(&frame).text ?? "") }

  static func name(_ text: String) -> TeamName {
    text.allSatisfy(\.isWhitespace) ? .none : .named(text)
  }

  func worker(_ frame: inout Frame) -> String { worker?(&frame).text ?? "" }
}

extension ExpressionCompiler {
  /// The code or pool number of a text that a node reads from the judged row or its parent.
  ///
  /// −1 if the text is absent; nil for any other node.
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
