import Exceptions
import Rulebooks
import WorkingTime

/// A rule's percentage, target and RAG status, computed by exact fractions.
struct TargetReach {
  private let wanted: Target?
  private let figure: Percent?

  init(target: Target?, asOf: CalendarDate) {
    wanted = target
    figure = target?.percent(on: asOf)
  }

  /// The target for the as-of date, as a number.
  var target: String { figure?.description ?? "" }

  private func share(_ counts: VerdictCounts) -> Int {
    wanted?.share == .broken ? counts.broken : counts.met
  }

  /// With one decimal, rounded as `tenths(of:)` says.
  func percent(_ counts: VerdictCounts) -> String {
    counts.tenths(of: share(counts)).map { "\($0 / 10).\($0 % 10)" } ?? ""
  }

  func rag(_ counts: VerdictCounts) -> Measure.Rag? {
    guard let wanted, let figure, counts.decided > 0 else { return nil }
    if isReached(figure, counts, wanted.direction) { return .green }
    if let amber = wanted.amberFrom, isReached(amber, counts, wanted.direction) { return .amber }
    return .red
  }

  /// Whether a colour other than red rests on cases that could not be judged.
  ///
  /// The percentage leaves them out, so that a rule that judged one case of many may be green.
  func isInDoubt(_ counts: VerdictCounts) -> Bool {
    guard counts.cannotJudge > 0, let rag = rag(counts), rag != .red else { return false }
    var worst = counts
    worst.failed += worst.cannotJudge
    return self.rag(worst) != rag
  }

  private func isReached(
    _ percent: Percent, _ counts: VerdictCounts, _ direction: Target.Direction
  ) -> Bool {
    let found = share(counts) * 100 * percent.scale
    let asked = percent.digits * counts.decided
    return direction == .atLeast ? found >= asked : found <= asked
  }
}
