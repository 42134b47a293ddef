import Testing
import WorkingTime

@testable import Workbooks

@Suite("Parts of a workbook")
struct WorkbookPartsTests {
  private func workbook() throws -> [UInt8] {
    try Workbook(title: "Lists", created: .earliest).finish()
  }

  @Test("a finished workbook is whole")
  func whole() throws {
    #expect(WorkbookParts(try workbook()).cells == 0)
  }

  @Test(
    "the cells of a workbook are counted, whatever is written in them",
    arguments: [Workbook.Size.usual, .long])
  func counted(_ size: Workbook.Size) throws {
    var book = try Workbook(title: "Lists", created: .earliest, size: size)
    let sheet = try book.sheet("List")
    for row in 0..<50 {
      try book.write("c a < b", sheet, row: row, column: 0)
      try book.write(row, sheet, row: row, column: 1)
      try book.write("", sheet, row: row, column: 2, .entry)
    }
    #expect(WorkbookParts(try book.finish()).cells == 150)
    var count = ElementCount()
    count.take(Array("<row><c r=\"A1\"><v>1</v></c><c r=\"B1\"/><cols/></row>".utf8)[...])
    #expect(count.cells == 2)
    #expect(count.areClosed)
  }

  @Test("nothing, an end without parts, and a workbook cut anywhere are not")
  func cut() throws {
    let book = try workbook()
    #expect(WorkbookParts([]).cells == nil)
    #expect(WorkbookParts(Array(book.suffix(22))).cells == nil)
    for count in stride(from: 0, to: book.count, by: 97) {
      #expect(WorkbookParts(Array(book[..<count])).cells == nil)
    }
  }

  @Test("a part whose bytes were spoilt is not")
  func spoilt() throws {
    var book = try workbook()
    for place in 60..<90 { book[place] = 0xFF }
    #expect(WorkbookParts(book).cells == nil)
  }

  @Test(
    "an XML text is at its end when all its elements are",
    arguments: [
      ("<?xml version=\"1.0\"?>\n<a><b c=\"1\"/><d>x / y</d></a>", true), ("<a/>", true),
      ("<a><b c=\"1\"/><d>x</d>", false), ("<a><b", false), ("<a></a", false), ("<a>x</b", false),
      ("", false), ("<?xml version=\"1.0\"?>", false),
    ])
  func counts(_ row: (text: String, isWhole: Bool)) {
    for size in [1, 2, 3, 1000] {
      var count = ElementCount()
      let bytes = Array(row.text.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        count.take(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(count.areClosed == row.isWhole)
    }
  }
}
