import Diagnostics
import Expressions
import Extracts
import Values

/// Code lists that a field is held against and whose codes it can never have.
extension UnheldTexts {
  /// Warns of each field that is asked for a code of a list with which its own has none in common.
  func warnOfOtherLists() {
    rulebook.forEachExpression { expression in
      expression.node.walk { node in
        guard case .contains(let element, .codes(let number)) = node,
          let place = source(of: element)
        else { return }
        let field = rulebook.tables[place.table].definition.fields[place.field]
        let name = rulebook.schema.codeLists[number]
        guard let own = field.codes?.list, own != name, isApart(own, name) else { return }
        collector.warn(
          "`\(field.name)` has its codes from `\(own)`, which has none in common with `\(name)`: it is never in that list",
          at: Self.place(ofList: name, in: expression.source),
          advice: "Name the list that is meant, such as codes.\(own)")
      }
    }
  }

  /// Whether two lists that have codes share none.
  private func isApart(_ one: String, _ other: String) -> Bool {
    guard let one = codes[one], let other = codes[other], !one.isEmpty, !other.isEmpty else {
      return false
    }
    return Set(one).isDisjoint(with: other)
  }

  private static func place(ofList name: String, in source: ExpressionSource) -> SourcePosition {
    guard let found = source.text.firstRange(of: "codes.\(name)") else {
      return source.position(of: 0)
    }
    return source.position(of: source.text.unicodeScalars[..<found.lowerBound].count)
  }
}
