import Expressions
import Rulebooks

/// Says in plain English how derived columns are worked out.
struct DerivedInWords {
  let rulebook: Rulebook

  /// A sentence for each derived column that some expressions read, and for those that these read
  /// in turn, each once.
  ///
  /// A column of any table but that of the expressions is named with its table.
  func sentences(on expressions: [CheckedExpression], of table: Int) -> [String] {
    var sentences: [String] = []
    var seen: Set<[Int]> = []
    func look(_ expression: CheckedExpression) {
      var found: [(table: Int, column: Int)] = []
      expression.node.walk { node in
        if case .derived(_, let owner, let column) = node, seen.insert([owner, column]).inserted {
          found.append((owner, column))
        }
      }
      for (owner, number) in found {
        let column = rulebook.tables[owner].derived[number]
        let name = rulebook.schema.tables[owner].derived[number].name
        let place = owner == table ? "" : " of \(rulebook.schema.tables[owner].name)"
        let words = ExpressionEnglish(rulebook: rulebook).words(column.expression)
        sentences.append("\(name)\(place): \(words).")
        look(column.expression)
      }
    }
    for expression in expressions { look(expression) }
    return sentences
  }
}
