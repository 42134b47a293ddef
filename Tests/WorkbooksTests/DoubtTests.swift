import Exceptions
import Testing
import WorkingTime

@testable import Workbooks

@Suite("A workbook of which rows may be missing")
struct DoubtTests {
  @Test("it says so in one cell more, above the headings", arguments: [0, 3])
  func doubt(_ count: Int) throws {
    let exceptions = (0..<count).map { number in
      CaseException(
        rule: "seen", status: .failed, severity: .error, list: .correction, pack: "",
        team: .named("East"), table: "visits", recordID: "V\(number)")
    }
    func cells(_ doubt: String) throws -> Int {
      let book = try teamWorkbook(
        team: "East", standing: "", exceptions: exceptions, rules: [:], asOf: .earliest,
        doubt: doubt)
      return try #require(WorkbookParts(book).cells)
    }
    #expect(try cells("Not whole this time: Visits.") == cells("") + 1)
  }
}
