import Exceptions
import Expressions
import Extracts
import Rulebooks
import Threads
import Values
import WorkingTime

/// Describes the rules of a run, and says why those that judged nothing did not.
struct RuleReports {
  let context: EvaluationContext
  /// What each rule reads.
  let readings: [RuleReading]
  /// The rules that could be compiled, by number.
  let compiled: [Int: CompiledRule]

  func reports(_ counts: [RuleCounts], threads: Int) -> [RuleReport] {
    let byName = Dictionary(
      counts.map { ($0.rule, $0.all) }, uniquingKeysWith: { first, _ in first })
    let rulebook = context.rulebook
    let rules = RowChunks(rowCount: rulebook.rules.count, size: 50).ranges
    // First the rules, in stretches; then each table with its constraints.
    let parts = inParallel(rules.count + rulebook.tables.count, threads: threads) { number in
      if number < rules.count {
        return rules[number].map { place in
          report(
            place, readings[place],
            byName[rulebook.rules[place].name] ?? VerdictCounts())
        }
      }
      let table = number - rules.count
      return ConstraintRule.all(of: rulebook.tables[table].definition).map { rule in
        report(rule, ofTable: table, byName[rule.name] ?? VerdictCounts())
      }
    }
    let reports = parts.flatMap { $0 }
    // Sort places instead of reports: each report has a dozen texts to move.
    return reports.indices.sorted {
      Text(reports[$0].name) < Text(reports[$1].name)
    }.map { reports[$0] }
  }

  private func report(
    _ number: Int, _ reading: RuleReading, _ counts: VerdictCounts
  ) -> RuleReport {
    let rule = context.rulebook.rules[number]
    var report = RuleReport(
      name: rule.name, title: rule.title, why: rule.why ?? "", source: rule.source ?? "",
      pack: rule.pack, table: context.rulebook.schema.tables[rule.table].name,
      kind: rule.kind.reported, fix: rule.fix,
      judgedNothing: compiled[number].map { judgedNothing($0, counts) } ?? reading.missing)
    let words = RuleInWords(rulebook: context.rulebook, rule: rule)
    report.judges = words.whoIsJudged
    report.asks = words.asksBriefly
    report.targetWords = words.targetBriefly(on: context.asOf)
    report.isShareOfBroken = rule.target?.share == .broken
    report.list = rule.list
    report.reads = reading.tables
    report.comparesWith = reading.others
    if case .check(let check) = rule.kind { report.marksOthers = check.marks != nil }
    report.comparesWithAnybodys = reading.anybodys
    report.fields = reading.fields
    report.isEvaluated = reading.missing.isEmpty
    report.hasCondition = rule.when != nil
    report.isActive = isActive(rule)
    report.looksBackTo = horizon(of: rule)
    if counts.met > 0 { report.metWithout = context.columnsOfNoFile(askedBy: rule) }
    return report
  }

  /// The codes that a field may hold; empty where it has no code list.
  private func codes(of field: FieldDefinition) -> [RuleReport.Code] {
    guard let name = field.codes?.list,
      let list = context.rulebook.codeLists.first(where: { $0.name == name })
    else { return [] }
    return list.entries.map {
      RuleReport.Code(code: $0.code.string, label: $0.label, from: $0.from, to: $0.to)
    }
  }

  /// The fields whose values must be unique.
  private func fields(of rule: ConstraintRule, _ table: TableDefinition) -> [String] {
    switch rule.kind {
    case .key: table.primaryKey.map { table.fields[$0].name }
    case .unique(let field): [table.fields[field].name]
    case .row, .cell, .reference: []
    }
  }

  private func report(
    _ rule: ConstraintRule, ofTable number: Int, _ counts: VerdictCounts
  ) -> RuleReport {
    let table = context.rulebook.tables[number].definition
    var report = RuleReport(
      name: rule.name, title: rule.name, why: "", source: "",
      pack: table.pack, table: table.name, kind: .constraint, fix: "",
      judgedNothing: counts.judged > 0 ? "" : constraintJudgedNothing(rule, number))
    report.asks =
      ConstraintInWords(
        rulebook: context.rulebook, number: number, rule: rule
      ).asks
    report.title = report.asks
    report.fix = "Correct the record in the case system, or the export."
    report.reads = tablesRead(by: rule, number)
    switch rule.kind {
    // The record with the same value may be the one that could not be read.
    case .key, .unique:
      report.comparesWith = [table.name]
      report.comparesWithAnybodys = [table.name]
      report.fields = Set(fields(of: rule, table).map { "\(table.name).\($0)" })
    case .cell(let field, .type), .cell(let field, .required):
      let relations = context.rulebook.schema.relations
      report.isOfKey =
        context.rulebook.schema.tables[number].person == field
        || relations.contains {
          $0.child == number && $0.childFields.contains(field)
            || $0.parent == number && $0.parentFields.contains(field)
        }
    case .row, .cell, .reference: break
    }
    if case .cell(let field, let constraint) = rule.kind {
      report.isOfOwnKey = table.primaryKey.contains(field)
      if constraint == .enum { report.codes = codes(of: table.fields[field]) }
    }
    report.isEvaluated = isEvaluated(rule, number)
    return report
  }

