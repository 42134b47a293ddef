import Diagnostics
public import WorkingTime

extension CaseException {
  /// What there is to do about something done too late, or never while it was owed; nil for
  /// anything else.
  ///
  /// The advice of its rule is for what is still to be done: it would tell people to do again what
  /// they have done. `day` writes a day.
  public func lateAdvice(_ day: (CalendarDate) -> String) -> String? {
    guard status == .late else { return nil }
    guard let done = doneDay else {
      return
        "Not done while it was owed: nothing to do unless it was done and not recorded, or a date is wrong."
    }
    // What was due at an hour may be late on the day itself.
    let days = daysLate ?? 0
    let late = days > 0 ? "\(amount(days, "day")) late" : "late"
    return "Done on \(day(done)), \(late): nothing to do unless a date is wrong."
  }
}
