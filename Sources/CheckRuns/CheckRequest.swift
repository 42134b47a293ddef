public import Delivery
public import Diagnostics
public import ExceptionLedger
public import Rulebooks
public import WorkingTime

/// What a run is asked to do.
public struct CheckRequest: Sendable {
  /// A folder of extracts, or files.
  public var extracts: [String]
  /// Last period's extracts, a folder; nil where none are given.
  public var earlier: String?
  /// The rules.
  public var rules: RuleSelection
  /// The date the verdicts are given for.
  public var asOf: CalendarDate
  /// How many threads may work at once.
  public var threads: Int
  /// How many bytes of memory the run may take; nil where no limit was given.
  public var memory: Int?
  /// The version of casecheck, for the record.
  public var version: String
  /// The ledger that the run is recorded in; nil for none.
  public var ledger: LedgerUse?
  /// The file of waivers; nil for none.
  public var waivers: String?
  /// Whether a missing file of waivers is worth a remark though no earlier run had any.
  ///
  /// It is not for a scheduled job, whose file `casecheck waive add` only creates with the first
  /// waiver.
  public var expectsWaivers = false

  /// A request.
  public init(
    extracts: [String], earlier: String?, rules: RuleSelection, asOf: CalendarDate, threads: Int,
    memory: Int?, version: String
  ) {
    self.extracts = extracts
    self.earlier = earlier
    self.rules = rules
    self.rules.threads = threads
    self.asOf = asOf
    self.threads = threads
    self.memory = memory
    self.version = version
  }

  /// Loads the rules without the tests that they carry, as no verdict depends on them.
  ///
  /// Where the rules are wrong, all mistakes are returned, including those in tests.
  func loadRules() -> (rulebook: Rulebook, diagnostics: [Diagnostic]) {
    var untested = rules
    untested.takesTests = false
    let loaded = Rulebook.load(untested)
    guard loaded.diagnostics.contains(where: { $0.severity == .error }) else { return loaded }
    return Rulebook.load(rules)
  }
}

/// How far a run has got.
public struct CheckProgress: Sendable {
  /// Bytes read.
  public var bytes = 0
  /// Bytes of all extracts.
  public var totalBytes = 0
  /// Rows read.
  public var rows = 0
  /// Exceptions found so far.
  public var exceptions = 0

  /// No progress yet.
  public init() {}
}

/// Called from time to time, from any thread, with how far a run has got.
public typealias CheckProgressHandler = @Sendable (CheckProgress) -> Void

/// Why a run could not give a report.
public enum CheckFailure: Error, Sendable {
  /// The rules, the waivers or what is accepted is wrong: every mistake, by place in each (exit 2).
  case rules([Diagnostic])
  /// More memory was needed than was allowed (exit 4).
  case memory(String)
  /// The ledger could not be read or written (exit 4).
  case ledger(LedgerFault)
  /// The lists could not be written (exit 4).
  case delivery(DeliveryFault)
  /// The lists could not be made (exit 4).
  case lists(String)
  /// Another run holds the lock (exit 75).
  case locked(DeliveryFault)
}
