import Exceptions
import Expressions
import Rulebooks
import Values

/// Judges a `limit`: an aggregate of each group of rows is compared with a bound.
final class LimitJudge: Sendable {
  /// A group and the verdict on it.
  struct Group: Sendable {
    /// The value that its rows share, as text; `(all)` for the one group of a limit without `per`.
    var name: String
    var rows: [Int32]
    /// Its first row; nil where it has none.
    var firstRow: Int32? { rows.first }
    var value: Value
    /// The broken bound, or one that holds.
    var bound: Value
    var verdict: Verdict
    /// The first rows of it and of the groups called the same in other words, where each holds and
    /// all together would not.
    var divided: [Int32] = []
  }

  private let per: Step?
  /// Whether the groups are people's names, which no list quotes.
  private let isByName: Bool
  private let value: Step
  /// Whether the value is made of counts and sums, which are 0 for no rows.
  private let isOfCounts: Bool
  private let atMost: Step?
  private let atLeast: Step?
  /// The parts of the value and the bounds that depend on a row.
  ///
  /// They are evaluated for a group's first row and must give the same for all of its rows.
  private let shared: [Shared]

  private struct Shared: Sendable {
    var step: Step
    /// The fields of the row that it reads; if rows differ, one of them is to blame.
    var fields: [Int]
  }

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
      .flatMap { Self.partsOfARow($0.node) }.map { node in
        var fields: [Int] = []
        node.walk { if case .field(.variable(0), _, let field) = $0 { fields.append(field) } }
        return Shared(step: compiler.compile(node), fields: fields)
      }
  }

  /// The largest parts that read the row and contain no aggregate.
  ///
  /// An aggregate is worked out once for a group.
  private static func partsOfARow(_ node: CheckedExpression.Node) -> [CheckedExpression.Node] {
    if case .aggregate = node { return [] }
    guard node.contains(where: { if case .aggregate = $0 { true } else { false } }) else {
      return node.contains { if case .variable(0) = $0 { true } else { false } } ? [node] : []
    }
    return node.parts.flatMap(partsOfARow)
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
    var groups = order.map { name in
      group(shown(name), rows: rows[name] ?? [], table: table, &frame)
    }
    if per != nil { markDivided(&groups, called: order, table: table, &frame) }
    return (groups, blocked)
  }

  /// The names of the groups of all rows, whether the rule admits them or not, as in lists.
  func names(table: Int32, rowCount: Int) -> Set<Text> {
    guard let per else { return [] }
    var frame = Frame(row: nil)
    var names: Set<Text> = []
    for row in 0..<Int32(rowCount) {
      frame.set(0, .row(RowID(table: table, row: row)))
      let group = per(&frame)
      if !group.isAbsent { names.insert(Text(shown(Text(group.text)))) }
    }
    return names
  }

  /// Marks the groups that hold only because some of their rows name them in other words.
  ///
  /// A carer who is `0012` in three records and `12` in a fourth would have one child too many.
  private func markDivided(
    _ groups: inout [Group], called names: [Text], table: Int32, _ frame: inout Frame
  ) {
    var alike: [BareKey: [Int]] = [:]
    for (place, name) in names.enumerated() {
      if let bare = BareKey(name.string) { alike[bare, default: []].append(place) }
    }
    // One that fails by itself is listed, and hides nothing.
    for places in alike.values
    where places.count > 1 && places.allSatisfy({ groups[$0].verdict.status == .met }) {
      let rows = places.flatMap { groups[$0].rows }.sorted()
      // Groups with bounds of their own are not one.
      guard group("", rows: rows, table: table, &frame).verdict.status == .failed else { continue }
      let firsts = places.compactMap { groups[$0].firstRow }.sorted()
      for place in places { groups[place].divided = firsts }
    }
  }

  /// The group's name in lists; a person's name is replaced by a digest that tells groups apart.
  private func shown(_ name: Text) -> String {
    guard isByName else { return name.string }
    let digest = hexDigits(stableHash(name.string.utf8), short: true)
    return "\(RecordNames.notShown) \(digest)"
  }

  /// The cell of the first row for which the limit would differ from that of the group's first row.
  ///
  /// Nil if the limit is the same for all rows.
  private func difference(among rows: [Int32], _ table: Int32, _ frame: inout Frame) -> Blame? {
    guard let firstRow = rows.first, rows.count > 1 else { return nil }
    let first = RowID(table: table, row: firstRow)
    defer { frame.set(0, .row(first)) }
    for part in shared {
      frame.set(0, .row(first))
      let known = part.step(&frame)
      for row in rows.dropFirst() {
        let id = RowID(table: table, row: row)
        frame.set(0, .row(id))
        let value = part.step(&frame)
        if known.isAbsent ? value.isAbsent : Value.areEqual(known, value) { continue }
        return part.fields.first.map { .field($0, of: id) } ?? Blame.none
      }
    }
    return nil
  }

  private func group(_ name: String, rows: [Int32], table: Int32, _ frame: inout Frame) -> Group {
    frame.group = rows
    frame.set(0, rows.first.map { .row(RowID(table: table, row: $0)) } ?? .unexplained)
    if let blame = difference(among: rows, table, &frame) {
      return Group(
        name: name, rows: rows, value: .unexplained, bound: .unexplained,
        verdict: .cannotJudge(.differs, blame))
    }
    var found = value(&frame)
    // Over no rows, a limit on the whole table made of counts and sums is 0, even if it is a share
    // of them. An average of nothing stays absent.
    if per == nil, rows.isEmpty, found.isAbsent, isOfCounts { found = .int(0) }
    var group = Group(
      name: name, rows: rows, value: found, bound: .unexplained,
      verdict: Verdict(.met))
    if found.isAbsent {
      group.verdict = .cannotJudge(.absent, found.blame ?? .none)
      return group
    }
    var unknown: Verdict?
    for (bound, isUpper) in [(atMost, true), (atLeast, false)] {
      guard let limit = bound?(&frame) else { continue }
      guard !limit.isAbsent, let order = Value.order(found, limit) else {
        // A bound that is not known does not excuse breaking the other bound.
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
