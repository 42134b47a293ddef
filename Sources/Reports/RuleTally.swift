import Exceptions

/// A rule with its figures over all teams.
struct RuleTally {
  let rule: String
  let pack: String
  let counts: VerdictCounts
  let percent: String
  let target: String
  let rag: Measure.Rag?
  let isRagInDoubt: Bool
  let exceptions: Int

  /// Every rule of a run, by the bytes of the names.
  ///
  /// This includes rules with exceptions only (`TABLE.row`) or with words only.
  static func all(of report: RunReport, exceptions: [String: Int]) -> [RuleTally] {
    // By index: there is a measure for every pair of rule and team, and each is large.
    let figures = report.measures.indices.filter { report.measures[$0].scope == .all }
    if hasEachOnce(report, figures, exceptions) {
      return zip(report.rules.indices, figures).map { rule, place in
        let rule = report.rules[rule].name
        return RuleTally(rule, report.measures[place], exceptions: exceptions[rule] ?? 0)
      }
    }
    var packs: [String: String] = [:]
    for rule in exceptions.keys { packs[rule] = "" }
    for rule in report.rules { packs[rule.name] = rule.pack }
    var places: [String: Int] = [:]
    for place in figures {
      let rule = report.measures[place].rule
      places[rule] = place
      packs[rule] = report.measures[place].pack
    }
    return packs.keys.inByteOrder().map { rule in
      guard let place = places[rule] else {
        return RuleTally(rule, pack: packs[rule] ?? "", exceptions: exceptions[rule] ?? 0)
      }
      return RuleTally(rule, report.measures[place], exceptions: exceptions[rule] ?? 0)
    }
  }

  private init(_ rule: String, _ measure: Measure, exceptions: Int) {
    self.rule = rule
    pack = measure.pack
    counts = measure.counts
    percent = measure.percent
    target = measure.target
    rag = measure.rag
    isRagInDoubt = measure.isRagInDoubt
    self.exceptions = exceptions
  }

  private init(_ rule: String, pack: String, exceptions: Int) {
    self.rule = rule
    self.pack = pack
    counts = VerdictCounts()
    percent = ""
    target = ""
    rag = nil
    isRagInDoubt = false
    self.exceptions = exceptions
  }

  /// Whether every rule has its words and its measure, both in the order of the names, and no other
  /// rule has exceptions.
  ///
  /// This holds for the report of a run.
  private static func hasEachOnce(
    _ report: RunReport, _ figures: [Int], _ exceptions: [String: Int]
  ) -> Bool {
    let rules = report.rules
    return figures.count == rules.count
      && zip(rules.indices, figures).allSatisfy { rules[$0].name == report.measures[$1].rule }
      && zip(rules.indices, rules.indices.dropFirst()).allSatisfy {
        byteOrder(rules[$0].name, rules[$1].name) < 0
      }
      && exceptions.keys.allSatisfy { report.rule(named: $0) != nil }
  }
}
