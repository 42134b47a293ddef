import Expressions
import Extracts
import Rulebooks

extension EvaluationContext {
  /// What a rule reads that is in no extract: it is then not evaluated, and the run says so once.
  ///
  /// An empty list in place of a missing table would find every visit missing, or every duplicate gone.
  func missingTables(of rule: Rule) -> [String] {
    var wanted: Set<Int> = [rule.table]
    var wantsEarlier = false
    var seen: Set<[Int]> = []
    func look(_ node: CheckedExpression.Node) {
      node.walk { step in
        switch step {
        case .children(_, let relation): wanted.insert(rulebook.schema.relations[relation].child)
        case .parent(_, let relation): wanted.insert(rulebook.schema.relations[relation].parent)
        case .allRows(let table, let isEarlier), .lookup(let table, let isEarlier, _):
          if isEarlier { wantsEarlier = true } else { wanted.insert(table) }
        case .derived(_, let table, let column):
          if seen.insert([table, column]).inserted {
            look(rulebook.tables[table].derived[column].expression.node)
          }
        default: break
        }
      }
    }
    for expression in rule.judgingExpressions { look(expression.node) }
    var missing = wanted.filter { dataset.tables[$0].files.isEmpty }.map {
      rulebook.schema.tables[$0].name
    }
    missing.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if wantsEarlier, dataset.earlier == nil { missing.append("last period (--earlier)") }
    return missing
  }
}

extension Rule {
  /// The expressions that its verdicts depend on: not those of its messages and its owner.
  fileprivate var judgingExpressions: [CheckedExpression] {
    var judging = self
    judging.message = nil
    judging.owner = nil
    if case .check(var check) = judging.kind {
      check.marks = nil
      judging.kind = .check(check)
    }
    return judging.expressions
  }
}
