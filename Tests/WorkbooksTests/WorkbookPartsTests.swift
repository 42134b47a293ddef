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
    #expect(WorkbookParts(try workbook()).areWhole)
  }

  @Test("nothing, an end without parts, and a workbook cut anywhere are not")
  func cut() throws {
    let book = try workbook()
    #expect(!WorkbookParts([]).areWhole)
    #expect(!WorkbookParts(Array(book.suffix(22))).areWhole)
    for count in stride(from: 0, to: book.count, by: 97) {
      #expect(!WorkbookParts(Array(book[..<count])).areWhole)
    }
  }

  @Test("a part whose bytes were spoilt is not")
  func spoilt() throws {
    var book = try workbook()
    for place in 60..<90 { book[place] = 0xFF }
    #expect(!WorkbookParts(book).areWhole)
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
