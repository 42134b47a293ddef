import Diagnostics
import ExceptionLedger
import Exceptions
import Extracts
import Rulebooks

/// What stops a run although its extracts can be read: a table that is missing, or far smaller than last time.
///
/// Such an extract would look as if everything in it had been put right.
public struct ExtractGuard: Sendable {
  /// Whether a table that earlier runs had, and this one has not, makes the run untrusted; it is told anyway.
  public var stopsAtMissingTable: Bool
  /// The share of a table's rows, in hundredths of a percent, that may be gone; nil for any.
  public var greatestFall: Int?
  /// The tables whose fall, or absence, somebody has looked at and accepted.
  public var accepted: Set<String>

  /// Stops at a missing table, and at a fall of more than 20 % unless something else is said.
  public init(
    stopsAtMissingTable: Bool = true, greatestFall: Int? = 2_000, accepted: Set<String> = []
  ) {
    self.stopsAtMissingTable = stopsAtMissingTable
    self.greatestFall = greatestFall
    self.accepted = accepted
  }

  /// Tables that are accepted and that no rule file defines: a slip of the hand would accept nothing.
  func mistakes(in rulebook: Rulebook) -> [Diagnostic] {
    let names = rulebook.tables.map(\.definition.name)
    return accepted.subtracting(names).sorted().map { name in
      Diagnostic(
        .error, "there is no table `\(name)` whose shrinking could be accepted",
        advice: nearestName(to: name, among: names).map { "Did you mean `\($0)`?" })
    }
  }

  /// The faults of tables against what the run before read, and what is said without being one.
  func look(
    at standings: [TableStanding], against baseline: LedgerBaseline
  ) -> (faults: [FaultReport], remarks: [String]) {
    var faults: [FaultReport] = []
    var remarks: [String] = []
    for standing in standings {
      let (table, name) = (standing.table, standing.name)
      let option = table.definition.name
      let found =
        table.files.isEmpty
        ? missing(name, option, baseline) : losses(of: standing, option, baseline)
      remarks += emptied(standing, baseline) { $0 < TableStanding.many }.map { field, count in
        "\(name).\(field): \(count) \(count == 1 ? "row" : "rows") held something when the table was last whole, and none does now. Look whether that is right."
      }
      if accepted.contains(option) {
        remarks += found.map { "Accepted with --accept-shrink \(option): \($0.what)." }
      } else {
        for loss in found {
          if table.files.isEmpty, !stopsAtMissingTable {
            remarks.append("\(loss.what). Nothing that it would show counts as put right.")
          } else {
            faults.append(
              FaultReport(
                kind: loss.kind, table: name, file: "", line: nil, field: "",
                message: "\(loss.what). \(loss.advice)"))
          }
        }
      }
    }
    return (faults, remarks)
  }

  /// The tables, those not whole that are missing and whose absence nobody has accepted: by that the next run knows that
  /// it is still to be told.
  func marked(_ tables: [TableReport], against baseline: LedgerBaseline) -> [TableReport] {
    tables.map { table in
      var table = table
      let isMissed = !table.isPresent && baseline.present.contains(table.name)
      if isMissed, !accepts(table.name) { table.isWhole = false }
      return table
    }
  }

  private func accepts(_ name: String) -> Bool {
    accepted.contains { $0 == name || RuleReport.lastPeriod(of: $0) == name }
  }

  /// What a table had and has no more.
  private struct Loss {
    let kind: String
    /// A sentence without its end.
    let what: String
    let advice: String
  }

  private func missing(_ name: String, _ option: String, _ baseline: LedgerBaseline) -> [Loss] {
    guard baseline.present.contains(name) else { return [] }
    return [
      Loss(
        kind: "missingTable",
        what: "\(name): earlier runs had an extract of it, and this one has none",
        advice:
          "Nothing that it would show counts as put right. Export it; if it is gone for good, run once with --accept-shrink \(option)."
      )
    ]
  }

