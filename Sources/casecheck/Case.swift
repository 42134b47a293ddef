import ArgumentParser
import CheckRuns
import Diagnostics
import Exceptions
import Foundation
import Logging
import Reports
import Rulebooks

/// `casecheck case`: one child's chronology and every rule's verdict.
struct Case: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: "Shows one child's chronology and every rule's verdict, with the reasoning.",
    discussion: """
      Reads the extracts and judges the child's records alone: where each clock \
      started and by which record, the working days and the holidays not counted, \
      when it was due, and what stopped it. What it shows is about a child: it \
      goes to standard output and nowhere else.

      Extracts and rules are those of casecheck.yaml where they are not named. \
      Exits 1 where no record is of this child.

      EXAMPLES
        casecheck case 4100190 --at 2016-01-31
        casecheck case 4100190 Samples/paris --rules Rules --as-of 2016-01-31
        casecheck case 4100190 Samples/paris --at 2016-01-31 --rule cp-visits
      """)

  @Argument(help: "The child's number, as in the extracts.")
  var person: String

  @Argument(help: "A folder of extracts, or files; the configuration's when absent.")
  var extracts: [String] = []

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Job")
  var job: JobOptions

  @Option(help: ArgumentHelp("Last period's extracts, for earlier.TABLE.", valueName: "dir"))
  var earlier: String?

  @Option(
    name: [.customLong("as-of"), .customLong("at")],
    help: ArgumentHelp(
      "The day the verdicts are given for: YYYY-MM-DD, or today; the configuration's when absent.",
      valueName: "date"))
  var asOf: String?

  @OptionGroup
  var effort: EffortOptions

  @Flag(help: "Only verdicts that need a person, or soon will.")
  var open = false

  @Option(
    help: ArgumentHelp(
      "Only this rule, and why it asks nothing of the child's other records.", valueName: "name"))
  var rule: String?

  /// A case file is not a table, so it has formats of its own.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Option(help: "How it is written.")
  var format = Format.text

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  mutating func validate() throws {
    try AsOf.check(asOf)
    // Records without a number are nobody's, and must not pass for one child's.
    if person.allSatisfy(\.isWhitespace) {
      throw ValidationError(
        "The child's number is empty: name the child whose case file is wanted.")
    }
  }

  func run() async throws {
    let (file, alike, faults, unread): (CaseFile?, [CaseFile.OtherSpelling], [String], [String])
    let request = try request()
    let bar = ProgressBar(output)
    let started = ContinuousClock.now
    do throws(CheckFailure) {
      (file, alike, faults, unread) = try await caseFile(of: person, request, rule: rule) {
        bar.update($0)
      }
      bar.finish()
    } catch {
      bar.finish()
      throw error.exit(telling: output.logger, reading: request.rules)
    }
    output.logger.debug("casecheck: read and judged in \(ContinuousClock.now - started)")
    for fault in faults { output.logger.warning("casecheck: not trusted: \(fault)") }
    guard let file else {
      for unread in unread {
        output.logger.warning(
          "casecheck: records that could not be read may be this child's: \(unread)")
      }
      switch format {
      // What names a child goes to standard output, as its case file does, and into no log.
      case .text: try Console.show(Self.perhaps(alike))
      case .json:
        if !alike.isEmpty {
          output.logger.warning(
            "casecheck: \(amount(alike.count, "record stands", "records stand")) under a number that may be the same, written otherwise."
          )
        }
      }
      output.logger.error("casecheck: no record of this number is in the extracts.")
      throw faults.isEmpty ? CheckExit.exceptions : CheckExit.untrustedInput
    }
    if let rule, !file.knows(rule) {
      throw ValidationError(
        ["There is no rule `\(rule)` among those loaded.", file.suggestion(for: rule)]
          .compactMap(\.self).joined(separator: " "))
    }
    let writing = CaseFileWriting(
      file, onlyOpen: open, rule: rule, alike: alike, faults: faults, unread: unread)
    switch format {
    case .text: try Console.show(writing.text)
    case .json: try Console.hand(writing.json)
    }
    if !faults.isEmpty { throw CheckExit.untrustedInput }
  }

  /// The numbers that may have been meant, a line for each, in the order of their records.
  private static func perhaps(_ alike: [CaseFile.OtherSpelling]) -> String {
    var counts: [(number: String, records: Int)] = []
    for record in alike {
      if let place = counts.firstIndex(where: { $0.number == record.number }) {
        counts[place].records += 1
      } else {
        counts.append((record.number, 1))
      }
    }
    return counts.map {
      "Perhaps \(withBlanksShown($0.number)) (\(amount($0.records, "record"))).\n"
    }.joined()
  }

  private func request() throws -> CheckRequest {
    let configuration = try JobOptions.found(job.config, output, overriddenBy: rules)
    guard !extracts.isEmpty || configuration != nil else {
      throw ValidationError("Name the extracts, or a configuration that does with --config.")
    }
    guard asOf != nil || configuration != nil else {
      throw ValidationError("Name the day with --as-of, or say --as-of today.")
    }
    let day = asOf.map(AsOf.day) ?? configuration?.asOf ?? .today()
    let dated = configuration?.dated(day)
    var request = CheckRequest(
      extracts: extracts.isEmpty ? dated?.extracts ?? [] : extracts,
      earlier: earlier ?? dated?.earlier,
      rules: configuration.map { rules.selection(over: $0.rules) } ?? rules.selection,
      asOf: day, threads: effort.threadCount, memory: effort.memory?.bytes,
      version: Casecheck.version)
    request.waivers = configuration?.waivers
    return request
  }
}
