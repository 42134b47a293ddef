import Exceptions
import Expressions
import Rulebooks
import WorkingTime

/// A rule, ready to judge the rows of one run.
struct CompiledRule: Sendable {
  enum Body: Sendable {
    case check(Test)
    case deadline(DeadlineJudge)
    case repeating(RepeatJudge)
    case limit(LimitJudge)
  }

  /// Whether a row is to be judged, or what prevents it.
  enum Admission {
    case judged
    case leftOut
    case blocked(Blame)
  }

  /// Why a row has no verdict.
  enum Omission {
    /// Its `when` does not hold.
    case condition
    /// It lies outside the time in which the rule is `active`.
    case inactive
    /// What was asked of it was decided before the time that the rule looks back to.
    case behind
    /// Its clock has not come to any occasion, or ended before the first.
    case nothingDue
  }

  let rule: Rule
  let pointers: FieldPointers
  let body: Body
  /// Where the clock of a deadline or repeat starts.
  private let startCell: CellPointer?
  private let when: Test?
  private let activeFrom: CalendarDate?
  private let activeTo: CalendarDate?
  private var lookBack: Step?
  private let asOf: CalendarDate
  private let calendar: WorkingCalendar?

  init(_ rule: Rule, compiler: ExpressionCompiler) {
    let context = compiler.context
    self.rule = rule
    pointers = FieldPointers(rule, in: context.rulebook)
    when = rule.when.map { compiler.compileTest($0.node) }
    activeFrom = rule.active?.from.flatMap { compiler.constant($0).day }
    activeTo = rule.active?.to.flatMap { compiler.constant($0).day }
    lookBack = rule.lookBack.map { compiler.compile($0) }
    asOf = context.asOf
    calendar = context.rulebook.calendar
    switch rule.kind {
    case .check(let check):
      startCell = nil
      body = .check(compiler.compileTest(check.expression.node))
    case .deadline(let deadline):
      startCell = (deadline.from ?? deadline.due).flatMap { CellPointer($0, compiler) }
      body = .deadline(DeadlineJudge(deadline, pointers: pointers, rule: rule, compiler: compiler))
    case .repeating(let duty):
      startCell = CellPointer(duty.from, compiler)
      body = .repeating(RepeatJudge(duty, pointers: pointers, rule: rule, compiler: compiler))
    case .limit(let limit):
      startCell = nil
      body = .limit(LimitJudge(limit, compiler: compiler))
    }
  }

  /// The cell that a verdict points at.
  ///
  /// It is what was absent or, with nothing to blame, the cell of the start or the rule's main
  /// field.
  func resolved(_ blame: Blame, _ row: RowID) -> Blame {
    guard blame.isNone else { return blame }
    var frame = Frame(row: row)
    return startCell?.cell(&frame) ?? pointers.main.map { .field($0, of: row) } ?? blame
  }

  /// Whether the rule applies on the as-of date, which decides for checks and limits.
  var isActive: Bool {
    (activeFrom.map { $0 <= asOf } ?? true) && (activeTo.map { asOf <= $0 } ?? true)
  }

  /// Whether the rule has no clock of its own, so that `active` asks about the as-of date.
  var goesByAsOf: Bool {
    switch body {
    case .check, .limit: true
    case .deadline, .repeating: false
    }
  }

  /// Whether a row meets, or may meet, the rule's `when`.
  func mayBeFor(_ frame: inout Frame) -> Bool {
    if case .no = when?(&frame) { false } else { true }
  }

  /// Whether `when` and `active` let a row be judged; the two are combined as by `&&`.
  func admission(_ frame: inout Frame) -> Admission {
    var blame: Blame?
    if let when {
      switch when(&frame) {
      case .yes: break
      case .no: return .leftOut
      case .absent(let other): blame = other
      }
    }
    if activeFrom != nil || activeTo != nil {
      let value = clockStart(&frame)
      if let day = value.day {
        if let activeFrom, day < activeFrom { return .leftOut }
        if let activeTo, day > activeTo { return .leftOut }
      } else if blame == nil {
        blame = value.blame ?? Blame.none
      }
    }
    return blame.map { .blocked($0) } ?? .judged
  }

  /// Why a row that has no verdict has none.
  func omission(_ row: RowID) -> Omission {
    var frame = Frame(row: row)
    frame.set(0, .row(row))
    if case .no = when?(&frame) { return .condition }
    if case .leftOut = admission(&frame) { return .inactive }
    var isDecided = false
    withoutLookBack?.judge(row, &frame) { _ in isDecided = true }
    return isDecided ? .behind : .nothingDue
  }

  /// The start of the rule's own clock, or the as-of date for a rule without one.
  private func clockStart(_ frame: inout Frame) -> Value {
    switch body {
    case .check, .limit: .date(asOf)
    case .deadline(let judge): judge.start(&frame)
    case .repeating(let judge): judge.from(&frame)
    }
  }

  /// Judges one row; limits are judged by group instead.
  func judge(_ row: RowID, _ frame: inout Frame, _ emit: (Verdict) -> Void) {
    frame.set(0, .row(row))
    switch admission(&frame) {
    case .leftOut: return
    case .blocked(let blame): return emit(.cannotJudge(.absent, blame))
    case .judged: break
    }
    switch body {
    case .check(let test):
      switch test(&frame) {
      case .yes: emit(Verdict(.met))
      case .no: emit(Verdict(.failed))
      case .absent(let blame): emit(.cannotJudge(.absent, blame))
      }
    case .deadline(let judge):
      let verdict = judge.verdict(row, &frame)
      if !isBehind(verdict, &frame) { emit(verdict) }
    case .repeating(let judge):
      var horizon: CalendarDate??
      for verdict in judge.verdicts(row, &frame) {
        if lookBack != nil, horizon == nil { horizon = .some(self.horizon(&frame)) }
        if isBehind(verdict, horizon: horizon ?? nil) { continue }
        emit(verdict)
      }
    case .limit: break
    }
  }

  /// The same rule, whose verdicts stand however long ago they were decided.
  var withoutLookBack: CompiledRule? {
    guard lookBack != nil else { return nil }
    var whole = self
    whole.lookBack = nil
    return whole
  }

  /// The same rule, whose records are asked about as if the tables reached back for ever.
  ///
  /// Nil if it does not ask how far back a table reaches.
  func reachingBack(_ compiler: ExpressionCompiler) -> CompiledRule? {
    guard rule.when?.node.contains(where: \.isLeastOfTable) == true else { return nil }
    var compiler = compiler
    compiler.reachesBack = true
    return CompiledRule(rule, compiler: compiler)
  }

  private func horizon(_ frame: inout Frame) -> CalendarDate? {
    guard case .duration(let span) = lookBack?(&frame) else { return nil }
    return (-span).added(to: asOf, in: calendar)
  }

  private func isBehind(_ verdict: Verdict, _ frame: inout Frame) -> Bool {
    guard lookBack != nil, verdict.status == .met || verdict.status == .late else { return false }
    return isBehind(verdict, horizon: horizon(&frame))
  }

  /// Whether a verdict was decided before the look-back; such verdicts are left out, also of
  /// measures.
  private func isBehind(_ verdict: Verdict, horizon: CalendarDate?) -> Bool {
    guard let horizon, verdict.status == .met || verdict.status == .late,
      let decided = verdict.done?.date ?? verdict.until
    else { return false }
    return decided < horizon
  }
}
