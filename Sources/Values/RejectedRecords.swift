/// A record that could not be read, kept verbatim.
public struct RejectedRecord: Hashable, Sendable {
  /// The number of its file in the table's `files`.
  public var file: Int
  /// The physical line on which it starts, from 1.
  public var line: Int
  /// Why, for people, such as `7 fields where the headings name 8`; it quotes no cell.
  public var reason: String
  /// The record as it stands in the file, decoded, without its line end.
  public var text: String
  /// Whether it may be only a part of a record, and lack what says whose it is.
  public var isPart: Bool

  /// A rejected record.
  public init(file: Int = 0, line: Int, reason: String, text: String, isPart: Bool = true) {
    self.isPart = isPart
    self.file = file
    self.line = line
    self.reason = reason
    self.text = text
  }
}

/// Records that could not be read, in the order of files and lines.
///
/// Every record of an extract may be one, so they are kept as bytes in memory that a file can lend,
/// and each reason once. A copy, or a part, shares the texts.
public struct RejectedRecords: Sendable {
  private struct Entry: BitwiseCopyable, Sendable {
    var text: TextBlocks.Place
    var line: Int
    var file: Int32
    var reason: Int32
    var isPart: Bool
  }

  private var entries: GrowingValues<Entry>
  private var texts: TextBlocks
  private var reasons: [String] = []
  private var reasonNumbers: [String: Int32] = [:]
  /// The entries that this part of all has.
  private var range = 0..<0

  /// No records.
  public init(in spill: ColumnSpill? = nil) {
    entries = GrowingValues(in: spill)
    texts = TextBlocks(in: spill)
  }

  /// Adds a record; only what is not a part of others can grow.
  public mutating func append(_ record: RejectedRecord) {
    var record = record
    let text = record.text.withUTF8 { unsafe texts.append($0.span, isASCII: false) }
    add(
      Entry(
        text: text, line: record.line, file: Int32(record.file), reason: number(of: record.reason),
        isPart: record.isPart))
  }

  /// Adds the records of a file, which has this number among all files.
  public mutating func append(contentsOf records: RejectedRecords, file: Int) {
    guard !records.isEmpty else { return }
    let moved = texts.append(contentsOf: records.texts)
    let numbers = records.reasons.map { number(of: $0) }
    for place in records.range {
      var entry = records.entries[place]
      entry.text = entry.text.moved(by: moved)
      entry.reason = numbers[Int(entry.reason)]
      entry.file = Int32(file)
      add(entry)
    }
  }

  private mutating func add(_ entry: Entry) {
    precondition(range == 0..<entries.count, "a part of other records cannot grow")
    entries.append(entry)
    range = 0..<entries.count
  }

  private mutating func number(of reason: String) -> Int32 {
    if let number = reasonNumbers[reason] { return number }
    let number = Int32(reasons.count)
    reasons.append(reason)
    reasonNumbers[reason] = number
    return number
  }

  /// The records of one file, by its number; those of a file follow one another.
  public func ofFile(_ file: Int) -> RejectedRecords {
    let start = firstPlace { $0.file >= file }
    return self[start..<firstPlace { $0.file > file }]
  }

  private func firstPlace(where isReached: (Entry) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if isReached(entries[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The same records without what stands in them.
  public var withoutTexts: RejectedRecords {
    var bare = RejectedRecords()
    for place in indices {
      bare.append(
        RejectedRecord(
          file: Int(entries[place].file), line: line(at: place), reason: reason(at: place),
          text: "", isPart: isPart(at: place)))
    }
    return bare
  }
}

extension RejectedRecords: RandomAccessCollection {
  /// The first place.
  public var startIndex: Int { range.lowerBound }
  /// The place after the last.
  public var endIndex: Int { range.upperBound }

  /// A record, with a copy of its text.
  public subscript(place: Int) -> RejectedRecord {
    // Sound because each text was taken from a `String`.
    RejectedRecord(
      file: file(at: place), line: line(at: place), reason: reason(at: place),
      text: withText(at: place) { unsafe String(copying: UTF8Span(unchecked: $0)) },
      isPart: isPart(at: place))
  }

  /// The records at some places.
  public subscript(places: Range<Int>) -> RejectedRecords {
    precondition(places.lowerBound >= startIndex && places.upperBound <= endIndex)
    var part = self
    part.range = places
    return part
  }

  private func entry(_ place: Int) -> Entry {
    precondition(range.contains(place), "no record stands there")
    return entries[place]
  }

  /// The number of a record's file.
  public func file(at place: Int) -> Int { Int(entry(place).file) }

  /// The physical line on which a record starts.
  public func line(at place: Int) -> Int { entry(place).line }

  /// Why a record was rejected.
  public func reason(at place: Int) -> String { reasons[Int(entry(place).reason)] }

  /// Whether two records were rejected for the same reason.
  public func haveSameReason(_ a: Int, _ b: Int) -> Bool { entry(a).reason == entry(b).reason }

  /// Whether a record may be only a part of one.
  public func isPart(at place: Int) -> Bool { entry(place).isPart }

  /// Lends a record's text, in UTF-8, to a closure.
  public func withText<Result>(at place: Int, _ look: (Span<UInt8>) -> Result) -> Result {
    texts.withText(at: entry(place).text, look)
  }
}

extension RejectedRecords: Equatable, ExpressibleByArrayLiteral {
  /// Whether both are the same records.
  public static func == (a: RejectedRecords, b: RejectedRecords) -> Bool { a.elementsEqual(b) }

  /// Some records.
  public init(arrayLiteral records: RejectedRecord...) {
    self.init()
    for record in records { append(record) }
  }
}
