import Foundation
import Testing
import Values

@testable import Extracts

private struct FaultCase: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: [UInt8]
  var fault: String
  var testDescription: String { name }

  init(_ name: String, _ bytes: some Sequence<UInt8>, _ fault: String) {
    self.name = name
    self.bytes = Array(bytes)
    self.fault = fault
  }
}

private let cases = [
  FaultCase("no bytes", [], "empty"),
  FaultCase("a mark alone", [0xEF, 0xBB, 0xBF], "empty"),
  FaultCase("a mark of UTF-16 alone", [0xFF, 0xFE], "empty"),
  FaultCase("blank lines", "\n\r\n  \n".utf8, "empty"),
  FaultCase("headings alone", "visit_id,person_id\n".utf8, "noRows"),
  FaultCase("no headings", "V1,P1,04/01/2016,x\nV2,P2,,\n".utf8, "noHeadings"),
  FaultCase(
    "a web page", "\n <!DOCTYPE html><html>visit_id,person_id</html>".utf8, "notDelimitedText"),
  FaultCase("a table in HTML", "<TABLE><tr><td>visit_id</td></tr>".utf8, "notDelimitedText"),
  FaultCase("XML", "<?xml version=\"1.0\"?><Workbook/>".utf8, "notDelimitedText"),
  FaultCase("a workbook", "PK\u{3}\u{4}visit_id,person_id\nV1,P1\n".utf8, "notDelimitedText"),
  FaultCase(
    "an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "notDelimitedText"),
  FaultCase("a PDF", "%PDF-1.4\n".utf8, "notDelimitedText"),
  FaultCase("a compressed file", [0x1F, 0x8B, 8, 0, 0, 0], "notDelimitedText"),
  FaultCase("NULs", Array(repeating: 0, count: 5000), "notDelimitedText"),
  FaultCase("binary", (0..<5000).map { UInt8($0 * 7 % 31) }, "notDelimitedText"),
]

@Suite("Faults")
struct FaultTests {
  @Test("Files that hold no records", arguments: cases, [1, 3, 1 << 20])
  fileprivate func unusable(_ file: FaultCase, chunkSize: Int) throws {
    let reading = try read(file.bytes, chunkSize: chunkSize)
    #expect(reading.faults == [file.fault])
    #expect(reading.rows.isEmpty)
    #expect(reading.report.size == file.bytes.count)
    #expect(reading.report.sha256.count == 64)
    #expect(reading.report.faults.allSatisfy { $0.message.hasSuffix(".") })
  }

  @Test("A folder, and a file that is not there")
  func unreadable() throws {
    let folder = try Folder()
    let file = ExtractFile(path: folder.path, relativePath: "x.csv")
    #expect(read([file], as: visits).faults == ["notDelimitedText"])
    let missing = ExtractFile(path: folder.path + "/none.csv", relativePath: "none.csv")
    #expect(read([missing], as: visits).faults == ["unreadable"])
  }

  @Test(
    "A sheet that Excel cut at its last row is known, with blank lines among the rows too",
    arguments: [0, 40], [1000, 1 << 20])
  func fullSheet(blankLines: Int, chunkSize: Int) throws {
    let definition = table(field("id"), key: "id")
    let limit = 65_536
    for (more, faults) in [(-1, []), (0, ["truncated"]), (1, [])] {
      let count = limit - 1 - blankLines + more
      var text = blankLines > 0 ? "\nid\n" : "id\n"
      for number in 1...count {
        text += "V\(number)\n"
        if number < blankLines { text += number % 2 == 0 ? "\n" : "  \n" }
      }
      // What follows the last record, no sheet has cut.
      if blankLines > 0 { text += "\n\n\n" }
      let reading = try read(text.utf8, as: definition, chunkSize: chunkSize, kept: [])
      #expect(reading.faults == faults, "\(more)")
      let message = reading.report.faults.first?.message ?? "with its headings, which"
      #expect(
        message.contains("with its headings and blank lines, which")
          == (blankLines > 0 && more == 0))
      #expect(reading.report.rowsRead == count)
    }
  }

  @Test("Headings alone pass only where the table may be empty: rows in another file do not help")
  func empty() throws {
    var definition = visits
    definition.mayBeEmpty = true
    #expect(try read("visit_id,person_id\n", as: definition).faults.isEmpty)
    #expect(try read("visit_id,person_id\nV1\n", as: definition).faults == ["noRows"])
    let folder = try Folder()
    let a = try folder.write("visit_id,person_id\n".utf8, to: "a.csv")
    let b = try folder.write("visit_id,person_id\nV1,P1\n".utf8, to: "b.csv")
    #expect(read([a, b], as: visits).faults == ["noRows"])
    #expect(read([a, b], as: definition).faults.isEmpty)
    #expect(read([a, a], as: visits).faults == ["noRows", "noRows"])
  }

  @Test("A file that changes between the passes")
  func changed() throws {
    let folder = try Folder()
    let file = try folder.write("visit_id,person_id\nV1,P1\n".utf8, to: "a.csv")
    let survey = try FileSurvey(file.path, declared: nil, settings: ReadSettings())
    try folder.write("visit_id,person_id\nV1,P2\n".utf8, to: "a.csv")
    var buffer = try LineBuffer(
      file.path, survey, quote: 0x22, settings: ReadSettings(), isDigested: false)
    _ = try buffer.finish()
    let isChanged = buffer.isChanged
    #expect(isChanged)
    #expect(!survey.isSame(at: file.path))
  }

  @Test("No fault and no remark quotes a cell")
  func discretion() throws {
    let secret = "Zebedee"
    let head = "visit_id,person_id,seen_on,note\n"
    let bytes =
      Array((head + "é é é é,\(secret),x,\"\(secret)\na\"\n\(secret)\n\"\(secret)\"x,,,\n").utf8)
      + [0xFF] + Array("\(secret),,,\n\(secret),,,\"\(secret)\n\(secret)".utf8)
    let reading = try read(bytes)
    #expect(reading.report.faults.count >= 4)
    for words in reading.report.faults.map(\.message) + reading.report.remarks
      + reading.table.rejects.map(\.reason)
    {
      #expect(!words.contains(secret))
    }
  }

  @Test("Progress goes up to the end of the last file")
  func progress() throws {
    let folder = try Folder()
    let rows = (1...500).map { "V\($0),P1\n" }.joined()
    let file = try folder.write(("visit_id,person_id\n" + rows).utf8, to: "a.csv")
    let told = Told()
    var pool = StringPool()
    let request = ReadingRequest(definition: visits, keptFields: [], asOf: asOf)
    var settings = ReadSettings()
    settings.firstBlock = 100
    settings.block = 100
    let table = readTable(
      request, files: [file, file], pool: &pool,
      progress: { bytes, rows in told.take(bytes, rows) }, settings: settings)
    let last = try #require(told.all.last)
    #expect(last.rows == 1000)
    #expect(last.bytes == table.files[0].size * 2)
    #expect(told.all.count > 20)
    #expect(
      zip(told.all, told.all.dropFirst()).allSatisfy { $0.bytes <= $1.bytes && $0.rows <= $1.rows })
  }
}

/// What a progress callback was told, under a lock.
private final class Told: @unchecked Sendable {
  private let lock = NSLock()
  private var news: [(bytes: Int, rows: Int)] = []

  var all: [(bytes: Int, rows: Int)] { lock.withLock { news } }
  func take(_ bytes: Int, _ rows: Int) { lock.withLock { news.append((bytes, rows)) } }
}
