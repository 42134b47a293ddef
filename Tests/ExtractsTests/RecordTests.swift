import Testing
import Values

@testable import Extracts

/// A file, and what must be read from it.
struct RecordCase: CustomTestStringConvertible, Sendable {
  var name: String
  var text: String
  var rows: [String] = []
  var rejects: [String] = []
  var faults: [String] = []
  var multiline: Set<Int> = []

  var testDescription: String { name }

  init(
    _ name: String, _ text: String, rows: [String] = [], rejects: [String] = [],
    faults: [String] = [], multiline: Set<Int> = []
  ) {
    self.name = name
    self.text = text
    self.rows = rows
    self.rejects = rejects
    self.faults = faults
    self.multiline = multiline
  }
}

private let head = "visit_id,person_id,seen_on,note\n"
private let v1 = "V1,P1,04/01/2016,x"
private let v2 = "V2,P2,05/01/2016,y"
private let row1 = "V1|P1|2016-01-04|x"
private let row2 = "V2|P2|2016-01-05|y"

private let lineCases: [RecordCase] = [
  RecordCase("line feeds", head + v1 + "\n" + v2 + "\n", rows: ["2: \(row1)", "3: \(row2)"]),
  RecordCase(
    "carriage returns and line feeds",
    "visit_id,person_id,seen_on,note\r\n" + v1 + "\r\n" + v2 + "\r\n",
    rows: ["2: \(row1)", "3: \(row2)"]),
  RecordCase(
    "lone carriage returns", "visit_id,person_id,seen_on,note\r" + v1 + "\r" + v2 + "\r",
    rows: ["2: \(row1)", "3: \(row2)"]),
  RecordCase(
    "line ends of all kinds", "visit_id,person_id,seen_on,note\r\n" + v1 + "\r" + v2 + "\n",
    rows: ["2: \(row1)", "3: \(row2)"]),
  RecordCase("no line end at the end", head + v1, rows: ["2: \(row1)"]),
  RecordCase(
    "blank lines and lines of spaces", head + "\n" + v1 + "\n   \n\t\u{A0}\n" + v2 + "\n\n",
    rows: ["3: \(row1)", "6: \(row2)"]),
  RecordCase(
    "lines of no-break spaces, of which a record may begin with one too",
    head + "\u{A0}\n" + v1 + "\n\u{A0} \u{A0}\r\n\u{A0}\n\u{A0}V2,P2,05/01/2016,y\n\u{A0}",
    rows: ["3: \(row1)", "6: \u{A0}\(row2)"]),
  RecordCase("delimiters only are a row", head + ",,,\n", rows: ["2: ∅|∅|∅|∅"]),
  RecordCase(
    "spaces in quotes are a row of too few fields", head + "\"  \"\n" + v1 + "\n",
    rows: ["3: \(row1)"], rejects: ["2: \"  \""]),
  RecordCase(
    "quotes, delimiters and doubled quotes in quotes",
    head + "\"V1\",\"P,1\",04/01/2016,\"says \"\"no\"\"\"\n",
    rows: ["2: V1|P,1|2016-01-04|says \"no\""]),
  RecordCase(
    "spaces stay around text and go around dates", head + "V1, P1 , 04/01/2016 , x \n",
    rows: ["2: V1| P1 |2016-01-04| x "]),
  RecordCase(
    "a note over lines", head + "V1,P1,04/01/2016,\"one\n\r\ntwo\"\n" + v2 + "\n",
    rows: ["2: V1|P1|2016-01-04|one\n\r\ntwo", "5: \(row2)"], multiline: [3]),
  RecordCase(
    "too few fields, too many and a trailing comma",
    head + "V1,P1\n" + v2 + ",\n" + v1 + "\nV3,P3,05/01/2016,a,b\n", rows: ["4: \(row1)"],
    rejects: ["2: V1,P1", "3: \(v2),", "5: V3,P3,05/01/2016,a,b"]),
  RecordCase(
    "headings again halfway", head + v1 + "\n" + head + v2 + "\n",
    rows: ["2: \(row1)", "4: \(row2)"]),
]

