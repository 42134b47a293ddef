import ExceptionLedger
import Exceptions
import Foundation
import WorkingTime

/// Measures the ledger under its stated load.
///
/// The load is three years of weekly runs over 200,000 open exceptions. Each week some are put
/// right, as many are new, some come back and some change team.
/// `ledger-benchmark FOLDER [EXCEPTIONS] [RUNS]` prints seconds and bytes.
@main
struct LedgerBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first else {
      FileHandle.standardError.write(
        Data("usage: ledger-benchmark FOLDER [EXCEPTIONS] [RUNS]\n".utf8))
      exit(64)
    }
    let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 200_000
    let runs = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 156
    let path = folder + "/ledger.sqlite"
    var world = World(count: count)
    var last = 0.0
    var all = 0.0
    for run in 0..<runs {
      let report = world.report(run)
      last = try seconds {
        let ledger = try ExceptionLedger(forRun: path)
        _ = try ledger.baseline(before: report.asOf)
        try ledger.record(
          report, isBackfill: false, evidence: { $0.map { _ in Showing(.inOrder) } }
        ) { _, makeLasting in try makeLasting() }
      }
      all += last
      world.goOn()
    }
    let history = try seconds {
      _ = try LedgerHistory(of: path, LedgerHistory.Question())
    }
    let diff = try seconds { _ = try LedgerDiff(of: path, from: "previous", to: "latest") }
    let check = try LedgerCheck(of: path)
    func shown(_ seconds: Double) -> String { String(format: "%.2f s", seconds) }
    print(
      """
      ledger: \(runs) runs, \(check.exceptions) exceptions seen, \(check.open) open
        a further run's ledger work   \(shown(last))   (mean \(shown(all / Double(runs))))
        history                       \(shown(history))
        diff of the last two runs     \(shown(diff))
        size of the file              \(check.size / 1_000_000) MB
      """)
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let spent = ContinuousClock.now - start
    return Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
  }
}

/// Records with faults that come and go, the same on every machine.
private struct World {
  private var open: [Int]
  private var next: Int
  private var state: UInt64 = 20_160_131
  private let rules = (0..<200).map { "rule-number-\($0)" }

  init(count: Int) {
    open = Array(0..<count)
    next = count
  }

  private mutating func random() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Three in a hundred are put right, and another takes the place of each.
  ///
  /// One in ten of these has been open before.
  mutating func goOn() {
    for place in open.indices where random() % 100 < 3 {
      if random() % 10 == 0 {
        open[place] = Int(random() % UInt64(next))
      } else {
        open[place] = next
        next += 1
      }
    }
    var kept = Set(open)
    // One that came back may still have been open: a new fault takes its place.
    while kept.count < open.count {
      kept.insert(next)
      next += 1
    }
    open = kept.sorted()
  }

  func report(_ run: Int) -> RunReport {
    let start = CalendarDate(iso: "2016-01-04") ?? .earliest
    var report = RunReport(
      version: "0", asOf: CalendarDate(dayNumber: start.dayNumber + Int32(7 * run)),
      rulesDigest: "", ruleFolders: [], packs: [], parameters: [])
    report.tables = [
      TableReport(name: "visits", title: "Visits", rows: 1, isPresent: true, isWhole: true)
    ]
    report.rules = rules.map { name in
      var rule = RuleReport(
        name: name, title: "", why: "", source: "", pack: "", table: "visits", kind: .deadline,
        fix: "", judgedNothing: "")
      rule.reads = ["visits"]
      return rule
    }
    let teams = (0..<20).map { TeamName.named("Team number \($0)") }
    report.teams = teams
    report.exceptions = open.map { number in
      // One in a hundred changes team every few weeks.
      let team = (number + (number % 100 == 0 ? run / 5 : 0)) % teams.count
      var exception = CaseException(
        rule: rules[number % rules.count], status: .overdue, severity: .error, list: .drift,
        pack: "statutory", team: teams[team], table: "visits", recordID: "V\(number)")
      exception.personID = "\(4_000_000 + number / 3)"
      exception.worker = "Worker \(number % 150)"
      exception.dueOn = "2016-01-01"
      return exception
    }
    var counts = VerdictCounts()
    counts.met = 10
    for rule in rules {
      for scope in [Measure.Scope.all] + teams.map({ Measure.Scope.team($0) }) {
        report.measures.append(
          Measure(
            rule: rule, pack: "", scope: scope, counts: counts, percent: "", target: "", rag: nil))
      }
    }
    return report
  }
}
