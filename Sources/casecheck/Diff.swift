import ArgumentParser
import ExceptionLedger
import Reports

/// `casecheck diff`: what changed between two runs.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says what changed between two runs of the ledger.",
    discussion: """
      A run is named by its as-of date, or as latest or previous.

      EXAMPLES
        casecheck diff previous latest --ledger ledger.sqlite
        casecheck diff 2016-01-04 2016-03-28 --ledger ledger.sqlite --format csv
      """)

  @Argument(help: "One run.")
  var first: String

  @Argument(help: "Another run.")
  var second: String

  @OptionGroup(title: "Ledger")
  var source: LedgerSource

  @Option(help: "How it is written: text (figures by rule), csv or json (every record).")
  var format = ListFormat.text

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() throws {
    try telling(output.logger) {
      let diff = DiffWriting(
        try LedgerDiff(of: try source.path(telling: output), from: first, to: second))
      switch format {
      case .text: try Console.show(diff.text)
      case .csv: try Console.hand(diff.csv)
      case .json: try Console.hand(diff.json)
      }
    }
  }
}
