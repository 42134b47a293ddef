import Diagnostics
import Testing

@Suite("Amounts")
struct AmountTests {
  @Test("have the word for one only where there is one")
  func words() {
    #expect([0, 1, 2].map { amount($0, "row") } == ["0 rows", "1 row", "2 rows"])
    #expect(
      [1, 2].map { amount($0, "cell is", "cells are") } == ["1 cell is", "2 cells are"])
  }

  @Test("have commas between the thousands")
  func thousands() {
    #expect([0, 999, 1_000, -12_345].map(groupedDigits) == ["0", "999", "1,000", "-12,345"])
  }
}