  /// All of them: one that is accepted must not take others with it that nobody was shown.
  private func losses(
    of standing: TableStanding, _ option: String, _ baseline: LedgerBaseline
  ) -> [Loss] {
    let (table, name) = (standing.table, standing.name)
    func loss(_ kind: String, _ what: String, hint: String = "", if right: String = "that is right")
      -> Loss
    {
      Loss(
        kind: kind, what: what,
        advice:
          "\(hint)Nothing in it counts as put right. Export it again; if \(right), run once with --accept-shrink \(option)."
      )
    }
    var losses: [Loss] = []
    let files = standing.files
    let counted = files < table.files.count { $0.rowsChecked > 0 } ? ", each counted once" : ""
    if let before = baseline.files[name], files < before {
      losses.append(
        loss(
          "incomplete",
          "When it was last whole, \(name) had \(before) \(before == 1 ? "file" : "files") with rows; now it has \(files)\(counted)"
        ))
    }
    let columns = Set(baseline.fields[name] ?? []).intersection(
      table.definition.fields.map(\.name)
    ).subtracting(standing.fields)
    if !columns.isEmpty {
      let unknown = Set(table.files.flatMap(\.unknownHeadings)).sorted()
      // Accepting it would take the rules that read the column off every list.
      let hint =
        unknown.isEmpty
        ? ""
        : "A heading may have been renamed: no field knows \(unknown.prefix(4).map { "“\($0)”" }.joined(separator: ", ")); if that is it, add it to the field's `headings`. "
      losses.append(
        loss(
          "incomplete",
          "When it was last whole, \(name) had a column for \(columns.sorted().joined(separator: ", ")) in every file; now it has not",
          hint: hint))
    }
    let emptied = emptied(standing, baseline) { $0 >= TableStanding.many }.map(\.field)
    if !emptied.isEmpty {
      losses.append(
        loss(
          "incomplete",
          "When it was last whole, \(name) held values in \(emptied.joined(separator: ", ")); now no row does"
        ))
    }
    if baseline.endedInFooters.contains(name), !standing.hasFooters {
      losses.append(
        loss(
          "incomplete",
          "When it was last whole, \(name) ended in a footer, and now it does not: what stood before it may be cut off as well"
        ))
    }
    // A run of before counted what is given twice, unless by the very same bytes.
    let rows = baseline.filled[name] == nil ? standing.rowsOfAllFiles : standing.rows
    if let before = baseline.rows[name], let greatestFall {
      if isFall(from: before, to: rows, greatestFall) {
        losses.append(
          loss(
            "shrunk", fall(of: name, from: before, to: rows, greatestFall),
            if: "the fall is right"))
      } else if before - rows >= TableStanding.many {
        losses += fallenFiles(standing, baseline, greatestFall).map { path, before, rows in
          loss(
            "shrunk", fall(of: path, from: before, to: rows, greatestFall),
            if: "the fall is right")
        }
      }
    }
    return losses
  }

  private func isFall(from before: Int, to now: Int, _ greatestFall: Int) -> Bool {
    (before - now) * 10_000 > greatestFall * before
  }

  /// The files that have lost many of their rows, and more than a table may: beside others one may be cut, and its table lose
  /// little.
  ///
  /// Files are known by their names, and those that have another each day by what of it is no digit. What moves from
  /// one to the other is not lost, and the table then none the smaller: that is asked before.
  private func fallenFiles(
    _ standing: TableStanding, _ baseline: LedgerBaseline, _ greatestFall: Int
  ) -> [(path: String, before: Int, now: Int)] {
    let (before, now) = (baseline.rowsOfFiles[standing.name] ?? [:], standing.rowsOfFiles)
    guard before.count > 1 || now.count > 1 else { return [] }
    func undated(_ rows: [String: Int], besides others: [String: Int]) -> [String: Int] {
      Dictionary(
        rows.filter { others[$0.key] == nil }.map {
          ($0.key.replacing(/[0-9]+/, with: "#"), $0.value)
        },
        uniquingKeysWith: +)
    }
    let named = before.filter { now[$0.key] != nil }.map { ($0.key, $0.value, now[$0.key] ?? 0) }
    let left = undated(now, besides: before)
    let dated = undated(before, besides: now).map { ($0.key, $0.value, left[$0.key] ?? 0) }
    return (named + dated).filter { _, before, now in
      before - now >= TableStanding.many && isFall(from: before, to: now, greatestFall)
    }.sorted { byteOrder($0.0, $1.0) < 0 }
  }

  /// The fields in which no row holds anything any more, with how many did.
  private func emptied(
    _ standing: TableStanding, _ baseline: LedgerBaseline, where isCounted: (Int) -> Bool
  ) -> [(field: String, count: Int)] {
    guard standing.rows > 0, let before = baseline.filled[standing.name] else { return [] }
    return before.filter { $0.value > 0 && isCounted($0.value) && standing.filled[$0.key] == 0 }
      .map { (field: $0.key, count: $0.value) }.sorted { byteOrder($0.field, $1.field) < 0 }
  }

  private func fall(of name: String, from before: Int, to now: Int, _ greatestFall: Int) -> String {
    // Rounded down, so that no fall is told larger than it is, and told apart from what is allowed.
    let fallen = (before - now) * 10_000 / before
    let allowed =
      greatestFall % 100 == 0 ? "\(greatestFall / 100)" : "\(Double(greatestFall) / 100)"
    let fall =
      fallen / 100 > greatestFall / 100
      ? "\(fallen / 100)" : fallen > greatestFall ? "\(Double(fallen) / 100)" : "over \(allowed)"
    return
      "\(name) has \(now) rows, and had \(before) when it was last whole: \(fall) % fewer, where \(allowed) % are allowed"
  }
}
