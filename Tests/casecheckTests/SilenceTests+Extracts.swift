import Foundation
import TestSupport
import Testing

/// Files that are cut off, lie elsewhere or are named otherwise than those that are read.
extension SilenceTests {
  @Test(
    "a year ahead it is told that the calendar ends",
    arguments: [("2015-12-30", false), ("2015-12-31", true), ("2016-12-31", true)])
  func calendarEnds(_ asOf: String, _ isTold: Bool) throws {
    let scratch = try scratch(Self.deadline, "1,2015-01-05,2015-01-06,,T")
    try scratch.write(
      "calendar: england-and-wales\ncovers: {from: 2015-01-01, to: 2016-12-31}\n"
        + "holidays: [2015-01-01, 2016-01-01]\n", to: "rules/calendar.yaml")
    let outcome = try validate(scratch, asOf: asOf)
    #expect(outcome.errors.contains("ends on 2016-12-31, within a year") == isTold)
  }

  @Test("a file that a table of ours and one of the user's own folder take is told")
  func takenByBothFolders() throws {
    let scratch = try scratch(Self.deadline, "1,2016-02-28,,,T")
    let other = Self.table.replacingOccurrences(of: "table: p", with: "table: q")
    try scratch.write(other, to: "own/q.yaml")
    let outcome = try validate(scratch, "--rules", scratch.path("own"), "--quiet")
    #expect(
      outcome.errors.contains(
        "p.csv: it is read by two tables, p and q, of different rules folders."),
      "\(outcome.errors)")
    // A table of the same name takes the place of the other.
    try scratch.write(Self.table, to: "own/q.yaml")
    let replaced = try validate(scratch, "--rules", scratch.path("own"), "--quiet")
    #expect(!replaced.errors.contains("it is read by two"), "\(replaced.errors)")
  }

  @Test("a file that two tables take is told, unless they take the same ones")
  func takenTwice() throws {
    let scratch = try scratch(Self.deadline, "1,2016-02-28,,,T")
    let other = Self.table.replacingOccurrences(of: "table: p", with: "table: q")
    try scratch.write(other, to: "rules/q.yaml")
    #expect(!(try validate(scratch).errors.contains("p.csv: it is read")))
    try scratch.write(
      other.replacingOccurrences(of: "p*.csv", with: "p_q*.csv"), to: "rules/q.yaml")
    try scratch.write("id,d,u,n,team\n2,2016-02-28,,,T\n", to: "extracts/p_q.csv")
    let outcome = try validate(scratch, "--quiet")
    #expect(outcome.errors.contains("p_q.csv: it is read as p and as q"))
  }

  @Test(
    "an extract whose last line alone does not end may be cut off",
    arguments: [[], [4], [1, 4, 5]] as [[Int]])
  func unended(_ unended: [Int]) throws {
    let scratch = try scratch(Self.deadline, "8,2016-01-01,2016-01-02,,East")
    for number in 1...7 {
      let end = unended.contains(number) ? "" : "\n"
      try scratch.write(
        "id,d,u,n,team\n\(number),2016-01-01,2016-01-02,,East" + end, to: "extracts/p\(number).csv")
    }
    let outcome = try validate(scratch)
    #expect(outcome.status == 0)
    let told = (1...7).filter { outcome.errors.contains("p\($0).csv: its last line does not end") }
    // Three of eight are no exception among the rest.
    #expect(told == (unended.count == 1 ? unended : []))
  }

  @Test(
    "headings alone that do not end, as all else does, are a fault",
    arguments: [
      // Which of eight files hold headings alone, which do not end, and what is said.
      ([8], [8], 3, "p8.csv:1: the file has headings and no records"),
      ([7, 8], [8], 3, "p8.csv:1: the file has headings and no records"),
      ([1, 2, 3, 4, 5, 6, 7, 8], [8], 3, "p8.csv:1: the file has headings and no records"),
      ([7, 8], [], 0, nil),
      // Two alike may be a habit of the program that wrote them.
      ([7, 8], [7, 8], 0, "p8.csv: it has headings and no records"),
      ([6, 7, 8], [7, 8], 3, "p7.csv:1: the file has headings and no records"),
      ([6, 7, 8], [6, 7, 8], 0, "p8.csv: it has headings and no records"),
      // Nothing is known where others do not end either, or where there are no others.
      ([8], [1, 2, 3, 4, 5, 6, 7, 8], 0, nil), ([8], [6, 7, 8], 0, nil),
      ([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8], 0, nil),
    ] as [([Int], [Int], Int32, String?)])
  func cutHeadings(_ bare: [Int], _ unended: [Int], _ status: Int32, _ words: String?) throws {
    let scratch = try scratch(Self.deadline)
    try scratch.write(
      Self.table.replacing("primaryKey:", with: "mayBeEmpty: true\nprimaryKey:"),
      to: "rules/p.yaml")
    try FileManager.default.removeItem(atPath: scratch.path("extracts/p.csv"))
    for number in 1...8 {
      let record = bare.contains(number) ? "" : "\n\(number),2016-01-01,2016-01-02,,East"
      let end = unended.contains(number) ? "" : "\n"
      try scratch.write("id,d,u,n,team" + record + end, to: "extracts/p\(number).csv")
    }
    let outcome = try validate(scratch, "--quiet")
    #expect(outcome.status == status, "\(outcome.errors)")
    if let words {
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    } else {
      #expect(!outcome.errors.contains("end in a line break"), "\(outcome.errors)")
    }
  }

  @Test(
    "a carriage return ends a last line where all lines end in one, and else may be half an end",
    arguments: [("\r", false), ("\n", false), ("\r\n", true)])
  func carriageReturns(_ end: String, _ mayBeCut: Bool) throws {
    let scratch = try scratch(Self.deadline)
    let lines = ["id,d,u,n,team", "1,2016-01-01,2016-01-02,,East", ""].joined(separator: end)
    let ledger = ["--ledger", scratch.path("l.sqlite")]
    try scratch.write(lines, to: "extracts/p.csv")
    #expect(try validate(scratch, ledger[0], ledger[1]).status == 0)
    let half = end == "\r\n" ? String(lines.unicodeScalars.dropLast()) : lines
    try scratch.write(half, to: "extracts/p.csv")
    #expect(
      try validate(scratch, asOf: "2016-03-02", ledger[0], ledger[1]).status == (mayBeCut ? 3 : 0))
    try scratch.write(String(lines.dropLast(3)), to: "extracts/p.csv")
    #expect(try validate(scratch, asOf: "2016-03-03", ledger[0], ledger[1]).status == 3)
  }

  @Test("an extract that lies in an old output is read, and the output is not")
  func extractsInAnOutput() throws {
    let scratch = try scratch(Self.deadline, "bad", "1,2016-02-28,,,T")
    let rules = ["--rules", scratch.path("rules"), "--as-of", "2016-03-01"]
    let inside = ["--out", scratch.path("extracts/lists"), "--format", "html"]
    // Rejected records are there in whatever format, in a file that is named as the export.
    for _ in 1...2 {
      let outcome = try BuiltProgram().run(
        ["validate", scratch.path("extracts")] + rules + inside)
      #expect(outcome.status == 1, "\(outcome.output + outcome.errors)")
    }
    #expect(
      FileManager.default.fileExists(atPath: scratch.path("extracts/lists/rejects/p.csv")))
    try scratch.write("id,d,u,n,team\n2,2016-01-01,,,T\n", to: "extracts/lists/p_south.csv")
    #expect(try validate(scratch).status == 1)
    let late = try listed(scratch).filter { $0["rule"] == "in-time" }
    #expect(late.map { $0["record_id"] } == ["2"])
    #expect(late.map { $0["source_file"] } == ["lists/p_south.csv"])
  }

  @Test("a job whose lists lie among its extracts goes on")
  func listsAmongExtracts() throws {
    let scratch = try scratch(Self.deadline, "1,2016-02-28,,,T")
    try scratch.write(
      "extracts: extracts\nrules: [rules]\nasOf: today\nout: extracts/lists/{asOf}\nledger: l.sqlite\n",
      to: "casecheck.yaml")
    for day in ["2016-03-01", "2016-03-02"] {
      let outcome = try BuiltProgram().run(
        ["run", "--config", scratch.path("casecheck.yaml"), "--as-of", day])
      #expect(outcome.status == 0, "\(outcome.output + outcome.errors)")
    }
    #expect(FileManager.default.fileExists(atPath: scratch.path("extracts/lists/latest/run.json")))
  }

  @Test(
    "a file that is named as an export but for its ending is told",
    arguments: [
      "people_2", "people_2.csv ", "people_2.cvs", "people_2.rpt", "people_2.csv-20160131",
      "people_2.crdownload", "people_2.csv;1", "people_2.json", "PEOPLE_2.XML",
    ])
  func otherEndings(_ name: String) throws {
    let scratch = try scratch(Self.deadline)
    try scratch.write(
      Self.table.replacing("p*.csv", with: "people*.csv"), to: "rules/p.yaml")
    let records = "id,d,u,n,team\n1,2016-02-28,,,T\n"
    try scratch.write(records, to: "extracts/people.csv")
    for other in [name, "peo.json"] { try scratch.write(records, to: "extracts/" + other) }
    let outcome = try validate(scratch, "--quiet")
    #expect(outcome.errors.contains("\(name): no table takes this file"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("peo.json"))
  }

  @Test("one folder in two spellings is read once")
  func spellings() throws {
    let scratch = try scratch(Self.deadline, "1,2016-02-28,,,T")
    let outcome = try validate(
      scratch, scratch.path("extracts/."), scratch.path("extracts/../extracts/p.csv"))
    #expect(outcome.status == 0, "\(outcome.output + outcome.errors)")
    #expect(outcome.output.contains("Inputs: 1 file, 1 record read = 1 checked + 0 rejected"))
  }

  @Test(
    "a file that is a rule file but for the end of its name is told",
    arguments: ["more.yaml ", "more.yaml.old", "more.YML~", "more.yaml.txt"])
  func ruleFileNames(_ name: String) throws {
    let scratch = try scratch(Self.deadline, "1,2016-02-28,,,T")
    try scratch.write("rules: []\n", to: "rules/" + name)
    let outcome = try validate(scratch, "--quiet")
    #expect(
      outcome.errors.contains("\(name):1:1: warning: this looks like a rule file and is not read"),
      "\(outcome.errors)")
  }
}
