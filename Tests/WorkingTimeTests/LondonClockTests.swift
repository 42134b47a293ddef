import Testing
import WorkingTime

struct LondonClockTests {
  @Test func knowsEveryChangeFrom1972To2040() throws {
    #expect(LondonChanges.all.count == 69)
    for (begins, ends, hour) in LondonChanges.all {
      let start = Int64(try date(begins).dayNumber) * 86_400 + Int64(hour * 3600)
      let end = Int64(try date(ends).dayNumber) * 86_400 + Int64(hour * 3600)
      #expect(LondonClock.local(fromUTC: start - 1)?.seconds == start - 1, "before \(begins)")
      #expect(LondonClock.local(fromUTC: start)?.seconds == start + 3600, "from \(begins)")
      #expect(LondonClock.local(fromUTC: end - 1)?.seconds == end + 3599, "before \(ends)")
      #expect(LondonClock.local(fromUTC: end)?.seconds == end, "from \(ends)")
    }
  }

  @Test(arguments: Elapsed.all)
  func addsElapsedTime(_ row: Elapsed) throws {
    let sum = LondonClock.adding(seconds: row.seconds, to: try moment(row.start))
    #expect(sum?.description == row.end)
  }

  @Test func elapsedTimeIsNotWhatTheWallShows() throws {
    let spring = LondonClock.elapsedSeconds(
      from: try moment("2016-03-26T12:00"), to: try moment("2016-03-27T12:00"))
    let autumn = LondonClock.elapsedSeconds(
      from: try moment("2016-10-30T12:00"), to: try moment("2016-10-29T12:00"))
    #expect(spring == 23 * 3600)
    #expect(autumn == -25 * 3600)
  }

  @Test func skippedTimesMoveOnByTheHour() throws {
    let skipped = try #require(LondonClock.utc(of: try moment("2016-03-27T01:15")))
    #expect(LondonClock.local(fromUTC: skipped)?.description == "2016-03-27T02:15")
  }

  @Test func saysNothingOutsideTheYearsItKnows() throws {
    #expect(LondonClock.utc(of: try moment("1971-12-31T23:59:59")) == nil)
    #expect(LondonClock.utc(of: try moment("1972-01-01T00:00")) == 63_072_000)
    #expect(LondonClock.local(fromUTC: 63_071_999) == nil)
    #expect(LondonClock.local(fromUTC: .max) == nil)
    #expect(LondonClock.local(fromUTC: .min) == nil)
    let last = try moment("9999-12-31T23:59:59")
    #expect(LondonClock.adding(seconds: 1, to: last) == nil)
    #expect(LondonClock.adding(seconds: .max, to: last) == nil)
    #expect(LondonClock.adding(seconds: .min, to: last) == nil)
  }

  @Test func readingsComeBackFromUTC() {
    var random = FixedSeed()
    for _ in 0..<20_000 {
      let utc = Int64.random(in: 63_072_000..<4_102_444_800, using: &random)
      guard let local = LondonClock.local(fromUTC: utc), let back = LondonClock.utc(of: local)
      else {
        Issue.record("\(utc) has no reading")
        continue
      }
      // A reading that occurs twice stands for the first, an hour before the second.
      #expect(back == utc || back == utc - 3600)
      #expect(LondonClock.local(fromUTC: back) == local)
    }
  }
}
