import ArgumentParser
import CheckRuns
import Delivery
import Exceptions
import Logging
import Reports

/// A run that ends in lists, common to `validate` and `run`.
struct ListRun {
  let request: CheckRequest
  /// The folder for the lists.
  let out: String
  var modes = AccessModes.ownerOnly
  let formats: Set<OutputFormat>
  let pages: PageSettings
  let pseudonyms: Pseudonyms?
  let output: OutputOptions
  let stop: CleanStop
  /// How many mails earlier runs could not hand over; nil where there is no mail.
  var mailsWaiting: Int?

  /// Checks the extracts, shows the progress, and puts the lists in place.
  ///
  /// - Parameter made: called with the report and its files before they are written, under the
  ///   ledger's lock if there is one.
  /// - Returns: the report, with the names of persons and records that it was checked with.
  /// - Throws: the exit code, after what went wrong has been logged.
  func carryOut(
    _ made: (_ report: RunReport, _ files: [ReportFile]) -> Void
  ) async throws -> RunReport {
    let (logger, started) = (output.logger, ContinuousClock.now)
    if formats.contains(.html), request.threads > 1 {
      // Loaded while the extracts are read.
      Task.detached { pages.templates.prepare() }
    }
    let bar = ProgressBar(output)
    do throws(CheckFailure) {
      let report = try await CheckRuns.carryOut(
        request, into: out, modes: modes, stop: stop,
        files: { report in
          logger.debug("casecheck: checked in \(ContinuousClock.now - started)")
          let files = try runFiles(leaving(report), formats, pages, threads: request.threads)
          made(report, files)
          return files
        }, progress: { bar.update($0) })
      bar.finish()
      logger.debug("casecheck: in place after \(ContinuousClock.now - started)")
      if let remark = memoryRemark(request.memory) { logger.warning("casecheck: \(remark)") }
      return report
    } catch {
      bar.finish()
      throw error.exit(telling: logger, reading: request.rules)
    }
  }

  /// The report as it may leave the organisation: under pseudonyms if they are asked for.
  func leaving(_ report: RunReport) -> RunReport {
    var leaving = pseudonyms?.applied(to: report) ?? report
    leaving.mailsWaiting = mailsWaiting
    return leaving
  }
}
