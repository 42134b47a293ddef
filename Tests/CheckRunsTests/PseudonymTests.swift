import CheckRuns
import Exceptions
import TestSupport
import Testing
import WorkingTime

@Suite("Pseudonyms")
struct PseudonymTests {
  @Test(
    "the rule's title takes the place of a message, and says whether it is met",
    arguments: [
      (CaseException.Status.failed, "Not met: A child who went missing is back"),
      (.overdue, "Not met: A child who went missing is back"),
      (.late, "Not met: A child who went missing is back"),
      (.cannotJudge, "Not judged: A child who went missing is back"),
      (.dueSoon, "A child who went missing is back"),
    ] as [(CaseException.Status, String)])
  func messages(_ status: CaseException.Status, _ wanted: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write("0123456789abcdef0123456789abcdef\n", to: "key")
    let pseudonyms = try #require(Pseudonyms.load(scratch.path("key")).pseudonyms)
    var report = RunReport(
      version: "0", asOf: try #require(CalendarDate(iso: "2016-01-31")), rulesDigest: "",
      ruleFolders: [], packs: [], parameters: [])
    report.rules = [
      RuleReport(
        name: "back", title: "A child who went missing is back", why: "", source: "", pack: "",
        table: "episodes", kind: .check, fix: "", judgedNothing: "")
    ]
    var exception = CaseException(
      rule: "back", status: status, severity: .error, list: .drift, pack: "", team: .named("East"),
      table: "episodes", recordID: "M1")
    exception.message = "Jo Oak is missing."
    report.exceptions = [exception]
    #expect(pseudonyms.applied(to: report).exceptions.map(\.message) == [wanted])
  }
}
