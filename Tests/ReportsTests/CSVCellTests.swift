import Testing

@testable import Reports

struct CSVCellTests {
  private func written(_ text: String) -> String {
    var list = CSVWriter()
    list.text(text)
    list.endRow()
    return String(decoding: list.bytes, as: UTF8.self)
  }

  /// The same cell from bytes: appended to the row directly, and copied out of another buffer.
  private func writtenAsBytes(_ text: String) -> [String] {
    var list = CSVWriter()
    list.cell { $0.append(contentsOf: text.utf8) }
    list.endRow()
    var other = CSVWriter()
    let bytes = Array("a\"\(text),".utf8)
    other.cell(bytes, 2..<bytes.count - 1)
    other.endRow()
    return [list, other].map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test(
    arguments: [
      Row("empty", "", ""), Row("plain", "abc", "abc"), Row("comma", "a,b", "\"a,b\""),
      Row("quote", "say \"x\"", "\"say \"\"x\"\"\""), Row("only a quote", "\"", "\"\"\"\""),
      Row("line feed", "a\nb", "\"a\nb\""), Row("carriage return", "a\rb", "\"a\rb\""),
      Row("CRLF in one character", "a\r\nb", "\"a\r\nb\""),
      Row("leading space", " a", "\" a\""), Row("trailing space", "a ", "\"a \""),
      Row("trailing tab", "a\t", "\"a\t\""), Row("inner space", "a b", "a b"),
      Row("semicolon", "a;b", "a;b"), Row("inner tab", "a\tb", "a\tb"),
      Row("Welsh", "Tŷ Ŵyn", "Tŷ Ŵyn"), Row("emoji", "👩‍👧", "👩‍👧"),
      Row("NUL goes", "a\0b", "ab"), Row("NUL and comma", "a\0,b", "\"a,b\""),
      Row("escape stays", "a\u{1B}[1mb", "a\u{1B}[1mb"),
    ] as [Row<String, String>])
  func quotesWhereNeeded(_ row: Row<String, String>) {
    #expect(written(row.input) == row.output + "\n")
    for cell in writtenAsBytes(row.input) { #expect(cell == row.output + "\n") }
  }

  @Test(
    arguments: [
      Row("equals", "=1+1", "'=1+1"), Row("plus", "+a", "'+a"), Row("minus", "-a", "'-a"),
      Row("at", "@SUM(1)", "'@SUM(1)"), Row("tab", "\tx", "'\tx"), Row("return", "\rx", "\"'\rx\""),
      Row("with a comma", "=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
      Row("behind spaces", "  =1", "'  =1"), Row("behind a line feed", "\n=1", "\"'\n=1\""),
      Row("behind a space that does not break", "\u{A0}=1", "'\u{A0}=1"),
      Row("behind a byte order mark", "\u{FEFF}=1", "'\u{FEFF}=1"),
      Row("behind NUL", "\0=1", "'=1"),
      Row("full-width equals", "＝1", "'＝1"), Row("full-width plus", "＋1", "'＋1"),
      Row("full-width minus", "－1", "'－1"), Row("full-width at", "＠a", "'＠a"),
      Row("lone minus", "-", "'-"), Row("two signs", "--5", "'--5"),
      Row("call", "-5+cmd()", "'-5+cmd()"),
      Row("number behind a space", " -5", "' -5"),
      Row("number with commas", "-1,234", "\"'-1,234\""),
      Row("minus five", "-5", "-5"), Row("plus 5.2", "+5.2", "+5.2"),
      Row("telephone", "+441803201201", "+441803201201"), Row("point at the end", "-5.", "'-5."),
      Row("no digit before the point", "-.5", "'-.5"), Row("foreign digits", "-٥", "'-٥"),
      Row("equals inside", "a=b", "a=b"), Row("date", "2016-03-28", "2016-03-28"),
      Row("apostrophe already", "'=1", "'=1"), Row("only spaces", "  ", "\"  \""),
    ] as [Row<String, String>])
  func makesFormulasInert(_ row: Row<String, String>) {
    #expect(written(row.input) == row.output + "\n")
    for cell in writtenAsBytes(row.input) { #expect(cell == row.output + "\n") }
  }

  @Test func separatesCellsAndEndsRows() {
    var list = CSVWriter()
    for text in ["", "a", ""] { list.text(text) }
    list.endRow()
    list.number(-5)
    list.number(nil)
    list.words(["x", "y"])
    list.endRow()
    #expect(String(decoding: list.bytes, as: UTF8.self) == ",a,\n-5,,x y\n")
  }

  @Test(arguments: [0, 7, 10, 99, 100, 9_999_999, 10_000_000, -1, .max, .min])
  func writesNumbers(_ number: Int) {
    var list = CSVWriter()
    list.number(number)
    #expect(String(decoding: list.bytes, as: UTF8.self) == String(number))
  }
}
