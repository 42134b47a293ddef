import ArgumentParser
import CheckRuns
import Diagnostics
import Foundation
import Logging
import Rulebooks

/// `casecheck rules test`: runs the tests that rules carry.
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
      results = try runRuleTests(rulebook, threads: ProcessInfo.processInfo.activeProcessorCount)
      output.logger.debug("casecheck: tests run in \(ContinuousClock.now - started)")
    } catch {
      output.logger.error("casecheck: the tests could not be run: \(error.localizedDescription)")
      throw CheckExit.unfinished
    }
    let failed = results.filter { !$0.failures.isEmpty }
    for failure in failed.flatMap(\.failures) { output.logger.error("\(failure.description)") }
    // A rule that another stands in place of is no longer what its tests are about.
    let idle = rulebook.tests.filter(\.expected.isEmpty)
    for test in idle {
      output.logger.debug("\(test.position.file):\(test.position.line): not run: \(test.name)")
    }
    let tested = Set(rulebook.tests.flatMap { $0.expected.map(\.rule) })
    let untested = rulebook.rules.map(\.name).filter { !tested.contains($0) }
    if !output.quiet || !failed.isEmpty {
      let passed = results.count - failed.count - idle.count
      var text = "\(passed) passed, \(failed.count) failed\n"
      if !idle.isEmpty {
        text +=
          "\(idle.count) not run: their rules are not loaded, or others stand in their place.\n"
      }
      if rulebook.rules.isEmpty {
        text += "There is no rule to test.\n"
      } else if untested.isEmpty {
        text += "Every rule has a test.\n"
      } else {
        let rules = rulebook.rules.count == 1 ? "rule" : "rules"
        text +=
          "\(untested.count) of \(rulebook.rules.count) \(rules) \(untested.count == 1 ? "has" : "have") no test: "
          + untested.joined(separator: ", ") + "\n"
      }
      try Console.show(text)
    }
    if !failed.isEmpty { throw CheckExit.exceptions }
  }
}
