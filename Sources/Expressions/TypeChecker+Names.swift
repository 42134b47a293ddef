extension TypeChecker {
  mutating func checkName(_ name: String, at offset: Int) -> Checked {
    if let index = variables.lastIndex(where: { $0.name == name }) {
      return (.variable(variableSlots[index]), variables[index].type)
    }
    if name == "asOf" { return (.asOf, .date) }
    if name == "this" {
      guard let table = scope.table else {
        return fault("there is no row here for `this` to name", at: offset)
      }
      return (.variable(0), .row(table))
    }
    // What a message says of its verdict; a field of the same name is `this.from`.
    if let type = scope.specials[name] { return (.special(name), type) }
    if let table = scope.table, let column = column(name, of: .variable(0), table: table) {
      return column
    }
    if let number = schema.parameters.firstIndex(where: { $0.name == name }) {
      return (.parameter(number), schema.parameters[number].type)
    }
    if let number = schema.tableNumber(name) {
      placesOfWholeTables[number] = offset
      return (.allRows(table: number, isEarlier: false), .list(.row(number)))
    }
    if name == "codes" || name == "earlier" {
      return fault(
        "`\(name)` needs a name after it", at: offset,
        advice: "Write \(name).\(name == "codes" ? "LIST" : "TABLE")")
    }
    if let told = scope.table.flatMap({ schema.tables[$0].lacking[name] }) {
      return fault(lacking: told)
    }
    return fault(
      missing: ExpressionFault.unknownName(
        name, in: scope.table.map { schema.tables[$0].name }, known: namesInScope()), at: offset)
  }

  /// The field, derived column or parent row with a name.
  func column(_ name: String, of row: Node, table: Int) -> Checked? {
    let columns = schema.tables[table]
    if let field = columns.fields.firstIndex(where: { $0.name == name }) {
      return (.field(of: row, table: table, field: field), columns.fields[field].type)
    }
    if let derived = columns.derived.firstIndex(where: { $0.name == name }) {
      return (.derived(of: row, table: table, column: derived), columns.derived[derived].type)
    }
    if let relation = schema.parent(of: table, named: name) {
      return (.parent(of: row, relation: relation), .row(schema.relations[relation].parent))
    }
    return nil
  }

  private func namesInScope() -> [String] {
    var names = variables.map(\.name) + ["this", "asOf"] + scope.specials.keys.sorted()
    if let table = scope.table { names += columnNames(of: table) }
    names += schema.parameters.map(\.name)
    return names + schema.tables.map(\.name) + ["codes", "earlier"]
  }

  func columnNames(of table: Int) -> [String] {
    schema.tables[table].fields.map(\.name) + schema.tables[table].derived.map(\.name)
      + schema.relations.filter { $0.child == table }.compactMap(\.name)
  }

  private func childNames(of table: Int) -> [String] {
    schema.relations.filter { $0.parent == table }.map {
      $0.reverseName ?? schema.tables[$0.child].name
    }
  }

  mutating func checkMember(_ name: String, of base: Syntax, at offset: Int) -> Checked {
    if case .name("codes", _) = base, !isShadowed("codes") {
      guard let number = schema.codeLists.firstIndex(of: name) else {
        return fault(
          missing: (
            "there is no code list `\(name)`",
            ExpressionFault.suggestion(for: name, among: schema.codeLists)
          ), at: offset)
      }
      return (.codes(number), .list(.string))
    }
    if case .name("earlier", _) = base, !isShadowed("earlier") {
      guard let number = schema.tableNumber(name) else {
        return fault(
          missing: (
            "there is no table `\(name)`",
            ExpressionFault.suggestion(for: name, among: schema.tables.map(\.name))
          ), at: offset)
      }
      return (.allRows(table: number, isEarlier: true), .list(.row(number)))
    }
    let owner = check(base)
    switch owner.type {
    case .anything: return Self.mistaken
    case .row(let table):
      if let column = column(name, of: owner.node, table: table) { return column }
      return checkChildren(name, of: owner.node, table: table, at: offset)
    case .period(let table, let hasTimes):
      guard let part = CheckedExpression.PeriodPart(rawValue: name) else {
        let known = CheckedExpression.PeriodPart.allCases.map(\.rawValue)
        return fault(
          ExpressionFault.unknownMember(name, of: "a period", known: known), at: offset)
      }
      let bound: ValueType = hasTimes ? .datetime : .date
      return (.periodPart(part, owner.node), part == .rows ? .list(.row(table)) : bound)
    case .list(.row(let table)):
      return fault(
        "a list of rows has no `\(name)` of its own", at: offset,
        advice: columnNames(of: table).contains(name)
          ? "Write .map(x, x.\(name)), or pick one row with .first()"
          : "Write .map(x, ...), or pick one row with .first()")
    default:
      return fault(
        "\(article(owner.type)) has no `\(name)`", at: offset,
        advice: Function(rawValue: name)?.entry?.advice ?? adviceForTime(name, of: owner.type))
    }
  }

  private func isShadowed(_ name: String) -> Bool {
    variables.contains { $0.name == name }
      || scope.table.map { column(name, of: .variable(0), table: $0) != nil } == true
  }

  private mutating func checkChildren(_ name: String, of row: Node, table: Int, at offset: Int)
    -> Checked
  {
    var relations = schema.children(of: table, named: name)
    if relations.count > 1 {
      // If a table refers twice to the same table, the reference by which its rows belong to a case
      // file is meant.
      let owning = relations.filter {
        let relation = schema.relations[$0]
        return relation.childFields.count == 1
          && relation.childFields.first == schema.tables[relation.child].person
      }
      if owning.count == 1 { relations = owning }
    }
    guard let relation = relations.first else {
      if let told = schema.tables[table].lacking[name] { return fault(lacking: told) }
      let described = "a row of \(schema.tables[table].name)"
      if schema.tableNumber(name) != nil {
        return fault(
          missing: (
            "\(name) has no foreign key to \(schema.tables[table].name)",
            "Declare one, or write \(name).filter(x, x.FIELD == ...)"
          ), at: offset)
      }
      return fault(
        missing: ExpressionFault.unknownMember(
          name, of: described, known: columnNames(of: table) + childNames(of: table)), at: offset)
    }
    guard relations.count == 1 else {
      let keys = relations.compactMap { schema.relations[$0].name }.map { "`\($0)`" }
      return fault(
        "\(name) refers to \(schema.tables[table].name) in \(relations.count) ways (\(keys.joined(separator: ", ")))",
        at: offset,
        advice:
          "Write \(name).filter(x, x.FIELD == ...), or give the foreign key a `reverse:` name")
    }
    return (
      .children(of: row, relation: relation), .list(.row(schema.relations[relation].child))
    )
  }
}
