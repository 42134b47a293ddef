import Patterns
import Testing
import Values
import WorkingTime

@testable import Extracts

private struct ConstraintCase: CustomTestStringConvertible, Sendable {
  var name: String
  var field: FieldDefinition
  /// Cells that pass.
  var good: [String]
  /// Cells that fail, and the constraints that they break.
  var bad: [(text: String, breaks: String)]
  var testDescription: String { name }
}

private func constrained(
  _ type: FieldType, _ change: (inout FieldDefinition) -> Void
) -> FieldDefinition {
  var value = field("value", type)
  change(&value)
  return value
}

private func day(_ text: String) -> CellValue {
  CalendarDate(iso: text).map { .date($0) } ?? .absent
}

private let cases: [ConstraintCase] = [
  ConstraintCase(
    name: "required", field: constrained(.integer) { $0.constraints.required = true },
    good: ["1"], bad: [("", "required"), ("  ", "required"), ("x", "type")]),
  ConstraintCase(
    name: "required text", field: constrained(.string) { $0.constraints.required = true },
    good: ["a", " "], bad: [("", "required")]),
  ConstraintCase(
    name: "codes",
    field: constrained(.string) { $0.codes = AllowedCodes(list: "kinds", values: ["SA", "PB"]) },
    good: ["SA", "PB", ""], bad: [("SA ", "enum"), ("sa", "enum"), ("X", "enum")]),
  ConstraintCase(
    name: "codes of whole numbers",
    field: constrained(.integer) { $0.codes = AllowedCodes(list: "kinds", values: ["1", "02"]) },
    good: ["1", " 1 ", "02"], bad: [("2", "enum"), ("x", "type")]),
  ConstraintCase(
    name: "enum", field: constrained(.string) { $0.constraints.allowed = ["a", "b"] },
    good: ["a", ""], bad: [("A", "enum"), (" a", "enum")]),
  ConstraintCase(
    name: "minimum and maximum of whole numbers",
    field: constrained(.integer) {
      $0.constraints.minimum = .value(.integer(1))
      $0.constraints.maximum = .value(.integer(9_007_199_254_740_993))
    },
    good: ["1", "9007199254740993", ""],
    bad: [("0", "minimum"), ("9007199254740994", "maximum"), ("x", "type")]),
  ConstraintCase(
    name: "minimum of numbers, an int's too",
    field: constrained(.number) { $0.constraints.minimum = .value(.integer(0)) },
    good: ["0", "0.1"], bad: [("-0.1", "minimum")]),
  ConstraintCase(
    name: "dates up to the as-of date",
    field: constrained(.date) {
      $0.constraints.minimum = .value(day("1990-01-01"))
      $0.constraints.maximum = .asOf
    },
    good: ["01/01/1990", "01/03/2016"],
    bad: [("31/12/1989", "minimum"), ("02/03/2016", "maximum"), ("31/02/2016", "type")]),
  ConstraintCase(
    name: "date-times up to the as-of date",
    field: constrained(.datetime) { $0.constraints.maximum = .asOf },
    good: ["01/03/2016 23:59"], bad: [("02/03/2016 00:00", "maximum")]),
  ConstraintCase(
    name: "times",
    field: constrained(.time) {
      $0.constraints.minimum = .value(.time(TimeOfDay(secondOfDay: 9 * 3600)))
    }, good: ["09:00"], bad: [("08:59", "minimum")]),
  ConstraintCase(
    name: "pattern",
    field: constrained(.string) { $0.constraints.pattern = try? Pattern("P[0-9]+") },
    good: ["P1", ""], bad: [("P1 ", "pattern"), ("xP1", "pattern"), ("P", "pattern")]),
  ConstraintCase(
    name: "pattern of whole numbers goes by the text",
    field: constrained(.integer) { $0.constraints.pattern = try? Pattern("0[0-9]+") },
    good: [" 07 "], bad: [("7", "pattern")]),
  ConstraintCase(
    name: "lengths in code points",
    field: constrained(.string) {
      $0.constraints.minLength = 2
      $0.constraints.maxLength = 3
    },
    good: ["é😀", "abc", ""], bad: [("é", "minLength"), ("abcd", "maxLength")]),
  ConstraintCase(
    name: "several at once, in order",
    field: constrained(.string) {
      $0.constraints.allowed = ["a"]
      $0.constraints.pattern = try? Pattern("[a-z]")
      $0.constraints.maxLength = 1
    }, good: ["a"], bad: [("BB", "enum pattern maxLength")]),
]

