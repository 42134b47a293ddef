import Expressions
import Extracts
import Values

// Texts of the extracts, and those that rules compare them with, are numbers in the run's pool;
// those of derived columns are numbers in a pool of the column. Whether two are the same can be
// told without reading their bytes.

extension ExpressionCompiler {
  /// A column of texts that a node reads from this period's rows; nil for any other node.
  ///
  /// Ask for it last, because it compiles the row.
  private func textColumn(_ node: Node) -> TextColumn? {
    guard context.dataset.earlier == nil else { return nil }
    switch node {
    case .field(let row, let table, let field):
      guard case .strings(let numbers) = context.dataset.tables[table].columns[field]?.storage
      else { return nil }
      return TextColumn(
        row: rowSource(row), numbers: numbers, pool: context.dataset.pool, blame: .field(field))
    case .derived(let row, let table, let column):
      guard let values = context.derived[table][column], let numbers = values.numbers(.texts)
      else { return nil }
      return TextColumn(
        row: rowSource(row), numbers: numbers, pool: values.texts, blame: .derived(values))
    default: return nil
    }
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
      // If the pool does not hold the text, no row has it.
      let wanted = column.pool.existingNumber(of: text) ?? -2
      let isEqual = comparison == .equal
      return Test { frame in column.test(&frame) { ($0 == wanted) == isEqual } }
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
    let wanted = texts.compactMap { column.pool.existingNumber(of: $0) }.sorted()
    if wanted.count <= 8 { return Test { frame in column.test(&frame) { wanted.contains($0) } } }
    let set = Set(wanted)
    return Test { frame in column.test(&frame) { set.contains($0) } }
  }
}

/// A column of texts, read for a row.
private struct TextColumn: Sendable {
  let row: RowSource
  let numbers: ColumnValues<Int32>
  /// What gave the numbers; below 0 they stand for absent.
  let pool: StringPool
  let blame: ColumnBlame

  /// A test of the text's number; absent, with its blame, where there is no text.
  @inline(__always)
  func test(_ frame: inout Frame, _ holds: (Int32) -> Bool) -> Truth {
    switch row.row(&frame) {
    case .row(let id):
      let number = numbers[Int(id.row)]
      return number < 0 ? .absent(blame.blame(number, in: id)) : Truth(holds(number))
    case .absent(let blame): return .absent(blame)
    }
  }
}
