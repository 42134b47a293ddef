import Foundation
import TestSupport
import Testing

extension SilenceTests {
  @Test("a check that is met for want of all the columns that it asks about is told")
  func columnsOfACheck() throws {
    let scratch = try scratch(
      """
        - {rule: one, for: p, check: "!given(u)"}
        - {rule: two, for: p, check: given(u) == given(n)}
        - {rule: derived, for: p, when: d < asOf, check: is_open}
        - {rule: with-more, for: p, check: "!given(u) || !given(d)"}
        - {rule: of-others, for: p, check: "!given(u) && p.size() == 1"}
        - {rule: failing, for: p, check: given(u)}
        - {rule: by-date, for: p, check: 'asOf > date("2016-01-01") || given(u)'}
        - {rule: of-nobody, for: p, when: given(n), check: "!given(u)"}

      """)
    try scratch.write(
      Self.table + "derived: [{name: is_open, type: boolean, value: \"!given(u)\"}]\n",
      to: "rules/p.yaml")
    try scratch.write("id,d,team\n1,2016-01-04,T\n", to: "extracts/p.csv")
    #expect(try validate(scratch).status == 1)
    #expect(try listed(scratch).map { $0["rule"] } == ["failing"])

    let summary = try String(contentsOfFile: scratch.path("OUT/summary.json"), encoding: .utf8)
    for (rule, columns) in [("one", "p.u"), ("two", "p.u, p.n"), ("derived", "p.u")] {
      let told = "\(rule): all that it asks about is in no file (\(columns)), and"
      #expect(summary.contains(told), "\(rule)")
    }
    for rule in ["with-more", "of-others", "failing", "of-nobody", "by-date"] {
      #expect(!summary.contains("\(rule): all that it asks about"), "\(rule)")
    }
  }
}
