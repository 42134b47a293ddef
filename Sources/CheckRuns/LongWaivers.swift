import Diagnostics
import Exceptions
import WorkingTime

/// Waivers that hold for so long yet that whoever agreed may be gone before anybody looks again.
struct LongWaivers {
  /// More than a year, with some time in which to agree anew.
  private static let most: Int32 = 400
  /// How many are named.
  private static let named = 3

  /// Their file.
  let path: String
  let waivers: [Waiver]
  let asOf: CalendarDate

  /// One remark on all of them, which names the first by their lines; none where there are none.
  var remarks: [String] {
    let long = waivers.filter { $0.until.dayNumber - asOf.dayNumber > Self.most }
    if long.isEmpty { return [] }
    let places = long.prefix(Self.named).map { "\(path):\($0.line)" }.joined(separator: ", ")
    let more = long.count > Self.named ? " and \(long.count - Self.named) more" : ""
    let what = amount(long.count, "waiver holds", "waivers hold")
    return [
      "\(what) for more than \(Self.most) days yet (\(places)\(more)): until then nobody is asked to look again at what was agreed. Give each a nearer `until`, and agree to it anew then."
    ]
  }
}
