import Exceptions
import Testing
import Values

@testable import Reports

struct RejectListTests {
  private func input(_ path: String, _ table: String = "visits") -> InputReport {
    var input = InputReport(path: path, table: table)
    input.rejects = [RejectedRecord(line: 3, reason: "5 cells, 4 headings", text: "=1,\"a\"")]
    return input
  }

  @Test func writesTheRecordVerbatimInOneCell() {
    var report = emptyReport()
    report.inputs = [input("visits.csv"), InputReport(path: "people.csv", table: "people")]
    #expect(
      text("rejects/visits.csv", of: report)
        == "line,reason,text\n3,\"5 cells, 4 headings\",\"'=1,\"\"a\"\"\"\n")
    #expect(reportFiles(report).map(\.path).contains("rejects/people.csv") == false)
  }

  @Test func writesALongListOnce() {
    var report = emptyReport()
    var visits = InputReport(path: "visits.csv", table: "visits")
    for line in 2..<4_324 {
      visits.rejects.append(RejectedRecord(line: line, reason: "short", text: "V\(line)"))
    }
    // One file's records are a part of its table's.
    visits.rejects = visits.rejects[1...]
    report.inputs = [visits]
    let rows = (3..<4_324).map { "\($0),short,V\($0)\n" }.joined()
    #expect(text("rejects/visits.csv", of: report) == "line,reason,text\n" + rows)
  }

  /// Settled 17: the text alone is made inert.
  @Test func leavesTheReasonAsItIs() {
    var report = emptyReport()
    var visits = input("visits.csv")
    visits.rejects = [RejectedRecord(line: 3, reason: "-5 is too short", text: "-5")]
    report.inputs = [visits]
    #expect(text("rejects/visits.csv", of: report) == "line,reason,text\n3,-5 is too short,-5\n")
  }

  @Test(
    arguments: [
      Row("simple", ["visits.csv"], ["visits.csv"]),
      Row("capitals stay", ["Visits (2).CSV"], ["Visits (2).csv"]),
      Row("another ending stays", ["visits.csv", "visits.txt"], ["visits.csv", "visits.txt.csv"]),
      Row(
        "two folders", ["visits.csv", "east/visits.csv", "west/visits.csv"],
        ["visits.csv", "east-visits-68e2c40a.csv", "west-visits-1aca1201.csv"]),
      Row(
        "case that folds", ["Visits.csv", "visits.csv"],
        ["visits-e5b38780.csv", "visits-2ec947f3.csv"]),
      Row("device", ["con.csv", "aux.old.csv"], ["con-a67b112f.csv", "aux-old-e1dc87ae.csv"]),
      Row("hidden", [".visits.csv"], ["visits-a6e9210f.csv"]),
      Row("upwards", ["../visits.csv"], ["visits-9fbd4423.csv"]),
      Row("no letters", ["报告.csv"], ["file-7a744427.csv"]),
      Row("only the ending", [".csv"], ["file-03c89277.csv"]),
    ] as [Row<[String], [String]>])
  func namesFilesSafelyAndApart(_ row: Row<[String], [String]>) {
    #expect(rejectFileNames(for: row.input.map { input($0) }) == row.output)
  }

  @Test func tellsTheTablesOfOneFileApart() {
    let names = rejectFileNames(for: [input("all.csv", "people"), input("all.csv", "visits")])
    #expect(names == ["all-people-01040713.csv", "all-visits-ecdf794a.csv"])
  }

  @Test func numbersWhatIsStillAlike() {
    let names = rejectFileNames(for: [input("all.csv"), input("all.csv")])
    #expect(names == ["all-visits-ecdf794a.csv", "all-visits-ecdf794a-2.csv"])
  }
}
