internal import Exceptions
internal import WorkingTime

extension TeamTally {
  /// How many exceptions stand on its lists.
  var open: Int { exceptions[.correction] + exceptions[.drift] }

  /// How many exceptions of earlier runs could not be judged by this one.
  private var unsettled: Int { overTime?.unsettled ?? 0 }

  /// How it stands, in a sentence.
  func sentence(asOf: CalendarDate) -> String {
    var text: String
    switch standing {
    case .atZero: text = overTime?.zeroSince.map { "At zero since \($0)" } ?? "At zero"
    case .notKnown: text = "Not known: not every input could be trusted"
    case .notAtZero:
      text = "Not at zero: \(counted(open, "exception"))"
      if unsettled > 0 {
        text += ", \(grouped(unsettled)) of earlier runs that could not be judged"
      }
      if let oldest = overTime?.oldest {
        let days = CalendarDate.days(from: oldest, to: asOf)
        text += ", the oldest open since \(oldest) (\(counted(days, "day")))"
      }
    }
    if exceptions[.waived] > 0 { text += "; \(grouped(exceptions[.waived])) waived" }
    return text + "."
  }

  /// The same in the few words of a mail's subject.
  var subject: String {
    switch standing {
    case .atZero: return "at zero"
    case .notKnown: return "not known, not every input could be trusted"
    case .notAtZero:
      let parts = [
        open > 0 ? counted(open, "exception") + " to put right" : nil,
        unsettled > 0 ? "\(grouped(unsettled)) of earlier runs not judged" : nil,
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
  }
}
