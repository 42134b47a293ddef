import Diagnostics
import Exceptions
import WorkingTime

/// What all pages of a run have in common.
struct PageFrame {
  let report: RunReport
  let settings: PageSettings
  /// The titles of the tables by their names.
  private let titles: [String: String]

  init(report: RunReport, settings: PageSettings) {
    self.report = report
    self.settings = settings
    titles = Dictionary(
      report.tables.lazy.filter { !$0.title.isEmpty }.map { ($0.name, $0.title) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What people call a table; its name if nothing else is known.
  func title(ofTable name: String) -> String { titles[name] ?? name }

  /// Whether all pages together would take too much memory.
  ///
  /// If so, each page is made as it is written.
  var isLong: Bool { report.exceptions.count > 20_000 }

  var context: PageContext {
    let faults = report.faults + report.inputs.flatMap(\.faults)
    let previous = report.news?.previous
    return [
      "brand": settings.brand.context,
      "asOf": PageDates.long(report.asOf), "asOfISO": report.asOf.description,
      "version": report.version, "trusted": !report.isUntrusted,
      "hasFaults": !faults.isEmpty,
      "faults": contexts(of: faults),
      "isStale": report.staleness != nil,
      "stale": report.staleness?.sentence(PageDates.long) ?? "",
      "hasLedger": report.news != nil, "hasPrevious": previous != nil,
      "previous": previous.map { PageDates.long($0) } ?? "",
    ]
  }

  /// The most faults on a page: more than anybody reads.
  ///
  /// Without a bound, an export in thousands of files would make the page endless.
  private static let mostFaults = 200

  private func contexts(of faults: [FaultReport]) -> [PageContext] {
    var contexts = faults.prefix(Self.mostFaults).map { fault -> PageContext in
      // A message on a whole table begins with its name, which stands in front of it already.
      let isTwice = fault.file.isEmpty && fault.message.hasPrefix(fault.table + " ")
      let message =
        isTwice ? String(fault.message.dropFirst(fault.table.count + 1)) : fault.message
      return [
        "place": pageText(fault.file.isEmpty ? fault.table : fault.file),
        "message": pageText(message),
      ]
    }
    let more = faults.count - contexts.count
    if more > 0 {
      contexts.append([
        "place": counted(more, "more fault"), "message": "the run itself has told all of them.",
      ])
    }
    return contexts
  }

  static func tile(_ label: String, _ count: Int, _ note: String = "") -> PageContext {
    ["label": label, "count": grouped(count), "note": note]
  }
}

/// A name for the foot of each sheet of a printed page, to go into a string of a style.
///
/// Every character that could end the string is written as its code (CSS Syntax 3, 4.3.7), and a
/// long name is cut: it shares its line with the number of the sheet.
func sheetName(_ name: String) -> String {
  let shown = withUnseenShown(name)
  let cut = shown.count > 48 ? shown.prefix(47) + "…" : shown[...]
  var text = ". "
  for scalar in cut.unicodeScalars {
    if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == " " {
      text.unicodeScalars.append(scalar)
    } else {
      text += "\\\(String(scalar.value, radix: 16)) "
    }
  }
  return text
}

/// What a line through figures shows, for those who do not see it; empty where there is none.
func trendWords(_ figures: [Double?], _ shown: (Double) -> String) -> String {
  let known = figures.compactMap { $0 }
  guard known.count > 1, let first = known.first, let last = known.last else { return "" }
  return "from \(shown(first)) to \(shown(last)) over \(grouped(figures.count)) runs"
}

/// A line through figures, for an SVG `polyline`; empty for fewer than two figures.
func polyline(_ figures: [Double?], width: Double, height: Double, from lowest: Double? = nil)
  -> String
{
  let known = figures.compactMap { $0 }
  guard known.count > 1, let most = known.max(), let least = known.min() else { return "" }
  let low = lowest ?? least
  let range = max(most - low, 1)
  let step = width / Double(max(figures.count - 1, 1))
  return figures.enumerated().compactMap { place, figure in
    guard let figure else { return nil }
    let x = (Double(place) * step).rounded()
    // A margin of two at each edge, so that the line is not clipped.
    let y = (height - 2 - (figure - low) / range * (height - 4)).rounded()
    return "\(Int(x)),\(Int(y))"
  }.joined(separator: " ")
}
