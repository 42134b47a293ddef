import Diagnostics
import Exceptions
import Rulebooks

/// The rules and waivers of a run, free of mistakes.
struct RulesInForce: Sendable {
  let rulebook: Rulebook
  let waivers: [Waiver]
  let warnings: [Diagnostic]

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
