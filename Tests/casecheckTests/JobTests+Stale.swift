import Foundation
import TestSupport
import Testing

/// What the job says where nothing is wrong, and where nothing new has been exported.
extension JobTests {
  @Test("it says nothing when all is well")
  func quiet() throws {
    let scratch = try job()
    try visits(scratch, ["V2,2,04/01/2016,05/01/2016"])
    let outcome = try run(scratch, "2016-01-20")
    #expect(outcome.status == 0)
    #expect(outcome.output + outcome.errors == "")
  }

  @Test("with --quiet what may hide a fault is said also where nothing is found")
  func quietAndStale() throws {
    let scratch = try job()
    try visits(scratch, ["V2,2,04/01/2016,05/01/2016"])
    #expect(try run(scratch, "2016-01-20", "--quiet").errors == "")
    let stale = try run(scratch, "2016-01-21", "--quiet")
    #expect(stale.status == 0)
    #expect(stale.errors.contains("All extracts hold the same bytes as in the run of 2016-01-20"))
    // One unchanged table among others that have changed is no news.
    try visits(scratch, ["V3,2,04/01/2016,05/01/2016"])
    let other = try run(scratch, "2016-01-22")
    #expect(other.output + other.errors == "")
    #expect(
      try summary(scratch, "2016-01-22").contains(
        "it holds the same bytes as in the run of 2016-01-21."))
  }

  @Test("extracts that have not changed for many nights are told with the first of them")
  func staleForLong() throws {
    let scratch = try job()
    try visits(scratch, ["V2,2,04/01/2016,05/01/2016"])
    for asOf in ["2016-01-20", "2016-01-21"] { #expect(try run(scratch, asOf).status == 0) }
    let third = try run(scratch, "2016-01-22")
    #expect(third.status == 0)
    let words = "All extracts hold the same bytes as in"
    #expect(
      third.errors.contains("\(words) every run since that of 2016-01-20: the export may not have"),
      "\(third.errors)")
    func metrics(_ asOf: String) throws -> String {
      try String(contentsOfFile: scratch.path("lists/\(asOf)/metrics.prom"), encoding: .utf8)
    }
    let metric = "\ncasecheck_extracts_unchanged_since_timestamp_seconds"
    #expect(try !metrics("2016-01-20").contains(metric))
    #expect(try metrics("2016-01-22").contains("\(metric) 1453248000\n"))
    try people(scratch, count: 11)
    #expect(try !run(scratch, "2016-01-23").errors.contains(words))
    #expect(try !metrics("2016-01-23").contains(metric))
    let again = try run(scratch, "2016-01-24")
    #expect(again.errors.contains("\(words) the run of 2016-01-23:"), "\(again.errors)")
  }

  /// The team lists of a run under their names, and the dashboard.
  private func told(_ scratch: ScratchFolder, _ asOf: String) throws -> [String: String] {
    var told: [String: String] = [:]
    let folder = scratch.path("lists/\(asOf)")
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where name == "index.html" || name.contains("/drift.") || name.hasPrefix("rules/") {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      told[name] = String(decoding: data, as: UTF8.self)
    }
    return told
  }

  @Test("whoever reads a list or a page sees that nothing has been exported since the last run")
  func staleForReaders() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    #expect(try run(scratch, "2016-03-20").status == 1, "it is no fault")
    for (name, text) in try told(scratch, "2016-03-20") {
      if name.hasSuffix(".csv") {
        #expect(text.contains("All extracts hold the same bytes as in the run of 2016-01-20"))
      } else {
        #expect(text.contains("recorded or put right since then is not on this page"), "\(name)")
        #expect(!text.contains("class=\"note green\""), "\(name)")
        #expect(!text.contains("<span class=\"green\">"), "\(name)")
      }
    }
    let names = try told(scratch, "2016-03-20").keys
    #expect(names.count { $0.hasSuffix("drift.html") } == 2)
    #expect(names.contains("index.html") && names.contains("rules/visit-in-time.html"))
    try people(scratch, count: 11)
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,06/01/2016"])
    #expect(try run(scratch, "2016-03-21").status == 1)
    for (name, text) in try told(scratch, "2016-03-21") {
      #expect(!text.contains("the same bytes"), "\(name)")
    }
  }

  @Test("an export that fails for most tables is told, though one of them is new")
  func mostlyStale() throws {
    let scratch = try job()
    let headings = "Visit ID,Person ID,Planned,Visited\n"
    for (number, file) in ["a", "b"].enumerated() {
      try scratch.write(
        headings + "X\(number),1,04/01/2016,05/01/2016\n", to: "extracts/visits_\(file).csv")
    }
    #expect(try run(scratch, "2016-01-20").status == 1)
    try people(scratch, count: 11)
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,06/01/2016"])
    let half = try run(scratch, "2016-01-21")
    #expect(half.status == 1)
    let words = "2 of the 4 extracts with rows hold the same bytes as in the run of"
    #expect(half.errors.contains(words + " 2016-01-20"), "\(half.errors)")
    #expect(try told(scratch, "2016-01-21")["index.html"]?.contains(words + " 20 January") == true)
    try people(scratch, count: 12)
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,07/01/2016"])
    try scratch.write(
      headings + "X0,1,04/01/2016,06/01/2016\n", to: "extracts/visits_a.csv")
    #expect(try !run(scratch, "2016-01-22").errors.contains("the same bytes"))
  }
}
