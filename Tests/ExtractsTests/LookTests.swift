import Testing
import Values

@testable import Extracts

@Suite("Looking at a file")
struct LookTests {
  @Test("The definitions of its name, and how the headings go with them")
  func byName() throws {
    let folder = try Folder()
    let file = try folder.write(
      "A title\nVisit ID;Seen On;Colour\nV1;;red\nV2;\n\"V3\"x;;\n".utf8, to: "visits.csv")
    var definition = visits
    definition.fields[1].constraints.required = true
    definition.files = ["VISITS*"]
    var other = table(field("colour"))
    other.files = ["x"]
    let look = look(at: file, definitions: [other, definition])
    #expect(look.encoding == .utf8)
    #expect(look.delimiter == UInt8(ascii: ";"))
    #expect(look.headerLine == 2)
    #expect(look.headings == ["Visit ID", "Seen On", "Colour"])
    #expect(look.recordCount == 3)
    let matched = try #require(look.definitions.first)
    #expect(look.definitions.count == 1)
    #expect(matched.isByName)
    #expect(matched.fieldsOfHeadings == ["visit_id", "seen_on", nil])
    #expect(matched.missingFields == ["person_id", "note"])
    #expect(matched.missingRequiredFields == ["person_id"])
  }

  @Test("Without a definition of its name, the one that knows most headings")
  func byHeadings() throws {
    let folder = try Folder()
    let file = try folder.write("visit_id,person_id\nV1,P1\n".utf8, to: "x.txt")
    let look = look(at: file, definitions: [table(field("visit_id")), visits])
    #expect(look.definitions.map(\.missingFields) == [["seen_on", "note"]])
    #expect(look.definitions[0].isByName == false)
  }

  @Test(
    "Columns without a heading part a file as well, and one column is one",
    arguments: [
      ("ID,,Name,\n1,a,b,c\n2,d,e,f\n", ["ID", "", "Name", ""]),
      ("ID\n1\n2\n", ["ID"]), (";;Colour\n1;2;3\n", ["", "", "Colour"]),
    ])
  func withoutHeadings(_ text: String, _ headings: [String]) throws {
    let folder = try Folder()
    let file = try folder.write(text.utf8, to: "x.csv")
    #expect(look(at: file, definitions: []).headings == headings)
  }

  @Test("Without any definition, as it looks by itself")
  func alone() throws {
    let folder = try Folder()
    let file = try folder.write(
      "Report, run today\n\nName;Date, start;Sum\nA;04/01/2016;1,5\nB;;2\n".utf8, to: "x.csv")
    let look = look(at: file, definitions: [])
    #expect(look.headings == ["Name", "Date, start", "Sum"])
    #expect(look.headerLine == 3)
    #expect(look.recordCount == 2)
    #expect(look.faults.isEmpty)
  }

  @Test(
    "A file without headings is said to have none, and no record is shown in their place",
    arguments: [
      "V1,P1,04/01/2016,Fox\nV2,P2,05/01/2016,Fox\n", "1,Fox,F\n2,Fox,M\n3,Fox,F\n",
      "4100001,943 476 5919,Jo,Fox,01/02/2010\n", "4100001;Fox;2010-02-01\n",
      "1,Fox,F\n2,Fox,M\n3,Fox,F\n(3 rows affected)\n", "Children\n1,Fox,F\n2,Fox,M\n3,Fox,F\n",
      "Fox;12-Jan-2010\nFox;13-Jan-2010\n", "Fox|943 476 5919\nFox|943 476 5870\n",
    ], [true, false])
  func noHeadings(_ text: String, isNamed: Bool) throws {
    let folder = try Folder()
    let file = try folder.write(text.utf8, to: "x.csv")
    let look = look(at: file, definitions: isNamed ? [visits] : [])
    #expect(look.faults.map(\.kind) == [.noHeadings])
    #expect(look.headings.isEmpty && look.headerLine == nil)
    #expect(look.definitions.map(\.missingFields.count) == (isNamed ? [4] : []))
    let draft = draftDefinitions(from: [look])[0]
    #expect(draft.hasPrefix("# \"x.csv\"") && !draft.contains("Fox"), "\(draft)")
  }

