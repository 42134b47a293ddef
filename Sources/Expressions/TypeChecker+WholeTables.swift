extension TypeChecker {
  /// Warns of a loop over a whole table that asks of its rows when something was, and not whose it
  /// was: everybody's rows then count for each record judged.
  ///
  /// A table that is asked whether it has a column at all is compared with nothing of the record.
  mutating func warnIfOfEverybody(
    _ test: Node, _ slot: Int, in list: Node, at offset: Int
  ) {
    guard let table = list.wholeTable, test.isDated(slot), !test.isTied(slot) else { return }
    warn(ofEverybodysIn: table, at: offset)
  }

  /// Warns of events that are taken from a whole table, whoever they concern.
  mutating func warnIfOfEverybody(_ events: Node) {
    for table in events.wholeTablesGiven {
      warn(ofEverybodysIn: table, at: placesOfWholeTables[table] ?? 0)
    }
  }

  /// Warns of a check that asks a whole table and nothing of the record judged, so that it is met by
  /// all of them or by none.
  mutating func warnIfOfNoRow(_ check: Node) {
    guard let judged = scope.table, !check.reads(0) else { return }
    for table in check.wholeTablesRead {
      guard let own = schema.path(to: table, ownedBy: judged) else { continue }
      warn(
        "this asks nothing of the record judged: `\(schema.tables[table].name)` is everybody's records here, and each gets the same verdict",
        at: placesOfWholeTables[table] ?? 0, advice: "Write `\(own)` for its own")
      return
    }
  }

  /// Only where the record has rows of its own in the table is another way to write it known.
  private mutating func warn(ofEverybodysIn table: Int, at offset: Int) {
    guard let judged = scope.table, let own = schema.path(to: table, ownedBy: judged) else {
      return
    }
    warn(
      "`\(schema.tables[table].name)` is everybody's records here, not only those of the record judged",
      at: offset,
      advice: "Write `\(own)` for its own, or compare the field that says whose they are")
  }
}

extension Schema {
  /// How a rule of the table `judged` names the rows of `table` that belong to its record; nil if
  /// it has no name for them.
  fileprivate func path(to table: Int, ownedBy judged: Int) -> String? {
    func name(_ relation: RelationSchema) -> String {
      relation.reverseName ?? tables[relation.child].name
    }
    let keys = relations.filter { $0.child == table }
    if let direct = keys.first(where: { $0.parent == judged && isOfPerson($0) })
      ?? keys.first(where: { $0.parent == judged })
    {
      return "this.\(name(direct))"
    }
    for up in relations where up.child == judged && isOfPerson(up) {
      guard let above = up.name,
        let down = keys.first(where: { $0.parent == up.parent && isOfPerson($0) })
      else { continue }
      return "\(above).\(name(down))"
    }
    return nil
  }

  /// Whether a foreign key says whose case file a row belongs to.
  private func isOfPerson(_ relation: RelationSchema) -> Bool {
    relation.childFields.count == 1
      && relation.childFields.first == tables[relation.child].person
  }
}

extension CheckedExpression.Node {
  /// The table whose rows a list holds, whoever they concern; nil if they are chosen by something
  /// of another row.
  var wholeTable: Int? {
    switch self {
    case .allRows(let table, isEarlier: false): table
    case .loop(.filter, let list, let slot, let test):
      test.isTied(slot) ? nil : list.wholeTable
    case .loop(.sortBy, let list, _, _), .listCall(.distinct, let list, _): list.wholeTable
    default: nil
    }
  }

  /// The whole tables that are named anywhere, in the order in which they are.
  fileprivate var wholeTablesRead: [Int] {
    var found: [Int] = []
    walk { step in
      if case .allRows(let table, isEarlier: false) = step { found.append(table) }
    }
    return found
  }

  /// The whole tables from whose rows the values of an expression are taken.
  fileprivate var wholeTablesGiven: [Int] {
    switch self {
    case .loop(.map, let list, let slot, let body):
      list.wholeTable.flatMap { body.isTied(slot) ? nil : [$0] } ?? list.wholeTablesGiven
    case .loop(.filter, let list, _, _), .loop(.sortBy, let list, _, _):
      list.wholeTablesGiven
    case .loop(.minBy, let list, _, _), .loop(.maxBy, let list, _, _):
      list.wholeTable.map { [$0] } ?? []
    case .listCall(.first, let list, _), .listCall(.last, let list, _),
      .listCall(.at, let list, _), .listCall(.min, let list, _), .listCall(.max, let list, _),
      .listCall(.distinct, let list, _):
      list.wholeTable.map { [$0] } ?? list.wholeTablesGiven
    case .index(let list, _): list.wholeTable.map { [$0] } ?? list.wholeTablesGiven
    case .field(let row, _, _), .derived(let row, _, _): row.wholeTablesGiven
    case .coalesce(let values), .list(let values), .call(.min, let values),
      .call(.max, let values), .call(.dateOf, let values):
      values.flatMap(\.wholeTablesGiven)
    case .arithmetic(.add, let a, let b): a.wholeTablesGiven + b.wholeTablesGiven
    case .conditional(_, let a, let b): a.wholeTablesGiven + b.wholeTablesGiven
    default: []
    }
  }

  /// Whether the rows of a loop are compared with an order of something of the judged row.
  fileprivate func isDated(_ slot: Int) -> Bool {
    contains { step in
      guard case .comparison(let comparison, let a, let b) = step, comparison != .equal,
        comparison != .notEqual
      else { return false }
      return a.reads(slot) && b.reads(0) && !b.reads(slot)
        || b.reads(slot) && a.reads(0) && !a.reads(slot)
    }
  }

  /// Whether the rows of a loop are chosen by what equals something of another row.
  fileprivate func isTied(_ slot: Int) -> Bool {
    contains { step in
      switch step {
      case .comparison(.equal, let a, let b), .same(let a, let b), .contains(let a, let b):
        a.reads(slot) && b.readsAnother(than: slot) || b.reads(slot) && a.readsAnother(than: slot)
      default: false
      }
    }
  }

  fileprivate func reads(_ slot: Int) -> Bool {
    contains { if case .variable(slot) = $0 { true } else { false } }
  }

  private func readsAnother(than slot: Int) -> Bool {
    !reads(slot) && contains { if case .variable = $0 { true } else { false } }
  }
}
