import Testing
import Values

@Suite("Text codes")
struct TextCodeTests {
  private func coded(_ text: String) -> Int64? { TextCode.code(Array(text.utf8).span) }

  private func written(_ code: Int64) -> String {
    var bytes: [UInt8] = []
    TextCode.append(code, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "Identifiers of the usual form have a code, and it gives them back",
    arguments: [
      "0", "7", "007", "4001234", "999999999999", "000000000000", "A1", "V00012345", "AS0001234",
      "a-9", "P/12", "x_0", "Ab.1", "ZZZ999999999999",
      "999 000 0000", "000 000 0000", "000 000 0001", "123 456 7890", "010 020 0300",
    ])
  func usual(_ text: String) throws {
    let code = try #require(coded(text))
    #expect(TextCode.isCode(code))
    #expect(TextCode.text(code).string == text)
    #expect(written(code) == text)
  }

  @Test(
    "All other texts have none",
    arguments: [
      "", "A", "ABC", "ABCD1", "1A", "12-3", "A1B", " 1", "1 ", "é1", "1.23E+11", "A 1",
      "1000000000000", "A0000000000001", "\u{0}1", "-1-", "١",
      "99 9000 0000", "999 0000000 ", "123 456 789O", "12A 456 7890", "123 456-7890", "123 456 789",
      "123 456 78901",
    ])
  func unusual(_ text: String) { #expect(coded(text) == nil) }

  @Test("A text among others has the same code as by itself")
  func amongOthers() {
    var generator = FixedGenerator(state: 3)
    let signs = Array("0123456789AZaz-/_. :é".utf8)
    var coded = 0
    for _ in 0..<200_000 {
      let isDigits = generator.next() % 2 == 0
      let bytes = (0..<28).map { _ in
        signs[Int(generator.next() % UInt64(isDigits ? 10 : signs.count))]
      }
      let start = Int(generator.next() % 14)
      let letters = Int(generator.next() % 3)
      let range = start..<start + Int(generator.next() % 15)
      var text = bytes
      for place in range.prefix(letters) { text[place] = UInt8(ascii: "A") }
      let alone = TextCode.code(Array(text[range]).span)
      let among = TextCode.code(range, of: text.span)
      #expect(among == alone)
      if alone != nil { coded += 1 }
    }
    #expect(coded > 50_000)
  }

  @Test("Different texts have different codes; a pool's numbers are no codes")
  func injective() {
    var generator = FixedGenerator(state: 1)
    var texts: [Int64: String] = [:]
    let signs = Array("AZaz-/_.")
    for _ in 0..<100_000 {
      let prefix = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        signs[Int.random(in: 0..<signs.count, using: &generator)]
      }
      let digits = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        Character("\(Int.random(in: 0...9, using: &generator))")
      }
      let text = String(prefix + digits)
      guard let code = coded(text) else {
        Issue.record("\(text) has no code")
        continue
      }
      #expect(texts[code] == nil || texts[code] == text)
      #expect(written(code) == text)
      texts[code] = text
    }
    #expect(texts.count > 50_000)
    for number in [0, 1, Int64(Int32.max)] { #expect(!TextCode.isCode(number)) }
    #expect(!TextCode.isCode(-1))
  }

  @Test("How many digits, and whether they begin with a zero")
  func digits() throws {
    for (text, count, isPadded) in [("0", 1, true), ("12", 2, false), ("0120", 4, true)] {
      let code = try #require(coded(text))
      let digits = try #require(TextCode.digits(code))
      #expect(digits.count == count)
      #expect(digits.isPadded == isPadded)
    }
    for other in ["A12", "123 456 7890"] {
      let code = try #require(coded(other))
      #expect(TextCode.digits(code) == nil)
    }
  }

  @Test("Keys of any form keep their texts, and equal texts alone have equal codes")
  func pooled() {
    var pool = StringPool()
    let texts = [
      "123 456 7890", "1234567890", "V1", "v1", "V01", "a long key of words", "", "é", "V1",
      "a long key of words",
    ]
    let codes = texts.map { pool.code(ofBytes: Array($0.utf8).span) }
    for (text, code) in zip(texts, codes) {
      #expect(pool.text(ofCode: code).string == text)
      #expect(pool.existingCode(of: Text(text)) == code)
    }
    for (a, x) in zip(texts, codes) {
      for (b, y) in zip(texts, codes) { #expect((a == b) == (x == y)) }
    }
    #expect(pool.existingCode(of: "nowhere") == nil)
  }
}
