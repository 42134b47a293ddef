import Exceptions
import Reports
import Testing

struct SummaryFileTests {
  @Test func writesTheProvenance() {
    var report = emptyReport()
    var visits = InputReport(path: "east/visits.csv", table: "visits")
    (visits.size, visits.sha256, visits.encoding, visits.delimiter) = (120, "ff00", "utf-8", "\t")
    (visits.headerLine, visits.rowsRead, visits.rowsChecked, visits.rowsRejected) = (1, 4, 3, 1)
    report.inputs = [visits, InputReport(path: "a \"b\"\u{1}.csv", table: "")]
    report.inputs[1].faults = [
      FaultReport(kind: "empty", table: "", file: "", line: nil, field: "", message: "Empty.")
    ]
    #expect(
      text("run.json", of: report) == """
        {
          "program": "casecheck",
          "version": "1.2.3",
          "asOf": "2016-03-31",
          "rules": {
            "folders": [
              "Rules"
            ],
            "digest": "abc",
            "packs": [
              "statutory"
            ],
            "parameters": {
              "age": "18",
              "zone": "1"
            }
          },
          "inputs": [
            {
              "name": "east/visits.csv",
              "table": "visits",
              "size": 120,
              "sha256": "ff00",
              "encoding": "utf-8",
              "delimiter": "\\t",
              "headerLine": 1,
              "rowsRead": 4,
              "rowsChecked": 3,
              "rowsRejected": 1,
              "trusted": true
            },
            {
              "name": "a \\"b\\"\\u0001.csv",
              "table": null,
              "size": 0,
              "sha256": null,
              "encoding": null,
              "delimiter": null,
              "headerLine": null,
              "rowsRead": 0,
              "rowsChecked": 0,
              "rowsRejected": 0,
              "trusted": false
            }
          ]
        }

        """)
  }

  @Test func writesTheFigures() {
    #expect(text("summary.json", of: figuresReport()) == figuresGolden)
  }

  @Test(
    arguments: [
      Row("nothing found", (false, false), "at zero"), Row("found", (true, false), "not at zero"),
      Row("nothing found in what could be read", (false, true), "not known"),
      Row("found in what could be read", (true, true), "not at zero"),
    ] as [Row<(Bool, Bool), String>])
  func saysHowATeamStands(_ row: Row<(Bool, Bool), String>) {
    var report = emptyReport()
    report.teams = [.named("alpha")]
    if row.input.0 { report.exceptions = [exception("one", .named("alpha"), severity: .warning)] }
    if row.input.1 {
      report.faults = [
        FaultReport(kind: "missing", table: "t", file: "", line: nil, field: "", message: "")
      ]
    }
    #expect(text("summary.json", of: report).contains("\"standing\": \"\(row.output)\""))
  }
}

/// A small run with one of everything.
func figuresReport() -> RunReport {
  var counts = VerdictCounts()
  (counts.met, counts.failed, counts.cannotJudge) = (2, 1, 1)
  var report = emptyReport()
  var visits = InputReport(path: "visits.csv", table: "visits")
  (visits.rowsRead, visits.rowsChecked, visits.rowsRejected) = (4, 3, 1)
  visits.unknownHeadings = ["Note"]
  visits.passedOver = [6]
  visits.remarks = ["one heading is in no field"]
  visits.faults = [
    FaultReport(
      kind: "truncated", table: "visits", file: "visits.csv", line: 6, field: "",
      message: "the file ends within quotes. Export it again.")
  ]
  report.inputs = [visits]
  report.tables = [
    TableReport(name: "visits", title: "Visits", rows: 3, isPresent: true, isWhole: false)
  ]
  report.exceptions = [
    exception("seen", .named("East")), exception("visits.row", .none, severity: .warning),
  ]
  report.measures = [
    Measure(
      rule: "seen", pack: "statutory", scope: .all, counts: counts, percent: "66.7", target: "90",
      rag: .amber)
  ]
  report.rules = [
    RuleReport(
      name: "idle", title: "", why: "", source: "", pack: "", table: "plans", kind: .check,
      fix: "",
      judgedNothing: "no file was read as plans")
  ]
  report.teams = [.named("alpha")]
  report.remarks = ["the calendar ends in 2016"]
  return report
}
