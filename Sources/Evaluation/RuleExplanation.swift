import Diagnostics
import Exceptions
import Expressions
import Extracts
import Patterns
public import Rulebooks
import Values
import WorkingTime

/// What came of asking for a rule's explanation.
public enum RuleExplanation: Sendable {
  /// The rule in plain English, lines ended.
  case found(String)
  /// There is no such rule; the nearest name.
  case unknown(nearest: String?)
}

/// Says in plain English who is judged, what starts and stops the clock, when it is due, and what
/// is never judged.
public func explanation(of name: String, in rulebook: Rulebook) -> RuleExplanation {
  if let rule = rulebook.rule(named: name) {
    return .found(RuleInWords(rulebook: rulebook, rule: rule).text)
  }
  var names = rulebook.rules.map(\.name)
  for (number, table) in rulebook.tables.enumerated() {
    for constraint in ConstraintRule.all(of: table.definition) {
      if constraint.name == name {
        return .found(
          ConstraintInWords(rulebook: rulebook, number: number, rule: constraint).text)
      }
      names.append(constraint.name)
    }
  }
  return .unknown(nearest: nearestName(to: name, among: names))
}

/// One rule in plain English.
struct RuleInWords {
  let rulebook: Rulebook
  let rule: Rule

  private var english: ExpressionEnglish { ExpressionEnglish(rulebook: rulebook) }

  private func words(_ expression: CheckedExpression) -> String { english.words(expression) }

