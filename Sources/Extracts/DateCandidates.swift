import Values
import WorkingTime

/// The ways of writing dates and times that a draft looks for; of two that read as many cells the
/// first is taken.
enum DateCandidates {
  static let all: [(type: FieldType, pattern: String)] = [
    (.date, "%d/%m/%Y"), (.date, "%Y-%m-%d"), (.date, "%d-%m-%Y"), (.date, "%d.%m.%Y"),
    (.date, "%d-%b-%Y"), (.date, "%d %b %Y"), (.date, "%d %B %Y"), (.date, "%d/%m/%y"),
    (.date, "%d-%b-%y"), (.date, "%m/%d/%Y"), (.date, "%m/%d/%y"), (.date, compact),
    // A day that a database keeps as a moment is at midnight throughout.
    (.date, "%d/%m/%Y 00:00[:00][.000]"), (.date, "%Y-%m-%d 00:00[:00][.000]"),
    (.date, "%Y-%m-%dT00:00[:00][.000][Z]"), (.date, "%m/%d/%Y 00:00[:00][.000]"),
    (.date, "%d/%m/%Y 12:00[:00] AM"), (.date, "%m/%d/%Y 12:00[:00] AM"),
    (.datetime, "%d/%m/%Y %H:%M[:%S]"),
    (.datetime, "%Y-%m-%d %H:%M[:%S]"), (.datetime, iso),
    (.datetime, "%d-%b-%Y %H:%M[:%S]"), (.datetime, "%d/%m/%y %H:%M[:%S]"),
    (.datetime, "%d/%m/%Y %H:%M:%S[.000]"),
    (.datetime, "%m/%d/%Y %H:%M[:%S]"), (.datetime, "%m/%d/%y %H:%M[:%S]"),
    (.datetime, "%d/%m/%Y %I:%M[:%S] %p"), (.datetime, "%m/%d/%Y %I:%M[:%S] %p"),
    (.time, "%H:%M[:%S]"),
  ]

  /// As databases write a day without marks; such a number may just as well name something.
  static let compact = "%Y%m%d"
  /// Also with a fraction of a second, and a zone, which no other format reads.
  private static let iso = DateFormat.isoDateTime.pattern

  /// Nil where a pattern is invalid, which the tests would show.
  static let formats = all.map { $0.pattern == iso ? .isoDateTime : try? DateFormat($0.pattern) }

  /// The number of the compact format.
  static let compactNumber = all.firstIndex { $0.pattern == compact }

  /// What the rule language reads where a field names no format.
  static let defaults: Set<String> = [
    "%d/%m/%Y", "%Y-%m-%d", "%d/%m/%Y %H:%M[:%S]", "%Y-%m-%d %H:%M[:%S]", iso, "%H:%M[:%S]",
  ]

  /// Whether some format reads the text but for the fraction of a second at its end.
  static func readsButForFraction(_ text: Span<UInt8>) -> Bool {
    var end = text.count
    // Nothing shorter is a date and a time, and most numbers are.
    guard end >= 14 else { return false }
    while end > 0, text[end - 1] &- 48 < 10 { end -= 1 }
    guard end > 1, end < text.count, text[end - 1] == UInt8(ascii: ".") else { return false }
    let rest = text.extracting(first: end - 1)
    return zip(all, formats).contains { $0.0.type == .datetime && $0.1?.read(rest) != nil }
  }
}
