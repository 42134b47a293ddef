import Foundation
import TestSupport
import Testing

/// Records that are no longer found where they stood, although nobody has put anything right.
extension JobTests {
  @Test(
    "a record whose key is mistyped is not put right, and the child's other records are",
    arguments: [
      ("another record's key", "V2", true), ("no key at all", "", true),
      ("no such key", "X1", true),
      ("a key like others", "V9", false),
    ])
  func mistypedKey(_ what: String, _ key: String, _ staysOpen: Bool) throws {
    let scratch = try job()
    try scratch.write(
      Self.rules.replacing(
        "{name: visit_id, headings: [Visit ID]}",
        with: "{name: visit_id, headings: [Visit ID], constraints: {pattern: \"V[0-9]+\"}}"),
      to: "rules/all.yaml")
    let done = (10...30).map { "V\($0),3,04/01/2016,05/01/2016" }
    let other = "V2,2,04/01/2016,"
    try visits(scratch, [other, "V1,1,04/01/2016,"] + done)
    #expect(try run(scratch, "2016-01-20").status == 1)
    // What stood in the record is now in time; what shows that is not known to be the same record.
    try visits(scratch, [other, "\(key),1,04/01/2016,05/01/2016"] + done)
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.output.contains("\(staysOpen ? 0 : 1) put right"), "\(what): \(outcome.output)")
    #expect(
      outcome.output.contains("not judged: 1 exception of visit-in-time") == staysOpen, "\(what)")
  }

  @Test("records of a team that have gone from one table are not put right where it is in another")
  func teamLostFromOneTable() throws {
    let scratch = try job()
    let east = (1...20).map { "V\($0),\($0 % 5 + 1),04/01/2016,05/01/2016" }
    try visits(scratch, east + ["V31,7,04/01/2016,", "V32,8,04/01/2016,"])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, east)
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.errors.contains("West: no record of this team in visits is judged any more"))
    let summary = try summary(scratch, "2016-01-21")
    #expect(summary.contains("\"resolved\": 0"), "\(summary)")
    #expect(summary.contains("\"lapsed\": 2"))
    // Its children are still there and judged.
    #expect(!summary.contains("\"standing\": \"not known\""))
  }

  @Test("exceptions of a child who leaves stay under its number, whoever else has its record's key")
  func sharedKeyOfLeaver() throws {
    let scratch = try job()
    let first = "1,Name 1,East,W1\n"
    let others = (3...10).map { "\($0),Name \($0),East,W\($0)\n" }.joined()
    func people(_ leaver: String) throws {
      try scratch.write(
        "Person ID,Name,Team,Worker\n" + first + leaver + others, to: "extracts/people.csv")
    }
    let done = (3...10).map { "V\($0),\($0),04/01/2016,05/01/2016" }
    try people("2,,East,W2\n")
    try visits(scratch, ["V1,1,04/01/2016,05/01/2016", "V1,2,04/01/2016,"] + done)
    #expect(try run(scratch, "2016-01-20").status == 1)
    let open = try rows(scratch, "lists/latest/exceptions.csv").compactMap { $0["person_id"] }
    #expect(open == ["2", "2", "2"])
    try people("")
    try visits(scratch, ["V1,1,04/01/2016,05/01/2016"] + done)
    #expect(try run(scratch, "2016-01-21").status == 0)
    let diff = try BuiltProgram().run([
      "diff", "previous", "latest", "--ledger", scratch.path("ledger.sqlite"), "--format", "csv",
    ])
    #expect(csvRows(diff.output).compactMap { $0["person_id"] } == open, "\(diff.output)")
  }

  @Test("keys written anew are not put right beside what cannot be looked for, or has no key")
  func renumberedBesideOthers() throws {
    let scratch = try job()
    let done = (10...30).map { "V\($0),3,04/01/2016,05/01/2016" }
    let unkeyed = ",4,04/01/2016,"
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,", unkeyed] + done)
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, ["W1,1,04/01/2016,", "W2,2,04/01/2016,", unkeyed] + done)
    let outcome = try run(scratch, "2016-01-21")
    #expect(
      outcome.output.contains("0 put right, 0 reopened, 2 no longer looked at"), "\(outcome.output)"
    )
    let remark = "visits: no record that had an open exception and could be looked for (2)"
    #expect(outcome.errors.contains(remark))
  }

  @Test(
    "a configuration is UTF-8, with a mark before it or without, whatever the length of its name",
    arguments: [
      ("j", "", "", 1), ("casecheck.yaml", "\u{FEFF}", "", 1), ("casecheck.yaml", "", "\u{E9}", 2),
    ])
  func configurationBytes(_ name: String, _ mark: String, _ brand: String, _ status: Int32) throws {
    let scratch = try job()
    let text = try String(contentsOfFile: scratch.path("casecheck.yaml"), encoding: .utf8)
      .replacing("ledger: ledger.sqlite", with: "ledger: L")
    var bytes = Array((mark + text).utf8)
    // As Windows-1252 writes it.
    if !brand.isEmpty { bytes += Array("\nbrand: {name: Caf".utf8) + [0xE9] + Array("}\n".utf8) }
    try FileManager.default.removeItem(atPath: scratch.path("casecheck.yaml"))
    try Data(bytes).write(to: scratch.url.appending(path: name))
    let outcome = try BuiltProgram().run(
      ["run", "--config", name, "--as-of", "2016-01-20"], in: scratch.url)
    #expect(outcome.status == status, "\(outcome.errors)")
    if status == 2 { #expect(outcome.errors.contains("this file is not UTF-8")) }
  }
}
