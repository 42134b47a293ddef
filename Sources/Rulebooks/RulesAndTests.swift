import Expressions
import Extracts

/// Loads rules and tests together, as tests need only the names of rules.
///
/// All that they may name has to be in the rulebook already.
struct RulesAndTests {
  let collector: DiagnosticCollector
  let selection: RuleSelection
  let declarations: Declarations

  private enum Piece: Sendable {
    case rule(Declarations.Declaration)
    /// A rule that is not in force and is only checked for mistakes.
    case replaced(Declarations.Declaration)
    case test(Declarations.Declaration)
  }

  private struct Loaded: Sendable {
    var rules: [Rule] = []
    var tests: [RuleTest] = []
  }

  func load(into rulebook: inout Rulebook) {
    let (schema, tables) = (rulebook.schema, rulebook.tables)
    let declarations = declarations
    let known = KnownValues(rulebook.parameters)
    let constraints = Set(
      tables.flatMap { table in ConstraintRule.all(of: table.definition).map(\.name) })
    let fieldNumbers = tables.map { table in
      Dictionary(
        table.definition.fields.enumerated().map { ($0.element.name, $0.offset) },
        uniquingKeysWith: { first, _ in first })
    }
    let parts = collector.loadParts(pieces, threads: selection.threads) { pieces, collector in
      let rules = RuleLoader(
        collector: collector,
        expressions: ExpressionLoader(collector: collector, schema: schema, known: known),
        unselectedTables: declarations.unselectedTables, tables: tables)
      let tests = TestLoader(
        collector: collector, schema: schema, tables: tables, fieldNumbers: fieldNumbers,
        constraints: constraints, declarations: declarations,
        parameters: ParameterLoader(collector: collector, names: schema.parameters.map(\.name)))
      var loaded = Loaded()
      for piece in pieces {
        switch piece {
        case .replaced(let rule): _ = rules.load(rule)
        case .rule(let rule): if let rule = rules.load(rule) { loaded.rules.append(rule) }
        case .test(let test): if let test = tests.load(test) { loaded.tests.append(test) }
        }
      }
      return loaded
    }
    rulebook.rules = parts.flatMap(\.rules)
    rulebook.tests = parts.flatMap(\.tests)
  }

  private var pieces: [Piece] {
    declarations.rules.sorted.map(Piece.rule)
      // A run needs only the rules in force. Whoever asks for mistakes is told of those in replaced
      // rules, too.
      + (selection.takesTests ? declarations.replacedRules.map(Piece.replaced) : [])
      + declarations.tests.map(Piece.test)
  }
}
