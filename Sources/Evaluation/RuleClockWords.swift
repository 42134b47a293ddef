import Expressions
public import Rulebooks
import WorkingTime

/// The clock of a rule in a few words, for the catalogue.
public struct RuleClockWords {
  /// What starts it, how long it runs, and how its days are counted.
  public struct Clock: Hashable, Sendable {
    /// What starts it, and what stops it.
    public var starts: String
    /// How long it may run.
    public var duration: String
    /// How its days are counted.
    public var counting: String
  }

  private let rulebook: Rulebook

  /// Words on the rules of a rulebook.
  public init(rulebook: Rulebook) { self.rulebook = rulebook }

  private func words(_ expression: CheckedExpression?) -> String {
    expression.map { ExpressionEnglish(rulebook: rulebook).words($0) } ?? ""
  }

  /// The clock; empty for rules that have none.
  public func clock(of rule: Rule) -> Clock {
    switch rule.kind {
    case .check, .limit: return Clock(starts: "", duration: "", counting: "")
    case .deadline(let deadline):
      let start = deadline.from.map { "from \(words($0))" } ?? "due on \(words(deadline.due))"
      let stop = deadline.to.map { " to \(words($0))" } ?? ""
      return Clock(
        starts: start + stop, duration: words(deadline.within),
        counting: counting([deadline.within]))
    case .repeating(let duty):
      let until = duty.until.map { " until \(words($0))" } ?? ""
      let first = duty.first.map { "first \(words($0)), then " } ?? ""
      return Clock(
        starts: "from \(words(duty.from))\(until)", duration: "\(first)every \(words(duty.every))",
        counting: counting([duty.first, duty.every]))
    }
  }

  private func counting(_ spans: [CheckedExpression?]) -> String {
    var units: [String] = []
    var seen: Set<Int> = []
    func note(_ unit: String) { if !units.contains(unit) { units.append(unit) } }
    func look(_ node: CheckedExpression.Node) {
      node.walk { step in
        switch step {
        case .constant(.duration(let span)):
          if span.workingDays != 0 { note("working days") }
          if span.days != 0 { note("calendar days") }
          if span.months != 0 { note("calendar months") }
          if span.isOnClock { note("hours on the clock") }
        case .call(.workingDays, _): note("working days")
        case .call(.days, _), .call(.weeks, _): note("calendar days")
        case .call(.months, _), .call(.years, _): note("calendar months")
        case .call(.hours, _): note("hours on the clock")
        case .parameter(let number) where seen.insert(number).inserted:
          look(rulebook.parameters[number].node)
        default: break
        }
      }
    }
    for span in spans.compactMap({ $0 }) { look(span.node) }
    guard !units.isEmpty else { return "to the day itself" }
    return units.joined(separator: ", ") + "; the start is day 0, the last day is in time"
  }

  /// Who has to act: the rule's owner, or the table's.
  public func owner(of rule: Rule) -> String {
    let table = rulebook.tables[rule.table].owner
    let team = words(rule.owner?.team ?? table.team)
    let worker = words(rule.owner?.worker ?? table.worker)
    return [team, worker].filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
