import Exceptions
import Expressions
import Extracts
import Rulebooks
import Threads
import Values

/// What a table's own constraints find, as exceptions, with the cells that they are about.
struct ConstraintFindings: Sendable {
  /// An exception and the cell it stands for.
  struct Listed: Sendable {
    var exception: CaseException
    var row: RowID?
    /// The fields whose absence it explains.
    var fields: [Int]
    /// The compound foreign key that points nowhere.
    var foreignKey: Int?
  }

  let context: EvaluationContext
  let teams: [TeamColumn]
  let workers: [OwnerSteps]
  private let names: RecordNames
  private let threads: Int

  init(context: EvaluationContext, teams: [TeamColumn], owners: [OwnerSteps], threads: Int = 1) {
    self.threads = threads
    self.context = context
    self.teams = teams
    workers = owners
    names = RecordNames(dataset: context.dataset)
  }

  /// The exceptions and the measures of one table.
  func findings(ofTable number: Int, _ counted: TeamCounting? = nil) -> (
    listed: [Listed], measures: [RuleCounts]
  ) {
    let table = context.dataset.tables[number]
    let definition = context.rulebook.tables[number].definition
    var listed: [Listed] = []
    var measures: [RuleCounts] = []
    var counting = counted ?? TeamCounting(table, teams: teams[number])
    let byCell = Dictionary(grouping: table.findings) { CellRule($0.field, $0.constraint) }
    for rule in ConstraintRule.all(of: definition) {
      var counts = RuleCounts(rule: rule.name, pack: definition.pack)
      switch rule.kind {
      case .row:
        add(counting.allRows(), number, &counts)
        for reject in table.rejects {
          listed.append(rejected(reject, rule, table))
          counts.add(.failed, team: .none)
        }
      case .key:
        add(counting.allRows(), number, &counts)
        let found = duplicates(rule, number, fields: definition.primaryKey, isKey: true)
        add(found, to: &listed, &counts)
        listed += missingHeadings(rule, table, definition, fields: definition.primaryKey)
      case .unique(let field):
        add(counting.rows(withValueOf: field), number, &counts)
        add(duplicates(rule, number, fields: [field], isKey: false), to: &listed, &counts)
      case .cell(let field, let constraint):
        switch constraint {
        case .required:
          if table.hasHeading[field] { add(counting.allRows(), number, &counts) }
        case .type: add(counting.rows(givenFor: field), number, &counts)
        default: add(counting.rows(withValueOf: field), number, &counts)
        }
        add(
          cellFindings(
            byCell[CellRule(Int32(field), constraint)] ?? [], rule, table, number, field: field),
          to: &listed, &counts)
        if constraint == .required {
          listed += missingHeadings(rule, table, definition, fields: [field])
        }
      case .reference(let key):
        add(dangling(rule, number, key: key, counting, &counts), to: &listed, &counts)
      }
      measures.append(counts)
    }
    return (listed, measures)
  }

  /// Counts rows, by the number of their team, as met.
  private func add(_ met: [Int], _ number: Int, _ counts: inout RuleCounts) {
    for (team, count) in zip(teams[number].names, met) where count > 0 {
      counts.add(.met, team: team, count: count)
    }
  }

  /// Turns what was counted as met into failed, and lists it.
  private func add(_ found: [Listed], to listed: inout [Listed], _ counts: inout RuleCounts) {
    for item in found {
      counts.move(from: .met, to: .failed, team: item.exception.team)
    }
    listed += found
  }

  private func exception(_ rule: ConstraintRule, _ id: RowID, _ number: Int) -> CaseException {
    let definition = context.rulebook.tables[number].definition
    var frame = Frame(row: id)
    var exception = CaseException(
      rule: rule.name, status: .failed, severity: .error, list: .correction,
      pack: definition.pack, team: teams[number][id.row], table: definition.name,
      recordID: names.recordID(id))
    exception.worker = workers[number].worker(&frame)
    exception.personID = names.personID(id)
    exception.contents = names.contents(id)
    (exception.sourceFile, exception.sourceLine) = names.place(id)
    return exception
  }

  private func rejected(_ reject: RejectedRecord, _ rule: ConstraintRule, _ table: Table) -> Listed
  {
    var exception = CaseException(
      rule: rule.name, status: .failed, severity: .error, list: .correction,
      pack: table.definition.pack, team: .none, table: table.definition.name,
      recordID: "line:\(reject.line)")
    exception.contents = hexDigits(stableHash(reject.text.utf8), short: false)
    exception.message = ConstraintWords.rejected(reject.reason)
    exception.fix = ConstraintWords.rejectedFix
    exception.sourceFile = table.files[reject.file].path
    exception.sourceLine = reject.line
    return Listed(exception: exception, row: nil, fields: [])
  }

  /// A constraint of a field.
  private struct CellRule: Hashable {
    var field: Int32
    var constraint: CellConstraint

    init(_ field: Int32, _ constraint: CellConstraint) {
      self.field = field
      self.constraint = constraint
    }
  }

