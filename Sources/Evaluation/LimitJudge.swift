import Exceptions
import Expressions
import Rulebooks
import Values

/// Judges a `limit`: the rows are put into groups, and an aggregate of each group is held against a bound.
final class LimitJudge: Sendable {
  /// A group and what became of it.
  struct Group: Sendable {
    /// The value that its rows share, as text; `(all)` for the one group of a limit without `per`.
    var name: String
    /// Its first row; nil where it has none.
    var firstRow: Int32?
    var value: Value
    /// The bound that is broken, or the one that holds.
    var bound: Value
    var verdict: Verdict
  }

  private let per: Step?
  /// Whether the groups are people's names, which no list quotes.
  private let isByName: Bool
  private let value: Step
  /// Whether the value is made of counts and sums, which are 0 over no rows.
  private let isOfCounts: Bool
  private let atMost: Step?
  private let atLeast: Step?
  /// What of a row the value and the bounds read outside the aggregates: of a group that is one value, or none.
  private let shared: [(step: Step, field: Int?)]

  init(_ limit: Limit, compiler: ExpressionCompiler) {
    per = limit.per.map { compiler.compile($0) }
    isByName = limit.per.map { compiler.context.readsName($0.node) } ?? false
    value = compiler.compile(limit.value)
    isOfCounts = !limit.value.node.contains {
      if case .aggregate(let aggregate, _) = $0 {
        [.average, .min, .max].contains(aggregate)
      } else {
        false
      }
    }
    atMost = limit.atMost.map { compiler.compile($0) }
    atLeast = limit.atLeast.map { compiler.compile($0) }
    shared = [limit.value, limit.atMost, limit.atLeast].compactMap(\.self)
      .flatMap { Self.readsOutsideAggregates($0.node) }.map { node in
        if case .field(.variable(0), _, let field) = node { return (compiler.compile(node), field) }
        return (compiler.compile(node), nil)
      }
  }

  private static func readsOutsideAggregates(
    _ node: CheckedExpression.Node
  ) -> [CheckedExpression.Node] {
    switch node {
    case .aggregate: []
    case .field(let row, _, _), .derived(let row, _, _): isRow(row) ? [node] : []
    default: node.parts.flatMap(readsOutsideAggregates)
    }
  }

  /// Whether a node is the row judged, or one that it refers to.
  private static func isRow(_ node: CheckedExpression.Node) -> Bool {
    switch node {
    case .variable(0): true
    case .parent(let below, _): isRow(below)
    default: false
    }
  }

  /// Groups the rows that a rule admits and judges the groups in the order of their first rows.
  func judge(_ compiled: CompiledRule, table: Int32, rowCount: Int) -> (
    groups: [Group], blocked: [(row: Int32, blame: Blame)]
  ) {
    guard compiled.isActive else { return ([], []) }
    var frame = Frame(row: nil)
    var order: [Text] = []
    var rows: [Text: [Int32]] = [:]
    var blocked: [(row: Int32, blame: Blame)] = []
    for row in 0..<Int32(rowCount) {
      frame.set(0, .row(RowID(table: table, row: row)))
      switch compiled.admission(&frame) {
      case .leftOut: continue
      case .blocked(let blame):
        blocked.append((row, blame))
        continue
      case .judged: break
      }
      var name: Text = "(all)"
      if let per {
        let group = per(&frame)
        guard !group.isAbsent else {
          blocked.append((row, group.blame ?? .none))
          continue
        }
        name = Text(group.text)
      }
      if rows[name] == nil { order.append(name) }
      rows[name, default: []].append(row)
    }
    if per == nil, order.isEmpty { order = ["(all)"] }
    let groups = order.map { name in
      group(shown(name), rows: rows[name] ?? [], table: table, &frame)
    }
    return (groups, blocked)
  }

  /// The group's name in lists: for a person's name a digest, by which two groups are told apart.
  private func shown(_ name: Text) -> String {
    guard isByName else { return name.string }
    let digest = hexDigits(stableHash(name.string.utf8), short: true)
    return "\(RecordNames.notShown) \(digest)"
  }

  /// The cell of a row that says of its group something other than the first row does.
  private func difference(among rows: [Int32], _ table: Int32, _ frame: inout Frame) -> Blame? {
    defer { frame.set(0, rows.first.map { .row(RowID(table: table, row: $0)) } ?? .unexplained) }
    for (step, field) in shared {
      var first: Value?
      for row in rows {
        let id = RowID(table: table, row: row)
        frame.set(0, .row(id))
        let value = step(&frame)
        guard let known = first else {
          first = value
          continue
        }
        if known.isAbsent, value.isAbsent || Value.areEqual(known, value) { continue }
        if !Value.areEqual(known, value) { return field.map { .field($0, of: id) } ?? Blame.none }
      }
    }
    return nil
  }

  private func group(_ name: String, rows: [Int32], table: Int32, _ frame: inout Frame) -> Group {
    frame.group = rows
    frame.set(0, rows.first.map { .row(RowID(table: table, row: $0)) } ?? .unexplained)
    if let blame = difference(among: rows, table, &frame) {
      return Group(
        name: name, firstRow: rows.first, value: .unexplained, bound: .unexplained,
        verdict: .cannotJudge(.differs, blame))
    }
    var found = value(&frame)
    // Over no rows a limit on the whole table is 0, also where it is a share; an average of nothing is not.
    if per == nil, rows.isEmpty, found.isAbsent, isOfCounts { found = .int(0) }
    var group = Group(
      name: name, firstRow: rows.first, value: found, bound: .unexplained,
      verdict: Verdict(.met))
    if found.isAbsent {
      group.verdict = .cannotJudge(.absent, found.blame ?? .none)
      return group
    }
    var unknown: Verdict?
    for (bound, isUpper) in [(atMost, true), (atLeast, false)] {
      guard let limit = bound?(&frame) else { continue }
      guard !limit.isAbsent, let order = Value.order(found, limit) else {
        // A bound that is not known does not save what breaks the other.
        unknown = unknown ?? .cannotJudge(.absent, limit.blame ?? .none)
        continue
      }
      group.bound = limit
      if isUpper ? order > 0 : order < 0 {
        group.verdict = Verdict(.failed)
        return group
      }
    }
    if let unknown { group.verdict = unknown }
    return group
  }
}
