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
    let columns = derivedColumns(neededBy: rules, []).filter { table, column in
      ageing.touches(table: table, column: column)
    }
    prepare(columns, threads: threads)
  }

  private mutating func prepare(_ columns: [(table: Int, column: Int)], threads: Int) {
    for (table, column) in columns {
      let expression = rulebook.tables[table].derived[column].expression
      derived[table][column] = values(
        of: expression, table: Int32(table), rowCount: dataset.tables[table].rowCount,
        threads: threads)
      if let earlier = dataset.earlier {
        derived[table + Int(tableCount)][column] = values(
          of: expression, table: Int32(table) + tableCount, rowCount: earlier[table].rowCount,
          threads: threads)
      }
    }
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

  /// The derived columns that rules read, and the owners and constraints of tables, each after those
  /// that it reads itself.
  private func derivedColumns(
    neededBy rules: [Rule], _ tables: [RuleTable]
  ) -> [(table: Int, column: Int)] {
    var order: [(table: Int, column: Int)] = []
    var seen: Set<ExpressionUse> = []
    func need(_ expression: CheckedExpression) {
      for case .derived(let table, let column) in expression.uses {
        guard seen.insert(.derived(table: table, column: column)).inserted else { continue }
        need(rulebook.tables[table].derived[column].expression)
        order.append((table, column))
      }
    }
    for rule in rules { rule.forEachExpression(need) }
    for table in tables {
      table.owner.forEachExpression(need)
      for (_, condition) in table.mayBeAhead.sorted(by: { $0.key < $1.key }) { need(condition) }
    }
    return order
  }

  private func values(
    of expression: CheckedExpression, table: Int32, rowCount: Int, threads: Int
  ) -> DerivedValues {
    let step = ExpressionCompiler(context: self).compile(expression)
    let chunks = RowChunks(rowCount: rowCount).ranges
    let parts = inParallel(chunks.count, threads: threads) { number in
      dataset.spill?.relax()
      var frame = Frame(row: nil)
      let values = chunks[number].map { row in
        frame.set(0, .row(RowID(table: table, row: Int32(row))))
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
