import Diagnostics
import Evaluation
import Exceptions
import Extracts
import Values

/// The extracts of this period and of the last, as they were found and read.
struct GivenExtracts {
  private(set) var tables: [Table]
  /// Last period's tables, by the same numbers; nil where none were asked for.
  private(set) var earlier: [Table]?
  let dataset: Dataset
  let pool: StringPool
  /// The files of this period.
  let files: [ExtractFile]
  /// Those that no table takes, and that look like a table's.
  let altered: AlteredExtracts
  private let unfound: [Diagnostic]
  private let asFound: FilesAsFound
  private let earlierAsFound: FilesAsFound?

  /// Reads the extracts; where not every input can be trusted, `faults` says so.
  ///
  /// - Throws: `memory` where they take more than was allowed.
  init(
    _ request: CheckRequest, by intake: Intake, within memory: MemoryUse,
    progress: CheckProgressHandler?
  ) throws(CheckFailure) {
    var found = findExtracts(at: request.extracts)
    found.files = found.files.map(\.apartFromEarlier)
    let last = request.earlier.map { findExtracts(at: [$0]) }
    asFound = FilesAsFound(found.files)
    earlierAsFound = last.map { FilesAsFound($0.files) }
    let spill = memory.spill(for: (found.files + (last?.files ?? [])).map(\.path))
    var pool = StringPool(in: spill)
    tables = intake.tables(
      from: found.files, pool: &pool, threads: request.threads, spill: spill, progress: progress)
    var earlier: [Table]?
    var unfound = found.faults
    if let folder = request.earlier, let last {
      earlier = intake.tables(
        from: last.files, pool: &pool, threads: request.threads, spill: spill, progress: nil)
      unfound += last.faults
      if earlier?.allSatisfy(\.files.isEmpty) == true {
        unfound.append(
          Diagnostic(
            at: SourcePosition(file: folder, line: 1),
            "no file of last period was found that any table takes",
            advice: "Name the folder of last period's extracts with --earlier"))
      }
    }
    if let excess = memory.excess(with: spill, files: found.files.count) {
      throw .memory(excess)
    }
    self.earlier = earlier
    self.unfound = unfound
    self.pool = pool
    files = found.files
    let guarded = request.ledger?.guardedBy
    altered = AlteredExtracts(tables, in: found) { table in
      guarded.map { !$0.stopsAtMissingTable || $0.accepted.contains(table) } ?? false
    }
    dataset = Dataset(tables: tables, earlier: earlier, pool: pool, spill: spill)
  }

  /// Finds out which files have been written to since, late in the run: they are not whole.
  mutating func lookAgain() {
    asFound.reportWritten(in: &tables)
    if var last = earlier {
      earlierAsFound?.reportWritten(in: &last)
      earlier = last
    }
  }

  /// What was read of each file of both periods.
  var inputs: [InputReport] {
    let inputs = InputReports()
    return inputs.reports(tables)
      + inputs.reports(earlier ?? []).map(\.ofEarlierPeriod)
  }

  /// Why inputs of this period cannot be trusted, and which of last period's were not found.
  var faults: [FaultReport] {
    InputReports().faults(tables, finding: unfound, altered.faults)
  }

  /// Last period's tables, limited to those that some rule reads.
  ///
  /// Where none were asked for, the expected ones are tables without a file, and are missed like
  /// any other.
  func lastPeriod(read: Set<String>, expected: Set<String>) -> LastPeriod {
    let none = tables.map { Table(definition: $0.definition) }
    let missed = none.filter { expected.contains(LastPeriod.name(of: $0)) }
    return LastPeriod(
      earlier ?? missed, now: tables, pool: pool, read: read, isAskedFor: earlier != nil)
  }
}

extension ExtractFile {
  /// The file under a name that no file of last period has.
  ///
  /// In reports these have a prefix, with which a folder of this period's may begin as well.
  fileprivate var apartFromEarlier: ExtractFile {
    guard EarlierName.bareName(of: relativePath) != nil else { return self }
    return ExtractFile(path: path, relativePath: "./" + relativePath)
  }
}
