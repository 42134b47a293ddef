import Diagnostics
import Exceptions
import Expressions
import Extracts
import Rulebooks
import WorkingTime

/// Explains a verdict: where the clock starts, how the days count, and what stopped it.
struct CaseReasoning {
  let context: EvaluationContext
  let compiler: ExpressionCompiler
  let rule: CompiledRule

  var names: RecordNames { RecordNames(dataset: context.dataset) }
  var english: ExpressionEnglish { ExpressionEnglish(rulebook: context.rulebook) }

  func reasons(for verdict: Verdict, _ row: RowID) -> [String] {
    if verdict.status == .cannotJudge { return [obstacle(verdict, row)] }
    switch rule.rule.kind {
    case .check(let check): return reasons(of: check, verdict, row)
    case .deadline(let deadline):
      return clock(verdict, row, starts: deadline.from, due: deadline.due)
        + [stopped(verdict, row, by: deadline.to)]
    case .repeating(let duty):
      let start = verdict.occasion > 1 ? duty.events : duty.from
      return clock(verdict, row, starts: start, due: nil)
        + [stopped(verdict, row, by: duty.events)]
    case .limit: return []
    }
  }

  private func obstacle(_ verdict: Verdict, _ row: RowID) -> String {
    if let words = VerdictWords.endedTooEarly(verdict, rule: rule.rule) { return words }
    let blame = rule.resolved(verdict.blame, row)
    guard let cell = names.cell(blame) else {
      return VerdictWords.cannotJudge(
        verdict.obstacle, rule: rule.rule, field: "", isGiven: false, isName: true)
    }
    let isOfLastPeriod = Int(blame.table) >= context.dataset.tables.count
    let obstacle = CalendarDoubt(rule.rule, in: context)
      .obstacle(verdict.obstacle, pointingAt: blame)
    let words = VerdictWords.cannotJudge(
      names.isUnreadable(blame) ? .unreadable : obstacle, rule: rule.rule,
      field: (isOfLastPeriod ? VerdictWords.lastPeriod : "") + cell.label,
      isGiven: names.isGiven(blame) ?? false, isName: names.mayNameRecord(blame))
    return isOfLastPeriod
      ? "\(words) It is last period's." : "\(words) It is \(names.whole(blame.rowID))."
  }

  /// Longer definitions explain nothing at a glance; `casecheck rules explain` has them all.
  private static let longestSentence = 160

  private func reasons(of check: Check, _ verdict: Verdict, _ row: RowID) -> [String] {
    let outcome = verdict.status == .met ? "This holds" : "This does not hold"
    // The name of a derived column alone would tell nobody what was asked.
    let derived = DerivedInWords(rulebook: context.rulebook)
      .sentences(on: [check.expression], of: Int(row.table))
      .filter { $0.utf8.count <= Self.longestSentence }
    return ["\(outcome): \(english.words(check.expression))."]
      + (derived.isEmpty ? [] : ["Worked out: \(derived.joined(separator: " "))"])
      + values(read: check.expression, row)
  }

  /// The values of the fields that an expression reads in the judged record and those above it,
  /// directly or through derived columns of these records.
  func values(read expression: CheckedExpression, _ row: RowID) -> [String] {
    var parts: [String] = []
    var seen: Set<[Int]> = []
    func look(_ expression: CheckedExpression, _ row: RowID) {
      expression.node.walk { node in
        switch node {
        case .field(let owner, _, let field), .given(let owner, _, let field):
          guard let id = record(owner, of: row) else { return }
          let part = value(id, field: field)
          if !parts.contains(part) { parts.append(part) }
        case .derived(let owner, let table, let column):
          guard let id = record(owner, of: row),
            seen.insert([Int(id.table), Int(id.row), column]).inserted
          else { return }
          look(context.rulebook.tables[table].derived[column].expression, id)
        default: break
        }
      }
    }
    look(expression, row)
    return parts.isEmpty ? [] : [parts.joined(separator: "; ") + "."]
  }

  /// The record that a step stands for, if it is a given record or one that this refers to.
  private func record(_ node: CheckedExpression.Node, of row: RowID) -> RowID? {
    guard isDirect(node) else { return nil }
    var frame = Frame(row: row)
    guard case .row(let id) = compiler.compile(node)(&frame),
      context.dataset.table(id.table) != nil
    else { return nil }
    return id
  }

  private func value(_ id: RowID, field: Int) -> String {
    let name = context.dataset.table(id.table)?.definition.fields[field].name ?? ""
    let text = names.text(id, field: field)
    return "\(name) of \(names.whole(id)) is \(text.isEmpty ? VerdictWords.notRecorded : text)"
  }

  private func clock(
    _ verdict: Verdict, _ row: RowID, starts: CheckedExpression?, due: CheckedExpression?
  ) -> [String] {
    var reasons: [String] = []
    if let from = verdict.from {
      let sentences = [
        "The clock started on \(from); that day is day 0.",
        starts.map { origin(of: from, in: $0, row) } ?? "",
      ]
      reasons.append(sentences.filter { !$0.isEmpty }.joined(separator: " "))
    }
    guard let limit = verdict.due else { return reasons }
    if let from = verdict.from, let span = verdict.span {
      reasons.append(
        "\(span) from then \(span.isOne ? "ends" : "end") on \(limit), \(limit.reach)."
          + counted(from.date, limit.date, span))
    } else if let due {
      let sentences = ["It was due on \(limit), \(limit.reach).", origin(of: limit, in: due, row)]
      reasons.append(sentences.filter { !$0.isEmpty }.joined(separator: " "))
    }
    return reasons
  }

