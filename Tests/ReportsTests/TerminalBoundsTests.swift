import Exceptions
import Testing

@testable import Reports

/// A terminal shows a council of very many files and teams what needs somebody, and the rest in
/// figures.
@Suite("Very many files, teams and faults on a terminal")
struct TerminalBoundsTests {
  /// The lines of a section below its title, each with its further lines.
  private func lines(_ summary: String, below title: String) -> [String] {
    let whole = summary.replacing("\n    ", with: " ")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let section = whole.drop { !$0.hasPrefix(title) }.dropFirst().prefix { !$0.isEmpty }
    return section.map { $0.split(separator: " ").joined(separator: " ") }
  }

  /// Files of ten records each, of which these have one that was rejected.
  private func files(_ count: Int, rejecting: Set<Int> = []) -> RunReport {
    var report = emptyReport()
    report.inputs = (1...count).map { number in
      var input = InputReport(path: "visits-\(number).csv", table: "visits")
      input.rowsRead = 10
      input.rowsRejected = rejecting.contains(number) ? 1 : 0
      input.rowsChecked = 10 - input.rowsRejected
      return input
    }
    return report
  }

  @Test("up to 40 files are shown as they come")
  func fewFiles() {
    let lines = lines(terminalSummary(files(40, rejecting: [7]), out: "out"), below: "Inputs:")
    #expect(lines.count == 41)
    #expect(lines[1] == "visits-1.csv visits 10 10 0")
    #expect(lines[7] == "visits-7.csv visits 10 9 1")
    #expect(lines[40] == "visits-40.csv visits 10 10 0")
  }

  @Test("of more, those that are not whole come first, and the last line accounts for the others")
  func manyFiles() {
    var report = files(500, rejecting: [450])
    report.inputs[469].faults = [
      FaultReport(
        kind: "cut", table: "visits", file: "visits-470.csv", line: nil, field: "",
        message: "it ends within quotes")
    ]
    // A file that is read as two tables is one file.
    report.inputs.append(InputReport(path: "visits-450.csv", table: "plans"))
    let summary = terminalSummary(report, out: "out")
    #expect(summary.contains("Inputs: 500 files, 5,000 records read = 4,999 checked + 1 rejected"))
    let lines = lines(summary, below: "Inputs:")
    #expect(
      lines.dropFirst().prefix(5) == [
        "visits-450.csv visits 10 9 1", "visits-470.csv visits 10 10 0 not trusted",
        "visits-450.csv plans 0 0 0", "visits-1.csv visits 10 10 0",
        "visits-2.csv visits 10 10 0",
      ])
    #expect(lines.suffix(2).first == "visits-38.csv visits 10 10 0")
    #expect(
      lines.last
        == "and 460 more files (4,600 records read = 4,600 checked + 0 rejected): all files are in run.json"
    )
  }

  @Test(
    "what is not shown and not whole is counted, also where only such files are listed",
    arguments: [
      (41, "and 1 more file (10 records read = 9 checked + 1 rejected; 1 file with"),
      (100, "and 60 more files (600 records read = 540 checked + 60 rejected; 60 files with"),
    ])
  func manyDoubtfulFiles(_ count: Int, _ words: String) {
    let report = files(count, rejecting: Set(1...count))
    for summary in [terminalSummary(report, out: "out"), runBrief(report, out: "out")] {
      let lines = lines(summary, below: "Inputs:")
      #expect(lines.count == 42)
      #expect(
        lines.last == words + " rejected records or not trusted): all files are in run.json")
    }
  }

  /// Teams of which two are not at zero.
  private func teams(_ count: Int) -> RunReport {
    var report = emptyReport()
    report.teams = (1...count).map { .named("Team \(1_000 + $0)") }
    report.exceptions =
      (1...3).map { _ in exception("seen", .named("Team \(1_000 + count)")) }
      + (1...5).map { _ in exception("seen", .named("Team 1050"), list: .drift) }
    return report
  }

  @Test("up to 60 teams are shown in their order")
  func fewTeams() {
    let lines = lines(terminalSummary(teams(60), out: "out"), below: "Teams:")
    #expect(lines.count == 61)
    #expect(lines[1] == "Team 1001 0 0 at zero")
    #expect(lines[50] == "Team 1050 0 5 not at zero")
    #expect(lines[60] == "Team 1060 3 0 not at zero")
  }

  @Test(
    "of more, those with most to do come first, unless no file says how each stands",
    arguments: [
      Row("all", Set(OutputFormat.allCases), "summary.json, under byTeam"),
      Row("html", [.html, .csv], "index.html"), Row("csv alone", [.csv], nil),
    ] as [Row<Set<OutputFormat>, String?>])
  func manyTeams(_ row: Row<Set<OutputFormat>, String?>) {
    var report = teams(300)
    for isTrusted in [true, false] {
      if !isTrusted {
        report.faults = [
          FaultReport(kind: "missing", table: "t", file: "", line: nil, field: "", message: "None.")
        ]
      }
      let standing = isTrusted ? "at zero" : "not known"
      for summary in [
        terminalSummary(report, out: "out", formats: row.input),
        runBrief(report, out: "out", formats: row.input),
      ] {
        #expect(summary.contains("Teams: 300 teams, 2 not at zero"))
        let lines = lines(summary, below: "Teams:").filter { $0.hasPrefix("Team ") }
        guard let file = row.output else {
          #expect(lines.count == 300)
          #expect(!summary.contains("more team"))
          continue
        }
        #expect(lines.count == 60)
        #expect(
          lines.prefix(3) == [
            "Team 1050 0 5 not at zero", "Team 1300 3 0 not at zero",
            "Team 1001 0 0 \(standing)",
          ])
        #expect(lines.last == "Team 1059 0 0 \(standing)")
        #expect(
          summary.contains("  and 240 more teams (240 \(standing)): all teams are in \(file)\n"))
      }
    }
  }

  /// Faults of so many files, each of which is one of an earlier run.
  private func old(_ count: Int, of table: String) -> [FaultReport] {
    (1...count).map { number in
      FaultReport(
        kind: "older", table: table, file: "", line: nil, field: "",
        message: "\(table)-\(number).csv holds the same bytes as in an earlier run.")
    }
  }

  @Test("many old extracts of a table are told together, and every one is in summary.json")
  func manyOldExtracts() throws {
    var report = emptyReport()
    let shrunk = FaultReport(
      kind: "shrunk", table: "visits", file: "", line: nil, field: "", message: "visits: fewer.")
    report.faults = old(10, of: "plans") + old(400, of: "visits") + [shrunk]
    let more = "and 397 more files of visits, each an old one in the place of the new one"
    let told = faultSentences(report, [.json])
    #expect(told.count == 15)
    #expect(told[9] == "plans-10.csv holds the same bytes as in an earlier run.")
    #expect(told[12] == "visits-3.csv holds the same bytes as in an earlier run.")
    #expect(told[13] == more + "; all of them are in summary.json, under faults")
    #expect(told[14] == "visits: fewer.")
    #expect(faultSentences(report, [.csv]).count == 411, "no file would name them")
    #expect(terminalSummary(report, out: "out").contains("\nNot trusted: 411 faults\n"))
    #expect(
      text("summary.json", of: report).ranges(of: "\"kind\": \"older\"").count == 410)
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let page = try #require(pageFiles(report, settings).first { $0.path == "index.html" })
    let dashboard = String(decoding: page.contents, as: UTF8.self)
    #expect(dashboard.contains("<li>\(more)</li>"))
    #expect(!dashboard.contains("visits-4.csv"))
  }
}
