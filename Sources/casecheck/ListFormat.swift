import ArgumentParser

/// How a command writes what it found on standard output.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case csv
  case json
}
