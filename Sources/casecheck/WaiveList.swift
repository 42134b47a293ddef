import ArgumentParser
import Foundation
import Logging
import Reports
import WorkingTime

/// `casecheck waive list`.
struct WaiveList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the waivers, those in force and those that have ended.")

  @Option(
    help: ArgumentHelp("The day that is asked about; today when absent.", valueName: "date"),
    transform: { try CalendarDate.argument($0) })
  var asOf: CalendarDate?

  @OptionGroup(title: "Files")
  var source: WaiverSource

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() throws {
    let path = try source.paths(telling: output).waivers
    if !FileManager.default.fileExists(atPath: path) {
      output.logger.warning("casecheck: \(path): there is no file of waivers here.")
    }
    let waivers = try source.read(path, output)
    try Console.show(waiverTable(waivers, asOf: asOf ?? CalendarDate.today()))
  }
}
