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
    /// What a constraint has found in rows: the item, the number of its kind, and the place of its
    /// first among all.
    case rows(item: Int, kind: Int32, first: Int)
    case others([CaseException])
  }

  /// What is found, in order, with how many exceptions each piece has.
  private struct Pieces {
    var pieces: [Piece] = []
    var counts: [Int] = []
    /// The teams of exceptions that no row of a table has.
    var teams: Set<TeamName> = []

    mutating func add(_ piece: Piece, _ count: Int) {
      pieces.append(piece)
      counts.append(count)
    }
  }

  /// The exceptions, what is due soon, and the teams of the exceptions that no row of a table has.
  func gathered(threads: Int) -> (
    exceptions: [CaseException], dueSoon: [CaseException], teams: Set<TeamName>
  ) {
    let blocks = blocks
    let (kinds, pieces) = (kinds, pieces(blocks))
    // Each piece has a source of its own: each exception is a claim to it, and threads that work on
    // pieces side by side would take the count of claims from each other's cache.
    @Sendable func source() -> FoundExceptions {
      FoundExceptions(kinds: kinds, blockLists: blocks.lists)
    }
    var dueSoon: [CaseException] = []
    for (rule, result) in judged.enumerated() {
      let source = source()
      for (place, verdict) in result.dueSoon.enumerated() {
        let record = record(verdict, of: rule, result.found.count + place)
        dueSoon.append(CaseException(record, of: source))
      }
    }
    let exceptions: [CaseException] = inParallel(joining: pieces.counts, threads: threads) {
      number, list in
      let source = source()
      switch pieces.pieces[number] {
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
    return (exceptions, dueSoon, pieces.teams)
  }

  /// The kinds of exceptions: those of the rules, then those of the constraints.
  private var kinds: [any ExceptionKind] {
    var kinds: [any ExceptionKind] = zip(judges, judged).map { judge, result in
      VerdictKind(
        judge.compiled.rule, writer: judge.writer,
        verdicts: result.dueSoon.isEmpty ? result.found : result.found + result.dueSoon,
        teams: result.teams.names, rows: rowTexts)
    }
    for case .rows(_, let kind, _) in listed { kinds.append(kind) }
    return kinds
  }

  private func record(_ verdict: FoundVerdict, of rule: Int, _ detail: Int) -> ExceptionRecord {
    verdict.record(kind: Int32(rule), detail: detail, list: judges[rule].writer.list)
  }

  private func pieces(_ blocks: (lists: [[String]], numbers: [Int32])) -> Pieces {
    var pieces = Pieces()
    for (number, result) in judged.enumerated() {
      pieces.add(.verdicts(rule: number), result.found.count)
      pieces.add(.others(result.groups), result.groups.count)
      pieces.teams.formUnion(result.teamsFound)
      pieces.teams.formUnion(result.groups.map(\.team))
    }
    var place = 0
    var kind = Int32(judges.count)
    for (number, item) in listed.enumerated() {
      switch item {
      case .rows:
        pieces.add(.rows(item: number, kind: kind, first: place), item.count)
        kind += 1
      case .single(var exception, _):
        let rules = blocks.lists[Int(blocks.numbers[place])]
        if !rules.isEmpty { exception.blocks = rules }
        pieces.add(.others([exception]), item.count)
        pieces.teams.insert(exception.team)
      }
      place += item.count
    }
    return pieces
  }

  /// For each of the constraints' exceptions the number of the list of rules that could not judge
  /// because of it.
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
