import Testing

@testable import Extracts

@Suite("Looking through files")
struct SurveyTests {
  /// What encodings are made of, whole and broken.
  private static let pieces: [[UInt8]] = [
    Array("abc,".utf8), [0x0A], [0x0D], [0x0D, 0x0A], [0xC3, 0xA9], [0xC3], [0xA9],
    [0xE2, 0x82, 0xAC],
    [0xE2, 0x82], [0xF0, 0x9F, 0x98, 0x80], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0xFF], [0],
    [0x80, 0x81],
    [0xEF, 0xBB, 0xBF], [0x1A], [0x07],
  ]

  @Test("In stretches of any length it shows what it shows as a whole", arguments: 0..<20)
  func stretches(_ seed: Int) throws {
    var generator = FixedGenerator(state: UInt64(seed))
    let folder = try Folder()
    for number in 0..<20 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...60, using: &generator) {
        bytes += Self.pieces.randomElement(using: &generator) ?? []
      }
      let file = try folder.write(bytes, to: "\(number).csv")
      func survey(_ block: Int, _ inPart: Int) -> Result<FileSurvey, InputFault> {
        var settings = ReadSettings()
        settings.firstBlock = block
        settings.block = block
        settings.blocksInPart = inPart
        let plan = SurveyPlan([file.path], settings: settings)
        return plan.surveys((0..<plan.count).map { plan.look(at: $0) }, declared: [nil])[0]
      }
      let whole = survey(1_000, 1)
      for (block, inPart) in [(1, 1), (1, 4), (2, 1), (3, 2), (7, 1)] {
        switch (whole, survey(block, inPart)) {
        case (.failure(let a), .failure(let b)): #expect(a == b)
        case (.success(let a), .success(let b)):
          #expect(a.size == b.size)
          #expect(a.encoding == b.encoding)
          #expect(a.markLength == b.markLength)
          #expect(a.hasBadBytes == b.hasBadBytes)
          #expect(b.blocks.last?.bytes.upperBound == bytes.count)
          checkLines(b, bytes)
        default: Issue.record("one of them has a fault: \(bytes)")
        }
      }
    }
  }

  /// Each block knows the line that it begins with.
  private func checkLines(_ survey: FileSurvey, _ bytes: [UInt8]) {
    for block in survey.blocks {
      let before = bytes[..<block.bytes.lowerBound]
      let next = bytes[block.bytes.lowerBound]
      var lines = 0
      for (index, byte) in before.enumerated() {
        let follower = index + 1 < bytes.count ? bytes[index + 1] : 0
        if byte == 0x0A || (byte == 0x0D && follower != 0x0A) { lines += 1 }
      }
      #expect(block.linesBefore == lines)
      let starts = before.isEmpty || before.last == 0x0A || (before.last == 0x0D && next != 0x0A)
      #expect(block.startsLine == starts)
    }
  }

  @Test("The first byte that is no ASCII, at every place", arguments: 0...140)
  func others(_ place: Int) {
    for other: UInt8 in [0, 0x80, 0xC3, 0xFF] {
      var bytes = [UInt8](repeating: 0x41, count: 150)
      for index in bytes.indices { bytes[index] = UInt8(1 + index % 127) }
      #expect(bytes.span.firstIndexOfOther(from: 0) == 150)
      bytes[place] = other
      for start in [0, 1, place] where start <= place {
        #expect(bytes.span.firstIndexOfOther(from: start) == place)
      }
      #expect(bytes.span.firstIndexOfOther(from: place + 1) == 150)
    }
    #expect([UInt8]().span.firstIndexOfOther(from: 0) == 0)
  }

  @Test("A sum tells any one byte that differs", arguments: [1, 31, 32, 33, 100])
  func sums(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 1
      #expect(other.span.mixed(into: 0) != bytes.span.mixed(into: 0))
    }
  }
}
