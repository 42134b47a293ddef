import Diagnostics
import Testing

@Suite("Names in a sentence")
struct NamesTogetherTests {
  @Test(
    "are listed, and the rest of many is counted",
    arguments: [
      ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
      (["a", "b", "c", "d"], "a, b, c and 1 more"),
      (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
    ] as [([String], String)])
  func list(_ names: [String], _ words: String) {
    #expect(together(names, most: 3) == words)
  }
}
