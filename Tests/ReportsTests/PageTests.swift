import Exceptions
import Foundation
import Reports
import Testing
import WorkingTime

@Suite("Pages")
struct PageTests {
  private func pages() throws -> PageSettings {
    PageSettings(brand: Brand(), templates: try PageTemplates())
  }

  private func text(_ path: String, _ files: [ReportFile]) -> String {
    files.first { $0.path == path }.map { String(decoding: $0.contents, as: UTF8.self) } ?? ""
  }

  /// A run with an exception that holds this text in every field that can hold it.
  private func report(_ hostile: String) -> RunReport {
    var report = figuresReport()
    var exception = exception("seen", .named(hostile))
    exception.worker = hostile
    exception.personID = hostile
    exception.recordID = hostile
    exception.value = hostile
    exception.message = hostile
    exception.fix = hostile
    exception.list = .drift
    exception.status = .overdue
    report.exceptions = [exception]
    report.rules[0].title = hostile
    report.rules[0].why = hostile
    report.remarks = [hostile]
    return report
  }

  @Test(
    "markup is inert, also where an accent stands behind it",
    arguments: [
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x",
      "\"\u{301} onmouseover=\"x", "<\u{301}script>", "'\u{301} onmouseover='x", "\u{600}\" x=\"",
      "<!--", "]]>", "{{brand.name}}", "{{{x}}}",
    ])
  func inert(_ hostile: String) throws {
    // Counted by bytes, as a browser reads: to Swift, a quote with an accent is no quote.
    func markup(_ report: RunReport) throws -> [[Int]] {
      try pageFiles(report, pages()).map { file in
        "<>\"'".utf8.map { mark in file.contents.count { $0 == mark } }
      }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    let harmless = try markup(report("Q"))
    #expect(try markup(report(hostile)) == harmless)
    #expect(harmless.count >= 3)
  }

  /// casecheck's own templates as a council would override them, each with `start` in front.
  private func pages(startingWith start: String) throws -> PageSettings {
    let own = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Reports/Templates")
    let folder = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in PageTemplates.names {
      let text = try String(
        contentsOf: own.appending(path: "\(name).mustache"), encoding: .utf8)
      try (start + text).write(
        to: folder.appending(path: "\(name).mustache"), atomically: true, encoding: .utf8)
    }
    return PageSettings(
      brand: Brand(), templates: try PageTemplates(overridingFrom: folder.path))
  }

  @Test(
    "pages are what the engine makes of the templates by its own means",
    arguments: [
      // A council's template: every line of it goes through the engine.
      "",
      // Every escaped text as well: casecheck escapes only in templates that begin with markup.
      "{{! by the engine }}",
    ])
  func engine(_ start: String) throws {
    let report = report("Q & \"<a href='x'>\" \"\u{301} é\u{600}\" 👩‍👩‍👧 \r\n{{x}}")
    let (ours, plain) = (
      pageFiles(report, try pages()), pageFiles(report, try pages(startingWith: start))
    )
    #expect(ours.map(\.path) == plain.map(\.path))
    for (mine, other) in zip(ours, plain) {
      #expect(mine.contents == other.contents, "\(mine.path)")
      #expect(mine.contents.count > 5_000, "\(mine.path)")
    }
  }

  @Test("pages call a table by its title, and say its name once in what is wrong with it")
  func titles() throws {
    var report = figuresReport()
    report.tables = [
      TableReport(name: "cases", title: "Open cases", rows: 7, isPresent: true, isWhole: false)
    ]
    report.rules.append(
      RuleReport(
        name: "seen", title: "Seen", why: "", source: "", pack: "statutory", table: "cases",
        kind: .check, fix: "", judgedNothing: ""))
    report.exceptions = [exception("seen", .named("East"), list: .drift)]
    report.faults = [
      FaultReport(
        kind: "shrunk", table: "cases", file: "", line: nil, field: "",
        message: "cases has 7 rows, and had 9 when it was last whole.")
    ]
    let files = pageFiles(report, try pages())
    for name in ["drift.html", "seen.html"] {
      let page = try #require(files.first { $0.path.hasSuffix(name) })
      let text = String(decoding: page.contents, as: UTF8.self)
      #expect(text.contains("<small>Open cases c1"), "\(name)")
      let reason = "<li>2 extracts are incomplete or damaged this time: Open cases, visits.</li>"
      #expect(text.contains(reason), "\(name)")
    }
    #expect(text("index.html", files).contains("<li>cases: has 7 rows, and had 9"))
  }

  @Test(
    "each printed sheet says whose it is, whatever the name",
    arguments: [
      Row("plain", "Looked After Children", "Looked After Children"),
      Row("that would end the string", "a\"}b\\", #"a\22 \7d b\5c "#),
      Row(
        "long", String(repeating: "x", count: 49), String(repeating: "x", count: 47) + #"\2026 "#),
    ] as [Row<String, String>])
  func sheets(_ row: Row<String, String>) throws {
    var report = figuresReport()
    report.teams = [.named(row.input)]
    report.exceptions = [exception("seen", .named(row.input), list: .drift)]
    let pages = pageFiles(report, try pages()).filter { $0.path.hasSuffix("drift.html") }
    let words = "content:\"Position on 31 March 2016. \(row.output)\";"
    #expect(pages.contains { String(decoding: $0.contents, as: UTF8.self).contains(words) })
  }

  @Test("the dashboard and the measures give one percentage, and a listed rule has its page")
  func reconcile() throws {
    var report = figuresReport()
    report.rules.append(
      RuleReport(
        name: "seen", title: "Seen", why: "", source: "", pack: "statutory", table: "visits",
        kind: .check, fix: "", judgedNothing: ""))
    let files = try runFiles(report, Set(OutputFormat.allCases), pages())
    let dashboard = text("index.html", files)
    #expect(dashboard.contains("66.7"))
    #expect(dashboard.contains("amber") || dashboard.contains("Amber"))
    #expect(text("measures.csv", files).contains("66.7"))
    let listed = text("exceptions.csv", files).split(separator: "\n").count - 1
    #expect(listed == report.exceptions.count)
    for exception in report.exceptions where report.rule(named: exception.rule) != nil {
      #expect(!text("rules/\(exception.rule).html", files).isEmpty)
    }
  }

  @Test(
    "the records that were read are told in words that fit their number",
    arguments: [
      Row("none", (0, 0), "0 records were read: 0 were checked and 0 could not be read."),
      Row("one", (1, 0), "1 record was read: 1 was checked and 0 could not be read."),
      Row("all checked", (3, 0), "3 records were read: 3 were checked and 0 could not be read."),
      Row(
        "one rejected", (1_200, 1),
        "1,201 records were read: 1,200 were checked and 1 could not be read. That one is listed, with the reason, in the folder “rejects”."
      ),
      Row(
        "some rejected", (1, 2),
        "3 records were read: 1 was checked and 2 could not be read. Those are listed, with the reason, in the folder “rejects”."
      ),
    ] as [Row<(Int, Int), String>])
  func recordsRead(_ row: Row<(Int, Int), String>) throws {
    var report = emptyReport()
    report.inputs = [InputReport(path: "visits.csv", table: "visits")]
    report.inputs[0].rowsRead = row.input.0 + row.input.1
    report.inputs[0].rowsChecked = row.input.0
    report.inputs[0].rowsRejected = row.input.1
    #expect(text("index.html", pageFiles(report, try pages())).contains("<p>\(row.output)</p>"))
  }

  @Test("what is still in time stands beside what was met and broken: together they were judged")
  func inTime() throws {
    var report = figuresReport()
    report.rules.append(
      RuleReport(
        name: "seen", title: "Seen", why: "", source: "", pack: "statutory", table: "visits",
        kind: .deadline, fix: "", judgedNothing: ""))
    report.measures[0].counts.dueSoon = 2
    report.measures[0].counts.pending = 3
    var team = report.measures[0]
    team.scope = .team(.named("East"))
    report.measures.append(team)
    let files = pageFiles(report, try pages())
    let figures = [8, 2, 1, 5, 1]
    let cells = figures.map { "<td class=\"n\">\($0)" }.joined() + "\n"
    #expect(text("index.html", files).contains(cells))
    #expect(text("index.html", files).contains(figures.map { "<td>\($0)" }.joined() + "\n"))
    let rows = text("rules/seen.html", files).components(separatedBy: cells).count - 1
    #expect(rows == 2)
  }

  @Test("a council's template takes the place of ours, and a mistake in it is told with its line")
  func templates() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("templates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("Ours: {{team}}".utf8).write(to: folder.appendingPathComponent("drift.mustache"))
    var settings = try pages()
    settings.templates = try PageTemplates(overridingFrom: folder.path)
    let files = pageFiles(report("<b>"), settings)
    let page = files.first { $0.path.hasSuffix("drift.html") }
    #expect(page.map { String(decoding: $0.contents, as: UTF8.self) } == "Ours: &lt;b&gt;")

    try Data("a\n{{#open}}\n".utf8).write(to: folder.appendingPathComponent("index.mustache"))
    let mistake = #expect(throws: PageTemplates.Mistake.self) {
      try PageTemplates(overridingFrom: folder.path)
    }
    #expect(mistake?.file.hasSuffix("index.mustache") == true)
    try Data("x".utf8).write(to: folder.appendingPathComponent("indx.mustache"))
    try FileManager.default.removeItem(at: folder.appendingPathComponent("index.mustache"))
    #expect(throws: PageTemplates.Mistake.self) { try PageTemplates(overridingFrom: folder.path) }
  }

  @Test("a colour as #rrggbb gets into a style")
  func colour() { #expect(Brand(accent: "#7A1f5c").accent == "#7A1f5c") }

  @Test(
    "only a colour as #rrggbb gets into a style",
    arguments: ["red", "#12345", "#12345g", "#123456;}", "url(x)", "#1234567"])
  func colours(_ text: String) {
    #expect(Brand(accent: text).accent == "#1d4f91")
  }
}

@Suite("Mail")
struct MailTests {
  private func message(_ subject: String) -> MailMessage {
    MailMessage(
      from: "a@example.gov.uk", to: "b@example.gov.uk", subject: subject, date: day("2016-01-31"),
      identity: "2016-01-31.east", text: Array("Hello\n".utf8), html: Array("<p>Hello</p>".utf8))
  }

  private func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

  @Test("it is dated to the run, and the same bytes each time")
  func date() {
    let text = String(decoding: message("x").bytes, as: UTF8.self)
    #expect(text.contains("\nDate: Sun, 31 Jan 2016 06:00:00 +0000\n"))
    #expect(text.hasPrefix("To: b@example.gov.uk\n"))
    #expect(message("x").bytes == message("x").bytes)
  }

  @Test(
    "a subject is one header, whatever stands in it",
    arguments: [
      "plain", String(repeating: "\u{177}", count: 300), "a\nBcc: c@example.com",
      "a\r\nX: y", String(repeating: "T\u{177} ", count: 60),
      "\u{1F600}", "=?utf-8?B?eA==?=",
    ])
  func subject(_ subject: String) {
    let text = String(decoding: message(subject).bytes, as: UTF8.self)
    let head = text.components(separatedBy: "\n\n")[0]
    let names = head.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map {
      $0.prefix { $0 != ":" }
    }
    #expect(
      names == [
        "To", "From", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted",
        "Content-Type",
      ])
    #expect(
      head.split(separator: "\n").allSatisfy {
        $0.utf8.count <= 100 && $0.utf8.allSatisfy { $0 < 0x80 }
      })
    #expect(MailMessage.identity(message(subject).bytes).hasPrefix("<2016-01-31.east"))
  }

  @Test("what a body says is no header")
  func identityOfNone() {
    #expect(MailMessage.identity(Array("To: x\n\nMessage-ID: <y>\n".utf8)) == "")
  }
}
