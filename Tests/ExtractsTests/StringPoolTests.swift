import Testing
import Values

@testable import Extracts

@Suite("The texts of a run")
struct StringPoolTests {
  /// Texts of each length that the pool keeps in its own way, many of them differing in one byte.
  private func texts(_ generator: inout FixedGenerator) -> [String] {
    let heads = [
      "", "A", "Visit-", "3F2504E0-4F89-11D3-9A0C-", "Ŵyn ", String(repeating: "é", count: 126),
    ]
    return (0..<6_000).map { _ in
      let head = heads[Int.random(in: 0..<heads.count, using: &generator)]
      let tail = String(Int.random(in: 0..<2_000, using: &generator), radix: 36)
      let isLong = Int.random(in: 0..<40, using: &generator) == 0
      return head + tail + (isLong ? String(repeating: "x", count: 300) : "")
    }
  }

  @Test(
    "Each text has one number, which gives it back, in memory and in memory that files lend",
    arguments: 1...4)
  func numbers(_ seed: Int) throws {
    let folder = try Folder()
    for spill in [nil, ColumnSpill(limit: 0, folder: folder.path, leastBytes: 1)] {
      var generator = FixedGenerator(state: UInt64(seed))
      var pool = StringPool(in: spill)
      var known: [String: Int32] = [:]
      for text in texts(&generator) {
        #expect(pool.existingNumber(of: Text(text)) == known[text])
        let number = pool.number(ofBytes: text.utf8Span.span)
        if let old = known[text] {
          #expect(number == old)
        } else {
          #expect(number == Int32(known.count))
          known[text] = number
        }
        #expect(pool.number(of: Text(text)) == number)
      }
      #expect(pool.count == known.count)
      for (text, number) in known {
        #expect(pool[number] == Text(text))
        #expect(pool.withBytes(of: number) { $0.count } == text.utf8.count)
        var bytes = Array("<".utf8)
        pool.append(textOf: number, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "<" + text)
      }
      var seen: [Int32] = []
      pool.forEach { number, bytes in
        seen.append(number)
        #expect(bytes.count == pool[number].string.utf8.count)
      }
      #expect(seen == Array(0..<Int32(known.count)))
    }
  }

  @Test("What is added to a copy is not in the other")
  func copies() throws {
    let folder = try Folder()
    for spill in [nil, ColumnSpill(limit: 0, folder: folder.path, leastBytes: 1)] {
      var first = StringPool(in: spill)
      for number in 0..<100 { _ = first.number(of: Text("before-\(number)")) }
      var second = first
      for number in 0..<1_000 {
        #expect(first.number(of: Text("first-\(number)")) == 100 + Int32(number))
        #expect(second.number(of: Text("second-\(number)")) == 100 + Int32(number))
      }
      #expect(first.existingNumber(of: "second-0") == nil)
      #expect(second.existingNumber(of: "first-0") == nil)
      for number in 0..<1_000 {
        #expect(first[100 + Int32(number)] == Text("first-\(number)"))
        #expect(second[100 + Int32(number)] == Text("second-\(number)"))
      }
      #expect(first[7] == "before-7")
      #expect(second[7] == "before-7")
    }
  }

  @Test("Texts taken out of a pool have the numbers that another gives them, and leave it empty")
  func taking() {
    var there = StringPool()
    for text in ["b", "a", "Ŵyn", "c"] { _ = there.number(of: Text(text)) }
    var here = StringPool()
    _ = here.number(of: "a")
    let texts = there.takeTexts()
    #expect(there.count == 0)
    #expect(there.existingNumber(of: "b") == nil)
    var numbers = GrowingValues<Int32>()
    here.reserve(texts.count)
    here.take(0..<2, of: texts, numbers: &numbers)
    here.take(2..<texts.count, of: texts, numbers: &numbers)
    #expect((0..<numbers.count).map { numbers[$0] } == [1, 0, 2, 3])
    #expect((0..<Int32(here.count)).map { here[$0].string } == ["a", "b", "Ŵyn", "c"])
  }

  @Test("Wrong bytes become a sign of their own, once")
  func repairs() {
    var pool = StringPool()
    let wrong: [UInt8] = [0x41, 0xFF]
    #expect(pool.number(ofBytes: wrong.span) == 0)
    #expect(pool.number(ofBytes: wrong.span) == 0)
    #expect(pool[0] == "A\u{FFFD}")
    #expect(pool.number(of: "A\u{FFFD}") == 0)
  }

  @Test("Growing values stay what they were, and a copy has its own")
  func growing() throws {
    let folder = try Folder()
    for spill in [nil, ColumnSpill(limit: 0, folder: folder.path, leastBytes: 1)] {
      var values = GrowingValues<Int64>(in: spill)
      // Past the first block, which grows, and some way into the second.
      for number in 0..<140_000 {
        let before = number % 1_000 == 0 ? values : nil
        values.append(Int64(number) * 3)
        if var before {
          before.append(-1)
          #expect(before[number] == -1)
        }
      }
      #expect(values.count == 140_000)
      #expect((0..<values.count).allSatisfy { values[$0] == Int64($0) * 3 })
    }
  }
}
