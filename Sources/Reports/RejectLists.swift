import Exceptions
import Values

/// `rejects/FILE.csv` for each input with records that could not be read.
func rejectLists(_ inputs: [InputReport]) -> [ReportFile] {
  zip(inputs, rejectFileNames(for: inputs)).compactMap { input, name in
    let rejects = input.rejects
    if rejects.isEmpty { return nil }
    return ReportFile(path: "rejects/" + name) {
      stride(from: rejects.startIndex, to: rejects.endIndex, by: rowsInPart)
        .map { start -> ReportFile.Part in
          { rows(of: rejects[start..<min(start + rowsInPart, rejects.endIndex)], of: rejects) }
        }
    }
  }
}

/// As many as may be in memory several times: an extract may hold nothing else.
private let rowsInPart = 2_000

/// Some rows of a list, with its headings if they are the first.
private func rows(of part: RejectedRecords, of all: RejectedRecords) -> [UInt8] {
  var list = CSVWriter()
  if part.startIndex == all.startIndex { list.row(["line", "reason", "text"]) }
  for place in part.indices {
    list.number(part.line(at: place))
    list.plain(part.reason(at: place))
    part.withText(at: place) { text in list.cell { $0.append(copying: text) } }
    list.endRow()
  }
  return list.bytes
}
