import Exceptions
import Expressions
import Extracts
import Rulebooks

extension EvaluationContext {
  /// What a rule needs that is in no extract, in words; empty if the rule can be evaluated.
  ///
  /// An empty list in place of a missing table would make every visit seem missing, and an absent
  /// cell in place of a missing column every decision overdue. Such a rule is not evaluated, and
  /// the run says so once. Columns that a rule asks about with `has`, `given`, `coalesce` or `same`
  /// may be missing, except those that say which records count or whose they are.
  func missingInputs(of rule: Rule) -> String {
    inputs(of: rule).words
  }

  /// The same, with the tables that the verdicts of a rule rest on, by name.
  func reading(of rule: Rule) -> RuleReading {
    let judged = inputs(of: rule)
    var search = judged
    // The record that a rule points at must be there and be readable; only then does pointing at
    // nothing mean that nothing is wrong.
    if case .check(let check) = rule.kind, let marks = check.marks {
      search.look(marks.node, isAsked: true)
    }
    return RuleReading(
      missing: judged.words, tables: tablesRead(search),
      others: tablesOfOthers(rule, search),
      anybodys: names(of: search.meetsOthers ? search.others : search.anybodys),
      fields: Set(
        search.allColumns.lazy.filter { !$0.isEarlier }.map { cell in
          let table = cell.table
          return
            "\(rulebook.schema.tables[table].name).\(rulebook.schema.tables[table].fields[cell.field].name)"
        }))
  }

  /// The tables that a condition on a table's rows reads, by name, that table among them.
  func tablesRead(by condition: CheckedExpression, ofTable table: Int) -> [String] {
    var search = MissingInputs(context: self)
    search.tables.insert(table)
    search.look(condition.node, isAsked: true)
    return tablesRead(search)
  }

  /// Whether a condition on a table's rows needs what is in no extract.
  func lacksInputs(of condition: CheckedExpression, ofTable table: Int) -> Bool {
    var search = MissingInputs(context: self)
    search.tables.insert(table)
    search.look(condition.node, isAsked: false)
    return !search.words.isEmpty
  }

  /// Whether an expression counts or looks for rows of which there is no extract.
  func lacksTables(of expression: CheckedExpression) -> Bool {
    var search = MissingInputs(context: self)
    search.look(expression.node, isAsked: false)
    return search.lacksTables
  }

  private func tablesRead(_ search: MissingInputs) -> [String] {
    let names = search.tables.map { rulebook.schema.tables[$0].name }
    let earlier = search.earlierTables.map {
      EarlierName.name(of: rulebook.schema.tables[$0].name)
    }
    return (names + earlier).inByteOrder()
  }

  /// The tables in which the verdict on one record depends on other records.
  private func tablesOfOthers(_ rule: Rule, _ inputs: MissingInputs) -> [String] {
    var tables = inputs.others
    switch rule.kind {
    case .limit: tables.insert(rule.table)
    // The record pointed at is in another table than the record that reveals the fault.
    case .check(let check) where check.marks != nil: tables.insert(rule.table)
    case .check, .deadline, .repeating: break
    }
    return names(of: tables)
  }

  private func names(of tables: Set<Int>) -> [String] {
    tables.map { rulebook.schema.tables[$0].name }
      .inByteOrder()
  }

  private func inputs(of rule: Rule) -> MissingInputs {
    var search = MissingInputs(context: self)
    search.tables.insert(rule.table)
    for expression in rule.judgingExpressions { search.look(expression.node, isAsked: false) }
    return search
  }
}

/// What a rule reads.
struct RuleReading: Sendable {
  /// The parts that are in no extract, in words; empty if the rule can be evaluated.
  var missing: String
  /// The tables, by name.
  var tables: [String]
  /// Those of the tables in which the verdict on one record depends on other records.
  var others: [String]
  /// Those of the tables whose records need not belong to the child judged.
  var anybodys: [String]
  /// The fields of this period's extracts that it reads, as `TABLE.FIELD`.
  var fields: Set<String>
}

/// Looks through a rule for tables and columns that are in no extract.
private struct MissingInputs {
  let context: EvaluationContext
  var tables: Set<Int> = []
  /// The tables that are read besides the judged record.
  private(set) var others: Set<Int> = []
  /// Those of them where the record that counts may be another child's, or nobody's.
  private(set) var anybodys: Set<Int> = []
  /// Whether it goes from one person to others, so that anything it reads may be theirs.
  private(set) var meetsOthers = false
  /// The tables of last period's extracts that it reads.
  private(set) var earlierTables: Set<Int> = []
  /// The columns that it needs.
  private var columns: Set<Cell> = []
  /// The needed columns and those that it only asks about.
  private(set) var allColumns: Set<Cell> = []
  private var seen: Set<Cell> = []
  private var seenAsked: Set<Cell> = []
  private var seenParameters: Set<Int> = []
  private var seenParametersAsked: Set<Int> = []
  /// The variables that stand for rows of last period's, by slot.
  private var earlierSlots: Set<Int> = []

