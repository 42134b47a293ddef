import Foundation
import TestSupport
import Testing

/// A limit's group that is called like a record of the limit's own table: a manager with too many
/// workers, who is a worker with no manager.
@Suite("Groups of limits, and records of their names")
struct LimitGroupTests {
  private static let rules = """
    table: workers
    files: ["w*.csv"]
    primaryKey: id
    owner: {team: team, worker: id}
    fields:
      - {name: id}
      - {name: manager}
      - {name: team}
    ---
    rules:
      - {rule: span, title: No manager has more than two, for: workers,
         limit: {per: manager, value: count(), atMost: 2}}
    """

  /// W1 with the given manager, and as many workers of W1's as are given.
  private func run(
    _ scratch: ScratchFolder, _ asOf: String, manager: String, workers: Int, _ more: String...
  ) throws -> (listed: [[String: String]], said: String) {
    let rows = ["W1,\(manager),East"] + (0..<3).map { "X\($0),\($0 < workers ? "W1" : "W8"),East" }
    return try runOf(rows.joined(separator: "\n") + "\n", scratch, asOf, more)
  }

  private func runOf(
    _ rows: String, _ scratch: ScratchFolder, _ asOf: String, _ more: [String] = []
  ) throws -> (listed: [[String: String]], said: String) {
    try scratch.write("id,manager,team\n" + rows, to: "x/w.csv")
    try scratch.write(Self.rules, to: "rules.yaml")
    let outcome = try BuiltProgram().run(
      [
        "validate", scratch.path("x"), "--rules", scratch.path("rules.yaml"), "--as-of", asOf,
        "--out", scratch.path(asOf), "--ledger", scratch.path("l.sqlite"), "--format", "csv",
      ] + more)
    try #require([0, 1].contains(outcome.status), "\(outcome.errors)")
    let list = try String(
      contentsOfFile: scratch.path("\(asOf)/exceptions.csv"), encoding: .utf8)
    return (csvRows(list), outcome.output.replacing("\n    ", with: " "))
  }

  private func firstSeen(_ listed: [[String: String]]) -> [String: String] {
    Dictionary(
      listed.map { ($0["status"] ?? "", $0["first_seen"] ?? "") }, uniquingKeysWith: { $1 })
  }

  @Test("a record that is put right does not end its group's exception, nor go on as it")
  func recordPutRight() throws {
    let scratch = try ScratchFolder()
    let first = try run(scratch, "2016-02-01", manager: "", workers: 3)
    #expect(firstSeen(first.listed) == ["failed": "2016-02-01", "cannot-judge": "2016-02-01"])
    let second = try run(scratch, "2016-02-02", manager: "W9", workers: 3)
    #expect(firstSeen(second.listed) == ["failed": "2016-02-01"])
    #expect(second.said.contains("0 new, 0 worse, 1 put right"), "\(second.said)")
  }

  @Test("a group that is over once its record is put right is new")
  func groupAfterRecord() throws {
    let scratch = try ScratchFolder()
    let first = try run(scratch, "2016-02-01", manager: "", workers: 2)
    #expect(firstSeen(first.listed) == ["cannot-judge": "2016-02-01"])
    let second = try run(scratch, "2016-02-02", manager: "W9", workers: 3)
    #expect(firstSeen(second.listed) == ["failed": "2016-02-02"])
    #expect(second.said.contains("1 new, 0 worse, 1 put right"), "\(second.said)")
  }

  @Test("a record's waiver is none of its group's")
  func waiver() throws {
    let scratch = try ScratchFolder()
    _ = try run(scratch, "2016-02-01", manager: "", workers: 2)
    let waivers = scratch.path("waivers.csv")
    let added = try BuiltProgram().run([
      "waive", "add", "--waivers", waivers, "--ledger", scratch.path("l.sqlite"), "--rule", "span",
      "--record", "W1", "--reason", "Head of service", "--agreed-by", "J Oak", "--agreed-on",
      "2016-02-01", "--until", "2016-12-31",
    ])
    try #require(added.status == 0, "\(added.errors)")
    for (asOf, manager) in [("2016-02-02", ""), ("2016-02-03", "W9")] {
      let listed = try run(scratch, asOf, manager: manager, workers: 3, "--waivers", waivers).listed
      let lists = listed.map { [$0["status"], $0["list"]] }
      #expect(lists.contains(["failed", "drift"]))
      #expect(lists.contains(["cannot-judge", "waived"]) == manager.isEmpty)
    }
  }

  @Test("a group of which one row is called otherwise is not put right, and each run says so")
  func dividedGroup() throws {
    let scratch = try ScratchFolder()
    _ = try run(scratch, "2016-02-01", manager: "W9", workers: 3)
    let rows = "W1,W9,East\nX0,W1,East\nX1,w1 ,East\nX2,W1,East\n"
    let divided = try runOf(rows, scratch, "2016-02-02")
    #expect(divided.listed.isEmpty)
    #expect(divided.said.contains("0 put right"), "\(divided.said)")
    #expect(divided.said.contains("not judged: 1 exception of span"), "\(divided.said)")
    #expect(divided.said.contains("would break it together"), "\(divided.said)")
    let fewer = try runOf(rows.replacing("X2,W1", with: "X2,W8"), scratch, "2016-02-03")
    #expect(fewer.said.contains("1 put right"), "\(fewer.said)")
    #expect(!fewer.said.contains("would break it together"))
  }

  @Test("the groups of a limit that all go at once are not put right")
  func groupsGone() throws {
    let scratch = try ScratchFolder()
    let rows = ["A", "B"].flatMap { manager in (1...3).map { "\(manager)\($0),\(manager),East\n" } }
    _ = try runOf(rows.joined(), scratch, "2016-02-01")
    let renamed = rows.map { $0.replacing(",A,", with: ",Ms A,").replacing(",B,", with: ",Ms B,") }
    let outcome = try runOf(renamed.joined(), scratch, "2016-02-02")
    #expect(outcome.said.contains("2 new, 0 worse, 0 put right, 0 reopened, 2 no longer looked at"))
    #expect(
      outcome.said.contains("span: no group that had an open exception (2) is there any more"))
  }
}
