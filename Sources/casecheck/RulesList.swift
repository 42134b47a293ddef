import ArgumentParser
import CheckRuns

/// `casecheck rules list`: the catalogue.
struct RulesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the rules with their pack, table, kind, target, tests and source.",
    discussion: """
      EXAMPLE
        casecheck rules list --rules Rules --pack statutory
        casecheck rules list --format markdown
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
  }

  @Option(help: "How the catalogue is written.")
  var format = Format.text

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() async throws {
    let rulebook = try loadRules(rules, output)
    let catalogue = RuleCatalogue(rulebook)
    switch format {
    case .text: try Console.show(catalogue.text)
    case .markdown: try Console.hand(catalogue.markdown)
    }
  }
}
