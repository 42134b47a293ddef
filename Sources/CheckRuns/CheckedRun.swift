import Exceptions

/// A run before it is recorded and written.
struct CheckedRun: Sendable {
  var report: RunReport
  /// What the run shows of exceptions that it does not list.
  var evidence: EvidenceSearch
}