  var text: String {
    var lines = ["\(rule.name): \(rule.title)", ""]
    if let why = rule.why { lines.append("Why: \(why)") }
    if let source = rule.source { lines.append("Source: \(source)") }
    if !rule.pack.isEmpty { lines.append("Pack: \(rule.pack)") }
    lines.append("Defined at: \(rule.position)")
    lines.append("")
    lines.append(whoIsJudged)
    lines += asked
    lines += neverJudged
    lines += standing
    lines += derived
    lines.append("Tests: \(tests)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Which records the rule judges: a figure means little to those who do not know of whom it is.
  var whoIsJudged: String { "Who is judged: \(judged)" }

  /// What the rule asks, in a sentence or two without headings.
  var asksBriefly: String {
    asked.map { line in
      let heading = "What is asked: "
      return line.hasPrefix(heading) ? String(line.dropFirst(heading.count)) : line
    }.map { line in
      // Keep field names as they are written.
      let first = line.prefix { $0 != " " && $0 != "." }
      let isName = first.contains("_") || isName(first)
      return isName ? line : line.prefix(1).uppercased() + line.dropFirst()
    }.joined(separator: " ")
  }

  private func isName(_ word: Substring) -> Bool {
    let table = rulebook.schema.tables[rule.table]
    return table.fields.contains { $0.name == word } || table.derived.contains { $0.name == word }
  }

  /// The target that holds on a day; empty without one.
  func targetBriefly(on day: CalendarDate) -> String {
    guard let target = rule.target, let percent = target.percent(on: day) else { return "" }
    let side = target.direction == .atLeast ? "at least" : "at most"
    return "\(side) \(percent) %" + (target.share == .broken ? " not met" : "")
  }

  private var judged: String {
    let table = rulebook.tables[rule.table].definition
    let all = "every record of \(table.name) (\(table.title))"
    guard let when = rule.when else { return all + "." }
    return "\(all) where \(words(when))."
  }

  private var asked: [String] {
    switch rule.kind {
    case .check(let check): return ["What is asked: \(words(check.expression))."]
    case .deadline(let deadline): return asked(deadline)
    case .repeating(let duty): return asked(duty)
    case .limit(let limit):
      let group = limit.per.map { "For each \(words($0)), " } ?? "Over the whole table, "
      var bounds: [String] = []
      if let most = limit.atMost { bounds.append("at most \(words(most))") }
      if let least = limit.atLeast { bounds.append("at least \(words(least))") }
      return [
        "What is asked: \(group)\(words(limit.value)) is \(bounds.joined(separator: " and "))."
      ]
    }
  }

  private func asked(_ deadline: Deadline) -> [String] {
    var lines: [String] = []
    if let from = deadline.from, let within = deadline.within {
      lines.append("The clock starts: on \(words(from)). That day is day 0.")
      let isOfTimes = isOfHours(within.node)
      // Days are counted whole from a time of day, too.
      let last =
        from.type == .datetime && !isOfTimes
        ? "by the end of that day, whatever the time" : reach(isOfTimes: isOfTimes)
      lines.append("It is due: \(words(within)) after, \(last).")
    } else if let due = deadline.due {
      lines.append("It is due: on \(words(due)), \(reach(isOfTimes: due.type == .datetime)).")
    }
    lines.append(
      deadline.to.map {
        "The clock stops: on \(words($0)); a date after the as-of date does not count yet."
      }
        ?? "The clock stops: never, nothing says that it was done.")
    lines += dueSoon(deadline.dueSoon)
    return lines
  }

  private func reach(isOfTimes: Bool) -> String {
    isOfTimes
      ? "to the minute; where a bare date is given, to the end of the day" : "that day included"
  }

  /// Whether a span of time counts hours, directly or through parameters.
  private func isOfHours(_ node: CheckedExpression.Node) -> Bool {
    node.contains { step in
      switch step {
      case .constant(.duration(let span)): span.isOnClock
      case .call(.hours, _): true
      case .parameter(let number): isOfHours(rulebook.parameters[number].node)
      default: false
      }
    }
  }

  private func asked(_ duty: Repeating) -> [String] {
    let bounds =
      duty.until == nil
      ? "before the clock starts or after the as-of date"
      : "before the clock starts, after the duty ends or after the as-of date"
    var lines = [
      "The clock starts: on \(words(duty.from)). That day is day 0.",
      "It is due: first \(words(duty.first ?? duty.every)) after, then each time \(words(duty.every)) after the last.",
      "What counts: \(words(duty.events)); several on one day are one, and none counts \(bounds).",
    ]
    lines.append(
      duty.until.map {
        "The duty ends: on \(words($0)); while that is missing or after the as-of date it goes on. What falls due on that day or later is not asked for; what fell due before and was not done by then is late."
      } ?? "The duty ends: never.")
    lines += dueSoon(duty.dueSoon)
    return lines
  }

  private func dueSoon(_ span: CheckedExpression?) -> [String] {
    span.map { ["It is due soon: from \(words($0)) before that day on."] } ?? []
  }

  /// The derived columns that the rule uses, and those that they use in turn.
  private var derived: [String] {
    var expressions: [CheckedExpression] = []
    rule.forEachExpression { expressions.append($0) }
    let lines = DerivedInWords(rulebook: rulebook).sentences(on: expressions, of: rule.table)
    return lines.isEmpty ? [] : ["Worked out:"] + lines.map { "  \($0)" }
  }

  private var neverJudged: [String] {
    var lines: [String] = []
    if rule.when != nil { lines.append("Never judged: records for which the condition is false.") }
    // `active` is decided by the start of the clock, else by the due date, else by the as-of date.
    if let from = rule.active?.from {
      lines.append("Never judged: \(activity) before \(words(from)).")
    }
    if let to = rule.active?.to {
      lines.append("Never judged: \(activity) after \(words(to)).")
    }
    if let back = rule.lookBack {
      lines.append("Never judged: what was decided more than \(words(back)) before the as-of date.")
    }
    lines.append(
      "Cannot be judged: records that lack a value this needs\(orEndTooEarly). They are \(rule.list == .none ? "counted" : "listed for correction"), not passed over."
    )
    return lines
  }

  /// Records with both days, but in the wrong order, which cannot be judged either.
  private var orEndTooEarly: String {
    switch rule.kind {
    case .deadline(let deadline) where deadline.from != nil && deadline.to != nil:
      ", or whose clock stops before it starts"
    case .repeating(let duty) where duty.until != nil:
      ", or whose duty ends before its clock starts"
    default: ""
    }
  }

  private var activity: String {
    switch rule.kind {
    case .deadline(let deadline): deadline.from == nil ? "what was due" : "what started"
    case .repeating: "what started"
    case .check, .limit: "anything, in runs as of a day"
    }
  }

  private var standing: [String] {
    var lines = [
      rule.list == .none
        ? "Listed: nowhere; it is a measure only."
        : "Listed: on the \(rule.list.rawValue) list, as \(rule.severity == .error ? "an error" : "a warning")."
    ]
    if case .check(let check) = rule.kind, let marks = check.marks {
      lines.append("Pointed at: \(words(marks)); the record judged where there is none.")
    }
    lines += acting
    if !rule.fix.isEmpty { lines.append("To put it right: \(rule.fix)") }
    if let target = rule.target {
      let side = target.direction == .atLeast ? "at least" : "at most"
      var text = "Target: \(side) \(target.percent.map { "\($0) %" } ?? "what the steps say")"
      if target.share == .broken { text += " not met" }
      for step in target.steps { text += ", \(step.percent) % from \(step.from)" }
      if let amber = target.amberFrom {
        text += target.direction == .atLeast ? "; amber from" : "; amber up to"
        text += " \(amber) %, red beyond"
      }
      lines.append(text + ".")
    }
    return lines
  }

  /// Who has to act: as the rule says, else as its table does.
  private var acting: [String] {
    let table = rulebook.tables[rule.table].owner
    let team = (rule.owner?.team ?? table.team).map { "the team \(words($0))" }
    let worker = (rule.owner?.worker ?? table.worker).map { "the worker \(words($0))" }
    let named = [team, worker].compactMap { $0 }
    return named.isEmpty ? [] : ["Who acts: \(named.joined(separator: ", "))."]
  }

  private var tests: String {
    let own = rulebook.tests.filter { test in test.expected.contains { $0.rule == rule.name } }
    return own.isEmpty ? "none" : own.map(\.name).joined(separator: "; ")
  }
}

/// One constraint in plain English.
struct ConstraintInWords {
  let rulebook: Rulebook
  /// The number of its table.
  let number: Int
  let rule: ConstraintRule

  private var table: TableDefinition { rulebook.tables[number].definition }

  var text: String {
    "\(rule.name): a constraint of the table \(table.name) (\(table.title))\n\nDefined at: \(table.position)\nWhat is asked: \(asked())\nListed: on the correction list, as an error.\n"
      + derived
  }

  /// For which rows a day after the as-of date is allowed; nil where it is for none.
  private var exception: CheckedExpression? {
    guard case .cell(let field, .maximum) = rule.kind else { return nil }
    return rulebook.tables[number].mayBeAhead[field]
  }

  /// The derived columns by which such rows are known.
  private var derived: String {
    guard let exception else { return "" }
    let lines = DerivedInWords(rulebook: rulebook).sentences(on: [exception], of: number)
    return lines.isEmpty ? "" : "Worked out:\n" + lines.map { "  \($0)\n" }.joined()
  }

  /// What is asked, as a sentence that begins with the table.
  ///
  /// It is for those who correct records: where the field has an example, that says more to them
  /// than the pattern.
  var asks: String {
    "\(table.title.isEmpty ? table.name : table.title): \(asked(byExample: true))"
  }

  private func asked(byExample: Bool = false) -> String {
    switch rule.kind {
    case .row: return "every record has as many fields as there are headings, and can be read."
    case .key:
      let key = table.primaryKey.map { table.fields[$0].name }.joined(separator: " and ")
      return "\(key) is there in every record, and no two records share it."
    case .unique(let field): return "no two records share one \(table.fields[field].name)."
    case .reference(let key):
      let parent = table.foreignKeys.indices.contains(key) ? table.foreignKeys[key].table : ""
      let fields =
        table.foreignKeys.indices.contains(key)
        ? table.foreignKeys[key].fields.map { table.fields[$0].name } : []
      return "\(fields.joined(separator: " and ")) is that of a record of \(parent)."
    case .cell(let field, let constraint):
      let unless = exception.map { ", unless \(ExpressionEnglish(rulebook: rulebook).words($0))" }
      let name = table.fields[field].name
      if byExample, constraint == .pattern, let example = table.fields[field].example {
        return "\(name) is of the form wanted, as in \(example)."
      }
      return "\(name) \(words(constraint, table.fields[field]))\(unless ?? "")."
    }
  }

  private func words(_ constraint: CellConstraint, _ field: FieldDefinition) -> String {
    let asked = field.constraints
    switch constraint {
    case .required: return "holds something"
    case .type: return "can be read as \(field.type.rawValue)"
    case .enum:
      if let codes = field.codes { return "is a code of \(codes.list)" }
      return "is one of \((asked.allowed ?? []).map(\.string).joined(separator: ", "))"
    case .minimum:
      return isOfDays(field)
        ? "is not before \(bound(asked.minimum))" : "is \(bound(asked.minimum)) or more"
    case .maximum:
      return isOfDays(field)
        ? "is not after \(bound(asked.maximum))" : "is \(bound(asked.maximum)) or less"
    case .pattern: return "matches \(asked.pattern?.source ?? "") as a whole"
    case .minLength: return "has at least \(amount(asked.minLength ?? 0, "character"))"
    case .maxLength: return "has at most \(amount(asked.maxLength ?? 0, "character"))"
    }
  }

  private func isOfDays(_ field: FieldDefinition) -> Bool {
    field.type == .date || field.type == .datetime
  }

  private func bound(_ bound: Bound?) -> String {
    switch bound {
    case .asOf: "the as-of date"
    case .value(let value): Value(value, blame: .none).text
    case nil: ""
    }
  }
}
