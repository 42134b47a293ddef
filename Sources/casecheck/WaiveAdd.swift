import ArgumentParser
import Diagnostics
import ExceptionLedger
import Exceptions
import Foundation
import Logging
import Reports
import WorkingTime

/// `casecheck waive add`.
struct WaiveAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records an agreed exception.",
    discussion: """
      Looks the exception up in the ledger, if there is one, and notes its value, its \
      dates and whose record it is, so that a later run can say that they have changed.

      EXAMPLE
        casecheck waive add --rule cp-visits --record P17-1 --occasion 3 \\
          --reason 'Family abroad until Easter' --agreed-on 2016-01-31 \\
          --agreed-by 'J Oak, service manager' --until 2016-03-31
      """)

  @Option(help: "The rule.")
  var rule: String

  @Option(help: "The record_id, as in the list.")
  var record: String

  @Option(help: "The table of the record; any when absent.")
  var table: String?

  @Option(
    help:
      "The number of the visit or review in a repeating rule; when absent the only one that is open in the ledger, or else any."
  )
  var occasion: Int?

  @Option(help: "Why it was agreed.")
  var reason: String

  @Option(help: "Who agreed.")
  var agreedBy: String

  @Option(
    help: ArgumentHelp("When; today when absent.", valueName: "date"),
    transform: { try CalendarDate.argument($0) })
  var agreedOn: CalendarDate?

  @Option(
    help: ArgumentHelp("The last day on which it holds.", valueName: "date"),
    transform: { try CalendarDate.argument($0) })
  var until: CalendarDate

  @OptionGroup(title: "Files")
  var source: WaiverSource

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  mutating func validate() throws {
    for (name, text) in [
      ("--rule", rule), ("--record", record), ("--reason", reason), ("--agreed-by", agreedBy),
    ] where text.allSatisfy(\.isWhitespace) {
      throw ValidationError("\(name) wants more than blanks.")
    }
    for (name, text) in [
      ("--rule", rule), ("--table", table ?? ""), ("--record", record), ("--agreed-by", agreedBy),
    ] where text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw ValidationError("\(name) holds a line break, or another character that no list shows.")
    }
    if RecordForm.line.isForm(of: record) {
      throw ValidationError(
        "\(record) is a place in a file, and another record may stand there tomorrow. Give the record its key."
      )
    }
    if let occasion, occasion < 1 { throw ValidationError("--occasion counts from 1.") }
    if let agreedOn, until < agreedOn {
      throw ValidationError("--until lies before --agreed-on: the waiver would never hold.")
    }
  }

  func run() throws {
    let (path, ledger) = try source.paths(telling: output)
    let agreed = agreedOn ?? CalendarDate.today()
    guard agreed <= until else {
      throw ValidationError(
        "--until \(until) is past, and the waiver would never hold. For runs as of an earlier day say when it was agreed, with --agreed-on."
      )
    }
    let lock = try source.lock(path, output)
    defer { withExtendedLifetime(lock) {} }
    var waivers = try source.read(path, output)
    let record = withoutFormulaGuard(self.record)
    var waiver = Waiver(
      rule: rule, table: table ?? "", record: record, occasion: occasion,
      // A line of a longer reason could pass for a waiver of its own.
      reason: reason.split(whereSeparator: \.isNewline).joined(separator: " "),
      agreedBy: agreedBy, agreedOn: agreed, until: until)
    if let named = source.ledger, !FileManager.default.fileExists(atPath: named) {
      output.logger.warning(
        "casecheck: \(named): there is no ledger here, in which the exception could be looked up. The waiver is written all the same."
      )
    }
    var goOn: [Waiver] = []
    if let ledger, FileManager.default.fileExists(atPath: ledger) {
      let open = try lookUp(&waiver, in: ledger, waiversIn: path)
      // What was agreed of a visit that has another number by now is of no other one.
      goOn = waivers.filter { agreed in
        open.contains { entry, note in
          entry.key.occasion > 0 && entry.key.occasion != agreed.occasion
            && (entry.dueOn != nil || entry.doneOn != nil)
            && agreed.isOfOccasion(note, rule: rule, table: entry.key.table, record: record)
        }
      }
    } else if occasion == nil {
      output.logger.notice(
        "casecheck: there is no ledger to look the exception up in. If \(rule) repeats, \(everyOccasion)"
      )
    }
    // Replaces what was agreed before for the same: the file holds one agreement on each.
    waivers.removeAll { $0.isOfTheSame(as: waiver) && !goOn.contains($0) }
    waivers.append(waiver)
    try source.write(waivers, to: path, output)
  }

  /// Notes what the ledger knows of the exception, and of which occasion it is where only one is
  /// open: a visit to come was not agreed to with the one that was missed.
  ///
  /// - Returns: what is open of the rule on the record.
  private func lookUp(
    _ waiver: inout Waiver, in ledger: String, waiversIn path: String
  ) throws -> [(entry: LedgerEntry, note: WaiverNote)] {
    let ofRecord = try telling(output.logger) {
      try LedgerLookup(ledger).open(rule: rule, record: waiver.record)
    }
    let wanted = waiver
    let open = ofRecord.filter {
      wanted.covers(
        rule: rule, table: $0.entry.key.table, record: wanted.record,
        occasion: $0.entry.key.occasion > 0 ? $0.entry.key.occasion : nil)
    }
    let repeated = open.count { $0.entry.key.occasion > 0 }
    let byTable = Dictionary(grouping: open) { $0.entry.key.table }
    if byTable.values.contains(where: { Set($0.map(\.note.person)).count > 1 }) {
      throw ValidationError(
        "\(wanted.record) is the key of records of several children, all with an open exception of \(rule), and nobody could tell of which it was agreed. Give them keys of their own in the case system."
      )
    }
    if open.isEmpty {
      let also = occasion == nil ? " If the rule repeats, \(everyOccasion)" : ""
      let look = whereToLook(
        tables: ofRecord.map(\.entry.key.table), occasions: ofRecord.map(\.entry.key.occasion))
      let meant = try ofRecord.isEmpty ? nearestRule(in: ledger) : nil
      output.logger.warning("casecheck: \(look)\(meant.map { " " + $0 } ?? "")\(also)")
    } else if open.count == 1 {
      waiver.digest = open[0].note.text
      guard occasion == nil, repeated == 1 else { return ofRecord }
      waiver.occasion = open[0].entry.key.occasion
      output.logger.notice(
        "casecheck: the waiver is of occasion \(open[0].entry.key.occasion), the only one of \(rule) that is open on this record. If every occasion until \(until) was agreed to, empty the cells `occasion` and `digest` of its line in \(path)."
      )
    } else if occasion == nil, repeated > 0 {
      output.logger.warning(
        "casecheck: \(repeated) occasions of \(rule) are open on this record: \(everyOccasion)")
    }
    return ofRecord
  }

  /// Asks whether another rule was meant, if no run of the ledger has had an exception of this one.
  private func nearestRule(in ledger: String) throws -> String? {
    let rules = try telling(output.logger) { try LedgerLookup(ledger).rules() }
    return rules.contains(rule) ? nil : suggestion(for: rule, among: rules)
  }

  /// What may be wrong with a waiver of nothing that is open, given the tables and occasions of what
  /// is open of its rule and record.
  private func whereToLook(tables: [String], occasions: [Int]) -> String {
    if let table, !table.isEmpty, !tables.isEmpty, !tables.contains(table) {
      let (exceptions, are) = tables.count == 1 ? ("exception", "is") : ("exceptions", "are")
      let names = Set(tables).sorted()
      return
        "the open \(exceptions) of \(rule) on this record \(are) in the \(names.count == 1 ? "table" : "tables") \(names.joined(separator: ", ")). The waiver is written all the same; look at its table."
    }
    let numbers = Set(occasions).filter { $0 > 0 }.sorted().map(String.init)
    if numbers.isEmpty {
      return
        "the ledger has no open exception of \(rule) on this record. The waiver is written all the same; look at the rule and the record_id."
    }
    return
      "of \(rule) on this record the ledger has other occasions open: \(numbers.joined(separator: ", ")). The waiver is written all the same; look at its number."
  }

  /// What a waiver without an occasion means in a rule that repeats.
  private var everyOccasion: String {
    "the waiver covers every occasion until \(until), also those to come. For one of them, say --occasion."
  }
}