  struct Cell: Hashable {
    var table: Int
    var field: Int
    var isEarlier = false
  }

  init(context: EvaluationContext) { self.context = context }

  mutating func look(_ node: CheckedExpression.Node, isAsked: Bool) {
    var asksBelow = isAsked
    switch node {
    case .children(let row, let number):
      // Without the column that says whose the records are, nobody would have any.
      let isEarlier = isOfLastPeriod(row)
      let relation = context.rulebook.schema.relations[number]
      note(table: relation.child, isEarlier: isEarlier)
      note(strangersIn: relation, goingDown: true, isEarlier: isEarlier)
      note(keyOf: relation, isEarlier: isEarlier)
    case .parent(let row, let number):
      let isEarlier = isOfLastPeriod(row)
      let relation = context.rulebook.schema.relations[number]
      note(table: relation.parent, isEarlier: isEarlier)
      note(strangersIn: relation, goingDown: false, isEarlier: isEarlier)
      note(keyOf: relation, isEarlier: isEarlier)
    case .allRows(let table, let isEarlier), .lookup(let table, let isEarlier, _):
      note(table: table, isEarlier: isEarlier)
      // A key that begins with fixed words, as rules write one that no record has, finds nobody's
      // record.
      if !isEarlier, !node.looksUpWords { anybodys.insert(table) }
      if case .lookup = node {
        let key = context.rulebook.tables[table].definition.primaryKey
        note(readFields: key, of: table, isEarlier: isEarlier)
      }
    case .field(let row, let table, let field), .given(let row, let table, let field):
      let cell = Cell(table: table, field: field, isEarlier: isOfLastPeriod(row))
      allColumns.insert(cell)
      if case .given = node { asksBelow = true } else if !isAsked { columns.insert(cell) }
    case .derived(let row, let table, let column):
      // A column that is only asked about here may be needed elsewhere, and the other way round.
      let cell = Cell(table: table, field: column, isEarlier: isOfLastPeriod(row))
      if isAsked ? seenAsked.insert(cell).inserted : seen.insert(cell).inserted {
        lookInside(cell, isAsked: isAsked)
      }
    case .parameter(let number):
      if isAsked
        ? seenParametersAsked.insert(number).inserted : seenParameters.insert(number).inserted
      {
        lookInside(parameter: number, isAsked: isAsked)
      }
    case .loop(_, let list, let slot, _), .spans(let list, let slot, _, _):
      // The slot is reused by the next list.
      if isOfLastPeriod(list) { earlierSlots.insert(slot) } else { earlierSlots.remove(slot) }
    case .has, .coalesce, .same: asksBelow = true
    default: break
    }
    let chooses = node.choosesElements
    node.forEachPart { place, part in
      // What chooses the elements is needed, whatever is asked of the chosen ones.
      look(part, isAsked: asksBelow && !(chooses && place > 0))
    }
  }

  /// Looks through a derived column, whose row is in slot 0.
  private mutating func lookInside(_ column: Cell, isAsked: Bool) {
    let slots = earlierSlots
    earlierSlots = column.isEarlier ? [0] : []
    look(
      context.rulebook.tables[column.table].derived[column.field].expression.node,
      isAsked: isAsked)
    earlierSlots = slots
  }

  /// Looks through a parameter, which is worked out once and knows no row.
  private mutating func lookInside(parameter number: Int, isAsked: Bool) {
    let slots = earlierSlots
    earlierSlots = []
    look(context.rulebook.parameters[number].node, isAsked: isAsked)
    earlierSlots = slots
  }

  private mutating func note(keyOf relation: RelationSchema, isEarlier: Bool) {
    for field in relation.childFields {
      columns.insert(Cell(table: relation.child, field: field, isEarlier: isEarlier))
    }
    note(readFields: relation.childFields, of: relation.child, isEarlier: isEarlier)
    note(readFields: relation.parentFields, of: relation.parent, isEarlier: isEarlier)
  }

