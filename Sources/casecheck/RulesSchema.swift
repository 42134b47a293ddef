import ArgumentParser
import Foundation
import Rulebooks

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
