import Exceptions
import Testing

@testable import Reports

@Suite("What faults mean for a team")
struct TeamFaultsTests {
  private func fault(_ kind: String, _ table: String, _ message: String = "") -> FaultReport {
    FaultReport(kind: kind, table: table, file: "", line: nil, field: "", message: message)
  }

  @Test("many faults of one kind are one line, and a table is told once")
  func grouped() {
    let faults = [
      fault("shrunk", "visits"), fault("missingTable", "b"), fault("missingFile", "a"),
      fault("incomplete", "a"), fault("incomplete", "visits"), fault("older", "people"),
      fault("ledgerLost", ""), fault("missingFile", ""), fault("unreadable", ""),
      fault("later", "reviews"),
    ]
    let told = TeamFaults(faults) { "the \($0)" }
    #expect(
      told.sentences == [
        "No extract was found, so that nothing was checked.",
        "2 tables have no extract this time: the a, the b.",
        "The extract of the people is an old one.",
        "The extract of the reviews is that of a later day.",
        "The extract of the visits is incomplete or damaged this time.",
        "What earlier runs found is not known: what is new, and since when, may be wrong.",
        "Something among the extracts could not be read.",
      ])
  }

  @Test("pages and mails of teams name no option, and no line begins with a colon")
  func pages() throws {
    var report = figuresReport()
    report.tables.append(
      TableReport(name: "a", title: "Reviews", rows: 0, isPresent: false, isWhole: false))
    report.faults = [
      fault("missingTable", "a", "a: earlier runs had it. Run once with --accept-shrink a."),
      fault("missingFile", "", "No file was found."),
    ]
    report.addresses = [.named("East"): "east@example.gov.uk"]
    report.rules.append(
      RuleReport(
        name: "seen", title: "Seen", why: "", source: "", pack: "", table: "visits", kind: .check,
        fix: "", judgedNothing: ""))
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let files = pageFiles(report, settings)
    let mails = teamMails(
      report,
      MailSettings(
        from: "a@example.gov.uk", addresses: [], attachesLists: false, out: "/out", job: "job"),
      settings, files: files
    ).mails.flatMap { [$0.message.text, $0.message.html] }
    #expect(mails.count == 2)
    let lists = files.filter { $0.path != "index.html" }.map(\.contents) + mails
    for list in lists.map({ String(decoding: $0, as: UTF8.self) }) {
      #expect(list.contains("There is no extract of Reviews this time."))
      #expect(list.contains("- No extract was found") || list.contains("<li>No extract was found"))
      #expect(!list.contains("--accept-shrink"))
    }
    let index = try #require(files.first { $0.path == "index.html" })
    let overview = String(decoding: index.contents, as: UTF8.self)
    #expect(overview.contains("<li>a: earlier runs had it. Run once with --accept-shrink a.</li>"))
    #expect(overview.contains("<li>No file was found.</li>"))
  }
}
