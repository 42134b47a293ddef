import Extracts
import Testing
import Values

@testable import Evaluation

@Suite("Rows by a key of several fields")
struct CompoundKeysTests {
  /// A column of numbers, some of them absent.
  private func column(_ numbers: [Int64?]) -> Column {
    var column = Column(type: .integer)
    column.storage = .integers(ColumnValues(numbers.map { $0 ?? .min }))
    return column
  }

  @Test(
    "First rows, repeats and rows without a key are those that a dictionary has",
    arguments: [1, 3, 1 << 32, Int64.max / 8], [0, 1, 40, 3_000])
  func model(step: Int64, count: Int) {
    var state: UInt64 = UInt64(count) &+ UInt64(bitPattern: step)
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state ^ state >> 33) >> 1) % below
    }
    func part(_ below: Int) -> Int64? {
      random(50) == 0 ? nil : (Int64(random(below)) - Int64(below / 2)) &* step
    }
    let a = (0..<count).map { _ in part(8) }
    let b = (0..<count).map { _ in part(max(count / 4, 2)) }
    let (columns, others) = ([column(a), column(b)], [column(b), column(a)])
    var first: [[Int64]: Int32] = [:]
    var repeats: [[Int32]] = []
    var without: [Int32] = []
    for row in 0..<count {
      if let a = a[row], let b = b[row] {
        if let known = first[[a, b]] {
          repeats.append([Int32(row), known])
        } else {
          first[[a, b]] = Int32(row)
        }
      } else {
        without.append(Int32(row))
      }
    }
    for isLookedUp in [true, false] {
      let keys = CompoundKeys(columns, rowCount: count, isLookedUp: isLookedUp, nil)
      #expect(keys.repeats.map { [$0.row, $0.first] } == repeats)
      #expect(keys.rowsWithoutKey == without)
      for row in 0..<count {
        guard let a = a[row], let b = b[row] else {
          #expect(keys.row(ofKeyIn: columns, at: row, missing: -7, dangling: -9) == -7)
          continue
        }
        #expect(keys.row(of: [a, b]) == (isLookedUp ? first[[a, b]] : nil))
        #expect(
          keys.row(ofKeyIn: columns, at: row, missing: -7, dangling: -9)
            == (isLookedUp ? first[[a, b]] : -9))
        #expect(
          keys.row(ofKeyIn: others, at: row, missing: -7, dangling: -9)
            == (isLookedUp ? first[[b, a]] ?? -9 : -9))
      }
    }
  }
}
