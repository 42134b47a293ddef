import Exceptions
import WorkingTime

/// `index.html`: compliance by rule and team, for heads of service.
struct Dashboard {
  let frame: PageFrame
  let tally: RunTally
  let slugs: TeamSlugs
  let measures: MeasureContext
  let groups: MeasureGroups

  private var report: RunReport { frame.report }

  /// Of more teams than these, one is found by its name.
  private static let mostAtAGlance = 30

  var contents: [UInt8] {
    var context = frame.context
    context["tiles"] = tiles
    context["hasOtherRules"] =
      report.news.map { $0.previous != nil && $0.hasOtherRules } ?? false
    context["trend"] = trend
    context["teams"] = tally.teams.map(team)
    context["hasTeams"] = !tally.teams.isEmpty
    context["areTeamsMany"] = tally.teams.count > Self.mostAtAGlance
    context["groups"] = packs
    context["inputs"] = report.inputs.map(input)
    context["hasInputs"] = !report.inputs.isEmpty
    context["remarks"] = report.remarks.map(pageText)
    context["hasRemarks"] = !report.remarks.isEmpty
    context["reconciliation"] = [
      "read": grouped(report.rowsRead), "checked": grouped(report.rowsChecked),
      "rejected": grouped(report.rowsRejected), "words": reconciliation,
    ]
    addIdle(to: &context)
    addOpenQuestions(to: &context)
    return frame.settings.templates.render(context, with: "index")
  }

  private var tiles: [PageContext] {
    let total = tally.total
    let atZero = tally.teams.count { $0.standing == .atZero }
    let unevaluated = report.unevaluatedRules
    var tiles = [
      PageFrame.tile("Exceptions", total.all, news),
      PageFrame.tile("To correct", total[.correction]), PageFrame.tile("Drift", total[.drift]),
    ]
    if total[.waived] > 0 { tiles.append(PageFrame.tile("Waived", total[.waived])) }
    tiles.append([
      "label": "Teams at zero", "count": "\(atZero) of \(tally.teams.count)",
      "note": unevaluated > 0 ? "\(counted(unevaluated, "rule")) \(couldNotBeAsked)" : "",
    ])
    let rejected = report.rowsRejected
    tiles.append(
      PageFrame.tile(
        "Records checked", report.rowsChecked,
        rejected > 0 ? "\(grouped(rejected)) rejected" : ""))
    return tiles
  }

  private var news: String {
    guard let news = report.news else { return "" }
    var parts: [String] = []
    if news.previous != nil {
      let changes = TeamChanges.all(report)
      parts.append("\(grouped(changes.new)) new")
      if changes.reopened > 0 { parts.append("\(grouped(changes.reopened)) reopened") }
      parts.append("\(grouped(changes.resolved)) put right")
      if changes.lapsed > 0 { parts.append("\(grouped(changes.lapsed)) \(noLongerLookedAt)") }
    }
    // The line of what is open counts these as well, and would seem to contradict the tile.
    if !news.unsettled.isEmpty { parts.append("\(grouped(news.unsettled.count)) not judged again") }
    return parts.joined(separator: ", ")
  }

  /// What became of the records that were read; the folder of the rest is there only if there are
  /// any.
  private var reconciliation: String {
    let rejected = report.rowsRejected
    let words =
      counted(report.rowsRead, "record was read", "records were read") + ": "
      + counted(report.rowsChecked, "was checked", "were checked")
      + " and \(grouped(rejected)) could not be read."
    if rejected == 0 { return words }
    let those = rejected == 1 ? "That one is" : "Those are"
    return words + " \(those) listed, with the reason, in the folder “rejects”."
  }

  private var trend: PageContext {
    let points = report.news?.trend.points ?? []
    let line = polyline(points.map { Double($0.open) }, width: 600, height: 120, from: 0)
    // Without these figures, what is open would not follow from the others.
    let hasWaived = points.contains { $0.waived > 0 }
    return [
      "hasTrend": !line.isEmpty, "points": line, "hasWaived": hasWaived,
      "weeks": points.map { point -> PageContext in
        [
          "label": PageDates.short(point.day.description), "open": grouped(point.open),
          "waived": grouped(point.waived), "hasWaived": hasWaived,
          "opened": grouped(point.opened), "resolved": grouped(point.resolved),
          "lapsed": grouped(point.lapsed),
        ]
      },
    ]
  }

