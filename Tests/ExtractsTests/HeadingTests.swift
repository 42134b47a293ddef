import Patterns
import Testing
import Values

@testable import Extracts

@Suite("Headings, delimiters and footers")
struct HeadingTests {
  @Test("The delimiter shows in the headings", arguments: [",", ";", "\t", "|"], chunkSizes)
  func delimiters(_ delimiter: String, chunkSize: Int) throws {
    let lines = [["Visit ID", "Person-ID", "SEEN  ON", "note"], ["V1", "a b", "", "x"]]
    let text = lines.map { $0.joined(separator: delimiter) + "\n" }.joined()
    let reading = try read(text, chunkSize: chunkSize)
    #expect(reading.rows == ["2: V1|a b|∅|x"])
    #expect(reading.report.delimiter == delimiter.utf8.first)
    #expect(reading.faults.isEmpty)
  }

  @Test(
    "Headings are letters and digits",
    arguments: [
      ("Start Date", "start_date"), ("ÉTÉ (2)", "été2"), ("e\u{301}te\u{301}", "Été"), ("%", " % "),
    ])
  func normal(_ a: String, _ b: String) {
    #expect(normalHeading(a) == normalHeading(b))
  }

  @Test("Titles above the headings are passed over", arguments: chunkSizes)
  func titles(chunkSize: Int) throws {
    let text =
      "Report of \"visits\", run\n\nPerson ID,P1\n,,,\nVisit ID,Person ID,Seen On,Note\nV1,P1,,\n"
    let reading = try read(text, chunkSize: chunkSize)
    #expect(reading.rows == ["6: V1|P1|∅|∅"])
    #expect(reading.report.headerLine == 5)
    #expect(
      reading.report.passedOver.map { "line \($0.line): \($0.text)" } == [
        "line 1: Report of \"visits\", run", "line 3: Person ID,P1", "line 4: ,,,",
      ])
  }

  @Test(
    "What stands above the headings is no title where it may be a record",
    arguments: [
      ("\"V1\",\"Smith, Ann\",\"01/02/2016\",\"\"", "in quotes, with a comma"),
      ("V1,P1,31/02/2016,x", "with a day that does not exist"),
      ("VABC,P1,01/02/2016,", "with a key that has no digit"),
      ("943 476 5919,Smith J,05/02/2016,East", "with blanks in its key"),
      ("V1,P1,31/02/2016,Month", "with a word that titles hold, too"),
    ])
  func lostRecords(_ line: String, _ what: String) throws {
    let headings = "Visit ID,Person ID,Seen On,Note\n"
    let reading = try read(line + "\n" + headings + "V2,P2,,\n")
    #expect(reading.rejects == ["1: \(line)"], "\(what)")
    #expect(reading.faults.count == 1)
    // The same holds for the records of an older export with a newer one pasted below it.
    let old = "Visit ID,Person ID\n\"V0\",\"Jones, Bob\"\n"
    let pasted = try read(old + headings + "V2,P2,,\n")
    #expect(pasted.rejects == ["2: \"V0\",\"Jones, Bob\""])
    #expect(pasted.rows == ["4: V2|P2|∅|∅"])
  }

  @Test(
    "A table without a key loses no record above its headings, and a title of its width is one",
    arguments: [
      ("a,b,01/02/2016,c", 1), ("Report,of visits,01/02/2016,", 0), ("Report,,01/02/2016,", 0),
      ("Visit,Visit,Visit,Note", 0), ("1,2,3,4", 0), (",,,", 0),
    ])
  func titlesOfTheWidth(_ line: String, _ rejected: Int) throws {
    var definition = visits
    definition.primaryKey = []
    let reading = try read(line + "\nVisit ID,Person ID,Seen On,Note\nV2,P2,,\n", as: definition)
    #expect(reading.rejects.count == rejected)
    #expect(reading.faults.count == rejected)
  }

  @Test("Headings over two lines in quotes", arguments: chunkSizes)
  func tallHeadings(chunkSize: Int) throws {
    let text = "\"Visit\nID\",\"Person\r\nID\",Seen On,Note\nV1,P1,,\n"
    let reading = try read(text, chunkSize: chunkSize)
    #expect(reading.rows == ["4: V1|P1|∅|∅"])
    #expect(reading.faults.isEmpty)
  }

  @Test(
    "Half of the headings, as a line break in them leaves it, changes nothing",
    arguments: chunkSizes)
  func halfHeadings(chunkSize: Int) throws {
    let text =
      "visit_id,person_id,seen_on,note\nV1,P1,,a\nvisit_id,person_id\nseen_on,note\nV2,P2,,b\n"
    let reading = try read(text, chunkSize: chunkSize)
    #expect(reading.rows == ["2: V1|P1|∅|a", "5: V2|P2|∅|b"])
    #expect(reading.rejects == ["3: visit_id,person_id", "4: seen_on,note"])
  }

  @Test(
    "Headings stand again",
    arguments: [
      ("Été,%,b", "E\u{301}t\u{e9} , % ,B", true), ("été,%,b", "et,%,b", false),
      ("id,%,b", "ID,$,b", false), ("a-b,c,b", "\u{FEFF}A B,\"C\",b", true),
      ("a,b,c", "a,b2,c", false), ("%,b,c", "%,B,C", true), ("%,b,c", "x,b,c", false),
    ])
  func echoes(_ headings: String, _ line: String, _ isEcho: Bool) throws {
    var definition = table(field("f"))
    definition.fields = ["Été", "%", "b", "id", "a b", "c", "a"].enumerated().map {
      field("f\($0.offset)", .string, $0.element)
    }
    let reading = try read(headings + "\n" + line + "\n1,2,3\n", as: definition)
    #expect(reading.report.remarks.contains { $0.hasPrefix("the headings stand again") } == isEcho)
  }

  @Test("A stray quote in the headings that hides a record is found", arguments: chunkSizes)
  func swallowingHeadings(chunkSize: Int) throws {
    let text = "Visit ID,Person ID,Seen On,\"Note\nV1,P1,,x\nV2,P2,,y\"\nV3,P3,,z\n"
    let reading = try read(text, chunkSize: chunkSize)
    #expect(reading.rows == ["4: V3|P3|∅|/"])
    #expect(reading.table.rejects.map(\.line).contains(2))
    #expect(reading.faults == ["swallowedRecords 1"])
  }

  @Test("The line of the headings may be given")
  func headerRow() throws {
    var definition = visits
    definition.dialect.headerRow = 2
    let text = "visit_id,person_id,seen_on,note\nVisit ID,x,y\nV1,P1,\n"
    let reading = try read(text, as: definition)
    #expect(reading.rows == ["3: V1|/|/|/"])
    #expect(reading.report.unknownHeadings == ["x", "y"])
    definition.dialect.headerRow = 7
    #expect(try read(text, as: definition).faults == ["noHeadings"])
  }

  @Test("One field is enough for a table of one field, or for its key")
  func single() throws {
    #expect(try read("id\nA\nB\n", as: table(field("id"))).rows == ["2: A", "3: B"])
    let wide = table(field("id"), field("b"), field("c"), field("d"), field("e"), key: "id")
    #expect(try read("x,ID,y\n1,A,2\n", as: wide).rows == ["2: A|/|/|/|/"])
    #expect(try read("b,x,y\n1,A,2\n", as: wide).faults == ["noHeadings"])
  }

  @Test("Missing headings: absent in each row, a fault where required or of the key")
  func missing() throws {
    var definition = visits
    definition.fields[2].constraints.required = true
    let reading = try read("Person ID,Note,Sean On\nP1,x,\n", as: definition)
    #expect(reading.rows == ["2: /|P1|/|x"])
    #expect(reading.faults == ["missingHeading 1 seen_on", "missingHeading 1 visit_id"])
    #expect(reading.findings.isEmpty)
    #expect(reading.report.faults[0].message.contains("Perhaps “Sean On” is it."))
    #expect(reading.table.hasHeading == [false, true, false, true])
    #expect(reading.table.tallies[2].given == 0)
  }

  @Test(
    "Two columns of one field are a fault that names both; two unknown ones of one name are none")
  func double() throws {
    let reading = try read("Visit ID,x,visit_id,Note,x\nV1,1,V2,n,2\n")
    #expect(reading.faults == ["doubleHeading 1 visit_id"])
    #expect(
      reading.report.faults[0].message.contains("column 1 “Visit ID” and column 3 “visit_id”"))
    #expect(reading.rows == ["2: V1|/|/|n"])
    #expect(reading.report.unknownHeadings == ["x", "x"])
  }

  @Test("Headings are each file's own, and the rows go on from file to file")
  func files() throws {
    let folder = try Folder()
    let files = [
      try folder.write("Visit ID,Note\nV1,x\n".utf8, to: "a.csv"),
      try folder.write("visit_id,person_id\n".utf8, to: "b.csv"),
      try folder.write("Seen On;Visit ID\n04/01/2016;V2\nV3\n".utf8, to: "c.csv"),
    ]
    let reading = read(files, as: visits)
    #expect(reading.rows == ["2: V1|∅|∅|x", "2: V2|∅|2016-01-04|∅"])
    #expect(reading.table.firstRows == [0, 1, 1])
    #expect(reading.table.fileNumber(ofRow: 1) == 2)
    #expect(reading.table.rejects.map(\.file) == [2])
    #expect(reading.faults == ["noRows"])
  }

  @Test("Headings that span lines hide no record where they stand again")
  func againOverLines() throws {
    let heading = "Visit ID,\"Seen\nOn\",Note\n"
    let reading = try read(heading + "V1,,x\nV2,,y\n" + heading + "V3,,z\n")
    #expect(reading.rows.count == 3)
    #expect(reading.table.rejects.isEmpty)
    #expect(reading.faults.isEmpty)
  }

  @Test(
    "A line that underlines the headings is passed over and remarked", arguments: ["-", "="],
    chunkSizes)
  func underline(_ sign: String, chunkSize: Int) throws {
    let text =
      "Visit ID,Person ID ,Seen On,Note,\n--------,----------, ----,--,\nV1,P1,,x,\nV2,P2,,y,\n"
    let reading = try read(text.replacing("-", with: sign), chunkSize: chunkSize)
    #expect(reading.rows == ["3: V1|P1|∅|x", "4: V2|P2|∅|y"])
    #expect(reading.report.rowsRead == 2 && reading.report.underline == 2)
    #expect(reading.report.passedOver.map(\.line) == [2])
    #expect(reading.rejects.isEmpty && reading.faults.isEmpty)
    #expect(
      reading.report.remarks == [
        "line 2 only underlines the headings, as database tools do; passed over, since it is no row."
      ])
  }

  @Test(
    "What only looks like an underline is a record",
    arguments: [
      "--,--,,--", "-,--,--,--", "V1,--,--,--", "--,==,--,--", "--,-=,--,--", "\n--,--,--,--",
      "V1,P1,,\n--,--,--,--",
    ], chunkSizes)
  func noUnderline(_ lines: String, chunkSize: Int) throws {
    let reading = try read(
      "Visit ID,Person ID,Seen On,Note\n\(lines)\n", chunkSize: chunkSize)
    #expect(reading.report.passedOver.isEmpty && reading.report.underline == nil)
    #expect(reading.report.rowsRead == lines.split(separator: "\n").count)
  }

  @Test("A heading that stands again is passed over and remarked")
  func again() throws {
    let reading = try read("Visit ID,Note\nV1,x\n Visit ID ,Note\nV2,y\nVisit ID,Note\n")
    #expect(reading.rows.count == 2)
    #expect(reading.report.rowsRead == 2)
    #expect(
      reading.report.remarks.contains(
        "the headings stand again on lines 3 and 5; passed over, since they are no rows."))
  }
}

