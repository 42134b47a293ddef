import Exceptions
import Testing

@testable import Reports

/// What a team's page says where there is little to say.
@Suite("Pages with little on them")
struct SparePageTests {
  private func page(_ path: String, _ exceptions: [CaseException]) throws -> String {
    var report = emptyReport()
    report.teams = [.named("alpha")]
    report.exceptions = exceptions
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let file = try #require(pageFiles(report, settings).first { $0.path == path })
    return String(decoding: file.contents, as: UTF8.self)
  }

  @Test("what is late by less than a day is late, not 0 days late")
  func minutes() throws {
    var exception = fullException()
    exception.daysLate = 0
    let text = try page("teams/alpha/drift.html", [exception])
    #expect(text.contains("data-v=\"0\">late<td"))
    #expect(!text.contains("0 days late<"))
  }

  @Test("cases without a team are made for no team")
  func nobody() throws {
    let nobody = try page("teams/no-team/drift.html", [exception("one", .none, list: .drift)])
    #expect(nobody.contains("No team is recorded for the cases on this page"))
    #expect(!nobody.contains("Made for"))
    let alpha = try page("teams/alpha/drift.html", [])
    #expect(alpha.contains("Made for alpha: please do not pass it on outside the team.</p>"))
  }

  @Test("no table of nobody, and a word on workers with nothing in its columns")
  func workers() throws {
    let none = try page("teams/alpha/drift.html", [])
    #expect(none.contains("<p>Nobody has a case on this list.</p>"))
    #expect(!none.contains("<caption>Those with an error"))
    let overdue = try page("teams/alpha/drift.html", [fullException()])
    #expect(overdue.contains("<caption>Those with an error"))
    #expect(!overdue.contains("Whoever has 0 in every column"))
    var waived = fullException()
    waived.worker = "Bob"
    waived.list = .waived
    let both = try page("teams/alpha/drift.html", [fullException(), waived])
    #expect(both.contains("Whoever has 0 in every column has only cases that are waived"))
  }
}
