import Testing
import WorkingTime

struct CommonDateFormatTests {
  @Test func areWhatTheirPatternsCompileTo() throws {
    for format in [DateFormat.dayMonthYear, .dayMonthYearTime, .clock] {
      #expect(try DateFormat(format.pattern) == format)
    }
    // Those of ISO 8601 are stricter or wider than their patterns, and so are not the same format.
    for format in [DateFormat.isoDate, .isoDateTime] {
      #expect(try DateFormat(format.pattern) != format)
    }
  }

  /// An empty group changes nothing, but sends a pattern through the reader of item lists.
  @Test func readAsTheSlowReaderDoes() throws {
    var random = FixedSeed()
    let alphabet = Array("0123456789//:: 00112".utf8)
    let texts = ["04/01/2016", "4/1/2016", "04/01/2016 09:30", "4/1/2016 9:30:15"]
    for format in [DateFormat.dayMonthYear, .dayMonthYearTime] {
      let slow = try DateFormat(format.pattern + "[]")
      for _ in 0..<20_000 {
        var bytes = Array(texts.randomElement(using: &random)?.utf8 ?? "".utf8)
        for _ in 0..<Int.random(in: 0...2, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          bytes[place] = alphabet.randomElement(using: &random) ?? 0
        }
        let (quick, same) = (format.read(bytes.span), slow.read(bytes.span))
        #expect(quick == same)
      }
    }
  }
}
