import Exceptions
import WorkingTime

/// `summary.json`: the run in figures.
func summaryFile(_ report: RunReport, _ tally: RunTally, _ slugs: TeamSlugs) -> JSONValue {
  let idle = report.rules.filter { !$0.judgedNothing.isEmpty }
  return .object([
    ("asOf", .string(report.asOf.description)),
    ("trusted", .bool(!report.isUntrusted)),
    ("totals", totals(tally.total)),
    (
      "reconciliation",
      .object([
        ("read", .int(report.rowsRead)), ("checked", .int(report.rowsChecked)),
        ("rejected", .int(report.rowsRejected)),
      ])
    ),
    ("inputs", .array(report.inputs.map(figures))),
    ("faults", .array(report.faults.map(words))),
    ("tables", .array(report.tables.map(figures))),
    ("byRule", .array(tally.rules.map(figures))),
    ("byTeam", .array(tally.teams.map { figures(of: $0, slug: slugs[$0.team]) })),
    (
      "judgedNothing",
      .array(
        idle.map { .object([("rule", .string($0.name)), ("why", .string($0.judgedNothing))]) })
    ),
    ("remarks", .strings(report.remarks)),
    ("waivers", report.waivers.map(figures) ?? .null),
    ("ledger", report.news.map(figures) ?? .null),
  ])
}

private func totals(_ tally: ExceptionTally) -> JSONValue {
  .object([
    ("exceptions", .int(tally.all)),
    (
      "byStatus",
      .object(CaseException.Status.ofExceptions.map { ($0.rawValue, .int(tally[$0])) })
    ),
    ("byList", .object(CaseException.List.allCases.map { ($0.rawValue, .int(tally[$0])) })),
    (
      "bySeverity",
      .object(CaseException.Severity.allCases.map { ($0.rawValue, .int(tally[$0])) })
    ),
  ])
}

private func figures(of input: InputReport) -> JSONValue {
  .object([
    ("name", .string(input.path)),
    ("table", .optional(input.table)),
    ("trusted", .bool(input.faults.isEmpty)),
    ("rowsRead", .int(input.rowsRead)),
    ("rowsChecked", .int(input.rowsChecked)),
    ("rowsRejected", .int(input.rowsRejected)),
    ("unknownHeadings", .strings(input.unknownHeadings)),
    ("passedOver", .strings(input.passedOver.map { "line \($0)" })),
    ("remarks", .strings(input.remarks)),
    ("faults", .array(input.faults.map(words))),
  ])
}

private func words(of fault: FaultReport) -> JSONValue {
  .object([
    ("kind", .string(fault.kind)),
    ("table", .optional(fault.table)),
    ("file", .optional(fault.file)),
    ("line", .optional(fault.line)),
    ("field", .optional(fault.field)),
    ("message", .string(fault.message)),
  ])
}

private func figures(of table: TableReport) -> JSONValue {
  .object([
    ("name", .string(table.name)),
    ("title", .string(table.title)),
    ("rows", .int(table.rows)),
    ("present", .bool(table.isPresent)),
    ("whole", .bool(table.isWhole)),
  ])
}

private func figures(of rule: RuleTally) -> JSONValue {
  let counts = rule.counts
  return .object([
    ("rule", .string(rule.rule)),
    ("pack", .string(rule.pack)),
    ("judged", .int(counts.judged)),
    ("met", .int(counts.met)),
    ("failed", .int(counts.failed)),
    ("late", .int(counts.late)),
    ("overdue", .int(counts.overdue)),
    ("dueSoon", .int(counts.dueSoon)),
    ("pending", .int(counts.pending)),
    ("cannotJudge", .int(counts.cannotJudge)),
    ("percent", .figure(rule.percent)),
    ("target", .figure(rule.target)),
    ("rag", .optional(rule.rag?.rawValue ?? "")),
    ("exceptions", .int(rule.exceptions)),
  ])
}

private func figures(of team: TeamTally, slug: String) -> JSONValue {
  .object([
    ("team", .string(team.team.shown)),
    ("slug", .string(slug)),
    ("exceptions", .int(team.exceptions.all)),
    ("correction", .int(team.exceptions[.correction])),
    ("drift", .int(team.exceptions[.drift])),
    ("waived", .int(team.exceptions[.waived])),
    ("errors", .int(team.exceptions[.error])),
    ("warnings", .int(team.exceptions[.warning])),
    ("standing", .string(team.standing.rawValue)),
    ("standingInWords", .string(team.inBrief)),
    ("rulesNotEvaluated", .int(team.unevaluatedRules)),
    ("exceptionsWithoutTeam", .int(team.teamless)),
    ("atZeroSince", .optional(team.zeroSince?.description ?? "")),
    ("oldestOpenSince", .optional(team.overTime?.oldest?.description ?? "")),
    ("notJudgedNow", .int(team.overTime?.unsettled ?? 0)),
  ])
}

private func figures(of news: LedgerNews) -> JSONValue {
  let byDoubt = LedgerEntry.Doubt.allCases.map { doubt in
    (doubt.rawValue, JSONValue.int(news.unsettled.count { $0.doubt == doubt }))
  }
  let byEnd = LedgerEntry.End.allCases.map { end in
    (end.rawValue, JSONValue.int(news.ended.count { $0.end == end }))
  }
  let rules = Set(news.unsettled.filter { $0.doubt == .notEvaluated }.map(\.key.rule))
  return .object([
    ("previousRun", .optional(news.previous?.description ?? "")),
    ("opened", .int(news.opened)),
    ("reopened", .int(news.reopened)),
    ("resolved", .int(news.resolved)),
    ("lapsed", .int(news.lapsed)),
    ("movedTeam", .int(news.moved)),
    ("ended", .object(byEnd)),
    ("stillOpenNotJudged", .int(news.unsettled.count)),
    ("stillOpenWhy", .object(byDoubt)),
    ("rulesNotEvaluated", .strings(rules.inByteOrder())),
  ])
}

private func figures(of outcome: WaiverOutcome) -> JSONValue {
  func lines(_ waivers: [Waiver]) -> JSONValue {
    .array(
      waivers.map { waiver in
        .object([
          ("line", .int(waiver.line)), ("rule", .string(waiver.rule)),
          ("until", .string(waiver.until.description)),
        ])
      })
  }
  return .object([
    ("count", .int(outcome.all.count)),
    ("exceptionsWaived", .int(outcome.waived)),
    ("ended", lines(outcome.ended)), ("notYet", lines(outcome.notYet)),
    ("matchingNothing", lines(outcome.unmatched)),
    ("recordChanged", lines(outcome.changed)),
    ("keepsRulesFromJudging", lines(outcome.blocking.map(\.waiver))),
  ])
}
