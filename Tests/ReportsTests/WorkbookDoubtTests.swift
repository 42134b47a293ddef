import Exceptions
import Testing

@testable import Reports

@Suite("The doubt above a workbook's table")
struct WorkbookDoubtTests {
  /// A run with three tables and a rule on each of the first two.
  private func report(notWhole: Set<String>) -> RunReport {
    var report = emptyReport()
    report.tables = ["people", "visits"].map { name in
      TableReport(
        name: name, title: "All \(name)", rows: 1, isPresent: true,
        isWhole: !notWhole.contains(name))
    }
    let earlier = EarlierName.name(of: "people")
    report.earlierTables = [
      TableReport(
        name: earlier, title: "All people", rows: 1, isPresent: true,
        isWhole: !notWhole.contains(earlier))
    ]
    report.rules = [("seen", ["visits"]), ("moved", ["people", earlier])].map { name, reads in
      var rule = RuleReport(
        name: name, title: "", why: "", source: "", pack: "", table: reads[0], kind: .check,
        fix: "", judgedNothing: "")
      rule.reads = reads
      return rule
    }
    return report
  }

  private func named(_ tables: String) -> String {
    "Not whole this time: \(tables). Rows may be missing here, or stand here only for want of records; see the sheet “Summary”."
  }

  @Test("it names the tables that are not whole, of those on which the rules of the rows rest")
  func tables() {
    let seen = exception("seen", .named("East"))
    let moved = exception("moved", .named("East"))
    #expect(workbookDoubt([seen], report(notWhole: ["visits"])) == named("All visits"))
    #expect(workbookDoubt([moved], report(notWhole: ["visits"])) == "")
    #expect(
      workbookDoubt([moved], report(notWhole: ["people", "(earlier) people"]))
        == named("All people, All people of last period"))
    #expect(workbookDoubt([seen, moved], report(notWhole: [])) == "")
  }

  @Test("an empty list rests on every table, and what is waived is not on it")
  func empty() {
    var waived = exception("moved", .named("East"))
    waived.list = .waived
    for exceptions in [[], [waived]] {
      #expect(workbookDoubt(exceptions, report(notWhole: ["visits"])) == named("All visits"))
    }
  }
}
