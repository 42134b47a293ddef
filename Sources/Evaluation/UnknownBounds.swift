import Expressions
import Rulebooks
import WorkingTime

extension RunEvaluation {
  /// What is said of rules whose `active` or `lookBack` cannot be worked out, as where a sum of
  /// working days leaves the calendar: they judge more than they should, and never less.
  var unknownBounds: [String] {
    context.rulebook.rules.flatMap { rule in
      let names = [
        isUnknown(rule.active?.from) ? "`from` of `active`" : nil,
        isUnknown(rule.active?.to) ? "`to` of `active`" : nil,
        isBeyondCalendar(rule.lookBack) ? "`lookBack`" : nil,
      ].compactMap(\.self)
      return names.map { name in
        "\(rule.name): \(name) cannot be worked out, and the rule judges as if it were not there. Let the calendar of working days reach as far."
      }
    }
  }

  private func isUnknown(_ bound: CheckedExpression?) -> Bool {
    bound.map { compiler.constant($0).day == nil } ?? false
  }

  private func isBeyondCalendar(_ lookBack: CheckedExpression?) -> Bool {
    guard let lookBack else { return false }
    guard case .duration(let span) = compiler.constant(lookBack) else { return true }
    return (-span).added(to: context.asOf, in: context.rulebook.calendar) == nil
  }
}
