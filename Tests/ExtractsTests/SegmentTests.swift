import Foundation
import Synchronization
import Testing
import Values

@testable import Extracts

@Suite("Reading in segments")
struct SegmentTests {
  /// What is read from files on this many threads, in segments of this many bytes (0: as wholes).
  private func reading(_ files: [ExtractFile], threads: Int, segment: Int) -> Reading {
    var definition = visits
    definition.multilineFields = [3]
    var request = ReadingRequest(
      definition: definition, keptFields: Set(visits.fields.indices), asOf: asOf)
    request.isSummed = true
    var settings = ReadSettings()
    if segment > 0 {
      settings.firstBlock = segment
      settings.block = segment
      settings.blocksInSegment = 1
    }
    var pool = StringPool()
    let tables = readTables(
      [TableFiles(request: request, files: files)], pool: &pool, threads: threads, progress: nil,
      settings: settings)
    return Reading(table: tables[0], pool: pool)
  }

  private func rows(_ numbers: Range<Int>, _ generator: inout FixedGenerator) -> String {
    numbers.map { number in
      // Some notes hold what looks like records, so that segments begin in the middle of a note.
      let notes = ["", "é", "\"a \(number)\nV\(number)x,P9,01/01/2016,b\"", "\"said \"\"no\"\"\""]
      // After a stray quote, what seems to be within quotes is not.
      let note = number % 23 == 7 ? "5\" é" : notes.randomElement(using: &generator) ?? ""
      // Letters that are one byte in Windows-1252 and two in UTF-8, in quotes that reading removes.
      let person = number % 5 == 0 ? "\"é é, \(number % 70)\"" : "person \(number % 70)"
      let ending = number % 10 == 5 ? "\"été\r\nété é é\"" : note
      return "V\(number),\(person),0\(number % 9 + 1)/01/2016,\(ending)\n"
    }.joined()
  }

  /// The encoding in which a file of rows is written.
  enum Written: CaseIterable {
    case utf8
    case marked
    case windows
    /// Windows-1252, of which nothing shows before the last third of the file.
    case windowsLate
  }

  /// The text in an encoding.
  ///
  /// In Windows-1252 each character is written as its code point, since none here is above U+00FF.
  private func bytes(of text: String, _ written: Written) -> [UInt8] {
    let scalars = Array(text.unicodeScalars)
    switch written {
    case .utf8: return Array(text.utf8)
    case .marked: return [0xEF, 0xBB, 0xBF] + text.utf8
    case .windows: return scalars.map { UInt8($0.value) }
    case .windowsLate:
      let shown = scalars.count / 3 * 2
      return scalars.enumerated().map { place, scalar in
        place < shown && !scalar.isASCII ? UInt8(ascii: "e") : UInt8(scalar.value)
      }
    }
  }

