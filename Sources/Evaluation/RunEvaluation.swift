import Exceptions
import Extracts
import Rulebooks
import Threads
import Values
import WorkingTime

/// Evaluates one run: constraints first, then the rules.
///
/// The exceptions of the constraints explain what rules cannot judge.
///
/// A class, because each rule's judge refers to it.
final class RunEvaluation: Sendable {
  let context: EvaluationContext
  let threads: Int
  let compiler: ExpressionCompiler
  let owners: [OwnerSteps]
  let teams: [TeamColumn]
  /// The workers of the rows, by the tables' owners.
  let workers: [WorkerTexts]

  init(context: EvaluationContext, threads: Int) {
    self.context = context
    self.threads = threads
    let compiler = ExpressionCompiler(context: context)
    self.compiler = compiler
    let owners = context.rulebook.tables.map { OwnerSteps($0.owner, compiler: compiler) }
    self.owners = owners
    workers = owners.map { WorkerTexts($0, in: context.dataset.pool) }
    teams = inParallel(owners.count, threads: threads) { number in
      TeamColumn(
        owners[number], table: Int32(number), rowCount: context.dataset.tables[number].rowCount,
        pool: context.dataset.pool, spill: context.dataset.spill)
    }
  }

  /// The same run with ages and windows of time counted as of an earlier day, for some rules alone.
  func countingAges(asOf day: CalendarDate, for rules: [Rule]) -> RunEvaluation {
    var context = context.countingAges(asOf: day)
    context.prepareAgain(for: rules, threads: threads)
    return RunEvaluation(
      context: context, threads: threads, owners: owners, teams: teams, workers: workers)
  }

  private init(
    context: EvaluationContext, threads: Int, owners: [OwnerSteps], teams: [TeamColumn],
    workers: [WorkerTexts]
  ) {
    self.context = context
    self.threads = threads
    compiler = ExpressionCompiler(context: context)
    self.owners = owners
    self.teams = teams
    self.workers = workers
  }

  func run(progress: (@Sendable (Int) -> Void)?) async -> Evaluated {
    let constraints = ConstraintFindings(context: context, teams: teams, workers: workers)
    let counted = TeamCounting.all(
      of: context.dataset.tables, teams, threads: threads, context.dataset.spill)
    let found = constraints.findings(counted, threads: threads)
    let listed = found.listed
    var counts = found.measures
    progress?(listed.reduce(0) { $0 + $1.count })
    let cells = CellExceptions(listed, in: context)

    let rules = context.rulebook.rules
    let readings = inParallel(rules.count, threads: threads) { context.reading(of: rules[$0]) }
    // A rule with missing inputs is not even compiled.
    let able = rules.indices.filter { readings[$0].missing.isEmpty }
    let judges = inParallel(able.count, threads: threads) { place in
      let number = able[place]
      return RuleJudge(
        CompiledRule(rules[number], compiler: compiler), in: self, cells: cells)
    }
    let judged = judge(judges)
    context.dataset.spill?.settle()
    var ruleCounts = rules.map { RuleCounts(rule: $0.name, pack: $0.pack) }
    for (number, result) in zip(able, judged) { ruleCounts[number] = result.counts }
    counts += ruleCounts
    let allCounts = counts
    let measuring = threads > 1 ? Task.detached { self.measures(allCounts) } : nil
    let gathered = Gathering(judges, judged, listed, constraints.rowTexts).gathered(
      threads: threads)
    progress?(gathered.exceptions.count)
    let reports = RuleReports(
      context: context, readings: readings,
      compiled: Dictionary(uniqueKeysWithValues: zip(able, judges.map(\.compiled)))
    ).reports(counts, threads: threads)
    let measured = await measuring?.value ?? measures(allCounts)
    let known = Set(teams.flatMap(\.names)).union(gathered.teams)
    return Evaluated(
      exceptions: gathered.exceptions, measures: measured, rules: reports,
      teams: known.sorted { byteOrder($0.shown, $1.shown) < 0 },
      dueSoon: gathered.dueSoon, remarks: dividedGroups(judges, judged) + unknownBounds,
      evidence: { RunEvidence(run: self).showings(on: $0) })
  }

  /// Judges rows in pieces, so that no thread waits for the slowest rule.
  private func judge(_ judges: [RuleJudge]) -> [RuleResult] {
    let pieces = judges.map { judge -> [Range<Int>] in
      if case .limit = judge.compiled.body { return [0..<0] }
      let table = judge.compiled.rule.table
      return RowChunks(rowCount: context.dataset.tables[table].rowCount).ranges
    }
    var parts = inGroups(pieces.map(\.count), threads: threads) { rule, piece in
      context.dataset.spill?.relax()
      return judges[rule].result(rows: pieces[rule][piece])
    }
    return judges.enumerated().map { number, judge in
      var result = RuleResult(rule: judge.compiled.rule, teams: judge.teams)
      result.expect(parts[number].reduce(0) { $0 + $1.found.count })
      for part in parts[number] { result.append(part) }
      // Never all verdicts twice: there may be one for every row of every rule.
      parts[number] = []
      return result
    }
  }

