import Exceptions

extension AgeBand {
  /// In words.
  var label: String {
    self == .longer ? "over 90 days" : rawValue.replacing("-", with: " to ") + " days"
  }
}

extension DriftItem.Section {
  /// As a heading; `isCompared` where there is an earlier run to compare with.
  func title(isCompared: Bool) -> String {
    switch self {
    case .overdue: "Overdue"
    case .failed: "Does not hold"
    case .dueSoon: "Due soon"
    // What was listed before is counted beside it, as the standing and the subject of a mail do.
    case .late where isCompared: "Done late or never, new"
    case .late: "Done late or never"
    case .notJudged: "Not judged this time"
    case .waived: "Waived"
    case .resolved: "Put right"
    }
  }

  /// The explanation below the heading; `isCompared` where there is an earlier run to compare with.
  func explanation(isCompared: Bool) -> String {
    switch self {
    case .overdue: "Not done, and past the date on which it was due. It can still be done."
    case .failed: "A check on practice, or a limit such as a caseload, that does not hold."
    case .dueSoon: "Not done yet, and due within the rule's warning time."
    case .late where isCompared:
      "Done after its date, or never while it was owed, and listed as that for the first time."
    // What is new is not known, so that all of them are listed.
    case .late:
      "Done after its date, or never while it was owed. There is no earlier run to compare with, so all are listed, new or not."
    case .notJudged:
      "Open since an earlier run. This run could not judge it, so it is not known to be put right."
    case .waived: "Somebody has agreed to these until a day. They come back by themselves."
    case .resolved: "Open on the list before, and in order now, or no longer asked for."
    }
  }
}
