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
  ///
  /// `naming` says by what name the ledger knows a table: last period's stand beside those of this one.
  func look(
    at tables: [Table], named naming: (Table) -> String, against baseline: LedgerBaseline
  ) -> (faults: [FaultReport], remarks: [String]) {
    var faults: [FaultReport] = []
    var remarks: [String] = []
    for table in tables where !accepted.contains(table.definition.name) {
      let name = naming(table)
      let option = table.definition.name
      if table.files.isEmpty {
        guard baseline.present.contains(name) else { continue }
        let what =
          "\(name): earlier runs had an extract of it, and this one has none. Nothing that it would show counts as put right."
        if stopsAtMissingTable {
          let advice =
            " Export it; if it is gone for good, run once with --accept-shrink \(option)."
          faults.append(
            FaultReport(
              kind: "missingTable", table: name, file: "", line: nil, field: "",
              message: what + advice))
        } else {
          remarks.append(what)
        }
      } else if let what = lost(of: table, named: name, against: baseline) {
        faults.append(
          FaultReport(
            kind: "incomplete", table: name, file: "", line: nil, field: "",
            message:
              "When it was last whole, \(name) had \(what). Nothing in it counts as put right. Export it again; if that is right, run once with --accept-shrink \(option)."
          ))
      } else if baseline.endedInFooters.contains(name), !table.hasFooters {
        faults.append(
          FaultReport(
            kind: "incomplete", table: name, file: "", line: nil, field: "",
            message:
              "When it was last whole, \(name) ended in a footer, and now it does not: what stood before it may be cut off as well. Nothing in it counts as put right. Export it again; if that is right, run once with --accept-shrink \(option)."
          ))
      } else if let before = baseline.rows[name], let greatestFall,
        (before - table.rowCount) * 10_000 > greatestFall * before
      {
        faults.append(
          FaultReport(
            kind: "shrunk", table: name, file: "", line: nil, field: "",
            message: words(name, option, before: before, now: table.rowCount, greatestFall)))
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

  /// What a table had and has no more, in words: files with rows, or columns that every file had.
  private func lost(of table: Table, named name: String, against baseline: LedgerBaseline)
    -> String?
  {
    let files = table.filesWithRows
    if let before = baseline.files[name], files < before {
      return "\(before) \(before == 1 ? "file" : "files") with rows; now it has \(files)"
    }
    let columns = Set(baseline.fields[name] ?? []).intersection(
      table.definition.fields.map(\.name)
    ).subtracting(table.fieldsInAllFiles)
    guard !columns.isEmpty else { return nil }
    let unknown = Set(table.files.flatMap(\.unknownHeadings)).sorted()
    // Accepting it would take the rules that read the column off every list.
    let hint =
      unknown.isEmpty
      ? ""
      : ". A heading may have been renamed: no field knows \(unknown.prefix(4).map { "“\($0)”" }.joined(separator: ", ")); if that is it, add it to the field's `headings`"
    return
      "a column for \(columns.sorted().joined(separator: ", ")) in every file; now it has not\(hint)"
  }

  private func words(
    _ name: String, _ option: String, before: Int, now: Int, _ greatestFall: Int
  ) -> String {
    // Rounded down, so that no fall is told larger than it is, and told apart from what is allowed.
    let fallen = (before - now) * 10_000 / before
    let allowed =
      greatestFall % 100 == 0 ? "\(greatestFall / 100)" : "\(Double(greatestFall) / 100)"
    let fall =
      fallen / 100 > greatestFall / 100
      ? "\(fallen / 100)" : fallen > greatestFall ? "\(Double(fallen) / 100)" : "over \(allowed)"
    return
      "\(name) has \(now) rows, and had \(before) when it was last whole: \(fall) % fewer, where \(allowed) % are allowed. Nothing in it counts as put right. Export it again; if the fall is right, run once with --accept-shrink \(option)."
  }
}
