import Values
import WorkingTime

extension FieldReader {
  /// Reads the cells of some rows one after the other.
  mutating func read(
    _ batch: borrowing RowBatch, _ bytes: Span<UInt8>, firstRow: Int32, _ pool: inout StringPool,
    _ findings: inout [CellFinding]
  ) {
    if column < 0 { return readNothing(batch.count) }
    let fields = batch.fields.span
    let (width, end) = (batch.width, batch.count * batch.width)
    var place = column
    while true {
      let start = place
      place = readQuickly(bytes, fields, from: start, to: end, width, &pool)
      let read = (place &- start) / width
      tally.given &+= read
      tally.present &+= read
      if place >= end { return }
      let row = firstRow &+ Int32(truncatingIfNeeded: place / width)
      self.read(bytes.extracting(fields[place].range), row: row, &pool, &findings)
      place += width
      if place >= end { return }
    }
  }

  /// Reads cells, one in `width` places, as long as they look as nearly all of their column do; returns the place of
  /// the first that does not.
  private mutating func readQuickly(
    _ bytes: Span<UInt8>, _ fields: Span<Record.Field>, from start: Int, to end: Int,
    _ width: Int, _ pool: inout StringPool
  ) -> Int {
    var place = start
    switch quick {
    case .none where builder.isKey && isKept && !checks.hasMore:
      while place < end {
        let cell = bytes.extracting(fields[place].range)
        if cell.count <= longestMissing { break }
        builder.append(wide: pool.code(ofBytes: cell))
        place &+= width
      }
    case .none where type == .string && !builder.isKey:
      while place < end,
        let number = recent.answer(for: CellKey(bytes.extracting(fields[place].range)))
      {
        if isKept { builder.append(narrow: number) }
        place &+= width
      }
    case .none: break
    case .passed:
      while place < end, fields[place].range.count > longestMissing { place &+= width }
    case .date(let way, let bounds):
      while place < end,
        let day = way.read(bytes.extracting(fields[place].range))?.date.dayNumber,
        bounds.contains(day)
      {
        if isKept { builder.append(narrow: day) }
        place &+= width
      }
    case .moment(let way, let bounds):
      while place < end,
        let (date, minute) = way.read(bytes.extracting(fields[place].range))
      {
        let seconds = Int64(date.dayNumber) &* 86_400 &+ Int64(minute) &* 60
        guard bounds.contains(seconds) else { break }
        if isKept { builder.append(wide: seconds &* 2) }
        place &+= width
      }
    case .flag(let trueByte, let falseByte):
      while place < end, fields[place].range.count == 1 {
        let byte = bytes[Int(fields[place].start)]
        guard byte == trueByte || byte == falseByte else { break }
        if isKept { builder.append(byte == trueByte) }
        place &+= width
      }
    }
    return place
  }
}
