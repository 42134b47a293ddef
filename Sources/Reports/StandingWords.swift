import Exceptions
import WorkingTime

extension TeamTally {
  /// How many exceptions of earlier runs could not be judged by this one.
  private var unsettled: Int { overTime?.unsettled ?? 0 }

  /// What the team is at zero for, if not for everything.
  private var reach: String {
    unevaluatedRules > 0 ? " by the rules that could be evaluated" : ""
  }

  /// The reservation that exceptions without a team may be this one's.
  ///
  /// If the record that names a child's team cannot be read, the child's exceptions have no team.
  private var reserve: String { teamless > 0 ? " but for (no team)" : "" }

  /// Why an empty list says nothing of the team.
  var whyNotKnown: String {
    isLost ? "nothing of the team was judged" : "not every input could be trusted"
  }

  /// Since when the team has been at zero, where it is and that is known.
  var zeroSince: CalendarDate? { standing == .atZero ? overTime?.zeroSince : nil }

  /// The same in words, with days as `day` writes them.
  ///
  /// What a rule that was made narrower no longer asks has not been put right.
  private func atZero(_ day: (CalendarDate) -> String) -> String {
    guard let zeroSince else { return "At zero" }
    let rules = overTime?.isZeroSinceOtherRules ?? false ? " (the rules changed that day)" : ""
    return "At zero since \(day(zeroSince))\(rules)"
  }

  /// How the team stands, in a word or two.
  var inBrief: String {
    standing == .atZero ? standing.rawValue + reserve + reach : standing.rawValue
  }

  /// The same, with the day since which a team has been at zero.
  var sinceWhen: String {
    switch standing {
    case .atZero:
      atZero(PageDates.long)
        + reserve + (unevaluatedRules > 0 ? "," + reach : "")
    case .notAtZero: "Not at zero"
    case .notKnown: "Not known"
    }
  }

  /// How the team stands after a run, in a sentence with its days as `day` writes them.
  ///
  /// A workbook counts what was done late beside it, and has it all on its list.
  func sentence(
    after report: RunReport, inWorkbook: Bool = false, _ day: (CalendarDate) -> String
  ) -> String {
    var text: String
    switch standing {
    case .atZero:
      text = atZero(day)
      // What could not be evaluated must never pass for something found clean.
      if unevaluatedRules > 0 {
        text += "\(reach); \(counted(unevaluatedRules, "rule")) could not"
      }
      if teamless > 0 {
        text += "; \(counted(teamless, "exception")) under (no team) may be any team's"
      }
    case .notKnown: text = "Not known: \(whyNotKnown)"
    case .notAtZero:
      text = "Not at zero: " + whatIsOpen(inWorkbook: inWorkbook)
      text += sinceWhenListed(report, inWorkbook: inWorkbook, day)
      // How long a case has waited is another matter than since when it has been listed.
      if let wait = exceptions.longestWait, wait > 0 {
        text += ", and the longest wait is \(days(wait))"
      }
    }
    if exceptions[.waived] > 0 { text += "; \(grouped(exceptions[.waived])) waived" }
    text += "."
    // What nobody has exported since may stand otherwise by now.
    if let staleness = report.staleness { text += " " + staleness.sentence(day) }
    if standing == .notAtZero, report.isUntrusted {
      text +=
        " Not every input could be trusted: what records are missing may have put exceptions here, or kept them away."
    }
    return text
  }

  /// What keeps the team from zero: what is listed, and apart from that what could not be judged.
  private func whatIsOpen(inWorkbook: Bool) -> String {
    let open = exceptions.open
    if open == 0 {
      return
        "nothing is listed, but \(counted(unsettled, "exception")) of earlier runs could not be judged"
    }
    let toldLate = inWorkbook ? 0 : exceptions.toldLate
    var text = counted(open, "exception")
    if toldLate == open {
      text += ", done late or never and listed before"
    } else if toldLate > 0 {
      text += " (\(grouped(toldLate)) of them done late or never, and listed before)"
    }
    if unsettled > 0 {
      text += ", and \(grouped(unsettled)) more of earlier runs that could not be judged"
    } else if toldLate == open {
      // It is in no part of the manager's own list.
      text +=
        "; \(open == 1 ? "it is" : "they are") on the team's exception list, and nothing is to be done unless a date is wrong"
    }
    return text
  }

  /// Since when what is open has been listed, apart from what was done late and told before; empty
  /// where that is not known.
  private func sinceWhenListed(
    _ report: RunReport, inWorkbook: Bool, _ day: (CalendarDate) -> String
  ) -> String {
    let count = exceptions.open - exceptions.toldLate + unsettled
    guard let oldest = overTime?.oldest, count > 0 else { return "" }
    if exceptions.open == 0 {
      return count == 1
        ? ", first listed on \(day(oldest))" : ", the first listed on \(day(oldest))"
    }
    var text =
      count == 1 ? "listed since \(day(oldest))" : "listed since \(day(oldest)) at the longest"
    if oldest == report.asOf {
      text = report.news?.previous == nil ? "first listed in this run" : "listed since this run"
    }
    guard exceptions.toldLate > 0 else { return ", " + text }
    if inWorkbook { return ", \(text) apart from what was done late or never" }
    return count == 1 ? ", the other \(text)" : ", the others \(text)"
  }

  /// The same in few words, for the subject of a mail.
  func subject(after report: RunReport) -> String {
    switch standing {
    case .atZero:
      // Whoever reads no more than this must not take weeks without an export for zero.
      guard let staleness = report.staleness, staleness.some == nil else { return inBrief }
      return "\(inBrief), by extracts unchanged since \(PageDates.long(staleness.since))"
    case .notKnown: return "not known, \(whyNotKnown)"
    case .notAtZero:
      let due = exceptions.open - exceptions.late
      let more = exceptions.open > 0 ? " more" : ""
      let parts = [
        due > 0 ? counted(due, "exception") + " to put right" : nil,
        exceptions.late > 0 ? "\(grouped(exceptions.late)) done late or never" : nil,
        unsettled > 0 ? "\(grouped(unsettled))\(more) of earlier runs not judged" : nil,
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
  }
}
