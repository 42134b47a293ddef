import Exceptions
import Expressions
import Extracts
import Rulebooks
import Values
import WorkingTime

/// Writes the texts of a rule's exceptions.
struct ExceptionWriter: Sendable {
  private let compiled: CompiledRule
  private let context: EvaluationContext
  private let owner: OwnerSteps
  /// The workers of records of other tables, by those tables' own owners.
  private let workers: [WorkerTexts]
  private let ownWorkers: WorkerTexts
  private let names: RecordNames
  private let message: MessageSteps?
  private let calendarDoubt: CalendarDoubt

  private var rule: Rule { compiled.rule }

  /// `ownWorkers` are those that the rule's own owner names; nil if it has none.
  init(
    _ compiled: CompiledRule, context: EvaluationContext, compiler: ExpressionCompiler,
    owner: OwnerSteps, ownWorkers: WorkerTexts?, workers: [WorkerTexts]
  ) {
    self.compiled = compiled
    self.context = context
    self.owner = owner
    self.workers = workers
    self.ownWorkers = ownWorkers ?? workers[compiled.rule.table]
    names = RecordNames(dataset: context.dataset)
    calendarDoubt = CalendarDoubt(compiled.rule, in: context)
    message = compiled.rule.message.map {
      MessageSteps($0, compiler: compiler)
    }
  }

  /// The list on which the rule's findings appear.
  var list: CaseException.List { rule.list == .correction ? .correction : .drift }

  func tableName(_ row: RowID) -> String {
    context.rulebook.tables[Int(row.table)].definition.name
  }

  func contents(_ row: RowID) -> String { names.contents(row) }

  func appendWorker(_ found: FoundVerdict, to bytes: inout [UInt8]) {
    let marked = found.marked
    if Int(marked.table) == rule.table {
      ownWorkers.append(marked, to: &bytes)
    } else if rule.owner != nil {
      // An owner of the rule's own is named by the judged record's cells.
      ownWorkers.append(found.row, to: &bytes)
    } else {
      workers[Int(marked.table)].append(marked, to: &bytes)
    }
  }

  /// The field at fault, and its value.
  func cell(_ found: FoundVerdict) -> (field: String, value: String) {
    if found.isUnjudged { return blamed(found.blame, from: found.row) }
    let field: Int? =
      switch rule.kind {
      case .check: compiled.pointers.main
      case .deadline: compiled.pointers.to
      case .repeating, .limit: nil
      }
    guard Int(found.marked.table) == rule.table, let field else { return ("", "") }
    return (
      context.rulebook.tables[rule.table].definition.fields[field].name,
      names.text(found.marked, field: field)
    )
  }

  /// The dates of a verdict; a verdict that cannot be judged has none.
  func dates(_ found: FoundVerdict) -> Verdict {
    found.isUnjudged ? Verdict(.cannotJudge) : found.verdict
  }

  /// What is wrong.
  func message(_ found: FoundVerdict) -> String {
    let verdict = found.verdict
    guard found.isUnjudged else { return text(verdict, found.row) }
    if let words = VerdictWords.endedTooEarly(verdict, rule: rule) { return words }
    let cell = cell(found)
    let words = VerdictWords.cannotJudge(
      names.isUnreadable(found.blame) ? .unreadable : obstacle(found), rule: rule,
      field: (isOfLastPeriod(found) ? VerdictWords.lastPeriod : "") + cell.field,
      isGiven: names.isGiven(found.blame) ?? false, isName: names.mayNameRecord(found.blame))
    return [words, names.whose(found.blame, besides: found.row)].compactMap(\.self)
      .joined(separator: " ")
  }

  /// How to put it right.
  func fix(_ found: FoundVerdict) -> String {
    if isOfLastPeriod(found) { return VerdictWords.lastPeriodFix }
    guard found.isUnjudged else { return rule.fix }
    if VerdictWords.endedTooEarly(found.verdict, rule: rule) != nil {
      return VerdictWords.endedTooEarlyFix
    }
    let wanted = names.wanted(found.blame)
    let isElsewhere = found.blame.rowID != found.row
    let table = isElsewhere ? context.dataset.withTable(found.blame.table) { $0.definition } : nil
    let place = table.map { " in \($0.title.isEmpty ? $0.name : $0.title)" } ?? ""
    return VerdictWords.cannotJudgeFix(
      obstacle(found), field: wanted.map { $0.label + place } ?? "",
      values: wanted?.values, isGiven: names.isGiven(found.blame) ?? false,
      isName: names.mayNameRecord(found.blame))
  }

  private func obstacle(_ found: FoundVerdict) -> Verdict.Obstacle {
    calendarDoubt.obstacle(found.verdict.obstacle, pointingAt: found.blame)
  }

