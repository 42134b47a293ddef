import Patterns
import Testing

struct PatternTests {
  struct Case: CustomTestStringConvertible {
    var pattern: String
    var text: String
    var whole: Bool
    var anywhere: Bool

    init(_ pattern: String, _ text: String, whole: Bool, anywhere: Bool) {
      self.pattern = pattern
      self.text = text
      self.whole = whole
      self.anywhere = anywhere
    }

    var testDescription: String { "\(pattern) on \(text)" }
  }

  @Test(arguments: [
    Case("[0-9]{3}", "123", whole: true, anywhere: true),
    Case("[0-9]{3}", "1234", whole: false, anywhere: true),
    Case("a|ab", "ab", whole: true, anywhere: true),
    Case("^b$", "abc", whole: false, anywhere: false),
    Case("", "", whole: true, anywhere: true), Case("", "a", whole: false, anywhere: true),
    Case("a*", "", whole: true, anywhere: true), Case("a", "", whole: false, anywhere: false),
    Case(".", "é", whole: true, anywhere: true), Case("..", "é", whole: false, anywhere: false),
    Case("(?i)SMITH", "smith", whole: true, anywhere: true),
    Case("\\pL+", "Ørsted", whole: true, anywhere: true),
    Case("a.c", "a\nc", whole: false, anywhere: false),
    Case("a", "b\0a", whole: false, anywhere: true),
    Case("(a+)+$", String(repeating: "a", count: 5_000) + "b", whole: false, anywhere: false),
  ])
  func matches(_ row: Case) throws {
    let pattern = try Pattern(row.pattern)
    #expect(pattern.source == row.pattern)
    #expect(pattern.matchesWhole(row.text) == row.whole)
    #expect(pattern.matchesAnywhere(in: row.text) == row.anywhere)
    let bytes = Array(row.text.utf8)
    let (whole, anywhere) = (
      pattern.matchesWhole(bytes.span), pattern.matchesAnywhere(in: bytes.span)
    )
    #expect(whole == row.whole)
    #expect(anywhere == row.anywhere)
  }

  @Test(arguments: [
    ("(abc", "missing ): (abc"), ("a**", "bad repetition operator: **"),
    ("(?=a)", "invalid perl operator: (?="), ("[z-a]", "invalid character class range: z-a"),
    ("a{1001}", "invalid repetition size: {1001}"), ("(a)\\1", "invalid escape sequence: \\1"),
  ])
  func saysWhyInTheWordsOfRE2(_ pattern: String, _ words: String) {
    #expect(throws: PatternFault.notAPattern(words)) { try Pattern(pattern) }
  }

  @Test func cutsAVeryLongFaultOff() {
    let pattern = "(" + String(repeating: "é", count: 5_000)
    #expect {
      try Pattern(pattern)
    } throws: { error in
      "\(error)".utf8.count < 2_000
    }
  }

  @Test func takesBytesThatAreNotUTF8() throws {
    let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0x28, 0x80, 0x62]
    let dots = try Pattern("a.*b")
    let last = try Pattern("b$")
    let (isWhole, isAnywhere) = (
      dots.matchesWhole(bytes.span), last.matchesAnywhere(in: bytes.span)
    )
    #expect(!isWhole)
    #expect(isAnywhere)
    let none: [UInt8] = []
    let matchesNone = try Pattern("a*").matchesWhole(none.span)
    #expect(matchesNone)
  }

  @Test func servesManyTasksAtOnce() async throws {
    let pattern = try Pattern("P[0-9]+-[a-z]{2,8}")
    await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<2_000).count { pattern.matchesWhole("P\(task)\($0)-\($0 % 2 == 0 ? "ab" : "9")") }
        }
      }
      for await matched in group { #expect(matched == 1_000) }
    }
  }
}
