import Values
import WorkingTime

extension FieldReader {
  /// Reads a text, without spaces around it, as the field's type and keeps the value; nil where it is none.
  ///
  /// `isWhole`: the cell has no spaces besides, and so may be just as the column writes the value.
  mutating func readValue(
    _ text: Span<UInt8>, isWhole: Bool, _ cell: Span<UInt8>, _ row: Int32
  ) -> CellBounds.Limit? {
    switch definition.type {
    case .string: return nil
    case .integer:
      guard let (value, isCanonical) = numbers.integer(text) else { return nil }
      if isKept { builder.append(wide: value) }
      keepText(cell, row, unless: isWhole && isCanonical)
      return .integer(value)
    case .number:
      guard let (value, decimals) = numbers.number(text) else { return nil }
      if isKept { builder.append(value) }
      if self.decimals == nil { self.decimals = decimals }
      let isCanonical = isWhole && decimals != nil && decimals == self.decimals
      keepText(cell, row, unless: isCanonical)
      return .number(value)
    case .boolean: return readBoolean(text, isWhole: isWhole, cell, row)
    case .date: return readDate(text, isWhole: isWhole, cell, row)
    case .datetime: return readMoment(text, isWhole: isWhole, cell, row)
    case .time: return readTime(text, isWhole: isWhole, cell, row)
    }
  }

  private mutating func keepText(
    _ cell: Span<UInt8>, _ row: Int32, unless isCanonical: Bool
  ) {
    if isKept, !isCanonical { builder.texts[row] = cell.decoded }
  }

  private mutating func readBoolean(
    _ text: Span<UInt8>, isWhole: Bool, _ cell: Span<UInt8>, _ row: Int32
  ) -> CellBounds.Limit? {
    let isTrue = trueValues.contains(text)
    guard isTrue || falseValues.contains(text) else { return nil }
    guard isKept else { return .integer(isTrue ? 1 : 0) }
    builder.append(isTrue)
    if isTrue, trueWord == nil { trueWord = text.decoded }
    if !isTrue, falseWord == nil { falseWord = text.decoded }
    let word = isTrue ? trueWord : falseWord
    let isCanonical = isWhole && word.map { $0.utf8Span.span.equals(text) } == true
    keepText(cell, row, unless: isCanonical)
    return .integer(isTrue ? 1 : 0)
  }

  private mutating func readDate(
    _ text: Span<UInt8>, isWhole: Bool, _ cell: Span<UInt8>, _ row: Int32
  ) -> CellBounds.Limit? {
    guard let (reading, isCanonical) = dates.readForColumn(text), let date = reading.date else {
      return nil
    }
    if isKept { builder.append(narrow: date.dayNumber) }
    keepText(cell, row, unless: isWhole && isCanonical)
    return .date(date)
  }

  private mutating func readMoment(
    _ text: Span<UInt8>, isWhole: Bool, _ cell: Span<UInt8>, _ row: Int32
  ) -> CellBounds.Limit? {
    guard let (reading, isCanonical) = dates.readForColumn(text), let date = reading.date else {
      return nil
    }
    let moment = LocalDateTime(date: date, secondOfDay: reading.secondOfDay ?? 0)
    let isBareDate = reading.secondOfDay == nil
    if isKept { builder.append(wide: moment.seconds * 2 + (isBareDate ? 1 : 0)) }
    keepText(cell, row, unless: isWhole && isCanonical)
    return isBareDate ? .date(date) : .datetime(moment)
  }

  private mutating func readTime(
    _ text: Span<UInt8>, isWhole: Bool, _ cell: Span<UInt8>, _ row: Int32
  ) -> CellBounds.Limit? {
    guard let (reading, isCanonical) = dates.readForColumn(text), let second = reading.secondOfDay
    else { return nil }
    if isKept { builder.append(narrow: Int32(second)) }
    keepText(cell, row, unless: isWhole && isCanonical)
    return .time(TimeOfDay(secondOfDay: Int32(second)))
  }

  /// Whether a text, without spaces around it, is one of the field's type.
  func reads(_ text: Span<UInt8>) -> Bool {
    switch definition.type {
    case .string: true
    case .integer: numbers.integer(text) != nil
    case .number: numbers.number(text) != nil
    case .boolean: trueValues.contains(text) || falseValues.contains(text)
    case .date, .datetime: dates.read(text)?.date != nil
    case .time: dates.read(text)?.secondOfDay != nil
    }
  }

  /// The column of all rows read, taken out.
  mutating func takeColumn() -> Column {
    var column = builder.take()
    column.canonicalFormat = dates.canonical
    column.decimals = decimals
    if let trueWord { column.words.true = trueWord }
    if let falseWord { column.words.false = falseWord }
    return column
  }
}
