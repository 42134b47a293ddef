import Diagnostics
import Exceptions
import Rulebooks

/// The rules and the waivers of a run, without a mistake.
struct RulesInForce: Sendable {
  let rulebook: Rulebook
  let waivers: [Waiver]
  let warnings: [Diagnostic]

  /// Loads them; every mistake is thrown, before anything is read or written.
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
