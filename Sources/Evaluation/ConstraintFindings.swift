import Exceptions
import Expressions
import Extracts
import Rulebooks
import Threads
import Values

/// What a table's own constraints find: exceptions, with the cells that they concern.
struct ConstraintFindings: Sendable {
  /// The exceptions of one constraint, or one exception for a whole column.
  enum Listed: Sendable {
    /// Exceptions of rows; whoever collects all of them gives the records their kinds.
    case rows([ExceptionRecord], ConstraintKind, foreignKey: Int?)
    /// Exceptions of records that could not be read, and so belong to no row.
    case unread([ExceptionRecord], UnreadKind)
    /// An exception that belongs to no row, with the field whose absence it explains.
    case single(CaseException, field: Int?)

    /// What has to be given its kind; nil for an exception that keeps its words itself.
    var records: [ExceptionRecord]? {
      switch self {
      case .rows(let records, _, _), .unread(let records, _): records
      case .single: nil
      }
    }

    /// The kind of the records.
    var kind: (any ExceptionKind)? {
      switch self {
      case .rows(_, let kind, _): kind
      case .unread(_, let kind): kind
      case .single: nil
      }
    }

    /// How many there are.
    var count: Int { records?.count ?? 1 }
  }

  let context: EvaluationContext
  let teams: [TeamColumn]
  let workers: [WorkerTexts]
  private let names: RecordNames
  let rowTexts: [RowTexts]

  init(context: EvaluationContext, teams: [TeamColumn], workers: [WorkerTexts]) {
    self.context = context
    self.teams = teams
    self.workers = workers
    names = RecordNames(dataset: context.dataset)
    rowTexts = context.dataset.tables.map { RowTexts($0, in: context.dataset.pool) }
  }

  /// The exceptions and measures of all tables, in the order of their constraints.
  ///
  /// The constraints are shared out among `threads` threads.
  func findings(_ counted: [TeamCounting], threads: Int) -> (
    listed: [Listed], measures: [RuleCounts]
  ) {
    let tables = context.dataset.tables
    let byCell = inParallel(tables.count, threads: threads) { CellPlaces(tables[$0]) }
    let rules = tables.indices.flatMap { table in
      ConstraintRule.all(of: context.rulebook.tables[table].definition).map { (table, $0) }
    }
    let found = inParallel(rules.count, threads: threads) { number in
      context.dataset.spill?.relax()
      let (table, rule) = rules[number]
      var counting = counted[table]
      return findings(of: rule, table, &counting, byCell[table])
    }
    return (found.flatMap(\.listed), found.map(\.counts))
  }

  /// What one constraint of a table finds.
  private func findings(
    of rule: ConstraintRule, _ number: Int, _ counting: inout TeamCounting, _ byCell: CellPlaces
  ) -> (listed: [Listed], counts: RuleCounts) {
    let table = context.dataset.tables[number]
    let definition = context.rulebook.tables[number].definition
    var listed: [Listed] = []
    var counts = RuleCounts(rule: rule.name, pack: definition.pack)
    switch rule.kind {
    case .row:
      add(counting.allRows(), number, &counts)
      if !table.rejects.isEmpty {
        let kind = UnreadKind(rule, of: table)
        let records = kind.records
        listed.append(.unread(records, kind))
        counts.add(.failed, team: .none, count: records.count)
      }
    case .key:
      addAll(ofTable: number, fields: definition.primaryKey, &counting, &counts)
      add(
        duplicates(rule, number, fields: definition.primaryKey, isKey: true), to: &listed, &counts)
      listed += missingHeadings(rule, table, definition, fields: definition.primaryKey)
    case .unique(let field):
      add(counting.rows(withValueOf: field), number, &counts)
      add(duplicates(rule, number, fields: [field], isKey: false), to: &listed, &counts)
    case .cell(let field, let constraint):
      switch constraint {
      case .required: addAll(ofTable: number, fields: [field], &counting, &counts)
      case .type: add(counting.rows(givenFor: field), number, &counts)
      default: add(counting.rows(withValueOf: field), number, &counts)
      }
      let places = places(byCell, constraint, ofTable: number, field: field)
      if !places.isEmpty {
        add([cells(places, rule, table, number, field: field)], to: &listed, &counts)
      }
      if constraint == .required {
        listed += missingHeadings(rule, table, definition, fields: [field])
      }
    case .reference(let key):
      add(dangling(rule, number, key: key, counting, &counts), to: &listed, &counts)
    }
    return (listed, counts)
  }

