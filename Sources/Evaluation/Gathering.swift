import Exceptions
import Rulebooks
import Threads

/// Combines the findings of rules and constraints.
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

  /// The next part of the list of exceptions.
  private enum Piece: Sendable {
    /// The findings of a rule, by its number.
    case verdicts(rule: Int)
    /// The findings of a constraint in rows or unread records: the item, the number of its kind, and
    /// the place of its first exception in the whole list.
    case rows(item: Int, kind: Int32, first: Int)
    case others([CaseException])
  }

  /// The findings in order, with the number of exceptions in each piece.
  private struct Pieces {
    var pieces: [Piece] = []
    var counts: [Int] = []
    /// The teams of exceptions that are the team of no table row.
    var teams: Set<TeamName> = []

    mutating func add(_ piece: Piece, _ count: Int) {
      pieces.append(piece)
      counts.append(count)
    }
  }

  /// The exceptions, what is due soon, and the exceptions' teams that are the team of no table row.
  func gathered(threads: Int) -> (
    exceptions: [CaseException], dueSoon: [CaseException], teams: Set<TeamName>
  ) {
    let blocks = blocks
    let (kinds, pieces) = (kinds, pieces(blocks))
    // Each piece has its own source: every exception retains its source, and with a shared one the
    // threads would contend for its reference count.
    @Sendable func source() -> FoundExceptions {
      FoundExceptions(kinds: kinds, blockLists: blocks.lists)
    }
    var dueSoon: [CaseException] = []
    for (rule, result) in judged.enumerated() {
      let source = source()
      let list = judges[rule].writer.list
      for (place, verdict) in result.dueSoon.enumerated() {
        let record = verdict.record(
          kind: Int32(rule), detail: result.found.count + place, list: list)
        dueSoon.append(CaseException(record, of: source))
      }
    }
    let exceptions: [CaseException] = inParallel(joining: pieces.counts, threads: threads) {
      number, list in
      let source = source()
      switch pieces.pieces[number] {
      case .verdicts(let rule):
        let chosen = judges[rule].writer.list
        for (place, verdict) in judged[rule].found.enumerated() {
          let record = verdict.record(kind: Int32(rule), detail: place, list: chosen)
          list.append(CaseException(record, of: source))
        }
      case .rows(let item, let kind, let first):
        guard let records = listed[item].records else { return }
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
    kinds += listed.compactMap(\.kind)
    return kinds
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
      case .rows, .unread:
        pieces.add(.rows(item: number, kind: kind, first: place), item.count)
        if case .unread(_, let kind) = item { pieces.teams.formUnion(kind.teams) }
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

  /// For each constraint exception, the number of the list of rules that could not judge because of
  /// it.
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
