import Diagnostics
import Exceptions

/// What people call an exception that has ended without being put right; for programs it has
/// `lapsed`.
let noLongerLookedAt = "no longer looked at"

/// What has changed since the previous run, and what this run could not judge.
func newsSection(_ report: RunReport, _ formats: Set<OutputFormat>) -> [String] {
  guard let news = report.news else { return [] }
  guard let previous = news.previous else {
    return ["Ledger: this is its first run"] + unsettledLines(report, news, formats)
  }
  // What is waived is nobody's to do.
  let listed = report.exceptions.lazy.filter { $0.list != .waived }
  func count(_ change: ExceptionChange) -> Int { listed.count { $0.change == change } }
  let changes = TeamChanges.all(report)
  var figures = [
    "\(grouped(changes.new)) new", "\(grouped(changes.worse)) worse",
    "\(grouped(changes.resolved)) put right", "\(grouped(changes.reopened)) reopened",
  ]
  for (change, words) in [
    (ExceptionChange.done, "done since, too late"), (.neverDone, "never done"),
  ] where count(change) > 0 { figures.append("\(grouped(count(change))) \(words)") }
  if news.moved > 0 { figures.append("\(grouped(news.moved)) moved team") }
  if changes.lapsed > 0 {
    let withdrawn = news.ended.count { $0.end == .withdrawn && $0.list != .waived }
    figures.append(
      "\(grouped(changes.lapsed)) \(noLongerLookedAt)"
        + (withdrawn > 0 ? " (\(grouped(withdrawn)) of rules taken out)" : ""))
  }
  let lines = wrapped(
    "Since the run as of \(previous): \(figures.joined(separator: ", "))", to: lineWidth)
  return lines + unsettledLines(report, news, formats)
}

/// What is open but could not be judged; a first run that is repeated may have some as well.
private func unsettledLines(
  _ report: RunReport, _ news: LedgerNews, _ formats: Set<OutputFormat>
) -> [String] {
  var lines: [String] = []
  for doubt in LedgerEntry.Doubt.allCases {
    let entries = news.unsettled.filter { $0.doubt == doubt }
    guard !entries.isEmpty else { continue }
    let rules = Set(entries.map(\.key.rule)).inByteOrder()
    let shown = rules.prefix(mostNames).joined(separator: ", ")
    var more = ""
    if rules.count > mostNames {
      more = " and \(counted(rules.count - mostNames, "more rule"))"
      // The file has a list of these alone.
      if doubt == .notEvaluated, formats.contains(.json) {
        more += "; all of them are in summary.json, under ledger, as rulesNotEvaluated"
      }
    }
    lines += item(
      "still open, \(doubt.rawValue): \(counted(entries.count, "exception")) of \(shown)\(more)")
  }
  let inForce = Set(report.rules.map(\.name))
  let removed = Set(news.unsettled.map(\.key.rule)).subtracting(inForce)
    .inByteOrder()
  if let first = removed.first {
    let what =
      removed.count == 1
      ? "is not in force: with --accept-removed \(first) what it found ends"
      : "are not in force: with --accept-removed \(first) what that one found ends, and each other rule needs its own --accept-removed"
    lines += item("\(together(removed, most: mostNames)) \(what)")
  }
  return lines
}

/// What to do about waivers that have ended, do not hold yet, match nothing, or concern something
/// that has changed.
///
/// They are named by their lines, because the record of a waiver is a child's: all of them if no file
/// lists them.
func waiverSection(_ report: RunReport, _ formats: Set<OutputFormat>) -> [String] {
  guard let outcome = report.waivers, !outcome.all.isEmpty else { return [] }
  let ended = outcome.ended.isEmpty ? "" : ", \(grouped(outcome.ended.count)) ended"
  var lines = [
    "Waivers: \(grouped(outcome.all.count)), \(counted(outcome.waived, "exception")) waived\(ended)"
  ]
  func add(_ waivers: [Waiver], _ words: (Waiver) -> String) {
    let isLong = waivers.count > mostWaivers && formats.contains(.json)
    let shown = isLong ? Array(waivers.prefix(mostWaivers)) : waivers
    for waiver in shown {
      lines += item("line \(waiver.line): \(waiver.rule): \(words(waiver))")
    }
    if isLong {
      let left = grouped(waivers.count - mostWaivers)
      lines += item("and \(left) more; all of them are in summary.json, under waivers")
    }
  }
  add(outcome.ended) { "ended on \($0.until). Agree to it anew, or remove it" }
  add(outcome.notYet) {
    "agreed on \($0.agreedOn), which is still to come: it does not hold before. Look at the date"
  }
  let rules = report.rules.map(\.name)
  let inForce = Set(rules)
  add(outcome.unmatched.filter { inForce.contains($0.rule) }) { _ in
    "matches no exception. Remove it if it is no longer needed"
  }
  add(outcome.unmatched.filter { !inForce.contains($0.rule) }) { waiver in
    let meant = nearestName(to: waiver.rule, among: rules).map { ". Did you mean `\($0)`?" } ?? ""
    return "no rule in force has this name, so that it waives nothing\(meant)"
  }
  add(outcome.changed) { _ in
    "the record has changed since this was agreed, can be judged no more, or has a key that other children's have. Look at it again"
  }
  let blocked = Dictionary(
    outcome.blocking.map { ($0.waiver, $0.rules) }, uniquingKeysWith: { first, _ in first })
  add(outcome.blocking.map(\.waiver)) { waiver in
    "by this value \((blocked[waiver] ?? []).joined(separator: ", ")) cannot judge the record, and no waiver speaks of that. Put it right, or agree to that too"
  }
  return lines
}

/// The most waivers shown for one reason; the file has all of them.
private let mostWaivers = 10

private let mostNames = 8
