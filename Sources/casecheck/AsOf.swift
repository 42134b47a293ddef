import ArgumentParser
import Diagnostics
import Foundation
import WorkingTime

/// The day that `--as-of` names: the only clock of a run.
enum AsOf {
  /// Refuses anything but a date or `today`; an absent option is accepted.
  static func check(_ text: String?) throws {
    guard let text, text != "today", CalendarDate(iso: text) == nil else { return }
    throw ValidationError("--as-of wants a date such as 2016-01-31, or today, not '\(text)'.")
  }

  /// Refuses a day after tomorrow, which is mistyped or asked for by a clock that is wrong.
  ///
  /// In the ledger it would stand in the way of every run up to that day.
  ///
  /// `words` say where the day stands.
  static func checkNotAhead(_ day: CalendarDate, _ words: String) throws {
    let today = CalendarDate.today()
    guard day.dayNumber > today.dayNumber + 1 else { return }
    throw ValidationError(
      "\(words) lies ahead: by this machine's clock today is \(today), and a run of the job is dated tomorrow at the latest. Look at the date; to look ahead, use `casecheck validate` without --ledger."
    )
  }

  /// What is said of a day of the configuration that has passed; nil where it has not.
  ///
  /// A date that was set for a single run and forgotten gives the same verdicts night after night:
  /// nothing falls due, and all may look well for good.
  static func remarkOnPast(_ day: CalendarDate) -> String? {
    let days = CalendarDate.days(from: day, to: .today())
    guard days > 0 else { return nil }
    return
      "`asOf: \(day)` of the configuration lies \(amount(days, "day")) back: the verdicts are given for that day, whatever night it is, and nothing falls due after it. Write `asOf: today` there; for a single run of that day, leave it to --as-of \(day)."
  }

  /// The day of a text that `check` has accepted.
  static func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .today() }
}

extension CalendarDate {
  /// The day in London now; used only if the user says `today` or names no day.
  static func today() -> CalendarDate {
    let now = Int64(Date().timeIntervalSince1970)
    return LondonClock.local(fromUTC: now)?.date ?? CalendarDate(dayNumber: Int32(now / 86_400))
  }

  /// A date from the command line.
  static func argument(_ text: String) throws -> CalendarDate {
    guard let date = CalendarDate(iso: text) else {
      throw ValidationError("A date is written as 2016-01-31, not '\(text)'.")
    }
    return date
  }
}
