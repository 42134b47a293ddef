import Exceptions
import Testing
import WorkingTime

@testable import Workbooks

@Suite("The summary of a workbook")
struct SummarySheetTests {
  private func exceptions(_ status: CaseException.Status, _ count: Int) -> [CaseException] {
    Array(
      repeating: CaseException(
        rule: "seen", status: status, severity: .error, list: .drift, pack: "",
        team: .named("alpha"), table: "visits", recordID: "V1"), count: count)
  }

  @Test(
    "it counts what is to be put right apart from what was done late",
    arguments: [
      (0, 0, "Nothing to put right on this list."), (1, 0, "1 exception to put right."),
      (
        35, 2,
        "35 exceptions to put right; 2 done late or never, which stay unless a date is wrong."
      ),
      (
        1, 1, "1 exception to put right; 1 done late or never, which stays unless a date is wrong."
      ),
      (0, 1, "Nothing to put right; 1 done late or never, which stays unless a date is wrong."),
      (
        1_200, 1_000,
        "1,200 exceptions to put right; 1,000 done late or never, which stay unless a date is wrong."
      ),
    ])
  func total(_ due: Int, _ late: Int, _ words: String) {
    let sheet = SummarySheet(
      exceptions(.overdue, due) + exceptions(.late, late), team: "alpha", standing: "",
      rules: [:], asOf: .earliest)
    #expect(sheet.total == words)
  }
}
