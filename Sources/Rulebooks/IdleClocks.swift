import Expressions

/// Deadlines and duties of which nothing can ever be overdue, by slips that are easily made.
extension IdleConditions {
  /// Warns of a rule whose clock moves on with the as-of date, or ends as it begins.
  func warnOfClock(of rule: Rule) {
    switch rule.kind {
    case .deadline(let deadline): warn(of: deadline)
    case .repeating(let duty): warn(of: duty)
    case .check, .limit: break
    }
  }

  private func warn(of deadline: Deadline) {
    if let due = deadline.due, movesOn(due.node) {
      warn(
        "`due` moves on with the as-of date: this is never overdue", due,
        advice: "Count from a day of the record, such as `started_on + days(5)`")
    }
    if let to = deadline.to, isAsOf(to.node) {
      warn(
        "`to` is the as-of date, as if each had been done today: this is never overdue", to,
        advice: "Name in `to` the day on which what is asked was done")
    }
    if let to = deadline.to, let day = deadline.due.flatMap({ path($0.node) }),
      day == path(to.node)
    {
      warn(
        "`to` is the day on which it is due: this is never late", to,
        advice: "Name in `to` the day on which what is asked was done")
    }
    guard let from = deadline.from else { return }
    warnIfMoving(from)
    if let to = deadline.to, let start = path(from.node), start == path(to.node) {
      warn(
        "the clock stops on the day on which it starts: this is never late", to,
        advice: "Name in `to` the day on which what is asked was done")
    }
  }

  private func warn(of duty: Repeating) {
    warnIfMoving(duty.from)
    if let until = duty.until {
      if isAsOf(until.node) {
        warn(
          "`until` is the as-of date, as if each had ended today: this is never overdue", until,
          advice: "Name in `until` the day on which the duty ended, or take it out")
      } else if let start = path(duty.from.node), start == path(until.node) {
        warn(
          "the duty ends on the day on which it starts: nothing is ever asked", until,
          advice: "Name in `until` the day on which the duty ended")
      }
    }
    if case .list(let days) = duty.events.node, days.contains(where: { isAsOf($0) }) {
      warn(
        "`events` has the as-of date among them, as if it had been done today: this is never overdue",
        duty.events, advice: "Name the days on which what is asked was done")
    }
  }

  private func warnIfMoving(_ from: CheckedExpression) {
    guard movesOn(from.node) else { return }
    warn(
      "`from` moves on with the as-of date: this is never overdue", from,
      advice: "Let the clock start on a day of the record")
  }

  /// Whether a day is the as-of date or lies a known time behind it.
  private func movesOn(_ node: Node, through seen: Set<Int> = []) -> Bool {
    switch node {
    case .asOf: return true
    case .parameter(let number):
      // One that has been set to itself is a mistake of its own.
      guard !seen.contains(number) else { return false }
      return movesOn(rulebook.parameters[number].node, through: seen.union([number]))
    case .arithmetic(.add, let a, let b):
      return movesOn(a, through: seen) && isSpan(b) || isSpan(a) && movesOn(b, through: seen)
    default: return false
    }
  }

  /// Whether a day is the as-of date itself.
  private func isAsOf(_ node: Node, through seen: Set<Int> = []) -> Bool {
    switch node {
    case .asOf: return true
    case .parameter(let number):
      guard !seen.contains(number) else { return false }
      return isAsOf(rulebook.parameters[number].node, through: seen.union([number]))
    default: return false
    }
  }

  private func isSpan(_ node: Node) -> Bool {
    if case .duration? = known.value(node) { return true }
    return false
  }
}
