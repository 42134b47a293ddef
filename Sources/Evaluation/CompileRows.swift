import Expressions
import Extracts
import Rulebooks
import Values
import WorkingTime

extension ExpressionCompiler {
  func compileField(_ row: RowSource, table: Int, field: Int) -> Step {
    let column = context.dataset.tables[table].columns[field]
    guard let earlier = context.dataset.earlier else { return compileCell(column, row, field) }
    let tableCount = context.tableCount
    let pool = context.dataset.pool
    let before = earlier[table].columns[field]
    return Step { frame in
      switch row.row(&frame) {
      case .row(let id):
        // Choosing between the columns by a variable would copy one, for each row.
        let cell =
          id.table < tableCount
          ? column?.value(at: Int(id.row), in: pool) : before?.value(at: Int(id.row), in: pool)
        let blame = Blame.field(field, of: id)
        return cell.map { Value($0, blame: blame) } ?? .absent(blame)
      case .absent(let blame): return .absent(blame)
      }
    }
  }

  /// Reads one column, by a step made for its kind of array, so that no cell has to switch on it.
  private func compileCell(_ column: Column?, _ row: RowSource, _ field: Int) -> Step {
    guard let column else { return Step { frame in row.cell(&frame, field) { _ in nil } } }
    let pool = context.dataset.pool
    switch column.storage {
    case .strings(let values):
      return Step { frame in
        row.cell(&frame, field) { values[$0] < 0 ? nil : .string(pool[values[$0]]) }
      }
    case .keys(let values):
      return Step { frame in
        row.cell(&frame, field) { values[$0] < 0 ? nil : .string(pool.text(ofCode: values[$0])) }
      }
    case .dates(let values):
      return Step { frame in
        row.cell(&frame, field) {
          values[$0] == .min ? nil : .date(CalendarDate(dayNumber: values[$0]))
        }
      }
    case .integers(let values):
      return Step { frame in
        row.cell(&frame, field) { values[$0] == .min ? nil : .int(values[$0]) }
      }
    case .booleans(let values):
      return Step { frame in
        row.cell(&frame, field) { values[$0] > 1 ? nil : .bool(values[$0] == 1) }
      }
    case .numbers, .datetimes, .times:
      return Step { frame in
        switch row.row(&frame) {
        case .row(let id):
          return Value(column.value(at: Int(id.row), in: pool), blame: .field(field, of: id))
        case .absent(let blame): return .absent(blame)
        }
      }
    }
  }

  func compileDerived(_ row: RowSource, table: Int, column: Int) -> Step {
    let (now, earlier) = derived(table, column)
    let tableCount = context.tableCount
    return Step { frame in
      switch row.row(&frame) {
      case .row(let id):
        return id.table < tableCount
          ? now?[Int(id.row)] ?? .unexplained : earlier?[Int(id.row)] ?? .unexplained
      case .absent(let blame): return .absent(blame)
      }
    }
  }

  /// A derived column of type boolean as a condition; nil where earlier extracts may be read.
  func compileDerivedTest(_ row: RowSource, table: Int, column: Int) -> Test? {
    guard context.dataset.earlier == nil, let values = context.derived[table][column],
      let flags = values.numbers(.flags)
    else { return nil }
    return Test { frame in
      switch row.row(&frame) {
      case .row(let id):
        let flag = flags[Int(id.row)]
        return flag < DerivedValues.leastNarrow
          ? .absent(values.blame(flag)) : Truth(flag == 1)
      case .absent(let blame): return .absent(blame)
      }
    }
  }

  /// The values of a derived column, this period's and last period's.
  ///
  /// Derived columns are worked out in the order of their needs, before what uses them is compiled.
  private func derived(_ table: Int, _ column: Int) -> (DerivedValues?, DerivedValues?) {
    (
      context.derived[table][column],
      context.derived[table + Int(context.tableCount)][column]
    )
  }

  func compileParent(_ row: RowSource, relation: Int) -> Step {
    let schema = context.rulebook.schema.relations[relation]
    let now = context.relations[relation]
    let earlier = context.earlierRelations.isEmpty ? nil : context.earlierRelations[relation]
    let tableCount = context.tableCount
    let parent = Int32(schema.parent)
    let blame = referenceBlame(relation)
    return Step { frame in
      switch row.row(&frame) {
      case .row(let id):
        let isEarlier = id.table >= tableCount
        guard let index = isEarlier ? earlier : now else { return .unexplained }
        let up = index.parents[Int(id.row)]
        guard up >= 0 else { return .absent(blame(id)) }
        return .row(RowID(table: isEarlier ? parent + tableCount : parent, row: up))
      case .absent(let blame): return .absent(blame)
      }
    }
  }

  /// What to blame where a reference leads to no row: its missing part, or the whole reference.
  private func referenceBlame(_ relation: Int) -> @Sendable (RowID) -> Blame {
    let schema = context.rulebook.schema.relations[relation]
    guard schema.childFields.count > 1 else {
      let field = schema.childFields.first ?? 0
      return { .field(field, of: $0) }
    }
    let number = context.rulebook.schema.relations[..<relation].count { $0.child == schema.child }
    let missing = missingPart(schema.childFields, of: schema.child)
    return { missing($0) ?? .foreignKey(number, of: $0) }
  }

