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
  private var whyNotKnown: String {
    isLost ? "nothing of the team was judged" : "not every input could be trusted"
  }

  /// Since when the team has been at zero, where it is and that is known.
  var zeroSince: CalendarDate? { standing == .atZero ? overTime?.zeroSince : nil }

  /// How the team stands, in a word or two.
  var inBrief: String {
    standing == .atZero ? standing.rawValue + reserve + reach : standing.rawValue
  }

  /// The same, with the day since which a team has been at zero.
  var sinceWhen: String {
    switch standing {
    case .atZero:
      (zeroSince.map { "At zero since \(PageDates.long($0))" } ?? "At zero")
        + reserve + (unevaluatedRules > 0 ? "," + reach : "")
    case .notAtZero: "Not at zero"
    case .notKnown: "Not known"
    }
  }

  /// How the team stands after a run, in a sentence.
  func sentence(after report: RunReport) -> String {
    let asOf = report.asOf
    var text: String
    switch standing {
    case .atZero:
      text = zeroSince.map { "At zero since \($0)" } ?? "At zero"
      // What could not be evaluated must never pass for something found clean.
      if unevaluatedRules > 0 {
        text += "\(reach); \(counted(unevaluatedRules, "rule")) could not"
      }
      if teamless > 0 {
        text += "; \(counted(teamless, "exception")) under (no team) may be any team's"
      }
    case .notKnown: text = "Not known: \(whyNotKnown)"
    case .notAtZero:
      text = "Not at zero: \(whatIsOpen)"
      if let oldest = overTime?.oldest {
        let days = CalendarDate.days(from: oldest, to: asOf)
        text += ", the oldest open since \(oldest) (\(counted(days, "day")))"
      }
    }
    if exceptions[.waived] > 0 { text += "; \(grouped(exceptions[.waived])) waived" }
    text += "."
    // What nobody has exported since may stand otherwise by now.
    if let staleness = report.staleness { text += " " + staleness.sentence(\.description) }
    if standing == .notAtZero, report.isUntrusted {
      text +=
        " Not every input could be trusted: what records are missing may have put exceptions here, or kept them away."
    }
    return text
  }

  /// What keeps the team from zero: what is listed, and apart from that what could not be judged.
  private var whatIsOpen: String {
    if exceptions.open == 0 {
      return
        "nothing is listed, but \(counted(unsettled, "exception")) of earlier runs could not be judged"
    }
    var text = counted(exceptions.open, "exception")
    if exceptions.toldLate > 0 {
      text += " (\(grouped(exceptions.toldLate)) of them done late or never, and listed before)"
    }
    if unsettled > 0 {
      text += ", and \(grouped(unsettled)) more of earlier runs that could not be judged"
    }
    return text
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
      let due = exceptions.open - exceptions.toldLate
      let more = exceptions.open > 0 ? " more" : ""
      let parts = [
        due > 0 ? counted(due, "exception") + " to put right" : nil,
        exceptions.toldLate > 0
          ? "\(grouped(exceptions.toldLate)) done late or never, and listed before" : nil,
        unsettled > 0 ? "\(grouped(unsettled))\(more) of earlier runs not judged" : nil,
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
  }
}
