import Exceptions
import GRDB

/// Tells whether rules compare with a different last period's extract than when they listed
/// something.
///
/// A child who is lost between two extracts is listed once. When both extracts have moved on the
/// rule is silent, but that does not bring the child back.
struct OtherPeriod {
  private let db: Database
  /// Last period's files, by table.
  private let now: [String: Set<ExtractDigests>]
  private var before: [Int32: [String: Set<ExtractDigests>]] = [:]

  init(_ db: Database, _ report: RunReport) {
    self.db = db
    now = Dictionary(
      grouping: report.inputs.filter(\.isEarlier), by: \.table
    ).mapValues {
      Set($0.map { ExtractDigests(sha256: $0.sha256, recordSum: $0.recordSum) })
    }
  }

  /// Whether a rule reads a table of last period's that differs from the one in the run of a day.
  mutating func isOther(for rule: RuleReport, than day: Int32) throws -> Bool {
    let known = try before[day] ?? digests(on: day)
    before[day] = known
    return rule.readsOfEarlier.contains { !areSame(now[$0, default: []], known[$0, default: []]) }
  }

  /// Whether all files hold the same bytes, or the same records.
  private func areSame(_ some: Set<ExtractDigests>, _ others: Set<ExtractDigests>) -> Bool {
    if Set(some.map(\.sha256)) == Set(others.map(\.sha256)) { return true }
    let sums = Set(some.map(\.recordSum))
    return !sums.contains("") && sums == Set(others.map(\.recordSum))
  }

  private func digests(on day: Int32) throws -> [String: Set<ExtractDigests>] {
    var found: [String: Set<ExtractDigests>] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT name, table_name, sha256, record_sum FROM input WHERE day = ?",
      arguments: [day])
    while let row = try rows.next() {
      let name: String = try row.value(0)
      guard EarlierName.bareName(of: name) != nil else { continue }
      found[try row.value(1), default: []].insert(
        ExtractDigests(sha256: try row.value(2), recordSum: try row.value(3)))
    }
    return found
  }
}
