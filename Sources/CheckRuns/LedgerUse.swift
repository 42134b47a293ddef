import Diagnostics
import ExceptionLedger
import Exceptions
import Rulebooks
public import WorkingTime

/// How a run uses a ledger.
public struct LedgerUse: Sendable {
  /// The file.
  public var path: String
  /// Whether a run before the last one may be filled in.
  public var isBackfill: Bool
  /// What stops a run although its extracts can be read.
  public var guardedBy: ExtractGuard
  /// Rules that are no longer in force, whose open exceptions end with the run.
  public var removedRules: Set<String> = []
  /// The days of the week on which readers get the lists; empty where they get those of every run.
  public var sentOn: Set<Weekday> = []
  /// The as-of dates of the runs whose lists stand beside those of this one.
  ///
  /// The ledger should know these runs; nil where lists are not kept side by side.
  public var listDays: [CalendarDate]?

  /// A use.
  public init(path: String, isBackfill: Bool = false, guardedBy: ExtractGuard = ExtractGuard()) {
    self.path = path
    self.isBackfill = isBackfill
    self.guardedBy = guardedBy
  }
}

extension LedgerUse {
  /// Rules that are to be taken as removed but are in force and list what they find.
  func mistakes(in rulebook: Rulebook) -> [Diagnostic] {
    let inForce = Set(
      rulebook.rules.filter { $0.list != .none }.map(\.name)
        + rulebook.tables.flatMap { ConstraintRule.all(of: $0.definition).map(\.name) })
    return removedRules.intersection(inForce).sorted().map { name in
      Diagnostic(
        .error, "the rule `\(name)` is in force: what it found open ends when it is put right",
        advice: "Take the rule out first, or leave --accept-removed out")
    }
  }

  /// The kind of the fault that a ledger has been lost or is an older copy.
  public static let lost = "ledgerLost"

  /// The fault that a ledger should know of runs but knows none, or none as late.
  ///
  /// Everything that has been open since would be forgotten. The run of the day itself, which this
  /// one replaces, proves nothing: a retry finds what the first attempt found.
  func loss(_ baseline: LedgerBaseline, asOf: CalendarDate) -> FaultReport? {
    let listDays = listDays ?? []
    guard
      let lost = listDays.filter({ day in
        day < asOf && baseline.lastRun.map { $0 < day } ?? true
      }).max() ?? (baseline.latest == nil ? listDays.max() : nil)
    else { return nil }
    let known =
      baseline.lastRun.map { "The last run that the ledger knows of is that as of \($0)" }
      ?? "The ledger knows of no run"
    return FaultReport(
      kind: Self.lost, table: "", file: path, line: nil, field: "",
      message:
        "\(known), and lists as of \(lost) are there. What was open then cannot be known. Put the last backup of the ledger in its place and run again; if there is none later, or it is to begin anew, nothing need be done."
    )
  }

  /// What somebody should look at where lists and ledger do not show the same runs.
  func remarks(_ baseline: LedgerBaseline, asOf: CalendarDate) -> [String] {
    guard let listDays else { return [] }
    var remarks: [String] = []
    // The lists of older days may have been removed by `keep`.
    if baseline.hasRunOfDay, !isBackfill, !listDays.contains(asOf) {
      remarks.append(
        "The ledger has a run as of \(asOf) whose lists are not beside these: if another job made it, this one takes its place. Give each job a ledger of its own."
      )
    }
    let newest = max(baseline.latest ?? asOf, asOf)
    if let later = listDays.max(), later > newest {
      remarks.append(
        "Lists as of \(later) are there, later than any run that the ledger knows of, and `latest` leads to them. If that day was a mistake, remove them."
      )
    }
    return remarks
  }
}
