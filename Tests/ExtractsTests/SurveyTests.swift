import Foundation
import Testing

@testable import Extracts

@Suite("Looking through files")
struct SurveyTests {
  /// The sequences that encodings are made of, whole and broken.
  private static let pieces: [[UInt8]] = [
    Array("abc,".utf8), [0x0A], [0x0D], [0x0D, 0x0A], [0xC3, 0xA9], [0xC3], [0xA9],
    [0xE2, 0x82, 0xAC],
    [0xE2, 0x82], [0xF0, 0x9F, 0x98, 0x80], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0xFF], [0],
    [0x80, 0x81],
    [0xEF, 0xBB, 0xBF], [0x1A], [0x07],
  ]

  @Test("In blocks of any length it shows what it shows as a whole", arguments: 0..<20)
  func blocks(_ seed: Int) throws {
    var generator = FixedGenerator(state: UInt64(seed))
    let folder = try Folder()
    for number in 0..<20 {
      let file = try folder.write(Self.bytes(&generator), to: "\(number).csv")
      func survey(_ block: Int) -> Result<FileSurvey, InputFault> {
        var settings = ReadSettings()
        settings.firstBlock = block
        settings.block = block
        return Result { () throws(InputFault) in
          try FileSurvey(file.path, declared: nil, settings: settings)
        }
      }
      for block in [1, 2, 3, 7] {
        switch (survey(1_000), survey(block)) {
        case (.failure(let a), .failure(let b)): #expect(a == b)
        case (.success(let a), .success(let b)):
          #expect(a.size == b.size)
          #expect(a.encoding == b.encoding)
          #expect(a.markLength == b.markLength)
          #expect(a.hasBadBytes == b.hasBadBytes)
          #expect(b.blocks.reduce(0) { $0 + $1.count } == b.size)
        default: Issue.record("one of them has a fault: \(number) of \(seed)")
        }
      }
    }
  }

  private static func bytes(_ generator: inout FixedGenerator) -> [UInt8] {
    (0..<Int.random(in: 0...60, using: &generator)).flatMap { _ in
      pieces.randomElement(using: &generator) ?? []
    }
  }

  @Test(
    "A feed hands over the whole text, and knows the line that each segment begins with",
    arguments: 0..<20)
  func feeds(_ seed: Int) throws {
    var generator = FixedGenerator(state: UInt64(seed))
    let folder = try Folder()
    var (handedOver, inWindows) = (0, 0)
    for number in 0..<40 {
      // A third of the files hold nothing that ends reading by segments; a third are Windows-1252.
      let windows: [[UInt8]] = Self.pieces[..<4] + [[0xE9, 0x2C], [0x80, 0x0A]]
      let kinds = [Self.pieces, Array(Self.pieces[..<5]), windows]
      let bytes = (0..<Int.random(in: 4...60, using: &generator)).flatMap { _ in
        kinds[number % 3].randomElement(using: &generator) ?? []
      }
      let file = try folder.write(bytes, to: "\(number).csv")
      let whole = Result { () throws(InputFault) in
        try FileSurvey(file.path, declared: nil, settings: ReadSettings())
      }
      for (block, inSegment) in [(1, 1), (1, 4), (2, 1), (3, 2), (7, 1)] {
        var settings = ReadSettings()
        settings.firstBlock = block
        settings.block = block
        settings.blocksInSegment = inSegment
        let feed = try FileFeed(file.path, declared: nil, quote: 0x22, settings: settings)
        switch try feed.begin() {
        case .all(let all, _, let sha256):
          #expect(all == bytes)
          #expect(.sha256(sha256) == FileDigest(of: file.path))
        case .unclear:
          let known = try? whole.get()
          #expect(
            known?.isInSegments != true || known?.encoding == .windows1252 || bytes.count < 4)
        case .segment(let first, let survey):
          var (segments, memory) = ([first], [UInt8]())
          while let next = feed.next(in: &memory) { segments.append(next) }
          let outcome = feed.outcome()
          let known = try? whole.get()
          guard outcome.isClear else {
            // Windows-1252 is recognised too late where text was handed over as UTF-8 before.
            #expect(known?.isInSegments != true || known?.encoding == .windows1252)
            continue
          }
          #expect(known?.isInSegments == true && known?.encoding == outcome.encoding)
          handedOver += 1
          if outcome.encoding == .windows1252 { inWindows += 1 }
          #expect(outcome.size == bytes.count)
          #expect(.sha256(outcome.sha256) == FileDigest(of: file.path))
          #expect(segments.flatMap(\.inFile) == Array(bytes.indices.dropFirst(survey.markLength)))
          let text =
            outcome.encoding == .utf8
            ? Array(bytes[survey.markLength...])
            : Array(try #require(String(bytes: bytes, encoding: .windowsCP1252)).utf8)
          check(segments, text)
        }
      }
    }
    #expect(handedOver > 20 && inWindows > 0)
  }

  /// Checks that each segment knows how many lines come before it, and whether it begins a line.
  private func check(_ segments: [TextSegment], _ text: [UInt8]) {
    #expect(segments.flatMap(\.bytes) == text)
    for segment in segments where !segment.bytes.isEmpty {
      let before = text[..<segment.start]
      let next = text[segment.start]
      var lines = 0
      for (index, byte) in before.enumerated() {
        let follower = index + 1 < text.count ? text[index + 1] : 0
        if byte == 0x0A || (byte == 0x0D && follower != 0x0A) { lines += 1 }
      }
      #expect(segment.linesBefore == lines)
      let starts = before.isEmpty || before.last == 0x0A || (before.last == 0x0D && next != 0x0A)
      #expect(segment.startsLine == starts)
      #expect(segment.isLast == (segment.end == text.count))
    }
  }

  @Test("Line ends, quotes, and whether all is ASCII, at every length", arguments: 0...20)
  func looks(_ seed: Int) {
    var generator = FixedGenerator(state: UInt64(seed))
    for count in 0...200 {
      let some: [UInt8] = [0x0A, 0x0D, 0x22, 0x41, 0x2C, 0x7F, 1]
      var bytes = (0..<count).map { _ in some.randomElement(using: &generator) ?? 0 }
      var ends = 0
      for (index, byte) in bytes.enumerated() {
        if byte == 0x0A { ends += 1 }
        if byte == 0x0D, index + 1 < count, bytes[index + 1] != 0x0A { ends += 1 }
      }
      let quotes = bytes.count { $0 == 0x22 }
      let look = ByteLook(lineEnds: ends, quotes: quotes, isASCII: true)
      #expect(bytes.span.look(quote: 0x22) == look)
      #expect(bytes.span.count(of: 0x0A) == bytes.count { $0 == 0x0A })
      if count == 0 { continue }
      let place = Int.random(in: 0..<count, using: &generator)
      for other: UInt8 in [0, 0x80, 0xFF] {
        bytes[place] = other
        #expect(!bytes.span.look(quote: 0x22).isASCII)
      }
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
      for bit in 0..<8 {
        var other = bytes
        other[place] ^= 1 << bit
        #expect(other.span.mixed(into: 0) != bytes.span.mixed(into: 0))
      }
    }
  }
}
