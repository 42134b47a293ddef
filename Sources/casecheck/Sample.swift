import ArgumentParser
import Delivery
import Diagnostics
import Foundation
import Logging
import Samples

/// `casecheck sample`: synthetic extracts of any size.
struct Sample: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Writes synthetic extracts of any size, with the faults it planted listed.",
    discussion: """
      The children are made up, and so is everybody who works with them. Their \
      cases go from contact and referral to assessment, child in need and child \
      protection plans, care and leaving care, with visits, reviews, health, \
      education, missing episodes and the workers and teams of it all, under the \
      headings and in the formats of the tables that the rules define.

      The extracts break no statutory or data-quality rule but where a fault was \
      planted: each is a row of planted.csv, with the rule that finds it and the \
      record. A fault is planted in up to 2 of 100 children unless --faults \
      says more: not every case comes to the point where its fault would show. \
      The same arguments and rules give the same bytes on any machine and with \
      any --threads. Without --pack the packs are statutory and data-quality.

      EXAMPLES
        casecheck sample --children 300 --seed 1 --as-of 2016-01-31 --out SAMPLE
        casecheck validate SAMPLE --pack statutory --pack data-quality \\
          --as-of 2016-01-31 --out OUT
      """)

  @Option(help: ArgumentHelp("How many children.", valueName: "n"))
  var children: Int

  @Option(help: ArgumentHelp("A number; another one gives other children.", valueName: "n"))
  var seed: UInt64

  @Option(help: ArgumentHelp("The folder to write: a new one, or an empty one.", valueName: "dir"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "The day on which the extracts are drawn: YYYY-MM-DD, or today.", valueName: "date"))
  var asOf = "2016-01-31"

  @Option(
    help: ArgumentHelp(
      "In how many of 100 children something is wrong at most, 0 to 100.", valueName: "percent"))
  var faults = 2.0

  @Option(help: ArgumentHelp("How many threads make records.", valueName: "n"))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  mutating func validate() throws {
    guard 1...SampleRequest.mostChildren ~= children else {
      throw ValidationError(
        "--children wants a number from 1 to \(SampleRequest.mostChildren), not \(children).")
    }
    guard 0...100 ~= faults else {
      throw ValidationError("--faults wants a number from 0 to 100, not \(faults).")
    }
    guard 1...512 ~= threads else {
      throw ValidationError("--threads wants a number from 1 to 512, not \(threads).")
    }
    try AsOf.check(asOf)
  }

  func run() async throws {
    let stop = StopWords.listen(
      output.logger, before: "Nothing of the sample is left.", inPlace: "The sample is whole.")
    defer { stop.finish() }
    var rules = rules
    // A clean sample is clean by these two packs; a council's own rules ask for more than it knows.
    if rules.packs.isEmpty { rules.packs = ["statutory", "data-quality"] }
    let rulebook = try loadRules(rules, output)
    let request = SampleRequest(
      rulebook: rulebook, children: children, seed: seed,
      asOf: AsOf.day(asOf),
      faultsPerThousand: Int((faults * 10).rounded()), threads: threads, folder: out)
    do {
      let report = try await write(request, stop)
      if !output.quiet { Console.say(words(report)) }
    } catch let fault as SampleFault {
      output.logger.error("casecheck: \(words(fault))")
      throw CheckExit.wrongRules
    } catch {
      output.logger.error("casecheck: \(error)")
      throw CheckExit.unfinished
    }
  }

  private func write(_ request: SampleRequest, _ stop: CleanStop) async throws -> SampleReport {
    let bar = ProgressBar(output)
    defer { bar.finish() }
    let started = ContinuousClock.now
    let report = try await writeSample(request, stop: stop) {
      bar.update(children: $0, of: children)
    }
    bar.finish()
    output.logger.debug("casecheck: written in \(ContinuousClock.now - started)")
    return report
  }

  private func words(_ report: SampleReport) -> String {
    var text =
      "\(harmless(out)): \(amount(children, "child", "children")), "
      + "\(amount(report.files.count, "table")), \(amount(report.bytes, "byte")), "
      + "\(amount(report.planted, "planted fault")) in \(SampleReport.plantedName), as of \(AsOf.day(asOf))\n"
    if !report.tablesLeftOut.isEmpty {
      text += "Not in the sample: \(report.tablesLeftOut.joined(separator: ", "))\n"
    }
    return text
  }

  private func words(_ fault: SampleFault) -> String {
    switch fault {
    case .noCalendar:
      "The rules name no calendar of working days, and a sample counts in them. Add one to the rules."
    case .outsideCalendar(let days):
      "A sample tells of five years that the calendar of working days has to cover, and of nobody who was born "
        + "before 1985: --as-of can be from \(days.lowerBound) to \(days.upperBound)."
    case .noTables:
      "The rules define none of the tables that a sample has, such as people and visits. Name their folder "
        + "with --rules."
    }
  }
}
