import Expressions
import Extracts
import Rulebooks
import Threads
import Values
import WorkingTime

/// Reads the extracts into tables, keeping the columns that something needs.
struct Intake {
  let rulebook: Rulebook
  let asOf: CalendarDate
  /// Whether each file's records are summed, so that they are known again in another order.
  var isSumming = false

  /// The files that a table takes, by their names.
  func files(of table: Int, in files: [ExtractFile]) -> [ExtractFile] {
    filesMatching(rulebook.tables[table].definition.files, in: files)
  }

  /// Reads all tables, by their numbers in the schema; one without a file has no rows.
  func tables(
    from files: [ExtractFile], pool: inout StringPool, threads: Int,
    spill: ColumnSpill?, progress: CheckProgressHandler?
  ) -> [Table] {
    let needed = NeededFields(rulebook)
    let plan = inParallel(rulebook.tables.count, threads: threads) { number in
      var request = ReadingRequest(
        definition: rulebook.definition(ofTable: number, on: asOf),
        keptFields: needed.fields[number], asOf: asOf)
      request.isSummed = isSumming
      return TableFiles(request: request, files: self.files(of: number, in: files))
    }
    var state = CheckProgress()
    state.totalBytes = plan.flatMap(\.files).reduce(0) { $0 + byteCount(ofFile: $1.path) }
    progress?(state)
    let start = state
    let handler = progress.map { report in
      { @Sendable (bytes: Int, rows: Int) in
        var now = start
        now.bytes = bytes
        now.rows = rows
        report(now)
      }
    }
    var tables = readTables(plan, pool: &pool, threads: threads, spill: spill, progress: handler)
    for number in tables.indices where plan[number].files.isEmpty {
      for field in tables[number].columns.indices {
        tables[number].columns[field] = Column(type: tables[number].definition.fields[field].type)
      }
    }
    return tables
  }
}

/// The fields whose values are kept: what expressions read, keys, references, and constraints
/// count.
struct NeededFields {
  private(set) var fields: [Set<Int>]

  init(_ rulebook: Rulebook) {
    fields = rulebook.tables.map { Self.fields(ofItself: $0.definition) }
    for relation in rulebook.schema.relations {
      fields[relation.child].formUnion(relation.childFields)
      fields[relation.parent].formUnion(relation.parentFields)
    }
    var read: Set<ExpressionUse> = []
    rulebook.forEachExpression { read.formUnion($0.uses) }
    for rule in rulebook.rules {
      if case .check(let check) = rule.kind, let field = check.field {
        read.insert(.field(table: rule.table, field: field))
      }
    }
    for case .field(let table, let field) in read { fields[table].insert(field) }
  }

  /// The fields that are kept whatever the rules ask.
  ///
  /// Free text that nothing asks about is checked and dropped. For the others it must be known
  /// which rows hold a value, for the measures of their constraints by team.
  private static func fields(ofItself table: TableDefinition) -> Set<Int> {
    var kept = Set(table.primaryKey)
    // The addresses to which a team's mail goes.
    if let field = TeamAddresses.field(in: table) { kept.insert(field) }
    if let person = table.person { kept.insert(person) }
    for (number, field) in table.fields.enumerated() {
      let asked = field.constraints
      let isCounted =
        field.type != .string || field.codes != nil || asked.unique || asked.allowed != nil
        || asked.pattern != nil || asked.minLength != nil || asked.maxLength != nil
      if isCounted { kept.insert(number) }
    }
    return kept
  }
}
