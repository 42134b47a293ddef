import Exceptions
import Extracts
import Rulebooks
import Values

/// Judges the rows of one rule and makes exceptions of the verdicts that need a person.
///
/// A class, because a run hands it from thread to thread: copies of all that it refers to would
/// count references that the threads share.
final class RuleJudge: Sendable {
  let compiled: CompiledRule
  private let run: RunEvaluation
  private let cells: CellExceptions?
  private let owner: OwnerSteps
  private let marks: Step?
  let writer: ExceptionWriter

  private var rule: Rule { compiled.rule }
  private var table: Int32 { Int32(rule.table) }

  init(_ compiled: CompiledRule, in run: RunEvaluation, cells: CellExceptions?) {
    self.compiled = compiled
    self.run = run
    self.cells = cells
    let rule = compiled.rule
    let own = rule.owner.map { owner in
      // Whatever the rule's owner does not name comes from the table's owner.
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
      compiled, context: run.context, compiler: run.compiler, owner: owner,
      ownWorkers: own == nil ? nil : WorkerTexts(owner, in: run.context.dataset.pool),
      workers: run.workers)
  }

  /// The teams that are numbered beforehand; none if the rule names its own.
  var teams: [TeamName] { rule.owner == nil ? run.teams[rule.table].names : [] }

