import Diagnostics
import Foundation
import Logging
import Rulebooks

/// Lists what is wrong with the rules, the waivers or the configuration.
enum RuleMistakes {
  /// `rules` says which rules were read, where it is they that were.
  static func log(
    _ diagnostics: [Diagnostic], to logger: Logger, of rules: RuleSelection? = nil
  ) {
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
    if let folder = rules?.folderWithoutUsual(by: diagnostics) {
      logger.error(
        "casecheck: Perhaps --rules \(RuleOptions.usual) is missing before --rules \(harmless(folder))."
      )
    }
  }
}

extension RuleSelection {
  /// The first folder named on the command line, if names are missing that the usual folder, which
  /// is there and was not named with it, may declare.
  ///
  /// A folder of one's own takes the place of the usual one, and is seldom whole by itself.
  fileprivate func folderWithoutUsual(by mistakes: [Diagnostic]) -> String? {
    guard places.folders.isEmpty, let first = folders.first,
      mistakes.count(where: \.isOfNameFromElsewhere) > 1,
      !folders.contains(where: { $0.split(separator: "/").last == Substring(RuleOptions.usual) }),
      FileManager.default.fileExists(atPath: RuleOptions.usual)
    else { return nil }
    return first
  }
}

extension Diagnostic {
  /// Whether a name is missing that is like none that is known, and so hardly mistyped.
  fileprivate var isOfNameFromElsewhere: Bool {
    severity == .error && isOfMissingName && advice?.hasPrefix("Did you mean") != true
  }
}
