import CheckRuns
import Exceptions
import Foundation
import Rulebooks
import TestSupport
import Testing
import WorkingTime

@Suite("Extracts that are written to while the rules are judged")
struct WrittenWhileJudgedTests {
  @Test("are not whole, and the run says so", arguments: [true, false])
  func written(_ isWritten: Bool) async throws {
    let folder = try ScratchFolder()
    try folder.write(
      "table: people\nfiles: [people.csv]\nprimaryKey: id\nfields: [{name: id}, {name: size, type: integer}]\n---\n"
        + "rules: [{rule: large, for: people, check: size > 9}]\n", to: "rules/rules.yaml")
    try folder.write("id,size\nP1,1\n", to: "extracts/people.csv")
    let path = folder.path("extracts/people.csv")
    let report = try await check(
      CheckRequest(
        extracts: [folder.path("extracts")], earlier: nil,
        rules: RuleSelection(folders: [folder.path("rules")]),
        asOf: try #require(CalendarDate(iso: "2016-06-01")), threads: 1, memory: nil,
        version: "test")
    ) { state in
      guard isWritten, state.exceptions > 0, let file = FileHandle(forWritingAtPath: path) else {
        return
      }
      _ = try? file.seekToEnd()
      try? file.write(contentsOf: Data("P2,1\n".utf8))
      try? file.close()
    }
    #expect(report.exceptions.map(\.rule) == ["large"])
    let kinds = report.inputs.flatMap(\.faults).map(\.kind)
    #expect(kinds == (isWritten ? ["changedWhileRead"] : []))
    #expect(report.tables.map(\.isWhole) == [!isWritten])
  }
}
