import Foundation
import TestSupport
import Testing

/// Runs again of a date, and of one before or behind the others.
extension JobTests {
  @Test("run again with the same date it gives the same bytes, and replaces its run")
  func again() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-13").status == 0)
    #expect(try run(scratch, "2016-01-20").status == 1)
    func files() throws -> [String: Data] {
      var found: [String: Data] = [:]
      let folder = scratch.url.appendingPathComponent("lists/2016-01-20")
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
        found[name] = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path)
      }
      return found
    }
    let first = try files()
    #expect(try run(scratch, "2016-01-20").status == 1)
    #expect(try files() == first)
    #expect(first.count > 8)
    let check = try BuiltProgram().run([
      "ledger", "check", "--ledger", scratch.path("ledger.sqlite"),
    ])
    #expect(check.output.contains("2 runs"))
  }

  @Test("an earlier date is refused, and filled in when asked")
  func backfill() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let refused = try run(scratch, "2016-01-16")
    #expect(refused.status == 4)
    #expect(refused.errors.contains("--backfill"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-16")))
    let filled = try run(scratch, "2016-01-16", "--backfill")
    #expect(filled.status == 1)
    #expect(
      filled.errors.contains(
        "lists/2016-01-16, and `latest` leads to 2016-01-20."), "\(filled.errors)")
    #expect(try !run(scratch, "2016-01-20", "--backfill").errors.contains("filled in"))
    let target = try FileManager.default.destinationOfSymbolicLink(
      atPath: scratch.path("lists/latest"))
    #expect(target == "2016-01-20")
    #expect(try run(scratch, "2016-01-27").status == 1)
    #expect(
      try rows(scratch, "lists/latest/exceptions.csv").map { $0["first_seen"] } == ["2016-01-16"])
    #expect(try rows(scratch, "lists/latest/exceptions.csv").map { $0["runs_open"] } == ["3"])
  }

  @Test("a date after tomorrow is refused, as it would stand in the way of all runs before it")
  func ahead() throws {
    let scratch = try job()
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "Europe/London"))
    func day(_ days: Int) throws -> String {
      let day = try #require(calendar.date(byAdding: .day, value: days, to: Date()))
      let parts = calendar.dateComponents([.year, .month, .day], from: day)
      return try String(
        format: "%04d-%02d-%02d", #require(parts.year), #require(parts.month), #require(parts.day))
    }
    // The day may change while the test runs.
    let refused = try run(scratch, day(3))
    #expect(refused.status == 64)
    #expect(try refused.errors.contains("--as-of \(day(3)) lies ahead"), "\(refused.errors)")
    #expect(refused.errors.contains("use `casecheck validate`"))
    let text = try String(contentsOfFile: scratch.path("casecheck.yaml"), encoding: .utf8)
    try scratch.write(text.replacing("asOf: today", with: "asOf: \(day(3))"), to: "ahead.yaml")
    let configured = try BuiltProgram().run(["run", "--config", scratch.path("ahead.yaml")])
    #expect(configured.status == 64)
    #expect(try configured.errors.contains("`asOf: \(day(3))` of the configuration lies ahead"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("ledger.sqlite")))
    #expect(try run(scratch, day(1)).status == 1)
    let looked = try BuiltProgram().run([
      "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of", day(300),
      "--out", scratch.path("OUT"),
    ])
    #expect(looked.status == 1)
  }

  @Test("a day that stays in the configuration once it has passed is told each night, quiet or not")
  func forgottenDay() throws {
    let scratch = try job()
    try visits(scratch, ["V2,2,04/01/2016,05/01/2016"])
    let text = try String(contentsOfFile: scratch.path("casecheck.yaml"), encoding: .utf8)
    try scratch.write(
      text.replacing("asOf: today", with: "asOf: 2016-01-20"), to: "casecheck.yaml")
    for _ in 1...2 {
      let night = try BuiltProgram().run([
        "run", "--config", scratch.path("casecheck.yaml"), "--quiet",
      ])
      #expect(night.status == 0)
      #expect(
        night.errors.contains("`asOf: 2016-01-20` of the configuration lies "), "\(night.errors)")
      #expect(night.errors.contains(" days back"), "\(night.errors)")
      #expect(night.errors.contains("Write `asOf: today` there"), "\(night.errors)")
    }
    let asked = try run(scratch, "2016-01-20")
    #expect(asked.status == 0)
    #expect(asked.output + asked.errors == "", "a day that is asked for is meant")
  }

  @Test("a run that is filled in keeps its lists, whatever is kept")
  func backfillKept() throws {
    let scratch = try job("keep: 1")
    #expect(try run(scratch, "2016-01-27").status == 1)
    #expect(try run(scratch, "2016-01-20", "--backfill").status == 1)
    #expect(FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-20/run.json")))
  }

  @Test("a run made again with less forgets neither what it opened nor what it read")
  func madeAgain() throws {
    let scratch = try job()
    try visits(scratch, ["V1,1,04/01/2016,"] + (2...9).map { "V\($0),2,04/01/2016,05/01/2016" })
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, (2...4).map { "V\($0),2,04/01/2016,05/01/2016" })
    for asOf in ["2016-01-20", "2016-01-21"] {
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == 3)
      #expect(outcome.output.contains("visits has 3 rows, and had 9"))
    }
    #expect(try summary(scratch, "2016-01-21").contains("\"stillOpenNotJudged\": 1"))
  }

  @Test("a day on the command line stands in for the configuration's")
  func dayGiven() throws {
    let scratch = try job()
    let text = try String(contentsOfFile: scratch.path("casecheck.yaml"), encoding: .utf8)
    try scratch.write(text.replacing("asOf: today\n", with: ""), to: "casecheck.yaml")
    #expect(try run(scratch, "2016-01-20").status == 1)
    let dayless = try BuiltProgram().run(["run", "--config", scratch.path("casecheck.yaml")])
    #expect(dayless.status == 2)
    #expect(dayless.errors.contains("the configuration needs an `asOf`"))
  }

  @Test("a ledger within the folder that each run replaces is refused, and leaves no lock there")
  func ledgerWithinLists() throws {
    let scratch = try job()
    for place in ["OUT/ledger.sqlite", "OUT/deep/ledger.sqlite"] {
      let outcome = try BuiltProgram().run([
        "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of",
        "2016-01-20", "--out", scratch.path("OUT"), "--ledger", scratch.path(place),
      ])
      #expect(outcome.status == 4)
      #expect(outcome.errors.contains("cannot be the ledger"), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: scratch.path("OUT")))
    }
  }
}
