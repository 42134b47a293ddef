public import Exceptions
import Threads

/// All files of a run in the formats asked for.
///
/// They always include `run.json`, which identifies an output, and `metrics.prom`, by which the run
/// is monitored. The same report gives the same bytes on any number of threads.
///
/// - Throws: `WorkbookFault` if a workbook could not be made.
public func runFiles(
  _ report: RunReport, _ formats: Set<OutputFormat>, _ pages: PageSettings, threads: Int = 1
) throws -> [ReportFile] {
  let forReaders = report.forReaders
  let tally = RunTally(forReaders)
  // What the pieces have in common is also built in parallel.
  let families: [@Sendable () -> [@Sendable () throws -> [ReportFile]]] = [
    {
      let pieces = reportPieces(report, forReaders, tally, threads: threads)
      // What could not be read is reported in whatever formats are asked for.
      return pieces.filter { $0.format.map(formats.contains) ?? true }.map(\.files)
    },
    {
      guard formats.contains(.html) else { return [] }
      var pages = pages
      pages.hasWorkbooks = formats.contains(.xlsx)
      pages.hasLists = formats.contains(.csv)
      return Reports.pages(forReaders, tally, pages).map { page in { page() } }
    },
    {
      guard formats.contains(.xlsx) else { return [] }
      return workbooks(forReaders, tally).map { book in { [try book()] } }
    },
  ]
  let pieces = inParallel(families.count, threads: threads) { families[$0]() }.flatMap { $0 }
  return try inParallel(pieces.count, threads: threads) { try pieces[$0]() }.flatMap { $0 }
}
