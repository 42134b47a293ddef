public import ExceptionLedger
import Exceptions
import WorkingTime

/// What changed between two runs, in the forms that people and programs read.
public struct DiffWriting {
  private let diff: LedgerDiff

  /// Writes a comparison.
  public init(_ diff: LedgerDiff) { self.diff = diff }

  /// Plain text: figures by kind, then by rule; single records appear only in CSV and JSON.
  public var text: String {
    var lines = ["From the run as of \(diff.from) to the run as of \(diff.to)", ""]
    for kind in LedgerDiff.Kind.allCases {
      let count = diff.changes.count { $0.kind == kind }
      lines.append("  \(grouped(count)) \(kind.words)")
    }
    lines += ["  \(grouped(diff.unchanged)) open in both and the same", ""]
    if diff.hasOtherRules {
      lines += wrapped(
        "The rules, or their parameters, have changed in between: what is opened, resolved or \(noLongerLookedAt) may be so for that alone.",
        to: lineWidth)
      lines.append("")
    }
    var byRule: [String: [LedgerDiff.Kind: Int]] = [:]
    for change in diff.changes {
      byRule[change.after.key.rule, default: [:]][change.kind, default: 0] += 1
    }
    var table = TextTable(
      [.text("rule", most: 40)] + LedgerDiff.Kind.allCases.map { .figure($0.words, most: 12) })
    for rule in byRule.keys.inByteOrder() {
      let counts = byRule[rule] ?? [:]
      table.add([rule] + LedgerDiff.Kind.allCases.map { grouped(counts[$0] ?? 0) })
    }
    lines += table.lines
    return lines.joined(separator: "\n") + "\n"
  }

  /// CSV with one row for each exception that changed.
  public var csv: [UInt8] {
    var list = CSVWriter()
    list.row([
      "kind", "rule", "table", "record_id", "occasion", "person_id", "team", "team_before",
      "worker",
      "status", "status_before", "due_on", "done_on", "first_seen", "ended",
    ])
    for change in diff.changes {
      let after = change.after
      list.plain(change.kind.rawValue)
      list.text(after.key.rule)
      list.text(after.key.table)
      list.text(after.key.record)
      list.number(after.key.occasion > 0 ? after.key.occasion : nil)
      list.text(after.personID)
      list.text(after.team.shown)
      list.text(change.before?.team.shown ?? "")
      list.text(after.worker)
      list.plain(after.status.rawValue)
      list.plain(change.before?.status.rawValue ?? "")
      list.plain(after.dueOn?.description ?? "")
      list.plain(after.doneOn?.description ?? "")
      list.plain(after.firstSeen.description)
      list.plain(after.end?.rawValue ?? "")
      list.endRow()
    }
    return list.bytes
  }

  /// JSON: `from`, `to`, `unchanged` and `changes`.
  public var json: [UInt8] {
    JSONValue.object([
      ("from", .string(diff.from.description)), ("to", .string(diff.to.description)),
      ("unchanged", .int(diff.unchanged)), ("changes", .array(diff.changes.map(figures))),
    ]).bytes
  }

  private func figures(_ change: LedgerDiff.Change) -> JSONValue {
    let after = change.after
    return .object([
      ("kind", .string(change.kind.rawValue)), ("rule", .string(after.key.rule)),
      ("table", .string(after.key.table)), ("record", .string(after.key.record)),
      ("occasion", .optional(after.key.occasion > 0 ? after.key.occasion : nil)),
      ("person", .optional(after.personID)), ("team", .string(after.team.shown)),
      ("teamBefore", .optional(change.before?.team.shown ?? "")),
      ("worker", .optional(after.worker)), ("status", .string(after.status.rawValue)),
      ("statusBefore", .optional(change.before?.status.rawValue ?? "")),
      ("dueOn", .optional(after.dueOn?.description ?? "")),
      ("doneOn", .optional(after.doneOn?.description ?? "")),
      ("firstSeen", .string(after.firstSeen.description)),
      ("ended", .optional(after.end?.rawValue ?? "")),
    ])
  }
}

extension LedgerDiff.Kind {
  /// What people call it; for programs it has its raw value.
  fileprivate var words: String {
    switch self {
    case .lapsed: noLongerLookedAt
    case .unwaived: ExceptionChange.unwaived.rawValue
    default: rawValue
    }
  }
}
