import Foundation
import Testing

@testable import Delivery

/// The hand-over to a mail program, for which shell scripts stand in.
@Suite("Mail program")
struct MailProgramTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func program(_ script: String) throws -> String {
    let path = scratch("sendmail-\(UUID().uuidString)")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }

  /// The bytes of a mail with a body of this size.
  private func bytes(_ size: Int) -> [UInt8] {
    Array("To: a@example.gov.uk\n\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: size)
  }

  /// Such a mail in a file, as it stands in an outbox.
  private func mail(_ size: Int) throws -> OutgoingMail {
    let path = scratch("mail-\(UUID().uuidString)")
    try Data(bytes(size)).write(to: URL(fileURLWithPath: path))
    return OutgoingMail(contents: bytes(size), path: path)
  }

  @Test("gets the whole mail and its receiver", arguments: [10, 65_536, 3_000_000])
  func whole(_ size: Int) throws {
    let mail = try mail(size)
    let got = scratch("got")
    try deliver(
      mail, from: "b@example.gov.uk",
      byProgram: program("echo \"$@\" > \(got).arguments; cat > \(got)"))
    #expect(FileManager.default.contents(atPath: got) == Data(mail.contents))
    #expect(
      try String(contentsOfFile: got + ".arguments", encoding: .utf8)
        == "-i -f b@example.gov.uk -- a@example.gov.uk\n")
  }

  @Test("reads the mail from its file, and so gets the whole of it though the run is killed")
  func outlives() throws {
    let got = scratch("got")
    try deliver(
      mail(10), from: "b@example.gov.uk",
      byProgram: program("test -f /proc/self/fd/0 && echo yes > \(got); cat >/dev/null"))
    #expect(try String(contentsOfFile: got, encoding: .utf8) == "yes\n")
  }

  @Test("that fails, or ends without reading, has sent nothing", arguments: [10, 3_000_000])
  func fails(_ size: Int) throws {
    for script in ["exit 75", "cat >/dev/null; exit 75", "head -c 5 >/dev/null", "exit 0"] {
      #expect(throws: HandOverFault.self, "\(script)") {
        try deliver(mail(size), from: "b@example.gov.uk", byProgram: program(script))
      }
    }
  }

  @Test(
    "that fails is told by how it ended",
    arguments: [
      ("exit 1", "it ended with 1. Look at the mail system;"),
      ("exit 67", "it ended with 67 (no such user). Look at the address;"),
      ("exit 68", "it ended with 68 (no such host). Look at the address;"),
      ("exit 69", "it ended with 69 (unavailable). Look at the mail system;"),
      ("exit 75", "it ended with 75 (try again later). If it goes on so,"),
      ("exit 77", "it ended with 77 (not permitted). Look at the mail system;"),
      ("kill -9 $$", "signal 9 ended it. Look at the mail system;"),
    ])
  func ends(_ script: String, _ words: String) throws {
    let program = try program("cat >/dev/null; \(script)")
    do {
      try deliver(mail(10), from: "b@example.gov.uk", byProgram: program)
      Issue.record("it failed")
    } catch let fault as HandOverFault {
      #expect(fault.description.hasPrefix("\(program): \(words)"), "\(fault.description)")
      #expect(fault.description.hasSuffix("; this is tried again."))
    }
  }

  @Test(
    "that hangs before it has read the mail is killed, and the mail tried again",
    arguments: [10, 3_000_000])
  func stalls(_ size: Int) throws {
    let mark = scratch("mark")
    for script in ["sleep 61.7", "head -c 5 >/dev/null; sleep 61.7; echo > \(mark)"] {
      let started = ContinuousClock.now
      #expect(throws: HandOverStall.self, "\(script)") {
        try deliver(
          mail(size), from: "b@example.gov.uk", byProgram: program(script), within: .seconds(1))
      }
      #expect(ContinuousClock.now - started < .seconds(20))
    }
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test("that hangs with the mail is killed with its children, and the mail is in doubt")
  func doubt() throws {
    let number = scratch("child")
    #expect(throws: HandOverDoubt.self) {
      try deliver(
        mail(100_000), from: "b@example.gov.uk",
        byProgram: program("cat >/dev/null; sleep 62.7 & echo $! > \(number); wait"),
        within: .seconds(1))
    }
    let child = try String(contentsOfFile: number, encoding: .utf8)
    let processID = try #require(Int32(child.trimmingCharacters(in: .whitespacesAndNewlines)))
    // The child must be dead. Its new parent may not have reaped it yet (state Z), and a busy
    // machine is slow to kill.
    var state = ""
    for _ in 0..<100 {
      state = (try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)) ?? "gone Z"
      if state.contains(" Z") { break }
      Thread.sleep(forTimeInterval: 0.1)
    }
    #expect(state.contains(" Z"))
  }

  @Test("that hangs is not asked for every mail, and one in doubt never comes again")
  func outbox() throws {
    let outbox = try Outbox(scratch("outbox"), of: "job", stop: CleanStop())
    func plain(_ file: String) -> String { file.replacing("_" + Outbox.mark(of: "job"), with: "") }
    for name in ["a", "b", "c", "d"] { try outbox.add(name) { _ in bytes(10) } }
    let slow = try program("sleep 61.7")
    let first = try outbox.send { _, mail in
      try deliver(mail, from: "b@example.gov.uk", byProgram: slow, within: .seconds(1))
    }
    #expect(first.failed.map { plain($0.name) } == ["a.eml", "b.eml", "c.eml", "d.eml"])
    #expect(first.failed.map { $0.why.hasPrefix("not tried") } == [false, false, true, true])
    let taking = try program("cat >/dev/null; sleep 61.7")
    let second = try outbox.send { name, mail in
      try deliver(
        mail, from: "b@example.gov.uk", byProgram: plain(name) == "a.eml" ? taking : "/bin/cat",
        within: plain(name) == "a.eml" ? .seconds(1) : .seconds(60))
    }
    #expect(second.doubtful.map { plain($0.name) } == ["a.eml"])
    #expect(second.sent == [])
    #expect(second.failed.count == 3)
    let good = try program("cat >/dev/null")
    var asked: [String] = []
    let third = try outbox.send { name, mail in
      asked.append(name)
      try deliver(mail, from: "b@example.gov.uk", byProgram: good)
    }
    #expect(third.sent.map(plain) == ["b.eml", "c.eml", "d.eml"])
    #expect(asked == third.sent)
    #expect(third.doubtful.isEmpty)
  }
}
