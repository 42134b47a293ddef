import Testing
import WorkingTime

/// The date that a test writes as `2016-03-28`.
func date(_ iso: String, _ location: SourceLocation = #_sourceLocation) throws -> CalendarDate {
  try #require(CalendarDate(iso: iso), "\(iso)", sourceLocation: location)
}

/// The clock reading that a test writes as `2016-03-28T11:30`.
func moment(_ iso: String, _ location: SourceLocation = #_sourceLocation) throws -> LocalDateTime {
  let reading = try #require(DateFormat.isoDateTime.read(iso), "\(iso)", sourceLocation: location)
  let date = try #require(reading.date, sourceLocation: location)
  return LocalDateTime(date: date, secondOfDay: reading.secondOfDay ?? 0)
}

/// The holidays of England and Wales for 2015 and 2016 (gov.uk/bank-holidays).
func englandAndWales() throws -> WorkingCalendar {
  let holidays = [
    "2015-01-01", "2015-04-03", "2015-04-06", "2015-05-04", "2015-05-25", "2015-08-31",
    "2015-12-25", "2015-12-28", "2016-01-01", "2016-03-25", "2016-03-28", "2016-05-02",
    "2016-05-30", "2016-08-29", "2016-12-26", "2016-12-27",
  ]
  return WorkingCalendar(
    name: "england-and-wales", weekend: [.saturday, .sunday],
    holidays: try holidays.map { try date($0) }.reversed(),
    covers: try date("2015-01-01")...date("2016-12-31"))
}

/// The same numbers in every run (SplitMix64).
struct FixedSeed: RandomNumberGenerator {
  var state: UInt64 = 20_160_104

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// One row of a table of tests: what it is about, what goes in, what comes out.
struct Row<Input: Sendable, Output: Sendable>: CustomTestStringConvertible, Sendable {
  var name: String
  var input: Input
  var output: Output

  init(_ name: String, _ input: Input, _ output: Output) {
    self.name = name
    self.input = input
    self.output = output
  }

  var testDescription: String { name }
}
