import ArgumentParser
import Evaluation

/// `casecheck rules explain`: one rule in words.
struct RulesExplain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Says in plain English what a rule asks: who is judged, what starts and stops the clock, when it is due.",
    discussion: """
      EXAMPLE
        casecheck rules explain assessment-20-days --rules Rules
      """)

  @Argument(help: "The rule's name, or a constraint's such as people.person_id.required.")
  var rule: String

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() async throws {
    let rulebook = try loadRules(rules, output)
    switch explanation(of: rule, in: rulebook) {
    case .found(let text): try Console.show(text)
    case .unknown(let nearest):
      let hint = nearest.map { " Did you mean '\($0)'?" } ?? ""
      throw ValidationError("There is no rule '\(rule)'.\(hint)")
    }
  }
}
