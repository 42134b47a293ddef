import ArgumentParser
import Logging

/// How much is printed, and in what form.
struct OutputOptions: ParsableArguments {
  enum ProgressChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
  }

  enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Option(help: "A progress bar on standard error: auto shows it on a terminal.")
  var progress = ProgressChoice.auto

  @Flag(help: "Say nothing when all is well.")
  var quiet = false

  @Flag(help: "Say what is done, step by step, with its time.")
  var verbose = false

  @Option(help: "How messages on standard error are written.")
  var logFormat = LogFormat.text

  mutating func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  /// Where messages go.
  ///
  /// No message may quote a cell of an extract.
  var logger: Logger {
    let format = logFormat
    var logger = Logger(label: "casecheck") { _ in MessageHandler(format: format) }
    logger.logLevel = verbose ? .debug : (quiet ? .warning : .notice)
    return logger
  }
}
