import Values
import WorkingTime

extension FieldDefinition {
  /// Whether its numeric dates have the day or the month first; nil where none ends in the year.
  var dayAndMonthOrder: DateEvidence? { formatOfOrder?.order }

  /// The format of its numeric dates, and the same with day and month the other way round.
  ///
  /// Empty where it has no such format.
  var formatsOfBothOrders: (own: String, swapped: String) {
    guard let (pattern, order) = formatOfOrder else { return ("", "") }
    let (first, second) = order == .dayFirst ? ("%m", "%d") : ("%d", "%m")
    return (pattern, "\(first)\(pattern.dropFirst(2).prefix(1))\(second)\(pattern.dropFirst(5))")
  }

  /// Whether it is read by what the rule language reads where a field names no format.
  var hasDefaultFormats: Bool {
    type == .date ? formats == DateFormat.dateDefaults : formats == DateFormat.dateTimeDefaults
  }

  /// Whether a date, as the field's formats read it, could have day and month the other way round.
  ///
  /// A year in front, or a month by its name, leaves one way.
  func mayBeEitherWay(_ text: String) -> Bool {
    let text = text.trimmingSpaces
    for format in formats {
      guard let date = format.read(text)?.date else { continue }
      let pattern = format.pattern
      guard let day = pattern.firstRange(of: "%d"), pattern.contains("%m") else { return false }
      let year = pattern.firstRange(of: "%Y") ?? pattern.firstRange(of: "%y")
      if let year, year.lowerBound < day.lowerBound { return false }
      return date.day <= 12 && date.day != date.month
    }
    return false
  }

  private var formatOfOrder: (pattern: String, order: DateEvidence)? {
    for format in formats {
      let pattern = format.pattern
      if pattern.hasPrefix("%d"), pattern.dropFirst(3).hasPrefix("%m") {
        return (pattern, .dayFirst)
      }
      if pattern.hasPrefix("%m"), pattern.dropFirst(3).hasPrefix("%d") {
        return (pattern, .monthFirst)
      }
    }
    return nil
  }
}

extension TableDefinition {
  /// The fields whose dates are declared to have the month first.
  var monthFirstFields: [Int] {
    fields.indices.filter { fields[$0].dayAndMonthOrder == .monthFirst }
  }
}

extension Table {
  /// How many dates of a field in a file could have day and month either way round.
  ///
  /// Nil where one of the others shows that the day is first, and for fewer than two: one may be
  /// chance.
  func datesEitherWay(_ field: Int, inFile file: Int, _ pool: StringPool) -> Int? {
    guard let column = columns[field] else { return nil }
    var count = 0
    for row in rows(ofFile: file) where column.day(at: row) != nil {
      switch DateEvidence(column.text(at: row, in: pool)) {
      case .dayFirst: return nil
      case .eitherWay: count += 1
      default: break
      }
    }
    return count < 2 ? nil : count
  }
}