@Suite("Constraints")
struct ConstraintTests {
  @Test("Every constraint", arguments: cases, [true, false])
  fileprivate func constraints(_ rule: ConstraintCase, isKept: Bool) throws {
    let definition = table(field("id"), rule.field)
    // Each cell twice, so that the outcome remembered for a cell is used as well.
    let good = rule.good + rule.good
    let bad = rule.bad + rule.bad
    let cells = good + bad.map(\.text)
    let text = "id,value\n" + cells.map { "1,\"\($0)\"\n" }.joined()
    let reading = try read(text, as: definition, kept: isKept ? [0, 1] : [0])
    let expected = bad.enumerated().flatMap { number, cell in
      cell.breaks.split(separator: " ").map { "\(good.count + number) value \($0)" }
    }
    #expect(reading.findings == expected)
    // The words of a finding are kept once for all findings that say the same.
    let findings = reading.table.findings
    for same in Dictionary(
      grouping: findings.indices, by: { "\(findings[$0].constraint) \(findings[$0].text)" }
    ).values {
      #expect(same.allSatisfy { findings.haveSameWords($0, same[0]) })
    }
    for finding in reading.table.findings {
      #expect(finding.text == cells[Int(finding.row)])
      #expect(finding.message.hasPrefix("value ") && finding.message.hasSuffix("."))
      #expect(finding.fix.hasSuffix("."))
    }
  }

  /// The words about so many different cells are put together when they are asked for.
  @Test("After ten thousand others the same is said of a cell", arguments: cases.dropFirst(2))
  fileprivate func constraintsOfMany(_ rule: ConstraintCase) throws {
    let definition = table(field("id"), rule.field)
    func rows(_ cells: [String]) -> String { cells.map { "1,\"\($0)\"\n" }.joined() }
    let cells = rule.bad.map(\.text) + rule.bad.map(\.text)
    let alone = try read("id,value\n" + rows(cells), as: definition).table.findings
    let others = (0..<10_000).map { "QQQQ\($0)" }
    let folder = try Folder()
    let files = [
      try folder.write(("id,value\n" + rows(others + cells)).utf8, to: "a.csv"),
      try folder.write(("id,Value\n" + rows(others + cells)).utf8, to: "b.csv"),
      try folder.write(("id,VALUE\n" + rows(cells)).utf8, to: "c.csv"),
    ]
    let all = read(files, as: definition).table.findings
    for (part, firstRow) in [10_000, 20_000 + cells.count, 20_000 + 2 * cells.count].enumerated() {
      let places = all.indices.filter {
        (firstRow..<firstRow + cells.count).contains(Int(all.row(at: $0)))
      }
      #expect(places.count == alone.count, "part \(part)")
      for (place, wanted) in zip(places, alone) {
        let finding = all[place]
        #expect(Int(finding.row) == firstRow + Int(wanted.row))
        #expect(finding.constraint == wanted.constraint && all.field(at: place) == wanted.field)
        #expect(finding.text == wanted.text && all.text(at: place) == wanted.text)
        #expect(finding.message == wanted.message && finding.fix == wanted.fix)
        #expect(all.haveSameWords(place, place))
      }
      for (one, other) in zip(places.prefix(alone.count / 2), places.dropFirst(alone.count / 2)) {
        #expect(all.haveSameWords(one, other))
        #expect(!all.haveSameWords(one, 0))
      }
    }
  }

