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

  /// The same for a table that may be last period's.
  private func title(ofAnyTable name: String) -> String {
    EarlierName.bareName(of: name).map { "\(title(ofTable: $0)) of last period" }
      ?? title(ofTable: name)
  }

  /// Whether all pages together would take too much memory.
  ///
  /// If so, each page is made as it is written.
  var isLong: Bool { report.exceptions.count > 20_000 }

  private var faults: [FaultReport] { report.faults + report.inputs.flatMap(\.faults) }

  /// The same as `context`, for those who read the lists and do not run casecheck.
  var teamContext: PageContext {
    var context = context
    context["faults"] = TeamFaults(faults, title: title(ofAnyTable:)).sentences.map {
      Self.fault("", $0)
    }
    return context
  }

  var context: PageContext {
    let faults = faults
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

  private func contexts(of all: [FaultReport]) -> [PageContext] {
    let faults = faultsInBrief(all)
    var contexts = faults.prefix(Self.mostFaults).map { fault -> PageContext in
      // A message on a whole table begins with its name, which stands in front of it already.
      let twice = [fault.table + ": ", fault.table + " "].first {
        fault.file.isEmpty && !fault.table.isEmpty && fault.message.hasPrefix($0)
      }
      return Self.fault(
        fault.file.isEmpty ? fault.table : fault.file,
        String(fault.message.dropFirst(twice?.count ?? 0)))
    }
    let more = faults.count - contexts.count
    if more > 0 {
      contexts.append(
        Self.fault(counted(more, "more fault"), "the run itself has told all of them."))
    }
    return contexts
  }

  private static func fault(_ place: String, _ message: String) -> PageContext {
    [
      "place": pageText(place), "hasPlace": !place.isEmpty, "message": pageText(message),
    ]
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
