import Exceptions
import GRDB
import WorkingTime

/// The state of an exception over a stretch of runs, with its number in the ledger.
///
/// Numbers below 10 mean open.
enum SpellState: Int, Sendable {
  /// Listed for somebody to put right.
  case listed = 1
  /// Listed, but waived.
  case waived = 2
  /// Its rule was not evaluated on whole inputs.
  case notEvaluated = 3
  /// Its rule could not judge the record, or what the run shows of the record settles nothing.
  case notJudged = 4
  /// Not listed, but its record, or one that counts, may be among those that could not be read.
  case perhapsRejected = 5
  /// In order or gone, but a value that may show otherwise cannot be read.
  case inDoubt = 6
  /// The same where the doubt begins with this run: what it rested on was mended, and something
  /// else has gone bad.
  case inDoubtAnew = 7
  /// Its rule asked nothing of any record in some run, and asks nothing of its record since.
  case unasked = 8
  /// It was overdue, and its record is missing while records of another table still refer to it.
  case referredTo = 9
  /// Judged, and in order.
  case corrected = 11
  /// The rule no longer asks anything of the record.
  case leftOut = 12
  /// The record is in no extract any more.
  case gone = 13
  /// Never put right, and no longer looked at, for one of the reasons at `LedgerEntry.End.lapsed`.
  case lapsed = 14
  /// Never put right: its rule was removed, and the end of what it found was accepted.
  case withdrawn = 15
  /// Never put right: time alone ended what the rule asks, as a birthday does.
  case outgrown = 16

  init(ledgerNumber: Int) throws {
    guard let known = SpellState(rawValue: ledgerNumber) else { throw ForeignValue() }
    self = known
  }

  var isOpen: Bool { rawValue < 10 }
  /// Whether its record is missing, and cannot be among those that could not be read.
  var isOfGone: Bool { self == .gone || self == .referredTo }
  /// Open, and not listed by the run.
  var isUnsettled: Bool { doubt != nil }

  var doubt: LedgerEntry.Doubt? {
    switch self {
    case .notEvaluated: .notEvaluated
    case .notJudged, .inDoubt, .inDoubtAnew, .unasked: .notJudged
    case .perhapsRejected: .perhapsRejected
    case .referredTo: .referredTo
    default: nil
    }
  }

  var end: LedgerEntry.End? {
    switch self {
    case .corrected: .corrected
    case .leftOut: .leftOut
    case .gone: .gone
    case .lapsed, .outgrown: .lapsed
    case .withdrawn: .withdrawn
    default: nil
    }
  }
}

extension SpellState {
  /// The condition in SQL that a state is open.
  ///
  /// These are words and no arguments: the partial index `spell_open` serves only queries that have
  /// its very words.
  static let open = "state < 10"
  /// That the run listed it, agreed to or not.
  static let seen = "state < 3"
  /// That the run did not list it, though it is open; or that it has ended.
  static let unseen = "state >= 3"
  /// That it is open, and the run did not list it.
  static let unsettled = "state BETWEEN 3 AND 9"
}

/// What becomes of an exception that a run does not list.
struct Settled {
  var state: SpellState
  /// Whether its record is in no extract any more, even where that does not show that it was put
  /// right.
  var isGone = false
  /// Whether it has ended since its record has gone, be it put right or with a loss of its table.
  var hasGone: Bool { isGone && !state.isOpen }
  /// The number that its child has now, where it has another.
  var person: String?
  /// The key of the record that has replaced its own, which says the same in another way.
  var otherName: String?
  /// Whether its rule asks something of other records with its key.
  var isAskedOfOthers = false
  /// Whether its record is gone, and no child has the number of its child any more.
  var isChildGone = false
  /// Whether it is so because somebody has accepted what has become of its table.
  var isAccepted = false
  /// Whether its record is there, and it may look put right only because others are gone with a loss
  /// that somebody has accepted.
  var restsOnLoss = false
}

/// What a run saw of an exception: what a spell keeps as long as it stays the same.
struct Sighting: Equatable, Sendable {
  var state: SpellState
  var team: Int64
  var worker: Int64
  var status: CaseException.Status
  var list: CaseException.List
  var due: Int32?
  var done: Int32?
  /// For something late, the day on which that was decided.
  var decided: Int32?
  /// The digest of the record's contents, as the bits of a whole number.
  var digest: Int64
}

extension Sighting {
  /// Whether it has come into a higher age band between two runs.
  ///
  /// A value that waits to be corrected gets no worse by waiting; a late duty does. An overdue duty
  /// ages from its due date. A check or a limit that still does not hold is no worse for that.
  func hasAged(from earlier: Int32, to day: Int32) -> Bool {
    guard list != .correction, status == .overdue, let due else { return false }
    return AgeBand(days: Int(day - due)) > AgeBand(days: Int(earlier - due))
  }