  @Test(
    "Messages say what was found, what it looks like and what is wanted",
    arguments: [
      (
        FieldType.date, "42373",
        "value \"42373\" cannot be read as a date: it looks like an Excel serial date (4 January 2016); write it as dd/mm/yyyy or yyyy-mm-dd."
      ),
      (
        .date, "01/31/2016",
        "value \"01/31/2016\" cannot be read as a date: it looks like a US date, month first (31 January 2016); write it as dd/mm/yyyy or yyyy-mm-dd."
      ),
      (
        .date, "04/01/16",
        "value \"04/01/16\" cannot be read as a date: it looks like a date with a two-digit year; write it as dd/mm/yyyy or yyyy-mm-dd."
      ),
      (
        .integer, "1.0",
        "value \"1.0\" cannot be read as a whole number: it is not written as a whole number; write it as digits alone, such as 1234."
      ),
      (
        .integer, "99999999999999999999",
        "value \"99999999999999999999\" cannot be read as a whole number: it is too large for 64 bits; write it as digits alone, such as 1234."
      ),
      (
        .number, "1,234.50",
        "value \"1,234.50\" cannot be read as a number: it has commas between its digits; write it as digits, such as 1234.5."
      ),
      (
        .number, "£5",
        "value \"£5\" cannot be read as a number: it has a currency sign; write it as digits, such as 1234.5."
      ),
      (
        .boolean, "maybe",
        "value \"maybe\" cannot be read as yes or no; write it as Yes or No."
      ),
      (
        .time, "half nine",
        "value \"half nine\" cannot be read as a time of day; write it as hh:mm."
      ),
    ])
  func typeMessages(_ type: FieldType, _ text: String, _ message: String) throws {
    let reading = try read(
      "id,value\n1,\"\(text)\"\n", as: table(field("id"), field("value", type)))
    #expect(reading.table.findings.map(\.message) == [message])
  }

  @Test(
    "Numbers with other marks than are wanted",
    arguments: [
      (nil, ",", "12.5", "it has a point where `,` is wanted; write it as digits, such as 1234,5"),
      (
        nil, ",", "1.234,50", "it has points between its digits; write it as digits, such as 1234,5"
      ),
      (",", ".", "0,125", "write it as digits, such as 1,234.5"),
    ])
  func marks(_ group: String?, _ decimal: String, _ text: String, _ end: String) throws {
    var value = field("value", .number)
    value.groupChar = group
    value.decimalChar = decimal
    let reading = try read("id,value\n1,\"\(text)\"\n", as: table(field("id"), value))
    #expect(reading.table.findings.map(\.message).map { $0.hasSuffix(end + ".") } == [true])
  }

  @Test(
    "A year of two digits is told as the year that it was taken for",
    arguments: [
      ("12/05/68", " Its year was taken for 2068: of two digits, 00 to 68 are of this century."),
      ("12/05/2068", nil),
    ])
  func centuries(_ text: String, _ told: String?) throws {
    var born = field("born", .date)
    born.formats = [try DateFormat("%d/%m/%y"), try DateFormat("%d/%m/%Y")]
    born.constraints.maximum = .asOf
    let reading = try read("born\n\(text)\n", as: table(born))
    let message = try #require(reading.table.findings.first?.message)
    #expect(message.contains("is later than the as-of date"))
    #expect(message.contains("Its year was taken for") == (told != nil))
    if let told { #expect(message.contains(told)) }
  }

  @Test("Messages of the other constraints")
  func otherMessages() throws {
    var kind = field("kind")
    kind.codes = AllowedCodes(list: "kinds", values: ["SA", "PB"])
    var seen = field("seen", .date)
    seen.constraints.maximum = .asOf
    seen.constraints.minimum = .value(day("1990-01-01"))
    var note = field("note")
    note.constraints.required = true
    note.constraints.minLength = 2
    let text = "kind,seen,note\nSA ,02/03/2016,\nXX,01/01/1900,a\n"
    let reading = try read(text, as: table(kind, seen, note))
    #expect(
      reading.table.findings.map(\.message) == [
        "kind \"SA␣\" is not in the code list kinds; perhaps \"SA\" is meant.",
        "seen \"02/03/2016\" is later than the as-of date, 01/03/2016.",
        "note is missing.",
        "kind \"XX\" is not in the code list kinds.",
        "seen \"01/01/1900\" is earlier than 01/01/1990, the earliest allowed.",
        "note \"a\" has 1 character; at least 2 are wanted.",
      ])
  }

