import Diagnostics
import Expressions
import Extracts

/// Reads the tests that rules carry.
struct TestLoader {
  static let keys = ["test", "asOf", "given", "earlier", "set", "expect"]

  let collector: DiagnosticCollector
  let schema: Schema
  let tables: [RuleTable]
  /// The numbers of each table's fields by their names.
  let fieldNumbers: [[String: Int]]
  /// The names of the rules that follow from the table definitions.
  let constraints: Set<String>
  let declarations: Declarations
  let parameters: ParameterLoader

  func load(_ declaration: Declarations.Declaration) -> RuleTest? {
    guard
      let reader = MappingReader(declaration.node, "a test", keys: Self.keys, into: collector),
      let name = reader.requiredText("test")
    else { return nil }
    if !reader.has("asOf") { reader.report("the test `\(name)` needs an `asOf`", key: "test") }
    if !reader.has("expect") {
      reader.report("the test `\(name)` expects nothing", key: "test")
    }
    let given = rows(reader, "given")
    let earlier = reader.has("earlier") ? rows(reader, "earlier") : nil
    var set: [Int: CheckedExpression] = [:]
    // Parameters are worked out before derived columns, and so know none.
    var ofFields = schema
    for table in ofFields.tables.indices { ofFields.tables[table].derived = [] }
    for (key, value) in reader.pairs("set") {
      guard let (number, expression) = parameters.override(key, value, schema: ofFields) else {
        continue
      }
      set[number] = expression
    }
    for (number, value) in parametersBelow(declaration.layer) where set[number] == nil {
      set[number] = value
    }
    let expected = expectations(reader, layer: declaration.layer)
    guard let asOf = reader.date("asOf") else { return nil }
    return RuleTest(
      name: name, asOf: asOf, given: given, earlier: earlier, parameters: set, expected: expected,
      position: reader.value("test")?.position ?? declaration.node.position)
  }

  /// The values of parameters that a layer above has replaced, as the tests of a layer know them.
  ///
  /// A council that sets a time of its own changes what our tests would find, but not their rules.
  private func parametersBelow(_ layer: Declarations.Layer) -> [(Int, CheckedExpression)] {
    declarations.parameters.replaced.compactMap { name, replaced in
      guard let now = declarations.parameters[name], now.layer.isOver(layer),
        let number = schema.parameters.firstIndex(where: { $0.name == name })
      else { return nil }
      let known = replaced.filter { !$0.layer.isOver(layer) }
      let last = known.first { one in !known.contains { $0.layer.isOver(one.layer) } }
      return last.flatMap { parameters.value($0.node, schema: schema) }.map { (number, $0) }
    }
  }

  private func rows(_ reader: MappingReader, _ key: String) -> [Int: [[RuleTest.TestCell]]] {
    var given: [Int: [[RuleTest.TestCell]]] = [:]
    for (name, rows) in reader.pairs(key) {
      guard let table = schema.tableNumber(name.text ?? "") else {
        if declarations.unselectedTables.contains(name.text ?? "") { continue }
        collector.report(
          missing: "there is no table `\(name.text ?? "")`", at: name.position,
          advice: adviceOnEarlier(name.text ?? "")
            ?? suggestion(for: name.text ?? "", among: schema.tables.map(\.name)))
        continue
      }
      if rows.isNull {
        given[table] = []
        continue
      }
      guard case .sequence(let elements) = rows.content else {
        collector.report(
          "the rows of \(name.text ?? "") are a list, not \(rows.described)", at: rows.position)
        continue
      }
      given[table] = elements.compactMap { row($0, of: table) }
    }
    return given
  }

