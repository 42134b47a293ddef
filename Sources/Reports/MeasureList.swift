import Exceptions

/// `measures.csv`: how each rule stands in each team.
func measureList(_ measures: [Measure]) -> [UInt8] {
  var list = CSVWriter()
  list.row([
    "rule", "pack", "team", "judged", "met", "failed", "late", "overdue", "due_soon", "pending",
    "cannot_judge", "percent", "target", "rag",
  ])
  for measure in measures {
    let counts = measure.counts
    list.text(measure.rule)
    list.text(measure.pack)
    list.text(measure.scope.shown)
    for count in [
      counts.judged, counts.met, counts.failed, counts.late, counts.overdue, counts.dueSoon,
      counts.pending, counts.cannotJudge,
    ] {
      list.number(count)
    }
    list.text(measure.percent)
    list.text(measure.target)
    list.text(measure.rag?.rawValue ?? "")
    list.endRow()
  }
  return list.bytes
}
