public import Diagnostics
public import Expressions
public import Extracts
public import Values
public import WorkingTime

/// All the rules of a run, checked: nothing in it can turn out wrong once data are read.
public struct Rulebook: Sendable {
  /// The names that expressions use.
  public var schema = Schema()
  /// The tables, by their numbers in the schema.
  public var tables: [RuleTable] = []
  /// The code lists, by their numbers in the schema.
  public var codeLists: [CodeList] = []
  /// The calendar of working days; nil where there is none.
  public var calendar: WorkingCalendar?
  /// The values of the parameters, by their numbers in the schema.
  public var parameters: [CheckedExpression] = []
  /// The rules in the order of their names.
  public var rules: [Rule] = []
  /// The rules' tests in the order of the files.
  public var tests: [RuleTest] = []
  /// The rule files with their texts, in the order in which they were read.
  public var sources: [RuleSource] = []
  /// What a person should know though nothing is wrong.
  public var warnings: [Diagnostic] = []

  /// How far parameters may be made of one another, and derived columns be worked out from one another: what
  /// works them out calls itself for each, and rule files must not exhaust the stack.
  public static let greatestChain = 50

  /// A rulebook without rules.
  public init() {}

  /// A table's definition as it holds on a day: the codes in force then.
  public func definition(ofTable table: Int, on day: CalendarDate) -> TableDefinition {
    var definition = tables[table].definition
    for field in definition.fields.indices {
      guard let list = definition.fields[field].codes?.list,
        let codes = codeLists.first(where: { $0.name == list })
      else { continue }
      definition.fields[field].codes = codes.allowed(on: day)
    }
    return definition
  }
}

/// A table with what the rules add to it.
public struct RuleTable: Sendable {
  /// What its extracts look like.
  public var definition: TableDefinition
  /// The columns worked out once per row.
  public var derived: [DerivedColumn] = []
  /// Who has to act on its rows.
  public var owner = Owner()
}

/// A column worked out once per row.
public struct DerivedColumn: Sendable {
  /// Its name.
  public var name: String
  /// How it is worked out.
  public var expression: CheckedExpression
}

/// A list of codes.
public struct CodeList: Sendable {
  /// One code.
  public struct Entry: Hashable, Sendable {
    /// The code.
    public var code: Text
    /// What it means.
    public var label: String
    /// The first day on which it holds.
    public var from: CalendarDate?
    /// The last day on which it holds.
    public var to: CalendarDate?
  }

  /// Its name.
  public var name: String
  /// Its codes, in the order of the file.
  public var entries: [Entry]

  /// The codes that hold on a day, both ends included.
  public func values(on day: CalendarDate) -> Set<Text> {
    Set(
      entries.filter { entry in
        (entry.from.map { $0 <= day } ?? true) && (entry.to.map { day <= $0 } ?? true)
      }.map(\.code))
  }

  /// The codes that hold on a day, and when the others do.
  func allowed(on day: CalendarDate) -> AllowedCodes {
    let values = values(on: day)
    var others: [Text: String] = [:]
    for entry in entries where !values.contains(entry.code) {
      let spell = [entry.from.map { "from \($0)" }, entry.to.map { "until \($0)" }]
        .compactMap { $0 }.joined(separator: " ")
      others[entry.code] = others[entry.code].map { "\($0), \(spell)" } ?? "only \(spell)"
    }
    return AllowedCodes(list: name, values: values, others: others)
  }
}

/// A rule file.
public struct RuleSource: Hashable, Sendable {
  /// The path, as the user named the folder and relative to it.
  public var path: String
  /// Its text.
  public var text: String
}

/// A test that a rule carries.
public struct RuleTest: Sendable {
  /// What it shows.
  public var name: String
  /// The as-of date.
  public var asOf: CalendarDate
  /// The rows, by table number.
  public var given: [Int: [[TestCell]]]
  /// The rows of last period's extracts, by table number; nil where the test gives none.
  public var earlier: [Int: [[TestCell]]]?
  /// Parameters with values of their own, by number.
  public var parameters: [Int: CheckedExpression]
  /// What has to come out.
  public var expected: [Expectation]
  /// Where it is defined.
  public var position: SourcePosition

  /// One cell of a given row.
  public struct TestCell: Hashable, Sendable {
    /// The field's number.
    public var field: Int
    /// Its text.
    public var text: String
  }

  /// One verdict that has to come out.
  public struct Expectation: Sendable {
    /// The rule's name, or a constraint's.
    public var rule: String
    /// The record, with `#` and the occasion where the rule repeats.
    public var record: String
    /// The verdict; of several records of one key those of each, in the order in which they are given.
    public var verdicts: [ExpectedVerdict]
    /// Where it is written.
    public var position: SourcePosition
  }
}
