import Diagnostics
import Expressions
import Rulebooks
import Testing
import WorkingTime

@testable import Evaluation

@Suite("The year or month by which a rule chooses its records")
struct CalendarPeriodsTests {
  private typealias Node = CheckedExpression.Node

  private static let field = Node.field(of: .variable(0), table: 0, field: 0)

  private static func of(_ function: Function, _ node: Node) -> Node { .call(function, [node]) }

  private func beginning(_ node: Node, _ asOf: String) -> String? {
    let day = CalendarDate(iso: asOf) ?? .earliest
    var periods = CalendarPeriods(Rulebook(), asOf: day)
    return periods.beginning(in: node)?.description
  }

  @Test("begins on the first of April, of January or of the month")
  func begins() {
    func same(_ function: Function) -> Node {
      .and(
        .has(Self.field),
        .comparison(.equal, Self.of(function, Self.field), Self.of(function, .asOf)))
    }
    #expect(beginning(same(.financialYear), "2016-03-31") == "2015-04-01")
    #expect(beginning(same(.financialYear), "2016-04-01") == "2016-04-01")
    #expect(beginning(same(.year), "2016-03-31") == "2016-01-01")
    #expect(beginning(same(.startOfMonth), "2016-02-29") == "2016-02-01")
    let both = Node.and(same(.financialYear), same(.startOfMonth))
    #expect(beginning(both, "2016-06-15") == "2016-06-01")
  }

  @Test("is asked of what lies in it or since, not of what lies before it, nor of an age")
  func bounds() {
    let month = Self.of(.startOfMonth, .asOf)
    func compared(_ comparison: CheckedExpression.Comparison, _ a: Node, _ b: Node) -> String? {
      beginning(.comparison(comparison, a, b), "2016-02-29")
    }
    #expect(compared(.greaterOrEqual, Self.field, month) == "2016-02-01")
    #expect(compared(.less, month, Self.field) == "2016-02-01")
    #expect(compared(.less, Self.field, month) == nil)
    #expect(compared(.greater, month, Self.field) == nil)
    #expect(compared(.notEqual, Self.field, month) == nil)
    #expect(compared(.less, Self.field, .asOf) == nil)
    let age = Node.call(.ageOn, [Self.field, .asOf])
    #expect(compared(.equal, age, .constant(.int(16))) == nil)
  }

  @Test("is found in a parameter")
  func named() {
    var rulebook = Rulebook()
    let source = ExpressionSource(
      "financialYear(asOf)", at: SourcePosition(file: "rules.yaml", line: 1))
    rulebook.parameters = [
      CheckedExpression(node: Self.of(.financialYear, .asOf), type: .int, source: source)
    ]
    var periods = CalendarPeriods(rulebook, asOf: CalendarDate(iso: "2016-05-01") ?? .earliest)
    let condition = Node.comparison(
      .equal, Self.of(.financialYear, Self.field), .parameter(0))
    #expect(periods.beginning(in: condition)?.description == "2016-04-01")
  }
}
