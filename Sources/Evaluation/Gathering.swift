import Exceptions
import Rulebooks
import Threads

/// Puts together what rules and constraints have found.
struct Gathering {
  private let judges: [RuleJudge]
  private let judged: [RuleResult]
  private let listed: [ConstraintFindings.Listed]
  private let rowTexts: [RowTexts]

  init(
    _ judges: [RuleJudge], _ judged: [RuleResult], _ listed: [ConstraintFindings.Listed],
    _ rowTexts: [RowTexts]
  ) {
    self.judges = judges
    self.judged = judged
    self.listed = listed
    self.rowTexts = rowTexts
  }

  /// What comes next in the list of exceptions.
  private enum Piece: Sendable {
    /// What a rule has found, by its number.
    case verdicts(rule: Int)
    /// What a constraint has found in rows: the item, the number of its kind, and the place of its first among all.
    case rows(item: Int, kind: Int32, first: Int)
    case others([CaseException])
  }

  /// The exceptions, what is due soon, and the teams of the exceptions that no row of a table has.
  func gathered(threads: Int) -> (
    exceptions: [CaseException], dueSoon: [CaseException], teams: Set<TeamName>
  ) {
    let blocks = blocks
    var kinds: [any ExceptionKind] = zip(judges, judged).map { judge, result in
      VerdictKind(
        judge.compiled.rule, writer: judge.writer,
        verdicts: result.dueSoon.isEmpty ? result.found : result.found + result.dueSoon,
        teams: result.teams.names, rows: rowTexts)
    }
    for case .rows(_, let kind, _) in listed { kinds.append(kind) }
    // Each piece has a source of its own: each exception is a claim to it, and threads that work on pieces side by side
    // would take the count of claims from each other's cache.
    let allKinds = kinds
    @Sendable func source() -> FoundExceptions {
      FoundExceptions(kinds: allKinds, blockLists: blocks.lists)
    }
    @Sendable func record(_ verdict: FoundVerdict, of rule: Int, _ detail: Int) -> ExceptionRecord {
      verdict.record(kind: Int32(rule), detail: detail, list: judges[rule].writer.list)
    }

    var pieces: [Piece] = []
    var counts: [Int] = []
    var dueSoon: [CaseException] = []
    var teams: Set<TeamName> = []
    for (number, result) in judged.enumerated() {
      pieces += [.verdicts(rule: number), .others(result.groups)]
      counts += [result.found.count, result.groups.count]
      let source = source()
      for (place, verdict) in result.dueSoon.enumerated() {
        dueSoon.append(
          CaseException(record(verdict, of: number, result.found.count + place), of: source))
      }
      teams.formUnion(result.teamsFound)
      teams.formUnion(result.groups.map(\.team))
    }
    var place = 0
    var kind = Int32(judges.count)
    for (number, item) in listed.enumerated() {
      switch item {
      case .rows:
        pieces.append(.rows(item: number, kind: kind, first: place))
        kind += 1
      case .single(var exception, _):
        let rules = blocks.lists[Int(blocks.numbers[place])]
        if !rules.isEmpty { exception.blocks = rules }
        pieces.append(.others([exception]))
        teams.insert(exception.team)
      }
      counts.append(item.count)
      place += item.count
    }
    let work = pieces
    let exceptions: [CaseException] = inParallel(joining: counts, threads: threads) {
      number, list in
      let source = source()
      switch work[number] {
      case .verdicts(let rule):
        for (place, verdict) in judged[rule].found.enumerated() {
          list.append(CaseException(record(verdict, of: rule, place), of: source))
        }
      case .rows(let item, let kind, let first):
        guard case .rows(let records, _, _) = listed[item] else { return }
        for (place, found) in records.enumerated() {
          var record = found
          record.kind = kind
          record.blocks = blocks.numbers[first + place]
          list.append(CaseException(record, of: source))
        }
      case .others(let exceptions): for exception in exceptions { list.append(exception) }
      }
    }
    return (exceptions, dueSoon, teams)
  }

  /// For each of the constraints' exceptions the number of the list of rules that could not judge because of it.
  private var blocks: (lists: [[String]], numbers: [Int32]) {
    var lists = BlockLists()
    var numbers = [Int32](repeating: 0, count: listed.reduce(0) { $0 + $1.count })
    for (rule, result) in judged.enumerated() {
      let name = judges[rule].compiled.rule.name
      for place in result.blocked {
        numbers[place] = lists.list(numbers[place], and: rule, named: name)
      }
    }
    return (lists.lists, numbers)
  }
}
