import ArgumentParser
import ExceptionLedger
import Reports
import WorkingTime

/// `casecheck history`: what became of exceptions over time.
struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract:
      "Says what opened, was put right, came back and is still open, by week, team and rule.",
    discussion: """
      Reads the ledger that `casecheck run` and `validate --ledger` write, and \
      changes nothing. Median, oldest and over 90 count days from the run in which \
      an exception was opened, or reopened. Open ones are listed, waived, or not \
      judged by the last run.

      EXAMPLES
        casecheck history --ledger /var/lib/casecheck/ledger.sqlite
        casecheck history --ledger ledger.sqlite --team 'Assessment East' \\
          --from 2016-01-01 --format csv
      """)

  @OptionGroup(title: "Ledger")
  var source: LedgerSource

  @Option(help: "Only this team, as the lists name it.")
  var team: String?

  @Option(help: "Only this rule.")
  var rule: String?

  @Option(
    help: ArgumentHelp("The first as-of date that counts.", valueName: "date"),
    transform: { try CalendarDate.argument($0) })
  var from: CalendarDate?

  @Option(
    help: ArgumentHelp("The last as-of date that counts.", valueName: "date"),
    transform: { try CalendarDate.argument($0) })
  var to: CalendarDate?

  @Option(help: "How it is written: text, csv or json.")
  var format = ListFormat.text

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  mutating func validate() throws {
    if let from, let to, to < from {
      throw ValidationError("--to \(to) lies before --from \(from): no run is between them.")
    }
  }

  func run() throws {
    try telling(output.logger) {
      let question = LedgerHistory.Question(team: team, rule: rule, from: from, to: to)
      let history = HistoryWriting(
        try LedgerHistory(of: try source.path(telling: output), question))
      switch format {
      case .text: try Console.show(history.text)
      case .csv: try Console.hand(history.csv)
      case .json: try Console.hand(history.json)
      }
    }
  }
}