  /// How many working days lie between two dates, and which holidays were skipped.
  private func counted(_ start: CalendarDate, _ end: CalendarDate, _ span: TimeSpan) -> String {
    guard span.workingDays != 0, let calendar = context.rulebook.calendar else { return "" }
    // A negative number of working days leads back.
    let (from, to) = (min(start, end), max(start, end))
    let skipped = calendar.holidays.filter {
      $0 > from && $0 <= to && !calendar.weekend.contains($0.weekday)
    }
    let weekends = (from.dayNumber..<to.dayNumber).count { number in
      calendar.weekend.contains(CalendarDate(dayNumber: number + 1).weekday)
    }
    var text = " Not counted: \(amount(weekends, "weekend day"))"
    if skipped.isEmpty {
      text += ", no holiday"
    } else {
      text +=
        ", and the holiday\(skipped.count == 1 ? "" : "s") "
        + skipped.map(\.description).joined(separator: ", ")
    }
    return text + "."
  }

  private func stopped(_ verdict: Verdict, _ row: RowID, by expression: CheckedExpression?)
    -> String
  {
    let days = verdict.daysLate.map { amount($0, "day") } ?? ""
    if let done = verdict.done {
      // What was due at an hour may be late on the day itself.
      let late = verdict.daysLate == 0 ? "late on the day itself" : "\(days) after it was due"
      let timing = verdict.status == .late ? late : "in time"
      let sentences = [
        "It was done on \(done), \(timing).",
        expression.map { origin(of: done, in: $0, row) } ?? "",
      ]
      return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }
    if let until = verdict.until {
      return "Nothing was recorded before the duty ended on \(until), \(days) after it was due."
    }
    switch verdict.status {
    case .overdue:
      return "Nothing that counts was recorded by \(context.asOf), \(days) after it was due."
    case .dueSoon:
      return "Nothing that counts is recorded by \(context.asOf); it is due soon."
    default: return "Nothing that counts is recorded by \(context.asOf), and it is not due yet."
    }
  }

  /// How many of the cells that hold a date are named.
  ///
  /// Exports that carry over old records may give thousands of them one date.
  private static let mostNamed = 20

  /// Where a date comes from: the cells that it was taken from, or the values it was worked out
  /// from.
  private func origin(of moment: DueMoment, in expression: CheckedExpression, _ row: RowID)
    -> String
  {
    // For a field of last period's extract, the record that holds the date is not traced.
    guard !readsLastPeriod(expression.node) else { return "" }
    let cells = DateOrigin(of: moment.date, in: expression, row, compiler).cells
    var found = cells.prefix(Self.mostNamed).map { cell in
      let name =
        context.dataset.withTable(cell.row.table) { $0.definition.fields[cell.field].name } ?? ""
      return "\(name) of \(names.whole(cell.row))"
    }
    if cells.count > found.count { found.append(amount(cells.count - found.count, "more cell")) }
    if cells.count == 1, isTaken(expression.node) { return "That is \(found[0])." }
    // Say only where the date stands: several cells may hold it, and a date that is worked out may
    // fall on the day of one of them by chance.
    if !found.isEmpty { return "The date stands in \(found.joined(separator: ", and in "))." }
    let values = values(read: expression, row)
    return values.isEmpty ? "" : "That is worked out: \(values[0])"
  }

  /// Whether the result of an expression is the unchanged value of some field.
  private func isTaken(_ node: CheckedExpression.Node) -> Bool {
    switch node {
    case .field: true
    case .derived(_, let table, let column):
      isTaken(context.rulebook.tables[table].derived[column].expression.node)
    case .conditional(_, let one, let other): isTaken(one) && isTaken(other)
    case .coalesce(let nodes), .list(let nodes): nodes.allSatisfy(isTaken)
    case .index(let list, _), .listCall(_, let list, _): isTaken(list)
    case .loop(.map, _, _, let body): isTaken(body)
    case .loop(_, let list, _, _): isTaken(list)
    default: false
    }
  }

  private func readsLastPeriod(_ node: CheckedExpression.Node) -> Bool {
    var isFound = false
    context.rulebook.walk(node) { part in
      switch part {
      case .allRows(_, isEarlier: true), .lookup(_, isEarlier: true, _): isFound = true
      default: break
      }
    }
    return isFound
  }

  private func isDirect(_ node: CheckedExpression.Node) -> Bool {
    switch node {
    case .variable(0): true
    case .parent(let below, _): isDirect(below)
    default: false
    }
  }
}

extension TimeSpan {
  /// Whether the amount is exactly one of its unit, for singular or plural.
  fileprivate var isOne: Bool { description.hasPrefix("1 ") && !description.contains(",") }
}
