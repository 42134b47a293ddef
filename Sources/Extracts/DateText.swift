import WorkingTime

/// How dates, date-times or times of a field are written, and in which of those ways its column
/// writes them.
struct DateText: Sendable {
  private let formats: [DateFormat]
  /// Whether the date, and whether the time of a reading is kept.
  private let keepsDate: Bool
  private let keepsTime: Bool
  /// How the column writes its values: the way of the first that was read.
  private(set) var canonical: DateFormat?
  /// Where every text of this many bytes that `canonical` reads is as it writes it.
  private var canonicalLength: Int?

  init(formats: [DateFormat], keepsDate: Bool, keepsTime: Bool) {
    self.formats = formats
    self.keepsDate = keepsDate
    self.keepsTime = keepsTime
  }

  /// Whether every text of one length that the column's own way reads is as it writes it.
  var isFixed: Bool { canonicalLength != nil }

  /// What a cell says in the first of the formats that reads it, and whether the column writes it
  /// just so.
  mutating func read(_ cell: Span<UInt8>) -> (reading: DateReading, isCanonical: Bool)? {
    if cell.count == canonicalLength, let reading = canonical?.read(cell) { return (reading, true) }
    for format in formats {
      guard let reading = format.read(cell) else { continue }
      if canonical == nil {
        choose(format, reading, cell)
      } else if isFixed {
        // What the column's own way writes it would have read itself.
        return (reading, false)
      }
      return (reading, canonical.map { writes(reading, as: cell, in: $0) } ?? false)
    }
    return nil
  }

  private func writes(_ reading: DateReading, as cell: Span<UInt8>, in format: DateFormat) -> Bool {
    let text = format.write(
      date: keepsDate ? reading.date : nil, secondOfDay: keepsTime ? reading.secondOfDay : nil)
    return text.utf8Span.span.equals(cell)
  }

  /// Takes the format, or one like it that writes the value as it stands there, for the column's
  /// own.
  private mutating func choose(_ format: DateFormat, _ reading: DateReading, _ cell: Span<UInt8>) {
    let chosen =
      writes(reading, as: cell, in: format)
      ? format : likenesses(of: format).first { writes(reading, as: cell, in: $0) }
    canonical = chosen ?? format
    canonicalLength = fixedLength(of: chosen ?? format)
  }

  /// Formats without optional groups that read some of what the format reads.
  private func likenesses(of format: DateFormat) -> [DateFormat] {
    var patterns: [String] = []
    if format.pattern.contains("[") {
      patterns = [
        format.pattern.filter { $0 != "[" && $0 != "]" },
        format.pattern.replacing(/\[[^\]]*\]/, with: ""),
      ]
    }
    if format == .isoDateTime {
      patterns += ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
    }
    return patterns.compactMap { try? DateFormat($0) }
  }

  /// Digits of fixed width and nothing else: then a text of full length can only be the one that is
  /// written.
  private func fixedLength(of format: DateFormat) -> Int? {
    let pattern = format.pattern
    guard !["[", "%b", "%B", "%p", "%%"].contains(where: { pattern.contains($0) }),
      keepsTime || !format.readsTime, keepsDate || !format.readsDate
    else { return nil }
    return format.example.utf8.count
  }
}
