import Exceptions
import Rulebooks
import Values
import WorkingTime

/// Finds exceptions that are no longer listed only because time has passed.
///
/// For example, a child who was never spoken to after going missing turns eighteen, and the rule no
/// longer applies. Nobody has put that right. Each exception is judged again by the present
/// extracts, with ages and windows of time as in the run that last listed it. If it would be listed
/// then, time alone has ended it.
struct OutgrownExceptions {
  let run: RunEvaluation
  /// The rows of an exception's record.
  let rows: (ExceptionKey) -> [RowID]

  /// The places of such exceptions among those given, with what the run shows about each.
  func places(among exceptions: [UnlistedException], _ evidence: [Evidence]) -> [Int] {
    var ageing = Ageing(run.context.rulebook)
    var rules: [String: Rule] = [:]
    for rule in run.context.rulebook.rules where ageing.touches(rule) { rules[rule.name] = rule }
    let asked = exceptions.indices.filter { place in
      guard let rule = rules[exceptions[place].key.rule] else { return false }
      switch evidence[place] {
      case .inOrder, .done, .leftOut, .ofDouble:
        return exceptions[place].lastListed < run.context.asOf
      // The rows of a limit's group are still there, but all are outside its window.
      case .gone:
        if case .limit = rule.kind { return exceptions[place].lastListed < run.context.asOf }
        return false
      case .unsettled, .ofAnother, .outgrown, .tooOld, .renumbered, .goneOrMistyped, .notInForce:
        return false
      }
    }
    var found: [Int] = []
    for (day, places) in Dictionary(grouping: asked, by: { exceptions[$0].lastListed }) {
      let byRule = Dictionary(grouping: places) { exceptions[$0].key.rule }
      let askedRules = byRule.keys.compactMap { rules[$0] }
      let earlier = run.countingAges(asOf: day, for: askedRules)
      for rule in askedRules {
        let judge = RuleJudge(
          CompiledRule(rule, compiler: earlier.compiler), in: earlier, cells: nil)
        let isBroken = search(judge)
        found += byRule[rule.name, default: []].filter { isBroken(exceptions[$0].key) }
      }
    }
    return found
  }

  /// A verdict that cannot be judged has not been put right either.
  private func isListed(_ status: Verdict.Status) -> Bool {
    status.isBroken || status == .cannotJudge
  }

  /// Whether a rule would list an exception.
  private func search(_ judge: RuleJudge) -> (ExceptionKey) -> Bool {
    switch judge.compiled.body {
    case .limit:
      let groups = judge.groups()
      return { key in
        if let group = key.group { return groups.statuses[Text(group)].map(isListed) ?? false }
        return rows(key).contains { groups.blocked.contains($0.row) }
      }
    case .check where judge.isMarking:
      let marked = Set(judge.marked().map(\.row))
      return { rows($0).contains { marked.contains($0) } }
    case .check, .deadline, .repeating:
      return { key in
        var frame = Frame(row: nil)
        var listed = 0
        for row in rows(key) where Int(row.table) == judge.compiled.rule.table {
          judge.compiled.judge(row, &frame) { verdict in
            // Where nothing could be judged, the verdict has no occasion.
            let isItsOwn = [verdict.occasion, 0].contains(key.occasion) || verdict.occasion == 0
            if isListed(verdict.status), isItsOwn { listed += 1 }
          }
        }
        return listed > key.ordinal
      }
    }
  }
}
