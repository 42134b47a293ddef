import Exceptions
import Testing
import WorkingTime

@testable import Reports

@Suite("What was done late")
struct LateAdviceTests {
  private func late(_ doneOn: String, _ days: Int?) -> CaseException {
    var exception = fullException()
    exception.status = .late
    exception.doneOn = doneOn
    exception.daysLate = days
    return exception
  }

  @Test(
    "nobody is told to do again what has been done",
    arguments: [
      (
        "2015-12-31", 1,
        "Done on 31 December 2015, 1 day late: nothing to do unless a date is wrong."
      ),
      (
        "2015-12-31", 3,
        "Done on 31 December 2015, 3 days late: nothing to do unless a date is wrong."
      ),
      (
        "2015-12-31T16:30", 0,
        "Done on 31 December 2015, late: nothing to do unless a date is wrong."
      ),
      (
        "", 12,
        "Not done while it was owed: nothing to do unless it was done and not recorded, or a date is wrong."
      ),
    ])
  func advice(_ doneOn: String, _ days: Int, _ words: String) {
    #expect(late(doneOn, days).lateAdvice(PageDates.long) == words)
  }

  @Test("what is still to be done keeps the advice of its rule")
  func open() { #expect(fullException().lateAdvice(PageDates.long) == nil) }

  @Test("the manager's list says so with dates as it has them; exceptions.csv keeps the advice")
  func lists() {
    var report = emptyReport()
    report.exceptions = [late("2015-12-31", 3)]
    let advice = "\"Done on 2015-12-31, 3 days late: nothing to do unless a date is wrong.\""
    let own = "\"See the \"\"child\"\".\""
    let drift = text("teams/alpha/drift.csv", of: report)
    #expect(drift.contains(advice) && !drift.contains(own))
    let all = text("exceptions.csv", of: report)
    #expect(all.contains(own) && !all.contains(advice))
  }

  @Test("only where there is an earlier run is it known what was done late since")
  func explained() {
    let section = DriftItem.Section.late
    #expect(section.explanation(isCompared: true).hasSuffix("listed as that for the first time."))
    let words = "There is no earlier run to compare with, so all are listed, new or not."
    #expect(section.explanation(isCompared: false).hasSuffix(words))
  }

  @Test("pages say so beside the case, but not of what is waived")
  func pages() throws {
    var report = emptyReport()
    report.rules = [
      RuleReport(
        name: "seen", title: "Seen", why: "", source: "", pack: "statutory", table: "visits",
        kind: .deadline, fix: "Finish it.", judgedNothing: "")
    ]
    var waived = late("2015-12-31", 3)
    waived.recordID = "V2"
    waived.list = .waived
    waived.waivedUntil = CalendarDate(iso: "2016-04-30")
    report.exceptions = [late("2015-12-31", 3), waived]
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let files = pageFiles(report, settings).filter { $0.path != "index.html" }
    #expect(files.count == 2)
    for file in files {
      let text = String(decoding: file.contents, as: UTF8.self)
      let told = text.ranges(of: "<p>Done on 31 December 2015, 3 days late: nothing to do")
      #expect(told.count == 1, "\(file.path)")
      #expect(!text.contains("for the first time"), "\(file.path)")
    }
  }
}
