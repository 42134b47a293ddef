import Diagnostics

/// Collects what the loader finds wrong.
final class DiagnosticCollector {
  var diagnostics: [Diagnostic] = []

  /// Whether there are no mistakes; there may be warnings.
  var isWithoutMistake: Bool { diagnostics.allSatisfy { $0.severity == .warning } }

  func report(_ what: String, at position: SourcePosition, advice: String? = nil) {
    diagnostics.append(Diagnostic(at: position, what, advice: advice))
  }

  /// Warns the authors of rules, and only them, of what is allowed but seldom meant.
  func warn(_ what: String, at position: SourcePosition, advice: String?) {
    var diagnostic = Diagnostic(.warning, at: position, what, advice: advice)
    diagnostic.isForAuthors = true
    diagnostics.append(diagnostic)
  }

  /// Warns whoever runs the rules, each time, of what makes verdicts other than they were meant.
  func warnEveryRun(_ what: String, at position: SourcePosition, advice: String) {
    diagnostics.append(Diagnostic(.warning, at: position, what, advice: advice))
  }

  /// Reports an unknown name, which a file that could not be read may still declare.
  func report(missing what: String, at position: SourcePosition, advice: String? = nil) {
    var diagnostic = Diagnostic(at: position, what, advice: advice)
    diagnostic.isOfMissingName = true
    diagnostics.append(diagnostic)
  }
}
