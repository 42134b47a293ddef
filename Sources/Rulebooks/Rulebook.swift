import Diagnostics
public import Expressions
public import Extracts
public import WorkingTime

/// All the rules of a run, fully checked: nothing in it can prove wrong once data are read.
public struct Rulebook: Sendable {
  /// The names that expressions use.
  public var schema = Schema()
  /// The tables, by their numbers in the schema.
  public var tables: [RuleTable] = []
  /// The code lists, by their numbers in the schema.
  public var codeLists: [CodeList] = []
  /// The calendar of working days; nil if there is none.
  public var calendar: WorkingCalendar?
  /// The values of the parameters, by their numbers in the schema.
  public var parameters: [CheckedExpression] = []
  /// The rules in the order of their names.
  public var rules: [Rule] = []
  /// The rules' tests in the order of the files.
  public var tests: [RuleTest] = []
  /// The rule files with their texts, in the order in which they were read.
  public var sources: [RuleSource] = []
  /// The rules and parameters that stand in place of others, by place.
  public var replacements: [Replacement] = []

  /// How long a chain of parameters, or of derived columns, may be.
  ///
  /// Evaluation recurses once for each, and rule files must not exhaust the stack.
  public static let greatestChain = 50

  /// A rulebook without rules.
  public init() {}

  /// Finds a rule by its name.
  public func rule(named name: String) -> Rule? { rules.first { $0.name == name } }

  /// Whether the tables ask anything of a record but that it can be read.
  public var hasConstraints: Bool {
    tables.contains { ConstraintRule.all(of: $0.definition).contains { $0.kind != .row } }
  }

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
