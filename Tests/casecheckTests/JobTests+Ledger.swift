import Foundation
import TestSupport
import Testing

/// What the job says of rules that have gone or changed, and of ledgers that have lost runs.
extension JobTests {
  @Test("a history without a run does not say that nothing is open, and its days go forward")
  func emptyHistory() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    func history(_ options: String...) throws -> BuiltProgram.Outcome {
      try BuiltProgram().run(
        ["history", "--ledger", scratch.path("ledger.sqlite"), "--format"] + options)
    }
    let within = try history("csv", "--from", "2016-01-20", "--to", "2016-01-20")
    #expect(within.output.hasSuffix("all,(all),1,0,0,0,1,0,0,,0,0\n"), "\(within.output)")
    let after = try history("csv", "--from", "2016-01-21")
    #expect(after.output.hasSuffix("all,(all),0,0,0,0,,,,,,\n"), "\(after.output)")
    let json = try history("json", "--from", "2016-01-21")
    for name in ["open", "waived", "unsettled"] {
      #expect(json.output.contains("\"\(name)\": null"), "\(json.output)")
    }
    let backwards = try history("csv", "--from", "2016-01-21", "--to", "2016-01-20")
    #expect(backwards.status == 64)
    #expect(backwards.errors.contains("--to 2016-01-20 lies before --from 2016-01-21"))
  }

  @Test("a backup that was checked has nothing beside it")
  func checkedBackup() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let copy = scratch.path("backup/copy.sqlite")
    let folder = URL(fileURLWithPath: copy).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let copied = try BuiltProgram().run(
      ["ledger", "backup", "--ledger", scratch.path("ledger.sqlite"), "--to", copy])
    #expect(copied.status == 0, "\(copied.errors)")
    let link = scratch.path("link.sqlite")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: copy)
    for path in [copy, link] {
      let check = try BuiltProgram().run(["ledger", "check", "--ledger", path])
      #expect(check.status == 0 && check.output.contains(": whole. 1 run "), "\(check)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["copy.sqlite"])
    // What a run is in the middle of is left as it is.
    try scratch.write("", to: "backup/copy.sqlite.lock")
    #expect(try BuiltProgram().run(["ledger", "check", "--ledger", copy]).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count > 2)
  }

  @Test("what a rule found that is gone stays open until somebody lets it go")
  func removedRule() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let rules = try String(contentsOfFile: scratch.path("rules/all.yaml"), encoding: .utf8)
    try scratch.write(rules.replacing("visit-in-time", with: "visit-on-time"), to: "rules/all.yaml")
    try visits(scratch, ["V1,1,04/01/2016,05/01/2016", "V2,2,04/01/2016,05/01/2016"])
    let open = try run(scratch, "2016-01-21")
    #expect(open.status == 1)
    #expect(open.output.contains("--accept-removed visit-in-time"))
    let refused = try run(scratch, "2016-01-22", "--accept-removed", "visit-on-time")
    #expect(refused.status == 2)
    let ended = try run(scratch, "2016-01-22", "--accept-removed", "visit-in-time", "--verbose")
    #expect(ended.status == 0)
    #expect(
      ended.output.replacing("\n", with: " ").contains(
        "0 put right, 0 reopened, 1 no longer looked at (1 of rules taken out)"))
    let ledger = ["--ledger", scratch.path("ledger.sqlite")]
    let history = try BuiltProgram().run(["history"] + ledger).output
    #expect(
      history.contains("1 opened, 0 reopened, 0 put right, 1 no longer looked at; 0 open."),
      "\(history)")
    // In the tables as well, so that what is open follows from their figures.
    #expect(history.contains(" looked at\n"), "\(history)")
    #expect(history.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(history)")
    let diff = try BuiltProgram().run(["diff", "previous", "latest"] + ledger).output
    #expect(diff.contains("\n  1 no longer looked at\n"), "\(diff)")
    #expect(try run(scratch, "2016-01-23").status == 0)
  }

  @Test(
    "a ledger that is empty where lists of earlier runs stand is told, however often that day is run",
    arguments: ["", "keep: 1"])
  func lostLedger(_ keep: String) throws {
    let scratch = try job(keep)
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write("", to: "ledger.sqlite")
    for _ in 1...2 {
      let lost = try run(scratch, "2016-01-21")
      #expect(lost.status == 3)
      #expect(lost.output.contains("ledger.sqlite: The ledger knows of no"))
    }
    #expect(try run(scratch, "2016-01-22").status == 1)
  }

  @Test("a ledger that knows of no run as late as the lists that stand there is told")
  func olderLedger() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let ledger = URL(fileURLWithPath: scratch.path("ledger.sqlite"))
    let backup = try Data(contentsOf: ledger)
    #expect(try run(scratch, "2016-01-27").status == 1)
    try backup.write(to: ledger)
    for _ in 1...2 {
      let older = try run(scratch, "2016-02-03")
      #expect(older.status == 3)
      #expect(older.output.contains("as of 2016-01-20"))
    }
    #expect(try run(scratch, "2016-02-10").status == 1)
    #expect(try run(scratch, "2016-01-21", "--backfill").status == 1)
  }

  @Test(
    "what a rule marks in another table is not put right where the record that showed it cannot be read"
  )
  func marksOfAnother() throws {
    let scratch = try job()
    let rules = """
      ---
      rules:
        - rule: planned
          title: Planned
          for: visits
          check: has(visited_on) || planned_on > date("2016-02-01")
          marks: person
          fix: Plan it anew.
      """
    try scratch.write(Self.rules + "\n" + rules, to: "rules/all.yaml")
    let others = (2...9).map { "V\($0),2,04/01/2016,05/01/2016" }
    try visits(scratch, ["V1,1,04/01/2016,"] + others)
    #expect(try run(scratch, "2016-01-12", "--verbose").output.contains("planned"))
    try visits(scratch, ["V1,1,04/01/2016,,,"] + others)
    let told = try run(scratch, "2016-01-13")
    #expect(told.output.contains("perhaps among the rejected records: 1 exception of planned"))
  }

  @Test("rules that changed with a run that was not whole are told until one was")
  func otherRulesOfABadNight() throws {
    let scratch = try job()
    let words = "are not those of the run as of 2016-01-20"
    _ = try run(scratch, "2016-01-20")
    let visits = try String(contentsOfFile: scratch.path("extracts/visits.csv"), encoding: .utf8)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
    try scratch.write(
      Self.rules.replacing("within: 10 days", with: "within: 60 days"), to: "rules/all.yaml")
    #expect(try run(scratch, "2016-01-21").errors.contains(words))
    try scratch.write(visits, to: "extracts/visits.csv")
    #expect(try run(scratch, "2016-01-22").errors.contains(words))
    #expect(!(try run(scratch, "2016-01-23").errors.contains(words)))
  }

  @Test(
    "a rule whose time has ended puts nothing right, nor does one that now asks of another table")
  func otherTimeAndTable() throws {
    let scratch = try job()
    try scratch.write(
      "rules:\n  - {rule: planned, title: T, for: visits, check: \"!given(planned_on)\", "
        + "active: {to: 2016-01-20}, fix: F}\n", to: "rules/more.yaml")
    #expect(try run(scratch, "2016-01-20").status == 1)
    let ended = try run(scratch, "2016-01-21").output
    #expect(ended.contains("0 put right"))
    #expect(ended.contains("2 no longer looked at"))

    try scratch.write(
      "rules:\n  - {rule: here, title: T, for: visits, check: \"!given(planned_on)\", fix: F}\n",
      to: "rules/more.yaml")
    _ = try run(scratch, "2016-01-22")
    try scratch.write(
      "rules:\n  - {rule: here, title: T, for: people, check: given(name), fix: F}\n",
      to: "rules/more.yaml")
    let other = try run(scratch, "2016-01-23").output
    #expect(other.contains("0 put right"))
    #expect(other.contains("2 no longer looked at"))
  }

  @Test("a rule that lists nothing any more can be taken for gone")
  func listNone() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write(
      Self.rules.replacing("    fix: Visit.", with: "    list: none"), to: "rules/all.yaml")
    #expect(try run(scratch, "2016-01-21").output.contains("still open, not judged"))
    let gone = try run(scratch, "2016-01-22", "--accept-removed", "visit-in-time")
    #expect(gone.status == 0)
    #expect(try run(scratch, "2016-01-23").status == 0)
  }
}
