import Exceptions
import Testing
import WorkingTime

@testable import Reports

/// A row of a table of examples, shown under its name.
struct Row<Input: Sendable, Output: Sendable>: Sendable, CustomTestStringConvertible {
  let name: String
  let input: Input
  let output: Output

  init(_ name: String, _ input: Input, _ output: Output) {
    self.name = name
    self.input = input
    self.output = output
  }

  var testDescription: String { name }
}

/// A report without findings, as of 31 March 2016.
func emptyReport() -> RunReport {
  RunReport(
    version: "1.2.3", asOf: CalendarDate(dayNumber: 16_891), rulesDigest: "abc",
    ruleFolders: ["Rules"], packs: ["statutory"], parameters: [("zone", "1"), ("age", "18")])
}

/// An exception with every column filled.
func fullException(team: TeamName = .named("alpha")) -> CaseException {
  var exception = CaseException(
    rule: "seen", status: .overdue, severity: .error, list: .drift, pack: "statutory", team: team,
    table: "visits", recordID: "V1")
  exception.worker = "Ann"
  exception.personID = "P1"
  exception.field = "seen_on"
  exception.value = "31/02/2016"
  exception.occasion = 2
  exception.from = "2016-01-04"
  exception.dueOn = "2016-01-11"
  exception.doneOn = ""
  exception.daysLate = 80
  exception.message = "Not seen, and it should be."
  exception.fix = "See the \"child\"."
  exception.sourceFile = "east/visits.csv"
  exception.sourceLine = 7
  exception.firstSeen = CalendarDate(iso: "2016-03-24")
  exception.openedOn = exception.firstSeen
  exception.runsOpen = 2
  exception.blocks = ["a-rule", "b-rule"]
  return exception
}

/// An exception with few columns filled.
func exception(
  _ rule: String, _ team: TeamName, list: CaseException.List = .correction,
  severity: CaseException.Severity = .error
) -> CaseException {
  CaseException(
    rule: rule, status: .failed, severity: severity, list: list, pack: "", team: team,
    table: "cases", recordID: "c1")
}

/// The text of a file of a report; empty where there is none.
func text(_ path: String, of report: RunReport) -> String {
  reportFiles(report).first { $0.path == path }.map { String(decoding: $0.contents, as: UTF8.self) }
    ?? ""
}

/// The lists and figures of a run.
func reportFiles(_ report: RunReport) -> [ReportFile] {
  let tally = RunTally(report.forReaders)
  return reportPieces(report, report.forReaders, tally, threads: 1).flatMap { $0.files() }
}

/// The pages of a run.
func pageFiles(_ report: RunReport, _ settings: PageSettings) -> [ReportFile] {
  pages(report, RunTally(report), settings).flatMap { $0() }
}
