import Foundation
import TestSupport
import Testing

/// The scheduled job, as cron runs it.
@Suite("Scheduled job")
struct JobTests {
  @Test("lists appear in a folder of their own, latest leads to them, old ones go")
  func folders() throws {
    let scratch = try job("keep: 2")
    for asOf in ["2016-01-20", "2016-01-27", "2016-02-03"] {
      #expect(try run(scratch, asOf).status == 1)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("lists")).sorted()
    #expect(names == ["2016-01-27", "2016-02-03", "latest"])
    let target = try FileManager.default.destinationOfSymbolicLink(
      atPath: scratch.path("lists/latest"))
    #expect(target == "2016-02-03")
    let found = try rows(scratch, "lists/latest/exceptions.csv")
    #expect(found.map { $0["first_seen"] } == ["2016-01-20"])
    #expect(found.map { $0["runs_open"] } == ["3"])
    #expect(FileManager.default.fileExists(atPath: scratch.path("lists/latest/metrics.prom")))
  }

  @Test("a run that comes to nothing leaves the ledger's bytes, lists and latest as they were")
  func untouched() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-27").status == 1)
    func bytes() throws -> Data {
      try Data(contentsOf: scratch.url.appending(path: "ledger.sqlite"))
    }
    let before = try bytes()
    #expect(try run(scratch, "2016-01-20").status == 4)
    #expect(try bytes() == before)
    // Anything but a link in the place of `latest` is reported before anything is recorded.
    try FileManager.default.removeItem(atPath: scratch.path("lists/latest"))
    try scratch.write("mine", to: "lists/latest")
    let barred = try run(scratch, "2016-02-03")
    #expect(barred.status == 4)
    #expect(barred.errors.contains("latest: the link to the newest lists is to stand here"))
    #expect(try bytes() == before)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists/2016-02-03")))
  }

  @Test("after one run there is none before it to compare with")
  func onlyRun() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let outcome = try BuiltProgram().run(
      ["diff", "previous", "latest", "--ledger", scratch.path("ledger.sqlite")])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("the ledger has one run, as of 2016-01-20"))
  }

  @Test(
    "a folder in which somebody keeps something is not retired, and it is said what",
    arguments: ["letter.txt", "rejects/letter.txt"])
  func notes(_ letter: String) throws {
    let scratch = try job("keep: 1")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write("mine", to: "lists/2016-01-20/\(letter)")
    let second = try run(scratch, "2016-01-27")
    #expect(second.status == 1)
    #expect(
      second.errors.contains("2016-01-20: \(letter) in this folder was not written by casecheck"))
    #expect(!second.errors.contains("Remove them"))
    #expect(FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-20/\(letter)")))
    try FileManager.default.removeItem(atPath: scratch.path("lists/2016-01-20/\(letter)"))
    #expect(!(try run(scratch, "2016-01-28").errors.contains("old lists")))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-20")))
  }

  @Test("rejected records are kept whatever is asked for, and no file is named that is not there")
  func keepsRejects() throws {
    let scratch = try job()
    try visits(scratch, ["V1,1,04/01/2016,,stray", "V2,2,04/01/2016,05/01/2016"])
    let outcome = try BuiltProgram().run([
      "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of",
      "2016-01-20", "--out", scratch.path("OUT"), "--format", "html",
    ])
    #expect(outcome.status == 1)
    #expect(try rows(scratch, "OUT/rejects/visits.csv").count == 1)
    #expect(!outcome.output.contains("summary.json"))
  }

  @Test("a table to accept that there is not is a mistake")
  func acceptsNothing() throws {
    let scratch = try job()
    let outcome = try run(scratch, "2016-01-20", "--accept-shrink", "vists")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Did you mean `visits`?"))
  }

  @Test("of two jobs at once the second exits 75, and names the first")
  func locked() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    // Another process holds the ledger's lock, as a run does (flock(2)).
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = [
      "python3", "-c",
      """
      import fcntl, os, sys
      f = open(sys.argv[1], "r+")
      fcntl.flock(f, fcntl.LOCK_EX)
      f.write(f"{os.getpid()}\\n"); f.flush()
      print("held", flush=True)
      sys.stdin.read()
      """, scratch.path("ledger.sqlite.lock"),
    ]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    _ = output.fileHandleForReading.availableData
    let outcome = try run(scratch, "2016-01-27")
    #expect(outcome.status == 75)
    #expect(outcome.errors.contains("process \(holder.processIdentifier)"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-27")))
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    #expect(try run(scratch, "2016-01-27").status == 1)
  }

  @Test("where the lists cannot be put in place the ledger is as it was")
  func listsRefused() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write("mine", to: "lists/2016-01-27/letter.txt")
    #expect(try run(scratch, "2016-01-27").status == 4)
    let check = try BuiltProgram().run([
      "ledger", "check", "--ledger", scratch.path("ledger.sqlite"),
    ])
    #expect(check.output.contains("1 run from"))
  }

  @Test("a ledger that was made for a run which comes to nothing is taken away again")
  func firstRunRefused() throws {
    let scratch = try job()
    try scratch.write("mine", to: "lists/2016-01-20/letter.txt")
    #expect(try run(scratch, "2016-01-20").status == 4)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(!names.contains { $0.hasPrefix("ledger.sqlite") && !$0.hasSuffix(".lock") })
  }
}
