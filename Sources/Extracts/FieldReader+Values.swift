import Values
import WorkingTime

extension FieldReader {
  /// Reads a text, without the spaces around it, as the field's type and keeps the value.
  ///
  /// Nil where it is no value of the type.
  mutating func readValue(_ text: Span<UInt8>, _ cell: Span<UInt8>, _ row: Int32) -> CellLimit? {
    switch type {
    case .string: return nil
    case .integer:
      guard let (value, isCanonical) = checks.numbers.integer(text) else { return nil }
      if isKept {
        builder.append(wide: value)
        keepText(cell, row, unless: isCanonical && text.count == cell.count)
      }
      return .integer(value)
    case .number:
      guard let (value, decimals) = checks.numbers.number(text) else { return nil }
      if isKept {
        builder.append(value)
        if self.decimals == nil { self.decimals = decimals }
        let isCanonical = decimals != nil && decimals == self.decimals
        keepText(cell, row, unless: isCanonical && text.count == cell.count)
      }
      return .number(value)
    case .boolean: return readBoolean(text, cell, row)
    case .date, .datetime, .time: return readMoment(text, cell, row)
    }
  }

  /// Keeps the text of a cell that the column would write in another way.
  private mutating func keepText(_ cell: Span<UInt8>, _ row: Int32, unless isCanonical: Bool) {
    if !isCanonical { builder.texts.keep(cell, row: row) }
  }

  private mutating func readBoolean(_ text: Span<UInt8>, _ cell: Span<UInt8>, _ row: Int32)
    -> CellLimit?
  {
    let key = CellKey(cell)
    if let known = recent.answer(for: key) {
      builder.append(known == 1)
      return .integer(Int64(known))
    }
    let isTrue = checks.trueValues.contains(text)
    guard isTrue || checks.falseValues.contains(text) else { return nil }
    if isKept {
      builder.append(isTrue)
      if isTrue, trueWord == nil { trueWord = text.decoded }
      if !isTrue, falseWord == nil { falseWord = text.decoded }
      let isCanonical = (isTrue ? trueWord : falseWord)?.utf8Span.span.equals(cell) == true
      keepText(cell, row, unless: isCanonical)
      if isCanonical { recent.remember(isTrue ? 1 : 0, for: key) }
    }
    return .integer(isTrue ? 1 : 0)
  }

  private mutating func readMoment(_ text: Span<UInt8>, _ cell: Span<UInt8>, _ row: Int32)
    -> CellLimit?
  {
    guard let (reading, isCanonical) = dates.read(text) else { return nil }
    let limit: CellLimit
    switch (type, reading.date, reading.secondOfDay) {
    case (.date, let date?, _):
      if isKept { builder.append(narrow: date.dayNumber) }
      limit = .date(date)
    case (.datetime, let date?, let second?):
      let moment = LocalDateTime(date: date, secondOfDay: second)
      if isKept { builder.append(wide: moment.seconds * 2) }
      limit = .datetime(moment)
    case (.datetime, let date?, nil):
      // A date alone is not midnight: the last bit tells them apart.
      if isKept { builder.append(wide: LocalDateTime(date: date, secondOfDay: 0).seconds * 2 + 1) }
      limit = .date(date)
    case (.time, _, let second?):
      if isKept { builder.append(narrow: Int32(second)) }
      limit = .time(TimeOfDay(secondOfDay: Int32(second)))
    default: return nil
    }
    if isKept { keepText(cell, row, unless: isCanonical && text.count == cell.count) }
    return limit
  }

  /// Takes out the column of all rows read.
  mutating func takeColumn(_ spill: ColumnSpill?) -> Column {
    var column = builder.take(spill)
    column.canonicalFormat = dates.canonical
    column.decimals = decimals
    column.words = (trueWord, falseWord)
    return column
  }
}
