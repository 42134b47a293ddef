import Foundation
import SystemPackage
import Testing

@testable import Delivery

/// Somebody who may write beside the output swaps names while it is being put in place.
struct SwappedLinkTests {
  @Test func anOutputBehindALinkIsLeftAlone() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    try publish(run("other"), to: scratch("other"))
    var calls = DiskCalls()
    var isSwapped = false
    calls.exchange = { partial, folder in
      if !isSwapped {
        try FileManager.default.moveItem(atPath: folder.string, toPath: scratch("aside"))
        try scratch.link("out", to: "other")
      }
      isSwapped = true
      try Delivery.exchange(partial, with: folder)
    }
    #expect(throws: DeliveryFault.link(path: scratch("out"))) {
      try publish(run("new"), to: scratch("out"), modes: .ownerOnly, calls: calls)
    }
    var expected = tree(ofRun: "old", in: "aside")
    expected.merge(tree(ofRun: "other", in: "other")) { a, _ in a }
    expected["out"] = "-> other"
    #expect(try scratch.tree() == expected)
  }

  @Test(arguments: [false, true])
  func whatWasPutInPlaceOfTheNewOutputDoesNotStay(_ hasOld: Bool) throws {
    let scratch = try Scratch()
    if hasOld { try publish(run("old"), to: scratch("out")) }
    try publish(run("forged"), to: scratch("forged"))
    func swap(_ partial: FilePath) throws {
      try FileManager.default.moveItem(atPath: partial.string, toPath: scratch("stolen"))
      try scratch.link(partial.lastComponent?.string ?? "", to: "forged")
    }
    var calls = DiskCalls()
    var isSwapped = false
    calls.exchange = { partial, folder in
      if !isSwapped { try swap(partial) }
      isSwapped = true
      try Delivery.exchange(partial, with: folder)
    }
    calls.move = { partial, folder in
      if !isSwapped { try swap(partial) }
      isSwapped = true
      try Delivery.move(partial, to: folder)
    }
    #expect(throws: DeliveryFault.self) {
      try publish(run("new"), to: scratch("out"), modes: .ownerOnly, calls: calls)
    }
    let found = try scratch.tree().filter { $0.key.hasPrefix("out") }
    #expect(found == (hasOld ? tree(ofRun: "old") : [:]))
    let forged = tree(ofRun: "forged", in: "forged").filter { $0.key != "forged/" }
    #expect(try scratch.tree("forged") == forged)
  }

  @Test func removingGoesThroughNoLink() throws {
    let scratch = try Scratch()
    try publish(run("other"), to: scratch("other"))
    try scratch.makeFolder("gone/deep")
    try scratch.write("x", to: "gone/deep/file")
    try scratch.link("gone/deep/link", to: "../../other")
    try scratch.link("way", to: "other")
    #expect(throws: (any Error).self) { try removeTree(FilePath(scratch("way"))) }
    try removeTree(FilePath(scratch("gone")))
    var expected = tree(ofRun: "other", in: "other")
    expected["way"] = "-> other"
    #expect(try scratch.tree() == expected)
  }
}
