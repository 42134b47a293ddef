import WorkingTime

/// The ways in which a field's dates, date-times or times are written, and the one its column uses.
struct DateText: Sendable {
  private let formats: [DateFormat]
  /// Whether the date, and whether the time, of a reading is kept.
  private let keepsDate: Bool
  private let keepsTime: Bool
  /// How the column writes its values: the way of the first value that was read.
  private(set) var canonical: DateFormat?
  /// The length in bytes at which every text that `canonical` reads is also as it writes it.
  private var canonicalLength: Int?

  init(formats: [DateFormat], keepsDate: Bool, keepsTime: Bool) {
    self.formats = formats
    self.keepsDate = keepsDate
    self.keepsTime = keepsTime
  }

  /// Whether there is a length at which every text that the canonical format reads is canonical.
  var isFixed: Bool { canonicalLength != nil }

  /// Reads a cell by the first format that fits, and says whether the column would write it the
  /// same way.
  mutating func read(_ cell: Span<UInt8>) -> (reading: DateReading, isCanonical: Bool)? {
    if cell.count == canonicalLength, let reading = canonical?.read(cell) { return (reading, true) }
    for format in formats {
      guard let reading = format.read(cell) else { continue }
      if canonical == nil {
        choose(format, reading, cell)
      } else if isFixed {
        // The canonical format would have read itself what it writes.
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

  /// Makes the format canonical, or a similar one that writes the value exactly as the cell has it.
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

  /// The length of a format that has only digits of fixed width.
  ///
  /// A text of that length which it reads can only be the one that it writes.
  private func fixedLength(of format: DateFormat) -> Int? {
    let pattern = format.pattern
    guard !["[", "%b", "%B", "%p", "%%"].contains(where: { pattern.contains($0) }),
      keepsTime || !format.readsTime, keepsDate || !format.readsDate
    else { return nil }
    return format.example.utf8.count
  }
}
