import ArgumentParser

struct Case: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "x")
}
