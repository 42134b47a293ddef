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

  @Test(
    "columns of identifiers are named by their cells",
    arguments: [
      ([2], 1...21, "C2:C22"), ([2, 4, 25], 1...1_000_020, "C2:C1000021 E2:E1000021 Z2:Z1000021"),
      ([], 1...2, ""),
    ] as [([Int], ClosedRange<Int>, String)])
  func ranges(_ columns: [Int], _ rows: ClosedRange<Int>, _ words: String) {
    #expect(columnRanges(columns, rows: rows) == words)
  }

  @Test(
    "identifiers are not flagged as numbers stored as text",
    arguments: [Workbook.Size.small, .usual, .long])
  func identifiers(_ size: Workbook.Size) throws {
    func book(flagged: Bool) throws -> [UInt8] {
      var book = try Workbook(title: "Lists", created: .earliest, size: size)
      let sheet = try book.sheet("List")
      try book.write("0012345", sheet, row: 1, column: 2)
      if !flagged { try book.setTexts(sheet, columns: [2], rows: 1...1) }
      return try book.finish()
    }
    let (plain, flagged) = (try book(flagged: false), try book(flagged: true))
    #expect(WorkbookParts(plain).cells == 1)
    // The parts are packed; that one more element stands in the sheet shows in the size.
    #expect(plain.count > flagged.count)
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