  /// Where the rows of a table stand that rules read as `earlier.TABLE`; nil for any other name.
  private func adviceOnEarlier(_ name: String) -> String? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "earlier", schema.tableNumber(String(parts[1])) != nil
    else { return nil }
    return "Last period's rows stand beside `given`: earlier: {\(parts[1]): [...]}"
  }

  private func row(_ node: YAMLNode, of table: Int) -> [RuleTest.TestCell]? {
    if let cells = plainRow(node, of: table) { return cells }
    let definition = tables[table].definition
    let lacking = schema.tables[table].lacking
    let derived = derivedColumns(givenBy: node, of: table)
    let names = definition.fields.map(\.name) + lacking.keys.sorted() + derived
    guard
      let reader = MappingReader(
        node, "a row of \(definition.name)", keys: names, mayBeEmpty: names, into: collector)
    else { return nil }
    for (name, told) in lacking where reader.has(name) { collector.diagnostics.append(told) }
    for name in derived {
      collector.report(
        "`\(name)` is worked out (derived), and no row gives it",
        at: reader.position(of: name), advice: "Give what it is worked out from")
    }
    return definition.fields.indices.compactMap { number in
      guard let cell = reader.scalar(definition.fields[number].name), let text = cell.text else {
        return nil
      }
      return RuleTest.TestCell(field: number, text: text)
    }
  }

  /// The derived columns among the keys of a row, in the order of their names.
  private func derivedColumns(givenBy row: YAMLNode, of table: Int) -> [String] {
    guard case .mapping(let pairs) = row.content else { return [] }
    let own = schema.tables[table]
    return Set(own.derived.map(\.name)).intersection(pairs.compactMap(\.key.text))
      .subtracting(own.fields.map(\.name)).sorted()
  }

  /// A row without mistakes, as nearly all are; nil, without a report, for any other.
  private func plainRow(_ node: YAMLNode, of table: Int) -> [RuleTest.TestCell]? {
    guard case .mapping(let pairs) = node.content else { return nil }
    var cells: [RuleTest.TestCell] = []
    for (key, value) in pairs {
      guard let name = key.text, let field = fieldNumbers[table][name], let text = value.text
      else { return nil }
      if !value.isNull { cells.append(RuleTest.TestCell(field: field, text: text)) }
    }
    return cells.sorted { $0.field < $1.field }
  }

  private func expectations(_ reader: MappingReader, layer: Declarations.Layer)
    -> [RuleTest.Expectation]
  {
    var expected: [RuleTest.Expectation] = []
    let pairs = reader.pairs("expect")
    if pairs.isEmpty, let node = reader.value("expect"), case .mapping = node.content {
      reader.report("this test expects nothing", key: "expect")
    }
    for (name, records) in pairs {
      let rule = name.text ?? ""
      if declarations.rules[rule] != nil {
        // A rule that a later layer has replaced is no longer what this test is about.
        if declarations.isReplaced(rule, for: layer) { continue }
      } else if !constraints.contains(rule) {
        if declarations.allRuleNames.contains(rule) { continue }
        collector.report(
          missing: "there is no rule `\(rule)`", at: name.position,
          advice: suggestion(
            for: rule, among: declarations.rules.inForce.keys.sorted() + constraints.sorted()))
        continue
      }
      guard case .mapping(let pairs) = records.content else {
        collector.report(
          "what is expected of `\(rule)` is a mapping of records to verdicts",
          at: records.position, advice: "Write \(rule): {A1: met}")
        continue
      }
      if pairs.isEmpty {
        collector.report("nothing is expected of `\(rule)`", at: records.position)
      }
      for (record, verdicts) in pairs {
        guard let record = record.text, let found = self.verdicts(verdicts) else { continue }
        expected.append(
          RuleTest.Expectation(
            rule: rule, record: record, verdicts: found, position: verdicts.position))
      }
    }
    return expected
  }

  /// One verdict or a list of them; nil, with a report, if anything else is among them.
  private func verdicts(_ node: YAMLNode) -> [ExpectedVerdict]? {
    var nodes = [node]
    if case .sequence(let elements) = node.content, !elements.isEmpty { nodes = elements }
    var found: [ExpectedVerdict] = []
    for node in nodes {
      if let verdict = ExpectedVerdict(rawValue: node.text ?? "") {
        found.append(verdict)
        continue
      }
      let names = ExpectedVerdict.allCases.map(\.rawValue)
      collector.report(
        "`\(node.text ?? node.described)` is not a verdict", at: node.position,
        advice: suggestion(for: node.text ?? "", among: names)
          ?? "It is \(names.joined(separator: ", "))")
    }
    if found.count > 1, found.contains(.notJudged) {
      collector.report(
        "`not-judged` stands for no verdict, and not beside others", at: node.position,
        advice: "List the verdicts of the records that are judged")
      return nil
    }
    return found.count == nodes.count ? found : nil
  }
}
