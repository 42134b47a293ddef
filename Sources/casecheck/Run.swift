import ArgumentParser
import CheckRuns
import Delivery
import Exceptions
import Foundation
import Logging
import Reports
import Rulebooks
import WorkingTime

/// `casecheck run`: the scheduled job.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract:
      "Runs the scheduled job: checks the extracts, keeps the ledger, puts the lists in place.",
    discussion: """
      Does what casecheck.yaml says. Each run's lists appear in a folder of their \
      own, whole, together with the ledger's record of the run; then the link \
      latest leads to them, and lists beyond those to be kept go. Says nothing \
      when all is well. Run again with the same as-of date, it replaces that run.

      The lock is the ledger's: of two jobs at once the second exits 75.

      EXAMPLES
        casecheck run
        casecheck run --config /etc/casecheck/casecheck.yaml --log-format json
        casecheck run --as-of 2016-01-31 --accept-shrink visits
      """)

  @OptionGroup(title: "Job")
  var job: JobOptions

  @Option(
    help: ArgumentHelp(
      "The date the verdicts are given for, in place of the configuration's: YYYY-MM-DD, tomorrow at the latest, or today.",
      valueName: "date"))
  var asOf: String?

  @OptionGroup
  var agreed: AgreementOptions

  @Flag(help: "Exit 0 when exceptions were found, for schedulers that mail on failure.")
  var exitZero = false

  @OptionGroup(title: "In place of the configuration's")
  var rules: RuleOptions

  @Option(help: ArgumentHelp("Last period's extracts, for earlier.TABLE.", valueName: "dir"))
  var earlier: String?

  @OptionGroup
  var effort: EffortOptions

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  mutating func validate() throws {
    try AsOf.check(asOf)
    if let asOf { try AsOf.checkNotAhead(AsOf.day(asOf), "--as-of \(asOf)") }
  }

  func run() async throws {
    let logger = output.logger
    let stop = StopWords.listen(logger)
    defer { stop.finish() }
    let configuration = try JobOptions.configuration(
      job.config ?? JobOptions.usual, output, overriddenBy: rules, hasDay: asOf != nil)
    let day = asOf.map(AsOf.day) ?? configuration.asOf ?? .today()
    if asOf == nil {
      try AsOf.checkNotAhead(day, "`asOf: \(day)` of the configuration")
      if let remark = configuration.asOf.flatMap(AsOf.remarkOnPast) {
        logger.warning("casecheck: \(remark)")
      }
    }
    guard let folders = RunFolders(pattern: configuration.outPattern) else {
      logger.error("casecheck: `out` of the configuration names no folder: \(configuration.out).")
      throw CheckExit.wrongRules
    }
    do {
      try folders.checkLatest()
    } catch {
      throw CheckFailure.delivery(error).exit(telling: logger)
    }
    let request = request(of: configuration, asOf: day, folders)
    let out = folders.folder(of: day.description)
    let pseudonyms = try PageOptions.pseudonyms(configuration.pseudonymise, output)
    // The links in its folder are resolved, so that one ledger is one job however it is named. The
    // file itself may not exist before the first run.
    let ledger = URL(fileURLWithPath: configuration.ledger)
    let job = ledger.deletingLastPathComponent().resolvingSymlinksInPath()
      .appendingPathComponent(ledger.lastPathComponent).path
    let mailing = configuration.deliver.map {
      Mailing(
        $0, job: job, formerly: ledger.standardizedFileURL.path, day: day,
        pseudonyms: pseudonyms, logger: logger, stop: stop)
    }
    let run = ListRun(
      request: request, out: out,
      modes: AccessModes(file: configuration.fileMode, folder: configuration.folderMode),
      formats: configuration.formats, pages: try PageOptions.settings(output, configuration),
      pseudonyms: pseudonyms, output: output, stop: stop, mailsWaiting: mailing?.waiting())
    var written: [ReportFile] = []
    var isAnnounced = false
    logger.debug("casecheck: run as of \(day), lists to \(out)")
    let report: RunReport
    do {
      report = try await run.carryOut { report, files in
        written = files
        // Immediately before the run is recorded.
        isAnnounced = mailing?.announce(report) ?? false
      }
    } catch {
      if isAnnounced { mailing?.takeBack() }
      throw error
    }
    let isTidy = tidy(
      folders, after: report, keeping: configuration.keep, beside: out, stop, logger)
    mailing?.send(
      run.leaving(report), run.pages, files: written,
      out: URL(fileURLWithPath: out).standardizedFileURL.path)
    tell(report, out: out, formats: run.formats, logger)
    if let last = report.news?.last, let latest = folders.latest {
      logger.notice(
        "casecheck: filled in before the run as of \(last): these lists are in \(out), and `latest` leads to \(latest)."
      )
    }
    if report.isUntrusted { throw CheckExit.untrustedInput }
    if !isTidy { throw CheckExit.unfinished }
    if report.hasWork, !exitZero, !configuration.exitZero { throw CheckExit.exceptions }
  }

  private func request(
    of configuration: JobConfiguration, asOf day: CalendarDate, _ folders: RunFolders
  ) -> CheckRequest {
    var request = configuration.request(asOf: day, threads: effort.threadCount)
    request.rules = rules.selection(over: configuration.rules)
    request.earlier = earlier ?? request.earlier
    request.memory = effort.memory?.bytes
    if var use = request.ledger {
      agreed.apply(to: &use)
      request.ledger = use
    }
    request.ledger?.sentOn = configuration.deliver?.days ?? []
    request.ledger?.listDays = folders.days.compactMap { CalendarDate(iso: $0) }
    return request
  }

  /// Points `latest` at the newest lists and removes those not kept; returns whether that
  /// succeeded.
  private func tidy(
    _ folders: RunFolders, after report: RunReport, keeping count: Int?, beside out: String,
    _ stop: CleanStop, _ logger: Logger
  ) -> Bool {
    if let other = folders.latestOfAnother {
      logger.warning(
        "casecheck: `latest` led to \(other), whose name is not one of `out`. Where that is another job's, it leads to whichever ran last: give each a folder of its own."
      )
    }
    do {
      let left = try stop.held { () throws(DeliveryFault) in
        try folders.pointLatest()
        // Until a run of another day has been made, only the folders that are there show the loss.
        let isLost = report.faults.contains { $0.kind == LedgerUse.lost }
        return try folders.retire(
          keeping: isLost ? nil : count, besides: report.asOf.description)
      }
      for lists in left { logger.warning("casecheck: \(lists)") }
      return true
    } catch {
      // The lists and the ledger are in place, so mail and exit code go on.
      logger.error(
        "casecheck: \(out) is in place and the run recorded; what follows is not done: \(error)")
      return false
    }
  }

  private func tell(
    _ report: RunReport, out: String, formats: Set<OutputFormat>, _ logger: Logger
  ) {
    report.tell(logger, formats)
    if output.verbose {
      Console.say(terminalSummary(report, out: out, formats: formats))
    } else if !report.isClean {
      Console.say(runBrief(report, out: out, formats: formats))
    }
  }
}