  @Test(
    "A record with a cell that is some table's heading is not shown in place of the headings",
    arguments: [
      ("Ref,Name Of Child,Passed To\nM1,Jo Fox,Duty\nM2,Al Fox,Team\n", 1),
      ("Ref,Name,Kind,From,To\nM1,Jo Fox,x,Team,Email\nM2,Al Fox,y,a,b\n", 1),
      ("Ref,Passed To,On\nTeam,Email,12/12/2023\n", 1), ("Ref,Passed To,On\nTeam,Email,3\n", 1),
      ("1,Jo Fox,Duty\n2,Al Fox,Team\n", nil), ("M1,12/12/2023,Team\nM2,13/12/2023,Duty\n", nil),
      ("Who is where,Address,Note\nTeam,Email,Note\nEast,a,b\n", 2),
      ("Team,Email,On\nEast,a,12/12/2023\n", 1), ("1,x\nTeam,Email\nEast,a@b\n", 2),
    ])
  func recordsLikeHeadings(_ text: String, _ line: Int?) throws {
    let folder = try Folder()
    let file = try folder.write(text.utf8, to: "x.txt")
    let look = look(at: file, definitions: [table(field("team"), field("email"), key: "team")])
    #expect(look.headerLine == line)
    let isTable = text.split(separator: "\n").firstIndex { $0.hasPrefix("Team,Email") }
    #expect(look.definitions.isEmpty == (isTable.map { $0 + 1 } != line || line == nil))
    let draft = draftDefinitions(from: [look])[0]
    #expect(!draft.contains("Fox") && !draft.contains("12/12/2023"), "\(draft)")
  }

  @Test("Headings of which the table of the file's name knows none are a fault, and can be drafted")
  func unknownHeadings() throws {
    let folder = try Folder()
    let file = try folder.write("Case Ref,Opened\nA,04/01/2016\n".utf8, to: "x.csv")
    let look = look(at: file, definitions: [visits])
    #expect(look.faults.map(\.kind) == [.noHeadings])
    #expect(look.headings.isEmpty)
    #expect(draftDefinitions(from: [look])[0].contains("headings: [\"Case Ref\"]"))
    let other = try folder.write("Amount\n1,5\n2,5\n".utf8, to: "y.txt")
    #expect(Extracts.look(at: other, definitions: []).headings == ["Amount"])
  }

  @Test("The line with which a database tool underlines its headings is no record of the draft")
  func underlined() throws {
    let folder = try Folder()
    let text =
      "Visit ID,Start Date,Visits\n--------,----------,------\nA1,13/01/2016,3\nA2,14/01/2016,4\n"
    let file = try folder.write(text.utf8, to: "x.csv")
    let look = look(at: file, definitions: [])
    #expect(look.columns.map(\.type) == [.string, .date, .integer])
    #expect(look.columns.map(\.given) == [2, 2, 2])
    #expect(look.recordCount == 2 && look.report?.rowsRead == 2)
    #expect(look.report?.underline == 2 && look.unreadable.isEmpty)
  }

  @Test("What is no text is said to be none")
  func faults() throws {
    let folder = try Folder()
    let book = try folder.write("PK\u{3}\u{4}".utf8, to: "x.csv")
    #expect(look(at: book, definitions: [visits]).faults.map(\.kind) == [.notDelimitedText])
    let blank = try folder.write("\n".utf8, to: "y.csv")
    #expect(look(at: blank, definitions: []).faults.map(\.kind) == [.empty])
    let missing = ExtractFile(path: folder.path + "/z", relativePath: "z")
    #expect(look(at: missing, definitions: []).faults.map(\.kind) == [.unreadable])
    #expect(draftDefinitions(from: [look(at: book, definitions: [])])[0].hasPrefix("# \"x.csv\""))
  }

