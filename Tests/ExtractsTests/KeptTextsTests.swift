import Testing
import Values

@testable import Extracts

@Suite("Texts that a column would write otherwise")
struct KeptTextsTests {
  private func kept(_ texts: [(row: Int32, text: String)]) -> KeptTexts {
    var kept = KeptTexts()
    for (row, text) in texts { kept.keep(text.utf8Span.span, row: row) }
    return kept
  }

  @Test("Each row has its own text, and those without have none")
  func rows() {
    let texts = kept([(0, "NULL"), (3, ""), (4, "NULL"), (90, "Yn ôl")])
    let found = [-1, 0, 1, 3, 4, 5, 89, 90, 91].map { texts.text(of: $0) }
    #expect(found == [nil, "NULL", nil, "", "NULL", nil, nil, "Yn ôl", nil])
    #expect(KeptTexts().text(of: 0) == nil)
  }

  @Test("Later texts stand behind the rows before them, whatever numbers they had")
  func later() {
    var texts = kept([(1, "a"), (2, "b")])
    texts.append(kept([(0, "c"), (1, "b"), (9, "a")]), rowsBefore: 10)
    texts.append(KeptTexts(), rowsBefore: 20)
    texts.append(kept([(0, "c")]), rowsBefore: 21)
    let rows = [1, 2, 10, 11, 19, 20, 21]
    #expect(rows.map { texts.text(of: $0) } == ["a", "b", "c", "b", "a", nil, "c"])
    var first = KeptTexts()
    first.append(texts, rowsBefore: 0)
    #expect(rows.map { first.text(of: $0) } == rows.map { texts.text(of: $0) })
  }
}
