import Testing

/// What the rules' own tests can expect, and what is said when it does not happen.
@Suite("Tests of rules")
struct RuleTestTests {
  private func failures(_ given: String, _ expect: String) async throws -> [String] {
    try await RuleBench().failures(
      of: """
        rules:
          - {rule: tried, for: duties, check: size > 3}
          - {rule: again, for: duties, repeat: {from: started, every: 5 days, events: 'events.map(e, e.happened)'}}
        tests:
          - {test: t, asOf: 2016-02-01, given: {duties: [\(given)]}, expect: {\(expect)}}
        """)
  }

  @Test(
    "several records of one key are expected one by one, in their order",
    arguments: [
      ("duties.key: {A: [met, failed]}", nil),
      ("tried: {A: [failed, met]}", nil),
      ("tried: {A: [met, failed]}", "should find A met and failed, but it is failed and met"),
      ("tried: {A: failed}", "should find A failed, but it is failed and met"),
      ("tried: {A: [failed, met, met]}", "but it is failed and met"),
      ("tried: {A: [failed, gone]}", "`gone` is not a verdict"),
    ])
  func several(_ expect: String, _ said: String?) async throws {
    let found = try await failures("{id: A, size: 1}, {id: A, size: 5}", expect)
    #expect(found.count == (said == nil ? 0 : 1))
    if let said { #expect(found.first?.contains(said) == true, "\(found)") }
  }

  @Test("a value that cannot be read is named where a verdict does not come")
  func unreadable() async throws {
    let said = try await failures(
      "{id: A, started: 1/13/2016, size: x}", "tried: {A: met}, again: {A#1: met}")
    let values =
      "started \"1/13/2016\" cannot be read as a date: it looks like a US date, month first (13 January 2016); write it as dd/mm/yyyy or yyyy-mm-dd. size \"x\" cannot be read as a whole number; write it as digits alone, such as 1234"
    #expect(
      said == [
        "t: tried should find A met, but it is cannot-judge. " + values,
        "t: again should find A#1 met, but A cannot be judged. " + values,
      ])
  }
}
