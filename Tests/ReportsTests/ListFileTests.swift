import Exceptions
import Reports
import Testing

struct ListFileTests {
  private static let header =
    "rule,status,severity,list,pack,team,worker,person_id,table,record_id,field,value,occasion,from,"
    + "due_on,done_on,days_late,message,fix,source_file,source_line,first_seen,runs_open,blocks\n"

  @Test func writesEveryColumn() {
    var report = emptyReport()
    report.exceptions = [fullException()]
    #expect(
      text("exceptions.csv", of: report) == ListFileTests.header
        + "seen,overdue,error,drift,statutory,alpha,Ann,P1,visits,V1,seen_on,31/02/2016,2,2016-01-04,"
        + "2016-01-11,,80,\"Not seen, and it should be.\",\"See the \"\"child\"\".\",east/visits.csv,"
        + "7,2016-03-24,2,a-rule b-rule\n")
  }

  @Test func writesHeadersWhereThereIsNothing() {
    var report = emptyReport()
    report.teams = [.named("beta"), .none]
    #expect(
      reportFiles(report).map(\.path) == [
        "exceptions.csv", "teams/no-team/exceptions.csv", "teams/beta/exceptions.csv",
        "measures.csv", "summary.json", "run.json", "metrics.prom",
        "teams/no-team/drift.csv", "teams/beta/drift.csv",
      ])
    #expect(text("exceptions.csv", of: report) == ListFileTests.header)
    #expect(text("teams/beta/exceptions.csv", of: report) == ListFileTests.header)
  }

  @Test func givesEachTeamItsRowsInOrder() {
    var report = emptyReport()
    report.teams = [.named("beta")]
    report.exceptions = [
      exception("one", .none), exception("two", .named("alpha")),
      exception("three", .named("alpha"), list: .drift), exception("four", .named("beta")),
      exception("five", .named("alpha")),
    ]
    func rules(_ path: String) -> [Substring] {
      text(path, of: report).split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
    }
    #expect(rules("exceptions.csv") == ["one", "two", "three", "four", "five"])
    #expect(rules("teams/no-team/exceptions.csv") == ["one"])
    #expect(rules("teams/alpha/exceptions.csv") == ["two", "three", "five"])
    #expect(rules("teams/beta/exceptions.csv") == ["four"])
  }

  /// A quote and a combining mark are one character, which `String` does not take for a quote.
  @Test func escapesLabelsScalarByScalar() {
    var report = emptyReport()
    report.exceptions = [exception("one", .named("Q\"\u{301}\\\u{301}\r\n"))]
    let metrics = text("metrics.prom", of: report)
    #expect(metrics.contains("team=\"Q\\\"\u{301}\\\\\u{301}\r\\n\""))
    #expect(
      metrics.unicodeScalars.split(separator: "\n").allSatisfy { line in
        line.first == "#" || "0"..."9" ~= (line.last ?? " ")
      })
  }

  @Test func countsTheMailsThatWaitWhereThereIsMail() {
    var report = emptyReport()
    #expect(!text("metrics.prom", of: report).contains("casecheck_mail_waiting"))
    report.mailsWaiting = 3
    #expect(text("metrics.prom", of: report).hasSuffix("\ncasecheck_mail_waiting 3\n"))
  }

  /// `String` takes the two names for equal; their rows must stay apart nevertheless.
  @Test func keepsComposedAndDecomposedNamesApart() {
    var report = emptyReport()
    report.exceptions = [
      exception("one", .named("T\u{177}")), exception("two", .named("Ty\u{302}")),
    ]
    let lists = reportFiles(report).filter {
      $0.path.hasPrefix("teams/ty-") && $0.path.hasSuffix("exceptions.csv")
    }
    #expect(lists.count == 2)
    #expect(lists.allSatisfy { $0.contents.count { $0 == UInt8(ascii: "\n") } == 2 })
  }

  @Test func makesEveryFreeCellInert() {
    var report = emptyReport()
    var one = exception("=rule", .named("=team"))
    one.worker = "@worker"
    one.personID = "+person"
    one.recordID = "-record"
    one.value = "＝value"
    one.message = "\tmessage"
    one.blocks = ["=block"]
    one.daysLate = -3
    report.exceptions = [one]
    let row = text("exceptions.csv", of: report).split(separator: "\n").last.map(String.init)
    #expect(
      row
        == "'=rule,failed,error,correction,,'=team,'@worker,'+person,cases,'-record,,'＝value,,,,,-3,"
        + "'\tmessage,,,,,,'=block")
  }

  @Test func writesMeasures() {
    var counts = VerdictCounts()
    (counts.met, counts.failed, counts.late, counts.overdue) = (1, 2, 3, 4)
    (counts.dueSoon, counts.pending, counts.cannotJudge) = (5, 6, 7)
    var report = emptyReport()
    report.measures = [
      Measure(
        rule: "seen", pack: "statutory", scope: .all, counts: counts, percent: "10.0", target: "90",
        rag: .red),
      Measure(
        rule: "seen", pack: "", scope: .team(.named("(all)")), counts: VerdictCounts(), percent: "",
        target: "", rag: nil),
    ]
    #expect(
      text("measures.csv", of: report) == """
        rule,pack,team,judged,met,failed,late,overdue,due_soon,pending,cannot_judge,percent,target,rag
        seen,statutory,(all),21,1,2,3,4,5,6,7,10.0,90,red
        seen,,\"\"\"(all)\"\"\",0,0,0,0,0,0,0,0,,,

        """)
  }
}
