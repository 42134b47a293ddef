import Expressions
import Extracts
import Rulebooks
import Threads
import Values

extension EvaluationContext {
  /// Works out the parameters, then the derived columns that are read, each after those it needs.
  mutating func prepare(threads: Int, overriding overrides: [Int: CheckedExpression] = [:]) {
    prepareParameters(overrides)
    prepare(derivedColumns(neededBy: rulebook.rules, rulebook.tables), threads: threads)
  }

  /// Recalculates what the given rules read and what the passing of time alone may change.
  mutating func prepareAgain(for rules: [Rule], threads: Int) {
    prepareParameters([:])
    var ageing = Ageing(rulebook)
    let columns = derivedColumns(neededBy: rules, []).filter { need in
      ageing.touches(table: need.table, column: need.column)
    }
    prepare(columns, threads: threads)
  }

  private mutating func prepare(_ columns: [DerivedColumnNeed], threads: Int) {
    for depth in 0..<(columns.map(\.depth).max().map { $0 + 1 } ?? 0) {
      let (small, large) = parts(of: columns.filter { $0.depth == depth })
      // Columns of small tables are not worth dividing: each is one thread's work.
      let context = self
      let done = inParallel(small.count, threads: threads) { context.values(small[$0], threads: 1) }
      for (part, values) in zip(small, done) { derived[part.source][part.column] = values }
      for part in large { derived[part.source][part.column] = values(part, threads: threads) }
    }
  }

  /// A column as it is worked out for this period's or last period's rows.
  private struct DerivedPart: Sendable {
    var table: Int
    var column: Int
    /// The table among this period's and, after them, last period's.
    var source: Int
    var rowCount: Int
  }

  private func parts(
    of columns: [DerivedColumnNeed]
  ) -> (small: [DerivedPart], large: [DerivedPart]) {
    let all = columns.flatMap { need in
      let (table, column) = (need.table, need.column)
      let now = DerivedPart(
        table: table, column: column, source: table, rowCount: dataset.tables[table].rowCount)
      return [now]
        + (dataset.earlier.map { earlier in
          [
            DerivedPart(
              table: table, column: column, source: table + Int(tableCount),
              rowCount: earlier[table].rowCount)
          ]
        } ?? [])
    }
    return (all.filter { $0.rowCount < 4_096 }, all.filter { $0.rowCount >= 4_096 })
  }

  /// Works out the parameters, which may use each other in any order.
  ///
  /// How deeply they may depend on one another is bounded; that many rounds settle them all.
  private mutating func prepareParameters(_ overrides: [Int: CheckedExpression]) {
    let expressions = rulebook.parameters.enumerated().map { overrides[$0.offset] ?? $0.element }
    parameters = Array(repeating: .unexplained, count: expressions.count)
    let rounds =
      expressions.contains { $0.node.contains(where: Self.isParameter) }
      ? min(expressions.count, Rulebook.greatestChain + 1) : 1
    for _ in 0..<rounds {
      for (number, expression) in expressions.enumerated() {
        parameters[number] = ExpressionCompiler(context: self).constant(expression)
      }
    }
  }

  private static func isParameter(_ node: CheckedExpression.Node) -> Bool {
    if case .parameter = node { return true }
    return false
  }

  /// A derived column that is read.
  private struct DerivedColumnNeed {
    var table: Int
    var column: Int
    /// How long the longest chain of derived columns is that it needs itself.
    var depth: Int
  }

  /// The derived columns that rules read, and the owners and constraints of tables.
  private func derivedColumns(
    neededBy rules: [Rule], _ tables: [RuleTable]
  ) -> [DerivedColumnNeed] {
    var needs: [DerivedColumnNeed] = []
    var places: [ExpressionUse: Int] = [:]
    /// Returns the depth of a column that needs all that this expression reads.
    func need(_ expression: CheckedExpression) -> Int {
      var depth = 0
      for case .derived(let table, let column) in expression.uses {
        let use = ExpressionUse.derived(table: table, column: column)
        if let known = places[use] {
          depth = max(depth, needs[known].depth + 1)
          continue
        }
        let own = need(rulebook.tables[table].derived[column].expression)
        places[use] = needs.count
        needs.append(DerivedColumnNeed(table: table, column: column, depth: own))
        depth = max(depth, own + 1)
      }
      return depth
    }
    for rule in rules { rule.forEachExpression { _ = need($0) } }
    for table in tables {
      table.owner.forEachExpression { _ = need($0) }
      for (_, condition) in table.mayBeAhead { _ = need(condition) }
    }
    return needs
  }

  private func values(_ part: DerivedPart, threads: Int) -> DerivedValues {
    let expression = rulebook.tables[part.table].derived[part.column].expression
    let step = ExpressionCompiler(context: self).compile(expression)
    let chunks = RowChunks(rowCount: part.rowCount).ranges
    let parts = inParallel(chunks.count, threads: threads) { number in
      dataset.spill?.relax()
      var frame = Frame(row: nil)
      let values = chunks[number].map { row in
        frame.set(0, .row(RowID(table: Int32(part.source), row: Int32(row))))
        return step(&frame)
      }
      return DerivedValues(values, of: expression.type)
    }
    return DerivedValues(joining: parts, in: dataset.spill)
  }
}

/// The rows of a table in pieces, each of a size that suits one thread at a time.
struct RowChunks {
  let ranges: [Range<Int>]

  /// Cuts a table into pieces: several even for a small one, since a rule may compare each row with
  /// many others.
  init(rowCount: Int) { self.init(rowCount: rowCount, size: min(max(rowCount / 8, 256), 8_192)) }

  init(rowCount: Int, size: Int) {
    ranges = stride(from: 0, to: rowCount, by: size).map { $0..<min($0 + size, rowCount) }
  }
}
