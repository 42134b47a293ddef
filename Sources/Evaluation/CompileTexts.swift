import Expressions
import Extracts
import Values

// Texts of the extracts are numbers in the run's pool, and so are those that rules compare them
// with: whether two are the same needs no look at their bytes.

extension ExpressionCompiler {
  /// A column of texts that a node reads from this period's rows; nil for any other node.
  ///
  /// To be asked for last: its row is compiled.
  private func textColumn(_ node: Node) -> TextColumn? {
    guard case .field(let row, let table, let field) = node, context.dataset.earlier == nil,
      case .strings(let numbers) = context.dataset.tables[table].columns[field]?.storage
    else { return nil }
    return TextColumn(row: rowSource(row), numbers: numbers, field: field)
  }

  /// `field == "text"` and `field != "text"`, on either side; nil for any other comparison.
  func compileTextComparison(_ comparison: CheckedExpression.Comparison, _ a: Node, _ b: Node)
    -> Test?
  {
    guard comparison == .equal || comparison == .notEqual else { return nil }
    for (field, other) in [(a, b), (b, a)] {
      guard case .constant(.string(let text)) = other, let column = textColumn(field) else {
        continue
      }
      // No row has a text that the pool does not hold.
      let wanted = context.dataset.pool.existingNumber(of: text) ?? -2
      let isEqual = comparison == .equal
      return { frame in column.test(&frame) { ($0 == wanted) == isEqual } }
    }
    return nil
  }

  /// `field in ["a", "b"]` and `field in codes`; nil for any other list.
  func compileTextContains(_ element: Node, _ list: Node) -> Test? {
    var texts: [Text] = []
    switch list {
    case .codes(let number): texts = Array(context.codes[number])
    case .list(let nodes):
      for node in nodes {
        guard case .constant(.string(let text)) = node else { return nil }
        texts.append(text)
      }
    default: return nil
    }
    guard let column = textColumn(element) else { return nil }
    let pool = context.dataset.pool
    let wanted = texts.compactMap { pool.existingNumber(of: $0) }.sorted()
    if wanted.count <= 8 { return { frame in column.test(&frame) { wanted.contains($0) } } }
    let set = Set(wanted)
    return { frame in column.test(&frame) { set.contains($0) } }
  }
}

/// A column of texts, read for a row.
private struct TextColumn: Sendable {
  let row: RowSource
  let numbers: ColumnValues<Int32>
  let field: Int

  /// What holds of the text's number; absent, with its blame, where there is none.
  @inline(__always)
  func test(_ frame: inout Frame, _ holds: (Int32) -> Bool) -> Truth {
    switch row.value(&frame) {
    case .row(let id):
      let number = numbers[Int(id.row)]
      return number < 0 ? .absent(.field(field, of: id)) : Truth(holds(number))
    case let other: return .absent(other.blame ?? .none)
    }
  }
}
