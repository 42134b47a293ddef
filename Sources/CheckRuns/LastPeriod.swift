import Diagnostics
import Exceptions
import Extracts
import Values

/// Last period's extracts, limited to what rules compare with.
struct LastPeriod {
  /// The tables that some rule reads.
  let tables: [Table]
  private let now: [Table]
  private let pool: StringPool
  private let isAskedFor: Bool

  /// Takes the tables that some rule reads.
  ///
  /// - Parameters:
  ///   - tables: all tables of last period.
  ///   - now: those of this period, by the same numbers.
  ///   - pool: the texts of both.
  ///   - read: the names of what the rules read.
  ///   - isAskedFor: whether they were asked for, rather than only missed.
  init(
    _ tables: [Table], now: [Table], pool: StringPool, read: Set<String>, isAskedFor: Bool
  ) {
    self.pool = pool
    self.isAskedFor = isAskedFor
    self.tables = tables.filter { read.contains(Self.name(of: $0)) }
    self.now = now
  }

  /// The name of a table of last period beside those of this one.
  static func name(of table: Table) -> String { EarlierName.name(of: table.definition.name) }

  /// Faults for required tables that are missing or hold nothing.
  var faults: [FaultReport] {
    guard isAskedFor else { return [] }
    return tables.compactMap { table in
      let definition = table.definition
      guard definition.isRequired, table.rowCount == 0, table.files.allSatisfy(\.faults.isEmpty)
      else { return nil }
      if !table.files.isEmpty, definition.mayBeEmpty { return nil }
      let kind: InputFault.Kind = table.files.isEmpty ? .missingFile : .noRows
      let what = table.files.isEmpty ? "There is no extract of" : "There are no rows in"
      return FaultReport(
        kind: kind.rawValue, table: Self.name(of: table), file: "", line: nil, field: "",
        message:
          "\(what) \(definition.name) of last period, and it is required. Put it into the folder of --earlier."
      )
    }
  }

  /// The reports of the tables; not whole where a fault names one or a record could not be read.
  func reports(_ standings: [TableStanding], _ faults: [FaultReport]) -> [TableReport] {
    standings.map { standing in
      let table = standing.table
      let name = standing.name
      var report = TableReport(
        name: name, title: table.definition.title, rows: table.rowCount,
        isPresent: !table.files.isEmpty,
        isWhole: !faults.contains { $0.table == name }
          && table.files.allSatisfy { $0.faults.isEmpty && $0.rowsRejected == 0 })
      report.take(standing)
      return report
    }
  }

  /// Remarks on the tables, whose records are on no list.
  ///
  /// A rule that looks at a record that is missing or holds nothing readable may pass for that
  /// reason alone, and so may one that finds no record as the keys are written in another way.
  var remarks: [String] {
    copies + unread
      + tables.compactMap { table in
        this(table).flatMap { SharedKeys(of: table, with: $0, pool).remark }
      }
  }

  /// The table of this period.
  private func this(_ table: Table) -> Table? {
    now.first { $0.definition.name == table.definition.name }
  }

  private var unread: [String] {
    tables.compactMap { table in
      let rejected = table.files.reduce(0) { $0 + $1.rowsRejected }
      let findings = table.findings
      let cells = findings.indices.count { findings.constraint(at: $0) == .type }
      // A code that is valid no more may have been valid then.
      let strange = findings.indices.count { place in
        let codes = table.definition.fields[Int(findings.field(at: place))].codes
        return findings.constraint(at: place) == .enum
          && codes?.others[Text(findings.text(at: place))] == nil
      }
      let what = [
        rejected > 0
          ? "\(amount(rejected, "record was", "records were")) rejected" : nil,
        cells > 0 ? "\(amount(cells, "value")) cannot be read" : nil,
        strange > 0 ? "\(amount(strange, "value is", "values are")) in no list" : nil,
      ].compactMap(\.self)
      guard let last = what.last else { return nil }
      let before = what.dropLast().joined(separator: ", ")
      return
        "\(table.definition.name) of last period: \(before.isEmpty ? "" : before + ", and ")\(last). Rules that look at them may pass for want of them: put them right in the folder of --earlier."
    }
  }

  /// Tables whose files hold the same bytes or records as this period's: a rule that asks for a
  /// difference finds none.
  private var copies: [String] {
    tables.compactMap { table in
      let name = table.definition.name
      guard let other = this(table), table.rowCount > 0, let likeness = table.likeness(to: other)
      else { return nil }
      return
        "\(name): last period's extract holds \(likeness.words) as this one, so that nothing differs. Look at the folder of --earlier."
    }
  }
}

extension Table {
  /// In what all files of two tables are the same; nil where they are not.
  fileprivate func likeness(to other: Table) -> Likeness? {
    func areSame(_ digest: (FileReport) -> String) -> Bool {
      let own = files.map(digest).sorted()
      return !own.contains("") && own == other.files.map(digest).sorted()
    }
    return areSame(\.sha256) ? .bytes : areSame(\.recordSum) ? .records : nil
  }
}