  /// The numbers of the findings about a field, but for the days to come that it may hold.
  private func places(
    _ byCell: CellPlaces, _ constraint: CellConstraint, ofTable number: Int, field: Int
  ) -> [Int32] {
    let places = byCell.places(of: field, constraint)
    guard constraint == .maximum, !places.isEmpty,
      let ahead = DaysAhead(inField: field, ofTable: number, context)
    else { return places }
    let findings = context.dataset.tables[number].findings
    return places.filter { !ahead.include(row: findings.row(at: Int($0))) }
  }

  /// The exceptions of one table, each with the row that it is about.
  func exceptions(ofTable number: Int) -> [(row: RowID?, exception: CaseException)] {
    let table = context.dataset.tables[number]
    let byCell = CellPlaces(table)
    var counting = TeamCounting(table, teams: teams[number])
    let rules = ConstraintRule.all(of: context.rulebook.tables[number].definition)
    return rules.flatMap { findings(of: $0, number, &counting, byCell).listed }.flatMap {
      listed -> [(row: RowID?, exception: CaseException)] in
      switch listed {
      case .single(let exception, _): return [(nil, exception)]
      case .unread(let records, let kind):
        let source = FoundExceptions(kinds: [kind])
        return records.map { (nil, CaseException($0, of: source)) }
      case .rows(let records, let kind, _):
        let source = FoundExceptions(kinds: [kind])
        return records.map {
          (RowID(table: kind.table, row: $0.row), CaseException($0, of: source))
        }
      }
    }
  }

  /// Counts rows as met, given their number for each team.
  private func add(_ met: [Int], _ number: Int, _ counts: inout RuleCounts) {
    for (team, count) in zip(teams[number].names, met) where count > 0 {
      counts.add(.met, team: team, count: count)
    }
  }

  /// Counts all rows as met, except those of files without the heading.
  ///
  /// Those rows are not judged; the file is listed instead.
  private func addAll(
    ofTable number: Int, fields: [Int], _ counting: inout TeamCounting, _ counts: inout RuleCounts
  ) {
    let apart = headlessRows(of: number, fields: fields)
    if apart.isEmpty { return add(counting.allRows(), number, &counts) }
    func isApart(_ row: Int) -> Bool { apart.contains { $0.contains(row) } }
    add(counting.rows { !isApart($0) }, number, &counts)
    for (team, count) in zip(teams[number].names, counting.rows { isApart($0) }) where count > 0 {
      counts.add(.cannotJudge, team: team, count: count)
    }
  }

  /// The rows of the files that lack a required heading.
  private func headlessRows(of number: Int, fields: [Int]) -> [Range<Int>] {
    let table = context.dataset.tables[number]
    let wanted = Set(fields.map { table.definition.fields[$0].name })
    return table.files.indices.filter { file in
      table.files[file].faults.contains { fault in
        fault.kind == .missingHeading && fault.field.map { wanted.contains($0) } == true
      }
    }.map { table.rows(ofFile: $0) }
  }

  /// Lists findings, and counts them as failed instead of met.
  private func add(_ found: [Listed], to listed: inout [Listed], _ counts: inout RuleCounts) {
    for case .rows(let records, let kind, _) in found where !records.isEmpty {
      var byTeam = [Int](repeating: 0, count: kind.teams.count)
      for record in records { byTeam[Int(record.team)] += 1 }
      for (team, count) in zip(kind.teams, byTeam) where count > 0 {
        counts.fail(count, team: team)
      }
    }
    listed += found.filter { $0.count > 0 }
  }

  private func kind(
    _ rule: ConstraintRule, _ number: Int, _ fields: [Int], _ words: ConstraintKind.Words
  ) -> ConstraintKind {
    ConstraintKind(
      rule, table: number, fields: fields, words, teams: teams[number].names,
      worker: workers[number], rows: rowTexts[number], names: names)
  }

  private func record(_ row: Int32, _ number: Int, detail: Int32 = -1) -> ExceptionRecord {
    var record = ExceptionRecord(status: .failed, list: .correction)
    record.row = row
    record.detail = detail
    record.team = teams[number].numbers[Int(row)]
    return record
  }

