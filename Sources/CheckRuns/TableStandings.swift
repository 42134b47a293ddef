import Extracts
import Threads
import Values

/// The tables of a run, and those of last period's, as later runs will be held against them.
struct TableStandings {
  let now: [TableStanding]
  let before: [TableStanding]

  /// Looks at all tables: at what stands in more than one file once, and at what columns hold where
  /// it `isCounted` for a ledger.
  init(
    _ given: GivenExtracts, _ lastPeriod: LastPeriod, repeats: [String: [Text: Int]],
    isCounted: Bool, threads: Int
  ) {
    let pool = given.pool
    now = inParallel(given.tables.count, threads: threads) { number in
      let table = given.tables[number]
      let name = table.definition.name
      return TableStanding(
        table, named: name, repeats: repeats[name] ?? [:], pool: isCounted ? pool : nil)
    }
    before = lastPeriod.tables.map {
      TableStanding($0, named: LastPeriod.name(of: $0), pool: isCounted ? pool : nil)
    }
  }
}
