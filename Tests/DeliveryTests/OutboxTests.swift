import Foundation
import Testing

@testable import Delivery

@Suite("Outbox")
struct OutboxTests {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("outbox-\(UUID().uuidString)")

  private struct Refused: Error {}

  private func names(_ state: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent(state).path)) ?? []).map(plain).sorted()
  }

  /// A file's name without its job's mark.
  private func plain(_ file: String) -> String {
    file.replacing("_" + Outbox.mark(of: "job"), with: "")
  }

  private func file(_ state: String, _ name: String) -> URL {
    folder.appendingPathComponent("\(state)/\(name)_\(Outbox.mark(of: "job")).eml")
  }

  private func mails(_ job: String) -> JobMails { JobMails(of: job, in: folder.path) }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  @Test("what is handed over is noted by its name alone, and not handed over again")
  func once() throws {
    defer { remove() }
    var sent: [String] = []
    for _ in 1...3 {
      let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
      try outbox.add("a") { _ in Array("To: x@y\n\nsecret".utf8) }
      _ = try outbox.send { name, _ in sent.append(plain(name)) }
    }
    #expect(sent == ["a.eml"])
    #expect(names("sent") == ["a.eml"])
    #expect(names("waiting") + names("sending") == [])
    let kept = FileManager.default.contents(atPath: file("sent", "a").path)
    // Only the digests of the body and of the recipient; nothing of the text.
    #expect(kept?.count == 128)
  }

  @Test("what was refused waits and is tried again, the others go")
  func refused() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    for name in ["a", "b"] { try outbox.add(name) { _ in [1] } }
    let first = try outbox.send { name, _ in if plain(name) == "a.eml" { throw Refused() } }
    #expect(first.sent.map(plain) == ["b.eml"])
    #expect(first.failed.map { plain($0.name) } == ["a.eml"])
    #expect(names("waiting") == ["a.eml"])
    let second = try outbox.send { _, _ in }
    #expect(second.sent.map(plain) == ["a.eml"])
  }

  @Test("what waits is replaced by what the run says anew")
  func replaced() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    try outbox.add("a") { _ in [1] }
    try outbox.add("a") { _ in [2] }
    var sent: [[UInt8]] = []
    _ = try outbox.send { _, mail in sent.append(mail.contents) }
    #expect(sent == [[2]])
  }

  @Test(
    "mails that a run made again has no more are taken back where they wait, and told where sent")
  func withdrawn() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    func run(_ names: [String], _ body: UInt8, on day: String = "d") throws -> [String] {
      for name in names { try outbox.add(name) { _ in [body] } }
      return try outbox.settle(names, on: day).map(plain)
    }
    #expect(try run(["d-a", "d-ab", "d-b"], 1).isEmpty)
    _ = try outbox.send { _, _ in }
    #expect(try run(["d-c", "d-a", "d-ab", "d-b"], 2).isEmpty)
    // Mails of another day stay, and what was sent is reported even when another day was run in
    // between.
    #expect(try run(["e-a"], 1, on: "e").isEmpty)
    #expect(try run(["d-a"], 2) == ["d-ab.eml", "d-b.eml"])
    #expect(names("waiting") == ["d-a.2.eml", "e-a.eml"])
  }

  @Test("two jobs that share an outbox each have their own mails of one name")
  func jobs() throws {
    defer { remove() }
    var sent: [String] = []
    func run(_ job: String, _ body: String, hands over: Bool = true) throws {
      let outbox = try Outbox(folder.path, of: job, stop: CleanStop())
      try outbox.add("d-east") { edition in Array("To: a\n\n\(body), edition \(edition)".utf8) }
      #expect(try outbox.settle(["d-east"], on: "d").isEmpty)
      _ = try outbox.send { _, mail in
        if !over { throw Refused() }
        sent.append(String(decoding: mail.contents.dropFirst(7), as: UTF8.self))
      }
    }
    try run("one", "1 open", hands: false)
    try run("two", "at zero", hands: false)
    try run("two", "at zero")
    #expect(sent == ["at zero, edition 1"])
    try run("one", "1 open")
    #expect(sent == ["at zero, edition 1", "1 open, edition 1"])
  }

  @Test("what may have been sent is not sent again, and what is otherwise since is")
  func otherwise() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    func add(_ body: String, to receiver: String = "a") throws {
      try outbox.add("d") { _ in Array("To: \(receiver)\nID: 1\n\n\(body)".utf8) }
    }
    try add("at zero")
    try FileManager.default.moveItem(at: file("waiting", "d"), to: file("doubtful", "d"))
    try add("at zero")
    #expect(names("waiting") == [])
    try add("1 open")
    #expect(names("waiting") == ["d.2.eml"])
    _ = try outbox.send { _, _ in }
    // A doubtful mail that somebody has removed is not made again.
    let doubtful = FileManager.default.contents(atPath: file("doubtful", "d").path)
    try FileManager.default.removeItem(at: file("doubtful", "d"))
    try add("1 open")
    #expect(names("waiting") == [])
    try #require(doubtful).write(to: file("doubtful", "d"))
    // A recipient who has not had the mail gets it.
    try add("1 open", to: "b")
    #expect(names("waiting") == ["d.3.eml"])
    try add("1 open")
    #expect(names("waiting") == [])
  }

  @Test("what waits is sent as it is to be by now, or taken back")
  func revised() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    for name in ["a", "b"] { try outbox.add(name) { _ in Array("To: old\n\nx".utf8) } }
    var sent: [String] = []
    let report = try outbox.send(revising: { name, mail in
      if plain(name) == "b.eml" { throw MailWithdrawal(description: "not any more") }
      return Array("To: new".utf8) + mail.dropFirst(7)
    }) { _, mail in
      sent.append(String(decoding: mail.contents, as: UTF8.self))
      // A mail program reads the mail from its file.
      #expect(FileManager.default.contents(atPath: mail.path) == Data(mail.contents))
    }
    #expect(sent == ["To: new\n\nx"])
    #expect(report.withdrawn.map(\.why) == ["not any more"])
    #expect(names("waiting") + names("sending") == [])
    // The note is of what was actually sent, so the same mail does not wait again.
    try outbox.add("a") { _ in Array("To: new\n\nx".utf8) }
    #expect(names("waiting") == [])
  }

  @Test("what was made by another path of the job's ledger is its own, and no mail goes twice")
  func adopted() throws {
    defer { remove() }
    do {
      let before = try Outbox(folder.path, of: "/link/job", stop: CleanStop())
      for name in ["a", "b"] { try before.add(name) { _ in Array("To: x\n\n\(name)".utf8) } }
      _ = try before.send { name, _ in
        if name.hasPrefix("b_") { throw CocoaError(.fileReadUnknown) }
      }
      try mails("/link/job").notes.announce("2016-01-04")
    }
    try mails("/real/job").adopt("/link/job")
    let now = try Outbox(folder.path, of: "/real/job", stop: CleanStop())
    try now.add("a") { _ in Array("To: x\n\na".utf8) }
    var sent: [String] = []
    _ = try now.send { name, _ in sent.append(String(name.prefix(2))) }
    #expect(sent == ["b_"])
    #expect(try mails("/real/job").notes.unmade() == "2016-01-04")
  }

  @Test("mails that a run which died never made are known, by job")
  func announced() throws {
    defer { remove() }
    func unmade(_ job: String = "job") throws -> String? {
      try mails(job).notes.unmade()
    }
    #expect(try unmade() == nil)
    try mails("job").notes.announce("2016-01-04")
    #expect(try unmade() == "2016-01-04")
    #expect(try unmade("other") == nil)
    for _ in 1...2 { try mails("job").notes.forget() }
    #expect(try unmade() == nil)
  }

  @Test("up to which day mails have been made is known by job, and goes with its ledger")
  func made() throws {
    defer { remove() }
    func made(_ job: String = "job") throws -> String? {
      try mails(job).notes.made()
    }
    #expect(try made() == nil)
    for day in ["2016-01-04", "2016-01-11"] {
      try mails("job").notes.note(made: day)
      #expect(try made() == day)
    }
    #expect(try made("other") == nil)
    try mails("other").adopt("job")
    #expect(try made("other") == "2016-01-11")
    #expect(try made() == nil)
  }

  @Test("the teams that a day of mail has left are known by job, until a run has made up for them")
  func left() throws {
    defer { remove() }
    func left(_ job: String = "job") throws -> MailsLeft { try mails(job).notes.left() }
    #expect(try left().isEmpty)
    var teams = MailsLeft(["east-1", MailsLeft.everyTeam])
    try mails("job").notes.note(left: teams)
    #expect(try left() == teams)
    #expect(try left("other").isEmpty)
    for team in ["east-1", MailsLeft.everyTeam] { #expect(try left().isOpen(team)) }
    #expect(try !left().isOpen("west-2"))
    teams.make("east-1", on: "2016-01-05")
    try mails("job").notes.note(left: teams)
    #expect(try left() == teams)
    #expect(try !left().isOpen("east-1"))
    #expect(try left().isMade("east-1", on: "2016-01-05"))
    #expect(try !left().isMade("east-1", on: "2016-01-06"))
    for _ in 1...2 { try mails("job").notes.note(left: MailsLeft([])) }
    #expect(try left().isEmpty)
  }

  @Test("the mails that wait are counted, without those of other jobs")
  func counted() throws {
    defer { remove() }
    func waiting(_ job: String = "job") throws -> Int {
      try mails(job).waiting()
    }
    #expect(try waiting() == 0)
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    for name in ["a", "b", "c"] { try outbox.add(name) { _ in [1] } }
    #expect(try waiting() == 3)
    #expect(try waiting("other") == 0)
    _ = try outbox.send { name, _ in if plain(name) == "b.eml" { throw Refused() } }
    #expect(try waiting() == 1)
  }

  @Test("what says something else than was sent goes out as a further edition, the same does not")
  func editions() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    var sent: [String] = []
    func run(_ body: String, hands over: Bool = true) throws {
      try outbox.add("a") { edition in Array("To: x\nMessage-ID: \(edition)\n\n\(body)".utf8) }
      _ = try outbox.send { name, mail in
        if !over { throw Refused() }
        let text = String(decoding: mail.contents.dropFirst(6), as: UTF8.self)
        sent.append(plain(name) + " " + text.replacing("\n", with: "|"))
      }
    }
    try run("At zero")
    try run("At zero")
    #expect(sent == ["a.eml Message-ID: 1||At zero"])
    try run("2 open", hands: false)
    #expect(names("waiting") == ["a.2.eml"])
    // A waiting mail that is no longer true is not sent.
    try run("At zero")
    #expect(names("waiting") == [])
    try run("2 open")
    try run("2 open")
    try run("At zero")
    #expect(
      sent.dropFirst() == ["a.2.eml Message-ID: 2||2 open", "a.3.eml Message-ID: 3||At zero"])
  }

  @Test("what a run that died was sending is not sent again")
  func doubtful() throws {
    defer { remove() }
    do {
      let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
      try outbox.add("a") { _ in [1] }
    }
    try FileManager.default.moveItem(at: file("waiting", "a"), to: file("sending", "a"))
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    try outbox.add("a") { _ in [1] }
    var sent: [String] = []
    let report = try outbox.send { name, _ in sent.append(plain(name)) }
    #expect(sent.isEmpty)
    #expect(report.doubtful.map { plain($0.name) } == ["a.eml"])
    #expect(names("doubtful") == ["a.eml"])
  }

  @Test("what a run that died had sent, and noted, is no doubt")
  func noted() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    for state in ["sent", "sending"] {
      try Data().write(to: file(state, "a"))
    }
    let report = try outbox.send { _, _ in }
    #expect(report.doubtful.isEmpty)
    #expect(names("sending") == [])
  }

  @Test(
    "what stands among those that wait again, as after a power failure, is not sent again",
    arguments: ["sent", "sending"])
  func backAgain(_ state: String) throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    for name in ["a", "b"] { try outbox.add(name) { _ in [1] } }
    let kept = state == "sent" ? SentNote(of: [1]).bytes : [1]
    try Data(kept).write(to: file(state, "a"))
    var sent: [String] = []
    let report = try outbox.send { name, _ in sent.append(plain(name)) }
    #expect(sent == ["b.eml"])
    #expect(report.sent.map(plain) == sent)
    #expect(report.doubtful.map { plain($0.name) } == (state == "sending" ? ["a.eml"] : []))
    #expect(names("waiting") == [])
  }

  @Test(
    "a mail of the same name that says something else, or that somebody has put back, is sent",
    arguments: [("sent", SentNote(of: [2]).bytes), ("sending", [2]), ("doubtful", [1])])
  func anotherMail(_ state: String, _ kept: [UInt8]) throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    try outbox.add("a") { _ in [1] }
    try Data(kept).write(to: file(state, "a"))
    var sent: [[UInt8]] = []
    _ = try outbox.send { _, mail in sent.append(mail.contents) }
    #expect(sent == [[1]])
  }

  @Test("two runs do not send at once")
  func locked() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path, of: "job", stop: CleanStop())
    #expect(throws: DeliveryFault.self) {
      _ = try Outbox(folder.path, of: "job", stop: CleanStop())
    }
    // The first still holds the lock, and works.
    #expect(try outbox.send { _, _ in }.doubtful.isEmpty)
  }

  @Test("a maildir gets a mail once, whole")
  func maildir() throws {
    defer { remove() }
    let maildir = folder.appendingPathComponent("mail").path
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for _ in 1...2 { try deliver([1, 2], named: "a.eml", toMaildir: maildir) }
    #expect(FileManager.default.contents(atPath: maildir + "/new/a.eml") == Data([1, 2]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: maildir + "/tmp").isEmpty)
  }

  @Test("a maildir that has another mail of that name keeps it, and gets this one beside it, once")
  func nameInUse() throws {
    defer { remove() }
    let maildir = folder.appendingPathComponent("mail").path
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func deliver(_ body: String) throws -> [String] {
      try Delivery.deliver(
        Array("To: x\n\n\(body)".utf8), named: "a_1.2.eml", toMaildir: maildir)
      return try FileManager.default.contentsOfDirectory(atPath: maildir + "/new").sorted()
    }
    #expect(try deliver("1 open") == ["a_1.2.eml"])
    for _ in 1...2 { #expect(try deliver("6 open") == ["a_1-2.2.eml", "a_1.2.eml"]) }
    #expect(try deliver("1 open").count == 2)
    #expect(
      FileManager.default.contents(atPath: maildir + "/new/a_1-2.2.eml")
        == Data("To: x\n\n6 open".utf8))
    #expect(
      FileManager.default.contents(atPath: maildir + "/new/a_1.2.eml")
        == Data("To: x\n\n1 open".utf8))
  }
}
