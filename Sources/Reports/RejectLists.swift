import Exceptions

/// `rejects/FILE.csv` for each input with records that could not be read.
func rejectLists(_ inputs: [InputReport]) -> [ReportFile] {
  zip(inputs, rejectFileNames(for: inputs)).compactMap { input, name in
    if input.rejects.isEmpty { return nil }
    var list = CSVWriter()
    list.row(["line", "reason", "text"])
    for reject in input.rejects {
      list.number(reject.line)
      list.plain(reject.reason)
      list.text(reject.text)
      list.endRow()
    }
    return ReportFile(path: "rejects/" + name, contents: list.bytes)
  }
}
