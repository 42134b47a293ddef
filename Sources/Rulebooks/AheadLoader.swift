import Diagnostics
import Expressions
import Extracts

/// Reads for which rows the days of a field may lie after the as-of date.
///
/// Such a condition may use derived columns, so these are read first.
struct AheadLoader {
  let expressions: ExpressionLoader
  /// The tables by their numbers in the schema.
  let tables: [RuleTable]

  /// The conditions of a table's fields, by the numbers of the fields.
  ///
  /// One of a field that bounds nothing by the as-of date has been reported with the field.
  func load(_ fields: [YAMLNode], of table: Int) -> [Int: CheckedExpression] {
    let definition = tables[table].definition
    var conditions: [Int: CheckedExpression] = [:]
    for node in fields {
      // What is wrong with the field itself has been reported as well.
      guard
        let reader = MappingReader(
          node, "a field", keys: FieldLoader.keys, into: DiagnosticCollector()),
        let condition = reader.scalar("mayBeAhead"),
        let number = reader.text("name").flatMap(definition.fieldNumber),
        definition.fields[number].constraints.maximum == .asOf
      else { continue }
      conditions[number] = expressions.expression(
        condition, "mayBeAhead", of: [.bool], in: ExpressionScope(table: table))
    }
    return conditions
  }
}
