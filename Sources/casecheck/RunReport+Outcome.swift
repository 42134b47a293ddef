import Exceptions
import Logging
import Reports

extension RunReport {
  /// Whether any exception is on somebody's list, that is, has not been waived.
  var hasWork: Bool {
    exceptions.contains { $0.list != .waived } || news?.unsettled.isEmpty == false
  }

  /// Whether nobody needs to hear of the run.
  var isClean: Bool {
    let waiversSpeak =
      waivers.map {
        !$0.ended.isEmpty || !$0.notYet.isEmpty || !$0.unmatched.isEmpty || !$0.changed.isEmpty
          || !$0.blocking.isEmpty
      } ?? false
    // Rules that could not be evaluated must not pass for rules that found nothing.
    return !hasWork && !isUntrusted && !waiversSpeak && unevaluatedRules == 0
  }

  /// Logs why inputs cannot be trusted, the reason for exit code 3, and what else a person should
  /// know.
  ///
  /// What is written on standard output says it too, but a scheduler may keep the messages alone.
  /// `formats` are those in which the lists are written.
  func tell(_ logger: Logger, _ formats: Set<OutputFormat>) {
    for fault in faultSentences(self, formats) { logger.error("casecheck: not trusted: \(fault)") }
    for remark in remarks { logger.warning("casecheck: \(remark)") }
  }
}
