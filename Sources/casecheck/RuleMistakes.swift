import Diagnostics
import Logging

/// Lists what is wrong with the rules, the waivers or the configuration.
enum RuleMistakes {
  static func log(_ diagnostics: [Diagnostic], to logger: Logger) {
    for diagnostic in diagnostics {
      switch diagnostic.severity {
      case .error: logger.error("\(diagnostic.description)")
      case .warning: logger.warning("\(diagnostic.description)")
      }
    }
    let count = diagnostics.count { $0.severity == .error }
    if count > 0 {
      logger.error(
        "casecheck: \(amount(count, "mistake")); nothing was read or written."
      )
    }
  }
}
