public import Diagnostics
import Evaluation
import Expressions
import Extracts
import Foundation
public import Rulebooks
import Threads
import Values
import WorkingTime

/// The outcome of a rule's test.
public struct RuleTestResult: Sendable {
  /// The test.
  public var name: String
  /// Where it is defined.
  public var position: SourcePosition
  /// What did not come out as expected; empty where everything did.
  public var failures: [Diagnostic]
}

/// Runs the tests that rules carry; the results are in the order of the tests.
///
/// The rows of a test are read like any extract: they are written as CSV and read back.
public func runRuleTests(_ rulebook: Rulebook, threads: Int = 1) throws -> [RuleTestResult] {
  let rules = rulebook.rules
  let numbers = Dictionary(grouping: rules.indices) { rules[$0].name }
  let tests = rulebook.tests
  var bare = rulebook
  (bare.rules, bare.tests, bare.sources) = ([], [], [])
  let tables = bare
  return try inParallel(tests.count, threads: threads) { number in
    let test = tests[number]
    // Only the rules that the test is about: no other has a say in its verdicts.
    var own = tables
    own.rules = Set(test.expected.map(\.rule)).flatMap { numbers[$0] ?? [] }.sorted()
      .map { rules[$0] }
    let failures = try RuleTestRun(rulebook: own, test: test).failures()
    return RuleTestResult(name: test.name, position: test.position, failures: failures)
  }
}

/// One test.
struct RuleTestRun {
  let rulebook: Rulebook
  let test: RuleTest

  func failures() throws -> [Diagnostic] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("casecheck-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    var pool = StringPool()
    let tables = try tables(of: test.given, in: folder, pool: &pool)
    let earlier = try test.earlier.map { given in
      try self.tables(of: given, in: folder, pool: &pool)
    }
    let dataset = Dataset(tables: tables, earlier: earlier, pool: pool)
    // By record, because a test may expect something of each of thousands; of one record they stay
    // in the order of the rows.
    let found = verdicts(
      of: Set(test.expected.map(\.rule)), rulebook, on: dataset, test: test
    ).mapValues { Dictionary(grouping: $0, by: \.record) }
    let records = Dictionary(
      uniqueKeysWithValues: Set(test.expected.compactMap { table(of: $0.rule) }).map {
        ($0, recordIDs(ofTable: $0, in: dataset))
      })
    return test.expected.compactMap { expected in
      let given =
        table(of: expected.rule).flatMap { records[$0] } ?? groups(for: expected, in: dataset)
      return check(expected, found[expected.rule] ?? [:], among: given, in: dataset)
    }
  }

  /// What a limit may leave unjudged: the groups of the given rows, and the rows themselves.
  ///
  /// Nil where the groups are not known from the cells alone.
  private func groups(for expected: RuleTest.Expectation, in dataset: Dataset) -> Set<String>? {
    guard expected.verdicts == [.notJudged], let rule = rulebook.rule(named: expected.rule),
      case .limit(let limit) = rule.kind
    else { return nil }
    let rows = test.given[rule.table] ?? []
    var names = recordIDs(ofTable: rule.table, in: dataset)
    guard let per = limit.per else { return names.union(["(all)"]) }
    if rows.isEmpty { return names }
    guard case .field(.variable(0), let table, let number) = per.node else { return nil }
    let field = rulebook.tables[table].definition.fields[number]
    // A number may be written otherwise than it is shown, and a person's name is not shown at all.
    guard field.type == .string, field.isShown else { return nil }
    for cell in rows.joined() where cell.field == number {
      names.formUnion([cell.text, cell.text.trimmingCharacters(in: .whitespaces)])
    }
    return names
  }

