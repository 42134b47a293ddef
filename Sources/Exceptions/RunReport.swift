public import WorkingTime

/// Everything that a run found, as plain values from which the lists, pages and ledger are made.
public struct RunReport: Sendable {
  /// The version of casecheck.
  public var version: String
  /// The date the verdicts are given for.
  public var asOf: CalendarDate
  /// The SHA-256 of the rules, in small hexadecimal.
  public var rulesDigest: String
  /// The rule folders as named by the user.
  public var ruleFolders: [String]
  /// The packs that were loaded.
  public var packs: [String]
  /// The parameters whose values came from outside the rules.
  public var parameters: [(name: String, value: String)]
  /// The exceptions in the order of `exceptions.csv`.
  public var exceptions: [CaseException] = []
  /// What falls due within the warning time, for drift lists; in the same order.
  public var dueSoon: [CaseException] = []
  /// The measures by rule, then by team, in the order of their bytes.
  public var measures: [Measure] = []
  /// The inputs, one for each file and each table it was read as.
  public var inputs: [InputReport] = []
  /// The tables with their numbers of rows.
  public var tables: [TableReport] = []
  /// Last period's tables with which some rule compares, by their `EarlierName`.
  public var earlierTables: [TableReport] = []
  /// The rules in words.
  public var rules: [RuleReport] = [] {
    didSet {
      // Places, as each rule has a dozen texts to copy.
      rulePlaces = Dictionary(
        zip(rules.map(\.name), rules.indices), uniquingKeysWith: { first, _ in first })
    }
  }
  /// Their places by their names.
  private var rulePlaces: [String: Int] = [:]
  /// The same rules by their names.
  public var rulesByName: [String: RuleReport] { rulePlaces.mapValues { rules[$0] } }
  /// The tables whose losses, and whose keys as they are written now, were accepted for this run.
  public var acceptedTables: Set<String> = []
  /// The tables whose loss since the last run was accepted, for this run or one of the same day
  /// that it replaces.
  public var tablesWithAcceptedLosses: Set<String> = []
  /// The days of the week on which readers get the lists; empty where they get those of every run.
  public var listDays: Set<Weekday> = []
  /// Rules that are no longer in force, whose open exceptions somebody has chosen to end.
  public var removedRules: Set<String> = []
  /// Faults that do not belong to one input, such as tables without a file.
  public var faults: [FaultReport] = []
  /// What a person should know.
  ///
  /// Safe for logs.
  public var remarks: [String] = []
  /// Whether the extracts, or half of them, are still those of the run before; nil where not.
  public var staleness: Staleness?
  /// The teams of all rows that were judged, including those without an exception.
  public var teams: [TeamName] = []
  /// The mail addresses of teams in the extracts.
  public var addresses: [TeamName: String] = [:]
  /// The teams for which the extracts have only an address that cannot be used.
  public var unusableAddresses: Set<TeamName> = []
  /// The outcome of the waivers; nil where the run had none.
  public var waivers: WaiverOutcome?
  /// How many mails earlier runs could not hand over; nil where there is no mail.
  ///
  /// It stands in the metrics alone: the lists do not depend on what has become of a mail.
  public var mailsWaiting: Int?
  /// What the ledger knows beyond this run; nil without a ledger.
  public var news: LedgerNews?

  /// A report without findings.
  public init(
    version: String, asOf: CalendarDate, rulesDigest: String, ruleFolders: [String],
    packs: [String], parameters: [(name: String, value: String)]
  ) {
    self.version = version
    self.asOf = asOf
    self.rulesDigest = rulesDigest
    self.ruleFolders = ruleFolders
    self.packs = packs
    self.parameters = parameters
  }

  /// Finds a rule by its name.
  public func rule(named name: String) -> RuleReport? { rulePlaces[name].map { rules[$0] } }

  /// Records read from all inputs.
  public var rowsRead: Int { inputs.reduce(0) { $0 + $1.rowsRead } }
  /// Records that became rows.
  public var rowsChecked: Int { inputs.reduce(0) { $0 + $1.rowsChecked } }
  /// Records that did not.
  public var rowsRejected: Int { inputs.reduce(0) { $0 + $1.rowsRejected } }

  /// True where some input cannot be trusted (exit 3).
  public var isUntrusted: Bool { !faults.isEmpty || inputs.contains { !$0.faults.isEmpty } }

  /// How many rules, not counting constraints, could not look at anything.
  ///
  /// A table or a column that they need is missing.
  public var unevaluatedRules: Int { rules.count { !$0.isEvaluated && $0.kind != .constraint } }

  /// The teams of which some rule or constraint judged something.
  public var judgedTeams: Set<TeamName> {
    var teams: Set<TeamName> = []
    for measure in measures where measure.counts != VerdictCounts() {
      if case .team(let team) = measure.scope { teams.insert(team) }
    }
    return teams
  }

  /// The teams with rows in each table, as the rules and constraints on it have judged them.
  public var teamsOfTables: [String: Set<TeamName>] {
    let tables = Dictionary(rules.map { ($0.name, $0.table) }, uniquingKeysWith: { $1 })
    var teams: [String: Set<TeamName>] = [:]
    for measure in measures where measure.counts != VerdictCounts() {
      guard case .team(let team) = measure.scope, let table = tables[measure.rule] else { continue }
      teams[table, default: []].insert(team)
    }
    return teams
  }
}