  /// What was found wrong with the cells of a field while they were read.
  private func cells(
    _ places: [Int32], _ rule: ConstraintRule, _ table: Table, _ number: Int, field: Int
  ) -> Listed {
    let isShown = table.definition.fields[field].isShown
    let records = places.map {
      record(table.findings.row(at: Int($0)), number, detail: $0)
    }
    return .rows(
      records, kind(rule, number, [field], .cell(table.findings, isShown: isShown)), foreignKey: nil
    )
  }

  /// Every row whose key an earlier row has, in the order of the files; for a key, also rows
  /// without.
  private func duplicates(
    _ rule: ConstraintRule, _ number: Int, fields: [Int], isKey: Bool
  ) -> [Listed] {
    let table = context.dataset.tables[number]
    let columns = fields.map { table.columns[$0] }
    let index =
      (isKey ? context.keys[number] : nil)
      ?? KeyIndex(
        table, fields: fields, isLookedUp: false, pool: context.dataset.pool,
        spill: context.dataset.spill)
    let withoutKey = isKey ? index.rowsWithoutKey : []
    let apart = withoutKey.isEmpty ? [] : headlessRows(of: number, fields: fields)
    let missing = withoutKey.filter { row in
      // An unreadable key is present; the exception of its `.type` constraint says what is wrong.
      !apart.contains { $0.contains(Int(row)) }
        && zip(fields, columns).contains { field, column in
          !(column?.isGiven(at: Int(row)) ?? !table.hasHeading[field])
        }
    }
    let found = [
      (missing.map { record($0, number) }, ConstraintKind.Words.missingKey),
      (
        index.repeats.map { record($0.row, number, detail: $0.first) },
        .duplicate(isKey: isKey)
      ),
    ]
    return found.filter { !$0.0.isEmpty }.map { records, words in
      .rows(records, kind(rule, number, fields, words), foreignKey: nil)
    }
  }

  private func dangling(
    _ rule: ConstraintRule, _ number: Int, key: Int, _ counting: TeamCounting,
    _ counts: inout RuleCounts
  ) -> [Listed] {
    let schema = context.rulebook.schema
    let relations = schema.relations.indices.filter { schema.relations[$0].child == number }
    guard key < relations.count else { return [] }
    let relation = schema.relations[relations[key]]
    let parent = context.dataset.tables[relation.parent]
    // Without the other table no reference can be judged; the run reports that the rule judged
    // nothing.
    guard !parent.files.isEmpty else { return [] }
    let parents = context.relations[relations[key]].parents
    let met = counting.rows { parents[$0] != RelationIndex.missing }
    add(met, number, &counts)
    var records: [ExceptionRecord] = []
    for row in parents.indices where parents[row] == RelationIndex.dangling {
      records.append(record(Int32(row), number))
    }
    if records.isEmpty { return [] }
    let near = NearKeys(
      parent, fields: relation.parentFields,
      lookedFor: relation.childFields.count == 1
        ? context.dataset.tables[number].columns[relation.childFields[0]] : nil,
      in: records.map(\.row), context.dataset.pool)
    let words = ConstraintKind.Words.dangling(parent: parent.definition, near)
    return [
      .rows(
        records, kind(rule, number, relation.childFields, words),
        foreignKey: relation.childFields.count == 1 ? nil : key)
    ]
  }

  /// One exception for each file that lacks a heading which must be there.
  private func missingHeadings(
    _ rule: ConstraintRule, _ table: Table, _ definition: TableDefinition, fields: [Int]
  ) -> [Listed] {
    let wanted = Set(fields.map { definition.fields[$0].name })
    var found: [Listed] = []
    for file in table.files {
      for fault in file.faults where fault.kind == .missingHeading {
        guard let field = fault.field, wanted.contains(field) else { continue }
        let isKeyField = definition.primaryKey.contains { definition.fields[$0].name == field }
        // A key's missing heading is listed by the key constraint alone: one fault, one exception.
        if isKeyField, rule.kind != .key { continue }
        var exception = CaseException(
          rule: rule.name, status: .failed, severity: .error, list: .correction,
          pack: definition.pack, team: .none, table: definition.name, recordID: "")
        exception.field = field
        exception.message = fault.message
        exception.fix = ConstraintWords.missingHeadingFix(field)
        exception.sourceFile = file.path
        found.append(.single(exception, field: definition.fieldNumber(field)))
      }
    }
    return found
  }
}