  /// What to do about an expectation of a record that the rule's table does not have.
  private func advice(
    on record: String, of rule: String, among given: Set<String>, in dataset: Dataset
  ) -> String? {
    let others = rulebook.tables.indices.filter { $0 != table(of: rule) }
    guard let judged = table(of: rule),
      let other = others.first(where: { recordIDs(ofTable: $0, in: dataset).contains(record) })
    else {
      let near = suggestion(for: record, among: given.sorted())
      // Numbers that look alike are no more alike in what they stand for than others.
      let isNumber = record.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      return isNumber ? listed(given) ?? near : near ?? listed(given)
    }
    let names = rulebook.schema.tables.map(\.name)
    return
      "`\(record)` is a record of \(names[other]), and the rule judges \(names[judged]): expect a verdict of the record that is judged, not of one that it reads or marks"
  }

  /// The records or groups that a test gives, if they are few; nil if they are many, or there is none.
  private func listed(_ given: Set<String>) -> String? {
    let names = given.sorted().map { "`\($0)`" }
    guard let last = names.last, names.count <= 6 else { return nil }
    return names.count == 1
      ? "Given is \(last)" : "Given are \(names.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// The table whose records a rule or constraint judges; nil for a limit, which judges groups.
  private func table(of name: String) -> Int? {
    if let rule = rulebook.rule(named: name) {
      if case .limit = rule.kind { return nil }
      return rule.table
    }
    return name.split(separator: ".").first.flatMap { rulebook.schema.tableNumber(String($0)) }
  }

  private func tables(
    of given: [Int: [[RuleTest.TestCell]]], in folder: URL, pool: inout StringPool
  ) throws -> [Table] {
    return try rulebook.tables.indices.map { number in
      guard given[number]?.isEmpty == false else { return empty(number) }
      let definition = testDefinition(rulebook.definition(ofTable: number, on: test.asOf))
      let file = folder.appendingPathComponent("\(definition.name).csv")
      try csv(definition, given[number] ?? []).write(to: file, atomically: false, encoding: .utf8)
      let request = ReadingRequest(
        // All columns are kept: a column shows whether its constraint had a value to judge, though
        // no rule need read it.
        definition: definition, keptFields: Set(definition.fields.indices), asOf: test.asOf)
      let extract = ExtractFile(path: file.path, relativePath: "\(definition.name).csv")
      return readTable(request, files: [extract], pool: &pool, progress: nil)
    }
  }

  /// A table of which the test gives no rows: present, empty and with all its headings.
  private func empty(_ number: Int) -> Table {
    let definition = rulebook.tables[number].definition
    var table = Table(definition: definition)
    table.files = [FileReport(path: "\(definition.name).csv")]
    table.firstRows = [0]
    for field in definition.fields.indices {
      table.columns[field] = Column(type: definition.fields[field].type)
      table.hasHeading[field] = true
    }
    return table
  }

  /// The table as a test writes it: its own names for headings, commas, and also ISO dates.
  private func testDefinition(_ definition: TableDefinition) -> TableDefinition {
    var test = definition
    test.encoding = .utf8
    test.dialect = Dialect()
    test.dialect.delimiter = UInt8(ascii: ",")
    test.dialect.headerRow = 1
    test.mayBeEmpty = true
    test.missingValues.insert("")
    test.multilineFields = Set(test.fields.indices)
    for field in test.fields.indices {
      test.fields[field].headings = []
      switch test.fields[field].type {
      case .date where !test.fields[field].formats.contains(.isoDate):
        test.fields[field].formats.append(.isoDate)
      case .datetime:
        for format in [DateFormat.isoDateTime, .isoDate]
        where !test.fields[field].formats.contains(format) {
          test.fields[field].formats.append(format)
        }
      case .boolean:
        test.fields[field].trueValues.insert("true")
        test.fields[field].falseValues.insert("false")
      default: break
      }
    }
    return test
  }

  private func csv(_ definition: TableDefinition, _ rows: [[RuleTest.TestCell]]) -> String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    var text = definition.fields.map { quoted($0.name) }.joined(separator: ",") + "\n"
    for row in rows {
      let cells = Dictionary(
        row.map { ($0.field, $0.text) }, uniquingKeysWith: { first, _ in first })
      text += definition.fields.indices.map { quoted(cells[$0] ?? "") }.joined(separator: ",")
      text += "\n"
    }
    return text
  }

