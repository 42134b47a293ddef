import Exceptions
import Expressions

/// Deadlines and duties of which nothing can ever be overdue, by slips that are easily made.
extension IdleConditions {
  /// Warns of a rule whose clock moves on with the as-of date, or ends as it begins.
  func warnOfClock(of rule: Rule) {
    switch rule.kind {
    case .deadline(let deadline):
      warn(of: deadline)
      warnIfOnlyDone(deadline, of: rule)
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
    } else if let to = deadline.to, isAsOfUntilDone(to.node) {
      warn(
        "`to` is the as-of date where nothing was done yet: what is still owed is never overdue",
        to, advice: "Name in `to` the day alone: without one, it counts as not done")
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

  /// Warns of a `when` that lets only records be judged of which the end is known.
  ///
  /// As a measure of what was done, the rule lists nothing that is still owed, and says so.
  private func warnIfOnlyDone(_ deadline: Deadline, of rule: Rule) {
    guard let when = rule.when, let end = deadline.to.flatMap({ path($0.node) }),
      rule.list != .none
    else { return }
    let isOnlyDone = parts(of: when.node, isEither: false).contains { part in
      switch part {
      case .given(let row, let table, let field):
        path(.field(of: row, table: table, field: field)) == end
      case .has(let value): path(value) == end
      default: false
      }
    }
    // With a bound on the day as well, it is meant: those that were done this year.
    let isBound = parts(of: when.node, isEither: false).contains { part in
      guard case .comparison(_, let a, let b) = part else { return false }
      return path(a) == end || path(b) == end
    }
    guard isOnlyDone, !isBound else { return }
    warn(
      "`when` leaves out the records without the `\(end)` of `to`: what was never done is never overdue",
      when,
      advice:
        "Take it out of `when`: without such a day, it counts as not done. A measure of what was done alone takes `list: none`"
    )
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

  /// Whether a day is the as-of date wherever another is not there.
  private func isAsOfUntilDone(_ node: Node) -> Bool {
    switch node {
    case .coalesce(let days): days.contains { isAsOf($0) }
    // What is absent is left out of a list's least and greatest.
    case .listCall(.min, .list(let days), _), .listCall(.max, .list(let days), _):
      days.contains { isAsOf($0) }
    case .conditional(let condition, let done, let otherwise):
      switch condition {
      case .call(.not, let arguments) where arguments.count == 1:
        isAsOf(done) && isAsked(of: otherwise, by: arguments[0])
      default: isAsOf(otherwise) && isAsked(of: done, by: condition)
      }
    default: false
    }
  }

  /// Whether a condition asks for nothing but whether a day is there.
  private func isAsked(of day: Node, by condition: Node) -> Bool {
    guard let wanted = path(day) else { return false }
    return switch condition {
    case .has(let value): path(value) == wanted
    case .given(let row, let table, let field):
      path(.field(of: row, table: table, field: field)) == wanted
    default: false
    }
  }

  private func isSpan(_ node: Node) -> Bool {
    if case .duration? = known.value(node) { return true }
    return false
  }
}
