import ArgumentParser
import Rulebooks

/// Which rules are used: the options of every command that reads them.
struct RuleOptions: ParsableArguments {
  /// The folder that is read where none is named.
  static let usual = "Rules"

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "A folder of rules; later ones add to and override earlier ones. (default: Rules, or for run and case the configuration's; a folder named here takes its place, so name both)",
      valueName: "dir"))
  var folders: [String] = []

  @Option(
    name: .customLong("pack"),
    help: ArgumentHelp("A pack under packs/ to load; all when absent.", valueName: "name"))
  var packs: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("A parameter of the rules.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: ArgumentHelp("The calendar of working days to use.", valueName: "name"))
  var calendar: String?

  mutating func validate() throws {
    for parameter in parameters where !parameter.contains("=") {
      throw ValidationError("--set wants NAME=VALUE, not '\(parameter)'.")
    }
  }

  /// The configuration's selection, overridden by what is named here.
  func selection(over own: RuleSelection) -> RuleSelection {
    var selection = own
    if !folders.isEmpty { selection.folders = folders }
    if !packs.isEmpty { selection.packs = packs }
    selection.calendar = calendar ?? own.calendar
    let parameters = self.selection.parameters
    selection.parameters += parameters
    // Mistakes in these are on the command line, not at a place in the configuration.
    for (name, _) in parameters { selection.places.parameters[name] = nil }
    for pack in packs { selection.places.packs[pack] = nil }
    if calendar != nil { selection.places.calendar = nil }
    return selection
  }

  var selection: RuleSelection {
    RuleSelection(
      folders: folders.isEmpty ? [Self.usual] : folders, packs: packs.isEmpty ? nil : packs,
      parameters: parameters.map { text in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      }, calendar: calendar)
  }
}
