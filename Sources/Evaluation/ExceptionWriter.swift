import Exceptions
import Expressions
import Extracts
import Rulebooks
import Values
import WorkingTime

/// Makes rows of the lists out of verdicts.
struct ExceptionWriter: Sendable {
  private let compiled: CompiledRule
  private let context: EvaluationContext
  private let owner: OwnerSteps
  private let owners: [OwnerSteps]
  private let names: RecordNames
  private let message: MessageSteps?

  private var rule: Rule { compiled.rule }

  init(
    _ compiled: CompiledRule, context: EvaluationContext, compiler: ExpressionCompiler,
    owner: OwnerSteps, owners: [OwnerSteps]
  ) {
    self.compiled = compiled
    self.context = context
    self.owner = owner
    self.owners = owners
    names = RecordNames(dataset: context.dataset)
    message = compiled.rule.message.map { MessageSteps($0, compiler: compiler) }
  }

  private func exception(
    _ status: CaseException.Status, _ list: CaseException.List, _ row: RowID, _ team: TeamName
  ) -> CaseException {
    let definition = context.rulebook.tables[Int(row.table)].definition
    var exception = CaseException(
      rule: rule.name, status: status, severity: rule.severity == .error ? .error : .warning,
      list: list, pack: rule.pack, team: team, table: definition.name,
      recordID: names.recordID(row))
    exception.personID = names.personID(row)
    exception.contents = names.contents(row)
    (exception.sourceFile, exception.sourceLine) = names.place(row)
    return exception
  }

  private var list: CaseException.List { rule.list == .correction ? .correction : .drift }

  /// A check that does not hold, or something late or overdue.
  func broken(_ verdict: Verdict, _ row: RowID, marking marked: RowID, _ team: TeamName?)
    -> CaseException
  {
    let status: CaseException.Status =
      switch verdict.status {
      case .late: .late
      case .overdue: .overdue
      case .dueSoon: .dueSoon
      default: .failed
      }
    let isOfRuleTable = Int(marked.table) == rule.table
    let acting = isOfRuleTable ? owner : owners[Int(marked.table)]
    var markedFrame = Frame(row: marked)
    var exception = exception(status, list, marked, team ?? acting.team(&markedFrame))
    exception.worker = acting.worker(&markedFrame)
    let field: Int? =
      switch rule.kind {
      case .check: compiled.pointers.main
      case .deadline: compiled.pointers.to
      case .repeating, .limit: nil
      }
    if isOfRuleTable, let field {
      exception.field = context.rulebook.tables[rule.table].definition.fields[field].name
      exception.value = names.text(marked, field: field)
    }
    exception.occasion = verdict.occasion > 0 ? verdict.occasion : nil
    exception.from = verdict.from?.description ?? ""
    exception.dueOn = verdict.due?.description ?? ""
    exception.doneOn = verdict.done?.description ?? ""
    exception.daysLate = verdict.daysLate
    exception.message = text(verdict, row)
    exception.fix = rule.fix
    return exception
  }

  private func text(_ verdict: Verdict, _ row: RowID) -> String {
    // A rule's own words say what is wrong, and nothing is wrong yet.
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

  /// A record that a rule could not judge; somebody must put a value right.
  func cannotJudge(_ verdict: Verdict, _ row: RowID, _ team: TeamName, _ blame: Blame)
    -> CaseException
  {
    var exception = exception(.cannotJudge, .correction, row, team)
    var frame = Frame(row: row)
    exception.worker = owner.worker(&frame)
    exception.occasion = verdict.occasion > 0 ? verdict.occasion : nil
    point(&exception, at: blame, from: row)
    exception.message = VerdictWords.cannotJudge(
      verdict.obstacle, rule: rule, field: exception.field, value: exception.value)
    exception.fix = VerdictWords.cannotJudgeFix(verdict.obstacle, field: exception.field)
    return exception
  }

  /// Names the cell that was absent, and what stands in it.
  private func point(_ exception: inout CaseException, at blame: Blame, from row: RowID?) {
    guard let table = context.dataset.table(blame.table) else { return }
    let fields = table.definition.fields
    var label = ""
    if let number = blame.foreignKey {
      let tables = context.rulebook.tables
      let key = tables[Int(blame.table % context.tableCount)].definition.foreignKeys[number]
      label = key.fields.map { fields[$0].name }.joined(separator: "|")
      exception.value = key.fields.map { names.text(blame.rowID, field: $0) }
        .joined(separator: "|")
    } else if !blame.isNone {
      label = fields[Int(blame.field)].name
      exception.value = names.text(blame.rowID, field: Int(blame.field))
    }
    exception.field = blame.rowID == row ? label : "\(table.definition.name).\(label)"
  }

  /// A group that breaks a limit, or that could not be judged.
  func limit(_ group: LimitJudge.Group, _ first: RowID?, _ team: TeamName) -> CaseException {
    let isJudged = group.verdict.status != .cannotJudge
    let definition = context.rulebook.tables[rule.table].definition
    var exception = CaseException(
      rule: rule.name, status: isJudged ? .failed : .cannotJudge,
      severity: rule.severity == .error ? .error : .warning, list: isJudged ? list : .correction,
      pack: rule.pack, team: team, table: definition.name, recordID: group.name)
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
      point(&exception, at: group.verdict.blame, from: first)
      exception.message = VerdictWords.cannotJudge(
        .absent, rule: rule, field: exception.field, value: exception.value)
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
    pieces = template.pieces.map { piece in
      switch piece {
      case .text(let text): .text(text)
      case .value(let expression):
        compiler.context.readsName(expression.node)
          ? .text(RecordNames.notShown) : .value(compiler.compile(expression))
      }
    }
  }

  /// The words, with what is absent said to be so.
  func text(_ frame: inout Frame) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let words): text += words
      case .value(let step):
        let value = step(&frame)
        text += value.isAbsent ? VerdictWords.notRecorded : value.text
      }
    }
    return text
  }
}