private let quoteCases: [RecordCase] = [
  RecordCase(
    "a quote in an unquoted field", head + "V1,P1,04/01/2016,5\" tall\n" + v2 + "\n",
    rows: ["3: \(row2)"], rejects: ["2: V1,P1,04/01/2016,5\" tall"]),
  RecordCase(
    "text after a closing quote", head + "V1,P1,04/01/2016,\"x\"y\n" + v2 + "\n",
    rows: ["3: \(row2)"], rejects: ["2: V1,P1,04/01/2016,\"x\"y"]),
  RecordCase(
    "text after a quote that closes lines later",
    head + "V1,P1,04/01/2016,\"x\n" + v2 + "\na\"b,,,\n",
    rows: ["3: \(row2)"], rejects: ["2: V1,P1,04/01/2016,\"x", "4: a\"b,,,"]),
  RecordCase(
    "a quote never closed at the first row", head + "\"V1,P1,04/01/2016,x\n" + v2 + "\n",
    rows: ["3: \(row2)"], rejects: ["2: \"V1,P1,04/01/2016,x"], faults: ["unclosedQuote 2"]),
  RecordCase(
    "a quote never closed in the middle", head + v1 + "\nV3,P3,,\"x\n" + v2 + "\n",
    rows: ["2: \(row1)", "4: \(row2)"], rejects: ["3: V3,P3,,\"x"], faults: ["unclosedQuote 3"]),
  RecordCase(
    "a quote never closed on the last line", head + v1 + "\nV2,P2,,\"x\n", rows: ["2: \(row1)"],
    rejects: ["3: V2,P2,,\"x"], faults: ["unclosedQuote 3"]),
  RecordCase(
    "the file ends in a quoted cell", head + v1 + "\nV2,P2,,\"x", rows: ["2: \(row1)"],
    rejects: ["3: V2,P2,,\"x"], faults: ["truncated 3"]),
  RecordCase(
    "the file ends in the middle of a record", head + v1 + "\nV2,P2", rows: ["2: \(row1)"],
    rejects: ["3: V2,P2"], faults: ["truncated 3"]),
  RecordCase(
    "a short last line with a line end", head + v1 + "\nV2,P2\n", rows: ["2: \(row1)"],
    rejects: ["3: V2,P2"]),
]

