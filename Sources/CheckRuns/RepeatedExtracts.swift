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
    // A record whose key is missing is known by its line.
    for exception in exceptions
    where exception.rule.hasSuffix(".key") && !exception.recordID.hasPrefix("line:") {
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
