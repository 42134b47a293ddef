import CLibCSV
import Diagnostics
import Evaluation
import Extracts
import Foundation
import Rulebooks
import Values
import WorkingTime

/// Measures the parts on which a run spends its time, each by itself and on one thread.
///
/// `microbenchmark EXTRACTS AS-OF RULES...` prints, for the extracts that the rules take: how long
/// libcsv alone needs to split the largest file, how long casecheck needs to read, check and type
/// it, how many rows of all tables the rules judge in a second, and how many sums of working days
/// are worked out in one.
@main
struct Microbenchmark {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 3, let asOf = CalendarDate(iso: arguments[1]) else {
      FileHandle.standardError.write(
        Data("usage: microbenchmark EXTRACTS AS-OF RULES...\n".utf8))
      exit(64)
    }
    let (rulebook, mistakes) = Rulebook.load(RuleSelection(folders: Array(arguments[2...])))
    let errors = mistakes.filter { $0.severity == .error }
    guard errors.isEmpty else {
      print(errors.map(\.description).joined(separator: "\n"))
      exit(2)
    }
    let files = findExtracts(at: [arguments[0]]).files
    let plan = rulebook.tables.indices.map { number in
      let definition = rulebook.definition(ofTable: number, on: asOf)
      return TableFiles(
        request: ReadingRequest(
          definition: definition, keptFields: kept(of: definition), asOf: asOf),
        files: files.filter { file in
          definition.files.contains { fileMatches(file.relativePath, glob: $0) }
        })
    }
    try measureReading(plan)
    await measureRules(rulebook, plan, asOf)
    measureWorkingDays(rulebook)
  }

  /// The keys, and everything but free text: what nearly every run keeps.
  private static func kept(of table: TableDefinition) -> Set<Int> {
    let keys = Set(table.primaryKey + table.foreignKeys.flatMap(\.fields))
    return Set(
      table.fields.indices.filter { number in
        let field = table.fields[number]
        return field.type != .string || field.codes != nil || field.constraints.allowed != nil
          || field.constraints.unique || field.constraints.pattern != nil || keys.contains(number)
      })
  }

  /// Times the largest file: libcsv alone on bytes already in memory, and all of casecheck's
  /// reading.
  private static func measureReading(_ plan: [TableFiles]) throws {
    let all = plan.flatMap { table in table.files.map { (table.request, $0) } }
    let sized = try all.map { request, file in
      (request, file, try Data(contentsOf: URL(filePath: file.path)).count)
    }
    guard let (request, file, size) = sized.max(by: { $0.2 < $1.2 }) else { return }
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file.path)))
    let theirs = fastest { fieldsOfLibcsv(bytes) }
    let ours = fastest {
      var pool = StringPool()
      return readTable(request, files: [file], pool: &pool, progress: nil).rowCount
    }
    print("reading \(file.relativePath), \(size / 1_000_000) MB")
    show("libcsv alone: fields", theirs.result, theirs.seconds, bytes: size)
    show("casecheck: rows checked and typed", ours.result, ours.seconds, bytes: size)
    print(
      "  \(String(format: "%.2f", theirs.seconds / ours.seconds)) times as fast as libcsv alone")
  }

  /// How many fields libcsv finds; nothing is done with any of them.
  private static func fieldsOfLibcsv(_ bytes: [UInt8]) -> Int {
    var parser = unsafe csv_parser()
    var fields = 0
    unsafe withUnsafeMutablePointer(to: &fields) { fields in
      unsafe csv_init(&parser, UInt8(CSV_STRICT | CSV_STRICT_FINI))
      unsafe csv_set_space_func(&parser) { _ in 0 }
      unsafe bytes.withUnsafeBytes { bytes in
        _ = unsafe csv_parse(
          &parser, bytes.baseAddress, bytes.count,
          { _, _, fields in unsafe fields?.assumingMemoryBound(to: Int.self).pointee += 1 },
          { _, _ in }, fields)
      }
      unsafe csv_free(&parser)
    }
    return fields
  }

  private static func measureRules(
    _ rulebook: Rulebook, _ plan: [TableFiles], _ asOf: CalendarDate
  ) async {
    var pool = StringPool()
    let tables = readTables(plan, pool: &pool, threads: 1, progress: nil)
    let dataset = Dataset(tables: tables, earlier: nil, pool: pool)
    let rows = tables.reduce(0) { $0 + $1.rowCount }
    let start = ContinuousClock.now
    let evaluated = await evaluate(rulebook, on: dataset, asOf: asOf, threads: 1)
    let seconds = seconds(since: start)
    print("judging \(rulebook.rules.count) rules and the constraints of \(tables.count) tables")
    show("rows", rows, seconds)
    print("  \(evaluated.exceptions.count) exceptions")
  }

  private static func measureWorkingDays(_ rulebook: Rulebook) {
    guard let calendar = rulebook.calendar else { return }
    let days = calendar.covers.lowerBound.dayNumber...calendar.covers.upperBound.dayNumber
    let sums = fastest {
      var found = 0
      for count in [1, 5, 20, 45] {
        for day in days
        where calendar.workingDay(count, after: CalendarDate(dayNumber: day)) != nil { found += 1 }
      }
      return found
    }
    print("adding 1, 5, 20 and 45 working days to each day of \(calendar.name)")
    show("sums", sums.result, sums.seconds)
  }

  /// The best of three.
  private static func fastest(_ work: () -> Int) -> (result: Int, seconds: Double) {
    var best = (result: 0, seconds: Double.infinity)
    for _ in 0..<3 {
      let start = ContinuousClock.now
      let result = work()
      let seconds = seconds(since: start)
      if seconds < best.seconds { best = (result, seconds) }
    }
    return best
  }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    let spent = ContinuousClock.now - start
    return Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
  }

  private static func show(_ what: String, _ count: Int, _ seconds: Double, bytes: Int? = nil) {
    let rate = String(format: "%.1f million/s", Double(count) / seconds / 1e6)
    let speed = bytes.map { String(format: ", %.0f MB/s", Double($0) / seconds / 1e6) } ?? ""
    print("  \(what): \(count) in \(String(format: "%.3f", seconds)) s, \(rate)\(speed)")
  }
}
