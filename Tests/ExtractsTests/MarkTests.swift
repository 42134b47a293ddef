import Testing
import Values

@testable import Extracts

/// Byte-order marks and ends of text where files were put together.
@Suite("Marks within a file")
struct MarkTests {
  private static let head = "visit_id,person_id,seen_on,note\n"

  @Test(
    "A mark before a record is no part of its key, and is told", arguments: chunkSizes,
    ["\u{FEFF}", "\u{1A}", "\u{1A}\u{FEFF}", "\u{FEFF}\u{FEFF}"])
  func record(chunkSize: Int, mark: String) throws {
    let text =
      Self.head + "V1,P1,,a\n\(mark)V2,P2,,b\nV3,P3,,c\n\(mark)V4,P4,,\"d,e\"\n"
    let reading = try read(text, chunkSize: chunkSize)
    #expect(
      reading.rows == ["2: V1|P1|∅|a", "3: V2|P2|∅|b", "4: V3|P3|∅|c", "5: V4|P4|∅|d,e"])
    #expect(reading.texts(of: "visit_id") == ["V1", "V2", "V3", "V4"])
    #expect(reading.faults.isEmpty && reading.rejects.isEmpty)
    #expect(
      reading.report.remarks.contains {
        $0.hasPrefix("a byte-order mark or a Ctrl-Z stands before lines 3 and 5, as where files")
      }, "\(reading.report.remarks)")
  }

  @Test(
    "Headings that stand again are known behind a mark, also in quotes", arguments: chunkSizes,
    [
      "\u{FEFF}visit_id,person_id,seen_on,note",
      "\u{FEFF}\"visit_id\",\"person_id\",\"seen_on\",\"note\"",
      "\u{1A}\"Visit ID\",person_id,\"Seen On\",note",
    ])
  func headings(chunkSize: Int, again: String) throws {
    let reading = try read(
      Self.head + "V1,P1,,a\n\(again)\nV2,P2,,b\n", chunkSize: chunkSize)
    #expect(reading.rows == ["2: V1|P1|∅|a", "4: V2|P2|∅|b"])
    #expect(reading.rejects.isEmpty)
    #expect(reading.report.remarks.contains { $0.hasPrefix("the headings stand again on line 3") })
    #expect(!reading.report.remarks.contains { $0.contains("byte-order mark") })
  }

  @Test(
    "Other headings in quotes behind a mark may have more columns, or fewer", arguments: chunkSizes,
    [
      (
        head: "visit_id,person_id,note", first: "P1,a", again: "visit_id,seen_on,note,person_id",
        later: ",b,P1"
      ),
      (
        head: "visit_id,person_id,seen_on,note", first: "P1,,a",
        again: "visit_id,note,person_id", later: "b,P1"
      ),
    ])
  func widths(
    chunkSize: Int, files: (head: String, first: String, again: String, later: String)
  ) throws {
    // So many that the later headings are not among the lines where headings are looked for.
    let before = (1...60).map { "V\($0),\(files.first)\n" }.joined()
    let again = files.again.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
    let later = (61...63).map { "V\($0),\(files.later)\n" }.joined()
    let reading = try read(
      "\(files.head)\n\(before)\u{FEFF}\(again)\n\(later)", chunkSize: chunkSize)
    #expect(
      reading.rows
        == (1...60).map { "\($0 + 1): V\($0)|P1|∅|a" }
        + (61...63).map { "\($0 + 2): V\($0)|P1|∅|b" })
    #expect(reading.rejects.isEmpty)
  }

  @Test("A mark before a quote or a part of a record is rejected with it", arguments: chunkSizes)
  func rejected(chunkSize: Int) throws {
    let reading = try read(
      Self.head + "\u{FEFF}\"V1\",P1,,a\n\u{FEFF}V2,P2\nV3,P3,,c\n", chunkSize: chunkSize)
    #expect(reading.rows == ["4: V3|P3|∅|c"])
    #expect(reading.rejects == ["2: \u{FEFF}\"V1\",P1,,a", "3: \u{FEFF}V2,P2"])
    #expect(reading.table.rejects[0].reason.contains("a byte-order mark or a Ctrl-Z"))
    #expect(!reading.report.remarks.contains { $0.contains("byte-order mark") })
  }

  @Test("The Ctrl-Z at the end of a text from DOS is no record", arguments: chunkSizes)
  func end(chunkSize: Int) throws {
    var definition = visits
    for footer in ["", "(1 rows affected)\n"] {
      if !footer.isEmpty { definition.dialect.footer = ["*rows affected*"] }
      let reading = try read(
        Self.head + "V1,P1,,a\n\(footer)\u{1A}", as: definition, chunkSize: chunkSize)
      #expect(reading.rows == ["2: V1|P1|∅|a"])
      #expect(reading.faults.isEmpty && reading.rejects.isEmpty)
      #expect(reading.report.footerCount == (footer.isEmpty ? 0 : 1))
      #expect(reading.report.passedOver.map(\.line) == (footer.isEmpty ? [3] : [3, 4]))
      #expect(reading.report.endsInLineBreak)
    }
  }

  @Test(
    "a backslash before a quote is told, as it keeps no quote in CSV",
    arguments: [
      (#"V1,P1,,"she said \"#, "\n" + #"then left""#, true), (#"V1,P1,,"a \"b\" c""#, "", true),
      (#"V1,P1,,"a \""b\"""#, "", false), (#"V1,P1,,"a \ b""#, "", false),
      (#"V1,P1,,C:\a\b"#, "", false),
    ])
  func escapedQuotes(_ record: String, _ next: String, _ isTold: Bool) throws {
    let text =
      "visit_id,person_id,seen_on,note\n" + record + (next.isEmpty ? "" : "\"" + next) + "\n"
    let told = try read(text).report.doubts.filter {
      $0.hasPrefix("a backslash stands before a quote (line 2)")
    }
    #expect(told.count == (isTold ? 1 : 0))
  }
}
