import Foundation
import SystemPackage
import Testing

@testable import Delivery

struct LeftoverTests {
  /// Greater than any process number on Linux (proc(5), pid_max).
  private let dead: Int32 = 4_194_305

  @Test func ofDeadProcessesGo() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    try scratch.makeFolder(".out.partial-\(dead)/teams")
    try scratch.write("x", to: ".out.partial-\(dead)/teams/a.csv")
    try scratch.link(".out.partial-\(dead)/teams/far", to: scratch("out"))
    try scratch.makeFolder(".out.previous-\(dead)")
    try scratch.makeFolder(".out.partial-\(getpid())")
    try publish(run("new"), to: scratch("out"))
    #expect(try scratch.tree() == tree(ofRun: "new"))
  }

  @Test func ofOthersStay() throws {
    let scratch = try Scratch()
    let others = [".out.partial-1", ".out.partial-x", ".out.partial-", ".out2.partial-\(dead)"]
    for name in others { try scratch.makeFolder(name) }
    try publish(run("new"), to: scratch("out"))
    let found = Set(try scratch.tree().keys)
    for name in others { #expect(found.contains(name + "/")) }
  }

  /// A process number from another container means nothing here, but that process's lock holds.
  @Test func thatAreLockedStay() throws {
    let scratch = try Scratch()
    let name = ".out.partial-\(dead)"
    try scratch.makeFolder(name)
    let held = try open(folder: FilePath(scratch(name)))
    defer { try? held.close() }
    try takeLock(held)
    try publish(run("new"), to: scratch("out"))
    #expect(try scratch.tree().keys.contains(name + "/"))
  }

  @Test func ofThisProcessAreAnotherRun() throws {
    let scratch = try Scratch()
    let name = ".out.partial-\(getpid())"
    try scratch.makeFolder(name)
    let held = try open(folder: FilePath(scratch(name)))
    defer { try? held.close() }
    try takeLock(held)
    #expect(throws: DeliveryFault.busy(path: scratch("out"))) {
      try publish(run("new"), to: scratch("out"))
    }
  }

  /// A run was killed between its two renames, on a file system that cannot exchange names.
  @Test func comeBackWhereTheOutputIsMissing() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    try FileManager.default.moveItem(
      atPath: scratch("out"), toPath: scratch(".out.previous-\(dead)"))
    #expect(throws: DeliveryFault.self) {
      try publish(run("new") + [("../x", [])], to: scratch("out"))
    }
    #expect(try scratch.tree() == tree(ofRun: "old"))
  }
}