private let swallowedCases: [RecordCase] = [
  RecordCase(
    "stray quotes hide a record",
    head + "V1,P1,04/01/2016,\"she said\n" + v2 + "\nV3,P3,,was out\"\nV4,P4,,z\n",
    rows: ["5: V4|P4|∅|z"],
    rejects: ["2: V1,P1,04/01/2016,\"she said", "3: \(v2)", "4: V3,P3,,was out\""],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
  RecordCase(
    "the last line of a cell is a record",
    head + "V1,P1,04/01/2016,\"she said\nV3,P3,,was out\"\nV4,P4,,z\n", rows: ["4: V4|P4|∅|z"],
    rejects: ["2: V1,P1,04/01/2016,\"she said", "3: V3,P3,,was out\""],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
  RecordCase(
    "a cell over lines in a field of one line", head + "V1,P1,,\"a\nb\"\nV4,P4,,z\n",
    rows: ["4: V4|P4|∅|z"], rejects: ["2: V1,P1,,\"a", "3: b\""],
    faults: ["swallowedRecords 2 note"]),
  RecordCase(
    "a hidden record with quotes of its own",
    head + "V1,P1,,\"a\nV2,P2,,\"\"\nV3,P3,,b\"\nV4,P4,,z\n", rows: ["5: V4|P4|∅|z"],
    rejects: ["2: V1,P1,,\"a", "3: V2,P2,,\"\"", "4: V3,P3,,b\""],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
  RecordCase(
    "a hidden record with a comma in quotes behind the cell",
    "visit_id,note,seen_on,person_id\nV1,\"a,,P1\nV3,b\",,\"P,3\"\nV4,z,,P4\n",
    rows: ["4: V4|P4|∅|z"], rejects: ["2: V1,\"a,,P1", "3: V3,b\",,\"P,3\""],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
  RecordCase(
    "a hidden record whose own note goes on over the next line",
    "visit_id,note,seen_on,person_id\nV1,\"one\",,P1\nV2,\"two\"\",,P2\nV3,\"\"three\ngoes on\",,P3\nV4,z,,P4\n",
    rows: ["2: V1|P1|∅|one", "6: V4|P4|∅|z"],
    rejects: ["3: V2,\"two\"\",,P2", "4: V3,\"\"three", "5: goes on\",,P3"],
    faults: ["swallowedRecords 3 note"], multiline: [3]),
  RecordCase(
    "records hidden one behind the other, the last of which goes on over two lines",
    "visit_id,note,seen_on,person_id\nV1,\"one\"\",,P1\nV2,\"\"two\n\nand more\",,P2\nV4,z,,P4\n",
    rows: ["6: V4|P4|∅|z"],
    rejects: ["2: V1,\"one\"\",,P1", "3: V2,\"\"two", "5: and more\",,P2"],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
  RecordCase(
    "a note over lines whose quotes hide nothing",
    "visit_id,note,seen_on,person_id\nV1,\"one\nhe said,\"\"two\"\"\nthree\",,P1\nV4,z,,P4\n",
    rows: ["2: V1|P1|∅|one\nhe said,\"two\"\nthree", "5: V4|P4|∅|z"], multiline: [3]),
  RecordCase(
    "commas in a note are no record", head + "V1,P1,,\"a\n,b,c,d\nx, y\"\n",
    rows: ["2: V1|P1|∅|a\n,b,c,d\nx, y"], multiline: [3]),
  RecordCase(
    "swallowed, and of the wrong width too", head + "V1,P1,,\"a\n" + v2 + "\n\",x,y\n" + v1 + "\n",
    rows: ["5: \(row1)"], rejects: ["2: V1,P1,,\"a", "3: \(v2)", "4: \",x,y"],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
]

private let keyLast = "note,seen_on,person_id,visit_id\n"

/// Where the key comes after the cell over several lines, the record's own is on its last line.
private let swallowedBeforeKeyCases: [RecordCase] = [
  RecordCase(
    "a note over lines before the key", keyLast + "\"one\n\ntwo\",04/01/2016,P1,V1\n",
    rows: ["2: V1|P1|2016-01-04|one\n\ntwo"], multiline: [3]),
  RecordCase(
    "a note over lines with commas before the key",
    keyLast + "\"one, and\r\ntwo, V9, or\",04/01/2016,P1,V1\n",
    rows: ["2: V1|P1|2016-01-04|one, and\r\ntwo, V9, or"], multiline: [3]),
  RecordCase(
    "lines before the key and behind it", "person_id,visit_id,note\n\"P\r\n1\",V1,\"one\rtwo\"\n",
    rows: ["2: V1|P\r\n1|/|one\rtwo"], multiline: [1, 3]),
  RecordCase(
    "a record before the key is hidden by the quote that it opens",
    keyLast + "\"she said,,P1,V1\nwas out\",,P3,V3\nz,,P4,V4\n", rows: ["4: V4|P4|∅|z"],
    rejects: ["2: \"she said,,P1,V1", "3: was out\",,P3,V3"],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
  RecordCase(
    "a record with a comma in quotes is hidden by the quote that it opens",
    "person_id,note,seen_on,visit_id\n\"P,1\",\"a,,V1\nP3,b\",,V3\nP4,z,,V4\n",
    rows: ["4: V4|P4|∅|z"], rejects: ["2: \"P,1\",\"a,,V1", "3: P3,b\",,V3"],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
  RecordCase(
    "a record whose closing quote was lost",
    keyLast + "\"she said\nno,,P1,V1\nwas out\",,P3,V3\nz,,P4,V4\n", rows: ["5: V4|P4|∅|z"],
    rejects: ["2: \"she said", "3: no,,P1,V1", "4: was out\",,P3,V3"],
    faults: ["swallowedRecords 2 note"], multiline: [3]),
  RecordCase(
    "a record in the middle",
    keyLast + "\"she said,,P1,V1\ny,,P2,V2\nwas out\",,P3,V3\n",
    rejects: ["2: \"she said,,P1,V1", "3: y,,P2,V2", "4: was out\",,P3,V3"],
    faults: ["swallowedRecords 2 note", "noRows"], multiline: [3]),
]

@Suite("Records")
struct RecordTests {
  @Test(
    "Every way of writing records",
    arguments: lineCases + quoteCases + swallowedCases + swallowedBeforeKeyCases, chunkSizes)
  func reads(_ file: RecordCase, chunkSize: Int) throws {
    var definition = visits
    definition.multilineFields = file.multiline
    let reading = try read(file.text, as: definition, chunkSize: chunkSize)
    #expect(reading.rows == file.rows)
    #expect(reading.rejects == file.rejects)
    #expect(reading.faults == file.faults)
    #expect(reading.report.rowsChecked == file.rows.count)
    #expect(reading.report.rowsRejected == file.rejects.count)
    #expect(reading.report.rowsRead == file.rows.count + file.rejects.count)
  }

  @Test("The reason says what may be the cause")
  func reasons() throws {
    let text = head + "V1,P1\n" + v2 + ",\n" + v1 + ",b\n\"V3\"x,,,\n" + v1
    #expect(
      try read(text).table.rejects.map(\.reason) == [
        "2 fields where the headings name 4: perhaps a line break in a cell that is not in quotes",
        "5 fields where the headings name 4: there is a trailing comma",
        "5 fields where the headings name 4: perhaps a comma in a cell that is not in quotes; it fits only "
          + "where fields 4 to 5 are one cell of note: have the export put that cell in quotes",
        "a quote inside a cell that is not in quotes, or text after a closing quote",
      ])
  }

  @Test(
    "Records in a column that no field names are told by their lines alone", arguments: chunkSizes)
  func unknownColumn(chunkSize: Int) throws {
    let text = "visit_id,person_id,Colour\nV1,P1,\"a\nb\"\nV2,P2,\"a\nV3,P3,c\nd\"\n"
    let reading = try read(text, chunkSize: chunkSize)
    #expect(reading.rows == ["2: V1|P1|/|/"])
    #expect(reading.rejects == ["4: V2,P2,\"a", "5: V3,P3,c", "6: d\""])
    #expect(reading.faults == ["swallowedRecords 4"])
  }

  @Test("A record over the limit is rejected, and reading goes on", arguments: chunkSizes)
  func tooLong(chunkSize: Int) throws {
    let long = String(repeating: "x", count: 3000)
    let reading = try read(
      head + "V1,P1,,\(long)\n" + v2 + "\nV3,P3,,\"a\nb\n\(long)\n" + v1 + "\n",
      chunkSize: chunkSize,
      mostRecordBytes: 2000)
    #expect(reading.rows == ["3: \(row2)", "7: \(row1)"])
    #expect(reading.table.rejects.map(\.line) == [2, 4, 5, 6])
    #expect(reading.faults == ["notDelimitedText 2", "unclosedQuote 4", "notDelimitedText 6"])
  }

  @Test(
    "A record over the limit that the file ends in is rejected", arguments: chunkSizes, ["", "\n"])
  func tooLongAtTheEnd(chunkSize: Int, end: String) throws {
    let long = String(repeating: "x", count: 3000)
    let reading = try read(
      head + v1 + "\n" + v2 + "\nV3,P3,,\(long)\(end)", chunkSize: chunkSize,
      mostRecordBytes: 2000)
    #expect(reading.rows == ["2: \(row1)", "3: \(row2)"])
    #expect(reading.table.rejects.map(\.line) == [4])
    #expect(reading.faults == ["notDelimitedText 4"])
  }

  @Test(
    "Rows are the same whether plain or with every cell in quotes", arguments: chunkSizes + [4096])
  func plainOrQuoted(chunkSize: Int) throws {
    var generator = FixedGenerator(state: 5)
    var definition = visits
    definition.multilineFields = [3]
    let dates = ["04/01/2016", "31/12/2015", "30/02/2016", "", " 05/01/2016", "5/1/2016"]
    let notes = ["", "seen", "a, b", "two\nlines", "a \"quote\"", "é", "V1,P2,04/01/2016"]
    var (plain, quoted) = (head, head)
    for row in 0..<700 {
      let cells = [
        generator.next() % 40 == 0 ? "" : "V\(row)", "P\(generator.next() % 9)",
        dates[Int(generator.next() % 6)], notes[Int(generator.next() % 7)],
      ]
      let doubled = cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }
      let isPlain = cells.map { !$0.contains(where: { ",\"\n".contains($0) }) }
      let end = generator.next() % 3 == 0 ? "\r\n" : generator.next() % 20 == 0 ? "\n\n" : "\n"
      quoted += doubled.joined(separator: ",") + end
      plain +=
        cells.indices.map { isPlain[$0] ? cells[$0] : doubled[$0] }.joined(separator: ",") + end
    }
    let (first, second) = (
      try read(plain, as: definition, chunkSize: chunkSize),
      try read(quoted, as: definition, chunkSize: chunkSize)
    )
    #expect(first.rows.count > 600)
    #expect(first.rows == second.rows)
    #expect(first.rejects.count == second.rejects.count)
    #expect(first.faults == second.faults)
    #expect(
      first.table.findings.map { [$0.row, $0.field] }
        == second.table.findings.map { [$0.row, $0.field] })
    #expect(first.table.tallies == second.table.tallies)
  }

  @Test("A table without a key goes by its typed cells")
  func withoutKey() throws {
    var definition = visits
    definition.primaryKey = []
    definition.multilineFields = [3]
    let good = try read(head + "V1,P1,,\"a\nx,y,z,w\"\n", as: definition)
    #expect(good.rows.count == 1)
    let bad = try read(head + "V1,P1,,\"a\nx,y,04/01/2016,w\"\n", as: definition)
    #expect(bad.faults == ["swallowedRecords 2 note", "noRows"])
  }
}
