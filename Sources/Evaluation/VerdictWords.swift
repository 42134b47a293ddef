import Diagnostics
import Exceptions
import Rulebooks
import WorkingTime

/// The texts of exceptions for which the rule has no text of its own.
enum VerdictWords {
  static let notRecorded = "(not recorded)"
  /// The prefix that rules write before a table of last period.
  static let lastPeriod = "earlier."
  /// Nobody can correct an extract already delivered; the next period is judged by what is recorded
  /// now.
  static let lastPeriodFix =
    "Last period's extract cannot be compared with there. See that this one is right: the next is held against it."

  static func broken(_ verdict: Verdict, title: String) -> String {
    let due = verdict.due?.description ?? notRecorded
    let from = verdict.from.map { " (day 0 is \($0.date))" } ?? ""
    let days = verdict.daysLate.map { amount($0, "day") } ?? ""
    switch (verdict.status, verdict.done, verdict.until) {
    case (.late, let done?, _):
      // What was due at an hour may be late on the day itself.
      let late = verdict.daysLate == 0 ? "late" : "\(days) late"
      return "\(title): due \(due)\(from), done \(done), \(late)."
    case (.late, nil, let until?):
      return "\(title): due \(due)\(from), not done by \(until), when it ended, \(days) late."
    case (.overdue, _, _):
      return "\(title): due \(due)\(from), not done, \(days) overdue."
    case (.dueSoon, _, _):
      return "\(title): due \(due)\(from), not done yet."
    default:
      return "\(title): this does not hold."
    }
  }

  static func limit(_ group: LimitJudge.Group, title: String) -> String {
    "\(title): \(group.name) has \(group.value.text), and the limit is \(group.bound.text)."
  }

  /// What is said of an end before the start that stands in no cell, being worked out; nil of any
  /// other verdict.
  static func endedTooEarly(_ verdict: Verdict, rule: Rule) -> String? {
    let what: String
    switch verdict.obstacle {
    case .endedBeforeItBegan: what = "ended"
    case .closedBeforeItBegan: what = "was closed"
    default: return nil
    }
    guard let begun = verdict.from, let ended = verdict.done else { return nil }
    return
      "\(rule.title): this cannot be judged, because it \(what) before it began (ended \(ended), began \(begun))."
  }

  static let endedTooEarlyFix = "Correct the date on which it ended, or the date on which it began."

  /// `isGiven` says that the field holds a value; `isName` that this may be the key of a record, by
  /// which the rule looks for it.
  static func cannotJudge(
    _ obstacle: Verdict.Obstacle, rule: Rule, field: String, isGiven: Bool, isName: Bool
  ) -> String {
    let start = "\(rule.title): this cannot be judged, because"
    let name = field.isEmpty ? "a value" : field
    switch obstacle {
    case .absent:
      // If the cell holds a value, a look-up found no record or a calculation has no result.
      if !isGiven { return "\(start) \(name) is missing." }
      return isName
        ? "\(start) no record is found for what \(name) holds, or nothing can be worked out of it."
        : "\(start) what \(name) holds does not fit the rest of the record, or nothing can be worked out of it."
    case .noResult: return "\(start) what it needs is not recorded, or cannot be worked out."
    case .differs:
      return field.isEmpty
        ? "\(start) the records of the group differ in what the limit reads of each."
        : "\(start) the records of the group differ in \(name)."
    case .unreadable: return "\(start) \(name) cannot be read."
    case .endedBeforeItBegan: return "\(start) it ended before it began (\(name))."
    case .closedBeforeItBegan: return "\(start) it was closed before it began (\(name))."
    case .outsideCalendar:
      return "\(start) a date lies outside the years that the calendar covers."
    case .perhapsOutsideCalendar:
      return
        "\(start) a date may lie outside the years that the calendar covers, or what it needs is not recorded, or cannot be worked out."
    case .noSuchDate:
      return "\(start) there is no such date: its year would lie outside 1 to 9999."
    case .noSuchHour:
      return "\(start) the hours lead outside the years in which they are counted, 1972 to 9999."
    }
  }

  /// `field` is what the case system calls it, and `values` are the few that may stand there.
  static func cannotJudgeFix(
    _ obstacle: Verdict.Obstacle, field: String, values: String?, isGiven: Bool, isName: Bool
  ) -> String {
    let name = field.isEmpty ? "what the rule needs" : field
    let choice = values.map { ": \($0)" } ?? ""
    switch obstacle {
    case .absent:
      if !isGiven { return "Record \(name)\(choice)." }
      return isName
        ? "See that the record that \(name) names is there, and that \(name) is right."
        : "See that \(name) is right, and that it fits the other dates and values of the record."
    case .noResult:
      return field.isEmpty
        ? "Record what the rule needs." : "Look at \(name), and at the records that the rule reads."
    case .differs:
      return field.isEmpty
        ? "Look at the records of the group, or at the rule."
        : "Look at \(name) in the records of the group, or at the rule."
    case .unreadable: return "Correct \(name)\(choice)."
    case .endedBeforeItBegan, .closedBeforeItBegan:
      return "Correct \(name), or the date on which it began."
    case .outsideCalendar: return "Correct the date, or add the years to the calendar."
    case .perhapsOutsideCalendar:
      return
        "Look at \(name), and at the records that the rule reads, or add the years to the calendar."
    case .noSuchDate, .noSuchHour: return "Correct the date, or the time that the rule allows."
    }
  }
}
