import Delivery
import Foundation
import Testing

@Suite("Outbox")
struct OutboxTests {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("outbox-\(UUID().uuidString)")

  private struct Refused: Error {}

  private func names(_ state: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent(state).path)) ?? []).sorted()
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  @Test("what is handed over is noted by its name alone, and not handed over again")
  func once() throws {
    defer { remove() }
    var sent: [String] = []
    for _ in 1...3 {
      let outbox = try Outbox(folder.path)
      try outbox.add("a") { _ in Array("To: x@y\n\nsecret".utf8) }
      _ = try outbox.send { name, _ in sent.append(name) }
    }
    #expect(sent == ["a.eml"])
    #expect(names("sent") == ["a.eml"])
    #expect(names("waiting") + names("sending") == [])
    let kept = FileManager.default.contents(
      atPath: folder.appendingPathComponent("sent/a.eml").path)
    // The digest of the body: nothing of what it said.
    #expect(kept?.count == 64)
  }

  @Test("what was refused waits and is tried again, the others go")
  func refused() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path)
    for name in ["a", "b"] { try outbox.add(name) { _ in [1] } }
    let first = try outbox.send { name, _ in if name == "a.eml" { throw Refused() } }
    #expect(first.sent == ["b.eml"])
    #expect(first.failed.map(\.name) == ["a.eml"])
    #expect(names("waiting") == ["a.eml"])
    let second = try outbox.send { _, _ in }
    #expect(second.sent == ["a.eml"])
  }

  @Test("what waits is replaced by what the run says anew")
  func replaced() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path)
    try outbox.add("a") { _ in [1] }
    try outbox.add("a") { _ in [2] }
    var sent: [[UInt8]] = []
    _ = try outbox.send { _, contents in sent.append(contents) }
    #expect(sent == [[2]])
  }

  @Test("mails of a job that it has no more are taken back where they wait, and told where sent")
  func withdrawn() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path)
    func run(_ names: [String], _ body: UInt8, of job: String, on day: String = "d") throws
      -> [String]
    {
      for name in names { try outbox.add(name) { _ in [body] } }
      return try outbox.settle(names, of: job, on: day)
    }
    #expect(try run(["d-a", "d-ab", "d-b"], 1, of: "one").isEmpty)
    #expect(try run(["d-other"], 1, of: "two").isEmpty)
    _ = try outbox.send { _, _ in }
    #expect(try run(["d-c", "d-a", "d-ab", "d-b"], 2, of: "one").isEmpty)
    #expect(try run(["d-a"], 2, of: "one") == ["d-ab.eml", "d-b.eml"])
    #expect(names("waiting") == ["d-a.2.eml"])
    #expect(try run(["d-other"], 1, of: "two").isEmpty)
    // Those of another day stay.
    #expect(try run(["e-a"], 1, of: "one", on: "e").isEmpty)
    #expect(names("waiting") == ["d-a.2.eml", "e-a.eml"])
  }

  @Test("what says something else than was sent goes out as a further edition, the same does not")
  func editions() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path)
    var sent: [String] = []
    func run(_ body: String, hands over: Bool = true) throws {
      try outbox.add("a") { edition in Array("Message-ID: \(edition)\n\n\(body)".utf8) }
      _ = try outbox.send { name, contents in
        if !over { throw Refused() }
        let text = String(decoding: contents, as: UTF8.self)
        sent.append(name + " " + text.replacing("\n", with: "|"))
      }
    }
    try run("At zero")
    try run("At zero")
    #expect(sent == ["a.eml Message-ID: 1||At zero"])
    try run("2 open", hands: false)
    #expect(names("waiting") == ["a.2.eml"])
    // What waits and is no longer so is not sent.
    try run("At zero")
    #expect(names("waiting") == [])
    try run("2 open")
    try run("2 open")
    try run("At zero")
    #expect(
      sent.dropFirst() == ["a.2.eml Message-ID: 2||2 open", "a.3.eml Message-ID: 3||At zero"])
  }

  @Test("what was sent before there were editions is not sent again")
  func older() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path)
    try Data().write(to: folder.appendingPathComponent("sent/a.eml"))
    try outbox.add("a") { _ in [1] }
    #expect(names("waiting") == [])
  }

  @Test("what a run that died was sending is not sent again")
  func doubtful() throws {
    defer { remove() }
    do {
      let outbox = try Outbox(folder.path)
      try outbox.add("a") { _ in [1] }
    }
    let waiting = folder.appendingPathComponent("waiting/a.eml")
    let sending = folder.appendingPathComponent("sending/a.eml")
    try FileManager.default.moveItem(at: waiting, to: sending)
    let outbox = try Outbox(folder.path)
    try outbox.add("a") { _ in [1] }
    var sent: [String] = []
    let report = try outbox.send { name, _ in sent.append(name) }
    #expect(sent.isEmpty)
    #expect(report.doubtful.map(\.name) == ["a.eml"])
    #expect(names("doubtful") == ["a.eml"])
  }

  @Test("what a run that died had sent, and noted, is no doubt")
  func noted() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path)
    for state in ["sent", "sending"] {
      try Data().write(to: folder.appendingPathComponent(state + "/a.eml"))
    }
    let report = try outbox.send { _, _ in }
    #expect(report.doubtful.isEmpty)
    #expect(names("sending") == [])
  }

  @Test("two runs do not send at once")
  func locked() throws {
    defer { remove() }
    let outbox = try Outbox(folder.path)
    #expect(throws: DeliveryFault.self) { _ = try Outbox(folder.path) }
    _ = try outbox.send { _, _ in }
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
}
