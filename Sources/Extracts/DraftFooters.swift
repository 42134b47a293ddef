import Patterns
import Values
import WorkingTime

// A footer never takes a record (settled 47): one with a cell for each column, of which that of the
// key would do as a key, is read as a record.
extension DraftTable {
  /// A pattern that all keys meet, and no footer that would otherwise be read as a record.
  ///
  /// Nil where there is no such footer, and where no simple pattern tells it from a record.
  var keyPattern: String? {
    guard let key else { return nil }
    let texts = footersLikeRecords.map { $0[key] }
    if texts.isEmpty { return nil }
    return columns[key].forms.patterns.first { source in
      guard let pattern = try? Pattern(source) else { return false }
      return !texts.contains { pattern.matchesWhole($0) }
    }
  }

  /// How many footers are read as records, for want of a key that tells them apart.
  var recordsOfFooters: Int { keyPattern == nil ? footersLikeRecords.count : 0 }

  /// The cells of the footers that would be read as records, if the key had no pattern.
  private var footersLikeRecords: [[String]] {
    if wideFooters.isEmpty { return [] }
    let missing = ByteSet(missingTexts + [""])
    // What a run holds the cells against depends on no day.
    let checks = columns.indices.map { column in
      plainField(column).map {
        FieldChecks($0, missing: missing, asOf: CalendarDate(dayNumber: 0))
      }
    }
    return wideFooters.filter { cells in
      if let key { return checks[key]?.accepts(cells[key]) == true }
      return cells.indices.allSatisfy { checks[$0]?.readsOrIsMissing(cells[$0]) != false }
    }
  }
}

extension FieldChecks {
  fileprivate func accepts(_ text: String) -> Bool { accepts(text.utf8Span.span) }
  fileprivate func readsOrIsMissing(_ text: String) -> Bool {
    readsOrIsMissing(text.utf8Span.span)
  }
}
