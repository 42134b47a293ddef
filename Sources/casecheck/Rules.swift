import ArgumentParser

/// `casecheck rules`: commands that concern the rules alone.
struct Rules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Checks, lists, tests and explains rules.",
    subcommands: [
      RulesCheck.self, RulesList.self, RulesTest.self, RulesExplain.self, RulesSchema.self,
    ])
}
