import Diagnostics
import Expressions

/// Reads derived columns, finds their types, and refuses those that depend on themselves.
struct DerivedColumnLoader {
  static let keys = ["name", "type", "value", "title", "description"]

  private struct Column: Sendable {
    var table: Int
    var name: String
    var namePosition: SourcePosition
    var value: YAMLNode
    var declaredType: ValueType?
  }

  let collector: DiagnosticCollector
  private var columns: [Column] = []

  init(collector: DiagnosticCollector) { self.collector = collector }

  /// Makes the names known; their types follow in `check`.
  mutating func declare(_ nodes: [YAMLNode], of table: Int, in schema: inout Schema) {
    let types: [String: ValueType] = [
      "string": .string, "integer": .int, "int": .int, "number": .number, "boolean": .bool,
      "bool": .bool, "date": .date, "datetime": .datetime, "time": .time, "duration": .duration,
    ]
    for node in nodes {
      guard
        let reader = MappingReader(
          node, "a derived column", keys: Self.keys,
          into: collector),
        let name = reader.requiredText("name")
      else { continue }
      let place = reader.value("name")?.position ?? node.position
      collector.checkIdentifier(name, "derived column", at: place)
      guard let value = reader.scalar("value") else {
        if !reader.has("value") { reader.report("the derived column `\(name)` needs a `value`") }
        continue
      }
      var declared: ValueType?
      if let text = reader.text("type") {
        declared = types[text]
        if declared == nil, text != "list", text != "row" {
          reader.report(
            "there is no type `\(text)`", key: "type",
            advice: suggestion(for: text, among: types.keys.sorted()))
        }
      }
      let names =
        schema.tables[table].fields.map(\.name) + schema.tables[table].derived.map(\.name)
        + schema.relations.filter { $0.child == table }.compactMap(\.name)
      if names.contains(name) {
        collector.report(
          "`\(name)` is a name of \(schema.tables[table].name) already", at: place,
          advice: "Give the derived column another name")
        continue
      }
      columns.append(
        Column(
          table: table, name: name, namePosition: place, value: value, declaredType: declared))
      schema.tables[table].derived.append((name, declared ?? .anything))
    }
  }

  /// Checks the columns, and adds them to the tables.
  func check(schema: inout Schema, tables: inout [RuleTable], threads: Int) {
    inferTypes(&schema)
    let known = schema
    let values = collector.load(columns, threads: threads) { columns, collector in
      let loader = ExpressionLoader(collector: collector, schema: known)
      return columns.map { column in
        let scope = ExpressionScope(table: column.table)
        let expression =
          if let type = column.declaredType {
            loader.expression(column.value, "value", of: [type], in: scope)
          } else {
            loader.expression(column.value, in: scope)
          }
        return expression
          ?? CheckedExpression(
            node: .constant(.bool(false)), type: .anything, source: column.value.expressionSource)
      }
    }
    var checked: [DerivedKey: CheckedExpression] = [:]
    for (column, value) in zip(columns, values) {
      let number = tables[column.table].derived.count
      tables[column.table].derived.append(DerivedColumn(name: column.name, expression: value))
      checked[DerivedKey(table: column.table, column: number)] = value
    }
    reportCycles(checked)
  }

  /// Infers the types that are not declared.
  ///
  /// Each round finds those that depend on types which are known by then. What a round finds may
  /// be a part of the truth, such as a list of it is not known what, or whole numbers where one of
  /// two branches is known: so each is inferred anew until nothing changes.
  private func inferTypes(_ schema: inout Schema) {
    var numbers: [Int: Int] = [:]
    var waiting: [(column: Column, number: Int)] = []
    for column in columns {
      let number = numbers[column.table, default: 0]
      numbers[column.table] = number + 1
      if column.declaredType == nil { waiting.append((column, number)) }
    }
    for _ in 0...min(waiting.count, Rulebook.greatestChain) {
      var hasChanged = false
      for (column, number) in waiting {
        let loader = ExpressionLoader(collector: DiagnosticCollector(), schema: schema)
        let scope = ExpressionScope(table: column.table)
        if let expression = loader.expression(column.value, in: scope),
          expression.type != schema.tables[column.table].derived[number].type
        {
          schema.tables[column.table].derived[number].type = expression.type
          hasChanged = true
        }
      }
      if !hasChanged { return }
    }
  }

  private struct DerivedKey: Hashable {
    var table: Int
    var column: Int
  }

  /// Reports columns that depend on too long a chain of others, as evaluation recurses.
  private func reportChains(_ uses: [DerivedKey: [DerivedKey]]) {
    var users: [DerivedKey: [DerivedKey]] = [:]
    var waiting = uses.mapValues(\.count)
    var chainLengths: [DerivedKey: Int] = [:]
    var open = Set(uses.values.joined()).filter { uses[$0] == nil }
    for (key, used) in uses { for other in used { users[other, default: []].append(key) } }
    while let next = open.popFirst() {
      for user in users[next] ?? [] {
        chainLengths[user] = max(chainLengths[user] ?? 0, (chainLengths[next] ?? 0) + 1)
        waiting[user, default: 0] -= 1
        if waiting[user] == 0 { open.insert(user) }
      }
    }
    var numbers: [Int: Int] = [:]
    for column in columns {
      let number = numbers[column.table, default: 0]
      numbers[column.table] = number + 1
      // Report only the first beyond the limit; the columns that depend on it are not new mistakes.
      guard
        chainLengths[DerivedKey(table: column.table, column: number)] == Rulebook.greatestChain + 1
      else { continue }
      collector.report(
        "derived columns are worked out from one another more than \(Rulebook.greatestChain) deep at `\(column.name)`",
        at: column.namePosition, advice: "Work it out from fields instead")
    }
  }

  private func reportCycles(_ checked: [DerivedKey: CheckedExpression]) {
    var uses: [DerivedKey: [DerivedKey]] = [:]
    for (key, expression) in checked {
      for case .derived(let table, let column) in expression.uses {
        uses[key, default: []].append(DerivedKey(table: table, column: column))
      }
    }
    reportChains(uses)
    func reaches(_ goal: DerivedKey) -> Bool {
      var seen: Set<DerivedKey> = []
      var open = uses[goal] ?? []
      while let next = open.popLast() {
        if next == goal { return true }
        if seen.insert(next).inserted { open += uses[next] ?? [] }
      }
      return false
    }
    var numbers: [Int: Int] = [:]
    for column in columns {
      let number = numbers[column.table, default: 0]
      numbers[column.table] = number + 1
      guard reaches(DerivedKey(table: column.table, column: number)) else { continue }
      collector.report(
        "the derived column `\(column.name)` is worked out from itself (a cycle)",
        at: column.namePosition, advice: "Work it out from fields instead")
    }
  }
}
