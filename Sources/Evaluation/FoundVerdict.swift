import Exceptions
import WorkingTime

/// A verdict that needs a person, packed: there may be one for every row of every rule.
struct FoundVerdict: Sendable {
  /// The row judged.
  let row: RowID
  /// The row that the exception is about.
  let marked: RowID
  /// The team that has to act, by its number among those of the rule.
  var team: Int32
  /// The cell or reference to blame if the row cannot be judged.
  let blame: Blame
  private let status: Verdict.Status
  private let obstacle: Verdict.Obstacle
  private let occasion: Int32
  private let daysLate: Int32
  private let until: Int32
  private let from: PackedMoment
  private let due: PackedMoment
  private let done: PackedMoment

  init(_ verdict: Verdict, _ row: RowID, marking marked: RowID, team: Int32, blame: Blame = .none) {
    self.row = row
    self.marked = marked
    self.team = team
    self.blame = blame
    status = verdict.status
    obstacle = verdict.obstacle
    occasion = Int32(clamping: verdict.occasion)
    daysLate = verdict.daysLate.map { Int32(clamping: $0) } ?? .min
    until = verdict.until?.dayNumber ?? .min
    from = PackedMoment(verdict.from)
    due = PackedMoment(verdict.due)
    done = PackedMoment(verdict.done)
  }

  /// Whether the rule could not judge the row.
  var isUnjudged: Bool { status == .cannotJudge }

  /// The verdict of the rule, without its span and blame.
  var verdict: Verdict {
    var verdict = Verdict(status)
    verdict.occasion = Int(occasion)
    verdict.from = from.moment
    verdict.due = due.moment
    verdict.done = done.moment
    verdict.until = until == .min ? nil : CalendarDate(dayNumber: until)
    verdict.daysLate = daysLate == .min ? nil : Int(daysLate)
    verdict.obstacle = obstacle
    return verdict
  }

  /// The record of the exception: `list` is the rule's own, `detail` the verdict's number.
  func record(kind: Int32, detail: Int, list: CaseException.List) -> ExceptionRecord {
    var record = ExceptionRecord(status: listed, list: status == .cannotJudge ? .correction : list)
    record.kind = kind
    record.row = marked.row
    record.detail = Int32(detail)
    record.team = team
    record.occasion = occasion > 0 ? Int(occasion) : nil
    return record
  }

  private var listed: CaseException.Status {
    switch status {
    case .late: .late
    case .overdue: .overdue
    case .dueSoon: .dueSoon
    case .cannotJudge: .cannotJudge
    case .failed, .met, .pending: .failed
    }
  }
}

/// An optional moment in eight bytes.
private struct PackedMoment: Sendable {
  /// Twice the day number plus one, or twice the seconds; `min` for none.
  private let bits: Int64

  init(_ moment: DueMoment?) {
    switch moment {
    case nil: bits = .min
    case .day(let day)?: bits = Int64(day.dayNumber) << 1 | 1
    case .minute(let moment)?: bits = moment.seconds << 1
    }
  }

  var moment: DueMoment? {
    if bits == .min { return nil }
    if bits & 1 == 1 { return .day(CalendarDate(dayNumber: Int32(truncatingIfNeeded: bits >> 1))) }
    return .minute(LocalDateTime(seconds: bits >> 1))
  }
}

/// The teams of a rule's exceptions, each by a number.
struct TeamNumbers: Sendable {
  private(set) var names: [TeamName]
  private var numbers: [TeamName: Int32] = [:]
  private var isIndexed = false

  /// Teams known beforehand are numbered by their places.
  init(_ names: [TeamName] = []) { self.names = names }

  /// The number of a team, given one if it is new.
  mutating func number(of team: TeamName) -> Int32 {
    if !isIndexed {
      for (number, name) in names.enumerated() { numbers[name] = Int32(number) }
      isIndexed = true
    }
    if let number = numbers[team] { return number }
    let number = Int32(names.count)
    numbers[team] = number
    names.append(team)
    return number
  }
}