  func result(rows: Range<Int>) -> RuleResult {
    var result = RuleResult(rule: rule, teams: teams)
    if case .limit = compiled.body {
      judgeGroups(&result)
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
          if verdict.needsPerson { list(verdict, row, result.teams.number(of: acting), &result) }
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
        if verdict.needsPerson { list(verdict, row, Int32(team), &result) }
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

  private func list(_ verdict: Verdict, _ row: RowID, _ team: Int32, _ result: inout RuleResult) {
    switch verdict.status {
    case .met, .pending: return
    case .dueSoon:
      guard rule.list != .none else { return }
      result.listSoon(FoundVerdict(verdict, row, marking: row, team: team))
    case .cannotJudge:
      let blame = compiled.resolved(verdict.blame, row)
      let places = cells?.places(of: blame) ?? []
      if !places.isEmpty {
        result.blocked += places
      } else if rule.list != .none {
        result.list(FoundVerdict(verdict, row, marking: row, team: team, blame: blame))
      }
    case .failed, .late, .overdue:
      guard rule.list != .none else { return }
      guard marks != nil else {
        result.list(FoundVerdict(verdict, row, marking: row, team: team))
        return
      }
      for marked in markedRows(row) {
        result.mark(marked) { teams in
          FoundVerdict(
            verdict, row, marking: marked,
            team: marked == row || isActedOnHere(marked)
              ? team : teams.number(of: self.team(ofMarked: marked)))
        }
      }
    }
  }

  /// Whether the judged record says who acts on one that the rule marks.
  ///
  /// An owner of the rule's own is named by the judged record's cells.
  private func isActedOnHere(_ marked: RowID) -> Bool {
    rule.owner != nil && Int(marked.table) != rule.table
  }

  /// The team of a record that the rule marks.
  ///
  /// The rule's owner decides for a record in its own table, and otherwise the other table's owner.
  private func team(ofMarked row: RowID) -> TeamName {
    var frame = Frame(row: row)
    let acting = Int(row.table) == rule.table ? owner : run.owners[Int(row.table)]
    return acting.team(&frame)
  }

  /// The rows that the exception points at, or the judged row if there would be none.
  private func markedRows(_ row: RowID) -> [RowID] {
    var frame = Frame(row: row)
    let tableCount = run.context.tableCount
    let isOfThisPeriod: (RowID) -> Bool = { $0.table < tableCount }
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

  /// Whether the rule says which rows its exceptions point at.
  var isMarking: Bool { marks != nil }

  /// The rows that a rule marks, each with the row that breaks the rule.
  func marked() -> [(row: RowID, by: RowID)] {
    guard isMarking else { return [] }
    var found: [(row: RowID, by: RowID)] = []
    var frame = Frame(row: nil)
    for number in 0..<Int32(run.context.dataset.tables[rule.table].rowCount) {
      let row = RowID(table: table, row: number)
      compiled.judge(row, &frame) { verdict in
        guard verdict.status == .failed else { return }
        found += markedRows(row).map { ($0, row) }
      }
    }
    return found
  }

  /// The groups of a limit with their verdicts, and the rows that have no group; empty for any
  /// other rule.
  func judgedGroups() -> (groups: [LimitJudge.Group], blocked: [(row: Int32, blame: Blame)]) {
    guard case .limit(let judge) = compiled.body else { return ([], []) }
    let rowCount = run.context.dataset.tables[rule.table].rowCount
    return judge.judge(compiled, table: table, rowCount: rowCount)
  }

  private func judgeGroups(_ result: inout RuleResult) {
    let (groups, blocked) = judgedGroups()
    for (number, blame) in blocked {
      let row = RowID(table: table, row: number)
      let team = team(of: row)
      let verdict = Verdict.cannotJudge(.absent, blame)
      result.counts.add(.cannotJudge, team: team)
      list(verdict, row, result.teams.number(of: team), &result)
    }
    for group in groups {
      let first = group.firstRow.map { RowID(table: table, row: $0) }
      let team = first.map { self.team(of: $0) } ?? .none
      result.counts.add(group.verdict.status, team: team)
      if group.verdict.status == .met {
        result.note(divided: group.divided)
        continue
      }
      let places = cells?.places(of: group.verdict.blame) ?? []
      if group.verdict.status == .cannotJudge, !places.isEmpty {
        result.blocked += places
      } else if rule.list != .none {
        result.groups.append(writer.limit(group, first, team))
      }
    }
  }

  /// The verdicts on the groups of a limit, by name, and the rows that have no group.
  ///
  /// As in the rule, two spellings of a name that differ in their bytes are two groups.
  ///
  /// A group that holds only because its rows name it in several ways could not be judged.
  func groups() -> (statuses: [Text: Verdict.Status], blocked: Set<Int32>) {
    let (groups, blocked) = judgedGroups()
    let statuses = Dictionary(
      groups.map { (Text($0.name), $0.divided.isEmpty ? $0.verdict.status : .cannotJudge) },
      uniquingKeysWith: { first, _ in first })
    return (statuses, Set(blocked.map(\.row)))
  }

  /// The names of all groups of a limit, those of which the rule asks nothing included.
  func groupNames() -> Set<Text> {
    guard case .limit(let judge) = compiled.body else { return [] }
    let rowCount = run.context.dataset.tables[rule.table].rowCount
    return judge.names(table: table, rowCount: rowCount)
  }

  func namedVerdicts() -> [NamedVerdict] {
    var named: [NamedVerdict] = []
    let names = RecordNames(dataset: run.context.dataset)
    if case .limit = compiled.body {
      let (groups, blocked) = judgedGroups()
      named += blocked.map {
        NamedVerdict(
          record: names.recordID(RowID(table: table, row: $0.row)), occasion: 0,
          verdict: .cannotJudge)
      }
      return named
        + groups.map {
          NamedVerdict(record: $0.name, occasion: 0, verdict: $0.verdict.status.expected)
        }
    }
    var frame = Frame(row: nil)
    for number in 0..<Int32(run.context.dataset.tables[rule.table].rowCount) {
      let row = RowID(table: table, row: number)
      compiled.judge(row, &frame) { verdict in
        named.append(
          NamedVerdict(
            record: names.recordID(row), occasion: verdict.occasion,
            verdict: verdict.status.expected))
      }
    }
    return named
  }
}

extension Verdict.Status {
  /// The status by the name that tests of rules give it.
  fileprivate var expected: ExpectedVerdict {
    switch self {
    case .met: .met
    case .failed: .failed
    case .late: .late
    case .overdue: .overdue
    case .dueSoon: .dueSoon
    case .pending: .pending
    case .cannotJudge: .cannotJudge
    }
  }
}
