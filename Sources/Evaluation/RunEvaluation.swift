import Exceptions
import Expressions
import Extracts
import Rulebooks
import Threads
import Values
import WorkingTime

/// One run's evaluation: constraints first, whose exceptions explain what rules cannot judge; then the rules.
struct RunEvaluation: Sendable {
  let context: EvaluationContext
  let threads: Int
  let compiler: ExpressionCompiler
  let owners: [OwnerSteps]
  let teams: [TeamColumn]

  init(context: EvaluationContext, threads: Int) {
    self.context = context
    self.threads = threads
    let compiler = ExpressionCompiler(context: context)
    self.compiler = compiler
    let owners = context.rulebook.tables.map { OwnerSteps($0.owner, compiler: compiler) }
    self.owners = owners
    teams = inParallel(owners.count, threads: threads) { number in
      TeamColumn(
        owners[number], table: Int32(number), rowCount: context.dataset.tables[number].rowCount,
        pool: context.dataset.pool, spill: context.dataset.spill)
    }
  }

  func run(progress: (@Sendable (Int) -> Void)?) async -> Evaluated {
    let constraints = ConstraintFindings(
      context: context, teams: teams, owners: owners, threads: threads)
    let counted = TeamCounting.all(
      of: context.dataset.tables, teams, threads: threads, context.dataset.spill)
    let found = inParallel(context.dataset.tables.count, threads: threads) { table in
      context.dataset.spill?.relax()
      return constraints.findings(ofTable: table, counted[table])
    }
    var listed = found.flatMap(\.listed)
    var counts = found.flatMap(\.measures)
    progress?(listed.count)
    let cells = CellExceptions(listed, in: context)

    let rules = context.rulebook.rules
    let readings = inParallel(rules.count, threads: threads) { context.reading(of: rules[$0]) }
    let judged = await judge(cells, readings)
    var exceptions: [CaseException] = []
    var dueSoon: [CaseException] = []
    for (rule, result) in zip(rules, judged) {
      counts.append(result.counts)
      exceptions += result.exceptions
      dueSoon += result.dueSoon
      for place in result.blocked { listed[place].exception.blocks.append(rule.name) }
    }
    for place in listed.indices where listed[place].exception.blocks.count > 1 {
      listed[place].exception.blocks = Set(listed[place].exception.blocks).sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
    }
    exceptions += listed.map(\.exception)
    progress?(exceptions.count)
    let known = Set(teams.flatMap(\.names)).union(exceptions.map(\.team))
    return Evaluated(
      exceptions: exceptions, measures: measures(counts),
      rules: RuleReports(context: context, readings: readings).reports(counts, threads: threads),
      teams: known.sorted { $0.shown.utf8.lexicographicallyPrecedes($1.shown.utf8) },
      dueSoon: dueSoon, evidence: { RunEvidence(run: self).evidence(on: $0) })
  }

  /// Judges rows in pieces, of all rules at once, so that no thread waits for the slowest rule.
  ///
  /// A rule whose inputs are not there is not even compiled.
  private func judge(_ cells: CellExceptions, _ readings: [RuleReading]) async -> [RuleResult] {
    let rules = context.rulebook.rules
    let judges = inParallel(rules.count, threads: threads) { number -> RuleJudge? in
      guard readings[number].missing.isEmpty else { return nil }
      return RuleJudge(
        CompiledRule(rules[number], number: number, compiler: compiler), in: self, cells: cells)
    }
    var pieces: [(judge: RuleJudge, rows: Range<Int>)] = []
    for judge in judges.compactMap({ $0 }) {
      let rule = judge.compiled
      if case .limit = rule.body {
        pieces.append((judge, 0..<0))
      } else {
        let rowCount = context.dataset.tables[rule.rule.table].rowCount
        for range in RowChunks(rowCount: rowCount).ranges { pieces.append((judge, range)) }
      }
    }
    let work = pieces
    let parts = inParallel(work.count, threads: threads) { number in
      context.dataset.spill?.relax()
      return work[number].judge.result(rows: work[number].rows)
    }
    var results = rules.map { RuleResult(rule: $0) }
    for (piece, part) in zip(work, parts) { results[piece.judge.compiled.number].append(part) }
    return results
  }