  /// What is said of limits that hold only because their groups are named in several ways.
  private func dividedGroups(_ judges: [RuleJudge], _ results: [RuleResult]) -> [String] {
    let names = RecordNames(dataset: context.dataset)
    return zip(judges, results).compactMap { judge, result in
      let sets = result.divided.sorted { $0.lexicographicallyPrecedes($1) }
      guard let first = sets.first else { return nil }
      let places = first.map { row -> String in
        let (file, line) = names.place(RowID(table: Int32(judge.compiled.rule.table), row: row))
        return file + (line.map { ":\($0)" } ?? "")
      }
      let more = sets.count > 1 ? " The same is so of \(sets.count - 1) more." : ""
      return
        "\(judge.compiled.rule.name): the groups that begin at \(places.joined(separator: " and ")) hold the limit one by one and would break it together; their names differ only in capitals, blanks or zeros. If they are one, write its name in one way.\(more)"
    }
  }

  private func measures(_ counts: [RuleCounts]) -> [Measure] {
    let targets = Dictionary(
      context.rulebook.rules.map { ($0.name, $0.target) }, uniquingKeysWith: { first, _ in first })
    var measures: [Measure] = []
    // Teams are few, and each has exceptions of many rules.
    let inOrder = Set(counts.flatMap(\.teams.keys)).sorted { Text($0.shown) < Text($1.shown) }
    let ranks = Dictionary(uniqueKeysWithValues: zip(inOrder, inOrder.indices))
    let byName = counts.sorted { Text($0.rule) < Text($1.rule) }
    for rule in byName {
      let reach = TargetReach(target: targets[rule.rule] ?? nil, asOf: context.asOf)
      func measure(_ scope: Measure.Scope, _ counts: VerdictCounts) -> Measure {
        var measure = Measure(
          rule: rule.rule, pack: rule.pack, scope: scope, counts: counts,
          percent: reach.percent(counts), target: reach.target, rag: reach.rag(counts))
        measure.isRagInDoubt = reach.isInDoubt(counts)
        return measure
      }
      measures.append(measure(.all, rule.all))
      let teams = rule.teams.filter { $0.value != VerdictCounts() }
        .map { (rank: ranks[$0.key] ?? 0, team: $0) }.sorted { $0.rank < $1.rank }.map(\.team)
      measures += teams.map { measure(.team($0.key), $0.value) }
    }
    return measures
  }

  func namedVerdicts(of names: Set<String>) -> [String: [NamedVerdict]] {
    var named: [String: [NamedVerdict]] = [:]
    for rule in context.rulebook.rules where names.contains(rule.name) {
      let compiled = CompiledRule(rule, compiler: compiler)
      named[rule.name] = RuleJudge(compiled, in: self, cells: nil).namedVerdicts()
    }
    let records = RecordNames(dataset: context.dataset)
    let constraints = ConstraintFindings(context: context, teams: teams, workers: workers)
    for table in context.dataset.tables.indices {
      let rules = ConstraintRule.all(of: context.rulebook.tables[table].definition)
        .filter { names.contains($0.name) }
      guard !rules.isEmpty else { continue }
      let failed = constraints.exceptions(ofTable: table)
      for rule in rules {
        let broken = Set(failed.filter { $0.exception.rule == rule.name }.compactMap(\.row))
        named[rule.name] = (0..<Int32(context.dataset.tables[table].rowCount)).compactMap { row in
          let id = RowID(table: Int32(table), row: row)
          guard broken.contains(id) || isJudged(row, by: rule, ofTable: table) else { return nil }
          return NamedVerdict(
            record: records.recordID(id), occasion: 0,
            verdict: broken.contains(id) ? .failed : .met)
        }
      }
    }
    return named
  }

  /// Whether a row that breaks no constraint counts as having met it.
  ///
  /// Most constraints judge a value, and a missing value gives no verdict.
  private func isJudged(_ row: Int32, by rule: ConstraintRule, ofTable number: Int) -> Bool {
    let table = context.dataset.tables[number]
    func isThere(_ field: Int) -> Bool {
      guard let column = table.columns[field] else { return false }
      if case .absent = column.value(at: Int(row), in: context.dataset.pool) { return false }
      return true
    }
    return switch rule.kind {
    case .key, .row, .cell(_, .required): true
    case .unique(let field), .cell(let field, _): isThere(field)
    case .reference(let key): table.definition.foreignKeys[key].fields.allSatisfy(isThere)
    }
  }
}
