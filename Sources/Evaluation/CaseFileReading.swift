public import Exceptions
import Expressions
import Extracts
public import Rulebooks
import Threads
import Values
public import WorkingTime

/// The case file of a child, or nil if no record of any table belongs to that child.
///
/// With it come the records under numbers that may be the child's, written otherwise, and the tables
/// that the rules read; those of last period have an `EarlierName`. For a limit, the case file has
/// the verdict on each group that contains one of the child's records. Of the rule `asked` it says
/// why it passes over records even where it has no verdict at all.
public func caseFile(
  of person: String, _ rulebook: Rulebook, on dataset: Dataset, asOf: CalendarDate, threads: Int,
  asked: String? = nil
) async -> (file: CaseFile?, alike: [CaseFile.OtherSpelling], reads: Set<String>) {
  var context = EvaluationContext(
    rulebook: rulebook, dataset: dataset, asOf: asOf, threads: threads)
  context.prepare(threads: threads)
  let reads = Set(rulebook.rules.flatMap { context.reading(of: $0).tables })
  let reading = CaseFileReading(context, person: person, threads: threads)
  return (reading.caseFile(asked: asked), reading.otherSpellings(), reads)
}

/// Puts one child's case file together.
private struct CaseFileReading: Sendable {
  private let context: EvaluationContext
  private let run: RunEvaluation
  private let names: RecordNames
  private let person: String
  /// The child's rows of each table.
  private let rows: [[Int32]]
  /// The rows of each table under another number that may be the child's.
  private let alike: [[Int32]]

  init(_ context: EvaluationContext, person: String, threads: Int) {
    self.context = context
    self.person = person
    run = RunEvaluation(context: context, threads: threads)
    let names = RecordNames(dataset: context.dataset)
    self.names = names
    let tables = context.dataset.tables
    let pieces = tables.map { table in
      table.definition.person == nil ? [] : RowChunks(rowCount: table.rowCount).ranges
    }
    let found = inGroups(pieces.map(\.count), threads: threads) { table, piece in
      let (number, range) = (Int32(table), pieces[table][piece])
      return (
        own: names.rows(of: person, inTable: number, among: range),
        alike: names.rowsWrittenOtherwise(than: person, inTable: number, among: range)
      )
    }
    rows = found.map { pieces in pieces.flatMap { $0.own } }
    alike = found.map { pieces in pieces.flatMap { $0.alike } }
  }

  func caseFile(asked: String?) -> CaseFile? {
    guard rows.contains(where: { !$0.isEmpty }) else { return nil }
    var file = CaseFile(person: person, events: events())
    file.undated = undated()
    file.constraints = Set(
      context.rulebook.tables.flatMap { ConstraintRule.all(of: $0.definition).map(\.name) })
    let rules = context.rulebook.rules
    let answers = inParallel(rules.count, threads: run.threads) { number -> Answer in
      let missing = context.missingInputs(of: rules[number])
      if !missing.isEmpty { return Answer(missing: missing) }
      return answer(of: rules[number], isAsked: rules[number].name == asked)
    }
    for (rule, answer) in zip(rules, answers) {
      if !answer.missing.isEmpty {
        file.notEvaluated.append((rule.name, answer.missing))
      } else if answer.found.isEmpty {
        file.silent.append(rule.name)
      } else {
        file.findings += answer.found
      }
      file.unasked += answer.unasked
    }
    file.unasked.sort { a, b in
      for (x, y) in [(a.rule, b.rule), (a.record, b.record)] where x != y {
        return byteOrder(x, y) < 0
      }
      return false
    }
    file.findings += constraintFindings()
    file.findings.sort { a, b in
      for (x, y) in [(a.rule, b.rule), (a.record, b.record)] where x != y {
        return byteOrder(x, y) < 0
      }
      return a.occasion < b.occasion
    }
    return file
  }