  @Test(
    "The as-of date is told to a date-time as to a date, in the field's own form",
    arguments: [
      (nil, "01/03/2016"), ("%Y-%m-%dT%H:%M", "2016-03-01"), ("%d.%m.%Y [%H:%M]", "01.03.2016"),
      ("%H:%M %d/%m/%Y", "2016-03-01"),
    ])
  func asOfOfMoments(_ pattern: String?, _ told: String) throws {
    var begun = field("begun", .datetime)
    if let pattern { begun.formats = [try DateFormat(pattern)] }
    begun.constraints.maximum = .asOf
    let moment = try #require(begun.formats.first)
      .write(date: CalendarDate(iso: "2016-03-02"), secondOfDay: 34_200)
    let reading = try read("begun\n\(moment)\n", as: table(begun))
    #expect(
      reading.table.findings.map(\.message) == [
        "begun \"\(moment)\" is later than the as-of date, \(told)."
      ])
  }

  @Test(
    "A code is suggested only where one alone is near, and where many are a letter away none is",
    arguments: [
      ("pre-birth", "; perhaps \"Pre birth\" is meant"), ("Z", ""), ("RC9", ""),
      ("Frequnt", "; perhaps \"Frequent\" is meant"), ("n", "; perhaps \"N\" is meant"),
    ])
  func codeHints(_ text: String, _ hint: String) throws {
    var kind = field("kind")
    kind.codes = AllowedCodes(
      list: "kinds", values: ["N", "E", "RC1", "RC2", "Pre birth", "Frequent"])
    let reading = try read("kind\n\(text)\n", as: table(kind))
    #expect(
      reading.table.findings.map(\.message) == [
        "kind \"\(text)\" is not in the code list kinds\(hint)."
      ])
  }

  @Test("A field with an example is put right by that, and nobody has to read its pattern")
  func examples() throws {
    var urn = field("urn")
    urn.constraints.pattern = try Pattern("SC[0-9]{6}|[0-9]{7}")
    urn.example = "SC123456"
    let reading = try read("urn\nSC1\n", as: table(urn))
    #expect(
      reading.table.findings.map(\.fix) == ["Correct urn in the case system, as in SC123456."])
  }

  @Test(
    "A choice of codes tells what they mean, unless that is too long to be read",
    arguments: [
      ("Kin", "\"A\" (Kin), \"B\""),
      (String(repeating: "long ", count: 80), "\"A\", \"B\""),
    ])
  func codeLabels(_ label: String, _ choice: String) throws {
    var kind = field("kind")
    kind.codes = AllowedCodes(list: "kinds", values: ["B", "A"])
    kind.codes?.labels = ["A": label]
    let reading = try read("kind\nX\n", as: table(kind))
    #expect(
      reading.table.findings.map(\.fix) == [
        "Choose a value of the code list kinds for kind in the case system: \(choice)."
      ])
  }

  @Test("A code of the list that does not hold now is not called unknown")
  func codesOfOtherTimes() throws {
    var kind = field("kind")
    kind.codes = AllowedCodes(list: "kinds", values: ["E"], others: ["N": "only until 2023-12-31"])
    let reading = try read("kind\nN\n", as: table(kind))
    #expect(
      reading.table.findings.map(\.message) == [
        "kind \"N\" holds in the code list kinds only until 2023-12-31."
      ])
    #expect(
      reading.table.findings.map(\.fix) == [
        "Choose a value of the code list kinds that holds now for kind in the case system: \"E\"."
      ])
  }
}
