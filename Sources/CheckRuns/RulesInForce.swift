import Diagnostics
import Exceptions
import Rulebooks

/// The rules and waivers of a run, free of mistakes.
struct RulesInForce: Sendable {
  let rulebook: Rulebook
  let waivers: [Waiver]
  let warnings: [Diagnostic]

  /// What a run is told of the rules that it goes by.
  ///
  /// Constraints alone may be what was meant; but a folder of nothing but tables may also have been
  /// named in place of the one above it.
  var remarks: [String] {
    let told = warnings.map(\.description)
    guard rulebook.rules.isEmpty, rulebook.hasConstraints else { return told }
    return told + [
      "No rule is in force, only the constraints of the tables. If more was meant, look at --rules."
    ]
  }

  /// Loads both and throws every mistake, before any data is read or anything is written.
  init(_ request: CheckRequest) throws(CheckFailure) {
    var (rulebook, diagnostics) = request.loadRules()
    let (waivers, mistakes) = request.waivers.map { readWaivers($0) } ?? ([], [])
    diagnostics += mistakes
    diagnostics += request.ledger?.guardedBy.mistakes(in: rulebook) ?? []
    diagnostics += request.ledger?.mistakes(in: rulebook) ?? []
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw .rules(diagnostics)
    }
    self.rulebook = rulebook
    self.waivers = waivers
    warnings = diagnostics
  }
}
