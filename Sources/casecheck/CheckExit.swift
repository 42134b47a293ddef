import ArgumentParser
import Delivery
import Exceptions

/// The exit codes that scripts rely on.
enum CheckExit {
  static let exceptions = ExitCode(1)
  static let wrongRules = ExitCode(2)
  static let untrustedInput = ExitCode(3)
  static let unfinished = ExitCode(4)
  static let locked = ExitCode(75)
}

extension ExitCode {
  /// Ends the process now that all is done.
  ///
  /// The system reclaims its memory at once; freeing it first, text by text, would keep the user
  /// waiting. A debug build frees it all the same, so that the leak sanitizer sees what is never
  /// released.
  func end(holding report: RunReport, _ stop: CleanStop) throws {
    #if !DEBUG
      stop.finish()
      withExtendedLifetime(report) { Casecheck.exit(withError: self) }
    #else
      throw self
    #endif
  }
}
