import ArgumentParser
import CheckRuns
import Diagnostics
import Extracts
import Logging
import Rulebooks
import WorkingTime

/// `casecheck inspect`: what an export looks like.
struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract:
      "Shows what an export looks like: its encoding, delimiter and headings, matched and not.",
    discussion: """
      With --draft it writes a first table definition for an export that no rule \
      knows yet, for an analyst to correct. Exits 3 when a file cannot be read as \
      an extract, or lacks a heading that its table cannot do without.

      EXAMPLES
        casecheck inspect Samples/paris/visits.csv
        mkdir -p our-rules/tables
        casecheck inspect export.csv --draft > our-rules/tables/export.yaml
      """)

  @Argument(help: "Files to look at.")
  var files: [String]

  @Flag(help: "Write a first table definition in place of the report.")
  var draft = false

  @Option(
    help: ArgumentHelp("Last period's extracts, shown after the others.", valueName: "dir"))
  var earlier: String?

  @Option(
    help: ArgumentHelp(
      "The day of the run, or today; what is shown is the same on every day.", valueName: "date"))
  var asOf: String?

  @OptionGroup
  var effort: EffortOptions

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  mutating func validate() throws {
    if files.isEmpty { throw ValidationError("Name the files to look at.") }
    try AsOf.check(asOf)
  }

  func run() async throws {
    var definitions: [TableDefinition] = []
    // Without rules, a file can still be inspected; folders that were named have to be there.
    let lack = rules.folders.isEmpty ? rules.selection.lackOfRules : nil
    if lack == nil {
      // The shell empties the file for the draft before the rules are read.
      definitions = try loadRules(rules, toLookAtExports: true, output).tables.map(\.definition)
    }
    // The report says so itself.
    if draft, let lack {
      output.logger.warning("casecheck: No rules were read to know an export by: \(lack).")
    }
    // A definition drafted from this period's files is that of last period's, too.
    let found = ([files] + (draft ? [] : earlier.map { [[$0]] } ?? [])).map(findExtracts)
    let faults = found.flatMap(\.faults)
    for fault in faults { output.logger.error("\(fault.description)") }
    var isWell = faults.isEmpty
    let looks = CheckRuns.looks(
      at: found.flatMap(\.files), definitions: definitions,
      asOf: asOf.map(AsOf.day) ?? CalendarDate(dayNumber: 0),
      threads: effort.threadCount, memory: effort.memory?.bytes)
    if draft {
      // One file of rules may define several tables, each in a document of its own.
      try Console.hand(draftDefinitions(from: looks).joined(separator: "---\n"))
    } else {
      for look in looks { try Console.show(InspectionWords.report(look, lackOfRules: lack)) }
    }
    for look in looks {
      let faults = draft ? look.faultsBesidesDraft : look.faults
      if !faults.isEmpty { isWell = false }
      if draft {
        for fault in faults { output.logger.error("\(look.file.path): \(fault.message)") }
      }
    }
    if let remark = memoryRemark(effort.memory?.bytes) {
      output.logger.warning("casecheck: \(remark)")
    }
    if !isWell { throw CheckExit.untrustedInput }
  }
}
