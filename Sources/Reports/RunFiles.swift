public import Exceptions
internal import Threads
internal import Workbooks

/// A form in which lists are written.
public enum OutputFormat: String, CaseIterable, Hashable, Sendable {
  /// Lists for programs and for people with a spreadsheet.
  case csv
  /// Workbooks for business support.
  case xlsx
  /// Pages for managers.
  case html
  /// The run in figures.
  case json

  /// The formats of a list such as `csv,html`; nil where one is none of them, or there is none.
  public static func list(_ text: String) -> Set<OutputFormat>? {
    let names = text.split(separator: ",").map { $0.filter { $0 != " " } }
    let formats = names.compactMap { OutputFormat(rawValue: String($0)) }
    return formats.count == names.count && !formats.isEmpty ? Set(formats) : nil
  }
}

/// All files of a run in the formats asked for.
///
/// `run.json` is always among them, by which an output is known, and `metrics.prom`, by which it is watched.
/// The same report gives the same bytes, on any number of threads.
///
/// - Throws: `WorkbookFault` where a workbook could not be made.
public func runFiles(
  _ report: RunReport, _ formats: Set<OutputFormat>, _ pages: PageSettings, threads: Int = 1
) throws -> [ReportFile] {
  let tally = RunTally(report)
  var pieces: [@Sendable () throws -> [ReportFile]] = reportPieces(report, tally, threads: threads)
    .map { piece in
      {
        piece().filter { file in
          ["run.json", "metrics.prom"].contains(file.path)
            || formats.contains { file.path.hasSuffix("." + $0.rawValue) }
        }
      }
    }
  if formats.contains(.html) {
    var pages = pages
    pages.hasWorkbooks = formats.contains(.xlsx)
    pages.hasLists = formats.contains(.csv)
    for page in Reports.pages(report, tally, pages) { pieces.append { page() } }
  }
  if formats.contains(.xlsx) {
    for book in workbooks(report, tally) { pieces.append { [try book()] } }
  }
  let work = pieces
  return try inParallel(work.count, threads: threads) { try work[$0]() }.flatMap { $0 }
}