  /// The first of some fields that is empty in a row.
  private func missingPart(_ fields: [Int], of table: Int) -> @Sendable (RowID) -> Blame? {
    let columns = fields.map { context.dataset.tables[table].columns[$0] }
    let earlier = context.dataset.earlier.map { tables in fields.map { tables[table].columns[$0] } }
    let tableCount = context.tableCount
    return { id in
      let parts = id.table < tableCount ? columns : (earlier ?? columns)
      for (field, column) in zip(fields, parts) where column?.key(at: Int(id.row)) == nil {
        return .field(field, of: id)
      }
      return nil
    }
  }

  func compileChildren(_ row: RowSource, relation: Int) -> Step {
    let now = context.relations[relation]
    let earlier = context.earlierRelations.isEmpty ? nil : context.earlierRelations[relation]
    let child = Int32(context.rulebook.schema.relations[relation].child)
    let tableCount = context.tableCount
    let blame = parentBlame(relation)
    return Step { frame in
      switch row.row(&frame) {
      case .row(let id):
        let isEarlier = id.table >= tableCount
        guard let index = isEarlier ? earlier : now else { return .unexplained }
        let table = isEarlier ? child + tableCount : child
        guard let children = index.children(of: Int(id.row)) else { return .absent(blame(id)) }
        return .list(children.map { .row(RowID(table: table, row: $0)) })
      case .absent(let blame): return .absent(blame)
      }
    }
  }

  /// What to blame where no row can refer to a row: the missing part of that row's key.
  func parentBlame(_ relation: Int) -> @Sendable (RowID) -> Blame {
    let schema = context.rulebook.schema.relations[relation]
    let missing = missingPart(schema.parentFields, of: schema.parent)
    return { missing($0) ?? .none }
  }

  func allRows(of table: Int, isEarlier: Bool) -> Value {
    guard let rows = wholeTable(table, isEarlier: isEarlier) else { return .unexplained }
    return .list((0..<rows.count).map { rows[$0] })
  }

  /// The rows of a table; nil of one of last period where no extracts of it were given.
  func wholeTable(_ table: Int, isEarlier: Bool) -> WholeList? {
    guard isEarlier else {
      return .rows(table: Int32(table), count: context.dataset.tables[table].rowCount)
    }
    return context.dataset.earlier.map {
      .rows(table: Int32(table) + context.tableCount, count: $0[table].rowCount)
    }
  }

  func compileLookup(table: Int, isEarlier: Bool, keys: [Node]) -> Step {
    let steps = keys.map { compile($0) }
    let fields = context.rulebook.schema.tables[table].primaryKey
    let tables = isEarlier ? context.dataset.earlier : context.dataset.tables
    guard let rows = tables?[table],
      let index = isEarlier ? context.earlierKeys[table] : context.keys[table]
    else { return Step { _ in .unexplained } }
    let columns = fields.map { rows.columns[$0] }
    let pool = context.dataset.pool
    let number = Int32(table) + (isEarlier ? context.tableCount : 0)
    let blame = keyBlame(keys)
    return Step { frame in
      var parts: [Int64] = []
      for (step, column) in zip(steps, columns) {
        let value = step(&frame)
        if let blame = value.blame { return .absent(blame) }
        guard let part = KeyIndex.part(for: value, in: column, pool: pool) else {
          return .absent(blame(&frame))
        }
        parts.append(part)
      }
      guard let row = index.row(of: parts) else { return .absent(blame(&frame)) }
      return .row(RowID(table: number, row: row))
    }
  }

  /// What to blame if a look-up finds no match: the first field that the key is read from, if
  /// need be by way of a derived column.
  ///
  /// Fields of list elements inside the key do not count: outside the loop there is no such
  /// element.
  private func keyBlame(_ keys: [Node]) -> @Sendable (inout Frame) -> Blame {
    for key in keys {
      var found: (row: Step, field: Int)?
      let known = freeSlots(key)
      key.walk { node in
        guard found == nil else { return }
        switch node {
        case .field(let row, _, let field) where freeSlots(row).isSubset(of: known):
          found = (compile(row), field)
        case .derived(let row, let table, let column) where freeSlots(row).isSubset(of: known):
          let expression = context.rulebook.tables[table].derived[column].expression
          found = FieldPointers.first(expression, table, context.rulebook).map {
            (compile(row), $0)
          }
        default: break
        }
      }
      guard let (row, field) = found else { continue }
      return { frame in
        if case .row(let id) = row(&frame) { return .field(field, of: id) }
        return .none
      }
    }
    return { _ in .none }
  }

  /// Whether anything stands in a cell, even if it is unreadable.
  func compileGiven(_ row: RowSource, table: Int, field: Int) -> Test {
    // A step that holds the columns themselves would copy one for each row.
    let now = Column.givenRows(of: context.dataset.tables[table].columns[field])
    let earlier = Column.givenRows(of: context.dataset.earlier?[table].columns[field])
    let tableCount = context.tableCount
    return Test { frame in
      switch row.row(&frame) {
      case .row(let id):
        return Truth(id.table < tableCount ? now(Int(id.row)) : earlier(Int(id.row)))
      case .absent(let blame): return .absent(blame)
      }
    }
  }
}
