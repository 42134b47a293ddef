import Exceptions

extension RunReport {
  /// Whether some exception is on a list of somebody's: not all that there are have been agreed to.
  var hasWork: Bool {
    exceptions.contains { $0.list != .waived } || news?.unsettled.isEmpty == false
  }

  /// Whether nobody need hear of the run.
  var isClean: Bool {
    let waiversSpeak =
      waivers.map {
        !$0.ended.isEmpty || !$0.notYet.isEmpty || !$0.unmatched.isEmpty || !$0.changed.isEmpty
          || !$0.blocking.isEmpty
      } ?? false
    // "Nothing found" by rules that could not look would be the worst of silences.
    return !hasWork && !isUntrusted && !waiversSpeak && unevaluatedRules == 0
  }
}