  private func cellFindings(
    _ findings: [CellFinding], _ rule: ConstraintRule, _ table: Table, _ number: Int, field: Int
  ) -> [Listed] {
    // There may be one for every row: pieces of them are written side by side.
    let chunks = RowChunks(rowCount: findings.count).ranges
    let parts = inParallel(chunks.count, threads: threads) { chunk in
      findings[chunks[chunk]].map { listed($0, rule, table, number, field: field) }
    }
    return Array(parts.joined())
  }

  private func listed(
    _ finding: CellFinding, _ rule: ConstraintRule, _ table: Table, _ number: Int, field: Int
  ) -> Listed {
    let id = RowID(table: Int32(number), row: finding.row)
    var exception = exception(rule, id, number)
    exception.field = table.definition.fields[field].name
    let isShown = table.definition.fields[field].isShown || finding.text.isEmpty
    exception.value = isShown ? finding.text : RecordNames.notShown
    exception.message =
      isShown
      ? finding.message : ConstraintWords.hidden(exception.field, finding.constraint)
    exception.fix = finding.fix
    return Listed(exception: exception, row: id, fields: [field])
  }

  /// Every row after the first with a key, in the order of the files; for a key also the rows without.
  private func duplicates(
    _ rule: ConstraintRule, _ number: Int, fields: [Int], isKey: Bool
  ) -> [Listed] {
    let table = context.dataset.tables[number]
    let columns = fields.map { table.columns[$0] }
    let label = fields.map { table.definition.fields[$0].name }.joined(separator: "|")
    let index =
      (isKey ? context.keys[number] : nil)
      ?? KeyIndex(
        table, fields: fields, isLookedUp: false, pool: context.dataset.pool,
        spill: context.dataset.spill)
    var found: [Listed] = []
    func list(_ row: Int, _ message: String, _ fix: String) {
      let id = RowID(table: Int32(number), row: Int32(row))
      var exception = exception(rule, id, number)
      exception.field = label
      exception.value = fields.map { names.text(id, field: $0) }.joined(separator: "|")
      exception.message = message
      exception.fix = fix
      found.append(Listed(exception: exception, row: id, fields: fields))
    }
    for row in isKey ? index.rowsWithoutKey : [] {
      // A key that cannot be read is there: its `.type` says what is wrong with it.
      let isMissing = zip(fields, columns).contains { field, column in
        !(column?.isGiven(at: Int(row), in: context.dataset.pool) ?? !table.hasHeading[field])
      }
      if isMissing {
        list(Int(row), ConstraintWords.missingKey(label), ConstraintWords.missingKeyFix(label))
      }
    }
    for (row, earlier) in index.repeats {
      let place = names.place(RowID(table: Int32(number), row: earlier))
      list(
        Int(row), ConstraintWords.duplicate(label, file: place.file, line: place.line ?? 0),
        ConstraintWords.duplicateFix)
    }
    return found
  }

  private func dangling(
    _ rule: ConstraintRule, _ number: Int, key: Int, _ counting: TeamCounting,
    _ counts: inout RuleCounts
  ) -> [Listed] {
    let definition = context.rulebook.tables[number].definition
    let schema = context.rulebook.schema
    let relations = schema.relations.indices.filter { schema.relations[$0].child == number }
    guard key < relations.count else { return [] }
    let relation = schema.relations[relations[key]]
    let parent = context.dataset.tables[relation.parent]
    // Without the other table no reference can be judged; the run names the rule as having judged nothing.
    guard !parent.files.isEmpty else { return [] }
    let index = context.relations[relations[key]]
    let parents = index.parents
    let met = counting.rows { parents[$0] != RelationIndex.missing }
    add(met, number, &counts)
    let label = relation.childFields.map { definition.fields[$0].name }.joined(separator: "|")
    let padded = PaddedKeys(parent, fields: relation.parentFields, context.dataset.pool)
    var found: [Listed] = []
    for (row, up) in index.parents.enumerated() where up == RelationIndex.dangling {
      let id = RowID(table: Int32(number), row: Int32(row))
      var exception = exception(rule, id, number)
      exception.field = label
      exception.value = relation.childFields.map { names.text(id, field: $0) }
        .joined(separator: "|")
      exception.message = ConstraintWords.dangling(label, parent: parent.definition)
      if let meant = padded?.key(for: exception.value) {
        exception.message += " " + ConstraintWords.lostZeros(meant)
      }
      exception.fix = ConstraintWords.danglingFix(label, parent: parent.definition)
      let isSingle = relation.childFields.count == 1
      found.append(
        Listed(
          exception: exception, row: id, fields: isSingle ? relation.childFields : [],
          foreignKey: isSingle ? nil : key))
    }
    return found
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
        // A key's heading is the key's exception alone: one fault, one exception.
        if isKeyField, rule.kind != .key { continue }
        var exception = CaseException(
          rule: rule.name, status: .failed, severity: .error, list: .correction,
          pack: definition.pack, team: .none, table: definition.name, recordID: "")
        exception.field = field
        exception.message = fault.message
        exception.fix = ConstraintWords.missingHeadingFix(field)
        exception.sourceFile = file.path
        found.append(
          Listed(
            exception: exception, row: nil, fields: definition.fieldNumber(field).map { [$0] } ?? []
          ))
      }
    }
    return found
  }
}