  /// The condition in SQL for which `hasAged` may hold of a spell that has not changed between.
  static func mayHaveAged(from earlier: Int32, to day: Int32) -> String {
    let isWithin = AgeBand.allCases.compactMap(\.lastDay).map { last in
      "due_day BETWEEN \(Int(earlier) - last) AND \(Int(day) - last - 1)"
    }
    return
      "status = \(CaseException.Status.overdue.ledgerNumber) AND (\(isWithin.joined(separator: " OR ")))"
  }
}

/// A spell of an exception, together with the exception.
struct Spell: Sendable {
  var exception: Int64
  var key: ExceptionKey
  /// How many of its rule, record and occasion a run lists, with those before it that it does not.
  ///
  /// Where that many records break the rule, it is not one of them. Not more than `key.ordinal`
  /// until the run is known.
  var rank: Int
  var person: String
  /// The run that first saw the exception.
  var firstDay: Int32
  /// The run with which the spell begins.
  var fromDay: Int32
  var sighting: Sighting
  /// The day since which it has been open, or had been when it ended.
  var openedDay: Int32
  /// In how many runs it was open before this spell.
  var runsBefore: Int
  /// How often it was opened again after it had ended.
  var reopened: Int
  /// Where only runs that could not be trusted have listed it, the first of those, in a row, up to
  /// the one that opened it.
  var badNightsFrom: Int32? = nil

  /// The columns that `init(_:names:)` reads, of `spell s` joined with `exception e`.
  static let columns = """
    e.id, e.rule, e.table_name, e.record, e.occasion, e.ordinal, e.person, e.first_day, s.from_day, \
    s.state, s.team, s.worker, s.status, s.list, s.due_day, s.done_day, s.decided_day, s.digest, \
    s.opened_day, s.runs_before, s.reopened
    """

  /// Whether something done late now lies before the day that its rule looks back to.
  func hasLapsed(before horizon: Int32?) -> Bool {
    guard let horizon, let decided = sighting.decided else { return false }
    return decided < horizon
  }
}

extension Spell {
  /// The run that first saw what it is now.
  ///
  /// The number of a visit or review may have been another one's, and be back under it only since.
  var firstSeenDay: Int32 { key.occasion > 0 && reopened == 0 ? openedDay : firstDay }

  init(_ row: Row, names: Names) throws {
    exception = try row.value(0)
    key = try ExceptionKey(row, from: 1, names)
    rank = key.ordinal
    person = try row.value(6)
    firstDay = try row.day(7)
    fromDay = try row.day(8)
    sighting = try Sighting(row, from: 9)
    openedDay = try row.day(18)
    runsBefore = try row.count(19)
    reopened = try row.count(20)
  }

  func entry(_ names: Names) throws -> LedgerEntry {
    LedgerEntry(
      key: key, personID: person, team: TeamName(shown: try names[sighting.team]),
      worker: try names[sighting.worker], status: sighting.status, list: sighting.list,
      dueOn: sighting.due.map { CalendarDate(dayNumber: $0) },
      doneOn: sighting.done.map { CalendarDate(dayNumber: $0) },
      firstSeen: CalendarDate(dayNumber: firstSeenDay),
      openedOn: CalendarDate(dayNumber: openedDay),
      reopened: reopened, end: sighting.state.end, doubt: sighting.state.doubt)
  }
}

extension CaseException.Status {
  /// The number in the ledger; it never changes.
  var ledgerNumber: Int {
    switch self {
    case .failed: 1
    case .overdue: 2
    case .late: 3
    case .cannotJudge: 4
    case .dueSoon: 5
    }
  }

  init(ledgerNumber: Int) throws {
    guard let known = Self.allCases.first(where: { $0.ledgerNumber == ledgerNumber }) else {
      throw ForeignValue()
    }
    self = known
  }

  /// How bad it is: a higher number means worse.
  var weight: Int {
    switch self {
    case .dueSoon: 0
    case .cannotJudge: 1
    case .late, .failed: 2
    case .overdue: 3
    }
  }
}

extension CaseException.List {
  /// The number in the ledger; it never changes.
  var ledgerNumber: Int {
    switch self {
    case .correction: 1
    case .drift: 2
    case .waived: 3
    }
  }

  init(ledgerNumber: Int) throws {
    guard let known = Self.allCases.first(where: { $0.ledgerNumber == ledgerNumber }) else {
      throw ForeignValue()
    }
    self = known
  }
}

extension Spell {
  /// The first run that no longer listed it, of the runs up to one that does not either.
  func firstUnlisted(_ db: Database, by day: Int32) throws -> Int32 {
    guard sighting.state.isUnsettled else { return day }
    return try Int32.fetchOne(
      db,
      sql: """
        SELECT max(until_day) FROM spell
        WHERE exception = ?1 AND opened_day = ?2 AND \(SpellState.seen) AND until_day IS NOT NULL
        """, arguments: [exception, openedDay]) ?? openedDay
  }
}