  @Test("A draft says what each column most likely holds")
  func draft() throws {
    let folder = try Folder()
    let rows = (1...20).map {
      "A\($0),000\($0 % 3),\($0 % 28 + 1)/01/2016,2016-01-04 09:30,\($0 % 2 == 0 ? "Y" : "N"),"
        + "\($0).5,\($0 % 5),NULL,\"a\nb\"\($0 % 2 == 0 ? ",12-Jan-2016" : ","),x\n"
    }
    let head =
      "Assess ID,Person ID,Start Date,Seen,Open?,Score,Count,Gone,\"Notes \"\"x\"\"\",Ended,,1st\n"
    let text =
      head + rows.map { $0.replacing(",x\n", with: ",x,\n") }.joined() + "(20 rows affected)\n"
    let file = try folder.write(text.utf8, to: "cin_assessments_20160301.csv")
    let yaml = draftDefinitions(from: [look(at: file, definitions: [])])[0]
    #expect(
      yaml == """
        # Drafted by casecheck inspect: correct it, above all the types, the key and what is required.
        table: cin_assessments
        title: "Cin assessments"
        files: ["cin_assessments*.csv"]
        multiline: [notes_x]
        dialect: {footer: ["*rows affected*"]}
        missingValues: ["", "NULL"]
        primaryKey: assess_id
        person: person_id
        # owner: no team yet, so all goes to "(no team)". For the child's, where the table of children is people, with the key person_id:
        # foreignKeys: [{fields: person_id, reference: {table: people, fields: person_id}, as: person}]
        # owner: {team: person.team, worker: person.worker}
        fields:
          - name: assess_id
            headings: ["Assess ID"]
            type: string
            constraints: {required: true}
          - name: person_id
            headings: ["Person ID"]
            type: string
            constraints: {required: true}
          - name: start_date
            headings: ["Start Date"]
            type: date
          - name: seen
            headings: ["Seen"]
            type: datetime
          - name: open
            headings: ["Open?"]
            type: boolean
          - name: score
            headings: ["Score"]
            type: number
          - name: count
            headings: ["Count"]
            type: integer
          - name: gone
            headings: ["Gone"]
            type: string  # nothing in it: a guess
          - name: notes_x
            headings: ["Notes \\"x\\""]
            type: string
          - name: ended
            headings: ["Ended"]
            type: date
            format: "%d-%b-%Y"
          # column 11 has no heading, or one that stands in the file twice
          - name: n1st
            headings: ["1st"]
            type: string  # nothing in it: a guess

        """)
  }

  @Test(
    "The draft has the footers that tools and reports write, however they are written",
    arguments: [
      ("(12 rows affected)", "*rows affected*"), ("(1 ROW AFFECTED)", "*row affected*"),
      ("(2 row(s) affected)", "*row(s) affected*"), ("3 Rows Selected.", "*rows selected*"),
      ("Completion time: 2026-01-05T06:00:00", "Completion time*"), ("TOTAL: 12", "Total*"),
      ("Grand Total;12", "Grand total*"), ("End of list", "End of *"),
      ("*** END OF REPORT ***", "*END OF REPORT*"), ("Record count: 2", "Record count*"),
      ("Number of cases: 2", "Number of *"),
    ])
  func footer(_ line: String, _ glob: String) throws {
    let folder = try Folder()
    let file = try folder.write("ID;Day\n1;04/01/2016\n2;05/01/2016\n\(line)\n".utf8, to: "x.csv")
    let yaml = draftDefinitions(from: [look(at: file, definitions: [])])[0]
    #expect(yaml.contains("footer: [\"\(glob)\"]"), "\(yaml)")
  }

  @Test(
    "a draft reads the dates of databases and reports",
    arguments: [
      ("2016-01-10 22:00:00.000", "2016-01-23 09:15:00.123", "datetime", ""),
      ("2016-01-10T22:00:00Z", "2016-07-10T22:00:00Z", "datetime", ""),
      ("2016-01-10 00:00:00.000", "2016-01-23 00:00:00", "date", "%Y-%m-%d 00:00[:00][.000]"),
      ("2016-01-10T00:00:00", "2016-01-23T00:00:00", "date", "%Y-%m-%dT00:00[:00][.000][Z]"),
      ("13/03/2015 00:00:00", "14/09/2016 00:00", "date", "%d/%m/%Y 00:00[:00][.000]"),
      ("13/03/2015 00:00", "14/09/2016 09:15", "datetime", ""),
      ("13/03/2015 9:15 AM", "14/09/2016 12:05 PM", "datetime", "%d/%m/%Y %I:%M[:%S] %p"),
      ("3/13/2015 9:15 AM", "9/14/2016 12:05 PM", "datetime", "%m/%d/%Y %I:%M[:%S] %p"),
      ("13/03/2015 12:00:00 AM", "14/09/2016 12:00:00 AM", "date", "%d/%m/%Y 12:00[:00] AM"),
      ("13/03/2015 09:15:00.000", "14/09/2016 09:15:00.000", "datetime", "%d/%m/%Y %H:%M:%S[.000]"),
      ("20151130", "20160105", "date", "%Y%m%d"), ("30151130", "30160105", "integer", ""),
    ])
  func dateForms(_ one: String, _ other: String, _ type: String, _ format: String) throws {
    let folder = try Folder()
    let file = try folder.write("ID,Visited On\nA,\(one)\nB,\(other)\n".utf8, to: "x.csv")
    let look = look(at: file, definitions: [])
    let written = "    type: \(type)\n" + (format.isEmpty ? "" : "    format: \"\(format)\"\n")
    #expect(draftDefinitions(from: [look])[0].hasSuffix(written))
    #expect(look.unreadable.isEmpty)
  }

  @Test("a number of eight digits that names something is no day")
  func compactNumbers() throws {
    let folder = try Folder()
    let file = try folder.write("Plan Ref,x\n20151130,1\n20160105,2\n".utf8, to: "x.csv")
    #expect(look(at: file, definitions: []).columns.first?.type == .string)
  }

  @Test(
    "a draft says what it does not know of dates",
    arguments: [
      ("02/01/2016", "03/05/2016", "type: date  # either way round: the day is first by guess"),
      ("02-01-2016", "03-05-2016", "format: \"%d-%m-%Y\"  # either way round: the day is first"),
      ("13/03/2015 09:15:00.123", "14/09/2016 09:15:00.5", "type: string  # dates and times with"),
      ("02/01/2016", "13/05/2016", "type: date\n"),
    ])
  func doubtfulDates(_ one: String, _ other: String, _ line: String) throws {
    let folder = try Folder()
    let file = try folder.write("ID,Visited On\nA,\(one)\nB,\(other)\n".utf8, to: "x.csv")
    let yaml = draftDefinitions(from: [look(at: file, definitions: [])])[0]
    #expect(yaml.contains("    " + line), "\(yaml)")
  }

  @Test(
    "a draft says where no heading is known as the child's number",
    arguments: [
      ("Visit ID,Case Ref", "known as the child's number; perhaps case_ref\n"),
      ("Case ID,DOB", "known as the child's number; perhaps case_id\n"),
      ("Name,DOB", "\n# person: no heading is known as the child's number\n"),
      ("Visit ID,Mosaic ID", "\nperson: mosaic_id\n"), ("Visit ID,LCS ID", "\nperson: lcs_id\n"),
      ("Visit ID,Service User ID", "\nperson: service_user_id\n"),
    ])
  func persons(_ head: String, _ line: String) throws {
    let folder = try Folder()
    let file = try folder.write("\(head)\nA,B\nC,B\n".utf8, to: "x.csv")
    let yaml = draftDefinitions(from: [look(at: file, definitions: [])])[0]
    #expect(yaml.contains(line), "\(yaml)")
  }

  @Test(
    "A draft's key is the record's number before the child's, and the child's before a name",
    arguments: [
      ("Child Unique ID,Plan Ref", ["1,A1", "2,A2"], "plan_ref", "child_unique_id"),
      ("Plan Ref,Child Unique ID", ["A1,1", "A2,1"], "plan_ref", "child_unique_id"),
      ("Surname,NHS Number,Person ID", ["Oak,9,1", "Elm,8,2"], "person_id", "person_id"),
      ("Surname,Start", ["Oak,x", "Elm,x"], "surname", nil),
    ])
  func keys(_ head: String, _ rows: [String], _ key: String, _ person: String?) throws {
    let folder = try Folder()
    let text = ([head] + rows).joined(separator: "\n") + "\n"
    let file = try folder.write(text.utf8, to: "x.csv")
    let lines = draftDefinitions(from: [look(at: file, definitions: [])])[0].split(separator: "\n")
    #expect(lines.contains("primaryKey: \(key)"), "\(lines)")
    #expect(lines.first { $0.hasPrefix("person:") } == person.map { "person: \($0)" })
  }

  @Test(
    "A draft says which rows may be totals, and takes no sum for the key",
    arguments: [
      (
        ["A1,x,10", "A2,x,20", ",,30"],
        "primaryKey: ref  # ref is empty on line 4: a total or units?"
      ),
      (
        [",text,GBP", "A1,x,10", "A2,x,20", "A3,x,20", ",,50"],
        "primaryKey: ref  # ref is empty on lines 2 and 6: totals or units?"
      ),
      (
        ["A1,x,10", "A2,x,20", "Sub-total,,30", "A3,x,40"],
        "primaryKey: ref  # ref begins as totals do on line 4: a total?"
      ),
      (
        ["A1,x,10", "Total,,10", "A2,x,20", "A3,x,40", "Totals,,60", "A4,x,5", "A5,x,6"],
        "primaryKey: ref  # ref begins as totals do on lines 3 and 6: totals?"
      ),
      (["A1,x,10", ",,20", ",,30"], "primaryKey: amount"),
      (["A1,x,10", "A2,x,20", "Total,,30"], "primaryKey: ref"),
      (["Tom,x,10", "Ann,x,20", "Summer,x,30"], "primaryKey: ref"),
    ])
  func totals(_ rows: [String], _ line: String) throws {
    let folder = try Folder()
    let text = (["Ref,Kind,Amount"] + rows).joined(separator: "\n") + "\n"
    let look = look(at: try folder.write(text.utf8, to: "x.csv"), definitions: [])
    let lines = draftDefinitions(from: [look])[0].split(separator: "\n")
    #expect(lines.contains(Substring(line)), "\(lines)")
  }

  @Test("A draft without a key says as well which rows may be totals")
  func totalsWithoutKey() throws {
    let folder = try Folder()
    let file = try folder.write("Ref,Amount\nA1,10\nA1,10\n,20\n".utf8, to: "x.csv")
    let yaml = draftDefinitions(from: [look(at: file, definitions: [])])[0]
    #expect(yaml.contains("\n# primaryKey: no column has"), "\(yaml)")
    #expect(yaml.contains("; ref is empty on line 4: a total or units?\n"), "\(yaml)")
  }

  @Test(
    "a draft names the team and the worker, where they are names",
    arguments: [
      ("1,East,W1\n2,West,W2\n", "\nowner: {team: allocated_team, worker: allocated_worker}\n"),
      ("1,Y,7\n2,N,8\n", "\nowner: {worker: allocated_worker}\n"),
      (
        "1,Y,0.5\n2,N,1.5\n",
        "\nperson: child_id\n# owner: no team yet, so all goes to \"(no team)\". With columns"
      ),
    ])
  func owner(_ rows: String, _ lines: String) throws {
    let folder = try Folder()
    let text = "Child ID,Allocated Team,Allocated Worker\n" + rows
    let yaml = draftDefinitions(
      from: [look(at: try folder.write(text.utf8, to: "x.csv"), definitions: [])])[0]
    #expect(yaml.contains(lines), "\(yaml)")
  }

  @Test("a file without the key of the table that it is meant for names that table as well")
  func rival() throws {
    func named(_ name: String, _ fields: [String]) -> TableDefinition {
      var found = TableDefinition(
        name: name, title: name, pack: "", files: ["\(name)*.csv"], position: somewhere)
      found.fields = fields.map { field($0) }
      found.primaryKey = [0]
      return found
    }
    let folder = try Folder()
    let file = try folder.write("child,sex,team,start,end\n1,F,East,x,y\n".utf8, to: "list.csv")
    let tables = [
      named("children", ["child", "sex", "team"]),
      named("stays", ["stay_id", "child", "start", "end"]),
    ]
    let found = look(at: file, definitions: tables).definitions
    #expect(found.map(\.table) == ["children"])
    #expect(found[0].rival?.table == "stays")
    #expect(found[0].rival?.headings == ["start", "end"])
    #expect(found[0].rival?.missingRequiredFields == ["stay_id"])
  }
}
