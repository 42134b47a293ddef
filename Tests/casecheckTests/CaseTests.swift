import Foundation
import TestSupport
import Testing

/// `casecheck case` on the samples.
@Suite("Case file")
struct CaseTests {
  @Test("a child's chronology and the reasoning of every verdict are what they were")
  func golden() throws {
    let outcome = try BuiltProgram().run(
      [
        "case", "4100264", "Samples/paris", "--rules", "Rules", "--pack", "statutory", "--as-of",
        "2016-01-31",
      ], in: projectFolder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    try expectGolden(outcome.output, "case-4100264.txt")
  }

  @Test("its verdicts are those of the lists, on any day")
  func agrees() throws {
    let scratch = try ScratchFolder()
    for asOf in ["2015-10-20", "2016-01-31"] {
      _ = try BuiltProgram().run(
        [
          "validate", "Samples/paris", "--rules", "Rules", "--as-of", asOf, "--out",
          scratch.path("OUT"),
        ], in: projectFolder)
      let listed = csvRows(
        String(
          decoding: try Data(contentsOf: scratch.url.appendingPathComponent("OUT/exceptions.csv")),
          as: UTF8.self)
      ).filter { $0["person_id"] == "4100264" }.map {
        "\($0["rule"] ?? "") \($0["record_id"] ?? "") \($0["occasion"] ?? "") \($0["status"] ?? "")"
      }
      let shown = try BuiltProgram().run(
        [
          "case", "4100264", "Samples/paris", "--rules", "Rules", "--at", asOf, "--format", "json",
        ], in: projectFolder)
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any])
      let findings = try #require(json["findings"] as? [[String: Any]])
      let broken = findings.compactMap { finding -> String? in
        let status = finding["status"] as? String ?? ""
        guard ["failed", "late", "overdue", "cannot-judge"].contains(status) else { return nil }
        let occasion = (finding["occasion"] as? Int).map(String.init) ?? ""
        return "\(finding["rule"] ?? "") \(finding["record"] ?? "") \(occasion) \(status)"
      }
      #expect(Set(listed).isSubset(of: Set(broken)))
      #expect(!findings.isEmpty)
    }
  }

  @Test("a number that nobody has is told, and not quoted")
  func unknown() throws {
    let outcome = try BuiltProgram().run(
      ["case", "Nobody17", "Samples/paris", "--rules", "Rules", "--as-of", "2016-01-31"],
      in: projectFolder)
    #expect(outcome.status == 1)
    #expect(!outcome.errors.contains("Nobody17"))
  }
}
