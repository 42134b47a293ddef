import GRDB

/// Which rules have judged many records, by the measures of earlier runs.
struct JudgedMuch {
  private struct Asked: Hashable {
    let rule: Int64
    let first: Int32
  }

  private let db: Database
  /// The rules that judge groups, of which one is many enough.
  private let limits: Set<String>
  private let day: Int32
  private var known: [Asked: Bool] = [:]

  /// Looks at the runs before a day.
  init(_ db: Database, limits: Set<String>, before day: Int32) {
    self.db = db
    self.limits = limits
    self.day = day
  }

  /// Fewer verdicts than these are of one or two records, which may well have gone.
  static let few = 10

  /// How many verdicts of a rule are many.
  func many(of rule: String) -> Int { limits.contains(rule) ? 1 : Self.few }

  /// Whether a rule, by its number and name, judged many records in a run since a day.
  mutating func has(_ number: Int64?, _ rule: String, since first: Int32) throws -> Bool {
    guard let number else { return false }
    let asked = Asked(rule: number, first: first)
    if let known = known[asked] { return known }
    let has =
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM measure WHERE day BETWEEN ? AND ? AND rule = ? AND team = \(Names.all)
              AND met + failed + late + overdue + due_soon + pending >= ?)
          """, arguments: [first, day - 1, number, many(of: rule)]) ?? false
    known[asked] = has
    return has
  }

  /// The rules of which a run judged many records.
  func rules(on day: Int32, _ names: Names) throws -> Set<String> {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT rule, sum(met + failed + late + overdue + due_soon + pending) FROM measure
        WHERE day = ? AND team = \(Names.all) GROUP BY rule
        """, arguments: [day])
    var found: Set<String> = []
    while let row = try rows.next() {
      let (rule, count): (String, Int) = (try names[row.value(0)], try row.value(1))
      if count >= many(of: rule) { found.insert(rule) }
    }
    return found
  }
}
