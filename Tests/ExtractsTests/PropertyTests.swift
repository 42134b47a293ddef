import Testing
import Values

@testable import Extracts

/// The same numbers in every run: SplitMix64 (Steele, Lea and Flood 2014).
struct FixedGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

@Suite("Properties")
struct PropertyTests {
  /// Pieces that tend to break readers, so that they come up more often than in random bytes.
  private static let pieces: [[UInt8]] = [
    [0x2C], [0x2C], [0x22], [0x22, 0x22], [0x0A], [0x0A], [0x0D], [0x0D, 0x0A], [0x20], [0x09], [0],
    [0xC3, 0xA9], [0xE9], [0xFF], [0x3B], [0xEF, 0xBB, 0xBF], Array("V1,P1,04/01/2016,x".utf8),
    Array("\nV2,P2,,y\n".utf8), Array("visit_id,person_id,seen_on,note\n".utf8), Array("abc".utf8),
    [0xC2, 0xA0], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0x0B], [0x1A], Array("\"V4\",".utf8),
    Array("\n\u{A0}\n".utf8), Array("04/01/2016".utf8), Array("Total".utf8),
    Array("\nV3,P3,,\"a\nb\"\n".utf8),
  ]

  private func soup(
    _ generator: inout FixedGenerator, _ head: String = "visit_id,person_id,seen_on,note\n"
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    if Bool.random(using: &generator) { bytes += Array(head.utf8) }
    for _ in 0..<Int.random(in: 0...80, using: &generator) {
      if let piece = Self.pieces.randomElement(using: &generator) { bytes += piece }
    }
    return bytes
  }

  @Test(
    "Read is checked and rejected, whatever the bytes, and the same for every chunk size",
    arguments: 0..<10,
    [
      "visit_id,person_id,seen_on,note\n", "note,seen_on,person_id,visit_id\n", "note\n",
      "seen_on;note\n",
    ])
  func accounts(_ seed: Int, head: String) throws {
    var generator = FixedGenerator(state: UInt64(seed))
    var definition = head == "note\n" ? table(field("note")) : visits
    // Without a key, swallowed records are recognised by their typed cells.
    if head == "seen_on;note\n" { definition = table(field("seen_on", .date), field("note")) }
    if seed % 2 == 0 { definition.dialect.footer = ["Total*"] }
    definition.multilineFields = [definition.fields.count - 1]
    let folder = try Folder()
    for number in 0..<40 {
      let file = try folder.write(soup(&generator, head), to: "\(number).csv")
      let readings = [1, 3, 1000].map {
        read([file], as: definition, chunkSize: $0, mostRecordBytes: 100)
      }
      for reading in readings {
        let report = reading.report
        #expect(report.rowsRead == report.rowsChecked + report.rowsRejected)
        #expect(report.rowsChecked == reading.table.rowCount)
        #expect(report.rowsRejected == reading.table.rejects.count)
        #expect(reading.rows == readings[0].rows)
        #expect(reading.table.rejects == readings[0].table.rejects)
        #expect(reading.faults == readings[0].faults)
        #expect(report.passedOver == readings[0].report.passedOver)
        #expect(report.sha256 == readings[0].report.sha256)
        #expect(reading.table.lines.elementsEqual(reading.table.lines.sorted()))
      }
      _ = draftDefinitions(from: [look(at: file, definitions: [definition])])
    }
  }

  @Test(
    "No line is lost, and none invented: each is a row's, a reject's, a title, a footer, a heading or blank",
    arguments: 0..<10)
  func lines(_ seed: Int) throws {
    var generator = FixedGenerator(state: UInt64(seed) + 1000)
    var (withHeadings, lines) = (0, 0)
    for _ in 0..<60 {
      let bytes = Array("visit_id,person_id,seen_on,note\n".utf8) + soup(&generator)
      let reading = try read(bytes)
      guard reading.report.headerLine != nil else { continue }
      withHeadings += 1
      var told = Set(reading.table.rejects.map(\.line)).union(reading.table.lines.map(Int.init))
      told.formUnion(1...(reading.report.headerLine ?? 1))
      told.formUnion(reading.report.passedOver.map(\.line))
      // Other headings further down are told in a remark.
      told.formUnion(
        reading.report.remarks.compactMap { remark in
          let start = "other headings stand on line "
          return remark.hasPrefix(start)
            ? Int(remark.dropFirst(start.count).prefix { $0 != "," }) : nil
        })
      let repeated = reading.report.remarks.contains { $0.hasPrefix("the headings stand again") }
      let multiline = reading.table.rejects.contains { $0.text.contains("\n") }
      // The lines of repeated headings are not gathered here, and a record over several lines is
      // told by its first line only: such inputs cannot be checked line by line.
      guard !repeated, !multiline, !reading.texts(of: "note").contains(where: { $0.contains("\n") })
      else {
        continue
      }
      var buffer = LineBuffer(Array(bytes), quote: 0x22)
      while try buffer.nextLine() == .line {
        let line = buffer.text(buffer.line.start, buffer.line.end)
        let isBlank = line.span.isBlank(besides: reading.report.delimiter ?? 0)
        // Read as Windows-1252, the two bytes of a no-break space in UTF-8 are two characters, one
        // of them a letter, so that such a line is not blank.
        let mustNotBeTold =
          isBlank && buffer.line.number > reading.report.headerLine ?? 1
          && reading.report.encoding == .utf8
        if !isBlank || mustNotBeTold { #expect(told.contains(buffer.line.number) != isBlank) }
        lines += 1
      }
    }
    #expect(withHeadings > 40)
    #expect(lines > 40)
  }

  @Test("What the scan takes for a plain line is what libcsv makes of it", arguments: 0..<8)
  func scan(_ seed: Int) {
    var generator = FixedGenerator(state: UInt64(seed) + 3000)
    let parser = RecordParser(delimiter: .comma, quote: 0x22)
    var plain = 0
    for _ in 0..<4000 {
      // Long enough to cross the borders of the scan's blocks of 64 bytes.
      let count = Int.random(in: 1...200, using: &generator)
      let ends: [UInt8] = [0x0A, 0x0D, 0x22]
      var bytes: [UInt8] = (0..<count).map { _ in
        Int.random(in: 0..<60, using: &generator) == 0
          ? ends.randomElement(using: &generator) ?? 0x0A
          : [0x2C, 0x61, 0x20, 0, 0xFF].randomElement(using: &generator) ?? 0x61
      }
      // A blank line is no record; callers rule it out before they ask.
      bytes[0] = 0x61
      bytes.append(0x0A)
      var scanned = Record()
      guard
        let line = scanned.takePlainLine(of: bytes.span, delimiter: .comma, quote: 0x22)
      else {
        // The scan may decline only where a quote or a lone carriage return comes before the first
        // line feed, or where there are 64 delimiters or more.
        let first = bytes.prefix { $0 != 0x0A }
        #expect(
          first.contains(0x22) || first.dropLast().contains(0x0D) || first.last == 0x0D
            || first.count(where: { $0 == 0x2C }) >= 64)
        continue
      }
      plain += 1
      var parsed = Record()
      #expect(parser.parse(bytes.span.extracting(first: line.next), into: &parsed) == .complete)
      #expect(parsed.texts == scanned.texts)
    }
    #expect(plain > 1000)
  }

  @Test("A line without a quote is split as libcsv splits it", arguments: 0..<8)
  func fastSplit(_ seed: Int) {
    var generator = FixedGenerator(state: UInt64(seed) + 2000)
    let parser = RecordParser(delimiter: .comma, quote: 0x22)
    for _ in 0..<2000 {
      let count = Int.random(in: 1...30, using: &generator)
      let bytes: [UInt8] = [0x2C, 0x20, 0x61, 0, 0xFF]
      let line: [UInt8] = (0..<count).map { _ in bytes.randomElement(using: &generator) ?? 0 }
      let ended = line + [0x0A]
      var split = Record()
      split.split(line.span, at: .comma)
      var parsed = Record()
      #expect(parser.parse(ended.span, into: &parsed) == .complete)
      #expect(parsed.texts == split.texts)
    }
  }

  @Test("A record with quotes is what libcsv makes of all of it", arguments: 0..<8)
  func quoted(_ seed: Int) throws {
    var generator = FixedGenerator(state: UInt64(seed) + 4000)
    let plain: [UInt8] = [0x2C, 0x61, 0x20]
    let bytes: [UInt8] = [0x2C, 0x2C, 0x22, 0x22, 0x61, 0x20, 0x0A, 0xC3]
    var sound = 0
    for _ in 0..<4000 {
      // The first line always has a quote: the reader does not ask libcsv about one without.
      let start: [UInt8] = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
        plain.randomElement(using: &generator) ?? 0x61
      }
      let rest: [UInt8] = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        bytes.randomElement(using: &generator) ?? 0x61
      }
      let text = start + [0x22] + rest + [0x22, 0x0A]
      let parser = RecordParser(delimiter: .comma, quote: 0x22)
      var parsed = Record()
      var buffer = LineBuffer(text, quote: 0x22)
      var outcome = RecordParser.Outcome.open
      while outcome == .open, try buffer.nextLine() == .line {
        let line = Array(buffer.text(buffer.line.start, buffer.line.next))
        outcome = parser.parse(line.span, into: &parsed)
      }
      var reader = RecordReader(LineBuffer(text, quote: 0x22), delimiter: .comma, quote: 0x22)
      var read = Record()
      let step = try reader.next(&read)
      #expect((step == .record) == (outcome == .complete), "\(text)")
      guard step == .record, outcome == .complete else { continue }
      sound += 1
      #expect(parsed.texts == read.texts, "\(text)")
      #expect(parsed.isComplete && read.isComplete)
    }
    #expect(sound > 300)
  }
}