  private mutating func note(readFields fields: [Int], of table: Int, isEarlier: Bool) {
    for field in fields {
      allColumns.insert(Cell(table: table, field: field, isEarlier: isEarlier))
    }
  }

  /// Notes whether a relation may lead from a child to records that are not that child's.
  ///
  /// It stays with one child if it goes by the column that says whose a record is, or from one
  /// record of a child to another. It does not if it goes from a worker to cases, or from a child
  /// to another person.
  private mutating func note(strangersIn relation: RelationSchema, goingDown: Bool, isEarlier: Bool)
  {
    let (child, parent) = (
      context.rulebook.schema.tables[relation.child],
      context.rulebook.schema.tables[relation.parent]
    )
    if isEarlier { return }
    let isByPerson = child.person.map(relation.childFields.contains) ?? false
    // For example, `mother_id` of people refers to a different person.
    let isOfAnother =
      !isByPerson && (parent.person.map(relation.parentFields.contains) ?? false)
    let isOfOne = child.person != nil && parent.person != nil && !isOfAnother
    if isOfAnother || goingDown && !isOfOne && !isByPerson { meetsOthers = true }
    guard goingDown ? !isOfOne && !isByPerson : parent.person == nil || isOfAnother else { return }
    anybodys.insert(goingDown ? relation.child : relation.parent)
  }

  private mutating func note(table: Int, isEarlier: Bool) {
    if isEarlier {
      earlierTables.insert(table)
    } else {
      tables.insert(table)
      others.insert(table)
    }
  }

  /// Whether rows, a row, or a value taken from them comes from last period's extracts.
  private func isOfLastPeriod(_ node: CheckedExpression.Node) -> Bool {
    switch node {
    case .variable(let slot): earlierSlots.contains(slot)
    case .allRows(_, let isEarlier), .lookup(_, let isEarlier, _): isEarlier
    case .field(let row, _, _), .derived(let row, _, _), .parent(let row, _),
      .children(let row, _), .given(let row, _, _):
      isOfLastPeriod(row)
    case .loop(_, let list, _, _), .spans(let list, _, _, _), .listCall(_, let list, _),
      .index(let list, _), .periodPart(_, let list):
      isOfLastPeriod(list)
    case .conditional(_, let a, let b): isOfLastPeriod(a) || isOfLastPeriod(b)
    case .coalesce(let nodes), .list(let nodes): nodes.contains(where: isOfLastPeriod)
    case .arithmetic(_, let a, let b): isOfLastPeriod(a) || isOfLastPeriod(b)
    default: false
    }
  }

  /// Whether a table that it reads is in no extract.
  var lacksTables: Bool {
    let last = context.dataset.earlier
    return tables.contains { context.dataset.tables[$0].files.isEmpty }
      || earlierTables.contains { last?[$0].files.isEmpty ?? true }
  }

  var words: String {
    let schema = context.rulebook.schema
    let (now, last) = (context.dataset.tables, context.dataset.earlier)
    func named(_ tables: Set<Int>, in extracts: [Table], _ place: String = "") -> [String] {
      tables.filter { extracts[$0].files.isEmpty }.map { schema.tables[$0].name + place }
        .inByteOrder()
    }
    var missing = named(tables, in: now)
    if let last {
      missing += named(earlierTables, in: last, " of last period (--earlier)")
    } else if !earlierTables.isEmpty {
      missing.append("last period (--earlier)")
    }
    if !missing.isEmpty { return "there is no extract of \(missing.joined(separator: ", "))" }
    var headings: [String] = []
    for cell in columns {
      guard let table = cell.isEarlier ? last?[cell.table] : now[cell.table],
        !table.hasHeading[cell.field], !table.files.isEmpty
      else { continue }
      let name = "\(table.definition.name).\(table.definition.fields[cell.field].name)"
      headings.append(cell.isEarlier ? name + " of last period (--earlier)" : name)
    }
    headings.sort { byteOrder($0, $1) < 0 }
    return headings.isEmpty
      ? "" : "no file has a heading of \(headings.joined(separator: ", "))"
  }
}

extension CheckedExpression.Node {
  /// Whether it looks up a key that begins with a text written in the rule.
  fileprivate var looksUpWords: Bool {
    guard case .lookup(_, _, let keys) = self else { return false }
    return keys.contains { key in
      if case .arithmetic(.add, .constant(.string), _) = key { true } else { false }
    }
  }

  /// Whether the parts after the first choose or order the elements of a list.
  fileprivate var choosesElements: Bool {
    switch self {
    case .loop(let loop, _, _, _): loop != .map
    case .spans: true
    default: false
    }
  }
}
