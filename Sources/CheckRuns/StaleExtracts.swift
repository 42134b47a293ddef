import ExceptionLedger
import Exceptions
import Extracts
import WorkingTime

/// Extracts that hold the very bytes of an earlier run: not exported since, or an old file in the place of the new.
///
/// Bytes are all that is compared. A file's own time says when it was copied, and a table that nobody has touched
/// is the same from week to week: these are remarks and no faults.
struct StaleExtracts {
  let tables: [Table]
  let baseline: LedgerBaseline

  var remarks: [String] {
    var remarks: [String] = []
    guard let last = baseline.lastRun else { return [] }
    var unchanged: [String] = []
    var count = 0
    for table in tables {
      for file in table.files where !file.sha256.isEmpty {
        count += 1
        let known = baseline.lastDay(ofTable: table.definition.name, sha256: file.sha256)
        guard let day = known else { continue }
        if day == last {
          unchanged.append(file.path)
        } else {
          remarks.append(
            "\(file.path): it holds the same bytes as an extract of the run of \(day), and the run of \(last) had "
              + "others: an old extract may stand in the place of the new one.")
        }
      }
    }
    if unchanged.count == count, count > 0 {
      remarks.append(
        "All extracts hold the same bytes as in the run of \(last): the export may not have run since."
      )
    } else if !unchanged.isEmpty {
      remarks.append(
        "The same bytes as in the run of \(last): \(unchanged.joined(separator: ", ")).")
    }
    return remarks
  }
}
