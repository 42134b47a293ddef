import Foundation
import TestSupport
import Testing

/// One child in three kinds of export: the rules that all three can judge say the same.
@Suite("Three kinds of export")
struct ThreeExportsTests {
  @Test("say the same", arguments: ["paris", "annex-a", "standard-dataset"])
  func saysTheSame(_ kind: String) throws {
    let scratch = try ScratchFolder()
    let outcome = try BuiltProgram().run(
      [
        "validate", "Samples/three-exports/\(kind)", "--rules", "Rules", "--pack", "statutory",
        "--pack", "data-quality", "--pack", "torbay", "--as-of", "2016-01-31", "--out",
        scratch.path("OUT"),
      ], in: projectFolder)
    #expect(outcome.status == 1, "\(outcome.output + outcome.errors)")
    func rows(_ path: String) throws -> [[String: String]] {
      csvRows(
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
          .replacing("\r\n", with: "\n"))
    }
    let agreed = try rows(
      projectFolder.appendingPathComponent("Samples/three-exports/agree.csv").path)
    #expect(agreed.count >= 10)
    let rules = Set(agreed.compactMap { $0["rule"] })
    func key(_ row: [String: String]) -> [String] {
      [row["rule"] ?? "", row["record_id"] ?? "", row["status"] ?? ""]
    }
    let found = try rows(scratch.path("OUT/exceptions.csv")).filter {
      rules.contains($0["rule"] ?? "")
    }
    #expect(Set(found.map(key)) == Set(agreed.map(key)))
  }
}
