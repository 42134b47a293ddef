import Testing

@testable import Samples

@Suite("Bytes of a sample")
struct BytesTests {
  @Test("numbers are written as they are said", arguments: [0, 7, 10, 99, 1000, -12, .max, .min])
  func numbers(number: Int) {
    var bytes: [UInt8] = []
    Digits.write(number, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == String(number))
  }

  @Test("a field's name is that of its case")
  func names() {
    #expect(VisitField.visitedOn.fieldName == "visited_on")
    #expect(PersonField.personId.fieldName == "person_id")
    #expect(CarePeriodField.iro.fieldName == "iro")
  }

  @Test("about one note in fifteen needs quotes, and its quotes are doubled")
  func notes() {
    var random = SplitMix64(seed: 1, stream: 1)
    var quoted = 0
    var lengths: [Int] = []
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      Notes.write(random.next(), to: &bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      lengths.append(bytes.count)
      guard text.hasPrefix("\"") else {
        #expect(!text.contains { ",\"\n\r".contains($0) }, "\(text)")
        continue
      }
      quoted += 1
      let inner = text.dropFirst().dropLast()
      #expect(text.hasSuffix("\"") && !inner.replacing("\"\"", with: "").contains("\""), "\(text)")
    }
    #expect(150...300 ~= quoted)
    #expect(lengths.allSatisfy { 40...420 ~= $0 })
  }
}
