import Diagnostics
import Extracts
import Values
import WorkingTime

@testable import Evaluation
@testable import Expressions
@testable import Rulebooks

/// A small world to compute expressions in: two tables of a few rows, with a column of each type.
struct ExpressionWorld: Sendable {
  let context: EvaluationContext
  /// The table whose rows are judged.
  let table: Int
  /// A row's scope, that of a parameter, and that of a limit's message.
  let scopes: [ExpressionScope]

  private static let made = Result { try ExpressionWorld() }
  /// The one world, made when it is first needed.
  static var shared: ExpressionWorld { get throws { try made.get() } }

  private static let rules = """
    table: people
    files: ["people*.csv"]
    primaryKey: person_id
    fields:
      - {name: person_id, type: string}
      - {name: name, type: string}
      - {name: kind, type: string, codes: kinds}
      - {name: born, type: date}
      - {name: seen_at, type: datetime}
      - {name: slot, type: time}
      - {name: places, type: integer}
      - {name: cost, type: number}
      - {name: flag, type: boolean}
    derived:
      - {name: last_visit, value: "visits.map(v, v.seen_on).max()"}
    ---
    table: visits
    files: ["visits*.csv"]
    primaryKey: visit_id
    fields:
      - {name: visit_id, type: string}
      - {name: person_id, type: string}
      - {name: seen_on, type: date}
      - {name: left_on, type: date}
    foreignKeys:
      - {fields: person_id, reference: {table: people, fields: person_id}, as: person}
    ---
    codes: kinds
    values: {A: One, B: Other}
    ---
    calendar: england-and-wales
    covers: {from: 2015-01-01, to: 2016-12-31}
    holidays: [2015-12-25, 2015-12-28, 2016-01-01, 2016-03-25, 2016-03-28]
    ---
    parameters:
      year_start: date("2015-04-01")
      visit_interval: workingDays(10)
    ---
    rules:
      - {rule: reads-the-derived, for: people, check: "has(last_visit)"}
    """

  private static let extracts = [
    "people": """
    person_id,name,kind,born,seen_at,slot,places,cost,flag
    P1,Anna Ex,A,2012-02-29,2016-03-27T01:30,09:30,3,1.50,true
    P2,,Z,,2016-01-01T00:00,,9223372036854775807,1e300,
    P3,Émile,B,9999-12-31,,23:59,-9223372036854775807,,false
    """,
    "visits": """
    visit_id,person_id,seen_on,left_on
    V1,P1,2016-01-04,2016-01-05
    V2,P1,2016-01-05,
    V3,P9,,2016-01-05
    """,
  ]

  private init() throws {
    var loader = RulebookLoader(selection: RuleSelection(folders: []))
    let file = RuleFile(path: "rules.yaml", folder: 0, pack: "", text: Self.rules)
    let (rulebook, diagnostics) = loader.load([file])
    let mistakes = diagnostics.filter { $0.severity == .error }
    try promise(mistakes.isEmpty, "the world does not load: \(mistakes)")
    let asOf = CalendarDate(dayNumber: 16_861)
    var pool = StringPool()
    let scratch = try ScratchFile()
    let tables = try rulebook.tables.map { table in
      let definition = table.definition
      try scratch.write(Array((Self.extracts[definition.name] ?? "").utf8))
      let request = ReadingRequest(
        definition: definition, keptFields: Set(definition.fields.indices), asOf: asOf)
      return readTable(request, files: [scratch.extract], pool: &pool, progress: nil)
    }
    try promise(tables.allSatisfy { $0.rowCount == 3 }, "the world has lost rows")
    let dataset = Dataset(tables: tables, earlier: tables, pool: pool)
    var context = EvaluationContext(rulebook: rulebook, dataset: dataset, asOf: asOf, threads: 1)
    context.prepare(threads: 1)
    self.context = context
    table = rulebook.schema.tableNumber("people") ?? 0
    var message = ExpressionScope(table: table)
    message.specials = ["dueOn": .date, "daysLate": .int]
    message.allowsAggregates = true
    scopes = [ExpressionScope(table: table), ExpressionScope(table: nil), message]
  }
}
