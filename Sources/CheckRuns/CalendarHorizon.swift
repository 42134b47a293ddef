import Rulebooks
import WorkingTime

/// Warns a year ahead that the calendar ends.
struct CalendarHorizon {
  let rulebook: Rulebook
  let asOf: CalendarDate

  var remarks: [String] {
    guard let calendar = rulebook.calendar else { return [] }
    if !calendar.covers.contains(asOf) {
      return [
        "The calendar \(calendar.name) covers \(calendar.covers.lowerBound) to \(calendar.covers.upperBound), and the as-of date lies outside: working days cannot be judged. Add its years."
      ]
    }
    guard let inAYear = asOf.adding(years: 1), inAYear >= calendar.covers.upperBound else {
      return []
    }
    return [
      "The calendar \(calendar.name) ends on \(calendar.covers.upperBound), within a year: what falls due after that cannot be judged. Add the next years' holidays."
    ]
  }
}