  /// Compares what was found, by record, with what was expected, and returns the mistake.
  ///
  /// `given` are the records of the rule's table; of a limit also the groups, and nil if unknown.
  private func check(
    _ expected: RuleTest.Expectation, _ found: [String: [NamedVerdict]],
    among given: Set<String>?, in dataset: Dataset
  ) -> Diagnostic? {
    var record = expected.record
    var occasion: Int?
    if let hash = record.lastIndex(of: "#"), let number = Int(record[record.index(after: hash)...])
    {
      occasion = number
      record = String(record[..<hash])
    }
    var ofRecord = found[record] ?? []
    var verdicts = ofRecord.filter { occasion == nil || $0.occasion == occasion }
    // A key may itself contain a `#`.
    if verdicts.isEmpty, occasion != nil {
      verdicts = found[expected.record] ?? []
      if !verdicts.isEmpty { (ofRecord, record) = (verdicts, expected.record) }
    }
    let wanted = expected.verdicts.map(\.rawValue).joined(separator: " and ")
    // An expectation that a record is not judged shows nothing where the record does not exist.
    if verdicts.isEmpty, let given, !given.contains(record),
      !given.contains(expected.record)
    {
      let lack =
        table(of: expected.rule) == nil
        ? "no given row is of a group `\(record)`" : "no given record is called `\(record)`"
      return Diagnostic(
        at: expected.position,
        "\(test.name): \(expected.rule) is to find `\(expected.record)` \(wanted), and \(lack)",
        advice: advice(on: record, of: expected.rule, among: given, in: dataset))
    }
    let statuses = verdicts.map(\.verdict)
    if expected.verdicts == [.notJudged], verdicts.isEmpty { return nil }
    // A single expected verdict is expected of all records with the name.
    if expected.verdicts == statuses
      || Set(expected.verdicts) == Set(statuses) && expected.verdicts.count == 1
    {
      return nil
    }
    let outcome: String
    if !statuses.isEmpty {
      let all =
        expected.verdicts.count > 1
        ? statuses.map(\.rawValue) : Set(statuses.map(\.rawValue)).sorted()
      outcome = "it is \(all.joined(separator: " and "))"
    } else if ofRecord.contains(where: { $0.verdict == .cannotJudge }) {
      outcome = "`\(record)` cannot be judged"
    } else {
      outcome = "it was not judged"
    }
    return Diagnostic(
      at: expected.position,
      "\(test.name): \(expected.rule) should find `\(expected.record)` \(wanted), but \(outcome)",
      advice: dataset.unreadable(
        among: FieldsRead(by: expected.rule, in: rulebook), on: record,
        ofTable: table(of: expected.rule)))
  }
}

extension Dataset {
  /// A few findings on unreadable values of some fields, for the advice; nil where there are none.
  ///
  /// Of the table judged, only the record of the expectation has a say; of other tables, the rule
  /// may read any record.
  fileprivate func unreadable(among read: FieldsRead, on record: String, ofTable judged: Int?)
    -> String?
  {
    var said: [String] = []
    for (period, tables) in [tables, earlier ?? []].enumerated() {
      for number in tables.indices {
        for finding in tables[number].findings where said.count < 3 {
          guard finding.constraint == .type, read.fields[number].contains(Int(finding.field)),
            period > 0 || number != judged
              || recordID(ofRow: finding.row, inTable: number, of: self) == record
          else { continue }
          let message = finding.message
          said.append(message.hasSuffix(".") ? String(message.dropLast()) : message)
        }
      }
    }
    return said.isEmpty ? nil : said.joined(separator: ". ")
  }
}
