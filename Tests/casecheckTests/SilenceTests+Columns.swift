import Foundation
import TestSupport
import Testing

extension SilenceTests {
  @Test("a check is not met for want of all the columns that it asks about")
  func columnsOfACheck() throws {
    let scratch = try scratch(
      """
        - {rule: one, for: p, check: "!given(u)"}
        - {rule: two, for: p, check: given(u) == given(n)}
        - {rule: derived, for: p, when: d < asOf, check: is_open}
        - {rule: with-more, for: p, check: "!given(u) || !given(d)"}
        - {rule: of-others, for: p, check: "!given(u) && p.size() == 1"}
        - {rule: failing, for: p, check: given(u)}
        - {rule: of-nobody, for: p, when: given(n), check: "!given(u)"}

      """)
    try scratch.write(
      Self.table + "derived: [{name: is_open, type: boolean, value: \"!given(u)\"}]\n",
      to: "rules/p.yaml")
    try scratch.write("id,d,team\n1,2016-01-04,T\n", to: "extracts/p.csv")
    #expect(try validate(scratch).status == 1)
    #expect(try listed(scratch).map { $0["rule"] } == ["failing"])

    let measures = csvRows(
      try String(contentsOfFile: scratch.path("OUT/measures.csv"), encoding: .utf8))
    func met(_ rule: String) -> String? {
      measures.first { $0["rule"] == rule && $0["team"] == "(all)" }?["met"]
    }
    for rule in ["one", "two", "derived", "failing", "of-nobody"] { #expect(met(rule) == "0") }
    for rule in ["with-more", "of-others"] { #expect(met(rule) == "1") }

    let summary = try String(contentsOfFile: scratch.path("OUT/summary.json"), encoding: .utf8)
    for why in [
      "no file has a heading of p.u", "no file has a heading of p.n, p.u",
      "no row of p meets its `when`",
    ] {
      #expect(summary.contains("\"why\": \"\(why)\""))
    }
  }
}
