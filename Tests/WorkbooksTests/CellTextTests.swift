import Exceptions
import Testing
import WorkingTime

@testable import Workbooks

@Suite("Cells of a workbook")
struct CellTextTests {
  @Test(
    "what a workbook would take for something else is escaped or replaced",
    arguments: [
      ("plain", "plain"), ("_x0041_", "_x005F_x0041_"), ("a_x000D_b", "a_x005F_x000D_b"),
      ("_x00_", "_x00_"), ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
      ("\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}"), ("T\u{177} Hafan", "T\u{177} Hafan"),
    ])
  func escapes(_ row: (text: String, shown: String)) {
    #expect(CellText(row.text).shown == row.shown)
  }

  @Test(
    "a text is cut by the units in which Excel counts",
    arguments: [
      (String(repeating: "a", count: 32_767), false), (String(repeating: "a", count: 32_768), true),
      ("e" + String(repeating: "\u{301}", count: 40_000), true),
      (String(repeating: "\u{1F600}", count: 16_383), false),
      (String(repeating: "\u{1F600}", count: 16_384), true),
      // An escaped text takes more room in the file than it shows.
      ("_x000D_" + String(repeating: "a", count: 32_760), true),
    ])
  func cuts(_ row: (text: String, isCut: Bool)) {
    let shown = CellText(row.text).shown
    #expect(shown.utf16.count <= 32_767)
    #expect(shown.hasSuffix("has the whole text)") == row.isCut)
    if !row.isCut { #expect(shown == row.text) }
  }

  @Test("the same exceptions give the same bytes")
  func sameBytes() throws {
    var report = RunReport(
      version: "0", asOf: CalendarDate(iso: "2016-01-31") ?? .earliest, rulesDigest: "",
      ruleFolders: [], packs: [], parameters: [])
    report.exceptions = [
      CaseException(
        rule: "r", status: .failed, severity: .error, list: .correction, pack: "", team: .none,
        table: "t", recordID: "1")
    ]
    func book() throws -> [UInt8] {
      try teamWorkbook(
        team: "\u{1}T", standing: "At zero.", exceptions: report.exceptions, rules: [:],
        asOf: report.asOf)
    }
    let first = try book()
    #expect(first.starts(with: Array("PK".utf8)))
    #expect(try book() == first)
  }
}
