import Foundation
import TestSupport
import Testing

/// The days on which the job sends mail, and what waits.
extension JobTests {
  private static let mail =
    "deliver: {method: maildir, from: a@example.org, maildir: mail, to: {East: e@example.org}"

  /// The as-of dates of the mails that have been sent.
  private func sent(_ scratch: ScratchFolder) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: scratch.path("mail/new"))
    return (names ?? []).map { String($0.prefix(10)) }.sorted()
  }

  @Test("where there was no run on the day of mail, the next one makes up for it, once")
  func mailMadeUp() throws {
    let scratch = try job(Self.mail + ", on: [monday]}")
    // By as-of date: what has been sent by then, and the Monday that the run makes up for.
    let runs: [(asOf: String, sent: [String], missed: String?)] = [
      // The first run is a Tuesday's: nobody waits for what was due before it.
      ("2016-02-02", [], nil),
      ("2016-02-08", ["2016-02-08"], nil),
      ("2016-02-09", ["2016-02-08"], nil),
      ("2016-02-17", ["2016-02-08", "2016-02-17"], "2016-02-15"),
      ("2016-02-17", ["2016-02-08", "2016-02-17"], nil),
      ("2016-02-18", ["2016-02-08", "2016-02-17"], nil),
      ("2016-02-22", ["2016-02-08", "2016-02-17", "2016-02-22"], nil),
      ("2016-02-23", ["2016-02-08", "2016-02-17", "2016-02-22"], nil),
    ]
    for (asOf, sent, missed) in runs {
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == 1)
      #expect(self.sent(scratch) == sent, "\(asOf)")
      let words = missed.map { "no run as of \($0) has made its mails" } ?? "has made its mails"
      #expect(outcome.errors.contains(words) == (missed != nil), "\(asOf) \(outcome.errors)")
    }
    // What is filled in between has no mail, and does not make a later run make any.
    #expect(try run(scratch, "2016-02-11", "--backfill").status == 1)
    #expect(try run(scratch, "2016-02-24").status == 1)
    #expect(sent(scratch) == ["2016-02-08", "2016-02-17", "2016-02-22"])
  }

  @Test("a team without an address on the day of mail gets its mail once it has one")
  func mailWithoutAddress() throws {
    let scratch = try job(Self.mail + ", on: [monday]}")
    for asOf in ["2016-02-08", "2016-02-09"] {
      #expect(try run(scratch, asOf).status == 1)
      #expect(sent(scratch) == ["2016-02-08"], "\(asOf)")
    }
    try addressOfWest(scratch)
    let next = try run(scratch, "2016-02-10")
    #expect(next.errors.contains("1 team had no mail"), "\(next.errors)")
    for asOf in ["2016-02-10", "2016-02-11"] {
      #expect(sent(scratch) == ["2016-02-08", "2016-02-10"], "\(asOf)")
      #expect(try !run(scratch, asOf).errors.contains("had no mail"), "\(asOf)")
    }
    #expect(sent(scratch) == ["2016-02-08", "2016-02-10"])
  }

  @Test("where the extracts of the day of mail could not be trusted, the next that can be are sent")
  func mailOfUntrustedDay() throws {
    let scratch = try job(Self.mail + ", on: [monday]}")
    try addressOfWest(scratch)
    #expect(try run(scratch, "2016-02-08").status == 1)
    let file = scratch.url.appendingPathComponent("extracts/visits.csv")
    let whole = try Data(contentsOf: file)
    try FileManager.default.removeItem(at: file)
    for asOf in ["2016-02-15", "2016-02-16"] { #expect(try run(scratch, asOf).status == 3) }
    try whole.write(to: file)
    let next = try run(scratch, "2016-02-17")
    #expect(next.status == 1)
    #expect(next.errors.contains("2 teams had no mail"), "\(next.errors)")
    #expect(try !run(scratch, "2016-02-18").errors.contains("had no mail"))
    let days = sent(scratch)
    #expect(days.count { $0 == "2016-02-15" } == 2, "\(days)")
    #expect(days.count { $0 == "2016-02-17" } == 2, "\(days)")
    #expect(days.count == 6, "\(days)")
  }

  private func addressOfWest(_ scratch: ScratchFolder) throws {
    let configuration = try String(contentsOfFile: scratch.path("casecheck.yaml"), encoding: .utf8)
    let to = "to: {East: e@example.org"
    try scratch.write(
      configuration.replacing(to, with: to + ", West: w@example.org"), to: "casecheck.yaml")
  }

  @Test("mails that a run died before making are made by the next, and it says so once")
  func mailOfDeadRun() throws {
    let scratch = try job(Self.mail + ", on: [monday]}")
    #expect(try run(scratch, "2016-02-01").status == 1)
    let marks = try FileManager.default.contentsOfDirectory(atPath: scratch.path("outbox/made"))
    try scratch.write("2016-02-08", to: "outbox/due/" + #require(marks.first))
    let next = try run(scratch, "2016-02-09")
    #expect(next.errors.contains("no run as of 2016-02-08 has made its mails"), "\(next.errors)")
    #expect(!next.errors.contains("has made no mails"), "\(next.errors)")
    #expect(sent(scratch) == ["2016-02-01", "2016-02-09"])
    #expect(try !run(scratch, "2016-02-10").errors.contains("mails"))
  }

  @Test("mails of the job's first day of mail that a run died before making are made by the next")
  func mailOfFirstRunThatDied() throws {
    let scratch = try job(Self.mail + ", on: [monday]}")
    #expect(try run(scratch, "2016-02-08").status == 1)
    // As where the run had died before it made any.
    let marks = try FileManager.default.contentsOfDirectory(atPath: scratch.path("outbox/made"))
    let mark = try #require(marks.first)
    for path in ["outbox/made/" + mark, "outbox/left/" + mark, "outbox/sent", "mail"] {
      try FileManager.default.removeItem(atPath: scratch.path(path))
    }
    try scratch.write("2016-02-08", to: "outbox/due/" + mark)
    let next = try run(scratch, "2016-02-09")
    #expect(next.errors.contains("no run as of 2016-02-08 has made its mails"), "\(next.errors)")
    #expect(!next.errors.contains("has made no mails"), "\(next.errors)")
    #expect(sent(scratch) == ["2016-02-09"])
    #expect(try !run(scratch, "2016-02-10").errors.contains("mails"))
    #expect(sent(scratch) == ["2016-02-09"])
  }

  @Test("a day of mail that was noted by a wrong clock does not keep missed ones from being made")
  func mailsNotedAhead() throws {
    let scratch = try job(Self.mail + ", on: [monday]}")
    #expect(try run(scratch, "2016-02-01").status == 1)
    let marks = try FileManager.default.contentsOfDirectory(atPath: scratch.path("outbox/made"))
    let mark = try #require(marks.first)
    try scratch.write("2016-11-28", to: "outbox/made/" + mark)
    #expect(try run(scratch, "2016-02-02").status == 1)
    #expect(sent(scratch) == ["2016-02-01"])
    let next = try run(scratch, "2016-02-09")
    #expect(next.errors.contains("no run as of 2016-02-08 has made its mails"), "\(next.errors)")
    #expect(sent(scratch) == ["2016-02-01", "2016-02-09"])
  }

  @Test("who is to make up for the mails of a dead run is told with which extracts")
  func extractsOfDeadRun() throws {
    let scratch = try job(Self.mail + "}")
    #expect(try run(scratch, "2016-02-01").status == 1)
    let marks = try FileManager.default.contentsOfDirectory(atPath: scratch.path("outbox/made"))
    try scratch.write("2016-02-02", to: "outbox/due/" + #require(marks.first))
    let next = try run(scratch, "2016-02-03")
    #expect(next.errors.contains("the run as of 2016-02-02 has made no mails"), "\(next.errors)")
    #expect(next.errors.contains("the extracts of that day"), "\(next.errors)")
  }

  @Test("the metrics say how many mails earlier runs could not hand over")
  func mailsWaiting() throws {
    func waiting(_ scratch: ScratchFolder, _ asOf: String) throws -> [Substring] {
      _ = try run(scratch, asOf)
      let text = try String(
        contentsOfFile: scratch.path("lists/\(asOf)/metrics.prom"), encoding: .utf8)
      return text.split(separator: "\n").filter { $0.hasPrefix("casecheck_mail_waiting") }
    }
    #expect(try waiting(job(), "2016-01-20") == [])
    let scratch = try job(Self.mail + "}")
    try scratch.write("no folder", to: "mail")
    #expect(try waiting(scratch, "2016-01-20") == ["casecheck_mail_waiting 0"])
    #expect(try waiting(scratch, "2016-01-27") == ["casecheck_mail_waiting 1"])
    try FileManager.default.removeItem(atPath: scratch.path("mail"))
    #expect(try waiting(scratch, "2016-02-03") == ["casecheck_mail_waiting 2"])
    #expect(sent(scratch) == ["2016-01-20", "2016-01-27", "2016-02-03"])
    #expect(try waiting(scratch, "2016-02-10") == ["casecheck_mail_waiting 0"])
  }

  @Test("the mails of a team that wait are told in one line, with the day of the oldest")
  func mailsPiledUp() throws {
    let scratch = try job(Self.mail + "}")
    try scratch.write("no folder", to: "mail")
    let first = try run(scratch, "2016-01-20").errors
    #expect(first.contains("casecheck: East: mail 2016-01-20-east-"), "\(first)")
    let second = try run(scratch, "2016-01-27").errors
    #expect(
      second.contains(
        "casecheck: East: 2 mails wait that could not be handed over, the oldest of 2016-01-20: "),
      "\(second)")
    #expect(second.split(separator: "\n").count { $0.contains("handed over") } == 1, "\(second)")
  }

  @Test("a mail that waited under real names does not leave once lists have pseudonyms")
  func waitingMail() throws {
    let scratch = try job(
      "deliver: {method: maildir, from: a@example.org, include: lists, maildir: mail, to: {East: e@example.org}}"
    )
    try scratch.write("no folder", to: "mail")
    #expect(try run(scratch, "2016-01-20").errors.contains("could not be handed over"))
    try FileManager.default.removeItem(atPath: scratch.path("mail"))
    let configuration = try String(contentsOfFile: scratch.path("casecheck.yaml"), encoding: .utf8)
    try scratch.write(configuration + "\npseudonymise: key\n", to: "casecheck.yaml")
    try scratch.write(String(repeating: "0a1b2c3d", count: 8), to: "key")
    let next = try run(scratch, "2016-01-27")
    #expect(next.errors.contains("was taken back: its lists are not under the pseudonyms"))
    let sent = try FileManager.default.contentsOfDirectory(atPath: scratch.path("mail/new"))
    #expect(sent.count == 1 && sent.allSatisfy { $0.hasPrefix("2016-01-27-") })
  }

  @Test("the weekly page of a nightly job says what came in the week")
  func weekly() throws {
    let scratch = try job("formats: [csv, html]")
    let none = ["V2,2,04/01/2016,05/01/2016"]
    try visits(scratch, none)
    _ = try run(scratch, "2016-01-18")
    try visits(scratch, none + ["V1,1,04/01/2016,"])
    for asOf in ["2016-01-19", "2016-01-25"] { _ = try run(scratch, asOf) }
    let folder = scratch.url.appendingPathComponent("lists/2016-01-25/teams")
    let pages = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("drift.html") }
      .map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
    #expect(
      pages.contains {
        $0.contains("In the last seven days: 1 new, 1 worse, 0 reopened, 0 put right.")
      })
  }
}
