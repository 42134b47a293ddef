import Exceptions
import Foundation
import Reports
import Testing

/// Lists that are too long for one page.
@Suite("Long lists")
struct LongListTests {
  /// A run in which one rule and one team have this many exceptions, each on a record of its own.
  private func report(_ count: Int, message: String = "") -> RunReport {
    var report = figuresReport()
    report.exceptions = (0..<count).map { number in
      var exception = exception("seen", .named("East"), list: .drift)
      exception.status = .overdue
      exception.personID = "P\(100_000 + number)"
      exception.recordID = "R\(100_000 + number)"
      exception.message = message
      exception.daysLate = 1
      return exception
    }
    report.rules = ["aside", "seen"].map { name in
      RuleReport(
        name: name, title: name, why: "", source: "", pack: "statutory", table: "visits",
        kind: .check, fix: "", judgedNothing: "")
    }
    report.measures += report.measures.filter { $0.rule == "seen" }.map { measure in
      var measure = measure
      measure.rule = "aside"
      return measure
    }
    return report
  }

  private func pages(_ report: RunReport) throws -> [(path: String, text: String)] {
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    return pageFiles(report, settings).map {
      ($0.path, String(decoding: $0.contents, as: UTF8.self))
    }
  }

  private func found(_ pattern: String, in text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern)
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole).compactMap { match in
      Range(match.range(at: match.numberOfRanges - 1), in: text).map { String(text[$0]) }
    }
  }

  @Test(
    "each row is on one page, each page says which rows it has and leads to its neighbours",
    arguments: [(1, 1), (1_000, 1), (1_001, 2), (2_000, 2), (2_001, 3), (4_500, 5)])
  func split(_ count: Int, _ wanted: Int) throws {
    let files = try pages(report(count))
    for stem in ["rules/seen.", "teams/east-54f08e70/drift."] {
      let list = files.filter { $0.path.hasPrefix(stem) }
      let names = list.map { String($0.path.split(separator: "/").last ?? "") }
      #expect(list.count == wanted)
      #expect(Set(names).count == wanted)
      let persons = try list.flatMap { try found("<th scope=\"row\">(P[0-9]+)", in: $0.text) }
      #expect(persons.count == count)
      #expect(Set(persons).count == count)
      for (place, file) in list.enumerated() {
        #expect(file.text.contains("</b>, page \(place + 1) of \(wanted)") == (wanted > 1))
        let before = place > 0 ? names[place - 1] : nil
        let after = place + 1 < wanted ? names[place + 1] : nil
        #expect(
          try Set(found("href=\"./([^\"]*)\" rel=\"prev\"", in: file.text))
            == Set([before].compactMap(\.self)))
        #expect(
          try Set(found("href=\"./([^\"]*)\" rel=\"next\"", in: file.text))
            == Set([after].compactMap(\.self)))
      }
      if wanted > 1 {
        let rows = try list.flatMap {
          try found("<b>Rows ([0-9,]+ to [0-9,]+ of [0-9,]+)</b>, page", in: $0.text)
        }
        #expect(rows.first?.hasPrefix("1 to 1,000 of") == true)
        #expect(rows.last?.split(separator: " ")[2] == rows.last?.split(separator: " ").last)
      }
    }
    let dashboard = files.first { $0.path == "index.html" }?.text ?? ""
    #expect(dashboard.contains("href=\"./rules/seen.html\""))
  }

  @Test("no page is over two million bytes, also where texts are long and hard to escape")
  func size() throws {
    for message in [
      String(repeating: "&", count: 3_000), String(repeating: "\"'<>", count: 500),
      String(repeating: "\u{177}\u{1F600}", count: 2_000),
    ] {
      let files = try pages(report(990, message: message))
      #expect(files.count > 6)
      #expect(files.allSatisfy { $0.text.utf8.count < 2_000_000 })
      let persons = try files.filter { $0.path.hasPrefix("rules/seen.") }
        .flatMap { try found("<th scope=\"row\">(P[0-9]+)", in: $0.text) }
      #expect(Set(persons).count == 990)
      #expect(persons.count == 990)
    }
  }

  @Test("a team's sections go on from page to page, and each is led to where it begins")
  func sections() throws {
    var report = report(2_100)
    for place in 500..<600 { report.exceptions[place].status = .late }
    for place in 600..<700 { report.exceptions[place].list = .waived }
    let list = try pages(report).filter { $0.path.hasPrefix("teams/east-54f08e70/drift.") }
    #expect(list.count == 3)
    var begins: [String: Int] = [:]
    for (place, file) in list.enumerated() {
      for section in try found("<h3 id=\"(list-[a-z-]+)\"", in: file.text)
      where begins[section] == nil {
        begins[section] = place
      }
    }
    #expect(
      begins == [
        "list-overdue": 0, "list-failed": 1, "list-due-soon": 1, "list-late": 1,
        "list-not-judged": 2, "list-waived": 2, "list-resolved": 2,
      ])
    for (place, file) in list.enumerated() {
      for (section, first) in begins {
        let name = first == 0 ? "drift.html" : "drift.\(first + 1).html"
        #expect(file.text.contains("href=\"\(first == place ? "" : "./" + name)#\(section)\""))
      }
    }
  }

  @Test("no link leads to a place that is not there")
  func anchors() throws {
    let files = try pages(report(3))
    let ids = try Dictionary(
      files.map { ($0.path, try found(" id=\"([^\"]*)\"", in: $0.text)) },
      uniquingKeysWith: { first, _ in first })
    for (path, text) in files {
      #expect(Set(ids[path] ?? []).count == ids[path]?.count, "\(path): an id stands twice")
      for anchor in try found("href=\"#([^\"]*)\"", in: text) {
        #expect(ids[path]?.contains(anchor) == true, "\(path): #\(anchor)")
      }
    }
    // A list leads back to its own figure on the dashboard, not to the first one.
    let page = files.first { $0.path == "rules/seen.html" }?.text ?? ""
    #expect(try found("href=\"./../index.html#([^\"]*)\"", in: page) == ["rule-2"])
    let dashboard = files.first { $0.path == "index.html" }?.text ?? ""
    #expect(
      dashboard.contains(
        "<tbody id=\"rule-2\"><tr><th scope=\"row\"><a href=\"./rules/seen.html\">"))
  }

  @Test("a rule that had no rows is on the dashboard where it has exceptions all the same")
  func limitWithoutRows() throws {
    var report = report(1)
    report.rules[1].judgedNothing = "no row passes its `when`"
    let dashboard = try pages(report).first { $0.path == "index.html" }?.text ?? ""
    #expect(dashboard.contains("href=\"./rules/seen.html\""))
  }

  @Test("very many pages are made as they are written, and are what each is by itself")
  func late() throws {
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let files = try runFiles(report(20_001), [.html], settings, threads: 2)
    let groups = ReportFile.groups(files, threads: 2)
    let pages = try #require(groups.first { $0.paths.contains("rules/seen.html") })
    // The pages of the rule and those of the team, and one page for those without a team.
    #expect(pages.paths.count == 21 + 21 + 1)
    let found = WrittenFiles()
    try pages.write { found.put($1, into: pages.paths[$0]) }
    for path in ["rules/seen.html", "rules/seen.21.html", "teams/east-54f08e70/drift.12.html"] {
      let file = try #require(files.first { $0.path == path })
      #expect(found.files[path] == file.contents, "\(path)")
    }
    let last = String(decoding: found.files["rules/seen.21.html"] ?? [], as: UTF8.self)
    #expect(try self.found("<th scope=\"row\">(P[0-9]+)", in: last) == ["P120000"])
  }

  @Test(
    "a drift list is made part by part, and is the same however many threads make it",
    arguments: [1, 2, 3], [0, 1, 1_024, 1_025, 40_000])
  func parts(threads: Int, count: Int) throws {
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    var report = report(count)
    report.exceptions += report.exceptions.map { other in
      var exception = other
      exception.team = .named("West")
      return exception
    }
    let files = try runFiles(report, [.csv], settings, threads: threads)
    let groups = ReportFile.groups(files, threads: threads)
    let found = WrittenFiles()
    for group in groups { try group.write { found.put($1, into: group.paths[$0]) } }
    let paths = files.map(\.path).filter { $0.hasSuffix("/drift.csv") }
    #expect(paths.count == (count > 0 ? 3 : 1))
    for path in paths {
      let file = try #require(files.first { $0.path == path })
      #expect(found.files[path] == file.contents, "\(path)")
    }
    for path in paths where path.contains("/east-") || path.contains("/west-") {
      let list = String(decoding: found.files[path] ?? [], as: UTF8.self)
      let persons = list.split(separator: "\n").compactMap { line in
        line.hasPrefix("overdue,")
          ? String(line.split(separator: ",", omittingEmptySubsequences: false)[5]) : nil
      }
      #expect(persons == (0..<count).map { "P\(100_000 + $0)" }, "\(path)")
    }
  }

  @Test("the mail that lists go with has all pages of its team, and no other's")
  func attachments() throws {
    var report = report(2_500)
    report.exceptions.append(exception("seen", .named("East of it"), list: .drift))
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let files = try runFiles(report, [.html], settings)
    let mail = MailSettings(
      from: "a@example.gov.uk", addresses: [("East", "b@example.gov.uk")], attachesLists: true,
      out: "out", job: "0a1b2c3d")
    let sent = teamMails(report, mail, settings, files: files)
    #expect(
      sent.mails.map { $0.message.attachments.map(\.name) } == [
        ["drift.html", "drift.2.html", "drift.3.html"]
      ])
  }

  @Test(
    "the mail says that lists go with it only where they do, and names a folder that is there",
    arguments: [([.html], true), ([.csv], false), ([.json], false)]
      as [(Set<OutputFormat>, Bool)])
  func attached(_ formats: Set<OutputFormat>, _ isAttached: Bool) throws {
    let report = report(1)
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let mail = MailSettings(
      from: "a@example.gov.uk", addresses: [("East", "b@example.gov.uk")], attachesLists: true,
      out: "out", job: "0a1b2c3d")
    let files = try runFiles(report, formats, settings)
    let message = try #require(
      teamMails(report, mail, settings, files: files).mails.first
    ).message
    let text = String(decoding: message.text, as: UTF8.self)
    #expect(text.contains("The lists are attached") == isAttached)
    #expect(MailMessage.hasAttachments(message.bytes) == isAttached)
    #expect(text.contains("out/teams/") == (formats == [.csv]))
    let moved = MailMessage.readdressed(message.bytes, to: "c@example.gov.uk")
    let lines = String(decoding: moved, as: UTF8.self).split(separator: "\n")
    #expect(lines[0] == "To: c@example.gov.uk" && lines[1] == "From: a@example.gov.uk")
  }
}
