import Exceptions
import WorkingTime

/// `metrics.prom`: the run for the text file collector of the Prometheus node exporter.
///
/// It leaves out the time of the run: the collector exports when the file was written
/// (`node_textfile_mtime_seconds`), and the as-of date is the only clock of a list.
func metricsFile(_ report: RunReport, _ tally: RunTally) -> [UInt8] {
  var text = MetricsText()
  text.metric("casecheck_as_of_timestamp_seconds", "The as-of date of the run, at midnight UTC.")
  text.value(Int(report.asOf.dayNumber) * 86_400)
  text.metric("casecheck_trusted", "1 where every input could be trusted.")
  text.value(report.isUntrusted ? 0 : 1)
  text.metric("casecheck_faults", "Reasons not to trust an input.")
  text.value(report.faults.count + report.inputs.reduce(0) { $0 + $1.faults.count })
  if let staleness = report.staleness, staleness.some == nil {
    text.metric(
      "casecheck_extracts_unchanged_since_timestamp_seconds",
      "The as-of date of the first run that had these very extracts, at midnight UTC; only where none has changed since the run before."
    )
    text.value(Int(staleness.since.dayNumber) * 86_400)
  }

  text.metric("casecheck_table_rows", "Rows of a table that were checked.")
  for table in report.tables { text.value(table.rows, ["table": table.name]) }
  text.metric("casecheck_rejected_records", "Records of a table that could not be read.")
  for table in report.tables {
    // The previous period's records are not counted.
    let inputs = report.inputs.filter { $0.table == table.name && !$0.isEarlier }
    text.value(inputs.reduce(0) { $0 + $1.rowsRejected }, ["table": table.name])
  }
  text.metric("casecheck_rules_not_evaluated", "Rules whose table or column was in no extract.")
  text.value(report.rules.count { !$0.isEvaluated })

  text.metric("casecheck_exceptions", "Exceptions of a team, by list.")
  for team in tally.teams {
    for list in CaseException.List.allCases {
      text.value(team.exceptions[list], ["team": team.team.shown, "list": list.rawValue])
    }
  }
  // Exceptions without a team may be any team's.
  text.metric(
    "casecheck_team_at_zero",
    "1 where a team has nothing open by the rules that could be evaluated, and nothing is open without a team."
  )
  for team in tally.teams {
    text.value(
      team.standing == .atZero && team.teamless == 0 ? 1 : 0, ["team": team.team.shown])
  }
  if let news = report.news {
    text.metric("casecheck_changes", "Exceptions that changed since the run before.")
    for (change, count) in [
      ("opened", news.opened), ("reopened", news.reopened), ("resolved", news.resolved),
      ("lapsed", news.lapsed), ("moved", news.moved),
    ] {
      text.value(count, ["change": change])
    }
    text.metric("casecheck_unsettled", "Exceptions of earlier runs that this run could not judge.")
    text.value(news.unsettled.count)
  }
  if let waivers = report.waivers {
    text.metric("casecheck_waivers_ended", "Waivers that ended before the as-of date.")
    text.value(waivers.ended.count)
  }
  // The one figure that a run made again may have otherwise: it is not one of the extracts.
  if let waiting = report.mailsWaiting {
    text.metric("casecheck_mail_waiting", "Mails that earlier runs could not hand over.")
    text.value(waiting)
  }
  return Array(text.text.utf8)
}

/// The text format of Prometheus, version 0.0.4.
private struct MetricsText {
  private(set) var text = ""
  private var name = ""

  mutating func metric(_ name: String, _ help: String) {
    self.name = name
    text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
  }

  mutating func value(_ value: Int, _ labels: KeyValuePairs<String, String> = [:]) {
    let shown = labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
    text += "\(name)\(shown.isEmpty ? "" : "{\(shown)}") \(value)\n"
  }

  private func escaped(_ label: String) -> String {
    // By scalars, because a quote and a combining mark form a single character.
    var text = String.UnicodeScalarView()
    for scalar in label.unicodeScalars {
      switch scalar {
      case "\\", "\"":
        text.append("\\")
        text.append(scalar)
      case "\n": text.append(contentsOf: "\\n".unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
