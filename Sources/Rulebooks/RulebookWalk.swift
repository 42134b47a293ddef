public import Expressions

extension Rulebook {
  /// Visits every expression of the rulebook: of tables, parameters and rules.
  public func forEachExpression(_ visit: (CheckedExpression) -> Void) {
    for table in tables {
      for column in table.derived { visit(column.expression) }
      table.owner.expressions.forEach(visit)
    }
    parameters.forEach(visit)
    for rule in rules { rule.expressions.forEach(visit) }
  }
}

extension Owner {
  /// Its expressions.
  public var expressions: [CheckedExpression] { [team, worker].compactMap { $0 } }
}

extension Rule {
  /// All its expressions.
  public var expressions: [CheckedExpression] {
    var found = [when, lookBack, active?.from, active?.to].compactMap { $0 }
    found += owner?.expressions ?? []
    for case .value(let expression) in message?.pieces ?? [] { found.append(expression) }
    switch kind {
    case .check(let check):
      found += [check.expression, check.marks].compactMap { $0 }
    case .deadline(let deadline):
      found += [deadline.from, deadline.within, deadline.due, deadline.to, deadline.dueSoon]
        .compactMap { $0 }
    case .repeating(let duty):
      found += [duty.from, duty.until, duty.events, duty.every, duty.first, duty.dueSoon]
        .compactMap { $0 }
    case .limit(let limit):
      found += [limit.per, limit.value, limit.atMost, limit.atLeast].compactMap { $0 }
    }
    return found
  }
}
