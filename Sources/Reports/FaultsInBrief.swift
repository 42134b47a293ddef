import Exceptions

/// Faults as a person reads them: of the many old extracts of a table the first, and how many more
/// there are.
///
/// Where an old folder of hundreds of files stands in the place of the new one, the same would
/// otherwise be said hundreds of times. `elsewhere` ends the line that counts them.
func faultsInBrief(_ faults: [FaultReport], elsewhere: String = "") -> [FaultReport] {
  var counts: [String: Int] = [:]
  for fault in faults where fault.isOldExtract { counts[fault.table, default: 0] += 1 }
  if !counts.values.contains(where: { $0 > mostOld }) { return faults }
  var told: [String: Int] = [:]
  return faults.compactMap { fault -> FaultReport? in
    guard fault.isOldExtract, let count = counts[fault.table], count > mostOld else { return fault }
    let before = told[fault.table, default: 0]
    told[fault.table] = before + 1
    if before < fewOld { return fault }
    if before > fewOld { return nil }
    // Without its table, which would stand in front of the words once more.
    return FaultReport(
      kind: fault.kind, table: "", file: "", line: nil, field: "",
      message:
        "and \(counted(count - fewOld, "more file")) of \(fault.table), each an old one in the place of the new one\(elsewhere)"
    )
  }
}

extension FaultReport {
  /// Whether it is of one file that an earlier run had, and the last one did not.
  fileprivate var isOldExtract: Bool { kind == "older" }
}

/// So many old extracts of a table are each told; `summary.json` has them all, however many.
private let mostOld = 10

/// Of more, so many.
private let fewOld = 3
