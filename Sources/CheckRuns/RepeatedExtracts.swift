import Exceptions
import Extracts

/// Files whose records stand already in what was read before them: an extract that was given twice.
///
/// Each duplicate is an exception of its own; a page full of them says less than this one sentence.
struct RepeatedExtracts {
  /// The share of a file's records, in hundredths, from which on it is no chance.
  private static let share = 50

  let tables: [Table]

  /// The remarks on the files, by table and path.
  func remarks(_ exceptions: [CaseException]) -> [String] {
    var remarks: [String] = []
    var doubles: [String: [String: Int]] = [:]
    // Exceptions of one rule mostly stand together: it is looked at once for all of them.
    var last: (source: ObjectIdentifier, kind: Int32, isKey: Bool)?
    for place in exceptions.indices {
      let (source, kind) = (
        ObjectIdentifier(exceptions[place].source), exceptions[place].record.kind
      )
      if last?.source != source || last?.kind != kind {
        last = (source, kind, exceptions[place].rule.hasSuffix(".key"))
      }
      guard last?.isKey == true else { continue }
      let exception = exceptions[place]
      // A record whose key is missing is known by its line.
      if exception.recordID.hasPrefix("line:") { continue }
      doubles[exception.rule, default: [:]][exception.sourceFile, default: 0] += 1
    }
    for table in tables where !table.definition.primaryKey.isEmpty {
      let ofTable = doubles[table.definition.name + ".key"] ?? [:]
      for file in table.files {
        guard let count = ofTable[file.path], count > 1,
          count * 100 >= file.rowsChecked * Self.share
        else { continue }
        remarks.append(
          "\(file.path): \(count) of its \(file.rowsChecked) records have a key that stands before them already: "
            + "the same extract twice, or two that overlap. Take one of them away.")
      }
    }
    return remarks
  }
}
