import ExceptionLedger
import Exceptions
import Foundation
import Testing
import WorkingTime

@Suite("The ledger's file")
struct FileTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  private func bytes(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

  @Test("it is for its owner alone")
  func modes() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path) {
      let attributes = try FileManager.default.attributesOfItem(atPath: scratch.file(name))
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
    }
  }

  @Test(
    "what is no ledger is refused and left as it is",
    arguments: ["just text", "SQLite format 3\u{0}", "x"])
  func foreign(_ text: String) throws {
    let other = scratch.file("other")
    let content = Data((text + String(repeating: "#", count: 5_000)).utf8)
    try content.write(to: URL(fileURLWithPath: other))
    let found = fault { _ = try record(report("2016-01-04", []), in: other) }
    #expect(found != nil)
    #expect(bytes(other) == content)
  }

  @Test("an empty file is no stranger's, and becomes a ledger: SQLite creates one for a new name")
  func emptyFile() throws {
    let other = scratch.file("other")
    try Data().write(to: URL(fileURLWithPath: other))
    try record(report("2016-01-04", []), in: other)
    #expect(try LedgerCheck(of: other).runs == 1)
  }

  @Test("a pipe in the ledger's place is refused, and nobody waits for its other end")
  func pipe() throws {
    let pipe = scratch.file("pipe")
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(fault { _ = try record(report("2016-01-04", []), in: pipe) } == .foreign(path: pipe))
    #expect(fault { _ = try LedgerCheck(of: pipe) } == .foreign(path: pipe))
  }

  @Test("a damaged ledger is told and not written over", arguments: [0, 1, 2])
  func damaged(_ way: Int) throws {
    try record(
      report("2016-01-04", (0..<2_000).map { exception("V\($0)") }), in: path)
    _ = try LedgerCheck(of: path)
    var data = try #require(bytes(path))
    switch way {
    case 0: data = data.prefix(data.count / 2)
    case 1: for place in stride(from: 8_192, to: data.count, by: 512) { data[place] ^= 0xff }
    default: data.replaceSubrange(4_096..<12_288, with: Data(repeating: 0x55, count: 8_192))
    }
    for companion in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + companion)
    }
    try data.write(to: URL(fileURLWithPath: path))
    let found = fault { _ = try record(report("2016-01-11", []), in: path) }
    guard case .corrupt = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(bytes(path) == data)
  }

  /// Runs SQL statements on the ledger's file without the ledger knowing.
  private func execute(_ statements: String...) throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    shell.arguments =
      [
        "python3", "-c",
        "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); [d.execute(s) for s in sys.argv[2:]]; d.commit()",
        path,
      ] + statements
    try shell.run()
    shell.waitUntilExit()
    try #require(shell.terminationStatus == 0)
  }

  @Test(
    "a number that no version writes is told",
    arguments: [
      "UPDATE spell SET due_day = 1 << 40", "UPDATE spell SET opened_day = -2147483648",
      "UPDATE spell SET state = 99", "UPDATE spell SET status = 99", "UPDATE spell SET list = 0",
      "UPDATE spell SET team = 4711", "UPDATE table_run SET parts = '{x'",
      "UPDATE table_run SET filled = 'kind'", "UPDATE table_run SET rows = -1 << 63",
    ])
  func foreignNumber(_ statement: String) throws {
    try record(report("2016-01-04", [exception("V1"), exception("V2")]), in: path)
    try execute("PRAGMA foreign_keys = OFF", statement)
    let found = fault {
      _ = try baseline("2016-01-11")
      _ = try record(report("2016-01-11", [exception("V2")]), in: path)
    }
    guard case .corrupt = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  @Test(
    "a check of a ledger tells of numbers that no version writes",
    arguments: [
      "due_day = 1 << 40", "state = 99", "status = 99", "list = 0", "from_day = -2147483648",
    ])
  func checkedNumber(_ change: String) throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    try execute("UPDATE spell SET \(change)")
    let faults = try LedgerCheck(of: path).faults
    #expect(faults.contains { $0.contains("no version of casecheck") })
  }

  @Test("a check of a ledger counts the rows that refer to none")
  func checkedReference() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    try execute("PRAGMA foreign_keys = OFF", "UPDATE spell SET exception = 99")
    let faults = try LedgerCheck(of: path).faults
    #expect(faults.contains("1 row refers to rows that are not there"), "\(faults)")
  }

  private func baseline(_ asOf: String) throws -> LedgerBaseline {
    let ledger = try ExceptionLedger(forRun: path)
    defer { ledger.close() }
    return try ledger.baseline(before: day(asOf))
  }

  private func newest(before asOf: String) throws -> (date: CalendarDate, run: CalendarDate)? {
    try baseline(asOf).newest["visits"]
  }

  @Test(
    "a file of last period's is none that this period's may repeat",
    arguments: [("v.csv", true), ("(earlier) v.csv", false), ("(Earlier) v.csv", true)])
  func earlierFiles(_ name: String, _ isKnown: Bool) throws {
    var run = report("2016-01-04", [])
    run.inputs = [InputReport(path: name, table: "visits")]
    run.inputs[0].sha256 = "ab"
    try record(run, in: path)
    let known = try baseline("2016-01-11").lastRun(
      ofTable: "visits", with: ExtractDigests(sha256: "ab", recordSum: ""))
    #expect(known?.run == (isKnown ? run.asOf : nil))
  }

  @Test("a ledger from before it kept the newest dates is read, and goes on with them")
  func older() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    try execute(
      "DROP TABLE renamed", "ALTER TABLE table_run DROP COLUMN filled",
      "ALTER TABLE table_run DROP COLUMN parts", "ALTER TABLE table_run DROP COLUMN ended",
      "ALTER TABLE tally DROP COLUMN worse", "DROP TABLE replaced_table",
      "ALTER TABLE table_run DROP COLUMN footers",
      "ALTER TABLE table_run DROP COLUMN newest",
      "DROP TABLE perhaps_group", "ALTER TABLE input DROP COLUMN record_sum",
      "ALTER TABLE table_run DROP COLUMN accepted",
      "DELETE FROM grdb_migrations WHERE identifier IN ('2', '3', '4', '5', '6', '7', '8', '9', '10', '11')"
    )
    #expect(try LedgerCheck(of: path).open == 1)
    #expect(try newest(before: "2016-01-11") == nil)
    var next = report("2016-01-11", [exception("V1")])
    next.tables[0].newest = day("2016-01-09")
    try record(next, in: path)
    try record(report("2016-01-18", [exception("V1")]), in: path)
    #expect(try LedgerCheck(of: path).open == 1)
    #expect(try newest(before: "2016-01-11") == nil)
    let found = try #require(try newest(before: "2016-01-25"))
    #expect(found == (day("2016-01-09"), day("2016-01-11")))
  }

  @Test(
    "in a ledger from before groups had keys of their own, a limit's groups go on as they were",
    arguments: [(RuleReport.Kind.limit, true), (.check, false)])
  func groupsOfBefore(_ kind: RuleReport.Kind, _ goesOn: Bool) throws {
    func week(_ asOf: String, isOfGroup: Bool) -> RunReport {
      var group = exception("W1", status: .failed, due: "")
      group.personID = ""
      group.isOfGroup = isOfGroup
      var week = report(asOf, [group])
      week.rules[0].kind = kind
      return week
    }
    try record(week("2016-01-04", isOfGroup: false), in: path)
    try execute(
      "DROP TABLE perhaps_group", "ALTER TABLE input DROP COLUMN record_sum",
      "ALTER TABLE table_run DROP COLUMN accepted",
      "DELETE FROM grdb_migrations WHERE identifier IN ('7', '8', '9', '10', '11')")
    let told = try record(week("2016-01-11", isOfGroup: true), in: path)
    #expect(told.exceptions.map(\.runsOpen) == [goesOn ? 2 : 1])
    #expect(told.news?.ended.count == (goesOn ? 0 : 1))
    #expect(try LedgerCheck(of: path).open == 1)
  }

  /// A run that read one file of visits.
  private func reading(_ asOf: String, _ sha256: String, _ recordSum: String) -> RunReport {
    var run = report(asOf, [])
    var input = InputReport(path: "visits.csv", table: "visits")
    (input.sha256, input.recordSum) = (sha256, recordSum)
    run.inputs = [input]
    return run
  }

  @Test("a file is known again by its bytes or its records, by whichever a later run had")
  func knownExtracts() throws {
    for (asOf, sha256, recordSum) in [
      ("2016-01-04", "a", "1"), ("2016-01-11", "b", "2"), ("2016-01-18", "c", "1"),
      ("2016-01-25", "d", ""), ("2016-02-01", "e", "3"),
    ] {
      try record(reading(asOf, sha256, recordSum), in: path)
    }
    let known = try baseline("2016-02-08")
    for (sha256, recordSum, asOf, likeness) in [
      ("a", "1", "2016-01-18", Likeness.records), ("b", "2", "2016-01-11", .bytes),
      ("x", "2", "2016-01-11", .records), ("d", "", "2016-01-25", .bytes),
      ("c", "4", "2016-01-18", .bytes), ("e", "1", "2016-02-01", .bytes),
    ] {
      let file = ExtractDigests(sha256: sha256, recordSum: recordSum)
      let found = try #require(known.lastRun(ofTable: "visits", with: file))
      #expect(found == (day(asOf), likeness), "\(sha256) \(recordSum)")
      let older = known.olderRun(ofTable: "visits", with: file)
      #expect(older?.known.run == (asOf == "2016-02-01" ? nil : day(asOf)))
    }
    for file in [("x", "9"), ("", ""), ("x", "")] {
      let digests = ExtractDigests(sha256: file.0, recordSum: file.1)
      #expect(known.lastRun(ofTable: "visits", with: digests) == nil)
    }
    let other = ExtractDigests(sha256: "a", recordSum: "1")
    #expect(known.lastRun(ofTable: "people", with: other) == nil)
  }

  @Test("a ledger of a later version is refused")
  func newer() throws {
    try record(report("2016-01-04", []), in: path)
    try execute("INSERT INTO grdb_migrations VALUES ('99')")
    #expect(fault { _ = try record(report("2016-01-11", []), in: path) } == .newer(path: path))
  }

  @Test("a backup is whole, and writes over nothing")
  func backup() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    let copy = scratch.file("copy.sqlite")
    try backUpLedger(path, to: copy)
    #expect(try LedgerCheck(of: copy).open == 1)
    #expect(fault { try backUpLedger(path, to: copy) } == .inTheWay(path: copy))
    // Somebody else's file that happens to be called `.partial` is left alone.
    let other = scratch.file("other.sqlite")
    try Data("mine".utf8).write(to: URL(fileURLWithPath: other + ".partial"))
    try backUpLedger(path, to: other)
    #expect(try Data(contentsOf: URL(fileURLWithPath: other + ".partial")) == Data("mine".utf8))
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(names.allSatisfy { !$0.contains(".partial-") })
    let nowhere = scratch.file("none/copy.sqlite")
    #expect(
      fault { try backUpLedger(path, to: nowhere) }
        == .notCopied(path: nowhere, why: "No such file or directory"))
    #expect(
      fault { try backUpLedger(scratch.file("none"), to: scratch.file("x")) }
        == .missing(path: scratch.file("none")))
  }

  @Test(
    "a copy in a folder that may not be written is read, and nothing is put beside it",
    .enabled(if: geteuid() != 0, "root may write everywhere"), arguments: ["copy", "a b?c#d%41e"])
  func readOnlyCopy(_ name: String) throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    let folder = scratch.file("kept")
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let copy = "\(folder)/\(name).sqlite"
    try backUpLedger(path, to: copy)
    try files.setAttributes([.posixPermissions: 0o400], ofItemAtPath: copy)
    try files.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
    defer { try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder) }
    #expect(try LedgerCheck(of: copy).open == 1)
    #expect(try LedgerHistory(of: copy, LedgerHistory.Question()).all.opened == 1)
    #expect(try files.contentsOfDirectory(atPath: folder) == ["\(name).sqlite"])
  }

  @Test("a record is looked up with what stands in it, for a waiver")
  func lookup() throws {
    let listed = exception("V1", occasion: 2)
    try record(report("2016-01-04", [listed]), in: path)
    let found = try LedgerLookup(path).open(rule: "late-visit", record: "V1")
    #expect(found.map(\.note) == [listed.waiverNote])
    #expect(found.map(\.entry.key.occasion) == [2])
    // A ledger from before groups had keys of their own does not know whether it was one.
    try execute(
      "DROP TABLE perhaps_group", "ALTER TABLE input DROP COLUMN record_sum",
      "ALTER TABLE table_run DROP COLUMN accepted",
      "DELETE FROM grdb_migrations WHERE identifier IN ('7', '8', '9', '10', '11')")
    let before = try LedgerLookup(path).open(rule: "late-visit", record: "V1")
    #expect(before.map(\.note.isOfGroup) == [nil])
    #expect(before.map(\.note.person) == [listed.waiverNote.person])
    #expect(try LedgerLookup(path).open(rule: "late-visit", record: "V2").isEmpty)
  }
}
