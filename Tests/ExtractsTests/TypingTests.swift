import Testing
import Values
import WorkingTime

@testable import Extracts

private struct CellCase: CustomTestStringConvertible, Sendable {
  var type: FieldType
  var text: String
  /// Nil where it cannot be read.
  var value: String?
  var testDescription: String { "\(type) “\(text)”" }

  init(_ type: FieldType, _ text: String, _ value: String?) {
    self.type = type
    self.text = text
    self.value = value
  }
}

private let cases: [CellCase] = [
  CellCase(.string, " a ", " a "), CellCase(.string, "  ", "  "), CellCase(.string, "null", "null"),
  CellCase(.integer, "12", "12"), CellCase(.integer, " 007\t", "7"), CellCase(.integer, "-3", "-3"),
  CellCase(.integer, "+3", "3"), CellCase(.integer, "\u{A0}3\u{A0}", "3"),
  CellCase(.integer, "1.0", nil), CellCase(.integer, "1,234", nil), CellCase(.integer, "1e5", nil),
  CellCase(.integer, "9223372036854775807", "9223372036854775807"),
  CellCase(.integer, "9223372036854775808", nil), CellCase(.integer, "-9223372036854775808", nil),
  CellCase(.integer, "99999999999999999999999", nil), CellCase(.integer, "-", nil),
  CellCase(.integer, "0x1F", nil), CellCase(.integer, "١٢", nil),
  CellCase(.number, "1.5", "1.5"), CellCase(.number, "-0.25", "-0.25"),
  CellCase(.number, "12", "12.0"),
  CellCase(.number, "1e5", "100000.0"), CellCase(.number, "1E-2", "0.01"),
  CellCase(.number, ".5", "0.5"),
  CellCase(.number, "5.", "5.0"), CellCase(.number, "NaN", nil), CellCase(.number, "INF", nil),
  CellCase(.number, "-INF", nil), CellCase(.number, "inf", nil), CellCase(.number, "1e999", nil),
  CellCase(.number, "1,234.50", nil), CellCase(.number, "1.2.3", nil), CellCase(.number, ".", nil),
  CellCase(.number, "0x1p3", nil), CellCase(.number, "1e", nil), CellCase(.number, "£5", nil),
  CellCase(.number, "0.1", "0.1"),
  CellCase(.number, "123456789012345678", "1.2345678901234568e+17"),
  CellCase(.number, "0.30000000000000004", "0.30000000000000004"),
  CellCase(.number, "1.7976931348623157e308", "1.7976931348623157e+308"),
  CellCase(
    .number, "179769313486231570000000000000000000000000000000000000.5", "1.7976931348623157e+53"),
  CellCase(.boolean, "true", "true"), CellCase(.boolean, " Y ", "true"),
  CellCase(.boolean, "0", "false"),
  CellCase(.boolean, "NO", "false"), CellCase(.boolean, "yes", nil), CellCase(.boolean, "y", nil),
  CellCase(.date, "04/01/2016", "2016-01-04"), CellCase(.date, "4/1/2016", "2016-01-04"),
  CellCase(.date, "2016-01-04", "2016-01-04"), CellCase(.date, " 04/01/2016 ", "2016-01-04"),
  CellCase(.date, "31/02/2016", nil), CellCase(.date, "04/01/16", nil),
  CellCase(.date, "04/01/2016 00:00", nil), CellCase(.date, "01/31/2016", nil),
  CellCase(.date, "42373", nil), CellCase(.date, "2016-1-4", nil),
  CellCase(.datetime, "04/01/2016 11:30", "2016-01-04T11:30"),
  CellCase(.datetime, "04/01/2016 11:30:15", "2016-01-04T11:30:15"),
  CellCase(.datetime, "2016-01-04T11:30", "2016-01-04T11:30"),
  CellCase(.datetime, "04/01/2016", nil),
  CellCase(.datetime, "04/01/2016 24:00", nil), CellCase(.time, "09:30", "09:30"),
  CellCase(.time, "9:30:05", "09:30:05"), CellCase(.time, "25:00", nil),
  CellCase(.time, "930", nil),
]

@Suite("Typing")
struct TypingTests {
  @Test("Every type", arguments: cases)
  fileprivate func types(_ cell: CellCase) throws {
    let definition = table(field("id"), field("value", cell.type))
    let reading = try read("id,value\nA,\"\(cell.text)\"\n", as: definition)
    #expect(reading.rows == ["2: A|\(cell.value ?? "∅")"])
    #expect(reading.findings == (cell.value == nil ? ["0 value type"] : []))
    #expect(reading.texts(of: "value") == [cell.text])
    #expect(reading.table.columns[1]?.isGiven(at: 0) == true)
    #expect(reading.table.tallies[1].given == 1)
    #expect(reading.table.tallies[1].present == (cell.value == nil ? 0 : 1))
  }

