import Exceptions
import Expressions
import Extracts
import Rulebooks
import Values
import WorkingTime

/// What one rule gave on some rows.
struct RuleResult: Sendable {
  var counts: RuleCounts
  var exceptions: [CaseException] = []
  /// What falls due within the warning time, for drift lists.
  var dueSoon: [CaseException] = []
  /// The places of the constraints' exceptions that explain what could not be judged.
  var blocked: [Int] = []
  /// The rows that are listed already, where a rule marks other rows than the one judged.
  private var marked: Set<RowID> = []
  private var markedHere: Set<RowID> = []
  private var marks: [(row: RowID, exception: CaseException)] = []

  init(rule: Rule) { counts = RuleCounts(rule: rule.name, pack: rule.pack) }

  /// Lists a record that a rule marks, unless an earlier row has marked it.
  mutating func mark(_ row: RowID, _ exception: () -> CaseException) {
    guard markedHere.insert(row).inserted else { return }
    marks.append((row, exception()))
  }

  /// Adds the result on later rows.
  ///
  /// A record marked by several failing rows is listed once.
  mutating func append(_ other: RuleResult) {
    for (team, count) in other.counts.teams {
      counts.teams[team, default: VerdictCounts()] += count
    }
    exceptions += other.exceptions
    dueSoon += other.dueSoon
    blocked += other.blocked
    for (row, exception) in other.marks where marked.insert(row).inserted {
      exceptions.append(exception)
    }
  }
}

/// Judges the rows of one rule and makes exceptions of what needs a person.
struct RuleJudge: Sendable {
  let compiled: CompiledRule
  private let run: RunEvaluation
  private let cells: CellExceptions?
  private let owner: OwnerSteps
  private let marks: Step?
  private let writer: ExceptionWriter

  private var rule: Rule { compiled.rule }
  private var table: Int32 { Int32(rule.table) }

  init(_ compiled: CompiledRule, in run: RunEvaluation, cells: CellExceptions?) {
    self.compiled = compiled
    self.run = run
    self.cells = cells
    let rule = compiled.rule
    let own = rule.owner.map { owner in
      // What a rule's owner does not name is the table's.
      let fallback = run.context.rulebook.tables[rule.table].owner
      return Owner(team: owner.team ?? fallback.team, worker: owner.worker ?? fallback.worker)
    }
    owner = own.map { OwnerSteps($0, compiler: run.compiler) } ?? run.owners[rule.table]
    if case .check(let check) = rule.kind {
      marks = check.marks.map { run.compiler.compile($0) }
    } else {
      marks = nil
    }
    writer = ExceptionWriter(
      compiled, context: run.context, compiler: run.compiler, owner: owner, owners: run.owners)
  }

  func result(rows: Range<Int>) -> RuleResult {
    var result = RuleResult(rule: rule)
    if case .limit(let judge) = compiled.body {
      judgeGroups(judge, &result)
      return result
    }
    var frame = Frame(row: nil)
    if rule.owner != nil {
      for number in rows {
        let row = RowID(table: table, row: Int32(number))
        var team: TeamName?
        compiled.judge(row, &frame) { verdict in
          let acting = team ?? self.team(of: row)
          team = acting
          result.counts.add(verdict.status, team: acting)
          list(verdict, row, acting, &result)
        }
      }
      return result
    }
    let teams = run.teams[rule.table]
    var counted = [VerdictCounts](repeating: VerdictCounts(), count: teams.names.count)
    for number in rows {
      let row = RowID(table: table, row: Int32(number))
      let team = Int(teams.numbers[number])
      compiled.judge(row, &frame) { verdict in
        counted[team].count(verdict.status)
        list(verdict, row, teams.names[team], &result)
      }
    }
    for (team, counts) in zip(teams.names, counted) where counts != VerdictCounts() {
      result.counts.teams[team, default: VerdictCounts()] += counts
    }
    return result
  }

  private func team(of row: RowID) -> TeamName {
    if rule.owner == nil { return run.teams[rule.table][row.row] }
    var frame = Frame(row: row)
    return owner.team(&frame)
  }

