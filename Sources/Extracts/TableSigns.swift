import Values
import WorkingTime

extension Table {
  /// Adds to the reports of the files what only the whole table shows.
  ///
  /// `cut` has the texts of the pool that look as if Excel had kept only a number's first digits.
  mutating func lookForHarm(in pool: StringPool, cut: Set<Int64>) {
    let harm = ExcelHarm(self, pool, cut: cut)
    var firstOfBytes: [String: String] = [:]
    for number in files.indices {
      files[number].faults += harm.faults[number]
      files[number].doubts += harm.doubts[number]
      files[number].remarks += harm.remarks[number]
      if let line = lineOfTotal(inFile: number, pool) {
        // Where a footer pattern matches it, the reader has already reported it, with what to do.
        let isTold = files[number].doubts.contains {
          $0.hasPrefix(HarmWords.matchedFooter(line: line))
        }
        if !isTold { files[number].doubts.append(HarmWords.total(line: line)) }
      }
      let file = files[number]
      if let twin = firstOfBytes[file.sha256] {
        files[number].remarks.append(HarmWords.sameBytes(as: twin))
      } else if file.rowsRead > 0, !file.sha256.isEmpty {
        firstOfBytes[file.sha256] = file.path
      }
    }
  }

  /// The rows of a file, by its number in `files`.
  public func rows(ofFile number: Int) -> Range<Int> {
    guard number < firstRows.count else { return 0..<0 }
    return firstRows[number]..<(number + 1 < firstRows.count ? firstRows[number + 1] : rowCount)
  }

  /// The line of the last row, if its key is not a key but the word before a sum.
  private func lineOfTotal(inFile number: Int, _ pool: StringPool) -> Int? {
    guard let row = rows(ofFile: number).last, definition.primaryKey.count == 1,
      let text = columns[definition.primaryKey[0]]?.text(at: row, in: pool), looksLikeTotal(text)
    else { return nil }
    return Int(lines[row])
  }
}

/// Whether a text begins as the last line of a report does.
func looksLikeTotal(_ text: String) -> Bool {
  let normal = normalHeading(String(text.prefix(40)))
  if ["sum", "count", "average"].contains(normal) { return true }
  return ["total", "grandtotal", "subtotal", "endof", "recordcount", "numberof"].contains {
    normal.hasPrefix($0)
  }
}

extension Column {
  /// The day of the month of the date in a row; nil where there is none.
  func day(at row: Int) -> Int? {
    switch storage {
    case .dates(let values): values[row] == .min ? nil : CalendarDate(dayNumber: values[row]).day
    case .datetimes(let values):
      values[row] == .min ? nil : LocalDateTime(seconds: values[row] >> 1).date.day
    case .strings, .keys, .integers, .numbers, .booleans, .times: nil
    }
  }
}

extension TableDefinition {
  /// The fields that tell a record from others: harm to them harms all that is known of it.
  var identities: Set<Int> {
    var fields = Set(primaryKey)
    if let person { fields.insert(person) }
    for key in foreignKeys { fields.formUnion(key.fields) }
    return fields
  }
}