  /// The records that whoever knows the child may recognise: rules do not hold them to be the
  /// child's.
  func otherSpellings() -> [CaseFile.OtherSpelling] {
    alike.enumerated().flatMap { number, rows in
      rows.map { row in
        let id = RowID(table: Int32(number), row: row)
        return CaseFile.OtherSpelling(
          number: names.personID(id), record: names.whole(id), place: place(id))
      }
    }
  }

  private func place(_ id: RowID) -> String {
    let (file, line) = names.place(id)
    return line.map { "\(file):\($0)" } ?? file
  }

  private func events() -> [CaseFile.Event] {
    var events: [CaseFile.Event] = []
    for (number, table) in context.dataset.tables.enumerated() {
      for row in rows[number] {
        let id = RowID(table: Int32(number), row: row)
        let details = details(of: id, table)
        for (field, definition) in table.definition.fields.enumerated() {
          guard let moment = moment(field, of: row, in: table) else { continue }
          events.append(
            CaseFile.Event(
              day: moment.date, moment: moment.description, table: table.definition.name,
              title: table.definition.title, record: names.recordID(id),
              field: definition.name, details: details,
              place: place(id)))
        }
      }
    }
    return events.sorted { a, b in
      if a.day != b.day { return a.day < b.day }
      for (x, y) in [
        (a.moment, b.moment), (a.title, b.title), (a.record, b.record), (a.field, b.field),
      ] where x != y {
        return byteOrder(x, y) < 0
      }
      return false
    }
  }

  /// The date in a cell; nil where there is none, or none that can be read.
  private func moment(_ field: Int, of row: Int32, in table: Table) -> DueMoment? {
    table.columns[field].flatMap {
      DueMoment(Value($0.value(at: Int(row), in: context.dataset.pool), blame: .none))
    }
  }

  /// Names the records that the chronology cannot show because they have no readable date.
  private func undated() -> [String] {
    context.dataset.tables.enumerated().flatMap { number, table -> [String] in
      let dates = table.definition.fields.indices.filter {
        [.date, .datetime].contains(table.definition.fields[$0].type)
      }
      if dates.isEmpty { return [] }
      return rows[number].filter { row in
        dates.allSatisfy { moment($0, of: row, in: table) == nil }
      }.map { row in
        let id = RowID(table: Int32(number), row: row)
        return "\(table.definition.title) \(names.recordID(id)), \(place(id))"
      }
    }
  }

  /// Codes, numbers and yes/no answers, but never free text, which may name another person.
  private func details(of id: RowID, _ table: Table) -> String {
    let keys = Set(table.definition.primaryKey + table.definition.foreignKeys.flatMap(\.fields))
    var parts: [String] = []
    for (field, definition) in table.definition.fields.enumerated() where !keys.contains(field) {
      let isShown =
        definition.codes != nil || [.boolean, .integer, .number].contains(definition.type)
      guard isShown, let column = table.columns[field],
        column.isGiven(at: Int(id.row))
      else { continue }
      parts.append(
        "\(definition.name) \(column.text(at: Int(id.row), in: context.dataset.pool))")
    }
    return parts.joined(separator: ", ")
  }

  /// What a rule says of the child's records.
  private struct Answer: Sendable {
    var missing = ""
    var found: [CaseFile.Finding] = []
    /// The records of its table of which it says nothing.
    var unasked: [CaseFile.Unasked] = []
  }

