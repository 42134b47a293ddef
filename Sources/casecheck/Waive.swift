import ArgumentParser

/// `casecheck waive`: agreed exceptions.
struct Waive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waive",
    abstract: "Records, lists and withdraws agreed exceptions: who agreed, why, and until when.",
    discussion: """
      Waivers are kept in a CSV file that people can read and version. A waived \
      exception leaves its team's list until the day named; it stays counted and \
      shown as waived, and returns by itself.
      """,
    subcommands: [WaiveAdd.self, WaiveList.self, WaiveRemove.self])
}