  private func text(_ verdict: Verdict, _ row: RowID) -> String {
    // A rule's own message says what is wrong; for something due soon, nothing is wrong yet.
    guard let message, verdict.status != .dueSoon else {
      return VerdictWords.broken(verdict, title: rule.title)
    }
    var frame = Frame(row: row)
    frame.specials["dueOn"] = verdict.due?.value
    frame.specials["doneOn"] = verdict.done?.value
    frame.specials["from"] = verdict.from?.value
    frame.specials["daysLate"] = verdict.daysLate.map { .int(Int64($0)) }
    frame.specials["occasion"] = verdict.occasion > 0 ? .int(Int64(verdict.occasion)) : nil
    return message.text(&frame)
  }

  /// The cell that was absent, and its raw value.
  private func blamed(_ blame: Blame, from row: RowID?) -> (field: String, value: String) {
    guard let cell = names.cell(blame) else { return ("", "") }
    if blame.rowID == row { return (cell.label, cell.value) }
    let table = context.dataset.withTable(blame.table) { $0.definition.name } ?? ""
    return ("\(table).\(cell.label)", cell.value)
  }

  /// Whether the absent cell belongs to last period's extract, which nobody can correct any more.
  private func isOfLastPeriod(_ found: FoundVerdict) -> Bool {
    found.isUnjudged && found.blame.table >= context.tableCount
  }

  /// The description of a limit's group, whatever the verdict on it.
  func words(of group: LimitJudge.Group) -> String {
    guard group.verdict.status == .met else {
      let first = group.firstRow.map { RowID(table: Int32(rule.table), row: $0) }
      return limit(group, first, .none).message
    }
    return "\(group.name) has \(group.value.text), and the limit is \(group.bound.text)."
  }

  /// A group that breaks a limit, or that could not be judged.
  func limit(_ group: LimitJudge.Group, _ first: RowID?, _ team: TeamName) -> CaseException {
    let isJudged = group.verdict.status != .cannotJudge
    let definition = context.rulebook.tables[rule.table].definition
    var exception = CaseException(
      rule: rule.name, status: isJudged ? .failed : .cannotJudge,
      severity: rule.severity, list: isJudged ? list : .correction,
      pack: rule.pack, team: team, table: definition.name, recordID: group.name)
    exception.isOfGroup = true
    exception.value = group.value.text
    var frame = Frame(row: first)
    if let first {
      exception.worker = owner.worker(&frame)
      (exception.sourceFile, exception.sourceLine) = names.place(first)
    }
    frame.specials["value"] = group.value
    frame.specials["group"] = .string(Text(group.name))
    frame.specials["limit"] = group.bound
    if !isJudged {
      let cell = blamed(group.verdict.blame, from: first)
      exception.field = cell.field
      // The group's own value stays unless there is a cell to blame.
      if context.dataset.hasTable(group.verdict.blame.table), !group.verdict.blame.isNone {
        exception.value = cell.value
      }
      let words = VerdictWords.cannotJudge(
        group.verdict.obstacle, rule: rule, field: exception.field,
        isGiven: names.isGiven(group.verdict.blame) ?? !exception.value.isEmpty,
        isName: names.mayNameRecord(group.verdict.blame))
      exception.message = [words, names.whose(group.verdict.blame, besides: first)]
        .compactMap(\.self).joined(separator: " ")
    } else if let message {
      exception.message = message.text(&frame)
    } else {
      exception.message = VerdictWords.limit(group, title: rule.title)
    }
    exception.fix = rule.fix
    return exception
  }
}

/// A message, compiled.
struct MessageSteps: Sendable {
  private enum Piece: Sendable {
    case text(String)
    case value(Step)
  }

  private let pieces: [Piece]

  init(_ template: MessageTemplate, compiler: ExpressionCompiler) {
    pieces = template.pieces.map { piece -> Piece in
      switch piece {
      case .text(let text): return .text(text)
      case .value(let expression):
        if compiler.context.readsName(expression.node) { return .text(RecordNames.notShown) }
        // Of a table that is in no extract, every count would be 0.
        if expression.type.isNumeric, compiler.context.lacksTables(of: expression) {
          return .text(VerdictWords.notRecorded)
        }
        return .value(compiler.compile(expression))
      }
    }
  }

  /// The text of the message; absent values are named as such.
  func text(_ frame: inout Frame) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let words): text += words
      case .value(let step):
        let value = step(&frame)
        if let moment = DueMoment(value) {
          // To the minute, as in the columns beside it.
          text += moment.description
        } else {
          text += value.isAbsent ? VerdictWords.notRecorded : value.text
        }
      }
    }
    return text
  }
}
