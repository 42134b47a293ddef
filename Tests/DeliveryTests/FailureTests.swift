import Foundation
import SystemPackage
import Testing

@testable import Delivery

struct FailureTests {
  @Test func aFullDiskLeavesTheOldOutput() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    var calls = DiskCalls()
    calls.write = { file, bytes in
      if String(decoding: bytes, as: UTF8.self) == "last" { throw Errno.noSpace }
      _ = try file.writeAll(bytes)
    }
    #expect(throws: DeliveryFault.diskFull(path: scratch("out/teams/z/a.csv"))) {
      try publish(
        run("new") + [("teams/z/a.csv", Array("last".utf8))], to: scratch("out"),
        modes: .ownerOnly, calls: calls)
    }
    #expect(try scratch.tree() == tree(ofRun: "old"))
  }

  @Test(
    .enabled(if: geteuid() != 0, "root may write into every folder, so this would test nothing"))
  func aFolderThatMayNotBeWrittenLeavesTheOldOutput() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.path)
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: scratch.path)
    }
    #expect(throws: DeliveryFault.notPermitted(.makeFolder, path: scratch.path)) {
      try publish(run("new"), to: scratch("out"))
    }
    #expect(try scratch.tree() == tree(ofRun: "old"))
  }

  @Test(arguments: [Errno.invalidArgument, .noFunction, .notSupported])
  func renamesTwiceWhereNamesCannotChangePlaces(_ error: Errno) throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    var calls = DiskCalls()
    calls.exchange = { _, _ in throw error }
    #expect(
      try publish(run("new"), to: scratch("out"), modes: .ownerOnly, calls: calls) == [])
    #expect(try scratch.tree() == tree(ofRun: "new"))
  }

  @Test func putsTheOldOutputBackWhenTheSecondRenameFails() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    var calls = DiskCalls()
    calls.exchange = { _, _ in throw Errno.invalidArgument }
    calls.move = { a, b in
      if a.string.contains(".partial-") { throw Errno.ioError }
      try move(a, to: b)
    }
    #expect(throws: DeliveryFault(.ioError, .move, FilePath(scratch("out")))) {
      try publish(run("new"), to: scratch("out"), modes: .ownerOnly, calls: calls)
    }
    #expect(try scratch.tree() == tree(ofRun: "old"))
  }

  @Test func anExchangeThatFailsLeavesTheOldOutput() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    var calls = DiskCalls()
    calls.exchange = { _, _ in throw Errno.permissionDenied }
    #expect(throws: DeliveryFault.notPermitted(.move, path: scratch("out"))) {
      try publish(run("new"), to: scratch("out"), modes: .ownerOnly, calls: calls)
    }
    #expect(try scratch.tree() == tree(ofRun: "old"))
  }

  /// The process ends in the middle of its second file, as with `kill -9` or a power cut.
  @Test func aKilledRunLeavesTheOldOutputAndTheNextClearsUp() async throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    let out = scratch("out")
    await #expect(processExitsWith: .signal(SIGKILL)) { [out = out as String] in
      var calls = DiskCalls()
      calls.write = { file, bytes in
        if try file.seek(offset: 0, from: .current) == 0, bytes == [9] { kill(getpid(), SIGKILL) }
        _ = try file.writeAll(bytes)
      }
      _ = try publish(
        [("run.json", [1]), ("exceptions.csv", [9])], to: out, modes: .ownerOnly, calls: calls)
    }
    let after = try scratch.tree()
    #expect(after.filter { $0.key.hasPrefix("out/") } == tree(ofRun: "old"))
    #expect(after.keys.contains { $0.hasPrefix(".out.partial-") && $0.hasSuffix("/run.json") })
    try publish(run("new"), to: scratch("out"))
    #expect(try scratch.tree() == tree(ofRun: "new"))
  }
}
