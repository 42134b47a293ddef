import ArgumentParser
import Exceptions
import Logging
import Reports

/// `casecheck waive remove`.
struct WaiveRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Withdraws a waiver: what it covered is listed again.",
    discussion: """
      Exits 1 where there is no such waiver.

      EXAMPLE
        casecheck waive remove --rule cp-visits --record P17-1
      """,
    aliases: ["withdraw"])

  @Option(help: "The rule.")
  var rule: String

  @Option(help: "The record_id.")
  var record: String

  @Option(help: "Only the waiver of this visit or review.")
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
    let kept = waivers.filter {
      !areSameBytes($0.rule, rule) || !areSameBytes($0.record, record)
        || (occasion != nil && $0.occasion != occasion)
    }
    guard kept.count < waivers.count else {
      output.logger.error(
        "casecheck: \(path): there is no such waiver. casecheck waive list shows those there are.")
      throw CheckExit.exceptions
    }
    try source.write(kept, to: path, output)
  }
}
