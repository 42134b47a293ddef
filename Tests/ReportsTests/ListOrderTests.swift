import Exceptions
import Reports
import Testing

struct ListOrderTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var first = exception("b", .named("m"))
    var second = exception("b", .named("m"))

    init(_ name: String, _ change: (inout CaseException, inout CaseException) -> Void) {
      testDescription = name
      (first.sourceLine, second.sourceLine) = (5, 5)
      change(&first, &second)
    }
  }

  @Test(arguments: [
    Pair("team") { a, b in (a.team, b.rule) = (.named("l"), "a") },
    Pair("capitals first") { a, b in (a.team, b.team) = (.named("Z"), .named("a")) },
    Pair("correction before drift") { a, b in (a.rule, b.list) = ("z", .drift) },
    Pair("rule before person") { a, b in (a.rule, a.personID) = ("a", b.personID + "P9") },
    Pair("person by bytes") { a, b in (a.personID, b.personID) = ("P10", "P9") },
    Pair("no occasion first") { a, b in (a.occasion, b.occasion) = (nil, 1) },
    Pair("occasion as a number") { a, b in (a.occasion, b.occasion) = (9, 10) },
    Pair("field") { a, b in (a.field, b.field) = ("a", "b") },
    Pair("line as a number") { a, b in (a.sourceLine, b.sourceLine) = (9, 10) },
    Pair("with the apostrophe") { a, b in (a.team, b.team) = (.named("=z"), .named("1")) },
    Pair("with our quotes") { a, b in (a.team, b.team) = (.named("(all)"), .none) },
    Pair("bytes, not Unicode") { a, b in
      (a.team, b.team) = (.named("e\u{301}"), .named("\u{E9}"))
    },
  ])
  func orders(_ pair: Pair) {
    #expect(precedesInList(pair.first, pair.second))
    #expect(!precedesInList(pair.second, pair.first))
    #expect(!precedesInList(pair.first, pair.first))
  }
}
