import Exceptions
import Reports
import Testing
import WorkingTime

@Suite("Waived cases")
struct WaivedCaseTests {
  private func waiver(until: String, by name: String, reason: String) throws -> Waiver {
    Waiver(
      rule: "seen", table: "", record: "V1", occasion: nil, reason: reason, agreedBy: name,
      agreedOn: try #require(CalendarDate(iso: "2016-01-31")),
      until: try #require(CalendarDate(iso: until)))
  }

  private func list(_ name: String, of waivers: [Waiver]) throws -> String {
    var report = emptyReport()
    var exception = fullException()
    exception.list = .waived
    exception.waivedUntil = CalendarDate(iso: "2016-04-30")
    report.exceptions = [exception]
    report.waivers = WaiverOutcome()
    report.waivers?.all = waivers
    let pages = PageSettings(brand: Brand(), templates: try PageTemplates())
    let file = try runFiles(report, [.csv, .html], pages).first { $0.path.hasSuffix(name) }
    return String(decoding: try #require(file).contents, as: UTF8.self)
  }

  @Test("the manager's lists say who agreed, why and until when, by the waiver that holds longest")
  func agreed() throws {
    let waivers = [
      try waiver(until: "2016-03-31", by: "A Elm", reason: "Other"),
      try waiver(until: "2016-04-30", by: "J Oak & Co", reason: "Abroad"),
    ]
    let page = try list("drift.html", of: waivers)
    #expect(page.contains(">Agreed until 30 April 2016 by J Oak &amp; Co: Abroad</p>"))
    #expect(!page.contains("A Elm"))
    let rows = try list("drift.csv", of: waivers)
    #expect(
      rows.contains(
        "\"Not seen, and it should be. Agreed until 2016-04-30 by J Oak & Co: Abroad\""))
  }

  @Test("of one whose waiver is not known, they say the day")
  func unknown() throws {
    #expect(try list("drift.html", of: []).contains(">Agreed until 30 April 2016.</p>"))
  }
}
