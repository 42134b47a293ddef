internal import Exceptions

/// A rule with its figures over all teams.
struct RuleTally {
  let rule: String
  let pack: String
  let counts: VerdictCounts
  let percent: String
  let target: String
  let rag: String
  let exceptions: Int

  /// Every rule of a run, also one that has only exceptions (`TABLE.row`) or only its words.
  static func all(of report: RunReport, exceptions: [String: Int]) -> [RuleTally] {
    var packs: [String: String] = [:]
    for rule in exceptions.keys { packs[rule] = "" }
    for rule in report.rules { packs[rule.name] = rule.pack }
    var figures: [String: Measure] = [:]
    for measure in report.measures where measure.scope == .all {
      figures[measure.rule] = measure
      packs[measure.rule] = measure.pack
    }
    return packs.map { rule, pack in
      let measure = figures[rule]
      return RuleTally(
        rule: rule, pack: pack, counts: measure?.counts ?? VerdictCounts(),
        percent: measure?.percent ?? "", target: measure?.target ?? "", rag: measure?.rag ?? "",
        exceptions: exceptions[rule] ?? 0)
    }
    .sorted { byteOrder($0.rule, $1.rule) < 0 }
  }
}
