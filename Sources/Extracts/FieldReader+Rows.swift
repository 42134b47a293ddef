import Values
import WorkingTime

/// The cells of one column among the fields of a batch: one in every `width` places.
private struct CellPlaces {
  let width: Int
  let end: Int

  /// How many cells there are from a place onwards.
  func count(from place: Int) -> Int { (end &- place &+ width &- 1) / width }
}

extension FieldReader {
  /// Reads the cells of some rows one after the other.
  mutating func read(
    _ batch: borrowing RowBatch, _ bytes: Span<UInt8>, firstRow: Int32, _ pool: inout StringPool,
    _ findings: inout CellFindings
  ) {
    if column < 0 { return readNothing(batch.count) }
    let fields = batch.fields.span
    let places = CellPlaces(width: batch.width, end: batch.count * batch.width)
    var place = column
    while place < places.end {
      let read = readQuickly(bytes, fields, places, from: place, &pool)
      tally.given &+= read
      tally.present &+= read
      place &+= read &* places.width
      if place >= places.end { return }
      let range = fields[place].range
      if mayBeEmpty, range.isEmpty {
        if isKept { builder.appendAbsent() }
      } else {
        let row = firstRow &+ Int32(truncatingIfNeeded: place / places.width)
        self.read(bytes.extracting(range), row: row, &pool, &findings)
      }
      place &+= places.width
    }
  }

  /// Reads cells for as long as they look like nearly all of their column; returns how many.
  private mutating func readQuickly(
    _ bytes: Span<UInt8>, _ fields: Span<Record.Field>, _ places: CellPlaces, from start: Int,
    _ pool: inout StringPool
  ) -> Int {
    switch quick {
    case .none where builder.isKey:
      return isKept && !checks.hasMore ? readKeys(bytes, fields, places, from: start, &pool) : 0
    case .none: return type == .string ? readRecent(bytes, fields, places, from: start) : 0
    case .passed:
      var place = start
      while place < places.end, fields[place].range.count > longestMissing {
        place &+= places.width
      }
      return (place &- start) / places.width
    case .date(let way, let bounds):
      return readDates(way, bounds, bytes, fields, places, from: start)
    case .moment(let way, let bounds):
      return readMoments(way, bounds, bytes, fields, places, from: start)
    case .flag(let trueByte, let falseByte):
      return readFlags(trueByte, falseByte, bytes, fields, places, from: start)
    }
  }

  private mutating func readKeys(
    _ bytes: Span<UInt8>, _ fields: Span<Record.Field>, _ places: CellPlaces, from start: Int,
    _ pool: inout StringPool
  ) -> Int {
    let longestMissing = longestMissing
    return builder.appendWide(upTo: places.count(from: start)) { values in
      var place = start
      while place < places.end {
        let range = fields[place].range
        if range.count <= longestMissing { return }
        values.append(pool.code(range, of: bytes))
        place &+= places.width
      }
    }
  }

  /// Reads texts that were read recently.
  private mutating func readRecent(
    _ bytes: Span<UInt8>, _ fields: Span<Record.Field>, _ places: CellPlaces, from start: Int
  ) -> Int {
    if !isKept {
      var place = start
      while place < places.end,
        recent.answer(for: CellKey(bytes.extracting(fields[place].range))) != nil
      {
        place &+= places.width
      }
      return (place &- start) / places.width
    }
    let recent = recent
    return builder.appendNarrow(upTo: places.count(from: start)) { values in
      var place = start
      while place < places.end {
        let key = CellKey(bytes.extracting(fields[place].range))
        guard let number = recent.answer(for: key) else { return }
        values.append(number)
        place &+= places.width
      }
    }
  }

  private mutating func readDates(
    _ way: QuickDate, _ bounds: ClosedRange<Int32>, _ bytes: Span<UInt8>,
    _ fields: Span<Record.Field>, _ places: CellPlaces, from start: Int
  ) -> Int {
    if !isKept {
      var place = start
      while place < places.end,
        let day = way.read(fields[place].range, of: bytes)?.date.dayNumber, bounds.contains(day)
      {
        place &+= places.width
      }
      return (place &- start) / places.width
    }
    return builder.appendNarrow(upTo: places.count(from: start)) { values in
      var place = start
      while place < places.end {
        guard let day = way.read(fields[place].range, of: bytes)?.date.dayNumber,
          bounds.contains(day)
        else { return }
        values.append(day)
        place &+= places.width
      }
    }
  }

  private mutating func readMoments(
    _ way: QuickDate, _ bounds: ClosedRange<Int64>, _ bytes: Span<UInt8>,
    _ fields: Span<Record.Field>, _ places: CellPlaces, from start: Int
  ) -> Int {
    func seconds(_ place: Int) -> Int64? {
      guard let (date, minute) = way.read(fields[place].range, of: bytes) else { return nil }
      let seconds = Int64(date.dayNumber) &* 86_400 &+ Int64(minute) &* 60
      return bounds.contains(seconds) ? seconds : nil
    }
    if !isKept {
      var place = start
      while place < places.end, seconds(place) != nil { place &+= places.width }
      return (place &- start) / places.width
    }
    return builder.appendWide(upTo: places.count(from: start)) { values in
      var place = start
      while place < places.end {
        guard let seconds = seconds(place) else { return }
        values.append(seconds &* 2)
        place &+= places.width
      }
    }
  }

  private mutating func readFlags(
    _ trueByte: UInt8?, _ falseByte: UInt8?, _ bytes: Span<UInt8>, _ fields: Span<Record.Field>,
    _ places: CellPlaces, from start: Int
  ) -> Int {
    func flag(_ place: Int) -> Bool? {
      let range = fields[place].range
      guard range.count == 1 else { return nil }
      let byte = bytes[range.lowerBound]
      return byte == trueByte ? true : byte == falseByte ? false : nil
    }
    if !isKept {
      var place = start
      while place < places.end, flag(place) != nil { place &+= places.width }
      return (place &- start) / places.width
    }
    return builder.appendBooleans(upTo: places.count(from: start)) { values in
      var place = start
      while place < places.end {
        guard let flag = flag(place) else { return }
        values.append(flag ? 1 : 0)
        place &+= places.width
      }
    }
  }
}
