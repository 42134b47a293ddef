import Extracts
import Threads
import Values

/// The tables of a run and of last period, as later runs will be compared with them.
struct TableStandings {
  let now: [TableStanding]
  let before: [TableStanding]

  /// Looks at all tables, counting what stands in several files once.
  ///
  /// Where a ledger needs it, `isCounted`, it also looks at what the columns hold.
  init(
    _ given: GivenExtracts, _ lastPeriod: LastPeriod, repeats: [String: [Text: Int]],
    isCounted: Bool, threads: Int
  ) {
    now = inParallel(given.tables.count, threads: threads) { number in
      let table = given.tables[number]
      let name = table.definition.name
      return TableStanding(
        table, named: name, repeats: repeats[name] ?? [:], isCounted: isCounted)
    }
    before = lastPeriod.tables.map {
      TableStanding($0, named: LastPeriod.name(of: $0), isCounted: isCounted)
    }
  }
}
