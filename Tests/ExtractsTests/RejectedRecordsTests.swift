import Testing
import Values

@Suite("Records that could not be read")
struct RejectedRecordsTests {
  private static func record(_ number: Int, file: Int = 0) -> RejectedRecord {
    // The length of a text stands before it, in one byte or in nine.
    let text = String(repeating: "ä,\(number)\"", count: [0, 1, 7, 90, 900][number % 5])
    return RejectedRecord(
      file: file, line: number + 2, reason: "\(number % 3) fields", text: text,
      isPart: number % 2 == 0)
  }

  @Test("The parts of files become one list, in memory or in files that lend it")
  func joinsParts() throws {
    let folder = try Folder()
    for spill in [nil, ColumnSpill(limit: 0, folder: folder.path, leastBytes: 1)] {
      var whole = RejectedRecords(in: spill)
      var expected: [RejectedRecord] = []
      for (file, count) in [3, 0, 1, 700, 0, 2, 40].enumerated() {
        var part = RejectedRecords(in: spill)
        for number in 0..<count {
          part.append(Self.record(number))
          expected.append(Self.record(number, file: file))
        }
        whole.append(contentsOf: part, file: file)
        // What a part gets later is its own.
        part.append(Self.record(5))
      }
      #expect(Array(whole) == expected)
      #expect(spill?.fault == nil)
      for file in 0..<8 {
        #expect(Array(whole.ofFile(file)) == expected.filter { $0.file == file }, "file \(file)")
      }
    }
  }

  @Test("A copy shares what is there and keeps what it gets to itself")
  func copies() {
    var first: RejectedRecords = [Self.record(1), Self.record(2)]
    var second = first
    first.append(Self.record(3))
    second.append(Self.record(4))
    var third = RejectedRecords()
    third.append(contentsOf: second, file: 0)
    third.append(Self.record(8))
    second.append(Self.record(9))
    #expect(Array(first) == [1, 2, 3].map { Self.record($0) })
    #expect(Array(second) == [1, 2, 4, 9].map { Self.record($0) })
    #expect(Array(third) == [1, 2, 4, 8].map { Self.record($0) })
    #expect(first != second)
  }

  @Test("Without their texts they are the same records")
  func withoutTexts() {
    let all: RejectedRecords = [Self.record(1), Self.record(2), Self.record(3)]
    let bare = all[1..<3].withoutTexts
    #expect(bare.map(\.text) == ["", ""])
    #expect(bare.map(\.line) == [4, 5])
    #expect(bare.map(\.reason) == ["2 fields", "0 fields"])
  }
}
