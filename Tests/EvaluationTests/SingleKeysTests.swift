import Extracts
import Testing
import Values

@testable import Evaluation

@Suite("Rows by a key of one field")
struct SingleKeysTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }

  @Test(
    "Repeats and rows without a key are the same whether rows are looked up or not",
    arguments: [1, 7, 1_000_003, 1 << 44], [0, 3, 4, 60])
  func repeats(step: Int64, sameIn100: Int) throws {
    var generator = Generator(state: UInt64(bitPattern: step) &+ UInt64(sameIn100))
    for count in [0, 1, 2, 500, 5_000] {
      var keys = (0..<Int64(count)).map { $0 * step }
      // With up to 3 repeats in 100 the keys stay in ascending order but for the repeats, as in a
      // sorted export; with more they come in any order.
      if sameIn100 > 3 { keys.shuffle(using: &generator) }
      for index in keys.indices {
        let dice = generator.next() % 100
        if dice < UInt64(sameIn100) { keys[index] = keys[Int(generator.next() % UInt64(count))] }
        if dice == 99 { keys[index] = -1 }
      }
      var column = Column(type: .string, isKey: true)
      column.storage = .keys(ColumnValues(keys))
      var first: [Int64: Int32] = [:]
      var repeats: [[Int32]] = []
      for (row, key) in keys.enumerated() where key >= 0 {
        if let known = first[key] {
          repeats.append([Int32(row), known])
        } else {
          first[key] = Int32(row)
        }
      }
      for isLookedUp in [true, false] {
        let index = SingleKeys(KeyParts(column, nil), isLookedUp: isLookedUp, nil)
        #expect(index.repeats.map { [$0.row, $0.first] } == repeats)
        #expect(index.rowsWithoutKey == keys.indices.filter { keys[$0] < 0 }.map { Int32($0) })
        if isLookedUp { #expect(keys.allSatisfy { $0 < 0 || index.row(of: $0) == first[$0] }) }
      }
    }
  }
}
