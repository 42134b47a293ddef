import Testing
import Values

@testable import Extracts

@Suite("What a draft has to say")
struct DraftTests {
  /// The look at a file with these lines, by the definitions given.
  private func looked(
    _ lines: [String], name: String = "x.csv", _ definitions: [TableDefinition] = []
  ) throws -> FileLook {
    let folder = try Folder()
    let file = try folder.write((lines.joined(separator: "\n") + "\n").utf8, to: name)
    return withExtendedLifetime(folder) { look(at: file, definitions: definitions) }
  }

  private func draft(_ lines: [String]) throws -> String {
    draftDefinitions(from: [try looked(lines)])[0]
  }

  @Test(
    "a day that stands for none is read as no value, and told",
    arguments: [
      ("01/01/1900", "13/01/2016"), ("31/12/9999", "13/01/2016"), ("1/1/1753", "13/01/2016"),
      ("01/01/1900 00:00", "13/01/2016 09:15"), ("31/12/9999 23:59:59", "13/01/2016 09:15:00"),
      ("2099-12-31T00:00:00", "2016-01-13T00:00:00"), ("30-Dec-1899", "13-Jan-2016"),
      ("0001-01-01", "2016-01-13"), ("99991231", "20160113"), ("12/31/2999", "01/13/2016"),
    ])
  func placeholders(_ none: String, _ day: String) throws {
    let look = try looked(["Ref,Closed On", "A1,\(none)", "A2,\(day)", "A3,\(none)"])
    let yaml = draftDefinitions(from: [look])[0]
    #expect(
      yaml.contains(
        """

        # closed_on: 2 cells hold "\(none)", which usually stands for no date and would pass for one: take out what is a date
        missingValues: ["", "\(none)"]

        """), "\(yaml)")
    #expect(look.columns[1].placeholders.map(\.text) == [none])
    #expect(look.columns[1].placeholders.map(\.count) == [2])
    #expect(look.draft?.definition.missingValues == ["", Text(none)])
    #expect(look.unreadable.isEmpty && look.faults.isEmpty)
  }

  @Test(
    "a day that some case may have is one, and so is one that a text mentions",
    arguments: [
      ("01/01/1970", "13/01/2016"), ("31/12/2017", "13/01/2016"), ("01/01/1901", "13/01/2016"),
      ("01/01/1900 09:15", "01/01/1900 10:30"), ("01/01/1900", "a note"),
    ])
  func days(_ one: String, _ other: String) throws {
    let look = try looked(["Ref,Closed On", "A1,\(one)", "A2,\(other)"])
    #expect(look.columns[1].placeholders.isEmpty)
    #expect(!draftDefinitions(from: [look])[0].contains("missingValues"))
  }

  @Test("what the definition of a file reads as no value is empty")
  func declaredMissing() throws {
    var definition = visits
    definition.missingValues = ["", "01/01/1900", "none"]
    let lines = [
      "Visit ID,person_id,Seen On,note", "V1,P1,01/01/1900,x", "V2,P2,none,x",
      "V3,P3,13/01/2016,none", "V4,P4,,y",
    ]
    let known = try looked(lines, name: "visits.csv", [definition])
    #expect(known.columns.map(\.empty) == [0, 0, 3, 1])
    #expect(known.columns[2].type == .date && known.columns[2].placeholders.isEmpty)
    #expect(known.columns[3].distinct == 2)
    #expect(try looked(lines, name: "visits.csv").columns.map(\.empty) == [0, 0, 1, 0])
  }

  @Test(
    "a word for no value that may be a code is said to be read as none",
    arguments: [
      ("NA", "SA", "# outcome: \"NA\" may be a code here and no missing value: if so, take"),
      ("NULL", "SA", nil), ("NA", "12/01/2016", nil),
    ])
  func codes(_ word: String, _ other: String, _ line: String?) throws {
    let yaml = try draft(["Ref,Outcome", "A1,\(word)", "A2,\(other)"])
    #expect(yaml.contains("\nmissingValues: [\"\", \"\(word)\"]\n"), "\(yaml)")
    #expect(yaml.contains(" may be ") == (line != nil), "\(yaml)")
    if let line { #expect(yaml.contains(line), "\(yaml)") }
  }

  @Test("years of two digits are explained, and no birth is to come")
  func shortYears() throws {
    let yaml = try draft([
      "Ref,Date of Birth,Seen,Expected DOB", "A1,13/01/55,14/02/16,15/03/16",
      "A2,14/02/10,15/02/16,16/03/16",
    ])
    let years = "    # years of two digits: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999\n"
    let format = "    type: date\n    format: \"%d/%m/%y\"\n" + years
    let bound = "    constraints: {maximum: asOf}  # a date of birth to come is listed"
    #expect(yaml.contains(format + bound), "\(yaml)")
    #expect(yaml.contains(format + "  - name: expected_dob\n"), "\(yaml)")
    #expect(yaml.hasSuffix(format), "\(yaml)")
    let long = try draft(["Ref,DOB", "A1,13/01/1955", "A2,14/02/2010"])
    #expect(!long.contains("two digits") && !long.contains("asOf"), "\(long)")
  }

  @Test(
    "cells that another mark parts are a fault, and drafted by it",
    arguments: [("^", "a"), ("~", "a"), (":", "a"), ("^", "a, b")])
  func otherMark(_ mark: String, _ note: String) throws {
    let lines = [
      "Visit ID^Seen On^Note", "V1^13/01/2016^\(note)", "V2^14/01/2016^\(note)",
      "V3^15/01/2016^\(note)",
    ]
    let look = try looked(lines.map { $0.replacing("^", with: mark) })
    #expect(look.headings == ["Visit ID", "Seen On", "Note"])
    #expect(look.faults.map(\.kind) == [.noHeadings])
    #expect(look.faults.first?.message.contains("dialect: {delimiter: \"\(mark)\"}") == true)
    #expect(look.faultsBesidesDraft.isEmpty)
    #expect(look.columns.map(\.type) == [.string, .date, .string])
    #expect(look.report?.rowsRead == 3 && look.report?.rowsRejected == 0)
    let yaml = draftDefinitions(from: [look])[0]
    #expect(yaml.contains("\ndialect: {delimiter: \"\(mark)\"}\n"), "\(yaml)")
    var definition = try #require(look.draft).definition
    definition.files = ["*"]
    let known = try looked(lines.map { $0.replacing("^", with: mark) }, [definition])
    #expect(known.faults.isEmpty)
  }

  @Test("a column of times or of notes is one column")
  func oneColumn() throws {
    for lines in [["Seen: from", "09:30", "10:15"], ["Note", "a ^ b", "c"]] {
      let look = try looked(lines)
      #expect(look.headings == [lines[0]] && look.faults.isEmpty)
    }
  }

  @Test(
    "rows that stand in quotes as a whole, or are parted by what is no delimiter, are a fault",
    arguments: [
      (["\"Visit ID,Seen,Note\"", "\"V1,Y,x\"", "\"V2,N,y\""], "each row stands in quotes"),
      (["Visit ID,Seen,Note", "\"V1,Y,x\"", "\"V2,N,y\""], "each row stands in quotes"),
      (["Visit ID¦Seen", "V1¦Y", "V2¦N"], "parted by ¦, which no delimiter can be"),
    ])
  func unparted(_ lines: [String], _ words: String) throws {
    let look = try looked(lines)
    #expect(look.faults.first?.kind == .notDelimitedText)
    #expect(look.faults.first?.message.contains(words) == true)
    #expect(look.faultsBesidesDraft == look.faults)
    let comment = draftDefinitions(from: [look])[0].split(separator: "\n")[1]
    #expect(comment.hasPrefix("# It will not do as it is: ") && comment.contains(words))
  }

  @Test(
    "the child's number is required, and where it is missing the draft says so",
    arguments: [
      (["V1,100", "V2,"], "  # 1 cell is empty, and is listed"),
      (["V1,100", "V2,", "V3,"], "  # 2 cells are empty, and are listed"),
      (["V1,100", "V2,100"], ""),
    ])
  func person(_ rows: [String], _ said: String) throws {
    let yaml = try draft(["Visit ID,Child ID"] + rows)
    let end = "    type: string\n    constraints: {required: true}\(said)\n"
    #expect(yaml.hasSuffix(end), "\(yaml)")
  }

  @Test(
    "dates of which Excel has turned most into numbers are dates where the heading says so",
    arguments: [("Closed Date", "date"), ("Amount", "string")])
  func serials(_ heading: String, _ type: String) throws {
    let cells = (0..<6).map { "4240\($0)" } + (13..<17).map { "\($0)/01/2016" }
    let look = try looked(["Ref,\(heading)"] + cells.enumerated().map { "A\($0),\($1)" })
    #expect(look.columns[1].type.rawValue == type)
    let remark = "    # 6 cells hold Excel's numbers for days, and a run lists them as no dates:"
    let yaml = draftDefinitions(from: [look])[0]
    #expect(yaml.contains("    type: \(type)\n" + (type == "date" ? remark : "")), "\(yaml)")
    #expect(look.unreadable.map(\.count) == (type == "date" ? [6] : []))
  }

  @Test(
    "a footer as wide as a record is told from one by a pattern of the key, where there is one",
    arguments: [
      (["Visit ID,Sum,Team", "V1,10,East", "V2,20,West", "Total,30,"], "[A-Za-z]*[0-9]+", 2),
      (["Visit ID,Sum,Team", "100,10,East", "101,20,West", "Total,30,"], "[0-9]+", 2),
      (["Visit ID,Sum,Team", "V-1,10,East", "V-2,20,West", "Total,30,"], ".*[0-9].*", 2),
      (["Visit ID,Sum,Team", "V1,10,East", "V2,20,West", "Total,30"], nil, 2),
      (["Name,Sum", "Oak,10", "Elm,20", "Total,30"], nil, 3),
    ])
  func footers(_ lines: [String], _ pattern: String?, _ records: Int) throws {
    let look = try looked(lines)
    let yaml = draftDefinitions(from: [look])[0]
    let constraint = pattern.map { "{required: true, pattern: \"\($0)\"}  # without" }
    #expect(yaml.contains("pattern: ") == (pattern != nil), "\(yaml)")
    if let constraint { #expect(yaml.contains("constraints: \(constraint)"), "\(yaml)") }
    let isRecord = lines[0].hasPrefix("Name")
    let said =
      isRecord
      ? "  # 1 footer has the fields of a record and what would do as its key: read as a record"
      : ""
    #expect(yaml.contains("\ndialect: {footer: [\"Total*\"]}\(said)\n"), "\(yaml)")
    #expect(look.report?.rowsRead == records)
  }
}