  @Test(
    "On any number of threads the same, the numbers of texts too", arguments: 0..<3,
    Written.allCases)
  func threads(_ seed: Int, _ written: Written) throws {
    var generator = FixedGenerator(state: UInt64(seed))
    let folder = try Folder()
    let head = "visit_id,person_id,seen_on,note\n"
    // In two of the files the first segment ends within a note, far from the note's end, because
    // of a stray quote before it.
    let long =
      "S,person 3,,5\" é\nL,person 1,01/01/2016,\""
      + String(repeating: "né\nLx,P9,01/01/2016,b\n", count: 60) + "\"\n"
    let files = try [0..<200, 200..<210, 210..<450].enumerated().map { place, numbers in
      let start = place == 1 ? head : head + long
      let text = bytes(of: start + rows(numbers, &generator), written)
      return try folder.write(text, to: "\(place).csv")
    }
    let whole = reading(files, threads: 1, segment: 0)
    #expect(whole.rows.count > 300 && !whole.table.rejects.isEmpty)
    #expect(
      whole.report.encoding == (written == .utf8 || written == .marked ? .utf8 : .windows1252))
    for segment in [61, 150, 900] {
      let one = reading(files, threads: 1, segment: segment)
      #expect(one.rows == whole.rows)
      #expect(one.table.lines.elementsEqual(whole.table.lines))
      #expect(one.table.files.map(\.sha256) == whole.table.files.map(\.sha256))
      #expect(one.table.files.map(\.recordSum) == whole.table.files.map(\.recordSum))
      #expect(one.table.files.map(\.size) == whole.table.files.map(\.size))
      #expect(one.table.files.map(\.encoding) == whole.table.files.map(\.encoding))
      #expect(one.table.rejects.map(\.text) == whole.table.rejects.map(\.text))
      for threads in [2, 5] {
        let many = reading(files, threads: threads, segment: segment)
        #expect(many.rows == one.rows)
        #expect(many.faults == one.faults)
        #expect(many.table.files.map(\.recordSum) == one.table.files.map(\.recordSum))
        #expect(many.table.lines.elementsEqual(one.table.lines))
        #expect(many.texts == one.texts)
      }
    }
  }

  @Test("What comes late and is no UTF-8, or no Windows-1252, has the file read in another way")
  func late() throws {
    var generator = FixedGenerator(state: 7)
    let folder = try Folder()
    let head = "visit_id,person_id,seen_on,note\n"
    let plain = Array((head + rows(0..<300, &generator)).utf8)
    let ends: [String: [UInt8]] = [
      "windows": Array("V900,P1,01/01/2016,caf".utf8) + [0xE9, 0x0A],
      "wrong": Array("V900,P1,01/01/2016,".utf8) + [0xC3, 0xA9, 0xFF, 0x0A],
      "nul": Array("V900,P1,01/01/2016,a".utf8) + [0, 0x0A],
      "cut": Array("V900,P1,01/01/2016,caf".utf8) + [0xC3],
      "headings": Array((head + "V900,P1,01/01/2016,x\n").utf8),
      "windows, undefined": Array("V900,P1,01/01/2016,caf".utf8) + [0xE9, 0x81, 0x0A],
      "windows, NUL": Array("V900,P1,01/01/2016,caf".utf8) + [0xE9, 0, 0x0A],
      // One byte looks like Windows-1252, and then more and more UTF-8 follows.
      "windows, damaged": Array("V900,P1,01/01/2016,caf".utf8) + [0xE9, 0x0A]
        + (901..<990).flatMap { Array("V\($0),P1,01/01/2016,café\n".utf8) },
    ]
    for (name, end) in ends {
      let bytes =
        name.hasPrefix("windows") ? plain.filter { $0 < 0x80 } + end : plain + end
      let file = try folder.write(bytes, to: "\(name).csv")
      let whole = reading([file], threads: 1, segment: 0)
      for (threads, segment) in [(1, 100), (2, 100), (2, 5_000)] {
        let parts = reading([file], threads: threads, segment: segment)
        #expect(parts.rows == whole.rows, "\(name)")
        #expect(parts.faults == whole.faults, "\(name)")
        #expect(parts.report.encoding == whole.report.encoding, "\(name)")
        #expect(parts.report.sha256 == whole.report.sha256, "\(name)")
        #expect(parts.report.recordSum == whole.report.recordSum, "\(name)")
        #expect(parts.report.size == bytes.count, "\(name)")
        #expect(parts.report.remarks == whole.report.remarks, "\(name)")
        #expect(parts.report.doubts == whole.report.doubts, "\(name)")
      }
    }
  }

  /// What can happen to a file while it is read.
  enum Change: CaseIterable {
    case rewritten
    case putBack
    case cut
    case emptied
    case grown
    case gone
  }

  @Test("A file that changes while it is read in segments is told", arguments: Change.allCases)
  func changing(_ change: Change) throws {
    var generator = FixedGenerator(state: 3)
    let text = "visit_id,person_id,seen_on,note\n" + rows(0..<300, &generator)
    let more = rows(300..<400, &generator)
    let folder = try Folder()
    let file = try folder.write(text.utf8, to: "a.csv")
    let once = Once {
      let files = FileManager.default
      let times = try files.attributesOfItem(atPath: file.path)
      if change == .gone { return try files.removeItem(atPath: file.path) }
      let handle = try FileHandle(forUpdating: URL(filePath: file.path))
      switch change {
      case .rewritten, .putBack:
        try handle.write(contentsOf: Data(text.replacing("person 7,", with: "person 8,").utf8))
      case .cut: try handle.truncate(atOffset: UInt64(text.utf8.count / 2))
      case .emptied: try handle.truncate(atOffset: 0)
      case .grown:
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(more.utf8))
      case .gone: break
      }
      try handle.close()
      if change == .putBack, let time = times[.modificationDate] {
        try files.setAttributes([.modificationDate: time], ofItemAtPath: file.path)
      }
    }
    var settings = ReadSettings()
    settings.firstBlock = 500
    settings.block = 500
    settings.blocksInSegment = 1
    var pool = StringPool()
    let request = ReadingRequest(
      definition: visits, keptFields: Set(visits.fields.indices), asOf: asOf)
    let table = readTable(
      request, files: [file], pool: &pool, progress: { _, _ in once.call() }, settings: settings)
    #expect(table.files[0].faults.contains { $0.kind == .changedWhileRead })
    #expect(once.isDone)
  }

  @Test("Rows have their places also where the places that were looked at had fewer lines")
  func misjudged() throws {
    let folder = try Folder()
    // Long notes wherever the file is sampled, and short rows in between.
    let long = "V0,P1,01/01/2016,\(String(repeating: "x", count: 20_000))\n"
    let short = (0..<4_000).map { "S\($0),P\($0 % 9),,\n" }.joined()
    let text = (0..<12).map { _ in String(repeating: long, count: 2) + short }.joined()
    let file = try folder.write(("visit_id,person_id,seen_on,note\n" + text).utf8, to: "a.csv")
    let parts = reading([file], threads: 2, segment: 4_000)
    #expect(parts.rows == reading([file], threads: 1, segment: 0).rows)
    #expect(parts.rows.count == 12 * 4_002)
  }
}

extension Reading {
  /// The texts of the run's pool, in the order of their numbers.
  fileprivate var texts: [String] { (0..<Int32(pool.count)).map { pool[$0].string } }
}

/// Work that is done on the first call only.
private final class Once: Sendable {
  private let work: @Sendable () throws -> Void
  private let state = Mutex((isCalled: false, isDone: false))

  init(_ work: @escaping @Sendable () throws -> Void) { self.work = work }

  var isDone: Bool { state.withLock { $0.isDone } }

  func call() {
    state.withLock { state in
      if state.isCalled { return }
      state = (true, (try? work()) != nil)
    }
  }
}
