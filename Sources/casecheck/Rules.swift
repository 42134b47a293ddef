import ArgumentParser
import CheckRuns
import Diagnostics
import Evaluation
import Foundation
import Logging
import Rulebooks

/// `casecheck rules`: what concerns the rules alone.
struct Rules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Checks, lists, tests and explains rules.",
    subcommands: [
      RulesCheck.self, RulesList.self, RulesTest.self, RulesExplain.self, RulesSchema.self,
    ])
}

/// `casecheck rules check`: every mistake in the rule files.
struct RulesCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks rule files and reports every mistake with its file, line and column.",
    discussion: """
      Exits 0 when there is no mistake, 2 otherwise.

      EXAMPLE
        casecheck rules check --rules Rules
      """)

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() async throws {
    let rulebook = try loadRules(rules, output)
    guard !output.quiet else { return }
    func counted(_ count: Int, _ one: String) -> String {
      "\(count) \(one)\(count == 1 ? "" : "s")"
    }
    let counts = [
      counted(rulebook.rules.count, "rule"), counted(rulebook.tables.count, "table"),
      counted(rulebook.codeLists.count, "code list"), counted(rulebook.tests.count, "test"),
    ]
    Console.say("\(counts.joined(separator: ", ")): no mistake.\n")
  }
}

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

/// `casecheck rules test`: the tests that rules carry.
struct RulesTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the tests that the rules carry, and says how many rules have none.",
    discussion: """
      Exits 0 when all pass, 1 when some fail, 2 when the rules are wrong.

      EXAMPLE
        casecheck rules test --rules Rules
      """)

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() async throws {
    let rulebook = try loadRules(rules, output)
    let results: [RuleTestResult]
    let started = ContinuousClock.now
    do {
      results = try await runRuleTests(rulebook)
      output.logger.debug("casecheck: tests run in \(ContinuousClock.now - started)")
    } catch {
      output.logger.error("casecheck: the tests could not be run: \(error.localizedDescription)")
      throw CheckExit.unfinished
    }
    let failed = results.filter { !$0.failures.isEmpty }
    for failure in failed.flatMap(\.failures) { output.logger.error("\(failure.description)") }
    let tested = Set(rulebook.tests.flatMap { $0.expected.map(\.rule) })
    let untested = rulebook.rules.map(\.name).filter { !tested.contains($0) }
    if !output.quiet || !failed.isEmpty {
      let unasked = rulebook.tests.count(where: \.expected.isEmpty)
      var text = "\(results.count - failed.count - unasked) passed, \(failed.count) failed\n"
      if unasked > 0 {
        text += "\(unasked) not run: their rules are not loaded, or others stand in their place.\n"
      }
      if untested.isEmpty {
        text += "Every rule has a test.\n"
      } else {
        text +=
          "\(untested.count) of \(rulebook.rules.count) rules have no test: \(untested.joined(separator: ", "))\n"
      }
      Console.say(text)
    }
    if !failed.isEmpty { throw CheckExit.exceptions }
  }
}

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

/// `casecheck rules schema`: the JSON Schema of rule files.
struct RulesSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Writes the JSON Schema of rule files, for editors that complete and check YAML.",
    discussion: """
      EXAMPLE
        casecheck rules schema > Rules/casecheck.schema.json
      """)

  func run() throws {
    try Console.hand(RuleFileSchema().text)
  }
}

/// Loads rules, or lists their mistakes and ends with the exit code for them.
func loadRules(_ rules: RuleOptions, _ output: OutputOptions) throws -> Rulebook {
  let started = ContinuousClock.now
  let (rulebook, diagnostics) = Rulebook.load(rules.selection)
  output.logger.debug("casecheck: rules read in \(ContinuousClock.now - started)")
  RuleMistakes.log(diagnostics, to: output.logger)
  if diagnostics.contains(where: { $0.severity == .error }) { throw CheckExit.wrongRules }
  return rulebook
}