  private func answer(of rule: Rule, isAsked: Bool) -> Answer {
    let compiled = CompiledRule(rule, compiler: run.compiler)
    let judge = RuleJudge(compiled, in: run, cells: nil)
    let reasoning = CaseReasoning(context: context, compiler: run.compiler, rule: compiled)
    if case .limit = rule.kind {
      var answer = Answer(found: findings(ofLimit: rule, judge, reasoning))
      guard isAsked else { return answer }
      let leftOut = rows[rule.table].map { RowID(table: Int32(rule.table), row: $0) }
        .filter { [.condition, .inactive].contains(compiled.omission($0)) }
      answer.unasked = withoutRecord(rule) + unasked(by: rule, leftOut, reasoning)
      return answer
    }
    var answer = Answer()
    var passedOver: [RowID] = []
    var frame = Frame(row: nil)
    for row in rows[rule.table] {
      let id = RowID(table: Int32(rule.table), row: row)
      let before = answer.found.count
      compiled.judge(id, &frame) { verdict in
        answer.found.append(
          finding(of: rule, on: id, verdict, because: reasoning.reasons(for: verdict, id)))
      }
      if answer.found.count == before { passedOver.append(id) }
    }
    // A rule that is a measure alone lists nothing.
    let marked = rule.list == .none ? [] : judge.marked()
    let own: [Set<Int32>] = marked.isEmpty ? [] : rows.map { Set($0) }
    for (row, failing) in marked where row != failing && own[Int(row.table)].contains(row.row) {
      answer.found.append(
        finding(
          of: rule, on: row, Verdict(.failed),
          because: ["The rule lists it for what stands in \(names.whole(failing))."]))
    }
    guard isAsked || !answer.found.isEmpty else { return answer }
    answer.unasked = isAsked ? withoutRecord(rule) : []
    answer.unasked += unasked(by: rule, passedOver, reasoning)
    return answer
  }

  private func unasked(by rule: Rule, _ passedOver: [RowID], _ reasoning: CaseReasoning)
    -> [CaseFile.Unasked]
  {
    let table = context.rulebook.schema.tables[rule.table].name
    return passedOver.map { id in
      CaseFile.Unasked(
        rule: rule.name, title: rule.title, table: table, record: names.recordID(id),
        reasons: reasoning.reasons(forNoVerdictOn: id))
    }
  }

  /// What is said of a rule in whose table the child has no record; nothing where there is one.
  private func withoutRecord(_ rule: Rule) -> [CaseFile.Unasked] {
    guard rows[rule.table].isEmpty else { return [] }
    let table = context.rulebook.schema.tables[rule.table].name
    return [
      CaseFile.Unasked(
        rule: rule.name, title: rule.title, table: table, record: "",
        reasons: ["No record of \(table) is this child's."])
    ]
  }

  private func finding(
    of rule: Rule, on row: RowID, _ verdict: Verdict, because reasons: [String]
  ) -> CaseFile.Finding {
    CaseFile.Finding(
      rule: rule.name, title: rule.title,
      table: context.rulebook.schema.tables[Int(row.table)].name, record: names.recordID(row),
      occasion: verdict.occasion, status: verdict.status, reasons: reasons)
  }

  private func findings(
    ofLimit rule: Rule, _ judge: RuleJudge, _ reasoning: CaseReasoning
  ) -> [CaseFile.Finding] {
    let own = Set(rows[rule.table])
    if own.isEmpty { return [] }
    let (groups, blocked) = judge.judgedGroups()
    return blocked.filter { own.contains($0.row) }.map { row, blame in
      let id = RowID(table: Int32(rule.table), row: row)
      let verdict = Verdict.cannotJudge(.absent, blame)
      return finding(of: rule, on: id, verdict, because: reasoning.reasons(for: verdict, id))
    }
      + groups.filter { $0.rows.contains(where: own.contains) }.map { group in
        CaseFile.Finding(
          rule: rule.name, title: rule.title,
          table: context.rulebook.schema.tables[rule.table].name, record: group.name, occasion: 0,
          status: group.verdict.status, reasons: [judge.writer.words(of: group)])
      }
  }

  /// What constraints, keys and references found wrong with the child's records.
  private func constraintFindings() -> [CaseFile.Finding] {
    let constraints = ConstraintFindings(context: context, teams: run.teams, workers: run.workers)
    return context.dataset.tables.indices.filter { !rows[$0].isEmpty }.flatMap { table in
      let own = Set(rows[table])
      return constraints.exceptions(ofTable: table).filter { item in
        item.row.map { own.contains($0.row) } ?? false
      }.map { item in
        let exception = item.exception
        return CaseFile.Finding(
          rule: exception.rule, title: exception.field, table: exception.table,
          record: exception.recordID, occasion: 0, status: exception.status.verdict,
          reasons: [exception.message])
      }
    }
  }
}