  private func measures(_ counts: [RuleCounts]) -> [Measure] {
    let rules = Dictionary(
      context.rulebook.rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var measures: [Measure] = []
    let byName = counts.sorted { $0.rule.utf8.lexicographicallyPrecedes($1.rule.utf8) }
    for rule in byName {
      let standing = Standing(target: rules[rule.rule]?.target, asOf: context.asOf)
      func measure(_ scope: Measure.Scope, _ counts: VerdictCounts) -> Measure {
        Measure(
          rule: rule.rule, pack: rule.pack, scope: scope, counts: counts,
          percent: standing.percent(counts), target: standing.target, rag: standing.rag(counts))
      }
      measures.append(measure(.all, rule.all))
      let teams = rule.teams.filter { $0.value != VerdictCounts() }.sorted {
        $0.key.shown.utf8.lexicographicallyPrecedes($1.key.shown.utf8)
      }
      measures += teams.map { measure(.team($0.key), $0.value) }
    }
    return measures
  }

  func namedVerdicts(of names: Set<String>) -> [String: [NamedVerdict]] {
    var named: [String: [NamedVerdict]] = [:]
    for (number, rule) in context.rulebook.rules.enumerated() where names.contains(rule.name) {
      let compiled = CompiledRule(rule, number: number, compiler: compiler)
      named[rule.name] = RuleJudge(compiled, in: self, cells: nil).namedVerdicts()
    }
    let records = RecordNames(dataset: context.dataset)
    let constraints = ConstraintFindings(context: context, teams: teams, owners: owners)
    for table in context.dataset.tables.indices {
      let rules = ConstraintRule.all(of: context.rulebook.tables[table].definition)
        .map(\.name).filter { names.contains($0) }
      guard !rules.isEmpty else { continue }
      let failed = constraints.findings(ofTable: table).listed
      for rule in rules {
        let broken = Set(failed.filter { $0.exception.rule == rule }.map(\.exception.recordID))
        named[rule] = (0..<Int32(context.dataset.tables[table].rowCount)).map { row in
          let record = records.recordID(RowID(table: Int32(table), row: row))
          return NamedVerdict(
            record: record, occasion: 0, status: broken.contains(record) ? "failed" : "met")
        }
      }
    }
    return named
  }
}

/// The exceptions that constraints, keys and references have made of cells, found by the cell.
struct CellExceptions: Sendable {
  private var places: [Blame: [Int]] = [:]
  /// File-level exceptions of a missing heading: by table and field, with the rows of the file.
  private var columns: [(table: Int32, rows: Range<Int>, field: Int32, place: Int)] = []

  init(_ listed: [ConstraintFindings.Listed], in context: EvaluationContext) {
    for (place, item) in listed.enumerated() {
      if let row = item.row {
        for field in item.fields {
          places[.field(field, of: row), default: []].append(place)
        }
        if let key = item.foreignKey {
          places[.foreignKey(key, of: row), default: []].append(place)
        }
      } else if let field = item.fields.first,
        let number = context.rulebook.schema.tableNumber(item.exception.table)
      {
        let table = context.dataset.tables[number]
        guard let file = table.files.firstIndex(where: { $0.path == item.exception.sourceFile })
        else { continue }
        let start = table.firstRows[file]
        let end = file + 1 < table.firstRows.count ? table.firstRows[file + 1] : table.rowCount
        columns.append((Int32(number), start..<end, Int32(field), place))
      }
    }
  }

  /// The places in the list of what a cell has against it already.
  func places(of blame: Blame) -> [Int] {
    if let found = places[blame] { return found }
    guard !columns.isEmpty else { return [] }
    return columns.filter {
      $0.table == blame.table && $0.field == blame.field && $0.rows.contains(Int(blame.row))
    }.map(\.place)
  }
}
