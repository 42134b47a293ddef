import Diagnostics
import Testing

/// Which name a person most likely meant.
@Suite("Nearest name")
struct NearestNameTests {
  static let meant = [
    ("strated_on", "started_on"), ("startedOn", "started_on"), ("severtiy", "severity"),
    ("person", "person_id"), ("chek", "check"),
  ]
  private static let names = ["started_on", "ended_on", "severity", "person_id", "check"]

  @Test("is found", arguments: meant)
  func isFound(_ typed: String, _ name: String) {
    #expect(nearestName(to: typed, among: Self.names) == name)
  }

  @Test("is the one with the same end among those that are as near and begin alike")
  func hasSameEnd() {
    #expect(nearestName(to: "datef", among: ["date", "dateOf"]) == "dateOf")
    #expect(nearestName(to: "datee", among: ["date", "dateOf"]) == "date")
  }

  @Test("is asked about, if there is one")
  func isAskedAbout() {
    #expect(suggestion(for: "chek", among: Self.names) == "Did you mean `check`?")
    #expect(suggestion(for: "zzz", among: Self.names) == nil)
  }

  @Test("is not made up", arguments: ["", "zzz", "x", "assessment"])
  func isNotMadeUp(_ typed: String) {
    #expect(nearestName(to: typed, among: Self.names) == nil)
  }
}

/// How a diagnostic reads.
@Suite("Diagnostics")
struct DiagnosticTests {
  @Test("says where, what and what to do")
  func reads() {
    let place = SourcePosition(file: "a.yaml", line: 3, column: 7)
    let diagnostic = Diagnostic(at: place, "there is no `x`", advice: "Did you mean `y`?")
    #expect(
      diagnostic.description == "a.yaml:3:7: error: there is no `x`. Did you mean `y`?")
  }

  @Test("is sorted by file, line and column, as numbers")
  func isSorted() {
    func at(_ line: Int, _ column: Int, _ file: String = "a.yaml") -> Diagnostic {
      Diagnostic(at: SourcePosition(file: file, line: line, column: column), "x")
    }
    let sorted = [at(10, 1), at(2, 11), at(2, 2), at(1, 1, "b.yaml")].sorted()
    #expect(sorted == [at(2, 2), at(2, 11), at(10, 1), at(1, 1, "b.yaml")])
  }
}
