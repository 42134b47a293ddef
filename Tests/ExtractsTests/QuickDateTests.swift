import Testing
import Values
import WorkingTime

@testable import Extracts

/// The quick way of reading dates must agree with the slow one.
@Suite("Quick dates")
struct QuickDateTests {
  private static let patterns = ["%d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%d"]

  private func hold(_ text: [UInt8], _ format: DateFormat, _ way: QuickDate) {
    guard let quick = way.read(text.span) else { return }
    let slow = format.read(text.span)
    #expect(slow?.date == quick.date, "\(text)")
    #expect((slow?.secondOfDay ?? 0) == quick.minute * 60, "\(text)")
  }

  @Test("Every day from 1890 to 2110 is read as it is written", arguments: patterns)
  func days(_ pattern: String) throws {
    let format = try DateFormat(pattern)
    let way = try #require(QuickDate(format))
    let first = try #require(CalendarDate(year: 1890, month: 1, day: 1))
    for number in 0..<80_717 {
      let date = CalendarDate(dayNumber: first.dayNumber + Int32(number))
      let minute = number % 1440
      let time = pattern.contains("%H") ? minute * 60 : nil
      let text = Array(format.write(date: date, secondOfDay: time).utf8)
      let read = way.read(text.span)
      #expect(read?.date == date)
      #expect(read?.minute == (time == nil ? 0 : minute))
    }
  }

  @Test("Any byte in the place of any other: nothing is read that the slow way would not read so")
  func bytes() throws {
    for pattern in Self.patterns {
      let format = try DateFormat(pattern)
      let way = try #require(QuickDate(format))
      for date in ["28/02/2015", "31/12/1999", "30/04/2016"] {
        let parsed = try #require(DateFormat.dayMonthYear.read(date)?.date)
        let whole = Array(
          format.write(date: parsed, secondOfDay: pattern.contains("%H") ? 86_340 : nil).utf8)
        for place in whole.indices {
          for byte in UInt8.min...UInt8.max {
            var text = whole
            text[place] = byte
            hold(text, format, way)
          }
        }
        for length in 0..<whole.count { #expect(way.read(Array(whole[..<length]).span) == nil) }
      }
    }
  }

  @Test("Dates that do not exist are left to the slow way")
  func unreal() throws {
    let way = try #require(QuickDate(.dayMonthYear))
    for text in [
      "29/02/2015", "31/04/2016", "00/01/2016", "01/13/2016", "01/00/2016", "01/01/0000",
    ] {
      #expect(way.read(Array(text.utf8).span) == nil)
    }
    #expect(QuickDate(try DateFormat("%d/%m/%y")) == nil)
  }

  @Test("A column reads each cell as if it were the first of its file", arguments: 0..<6)
  func columns(_ seed: Int) throws {
    var generator = FixedGenerator(state: UInt64(seed))
    let cells = [
      "04/01/2016", "4/1/2016", "31/12/2030", "01/01/1900", "29/02/2015", "2016-01-04", "", "NULL",
      " 04/01/2016",
      "04/01/2016 09:30", "x", "04-01-2016", "28/02/2016", "01/03/2016", "02/03/2016",
    ]
    var definition = visits
    let seen = try #require(definition.fieldNumber("seen_on"))
    definition.missingValues.insert("NULL")
    definition.fields[seen].constraints.minimum = .value(
      .date(try #require(CalendarDate(year: 2000, month: 1, day: 1))))
    definition.fields[seen].constraints.maximum = .asOf
    let chosen = (0..<200).map { _ in
      Bool.random(using: &generator) ? "05/01/2016" : cells.randomElement(using: &generator) ?? ""
    }
    let head = "visit_id,person_id,seen_on\n"
    let whole = try read(
      head + chosen.enumerated().map { "V\($0),P1,\($1)\n" }.joined(), as: definition)
    for (row, cell) in chosen.enumerated() {
      let alone = try read(head + "V\(row),P1,\(cell)\n", as: definition)
      #expect(alone.texts(of: "seen_on")[0] == whole.texts(of: "seen_on")[row])
      let column = whole.table.columns[seen]
      #expect(
        alone.table.columns[seen]?.value(at: 0, in: alone.pool)
          == column?.value(at: row, in: whole.pool))
      #expect(
        alone.table.findings.map(\.constraint)
          == whole.table.findings.filter { $0.row == row }.map(\.constraint))
    }
    #expect(whole.table.tallies[seen].given == chosen.count { !["", "NULL"].contains($0) })
  }
}
