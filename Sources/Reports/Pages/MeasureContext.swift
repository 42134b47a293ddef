import Exceptions
import Foundation

/// A measure as pages show it: the figure, the target, the change and the line over past runs.
struct MeasureContext {
  let report: RunReport
  private let byRule: [String: [Measure]]
  private let counts: [String: Int]

  init(_ report: RunReport) {
    self.report = report
    byRule = Dictionary(grouping: report.measures, by: \.rule)
    var counts: [String: Int] = [:]
    for exception in report.exceptions { counts[exception.rule, default: 0] += 1 }
    self.counts = counts
  }

  /// How many exceptions a rule has, including waived ones.
  func exceptions(of rule: String) -> Int { counts[rule] ?? 0 }

  /// Whether a rule has figures.
  func has(_ rule: String) -> Bool { byRule[rule]?.contains { $0.scope == .all } ?? false }

  /// The number of teams in which a rule has judged something.
  func teams(of rule: String) -> Int { byRule[rule]?.count { $0.scope != .all } ?? 0 }

  /// The figures of a rule; `number` is its place on the dashboard, nil if it is not there.
  func context(_ rule: RuleReport, number: Int?) -> PageContext? {
    guard let measures = byRule[rule.name],
      let all = measures.first(where: { $0.scope == .all })
    else { return nil }
    let teams = measures.filter { $0.scope != .all }
    var context = figures(all, of: rule)
    context["rule"] = pageText(rule.name)
    context["number"] = number.map(String.init) ?? ""
    context["title"] = pageText(rule.title)
    context["href"] = exceptions(of: rule.name) > 0 ? RulePage.path(of: rule.name) : ""
    context["hasCases"] = exceptions(of: rule.name) > 0
    context["target"] = pageText(rule.targetWords)
    context["kind"] = rule.kind.rawValue
    context["source"] = pageText(rule.source)
    context["hasSource"] = !rule.source.isEmpty
    context["why"] = pageText(rule.why)
    context["judges"] = pageText(rule.judges)
    context["hasJudges"] = !rule.judges.isEmpty
    context["share"] = pageText(share(all.counts.judged, of: rule))
    context["asks"] = pageText(rule.asks)
    context["list"] = rule.list == .none ? "measure only" : rule.list.rawValue
    context["teams"] = teams.map { measure in
      var own = figures(measure, of: rule)
      own["team"] = pageText(measure.scope.inWords)
      own["target"] = pageText(rule.targetWords)
      return own
    }
    context["hasTeams"] = !teams.isEmpty
    context["teamCount"] = grouped(teams.count)
    addTrend(of: rule, to: &context)
    return context
  }

  /// How many records of its table a rule has judged, in a sentence.
  ///
  /// Empty for rules that judge something else than records: occasions, groups or cells.
  private func share(_ judged: Int, of rule: RuleReport) -> String {
    guard rule.kind == .check || rule.kind == .deadline,
      let table = report.tables.first(where: { $0.name == rule.table }), table.isPresent
    else { return "" }
    let title = table.title.isEmpty ? table.name : table.title
    return "Judged in this run: \(grouped(judged)) of \(counted(table.rows, "record")) of \(title)."
  }

  private func figures(_ measure: Measure, of rule: RuleReport) -> PageContext {
    let counts = measure.counts
    let rag = measure.rag?.rawValue ?? ""
    return [
      "judged": grouped(counts.judged), "met": grouped(counts.met),
      "broken": grouped(counts.broken), "inTime": grouped(counts.dueSoon + counts.pending),
      "cannotJudge": grouped(counts.cannotJudge),
      "percent": measure.percent, "hasPercent": !measure.percent.isEmpty, "rag": rag,
      "isInDoubt": measure.isRagInDoubt,
      "rating": measure.isRagInDoubt && measure.rag == .green ? "doubt" : rag,
      "overdue": grouped(counts.overdue), "hasOverdue": counts.overdue > 0,
      "isOfBroken": rule.isShareOfBroken && !measure.percent.isEmpty,
      "isGreen": measure.rag == .green, "isAmber": measure.rag == .amber,
      "isRed": measure.rag == .red,
    ]
  }

  private func addTrend(of rule: RuleReport, to context: inout PageContext) {
    context["change"] = ""
    context["spark"] = ""
    context["hasSpark"] = false
    guard let counts = report.news?.trend.rules[rule.name] else { return }
    let shares = counts.map { counts -> Double? in
      guard let counts, counts.decided > 0 else { return nil }
      let part = rule.isShareOfBroken ? counts.broken : counts.met
      return Double(part) * 100 / Double(counts.decided)
    }
    let line = polyline(shares, width: 100, height: 24)
    context["spark"] = line
    context["hasSpark"] = !line.isEmpty
    context["sparkWords"] = trendWords(shares) { String(format: "%.1f", $0) }
    // From the figures as shown, so that readers who subtract them get the same difference.
    func shown(_ place: Int) -> Int? {
      counts[place].flatMap { $0.tenths(of: rule.isShareOfBroken ? $0.broken : $0.met) }
    }
    if let place = placeBefore(counts.count), let before = shown(place),
      let now = shown(counts.count - 1), now != before
    {
      let change = abs(now - before)
      context["change"] = (now > before ? "+" : "\u{2212}") + "\(change / 10).\(change % 10)"
    }
  }

  /// The place among the runs of the trend of the one that the page is compared with; nil where it
  /// is not among them.
  private func placeBefore(_ runs: Int) -> Int? {
    guard let news = report.news, runs > 1 else { return nil }
    if news.sinceLists == nil { return runs - 2 }
    return news.trend.points.prefix(runs).firstIndex { $0.day == news.previous }
  }
}
