import Exceptions
import Testing
import WorkingTime

@testable import Reports

/// Since when a team's exceptions have been listed, and how long its cases have waited.
@Suite("Open since when")
struct OpenSinceTests {
  struct Case: Sendable {
    var overdue = 0
    var toldLate = 0
    var unsettled = 0
    var oldest: String?
    var isFirst = false
  }

  private func report(_ given: Case) -> RunReport {
    var report = emptyReport()
    report.teams = [.named("alpha")]
    var late = fullException()
    late.status = .late
    late.doneOn = "2016-03-20"
    late.change = .same
    report.exceptions =
      Array(repeating: fullException(), count: given.overdue)
      + Array(repeating: late, count: given.toldLate)
    var news = LedgerNews()
    news.previous = given.isFirst ? nil : CalendarDate(iso: "2016-03-24")
    news.teams = [
      TeamStanding(
        team: .named("alpha"), listed: given.overdue + given.toldLate, waived: 0,
        unsettled: given.unsettled, zeroSince: nil,
        oldest: given.oldest.flatMap { CalendarDate(iso: $0) })
    ]
    report.news = news
    return report
  }

  @Test(
    "what is listed since when is told apart from how long it has waited",
    arguments: [
      Row(
        "one of the first run", Case(overdue: 1, oldest: "2016-03-31", isFirst: true),
        "1 exception, first listed in this run, and the longest wait is 80 days."),
      Row(
        "two of this run", Case(overdue: 2, oldest: "2016-03-31"),
        "2 exceptions, listed since this run, and the longest wait is 80 days."),
      Row(
        "one", Case(overdue: 1, oldest: "2016-03-24"),
        "1 exception, listed since 2016-03-24, and the longest wait is 80 days."),
      Row(
        "two", Case(overdue: 2, oldest: "2016-03-24"),
        "2 exceptions, listed since 2016-03-24 at the longest, and the longest wait is 80 days."),
      Row(
        "some done late", Case(overdue: 2, toldLate: 1, oldest: "2016-03-24"),
        "3 exceptions (1 of them done late or never, and listed before), the others listed since 2016-03-24 at the longest, and the longest wait is 80 days."
      ),
      Row(
        "one done late", Case(toldLate: 1),
        "1 exception, done late or never and listed before; it is on the team's exception list, and nothing is to be done unless a date is wrong."
      ),
      Row(
        "all done late", Case(toldLate: 2),
        "2 exceptions, done late or never and listed before; they are on the team's exception list, and nothing is to be done unless a date is wrong."
      ),
      Row(
        "one not judged", Case(unsettled: 1, oldest: "2016-03-24"),
        "nothing is listed, but 1 exception of earlier runs could not be judged, first listed on 2016-03-24."
      ),
      Row(
        "two not judged", Case(unsettled: 2, oldest: "2016-03-24"),
        "nothing is listed, but 2 exceptions of earlier runs could not be judged, the first listed on 2016-03-24."
      ),
    ] as [Row<Case, String>])
  func sentence(_ row: Row<Case, String>) {
    let list = text("teams/alpha/drift.csv", of: report(row.input))
    #expect(list.contains("Not at zero: " + row.output), "\(list)")
  }

  @Test("each list writes its days as it writes others")
  func days() throws {
    var report = report(Case(overdue: 2, toldLate: 1, oldest: "2016-03-24"))
    report.staleness = Staleness(run: try #require(report.news?.previous))
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let page = try #require(
      pageFiles(report, settings).first { $0.path == "teams/alpha/drift.html" })
    let text = String(decoding: page.contents, as: UTF8.self)
    #expect(text.contains("the others listed since 24 March 2016 at the longest, and the"))
    #expect(text.contains("as in the run of 24 March 2016:"))
    #expect(!text.contains("of 2016-03-24"))
    let team = try #require(RunTally(report).teams.first)
    let said = team.sentence(after: report, inWorkbook: true) { _ in "24/03/2016" }
    #expect(
      said.hasPrefix(
        "Not at zero: 3 exceptions, listed since 24/03/2016 at the longest apart from what was done late or never, and the longest wait is 80 days."
      ), "\(said)")
    #expect(said.contains("as in the run of 24/03/2016:"))
  }

  @Test("the subject of a mail does not ask to put right what was done late")
  func subject() throws {
    var report = report(Case(overdue: 1, toldLate: 1))
    var done = fullException()
    done.status = .late
    done.doneOn = "2016-03-30"
    done.change = .done
    report.exceptions.append(done)
    let team = try #require(RunTally(report).teams.first)
    #expect(team.subject(after: report) == "1 exception to put right, 2 done late or never")
  }
}
