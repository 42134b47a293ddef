import Foundation
import SystemPackage
import Testing

@testable import Delivery

struct ForeignOutputTests {
  /// What may already be where a mistyped `--out` points, and the fault that protects it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let prepare: @Sendable (Scratch) throws -> Void
    let fault: @Sendable (String) -> DeliveryFault

    init(
      _ name: String, _ prepare: @escaping @Sendable (Scratch) throws -> Void,
      fault: @escaping @Sendable (String) -> DeliveryFault
    ) {
      testDescription = name
      self.prepare = prepare
      self.fault = fault
    }
  }

  @Test(arguments: [
    Case("a folder of somebody's") { scratch in
      try scratch.makeFolder("out")
      try scratch.write("mine", to: "out/letter.txt")
    } fault: {
      .foreignFolder(path: $0)
    },
    Case("a folder of folders") {
      try $0.makeFolder("out/2016")
    } fault: {
      .foreignFolder(path: $0)
    },
    Case("a ledger in an output") { scratch in
      try publish(run("old"), to: scratch("out"))
      try scratch.write("mine", to: "out/ledger.sqlite")
    } fault: {
      .foreignEntry(path: $0, entry: "ledger.sqlite")
    },
    Case("older outputs in an output") { scratch in
      try publish(run("old"), to: scratch("out"))
      try publish(run("older"), to: scratch("out/2016-03-01"))
    } fault: {
      .foreignEntry(path: $0, entry: "2016-03-01")
    },
    Case("a page of somebody's beside those of a team") { scratch in
      try publish(run("old"), to: scratch("out"))
      try scratch.makeFolder("out/teams/east")
      try scratch.write("mine", to: "out/teams/east/drift.02.html")
    } fault: {
      .foreignEntry(path: $0, entry: "teams/east/drift.02.html")
    },
    Case("a folder under the name of one of our files") { scratch in
      try publish(run("old"), to: scratch("out"))
      try scratch.makeFolder("out/rejects/visits.csv")
      try scratch.write("mine", to: "out/rejects/visits.csv/questions.txt")
    } fault: {
      .foreignEntry(path: $0, entry: "rejects/visits.csv")
    },
    Case("a folder under the name of a team's page") { scratch in
      try publish(run("old"), to: scratch("out"))
      try scratch.makeFolder("out/teams/east/drift.html")
    } fault: {
      .foreignEntry(path: $0, entry: "teams/east/drift.html")
    },
    Case("a file") {
      try $0.write("mine", to: "out")
    } fault: {
      .notAFolder(path: $0)
    },
    Case("a link to an output") { scratch in
      try publish(run("old"), to: scratch("dated"))
      try scratch.link("out", to: "dated")
    } fault: {
      .link(path: $0)
    },
    Case("a link to nothing") {
      try $0.link("out", to: "nothing")
    } fault: {
      .link(path: $0)
    },
  ])
  func isRefusedAndKept(_ example: Case) throws {
    let scratch = try Scratch()
    try example.prepare(scratch)
    let before = try scratch.tree()
    #expect(throws: example.fault(scratch("out"))) { try publish(run("new"), to: scratch("out")) }
    #expect(throws: example.fault(scratch("out"))) { try publish(run("new"), to: scratch("out/")) }
    #expect(try scratch.tree() == before)
  }

  @Test func replacesAListThatGoesOn() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    try scratch.makeFolder("out/teams/east")
    for name in ["drift.html", "drift.2.html", "drift.10.html"] {
      try scratch.write("ours", to: "out/teams/east/" + name)
    }
    try publish(run("new"), to: scratch("out"))
    #expect(try scratch.tree() == tree(ofRun: "new"))
  }

  @Test(arguments: ["", ".", "..", "/", "a/..", "a\0b"])
  func needsAName(_ path: String) {
    #expect(throws: DeliveryFault.notAName(path: path)) { try publish(run("new"), to: path) }
  }

  /// Somebody puts a file of their own there between the check and the exchange.
  @Test(arguments: [true, false])
  func isPutBackWhenItComesAtTheLastMoment(_ canExchange: Bool) throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    let place = scratch("out")
    var calls = DiskCalls()
    calls.exchange = { a, b in
      if !FileManager.default.fileExists(atPath: place + "/letter.txt") {
        try Data("mine".utf8).write(to: URL(fileURLWithPath: place + "/letter.txt"))
      }
      if !canExchange { throw Errno.invalidArgument }
      try Delivery.exchange(a, with: b)
    }
    #expect(throws: DeliveryFault.foreignEntry(path: place, entry: "letter.txt")) {
      try publish(run("new"), to: place, modes: .ownerOnly, calls: calls)
    }
    var expected = tree(ofRun: "old")
    expected["out/letter.txt"] = "mine"
    #expect(try scratch.tree() == expected)
  }
}
