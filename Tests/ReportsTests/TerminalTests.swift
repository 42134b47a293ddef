import Exceptions
import Testing
import Values

@testable import Reports

struct TerminalTests {
  @Test func saysWhatAPersonNeeds() {
    #expect(terminalSummary(figuresReport(), out: "out") == terminalGolden)
  }

  @Test func isShortWhereAllIsWell() {
    var report = emptyReport()
    report.inputs = [InputReport(path: "visits.csv", table: "visits")]
    (report.inputs[0].rowsRead, report.inputs[0].rowsChecked) = (12_345, 12_345)
    report.teams = [.named("alpha")]
    #expect(
      terminalSummary(report, out: "out/") == """
        casecheck 1.2.3, as of 2016-03-31

        Inputs: 1 file, 12,345 records read = 12,345 checked + 0 rejected
          file        table     read  checked  rejected
          visits.csv  visits  12,345   12,345         0

        Teams: 1 team, 0 not at zero
          team   correction  drift  standing
          alpha           0      0  at zero

        No exception
          all exceptions: out/exceptions.csv
          by team: out/teams
          figures: out/measures.csv

        """)
  }

  @Test(
    "where nothing could be checked it says so, and what earlier runs found is not forgotten",
    arguments: [
      Row("checked", (5, 0), "\nNo exception; not every input could be trusted\n"),
      Row("nothing", (0, 0), "\nNothing was checked; not every input could be trusted\n"),
      Row(
        "nothing, one open", (0, 1),
        "\nNothing was checked; not every input could be trusted; 1 exception of earlier runs stays open\n"
      ),
      Row(
        "checked, many open", (5, 1_200),
        "\nNo exception; not every input could be trusted; 1,200 exceptions of earlier runs stay open\n"
      ),
    ] as [Row<(Int, Int), String>])
  func saysWhereNothingWasChecked(_ row: Row<(Int, Int), String>) {
    var report = emptyReport()
    report.inputs = [InputReport(path: "visits.csv", table: "visits")]
    report.inputs[0].rowsChecked = row.input.0
    report.faults = [
      FaultReport(kind: "missing", table: "t", file: "", line: nil, field: "", message: "None.")
    ]
    var news = LedgerNews()
    news.previous = report.asOf
    news.unsettled = (0..<row.input.1).map { number in
      LedgerEntry(
        key: ExceptionKey(rule: "seen", table: "visits", record: "V\(number)", occasion: 0),
        personID: "", team: .none, worker: "", status: .failed, list: .correction, dueOn: nil,
        doneOn: nil, firstSeen: report.asOf, openedOn: report.asOf, reopened: 0,
        doubt: .notEvaluated)
    }
    report.news = news
    #expect(terminalSummary(report, out: "out").contains(row.output))
    #expect(runBrief(report, out: "out").contains(row.output))
  }

  @Test(
    "why it is not known how teams stand is said of each, though not of all for the same reason",
    arguments: [
      Row("untrusted", (true, false), " 2 not known: not every input could be trusted  "),
      Row("lost", (false, true), " 1 not known: nothing of the team was judged  "),
      Row(
        "both", (true, true),
        " 2 not known: not every input could be trusted, or nothing of the team was judged  "),
    ] as [Row<(Bool, Bool), String>])
  func saysWhyNotKnown(_ row: Row<(Bool, Bool), String>) {
    var report = emptyReport()
    report.teams = [.named("alpha"), .named("beta")]
    if row.input.0 {
      report.faults = [
        FaultReport(kind: "missing", table: "t", file: "", line: nil, field: "", message: "None.")
      ]
    }
    var news = LedgerNews()
    if row.input.1 { news.teamsLost = [.named("beta")] }
    report.news = news
    let summary = terminalSummary(report, out: "out").replacing("\n", with: " ")
    #expect(summary.contains(row.output), "\(summary)")
  }

  @Test(
    "of rules that are not in force as many are named as a line takes, and each needs its option",
    arguments: [
      Row("one", 1, "r00 is not in force: with --accept-removed r00 what it found ends"),
      Row(
        "two", 2,
        "r00 and r01 are not in force: with --accept-removed r00 what that one found ends, and each other rule needs its own --accept-removed"
      ),
      Row(
        "many", 25,
        "r00, r01, r02, r03, r04, r05, r06, r07 and 17 more are not in force: with --accept-removed r00"
      ),
    ] as [Row<Int, String>])
  func namesRulesNotInForce(_ row: Row<Int, String>) {
    var report = emptyReport()
    var news = LedgerNews()
    news.previous = report.asOf
    news.unsettled = (0..<row.input).map { number in
      LedgerEntry(
        key: ExceptionKey(
          rule: number < 10 ? "r0\(number)" : "r\(number)", table: "visits", record: "V1",
          occasion: 0),
        personID: "", team: .none, worker: "", status: .failed, list: .correction, dueOn: nil,
        doneOn: nil, firstSeen: report.asOf, openedOn: report.asOf, reopened: 0,
        doubt: .notEvaluated)
    }
    report.news = news
    func told(_ formats: Set<OutputFormat>) -> String {
      terminalSummary(report, out: "out", formats: formats).replacing("\n    ", with: " ")
    }
    #expect(told([.json]).contains(row.output))
    let place = "; all of them are in summary.json, under ledger, as rulesNotEvaluated"
    #expect(told([.json]).contains(place) == (row.input > 8))
    #expect(!told([.csv]).contains(place))
  }

  @Test(
    "waivers that have ended are counted beside what is waived, and not where none has",
    arguments: [
      Row("none", 0, "\nWaivers: 1, 2 exceptions waived\n"),
      Row("one", 1, "\nWaivers: 2, 2 exceptions waived, 1 ended\n  line 2: seen: ended on "),
      Row("many", 1_200, "\nWaivers: 1,201, 2 exceptions waived, 1,200 ended\n  line 2: seen: "),
    ] as [Row<Int, String>])
  func countsEndedWaivers(_ row: Row<Int, String>) {
    var report = emptyReport()
    let day = report.asOf
    let waivers = (0...row.input).map { number in
      Waiver(
        rule: "seen", table: "", record: "V\(number)", occasion: nil, reason: "Abroad",
        agreedBy: "J Oak", agreedOn: day, until: day, line: number + 1)
    }
    var outcome = WaiverOutcome()
    (outcome.all, outcome.ended, outcome.waived) = (waivers, Array(waivers.dropFirst()), 2)
    report.waivers = outcome
    #expect(terminalSummary(report, out: "out").contains(row.output))
    #expect(runBrief(report, out: "out").contains(row.output))
  }

  @Test(
    "of many waivers for one reason the first are shown, or all where no file lists them",
    arguments: [Row("json", .json, 10), Row("csv alone", .csv, 812)] as [Row<OutputFormat, Int>])
  func countsManyWaivers(_ row: Row<OutputFormat, Int>) {
    var report = emptyReport()
    let day = report.asOf
    let waivers = (1...822).map { number in
      Waiver(
        rule: number > 812 ? "sen" : "seen", table: "", record: "V\(number)", occasion: nil,
        reason: "Abroad", agreedBy: "J Oak", agreedOn: day, until: day, line: number)
    }
    report.rules = [
      RuleReport(
        name: "seen", title: "", why: "", source: "", pack: "", table: "visits", kind: .check,
        fix: "", judgedNothing: "")
    ]
    var outcome = WaiverOutcome()
    (outcome.all, outcome.unmatched) = (waivers, waivers)
    report.waivers = outcome
    let summary = terminalSummary(report, out: "out", formats: [row.input])
    let lines = summary.split(separator: "\n")
    #expect(lines.count { $0.contains(": seen: matches no exception") } == row.output)
    #expect(lines.count { $0.contains(": sen: no rule in force has this name") } == 10)
    #expect(
      lines.contains("  and 802 more; all of them are in summary.json, under waivers")
        == (row.output == 10))
  }

  @Test func saysTheSameOfManyFilesOnce() {
    var report = emptyReport()
    report.remarks = ["Of the run."]
    func add(_ table: String, _ numbers: ClosedRange<Int>, _ words: String...) {
      for number in numbers {
        var input = InputReport(path: "\(table)-\(number).csv", table: table)
        input.remarks = words
        report.inputs.append(input)
      }
    }
    add("visits", 1...5, "no field is named by “Note”: not read.", "it holds the same bytes.")
    add("visits", 6...6, "no field is named by “Notes”: not read.")
    add("plans", 1...3, "no field is named by “Note”: not read.")
    // Written with the same letters, and not the same.
    add("cases", 1...3, "no field is named by “Caf\u{E9}”: not read.")
    add("cases", 4...4, "no field is named by “Cafe\u{301}”: not read.")
    let summary = terminalSummary(report, out: "out")
    let lines = summary.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let remarks = lines.drop { $0 != "Remarks" }.dropFirst().prefix { !$0.isEmpty }
    #expect(
      Array(remarks) == [
        "  Of the run.",
        "  5 files of visits (visits-1.csv and 4 more): no field is named by “Note”: not read.",
        "  5 files of visits (visits-1.csv and 4 more): each holds the same bytes.",
        "  visits-6.csv: no field is named by “Notes”: not read.",
        "  plans-1.csv: no field is named by “Note”: not read.",
        "  plans-2.csv: no field is named by “Note”: not read.",
        "  plans-3.csv: no field is named by “Note”: not read.",
        "  cases-1.csv: no field is named by “Caf\u{E9}”: not read.",
        "  cases-2.csv: no field is named by “Caf\u{E9}”: not read.",
        "  cases-3.csv: no field is named by “Caf\u{E9}”: not read.",
        "  cases-4.csv: no field is named by “Cafe\u{301}”: not read.",
      ])
    #expect(text("summary.json", of: report).split(separator: "“Note”").count == 9)
  }

  @Test func showsAllOfLongNamesWithinTheWidth() {
    var report = figuresReport()
    let long = String(repeating: "Very Long Name ", count: 20) + String(repeating: "x", count: 150)
    report.teams = [.named(long), .named("🦊 team"), .named("Tîm Gŵyr")]
    report.exceptions += (1...30).map { exception("rule-\($0)", .named(long)) }
    report.inputs[0].path = "a/" + String(repeating: "folder/", count: 30) + "visits.csv"
    report.faults = [
      FaultReport(kind: "", table: long, file: "", line: nil, field: "", message: "Look: " + long)
    ]
    let summary = terminalSummary(report, out: "/srv/" + String(repeating: "deep/", count: 40))
    let lines = summary.split(separator: "\n")
    #expect(lines.allSatisfy { columns(of: String($0)) <= 100 })
    #expect(lines.filter { $0.contains("Very Long Name") }.count > 6)
    #expect(summary.filter { $0 == "x" }.count >= 450)
    #expect(summary.contains("Rules with most exceptions: 10 of 32, all of them in"))
  }

  @Test func actsOnNothingOutOfNames() {
    var report = emptyReport()
    report.teams = [.named("a\u{1B}[2Jb\r\n\u{202E}c\u{9B}d\u{7F}")]
    report.inputs = [InputReport(path: "\u{1B}]0;x\u{7}.csv", table: "")]
    report.remarks = ["\u{1B}c"]
    let summary = terminalSummary(report, out: "\u{1B}[1m")
    #expect(summary.contains("a\\u{1B}[2Jb\\u{D}\\u{A}\\u{202E}c\\u{9B}d\\u{7F}"))
    #expect(summary.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == UInt8(ascii: "\n") })
  }

  @Test func showsNothingOutOfTheRecords() {
    var report = emptyReport()
    var one = fullException()
    one.value = "SECRET"
    one.message = "SECRET"
    one.personID = "SECRET"
    one.recordID = "SECRET"
    one.worker = "SECRET"
    report.exceptions = [one]
    report.inputs = [InputReport(path: "visits.csv", table: "visits")]
    report.inputs[0].rejects = [RejectedRecord(line: 3, reason: "SECRET", text: "SECRET")]
    report.inputs[0].passedOver = [4]
    report.inputs[0].unknownHeadings = ["SECRET"]
    let summary = terminalSummary(report, out: "out")
    #expect(!summary.contains("SECRET"))
    #expect(summary.contains("rejected records: out/rejects"))
  }

  @Test(
    arguments: [
      Row("fits", ("one two", 7), ["one two"]), Row("at a space", ("one two", 6), ["one", "two"]),
      Row("long word", ("abcdefgh", 3), ["abc", "def", "gh"]),
      Row("word after a long one", ("abcd e", 3), ["abc", "d e"]), Row("empty", ("", 3), [""]),
      Row("two columns each", ("报告", 3), ["报", "告"]), Row("spaces in front", ("  a", 5), ["  a"]),
    ] as [Row<(String, Int), [String]>])
  func wraps(_ row: Row<(String, Int), [String]>) {
    #expect(wrapped(row.input.0, to: row.input.1) == row.output)
  }

  @Test(
    arguments: [
      Row("none", 0, "0"), Row("three", 999, "999"), Row("four", 1000, "1,000"),
      Row("seven", 1_234_567, "1,234,567"), Row("negative", -1000, "-1,000"),
    ] as [Row<Int, String>])
  func groupsThousands(_ row: Row<Int, String>) {
    #expect(grouped(row.input) == row.output)
  }
}
