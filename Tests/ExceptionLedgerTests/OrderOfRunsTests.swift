import ExceptionLedger
import Exceptions
import Foundation
import Testing
import WorkingTime

@Suite("The order of runs")
struct OrderOfRunsTests {
  let scratch = Scratch()

  @Test("an earlier run is refused, and changes nothing")
  func earlier() throws {
    let path = scratch.file("l.sqlite")
    try record(report("2016-01-11", [exception("V1")]), in: path)
    #expect(throws: LedgerFault.earlier(asOf: day("2016-01-04"), last: day("2016-01-11"))) {
      try record(report("2016-01-04", []), in: path)
    }
    let after = try record(report("2016-01-18", [exception("V1")]), in: path)
    #expect(after.exceptions[0].runsOpen == 2)
  }

  /// Runs in which exceptions come, go, come back and change team, from a fixed seed.
  static func runs(seed: UInt64) -> [RunReport] {
    var random = SplitMix(state: seed)
    let start = day("2016-01-04")
    return (0..<8).map { week in
      var exceptions: [CaseException] = []
      for record in 0..<12 where random.next() % 3 != 0 {
        exceptions.append(
          exception(
            "V\(record)", team: random.next() % 4 == 0 ? "West" : "East",
            status: random.next() % 3 == 0 ? .late : .overdue))
      }
      var run = report(
        CalendarDate(dayNumber: start.dayNumber + Int32(7 * week)).description, exceptions)
      if random.next() % 4 == 0 { run.tables[0].isWhole = false }
      return run
    }
  }

  /// All that a ledger says of its runs: the history, and what differs from each run to the next.
  static func account(of path: String, _ runs: [RunReport]) throws -> [String] {
    let history = try LedgerHistory(of: path, LedgerHistory.Question())
    var lines = (history.weeks + history.teams + history.rules + [history.all]).map { "\($0)" }
    for (a, b) in zip(runs, runs.dropFirst()) {
      let diff = try LedgerDiff(of: path, from: a.asOf.description, to: b.asOf.description)
      lines += diff.changes.map { "\($0)" } + ["\(diff.unchanged)"]
    }
    return lines
  }

  @Test("runs filled in out of order leave the ledger as it is in order", arguments: 1...20)
  func backfill(_ seed: Int) throws {
    let runs = Self.runs(seed: UInt64(seed))
    let inOrder = scratch.file("order.sqlite")
    for run in runs { try record(run, in: inOrder) }

    var random = SplitMix(state: UInt64(seed) &* 977)
    var left = runs
    let mixed = scratch.file("mixed.sqlite")
    while !left.isEmpty {
      let run = left.remove(at: Int(random.next() % UInt64(left.count)))
      try record(run, in: mixed, backfill: true)
    }
    // All runs once more, in order: a run recorded before an earlier one was filled in could not
    // know of that one, and does when it is run again.
    for run in runs { try record(run, in: mixed, backfill: true) }
    #expect(try Self.account(of: mixed, runs) == Self.account(of: inOrder, runs))

    let next = report("2016-06-06", (0..<12).map { exception("V\($0)") })
    let first = try record(next, in: inOrder)
    let second = try record(next, in: mixed)
    #expect(first.exceptions == second.exceptions)
  }

  @Test("a run made again replaces itself and nothing else", arguments: 1...20)
  func again(_ seed: Int) throws {
    let runs = Self.runs(seed: UInt64(seed))
    let once = scratch.file("once.sqlite")
    for run in runs { try record(run, in: once) }
    let twice = scratch.file("twice.sqlite")
    for (run, other) in zip(runs, Self.runs(seed: UInt64(seed) + 1_000)) {
      // Where this run is not whole it cannot show that what the other one opened is in order, so
      // that would stay open: there the other run is left out.
      if run.tables[0].isWhole { try record(other, in: twice) }
      try record(run, in: twice)
      try record(run, in: twice)
    }
    #expect(try Self.account(of: twice, runs) == Self.account(of: once, runs))
    #expect(try LedgerCheck(of: twice).runs == runs.count)
  }

  @Test("what throws before the record is lasting leaves the ledger as it was")
  func rollsBack() throws {
    struct Refusal: Error {}
    let path = scratch.file("l.sqlite")
    try record(report("2016-01-04", [exception("V1")]), in: path)
    let ledger = try ExceptionLedger(forRun: path)
    #expect(throws: Refusal.self) {
      try ledger.record(
        report("2016-01-11", []), isBackfill: false, evidence: { $0.map { _ in Showing(.inOrder) } }
      ) { _, _ in throw Refusal() }
    }
    #expect(try LedgerCheck(of: path).runs == 1)
    #expect(try LedgerCheck(of: path).open == 1)
  }
}

/// Sebastiano Vigna's SplitMix64: the same numbers on every machine.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
