import Testing

@testable import CheckRuns

/// What is said of a table that loses its rows little by little.
@Suite("Creeping losses")
struct CreepingLossTests {
  @Test("the rows that are left are counted in words", arguments: [(1, "1 row,"), (2, "2 rows,")])
  func left(_ rows: Int, _ words: String) throws {
    let loss = CreepingLoss([12, 10, 8, 6, 4, 3], rows, isTooMuch: { _, _ in false })
    let remark = try #require(loss).remark(on: "visits")
    #expect(remark.hasPrefix("visits: it has \(words) and had 12 within the last 30 days"))
  }
}
