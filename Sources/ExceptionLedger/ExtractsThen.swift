import Exceptions
import GRDB

/// Tells whether rules read the same extracts now as when they listed something.
struct ExtractsThen {
  private typealias Files = [String: Set<ExtractDigests>]

  private let db: Database
  private let now: (own: Files, earlier: Files)
  private var before: [Int32: (own: Files, earlier: Files)] = [:]
  private var unchanged: [Asked: Bool] = [:]

  private struct Asked: Hashable {
    let rule: String
    let day: Int32
  }

  init(_ db: Database, _ report: RunReport) {
    self.db = db
    func files(_ inputs: some Sequence<InputReport>) -> Files {
      Dictionary(grouping: inputs, by: \.table).mapValues {
        Set($0.map { ExtractDigests(sha256: $0.sha256, recordSum: $0.recordSum) })
      }
    }
    now = (
      own: files(report.inputs.filter { !$0.isEarlier }),
      earlier: files(report.inputs.filter(\.isEarlier))
    )
  }

  /// Whether a rule reads a table of last period's that differs from the one in the run of a day.
  ///
  /// A child who is lost between two extracts is listed once. When both extracts have moved on the
  /// rule is silent, but that does not bring the child back.
  mutating func isOfOtherPeriod(_ rule: RuleReport, than day: Int32) throws -> Bool {
    let then = try files(on: day)
    return rule.readsOfEarlier.contains {
      !areSame(now.earlier[$0, default: []], then.earlier[$0, default: []])
    }
  }

  /// Whether every table that a rule reads is what it was in the run of a day.
  ///
  /// Nobody has corrected anything between the two.
  mutating func areUnchanged(for rule: RuleReport, since day: Int32) throws -> Bool {
    let asked = Asked(rule: rule.name, day: day)
    if let known = unchanged[asked] { return known }
    let then = try files(on: day)
    let are =
      !rule.reads.isEmpty
      && rule.reads.allSatisfy { name in
        if let bare = EarlierName.bareName(of: name) {
          return isKnown(now.earlier[bare], toBe: then.earlier[bare])
        }
        return isKnown(now.own[name], toBe: then.own[name])
      }
    unchanged[asked] = are
    return are
  }

  private func isKnown(_ some: Set<ExtractDigests>?, toBe others: Set<ExtractDigests>?) -> Bool {
    guard let some, let others else { return false }
    return some.allSatisfy { !$0.known.isEmpty } && areSame(some, others)
  }

  /// Whether all files hold the same bytes, or the same records.
  private func areSame(_ some: Set<ExtractDigests>, _ others: Set<ExtractDigests>) -> Bool {
    if Set(some.map(\.sha256)) == Set(others.map(\.sha256)) { return true }
    let sums = Set(some.map(\.recordSum))
    return !sums.contains("") && sums == Set(others.map(\.recordSum))
  }

  private mutating func files(on day: Int32) throws -> (own: Files, earlier: Files) {
    if let known = before[day] { return known }
    var found: (own: Files, earlier: Files) = ([:], [:])
    let rows = try Row.fetchCursor(
      db, sql: "SELECT name, table_name, sha256, record_sum FROM input WHERE day = ?",
      arguments: [day])
    while let row = try rows.next() {
      let digests = ExtractDigests(sha256: try row.value(2), recordSum: try row.value(3))
      let table: String = try row.value(1)
      if EarlierName.bareName(of: try row.value(0)) != nil {
        found.earlier[table, default: []].insert(digests)
      } else {
        found.own[table, default: []].insert(digests)
      }
    }
    before[day] = found
    return found
  }
}
