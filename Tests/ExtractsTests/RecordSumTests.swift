import Testing
import Values

@testable import Extracts

/// The sum by which a file's records are known again in another order.
@Suite("Record sums")
struct RecordSumTests {
  private static let head = "Visit ID,person_id,Seen On,note,Run\n"
  private static let records = [
    "V1,P1,04/01/2016,a note that is longer than a few words,1", "V2,P2,,,1",
    "V3,P1,05/01/2016,é,1",
  ]

  private func report(
    _ bytes: some Sequence<UInt8>, chunkSize: Int = 1 << 20, most: Int = 64 << 20,
    isSummed: Bool = true
  ) throws -> FileReport {
    let folder = try Folder()
    let file = try folder.write(bytes, to: "visits.csv")
    var settings = ReadSettings()
    settings.firstBlock = chunkSize
    settings.block = chunkSize
    settings.blocksInSegment = 1
    settings.mostSummedBytes = most
    var request = ReadingRequest(definition: visits, keptFields: [0], asOf: asOf)
    request.isSummed = isSummed
    var pool = StringPool()
    let tables = withExtendedLifetime(folder) {
      readTables(
        [TableFiles(request: request, files: [file])], pool: &pool, threads: 2, progress: nil,
        settings: settings)
    }
    return tables[0].files[0]
  }

  private func sum(_ text: String, chunkSize: Int = 1 << 20) throws -> String {
    try report(text.utf8, chunkSize: chunkSize).recordSum
  }

  private func text(_ records: [String]) -> String {
    Self.head + records.map { $0 + "\n" }.joined()
  }

  @Test("it has 16 digits, and none where nobody asks or the file is too long")
  func asked() throws {
    let bytes = Array(text(Self.records).utf8)
    let known = try report(bytes)
    #expect(known.recordSum.count == 16 && known.rowsChecked == 3)
    #expect(try report(bytes, most: bytes.count).recordSum == known.recordSum)
    #expect(try report(bytes, most: bytes.count - 1).recordSum == "")
    #expect(try report(bytes, isSummed: false).recordSum == "")
  }

  @Test(
    "the same records have one sum under another title, in another order, in quotes",
    arguments: chunkSizes)
  func same(chunkSize: Int) throws {
    let usual = try sum(text(Self.records))
    let others = [
      text(Self.records),
      "Visits as at 5 January 2016\n\n" + text(Self.records),
      text(Self.records.reversed()),
      text(["V1,P1,04/01/2016,\"a note that is longer than a few words\",1"] + Self.records[1...]),
      Self.head + Self.records.joined(separator: "\r\n"),
      "visit_id,person_id,seen on,NOTE,run\n" + Self.records.joined(separator: "\n"),
      "Run,Seen On,note,More,person_id,Visit ID\n"
        + "1,04/01/2016,a note that is longer than a few words,,P1,V1\n"
        + "1,,,,P2,V2\n1,05/01/2016,é,,P1,V3\n",
    ]
    for other in others {
      #expect(try sum(other, chunkSize: chunkSize) == usual, "\(other)")
    }
    let windows = text(Self.records).unicodeScalars.map { UInt8($0.value) }
    #expect(try report(windows, chunkSize: chunkSize).recordSum == usual)
  }

  @Test("other records have another sum")
  func other() throws {
    let usual = try sum(text(Self.records))
    let first = Self.records[0]
    let others = [
      text(Array(Self.records.dropLast())),
      text(Self.records + [first]),
      text(Self.records + [first, first]),
      text([first.replacing("words", with: "wordt")] + Self.records[1...]),
      text([first.replacing("a note", with: " note")] + Self.records[1...]),
      // A cell that another record had, one that has moved to the next column, and one that only
      // a column has that no field names.
      text([
        first.replacing("04/01/2016", with: "05/01/2016"), Self.records[1],
        Self.records[2].replacing("05/01/2016", with: "04/01/2016"),
      ]),
      text([first, "V2,,P2,,1", Self.records[2]]),
      text([first, "V2,P2,,,2", Self.records[2]]),
      text(Self.records).replacing("person_id,Seen On", with: "Seen On,person_id"),
      // A record that cannot be read.
      text(Self.records + ["V4,P4"]),
    ]
    var sums: Set<String> = [usual]
    for other in others {
      #expect(try sums.insert(sum(other)).inserted, "\(other)")
    }
  }

  @Test("cells of every length count with every byte, wherever they stand")
  func lengths() throws {
    var sums: Set<String> = []
    for length in 1...40 {
      for place in 0..<length {
        var note = [Character](repeating: "x", count: length)
        note[place] = "y"
        // The last cell of the file, and one that others follow.
        for record in ["V1,P1,,,\(String(note))", "V1,P1,,\(String(note)),"] {
          #expect(try sums.insert(sum(Self.head + record)).inserted, "\(length), \(place)")
        }
      }
    }
  }

  @Test("headings that stand again, and others, apply to the records after them")
  func headings() throws {
    let usual = try sum(text(Self.records))
    let again = Self.head + Self.records[0] + "\n" + Self.head + Self.records[1] + "\n"
    #expect(try sum(again + Self.records[2] + "\n") == usual)
    let turned = "person_id,Visit ID,Seen On,note,Run\n" + "P1,V3,05/01/2016,é,1\n"
    #expect(try sum(text(Array(Self.records.dropLast())) + turned) == usual)
  }
}