  /// Whether the as-of date lies in the time in which a rule is active.
  private func isActive(_ rule: Rule) -> Bool {
    let compiler = ExpressionCompiler(context: context)
    let from = rule.active?.from.flatMap { compiler.constant($0).day }
    let to = rule.active?.to.flatMap { compiler.constant($0).day }
    return (from.map { $0 <= context.asOf } ?? true) && (to.map { context.asOf <= $0 } ?? true)
  }

  /// The day before which decisions are left out.
  private func horizon(of rule: Rule) -> CalendarDate? {
    guard let back = rule.lookBack,
      case .duration(let span) = ExpressionCompiler(context: context).constant(back)
    else { return nil }
    return (-span).added(to: context.asOf, in: context.rulebook.calendar)
  }

  private func tablesRead(by rule: ConstraintRule, _ number: Int) -> [String] {
    let table = context.rulebook.tables[number]
    let definition = table.definition
    switch rule.kind {
    case .reference(let key) where definition.foreignKeys.indices.contains(key):
      return [definition.name, definition.foreignKeys[key].table]
    case .cell(let field, .maximum):
      return table.mayBeAhead[field].map { context.tablesRead(by: $0, ofTable: number) }
        ?? [definition.name]
    case .row, .key, .cell, .unique, .reference: return [definition.name]
    }
  }

  /// Whether a constraint had everything it looks at: its table, columns and any table referred to.
  private func isEvaluated(_ rule: ConstraintRule, _ number: Int) -> Bool {
    let table = context.dataset.tables[number]
    guard !table.files.isEmpty else { return false }
    switch rule.kind {
    case .row: return true
    case .key: return table.definition.primaryKey.allSatisfy { table.hasHeading[$0] }
    case .unique(let field), .cell(let field, _): return table.hasHeading[field]
    case .reference(let key):
      guard table.definition.foreignKeys.indices.contains(key) else { return false }
      let reference = table.definition.foreignKeys[key]
      let parent = context.rulebook.schema.tableNumber(reference.table)
      return reference.fields.allSatisfy { table.hasHeading[$0] }
        && parent.map { !context.dataset.tables[$0].files.isEmpty } == true
    }
  }

  /// Why a rule whose inputs are present judged nothing; empty if it judged something.
  private func judgedNothing(_ compiled: CompiledRule, _ counts: VerdictCounts) -> String {
    let rule = compiled.rule
    let table = context.dataset.tables[rule.table]
    let name = table.definition.name
    if table.rowCount == 0 { return "\(name) has no rows" }
    if case .limit(let limit) = rule.kind, limit.per == nil, counts.judged <= 1, rule.when != nil,
      isWithoutRows(compiled)
    {
      return "no row of \(name) meets its `when`"
    }
    guard counts.judged == 0 else { return "" }
    if counts.cannotJudge > 0 {
      return counts.cannotJudge == 1
        ? "the one row it is for has not the values it needs"
        : "none of the \(counts.cannotJudge) rows it is for has the values it needs"
    }
    let none = "no row of \(name) meets its `when`"
    // Where nothing else can be the reason, no row need be asked.
    switch rule.kind {
    case .check, .limit: if rule.active == nil { return none }
    case .deadline: if rule.active == nil, rule.lookBack == nil { return none }
    case .repeating: break
    }
    if isWithoutRows(compiled) { return none }
    switch rule.kind {
    case .check, .limit: return "it is not active on \(context.asOf)"
    case .deadline, .repeating: break
    }
    let rows =
      rule.when == nil ? "every row of \(name)" : "every row of \(name) that meets its `when`"
    return switch (rule.active != nil, rule.lookBack != nil) {
    case (true, false): "\(rows) starts while it is not active"
    case (false, true): "\(rows) was decided before its look-back"
    case (true, true): "\(rows) starts while it is not active, or was decided before its look-back"
    case (false, false): "\(rows) ended before its first occasion was due"
    }
  }

  /// Whether no row meets, or may meet, the rule's `when`.
  private func isWithoutRows(_ compiled: CompiledRule) -> Bool {
    let table = compiled.rule.table
    var frame = Frame(row: nil)
    return !(0..<Int32(context.dataset.tables[table].rowCount)).contains { row in
      frame.set(0, .row(RowID(table: Int32(table), row: row)))
      return compiled.mayBeFor(&frame)
    }
  }

  private func constraintJudgedNothing(_ rule: ConstraintRule, _ number: Int) -> String {
    let table = context.dataset.tables[number]
    let name = table.definition.name
    if table.files.isEmpty { return "there is no extract of \(name)" }
    if table.rowCount == 0 { return "\(name) has no rows" }
    switch rule.kind {
    case .reference(let key):
      let parent =
        table.definition.foreignKeys.indices.contains(key)
        ? table.definition.foreignKeys[key].table : ""
      let hasParent =
        context.rulebook.schema.tableNumber(parent)
        .map { !context.dataset.tables[$0].files.isEmpty } ?? false
      return hasParent
        ? "no row of \(name) refers to \(parent)" : "there is no extract of \(parent)"
    case .cell(let field, _), .unique(let field):
      return table.hasHeading[field] ? "no row of \(name) holds a value" : "no file has its heading"
    case .key: return "no file has its heading"
    case .row: return "\(name) has no rows"
    }
  }
}