  private func team(_ team: TeamTally) -> PageContext {
    let folder = slugs.path(of: team.team)
    let open = report.news?.trend.teams[team.team]?.map { $0.map(Double.init) } ?? []
    let line = polyline(open, width: 100, height: 24, from: 0)
    return [
      "team": pageText(team.team.inWords), "href": folder + "drift.html",
      "listHref": folder + "exceptions.csv",
      "bookHref": frame.settings.hasWorkbooks ? folder + "exceptions.xlsx" : "",
      "hasBook": frame.settings.hasWorkbooks, "hasList": frame.settings.hasLists,
      "correction": grouped(team.exceptions[.correction]),
      "drift": grouped(team.exceptions[.drift]), "waived": grouped(team.exceptions[.waived]),
      "unsettled": grouped(team.overTime?.unsettled ?? 0),
      "standing": team.sinceWhen, "atZero": team.standing == .atZero,
      "notAtZero": team.standing == .notAtZero, "notKnown": team.standing == .notKnown,
      "spark": line, "hasSpark": !line.isEmpty,
      "sparkWords": trendWords(open) { grouped(Int($0)) },
    ]
  }

  private var packs: [PageContext] {
    groups.inOrder.enumerated().map { place, group in
      [
        "title": pageText(group.title), "id": String(place + 1),
        "measures": group.rules.compactMap(measure),
      ]
    }
  }

  private func measure(_ rule: RuleReport) -> PageContext? {
    let number = groups.numbers[rule.name]
    guard var context = measures.context(rule, number: number) else { return nil }
    context["areTeamsElsewhere"] = measures.teams(of: rule.name) > groups.mostTeams
    context["hasList"] = frame.settings.hasLists
    return context
  }

  private func input(_ input: InputReport) -> PageContext {
    [
      "file": pageText(input.path), "table": pageText(input.table),
      "read": grouped(input.rowsRead), "checked": grouped(input.rowsChecked),
      "rejected": grouped(input.rowsRejected), "trusted": input.faults.isEmpty,
      "remarks": input.remarks.map(pageText), "hasRemarks": !input.remarks.isEmpty,
    ]
  }

  private func addIdle(to context: inout PageContext) {
    var causes: [String: [String]] = [:]
    for rule in report.rules where !rule.judgedNothing.isEmpty {
      causes[rule.judgedNothing, default: []].append(rule.name)
    }
    context["idle"] = causes.keys.inByteOrder().map { why -> PageContext in
      let rules = causes[why] ?? []
      return [
        "why": pageText(why), "count": grouped(rules.count),
        "rules": pageText(rules.joined(separator: ", ")),
      ]
    }
    context["hasIdle"] = !causes.isEmpty
    context["idleFigures"] = idleFigures(report)
  }

  private func addOpenQuestions(to context: inout PageContext) {
    let waivers = report.waivers
    context["hasWaivers"] = waivers.map { !$0.all.isEmpty } ?? false
    let counts: PageContext = [
      "count": grouped(waivers?.all.count ?? 0), "exceptions": grouped(waivers?.waived ?? 0),
      "ended": grouped(waivers?.ended.count ?? 0),
      "unmatched": grouped(waivers?.unmatched.count ?? 0),
      "changed": grouped(waivers?.changed.count ?? 0),
      "blocking": grouped(waivers?.blocking.count ?? 0),
      "hasBlocking": waivers?.blocking.isEmpty == false,
    ]
    context["waivers"] = counts
    let unsettled = report.news?.unsettled ?? []
    context["hasUnsettled"] = !unsettled.isEmpty
    let open: PageContext = [
      "count": grouped(unsettled.count),
      "why": LedgerEntry.Doubt.allCases.compactMap { doubt -> PageContext? in
        let count = unsettled.count { $0.doubt == doubt }
        return count > 0 ? ["label": doubt.rawValue, "count": grouped(count)] : nil
      },
    ]
    context["unsettled"] = open
  }
}