  private func list(_ verdict: Verdict, _ row: RowID, _ team: TeamName, _ result: inout RuleResult)
  {
    switch verdict.status {
    case .met, .pending: return
    case .dueSoon:
      guard rule.list != .none else { return }
      result.dueSoon.append(writer.broken(verdict, row, marking: row, team))
    case .cannotJudge:
      let blame = compiled.pointers.resolved(verdict.blame, row)
      let places = cells?.places(of: blame) ?? []
      if !places.isEmpty {
        result.blocked += places
      } else if rule.list != .none {
        result.exceptions.append(writer.cannotJudge(verdict, row, team, blame))
      }
    case .failed, .late, .overdue:
      guard rule.list != .none else { return }
      guard marks != nil else {
        result.exceptions.append(writer.broken(verdict, row, marking: row, team))
        return
      }
      for marked in markedRows(row) {
        let acting = marked == row ? team : nil
        result.mark(marked) { writer.broken(verdict, row, marking: marked, acting) }
      }
    }
  }

  /// The rows that the exception points at; the row judged where it would point at none.
  private func markedRows(_ row: RowID) -> [RowID] {
    var frame = Frame(row: row)
    let isOfThisPeriod: (RowID) -> Bool = { $0.table < run.context.tableCount }
    switch marks?(&frame) {
    case .row(let id) where isOfThisPeriod(id): return [id]
    case .list(let values):
      let rows = values.compactMap { value -> RowID? in
        if case .row(let id) = value, isOfThisPeriod(id) { return id }
        return nil
      }
      return rows.isEmpty ? [row] : rows
    default: return [row]
    }
  }

  private func judgeGroups(_ judge: LimitJudge, _ result: inout RuleResult) {
    let rowCount = run.context.dataset.tables[rule.table].rowCount
    let (groups, blocked) = judge.judge(compiled, table: table, rowCount: rowCount)
    for (number, blame) in blocked {
      let row = RowID(table: table, row: number)
      let team = team(of: row)
      let verdict = Verdict.cannotJudge(.absent, blame)
      result.counts.add(.cannotJudge, team: team)
      list(verdict, row, team, &result)
    }
    for group in groups {
      let first = group.firstRow.map { RowID(table: table, row: $0) }
      let team = first.map { self.team(of: $0) } ?? .none
      result.counts.add(group.verdict.status, team: team)
      if group.verdict.status == .met { continue }
      let places = cells?.places(of: group.verdict.blame) ?? []
      if group.verdict.status == .cannotJudge, !places.isEmpty {
        result.blocked += places
      } else if rule.list != .none {
        result.exceptions.append(writer.limit(group, first, team))
      }
    }
  }

  /// What the rule says of the groups of a limit, by name, and the rows that have none.
  func groups() -> (statuses: [String: Verdict.Status], blocked: Set<Int32>) {
    guard case .limit(let judge) = compiled.body else { return ([:], []) }
    let rowCount = run.context.dataset.tables[rule.table].rowCount
    let (groups, blocked) = judge.judge(compiled, table: table, rowCount: rowCount)
    let statuses = Dictionary(
      groups.map { ($0.name, $0.verdict.status) }, uniquingKeysWith: { first, _ in first })
    return (statuses, Set(blocked.map(\.row)))
  }

  func namedVerdicts() -> [NamedVerdict] {
    var named: [NamedVerdict] = []
    let names = RecordNames(dataset: run.context.dataset)
    let rowCount = run.context.dataset.tables[rule.table].rowCount
    if case .limit(let judge) = compiled.body {
      let (groups, blocked) = judge.judge(compiled, table: table, rowCount: rowCount)
      named += blocked.map {
        NamedVerdict(
          record: names.recordID(RowID(table: table, row: $0.row)), occasion: 0,
          status: Verdict.Status.cannotJudge.rawValue)
      }
      return named
        + groups.map {
          NamedVerdict(record: $0.name, occasion: 0, status: $0.verdict.status.rawValue)
        }
    }
    var frame = Frame(row: nil)
    for number in 0..<Int32(rowCount) {
      let row = RowID(table: table, row: number)
      compiled.judge(row, &frame) { verdict in
        named.append(
          NamedVerdict(
            record: names.recordID(row), occasion: verdict.occasion,
            status: verdict.status.rawValue))
      }
    }
    return named
  }
}

extension FieldPointers {
  /// What a verdict points at: what was absent, or where nothing is to blame the rule's main field.
  func resolved(_ blame: Blame, _ row: RowID) -> Blame {
    guard blame.isNone, let main else { return blame }
    return .field(main, of: row)
  }
}
