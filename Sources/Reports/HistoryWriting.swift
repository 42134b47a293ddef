import Diagnostics
public import ExceptionLedger
import WorkingTime

/// A history in the forms that people and programs read.
public struct HistoryWriting {
  private let history: LedgerHistory

  /// Writes a history.
  public init(_ history: LedgerHistory) { self.history = history }

  /// What is open after the last run of the time; nil if there was no run, as 0 would mean that
  /// nothing is.
  private func open(_ count: Int) -> Int? { history.runs.isEmpty ? nil : count }

  /// Plain text of at most 100 columns: the last weeks, then teams, then rules.
  ///
  /// Teams and rules with most open exceptions come first.
  public var text: String {
    guard let first = history.runs.first, let last = history.runs.last else {
      return "The ledger has no run in this time.\n"
    }
    var lines = [
      "\(counted(history.runs.count, "run")) from \(first) to \(last)", "",
    ]
    lines += table("week", history.weeks.suffix(mostWeeks), ages: false)
    if history.weeks.count > mostWeeks {
      lines.append("  the last \(mostWeeks) of \(history.weeks.count) weeks; --format csv has all")
    }
    if let latest = history.otherRules.last {
      lines += wrapped(
        "\(counted(history.otherRules.count, "run")) had other rules or parameters than the run before, the last of them as of \(latest): "
          + "what was opened or resolved in its week may be so for that alone.",
        to: lineWidth - 2
      ).map { "  " + $0 }
    }
    lines.append("")
    lines += table("team", history.teams[...], ages: true)
    lines.append("")
    lines += table("rule", history.rules.prefix(mostRules), ages: true)
    if history.rules.count > mostRules {
      lines.append(
        "  the \(mostRules) rules with most open of \(history.rules.count); --format csv has all")
    }
    lines.append("")
    let all = history.all
    lines += wrapped(
      "In all: \(grouped(all.opened)) opened, \(grouped(all.reopened)) reopened, "
        + "\(grouped(all.resolved)) put right"
        + (all.medianDays.map { " (half of them within \(days($0)))" } ?? "")
        + (all.lapsed > 0 ? ", \(grouped(all.lapsed)) \(noLongerLookedAt)" : "")
        + "; \(grouped(all.open)) open"
        + (all.waived > 0 ? ", \(grouped(all.waived)) of them waived" : "")
        + (all.unsettled > 0
          ? ", \(grouped(all.unsettled)) of them not judged by the last run" : "") + ".",
      to: lineWidth)
    if let latest = history.untrusted.last {
      lines += wrapped(
        "\(counted(history.untrusted.count, "run")) could not trust every input, the last of them as of \(latest): "
          + "few opened in its week may mean that little was read.",
        to: lineWidth)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func days(_ number: Double) -> String {
    let text = shown(number)
    return "\(text) day\(text == "1" ? "" : "s")"
  }

  private func shown(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }

  private func table(_ title: String, _ lines: ArraySlice<LedgerHistory.Line>, ages: Bool)
    -> [String]
  {
    // Without these figures, what is open would not follow from the others.
    let hasLapsed = lines.contains { $0.lapsed > 0 }
    var columns: [TextTable.Column] = [
      .text(title, most: hasLapsed ? 28 : 32), .figure("opened"), .figure("reopened"),
      .figure("resolved"),
    ]
    if hasLapsed { columns.append(.figure(noLongerLookedAt, most: 12)) }
    columns += [.figure("open"), .figure("median")]
    if ages { columns += [.figure("oldest"), .figure("over 90")] }
    var table = TextTable(columns)
    for line in lines {
      var cells = [
        withBlanksShown(line.label), grouped(line.opened), grouped(line.reopened),
        grouped(line.resolved),
      ]
      if hasLapsed { cells.append(grouped(line.lapsed)) }
      cells += [grouped(line.open), line.medianDays.map(shown) ?? ""]
      if ages {
        cells += [
          line.oldestDays.map(grouped) ?? "", line.openOver90.map(grouped) ?? "",
        ]
      }
      table.add(cells)
    }
    return table.lines
  }

  /// CSV with a row for each week, team and rule, and one for all.
  ///
  /// The columns are `by`, `label`, `opened`, `reopened`, `resolved`, `lapsed`, `open`, `waived`,
  /// `unsettled`, `median_days`, `oldest_days` and `open_over_90`. What is open is empty where no
  /// run was made in the time.
  public var csv: [UInt8] {
    var list = CSVWriter()
    list.row([
      "by", "label", "opened", "reopened", "resolved", "lapsed", "open", "waived", "unsettled",
      "median_days", "oldest_days", "open_over_90",
    ])
    for (by, lines) in [
      ("week", history.weeks), ("team", history.teams), ("rule", history.rules),
      ("all", [history.all]),
    ] {
      for line in lines {
        list.plain(by)
        list.text(line.label)
        for count in [
          line.opened, line.reopened, line.resolved, line.lapsed, open(line.open),
          open(line.waived), open(line.unsettled),
        ] {
          list.number(count)
        }
        list.plain(line.medianDays.map(shown) ?? "")
        list.number(line.oldestDays)
        list.number(line.openOver90)
        list.endRow()
      }
    }
    return list.bytes
  }

  /// JSON: `runs`, those of them that are `untrusted`, `weeks`, `teams`, `rules` and `all`.
  public var json: [UInt8] {
    JSONValue.object([
      ("runs", .strings(history.runs.map(\.description))),
      ("untrusted", .strings(history.untrusted.map(\.description))),
      ("weeks", .array(history.weeks.map { figures($0, "week") })),
      ("teams", .array(history.teams.map { figures($0, "team") })),
      ("rules", .array(history.rules.map { figures($0, "rule") })),
      ("all", figures(history.all, nil)),
    ]).bytes
  }

  private func figures(_ line: LedgerHistory.Line, _ name: String?) -> JSONValue {
    var members: [(String, JSONValue)] = []
    if let name { members.append((name, .string(line.label))) }
    members += [
      ("opened", .int(line.opened)), ("reopened", .int(line.reopened)),
      ("resolved", .int(line.resolved)), ("lapsed", .int(line.lapsed)),
      ("open", .optional(open(line.open))), ("waived", .optional(open(line.waived))),
      ("unsettled", .optional(open(line.unsettled))),
      ("medianDays", line.medianDays.map { .number(shown($0)) } ?? .null),
    ]
    if name != "week" {
      members += [
        ("oldestDays", .optional(line.oldestDays)), ("openOver90Days", .optional(line.openOver90)),
      ]
    }
    return .object(members)
  }
}

private let mostWeeks = 12
private let mostRules = 20
