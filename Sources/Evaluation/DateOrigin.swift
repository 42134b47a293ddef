import Expressions
import Rulebooks
import WorkingTime

/// Follows an expression back to the cells from which it took a date.
///
/// It goes only where evaluation itself goes: through the elements that a list really holds, and
/// the branch that was chosen. A date that was worked out has no cell. Nor has one that was looked
/// for among all rows of a table: most are other children's, and each look would read them all.
struct DateOrigin {
  typealias Node = CheckedExpression.Node

  /// A cell that holds the date.
  struct Cell: Hashable {
    let row: RowID
    let field: Int
  }

  private let compiler: ExpressionCompiler
  private let day: CalendarDate
  /// The cells, each once, in the order in which they were found.
  private(set) var cells: [Cell] = []
  private var seen: Set<Cell> = []
  /// The `spans` whose periods are the elements of the enclosing loops, by their slots.
  private var periods: [Int: Node] = [:]

  /// Follows an expression that gives `day`, or a list with it, for a row.
  init(
    of day: CalendarDate, in expression: CheckedExpression, _ row: RowID,
    _ compiler: ExpressionCompiler
  ) {
    self.compiler = compiler
    self.day = day
    follow(expression.node, Frame(row: row))
  }

  /// The frame is a copy: what is followed may use its slots anew.
  private mutating func follow(_ node: Node, _ given: Frame) {
    var frame = given
    switch node {
    case .field(let owner, _, let field):
      guard !readsWholeTable(owner), case .row(let id) = compiler.compile(owner)(&frame),
        compiler.compile(node)(&frame).day == day
      else { return }
      let cell = Cell(row: id, field: field)
      if seen.insert(cell).inserted { cells.append(cell) }
    case .derived(let owner, let table, let column):
      guard !readsWholeTable(owner), case .row(let id) = compiler.compile(owner)(&frame),
        compiler.compile(node)(&frame).day == day
      else { return }
      let outer = periods
      periods = [:]
      let value = compiler.context.rulebook.tables[table].derived[column].expression
      follow(value.node, Frame(row: id))
      periods = outer
    case .conditional(let condition, let one, let other):
      if readsWholeTable(condition) { return }
      switch compiler.compileTest(condition)(&frame) {
      case .yes: follow(one, given)
      case .no: follow(other, given)
      case .absent: return
      }
    case .coalesce(let nodes):
      for part in nodes {
        if readsWholeTable(part) { return }
        if !compiler.compile(part)(&frame).isAbsent { return follow(part, given) }
      }
    case .list(let nodes), .call(.min, let nodes), .call(.max, let nodes),
      .call(.dateOf, let nodes):
      for part in nodes { follow(part, given) }
    case .index(let list, _), .listCall(_, let list, _): follow(list, given)
    case .loop(.map, let list, let slot, let body):
      guard !readsWholeTable(list), !readsWholeTable(body),
        case .list(let values) = compiler.compile(list)(&frame)
      else { return }
      let outer = periods
      periods[slot] = spans(in: list)
      let step = compiler.compile(body)
      for value in values {
        frame.set(slot, value)
        if step(&frame).day == day {
          // A loop within the step may have used a slot beyond its own.
          frame.set(slot, value)
          follow(body, frame)
        }
      }
      periods = outer
    // What chooses or orders dates leaves them as they are, and asks the same of equal ones.
    case .loop(_, let list, _, _): follow(list, given)
    case .periodPart(let part, let period):
      guard part != .rows, !readsWholeTable(period),
        case .spans(_, let slot, let start, let end)? = spans(in: period),
        case .period(let found) = compiler.compile(period)(&frame)
      else { return }
      for row in found.rows {
        frame.set(slot, row)
        follow(part == .start ? start : end, frame)
      }
    default: return
    }
  }

  private func readsWholeTable(_ node: Node) -> Bool {
    var isFound = false
    node.walk { if case .allRows = $0 { isFound = true } }
    return isFound
  }

  /// The `spans` that made a period or a list of periods, if it is evident.
  private func spans(in node: Node) -> Node? {
    switch node {
    case .spans: node
    case .variable(let slot): periods[slot]
    case .index(let list, _), .listCall(_, let list, _): spans(in: list)
    case .loop(.map, _, _, _): nil
    case .loop(_, let list, _, _): spans(in: list)
    default: nil
    }
  }
}