@Suite("Footers")
struct FooterTests {
  static let definition = {
    var definition = visits
    definition.dialect.footer = ["*rows affected*", "Total*"]
    definition.fields[0].constraints.pattern = nil
    return definition
  }()

  @Test("Footers at the end are no rows", arguments: chunkSizes)
  func atTheEnd(chunkSize: Int) throws {
    let text =
      "visit_id,person_id,seen_on,note\nV1,P1,,x\n\n,,,TOTAL\nTotal: 1\n\n(1 Rows affected)\n"
    let reading = try read(text, as: Self.definition, chunkSize: chunkSize)
    #expect(reading.rows == ["2: V1|P1|∅|x", "4: ∅|∅|∅|TOTAL"])
    #expect(
      reading.report.passedOver.map { "line \($0.line): \($0.text)" } == [
        "line 5: Total: 1", "line 7: (1 Rows affected)",
      ])
    #expect(reading.rejects.isEmpty && reading.faults.isEmpty)
  }

  @Test("What matches a footer and is not at the end is a record")
  func inTheMiddle() throws {
    let text = "visit_id,person_id,seen_on,note\nTotal: 1\n,Total,,\nV1,P1,,x\n(1 rows affected)\n"
    let reading = try read(text, as: Self.definition)
    #expect(reading.rows == ["3: ∅|Total|∅|∅", "4: V1|P1|∅|x"])
    #expect(reading.rejects == ["2: Total: 1"])
    #expect(
      reading.table.rejects.map(\.reason).first?.contains("something follows it that is none")
        == true)
    #expect(
      reading.report.passedOver.map { "line \($0.line): \($0.text)" } == [
        "line 5: (1 rows affected)"
      ])
  }

  @Test("A footer never takes a record", arguments: ["", "(2 rows affected)\n"])
  func record(_ after: String) throws {
    let text = "visit_id,person_id,seen_on,note\nV1,P1,,x\nTotal1,P2,,y\n" + after
    let reading = try read(text, as: Self.definition)
    #expect(reading.rows == ["2: V1|P1|∅|x", "3: Total1|P2|∅|y"])
    #expect(reading.report.doubts.contains { $0.hasPrefix("line 3 matches a footer pattern") })
  }

  @Test(
    "a line of the wrong width whose key meets its pattern is rejected, never a footer",
    arguments: [
      ("V2,P2,,no reply, will report\n", false), ("V2,P2,report\n", false),
      ("V2,P2,,no \"reply\", report\n", false), ("\"V2\",P2,,no \"reply\", report\n", false),
      ("V2,P2,report", true),
    ], ["", "End of report\n"])
  func ofTheWrongWidth(_ last: (String, Bool), _ after: String) throws {
    let (line, isCutOff) = last
    var definition = Self.definition
    definition.dialect.footer = ["*report*"]
    definition.fields[0].constraints.pattern = try Pattern("V[0-9]+")
    let text = "visit_id,person_id,seen_on,note\nV1,P1,,x\n" + line + (isCutOff ? "" : after)
    let reading = try read(text, as: definition)
    #expect(reading.rows == ["2: V1|P1|∅|x"])
    #expect(reading.rejects == ["3: " + line.replacing("\n", with: "")])
    #expect(reading.faults == (isCutOff ? ["truncated 3"] : []))
  }

  @Test(
    "a footer in several cells stays one", arguments: ["report,2\n", "V2 report\n", "V,2,report\n"])
  func inSeveralCells(_ footer: String) throws {
    var definition = Self.definition
    definition.dialect.footer = ["*report*"]
    definition.fields[0].constraints.pattern = try Pattern("V[0-9]+")
    let reading = try read(
      "visit_id,person_id,seen_on,note\nV1,P1,,x\n" + footer, as: definition)
    #expect(reading.rejects.isEmpty && reading.faults.isEmpty)
    #expect(reading.report.footerCount == 1)
  }

  @Test(
    "A footer that counts more rows than there are tells of a cut, also where it is read as a record",
    arguments: [
      ("(2 rows affected)\n", 1), ("(2 rows affected),,,\n", 1), ("(1 rows affected),,,\n", 0),
      ("(1 rows affected)\n(3 rows affected)\n", 1), ("(1 rows affected)\n", 0),
      ("(2 rows affected),,,\nTotal time,,,\n", 1), ("(1 rows affected),,,\nTotal time,,,\n", 0),
      ("Total1,P2,,y\n(2 rows affected),,,\n", 0), ("Total1,P2,,y\n(3 rows affected),,,\n", 1),
      ("\"(1 rows affected)\",\"\",\"\",\"\"\n", 0), ("\"(2 rows affected)\",\"\",\"\",\"\"\n", 1),
      ("(2 rows affected)\n,,,\n", 1),
      (",,,\n(2 rows affected),,,\n,,,\n,,,\n,,,\n,,,\nTotal time,,,\n", 1),
      (",,,\n,,,\n(2 rows affected)\n", 1),
      ("(1 rows affected)\n,,,\nV2,P2,,\n(4 rows affected)\n", 1),
      (",,,\n(1 rows affected),,,\n,,,\n", 0),
      ("Total1,P2,,\"y\"\nV3,P3,,\n(4 rows affected),\"\",,\nTotal time,,,\n", 1),
    ])
  func counts(_ footer: String, _ faults: Int) throws {
    let reading = try read(
      "visit_id,person_id,seen_on,note\nV1,P1,,x\n" + footer, as: Self.definition)
    #expect(reading.faults.count == faults)
  }

  @Test(
    "However a footer counts rows, it tells of a cut",
    arguments: [
      ("Total records: 2", 1), ("Total number of records: 2", 1), ("Records: 2", 1),
      ("Total rows = 2", 1), ("Row count: 2", 1), ("Number of rows: 1,002,,,", 1),
      ("Total records,2", 1), ("\"Total records\",\"2\"", 1), ("Total records: 1", 0),
      ("Total records,,,2", 1), ("Records in set 2", 0), ("Total rows of page 2", 0),
      ("Total records: 1 of 2", 0), ("Row 7", 0), ("Record number 7", 0),
      ("Records exported 2016", 0), ("Number of records 2016", 1),
      ("Record count: 2016", 1), ("Rows exported: 16", 1), ("Total rows - end of report: 3", 0),
      ("Report ends - 345 rows", 0), ("Record list - end of report - 345 rows", 1),
      ("End of report - 345 rows", 1), ("End of page - 345 rows", 0),
      ("Showing 1 to 1 of 345 entries", 1), ("Showing 1-1 of 1 entries", 0),
      ("Records 1 to 1 of 1,345", 1), ("Showing page 1 to 1 of 345 entries", 0),
      ("Row 1 of 3 to 2", 0),
      ("Showing 0 to 0 of 0 entries", 0), ("Showing 0 to 0 of 345 entries", 1),
      ("Showing 2 to 1 of 345 entries", 0),
    ])
  func labels(_ footer: String, _ faults: Int) throws {
    var definition = Self.definition
    definition.dialect.footer = [
      "Total*", "Record*", "Row*", "Number*", "Report*", "End*", "Showing*",
    ]
    let reading = try read(
      "visit_id,person_id,seen_on,note\nV1,P1,,x\n\(footer)\n", as: definition)
    #expect(reading.faults.count == faults)
  }

  @Test(
    "A total in one cell that is more than was read may tell of a cut",
    arguments: [
      ("Total: 3", true), ("Total 3,,,", true), ("Total: 1", false), ("Total,3,,", false),
      ("Total: 3 hours", false), ("\"Total: 3\",\"\",\"\",\"\"", true),
      ("Total Children: 3", true), ("Total number of clients: 3", true),
      ("Total cost,3,,", false), ("Total of page 3 of 7", false), ("Totals: 3 children", true),
      ("Total: 3 pounds", false),
    ])
  func totals(_ footer: String, _ isTold: Bool) throws {
    let reading = try read(
      "visit_id,person_id,seen_on,note\nV1,P1,,x\n\(footer)\n", as: Self.definition)
    #expect(reading.faults.isEmpty)
    #expect(reading.report.statedTotal == (isTold ? 3 : nil))
  }

  @Test("A footer without a line end is no truncated record; another short line is")
  func unended() throws {
    let head = "visit_id,person_id,seen_on,note\nV1,P1,,x\n"
    #expect(try read(head + "Total: 1", as: Self.definition).faults.isEmpty)
    #expect(try read(head + "Tota", as: Self.definition).faults == ["truncated 3"])
  }

  @Test("A footer with a quote in it")
  func quoted() throws {
    let text = "visit_id,person_id,seen_on,note\nV1,P1,,x\nTotal \"visits\": 1\n"
    #expect(try read(text, as: Self.definition).rejects.isEmpty)
  }
}
