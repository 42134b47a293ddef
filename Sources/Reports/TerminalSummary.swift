import Diagnostics
public import Exceptions

/// What a person reads at the end of a run: plain text of at most 100 columns, without colours.
///
/// It names inputs, rules and teams, and shows nothing from the records. It has all faults but for
/// the many old extracts of a table, and all rules that judged nothing, but only those rules with
/// the most exceptions, and the first waivers for each reason; of very many inputs and teams, those
/// that need somebody first, and the rest in figures. `out` is the folder as the user named it.
public func terminalSummary(
  _ report: RunReport, out: String, formats: Set<OutputFormat> = Set(OutputFormat.allCases)
) -> String {
  let tally = RunTally(report)
  let out = harmless(out)
  return paragraphs([
    wrapped("casecheck \(harmless(report.version)), as of \(report.asOf)", to: lineWidth),
    inputSection(report),
    faultSection(report, formats),
    idleSection(report, formats),
    ruleSection(tally, out: out, formats),
    teamSection(tally, formats),
    newsSection(report, formats),
    waiverSection(report, formats),
    remarkSection(report),
    closingSection(report, tally, out: out, formats),
  ])
}

/// The width that mail, pagers and half a screen show without wrapping.
let lineWidth = 100

/// An item of a list, with its further lines indented.
func item(_ text: String) -> [String] {
  wrapped(harmless(text), to: lineWidth - 4).enumerated().map { index, line in
    (index == 0 ? "  " : "    ") + line
  }
}

func teamSection(_ tally: RunTally, _ formats: Set<OutputFormat>) -> [String] {
  if tally.teams.isEmpty { return ["Teams: none has rows"] }
  let behind = tally.teams.filter { $0.standing == .notAtZero }.count
  let unknown = tally.teams.filter { $0.standing == .notKnown }
  var title = "Teams: \(counted(tally.teams.count, "team")), \(grouped(behind)) not at zero"
  if !unknown.isEmpty {
    let reasons = Set(unknown.map(\.whyNotKnown)).inByteOrder()
    title += ", \(grouped(unknown.count)) not known: \(reasons.joined(separator: ", or "))"
  }

  var table = TextTable([
    .text("team", most: 52), .figure("correction"), .figure("drift"), .text("standing", most: 44),
  ])
  let shown = ShownTeams(tally.teams, formats)
  for team in shown.lines {
    table.add([
      team.team.inWords, grouped(team.exceptions[.correction]), grouped(team.exceptions[.drift]),
      team.inBrief,
    ])
  }
  return wrapped(title, to: lineWidth) + table.lines + shown.rest
}

private func ruleSection(_ tally: RunTally, out: String, _ formats: Set<OutputFormat>) -> [String] {
  let worst = tally.rules.filter { $0.exceptions > 0 }.sorted { a, b in
    a.exceptions != b.exceptions
      ? a.exceptions > b.exceptions : byteOrder(a.rule, b.rule) < 0
  }
  if worst.isEmpty { return [] }
  let shown = worst.prefix(mostRules)
  var table = TextTable([
    .text("rule", most: 44), .figure("exceptions"), .figure("percent"), .figure("target"),
    .text("rag", most: 16),
  ])
  for rule in shown {
    // A colour that rests on what could not be judged must not stand alone.
    let rag = rule.rag?.rawValue ?? ""
    let doubt =
      rule.isRagInDoubt ? ", \(grouped(rule.counts.cannotJudge)) not judged" : ""
    table.add([rule.rule, grouped(rule.exceptions), rule.percent, rule.target, rag + doubt])
  }
  let whole =
    formats.contains(.json) ? "summary.json" : formats.contains(.csv) ? "measures.csv" : nil
  let title =
    shown.count == worst.count
    ? ["Rules with exceptions: \(grouped(worst.count))"]
    : wrapped(
      "Rules with most exceptions: \(shown.count) of \(grouped(worst.count))"
        + (whole.map { ", all of them in " + below(out, $0) } ?? ""), to: lineWidth)
  return title + table.lines
}

func closingSection(
  _ report: RunReport, _ tally: RunTally, out: String, _ formats: Set<OutputFormat>
) -> [String] {
  let total = tally.total
  // Where no record could be looked at, that none was found must not sound like good news.
  var title = report.rowsChecked > 0 ? "No exception" : "Nothing was checked"
  if total.all > 0 {
    let kinds = CaseException.Status.ofExceptions.filter { total[$0] > 0 }.map { status in
      "\(grouped(total[status])) \(status.rawValue)"
    }
    title = "\(counted(total.all, "exception")): \(kinds.joined(separator: ", "))"
    title += "; \(counted(total[.error], "error")), \(counted(total[.warning], "warning"))"
  }
  if total[.waived] > 0 { title += "; \(grouped(total[.waived])) of them waived" }
  if report.isUntrusted { title += "; not every input could be trusted" }
  let unsettled = report.news?.unsettled.count ?? 0
  if total.all == 0, unsettled > 0 {
    title +=
      "; \(counted(unsettled, "exception")) of earlier runs stay\(unsettled == 1 ? "s" : "") open"
  }
  let rejected = report.inputs.contains { !$0.rejects.isEmpty }
  var files: [(what: String, name: String)] = []
  if formats.contains(.csv) { files.append(("all exceptions", "exceptions.csv")) }
  if !formats.isDisjoint(with: [.csv, .xlsx, .html]) { files.append(("by team", "teams")) }
  if formats.contains(.csv) {
    files.append(("figures", "measures.csv"))
  } else if formats.contains(.json) {
    files.append(("figures", "summary.json"))
  }
  if rejected { files.append(("rejected records", "rejects")) }
  return wrapped(title, to: lineWidth)
    + files.flatMap { item("\($0.what): \(below(out, $0.name))") }
}

private func below(_ out: String, _ name: String) -> String {
  out.hasSuffix("/") ? out + name : out + "/" + name
}

/// As many as a person takes in at a glance; the title gives the full number.
private let mostRules = 10
