import Foundation
import SystemPackage
import Testing

@testable import Delivery

struct RunLockTests {
  @Test func isHeldByOneAtATime() throws {
    let scratch = try Scratch()
    let path = scratch("run.lock")
    do {
      let lock = try RunLock(path: path)
      #expect(try scratch.tree() == ["run.lock": "\(getpid())\n"])
      #expect(try scratch.mode(of: "run.lock") == 0o600)
      #expect(throws: DeliveryFault.locked(path: path, processID: getpid())) {
        _ = try RunLock(path: path)
      }
      _ = consume lock
    }
    #expect(try scratch.tree() == ["run.lock": ""])
    _ = try RunLock(path: path)
  }

  @Test func goesWithItsProcess() async throws {
    let scratch = try Scratch()
    let path = scratch("run.lock")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try RunLock(path: path)
      kill(getpid(), SIGKILL)
      _ = consume lock
    }
    #expect(try scratch.tree()["run.lock"]?.isEmpty == false)
    let lock = try RunLock(path: path)
    #expect(try scratch.tree() == ["run.lock": "\(getpid())\n"])
    _ = consume lock
  }

  @Test func holdsWhereNoNumberIsInTheFile() throws {
    let scratch = try Scratch()
    let path = scratch("run.lock")
    let lock = try RunLock(path: path)
    try Data("?".utf8).write(to: URL(fileURLWithPath: path), options: [])
    #expect(throws: DeliveryFault.locked(path: path, processID: nil)) {
      _ = try RunLock(path: path)
    }
    _ = consume lock
  }

  @Test func doesNotFollowALink() throws {
    let scratch = try Scratch()
    try scratch.write("mine", to: "letter.txt")
    try scratch.link("run.lock", to: "letter.txt")
    #expect(throws: DeliveryFault.self) { _ = try RunLock(path: scratch("run.lock")) }
    #expect(try scratch.tree()["letter.txt"] == "mine")
  }

  @Test func needsItsFolder() throws {
    let scratch = try Scratch()
    let path = scratch("none/run.lock")
    #expect(throws: DeliveryFault(.noSuchFileOrDirectory, .lock, FilePath(path))) {
      _ = try RunLock(path: path)
    }
  }
}
