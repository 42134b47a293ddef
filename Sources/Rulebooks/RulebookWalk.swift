public import Expressions

extension Rulebook {
  /// Visits every expression of the rulebook: of tables, parameters and rules.
  public func forEachExpression(_ visit: (CheckedExpression) -> Void) {
    for table in tables {
      for column in table.derived { visit(column.expression) }
      for (_, condition) in table.mayBeAhead.sorted(by: { $0.key < $1.key }) { visit(condition) }
      table.owner.forEachExpression(visit)
    }
    parameters.forEach(visit)
    for rule in rules { rule.forEachExpression(visit) }
  }

  /// Visits a step and all it is computed from, also by the derived columns and the parameters that
  /// it uses, each of these once.
  public func walk(
    _ node: CheckedExpression.Node, _ visit: (CheckedExpression.Node) -> Void
  ) {
    var seen: Set<[Int]> = []
    walk(node, &seen, visit)
  }

  private func walk(
    _ node: CheckedExpression.Node, _ seen: inout Set<[Int]>,
    _ visit: (CheckedExpression.Node) -> Void
  ) {
    node.walk { step in
      visit(step)
      switch step {
      case .derived(_, let table, let column) where seen.insert([table, column]).inserted:
        walk(tables[table].derived[column].expression.node, &seen, visit)
      case .parameter(let number) where seen.insert([number]).inserted:
        walk(parameters[number].node, &seen, visit)
      default: break
      }
    }
  }
}

extension Owner {
  /// Visits the expressions of the team and of the worker.
  public func forEachExpression(_ visit: (CheckedExpression) -> Void) {
    if let team { visit(team) }
    if let worker { visit(worker) }
  }
}

extension Rule {
  /// All expressions of the rule.
  public var expressions: [CheckedExpression] {
    var found: [CheckedExpression] = []
    forEachExpression { found.append($0) }
    return found
  }

  /// The expressions that decide its verdicts, without those of its messages and owner.
  public var judgingExpressions: [CheckedExpression] {
    var found: [CheckedExpression] = []
    forEachExpression(ifOnlyJudging: true) { found.append($0) }
    return found
  }

  /// Visits all expressions of the rule.
  public func forEachExpression(_ visit: (CheckedExpression) -> Void) {
    forEachExpression(ifOnlyJudging: false, visit)
  }

  private func forEachExpression(
    ifOnlyJudging isOnlyJudging: Bool, _ visit: (CheckedExpression) -> Void
  ) {
    func visitIfThere(_ expression: CheckedExpression?) {
      if let expression { visit(expression) }
    }
    visitIfThere(when)
    visitIfThere(lookBack)
    visitIfThere(active?.from)
    visitIfThere(active?.to)
    if !isOnlyJudging {
      owner?.forEachExpression(visit)
      for case .value(let expression) in message?.pieces ?? [] { visit(expression) }
    }
    switch kind {
    case .check(let check):
      visit(check.expression)
      if !isOnlyJudging { visitIfThere(check.marks) }
    case .deadline(let deadline):
      visitIfThere(deadline.from)
      visitIfThere(deadline.within)
      visitIfThere(deadline.due)
      visitIfThere(deadline.to)
      visitIfThere(deadline.dueSoon)
    case .repeating(let duty):
      visit(duty.from)
      visitIfThere(duty.until)
      visit(duty.events)
      visit(duty.every)
      visitIfThere(duty.first)
      visitIfThere(duty.dueSoon)
    case .limit(let limit):
      visitIfThere(limit.per)
      visitIfThere(limit.value)
      visitIfThere(limit.atMost)
      visitIfThere(limit.atLeast)
    }
  }
}
