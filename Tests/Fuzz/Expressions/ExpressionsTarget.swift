import Diagnostics
import Extracts
import Rulebooks
import Values

@testable import Evaluation
@testable import Expressions

/// Takes any text as an expression of a rule.
///
/// Read, printed and read again it is the same. What the type checker accepts can be computed on
/// every row, and yields a value of the type that was announced.
enum ExpressionsTarget: FuzzTarget {
  static let name = "expressions"

  static func prepare() throws { _ = try ExpressionWorld.shared }

  static func run(_ input: [UInt8]) throws -> Bool {
    guard let text = String(validating: input, as: UTF8.self) else { return false }
    let source = ExpressionSource(text, at: SourcePosition(file: "rules.yaml", line: 1))
    try checkPrinting(source)
    let world = try ExpressionWorld.shared
    var isComputed = false
    for (number, scope) in world.scopes.enumerated() {
      var diagnostics: [Diagnostic] = []
      let checked = TypeChecker.check(
        source, schema: world.context.rulebook.schema, scope: scope, diagnostics: &diagnostics)
      try promise(
        (checked == nil) == diagnostics.contains { $0.severity == .error },
        "refused and accepted: \(diagnostics)")
      try checkPlaces(diagnostics, text)
      // Only an expression in the first scope can be computed from a row alone.
      if number == 0, let checked {
        try check(checked, in: world)
        isComputed = true
      }
    }
    return isComputed
  }

  private static func checkPrinting(_ source: ExpressionSource) throws {
    guard let syntax = try? Parser.parse(source) else { return }
    let printed = syntax.printed
    let again = ExpressionSource(printed, at: source.position(of: 0))
    do {
      let reread = try Parser.parse(again).printed
      try promise(reread == printed, "\(printed) is read as \(reread)")
    } catch let error as Diagnostic {
      // With all its parentheses printed, it may nest deeper than the parser allows.
      try promise(error.what.contains("nests more than"), "\(printed) is not read: \(error)")
    }
  }

  private static func checkPlaces(_ diagnostics: [Diagnostic], _ text: String) throws {
    let count = text.unicodeScalars.count
    for diagnostic in diagnostics {
      let column = diagnostic.position?.column ?? 0
      try promise(1...count + 1 ~= column, "column \(column) of \(count): \(diagnostic)")
    }
  }

  private static func check(_ expression: CheckedExpression, in world: ExpressionWorld) throws {
    _ = ExpressionEnglish(rulebook: world.context.rulebook).words(expression)
    let step = ExpressionCompiler(context: world.context).compile(expression)
    for row in 0..<world.context.dataset.tables[world.table].rowCount {
      var frame = Frame(row: RowID(table: Int32(world.table), row: Int32(row)))
      let value = step(&frame)
      try promise(value.fits(expression.type), "\(value) is no \(expression.type)")
    }
  }
}

extension Value {
  /// Whether the value is of the type that the type checker announced; absent fits every type.
  fileprivate func fits(_ type: ValueType) -> Bool {
    switch (self, type) {
    case (.absent, _), (_, .anything), (.bool, .bool), (.int, .int), (.int, .number),
      (.number, .number), (.string, .string), (.date, .date), (.date, .datetime),
      (.datetime, .datetime), (.time, .time), (.duration, .duration), (.period, .period):
      true
    case (.row(let row), .row(let table)): Int(row.table) == table
    case (.list(let values), .list(let element)): values.allSatisfy { $0.fits(element) }
    default: false
    }
  }
}
