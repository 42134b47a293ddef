import Exceptions
import Rulebooks

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

  /// The exceptions, what is due soon, and the teams of the exceptions that no row of a table has.
  var gathered: (exceptions: [CaseException], dueSoon: [CaseException], teams: Set<TeamName>) {
    let blocks = blocks
    var kinds: [any ExceptionKind] = zip(judges, judged).map { judge, result in
      VerdictKind(
        judge.compiled.rule, writer: judge.writer, verdicts: result.found + result.dueSoon,
        teams: result.teams.names, rows: rowTexts)
    }
    for case .rows(_, let kind, _) in listed { kinds.append(kind) }
    let source = FoundExceptions(kinds: kinds, blockLists: blocks.lists)

    var exceptions: [CaseException] = []
    exceptions.reserveCapacity(
      judged.reduce(0) { $0 + $1.found.count + $1.groups.count }
        + listed.reduce(0) { $0 + $1.count })
    var dueSoon: [CaseException] = []
    var teams: Set<TeamName> = []
    for (number, result) in judged.enumerated() {
      let list = judges[number].writer.list
      func exception(_ verdict: FoundVerdict, _ detail: Int) -> CaseException {
        CaseException(
          verdict.record(kind: Int32(number), detail: detail, list: list), of: source)
      }
      for (place, verdict) in result.found.enumerated() {
        exceptions.append(exception(verdict, place))
      }
      for (place, verdict) in result.dueSoon.enumerated() {
        dueSoon.append(exception(verdict, result.found.count + place))
      }
      exceptions += result.groups
      teams.formUnion(Set(result.found.map(\.team)).map { result.teams.names[Int($0)] })
      teams.formUnion(result.groups.map(\.team))
    }
    var place = 0
    var kind = Int32(judges.count)
    for item in listed {
      switch item {
      case .rows(let records, _, _):
        for var record in records {
          record.kind = kind
          record.blocks = blocks.numbers[place]
          exceptions.append(CaseException(record, of: source))
          place += 1
        }
        kind += 1
      case .single(var exception, _):
        let rules = blocks.lists[Int(blocks.numbers[place])]
        if !rules.isEmpty { exception.blocks = rules }
        exceptions.append(exception)
        teams.insert(exception.team)
        place += 1
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
