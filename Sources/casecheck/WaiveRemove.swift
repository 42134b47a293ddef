import ArgumentParser
import Exceptions
import Logging
import Reports

/// `casecheck waive remove`.
struct WaiveRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Withdraws a waiver: what it covered is listed again.",
    discussion: """
      Exits 1 where there is no such waiver. Where the record has several of the \
      rule, it wants to know which: --table '' is the one of any table, --occasion \
      0 that of any visit.

      EXAMPLE
        casecheck waive remove --rule cp-visits --record P17-1 --occasion 3
      """,
    aliases: ["withdraw"])

  @Option(help: "The rule.")
  var rule: String

  @Option(help: "The record_id.")
  var record: String

  @Option(help: "Only what was waived of this table.")
  var table: String?

  @Option(help: "Only what was waived of this visit or review.")
  var occasion: Int?

  @OptionGroup(title: "Files")
  var source: WaiverSource

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() throws {
    let path = try source.paths(telling: output).waivers
    let lock = try source.lock(path, output)
    defer { withExtendedLifetime(lock) {} }
    let waivers = try source.read(path, output)
    // It may be copied from a list, with the mark that keeps a spreadsheet from running it.
    let record = withoutFormulaGuard(self.record)
    let withdrawn = waivers.filter { isNamed($0, record) }
    guard !withdrawn.isEmpty else {
      output.logger.error(
        "casecheck: \(path): there is no such waiver. casecheck waive list shows those there are.")
      throw CheckExit.exceptions
    }
    // Whoever had one in mind would not learn that the others have gone too.
    guard withdrawn.count == 1 || table != nil || occasion != nil else {
      output.logger.error(
        "casecheck: \(path): \(withdrawn.count) waivers are of this rule and record, and none was withdrawn. Say which with --table or --occasion; casecheck waive list shows them."
      )
      throw ExitCode.validationFailure
    }
    try source.write(waivers.filter { !isNamed($0, record) }, to: path, output)
    if !output.quiet { Console.say("Withdrawn:\n" + waiverTable(withdrawn, asOf: .today())) }
  }

  private func isNamed(_ waiver: Waiver, _ record: String) -> Bool {
    areSameBytes(waiver.rule, rule) && areSameBytes(waiver.record, record)
      && table.map { areSameBytes(waiver.table, $0) } ?? true
      && occasion.map { $0 == waiver.occasion ?? 0 } ?? true
  }
}
