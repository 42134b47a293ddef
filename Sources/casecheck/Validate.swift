import ArgumentParser
import CheckRuns
import Delivery
import Exceptions
import Logging
import Reports

/// `casecheck validate`: read, check, write the lists.
struct Validate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Reads extracts, checks every record against the rules, and writes the lists.",
    discussion: """
      Reads the CSV files in a folder (and the folders in it), or the files named, \
      as the tables that the rules define. Writes exceptions.csv, measures.csv, \
      summary.json, run.json, teams/*/exceptions.csv and rejects/ into a folder of \
      their own, which appears whole or not at all.

      The as-of date is the only clock: the same extracts, rules and as-of date \
      give the same lists, byte for byte.

      EXAMPLES
        casecheck validate Samples/paris --as-of 2016-01-31 --out OUT
        casecheck validate /srv/paris/weekly --rules Rules --rules Ours \\
          --pack statutory --set 'cp_visit_interval=workingDays(15)' \\
          --as-of today --out /srv/casecheck/latest
      """)

  @Argument(help: "A folder of extracts, or files.")
  var extracts: [String]

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @Option(help: ArgumentHelp("Last period's extracts, for earlier.TABLE.", valueName: "dir"))
  var earlier: String?

  @Option(
    help: ArgumentHelp(
      "The date the verdicts are given for: YYYY-MM-DD, or today.", valueName: "date"))
  var asOf: String

  @Option(help: ArgumentHelp("The folder for the lists.", valueName: "dir"))
  var out: String

  @Option(help: "Which lists are written: csv, xlsx, html, json (all when absent).")
  var format: [String] = []

  @Option(
    help: ArgumentHelp(
      "Replace persons and records in all lists by hashes under the key in this file.",
      valueName: "keyfile"))
  var pseudonymise: String?

  @OptionGroup(title: "Over time")
  var overTime: LedgerOptions

  @OptionGroup
  var effort: EffortOptions

  @Flag(help: "Exit 0 when exceptions were found, for schedulers that mail on failure.")
  var exitZero = false

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  mutating func validate() throws {
    if extracts.isEmpty { throw ValidationError("Name a folder of extracts, or files.") }
    if out.isEmpty { throw ValidationError("Name the folder for the lists with --out.") }
    try AsOf.check(asOf)
    if overTime.use != nil { try AsOf.checkNotAhead(AsOf.day(asOf), "--as-of \(asOf)") }
    for list in format where OutputFormat.list(list) == nil {
      throw ValidationError("--format wants some of csv, xlsx, html and json, not '\(list)'.")
    }
  }

  /// `--format csv --format json` asks for both, as `--format csv,json` does.
  private var formats: Set<OutputFormat> {
    let named = Set(format.compactMap { OutputFormat.list($0) }.joined())
    return named.isEmpty ? Set(OutputFormat.allCases) : named
  }

  func run() async throws {
    let logger = output.logger
    let stop = StopWords.listen(logger)
    defer { stop.finish() }
    var request = CheckRequest(
      extracts: extracts, earlier: earlier, rules: rules.selection, asOf: AsOf.day(asOf),
      threads: effort.threadCount, memory: effort.memory?.bytes, version: Casecheck.version)
    request.ledger = overTime.use
    request.waivers = overTime.waivers
    request.expectsWaivers = true
    let run = ListRun(
      request: request, out: out, formats: formats, pages: try PageOptions.settings(output),
      pseudonyms: try PageOptions.pseudonyms(pseudonymise, output), output: output, stop: stop)
    let isQuiet = output.quiet
    // Made while the run waits for the disk.
    var summary: Task<String, Never>?
    let report = try await run.carryOut { report, _ in
      guard run.request.threads > 1, !(isQuiet && report.isClean) else { return }
      summary = Task.detached { terminalSummary(report, out: run.out, formats: run.formats) }
    }
    report.tell(logger, run.formats)
    if !(output.quiet && report.isClean) {
      Console.say(
        await summary?.value ?? terminalSummary(report, out: run.out, formats: run.formats))
    }
    if report.isUntrusted { try CheckExit.untrustedInput.end(holding: report, stop) }
    if report.hasWork, !exitZero { try CheckExit.exceptions.end(holding: report, stop) }
    try ExitCode.success.end(holding: report, stop)
  }
}
