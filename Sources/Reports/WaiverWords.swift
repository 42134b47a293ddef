import Exceptions
import WorkingTime

/// Says who agreed to a waived exception, why and until when.
///
/// It stands on the lists of the team alone, which name the child as well.
struct WaiverWords {
  private let byRecord: [String: [Waiver]]
  private let asOf: CalendarDate

  init(_ report: RunReport) {
    byRecord = Dictionary(grouping: report.waivers?.all ?? [], by: \.record)
    asOf = report.asOf
  }

  /// A sentence on an exception, its day written by `day`; nil if it is not waived.
  func words(of exception: CaseException, _ day: (CalendarDate) -> String) -> String? {
    guard let until = exception.waivedUntil else { return nil }
    return waiver(of: exception, until: until)?.words(day) ?? "Agreed until \(day(until))."
  }

  private func waiver(of exception: CaseException, until: CalendarDate) -> Waiver? {
    let holding = (byRecord[exception.recordID] ?? []).filter {
      $0.until == until && $0.agreedOn <= asOf
    }
    // What was noted may stand under another number by now, and another one under its own.
    return holding.first { exception.isWhatWasAgreed(in: $0) }
      ?? holding.first { $0.covers(exception) }
  }
}

extension Waiver {
  /// A sentence on who agreed, why and until when, its day written by `day`.
  func words(_ day: (CalendarDate) -> String) -> String {
    var words = "Agreed until \(day(until))"
    if !agreedBy.isEmpty { words += " by \(agreedBy)" }
    return reason.isEmpty ? words + "." : "\(words): \(reason)"
  }
}