  @Test("Missing values: exact, on the text with and without its spaces")
  func missing() throws {
    var definition = table(field("id"), field("a"), field("b", .integer))
    definition.missingValues = ["", "NULL", " - "]
    let text = "id,a,b\n1,NULL,NULL\n2, NULL , NULL \n3,null,null\n4, - , - \n5,,\n6,  ,  \n"
    let reading = try read(text, as: definition)
    #expect(
      reading.rows == [
        "2: 1|∅|∅", "3: 2| NULL |∅", "4: 3|null|∅", "5: 4|∅|∅", "6: 5|∅|∅", "7: 6|  |∅",
      ])
    #expect(reading.findings == ["2 b type"])
    #expect(reading.texts(of: "a") == ["NULL", " NULL ", "null", " - ", "", "  "])
    #expect(reading.texts(of: "b") == ["NULL", " NULL ", "null", " - ", "", "  "])
    definition.missingValues = ["NULL"]
    #expect(try read("id,a,b\n1,,\n", as: definition).rows == ["2: 1||∅"])
    #expect(try read("id,a,b\n1,,\n", as: definition).findings == ["0 b type"])
  }

  @Test("Groups of digits, and a decimal comma")
  func groups() throws {
    var value = field("value", .number)
    value.groupChar = ","
    let definition = table(field("id"), value)
    func values(_ texts: [String], _ definition: TableDefinition) throws -> [String] {
      let rows = texts.enumerated().map { "\($0.offset),\"\($0.element)\"\n" }.joined()
      return try read("id,value\n" + rows, as: definition).rows.map {
        String($0.split(separator: "|")[1])
      }
    }
    #expect(
      try values(
        ["1,234.50", "12,345,678", "1,23", "1234", ",123", "123,", "1,2345", "1,,234"], definition)
        == ["1234.5", "12345678.0", "∅", "1234.0", "∅", "∅", "∅", "∅"])
    var european = definition
    european.fields[1].groupChar = "\u{A0}"
    european.fields[1].decimalChar = ","
    #expect(
      try values(["1\u{A0}234,5", "0,25", "1.5"], european) == ["1234.5", "0.25", "∅"])
  }

  @Test("A date-time that a format without a time reads is a bare date")
  func bareDates() throws {
    var value = field("value", .datetime)
    value.formats += DateFormat.dateDefaults
    let reading = try read(
      "id,value\n1,04/01/2016 00:00\n2,04/01/2016\n", as: table(field("id"), value))
    let column = try #require(reading.table.columns[1])
    let day = try #require(CalendarDate(iso: "2016-01-04"))
    #expect(
      column.value(at: 0, in: reading.pool) == .datetime(LocalDateTime(date: day, secondOfDay: 0)))
    #expect(column.value(at: 1, in: reading.pool) == .date(day))
    #expect(reading.texts(of: "value") == ["04/01/2016 00:00", "04/01/2016"])
  }

  @Test(
    "Texts are kept only where the column would write the value otherwise",
    arguments: [
      ("04/01/2016 09:30:00", "05/01/2016 10:00:05", FieldType.datetime, 0),
      ("2016-01-04 09:30", "2016-01-05 10:00", .datetime, 0),
      ("2016-01-04T09:30:00Z", "2016-01-05T10:00:00Z", .datetime, 2),
      ("04/01/2016", "05/01/2016", .date, 0), ("4/1/2016", "05/01/2016", .date, 1),
      ("2016-01-04", "05/01/2016", .date, 1), ("09:30", "10:00", .time, 0),
      ("12.50", "3.00", .number, 0), ("12.50", "3", .number, 1), ("-0.0", "1.0", .number, 1),
      ("1e3", "5", .number, 1), ("Y", "N", .boolean, 0), ("Y", "Yes", .boolean, 1),
      ("12", "007", .integer, 1), ("-0", "+5", .integer, 2), (" 1", "2", .integer, 1),
      ("NULL", "x", .string, 0), ("0.10", "0.20", .number, 0),
    ])
  func canonical(_ first: String, _ second: String, _ type: FieldType, _ kept: Int) throws {
    let definition = table(field("id"), field("value", type))
    let reading = try read("id,value\n1,\(first)\n2,\(second)\n3,\(first)\n", as: definition)
    #expect(reading.texts(of: "value") == [first, second, first])
    let texts = (0..<2).compactMap { reading.table.columns[1]?.texts.text(of: $0) }
    #expect(texts.count == kept)
    #expect(reading.findings.isEmpty)
  }

  @Test("Fields that are not kept are checked all the same")
  func notKept() throws {
    let definition = table(field("id"), field("a", .integer), field("b", .boolean))
    let reading = try read("id,a,b\n1,x,Y\n2,5,?\n", as: definition, kept: [0])
    #expect(reading.rows == ["2: 1|/|/", "3: 2|/|/"])
    #expect(reading.findings == ["0 a type", "1 b type"])
    #expect(reading.table.findings[0].text == "x")
    #expect(reading.table.tallies[1].present == 1)
  }

  @Test("Equal texts have one number, whatever their length")
  func pool() {
    var pool = StringPool()
    let texts = (0..<5000).map { Text(String(repeating: "x", count: $0 % 40) + String($0 / 3)) }
    let numbers = texts.map { pool.number(of: $0) }
    #expect(pool.count == Set(texts).count)
    for (text, number) in zip(texts, numbers) {
      #expect(pool[number] == text)
      #expect(pool.existingNumber(ofBytes: text.string.utf8Span.span) == number)
    }
    #expect(pool.existingNumber(of: "é") == nil)
    #expect(pool.number(of: "é") != pool.number(of: "e\u{301}"))
  }
}
