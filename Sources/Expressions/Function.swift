/// The functions that are absent as soon as one of their arguments is.
///
/// This is the only table of them: their names, how they are called, what they take and give, and a
/// line about each.
public enum Function: String, CaseIterable, Hashable, Sendable {
  case not, negate
  case days, workingDays, weeks, months, years, hours
  case date, datetime
  case daysBetween, workingDaysBetween, monthsBetween, hoursBetween
  case ageOn, isWorkingDay, startOfMonth, financialYear, year, month, day, dateOf
  case size, startsWith, endsWith, contains, matches, upper, lower, trim
  case min, max, abs, int, number, string

  /// How a function is called and what it does.
  public struct Entry: Sendable {
    /// How it is written.
    public var usage: String
    /// What it gives.
    public var gives: String
    /// Whether it is called on a value: `text.upper()`.
    public var isMethod: Bool

    /// What to do where it is called in another way.
    var advice: String { "Write \(usage): \(gives)" }
  }

  /// How it is called and what it does; nil for operators.
  public var entry: Entry? {
    func plain(_ usage: String, _ gives: String) -> Entry {
      Entry(usage: usage, gives: gives, isMethod: false)
    }
    func method(_ usage: String, _ gives: String) -> Entry {
      Entry(usage: usage, gives: gives, isMethod: true)
    }
    switch self {
    case .not, .negate: return nil
    case .days: return plain("days(n)", "n calendar days")
    case .workingDays: return plain("workingDays(n)", "n working days")
    case .weeks: return plain("weeks(n)", "n weeks")
    case .months: return plain("months(n)", "n calendar months")
    case .years: return plain("years(n)", "n years")
    case .hours: return plain("hours(n)", "n hours on the clock")
    case .date: return plain("date(\"2016-01-31\")", "a day")
    case .datetime: return plain("datetime(\"2016-01-31T09:30\")", "a day and time")
    case .daysBetween: return plain("daysBetween(a, b)", "calendar days from a to b")
    case .workingDaysBetween:
      return plain("workingDaysBetween(a, b)", "working days after a up to b")
    case .monthsBetween: return plain("monthsBetween(a, b)", "whole months from a to b")
    case .hoursBetween: return plain("hoursBetween(a, b)", "whole hours on the clock from a to b")
    case .ageOn: return plain("ageOn(birth, day)", "the age in years on a day")
    case .isWorkingDay: return plain("isWorkingDay(d)", "whether a day is a working day")
    case .startOfMonth: return plain("startOfMonth(d)", "the first day of its month")
    case .financialYear: return plain("financialYear(d)", "the year in which its year began, April")
    case .year: return plain("year(d)", "its year")
    case .month: return plain("month(d)", "its month, from 1")
    case .day: return plain("day(d)", "its day of the month, from 1")
    case .dateOf: return plain("dateOf(t)", "the day of a date-time")
    case .size: return method("text.size()", "how many code points")
    case .startsWith: return method("text.startsWith(part)", "whether it begins so")
    case .endsWith: return method("text.endsWith(part)", "whether it ends so")
    case .contains: return method("text.contains(part)", "whether it holds the part")
    case .matches: return method("text.matches(regex)", "whether the expression matches anywhere")
    case .upper: return method("text.upper()", "in capitals")
    case .lower: return method("text.lower()", "in small letters")
    case .trim: return method("text.trim()", "without the white space around it")
    case .min: return plain("min(a, b, ...)", "the least")
    case .max: return plain("max(a, b, ...)", "the greatest")
    case .abs: return plain("abs(n)", "without its sign")
    case .int: return plain("int(x)", "as a whole number, its fraction cut off")
    case .number: return plain("number(x)", "as a number")
    case .string: return plain("string(x)", "as text")
    }
  }
}
