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
      ("tried: {A: [met, failed]}", "should find `A` met and failed, but it is failed and met"),
      ("tried: {A: failed}", "should find `A` failed, but it is failed and met"),
      ("tried: {A: [failed, met, met]}", "but it is failed and met"),
      ("tried: {A: [failed, gone]}", "`gone` is not a verdict"),
    ])
  func several(_ expect: String, _ said: String?) async throws {
    let found = try await failures("{id: A, size: 1}, {id: A, size: 5}", expect)
    #expect(found.count == (said == nil ? 0 : 1))
    if let said { #expect(found.first?.contains(said) == true, "\(found)") }
  }

  @Test("a test may expect something of each of 60,000 records", .timeLimit(.minutes(1)))
  func manyRecords() async throws {
    let numbers = 1...60_000
    let rows = numbers.map { "{id: A\($0), size: \($0 % 2 * 4)}" }.joined(separator: ", ")
    // Of the last, something else is found.
    let verdicts = numbers.map { "A\($0): \($0 % 2 == 0 && $0 < 60_000 ? "failed" : "met")" }
    let found = try await failures(rows, "tried: {\(verdicts.joined(separator: ", "))}")
    #expect(found == ["t: tried should find `A60000` met, but it is failed"])
  }

  @Test("a value that cannot be read is named where a verdict does not come")
  func unreadable() async throws {
    let said = try await failures(
      "{id: A, started: 1/13/2016, size: x}", "tried: {A: met}, again: {A#1: met}")
    let start =
      "started \"1/13/2016\" cannot be read as a date: it looks like a US date, month first (13 January 2016); write it as dd/mm/yyyy or yyyy-mm-dd"
    let size =
      "size \"x\" cannot be read as a whole number; write it as digits alone, such as 1234"
    #expect(
      said == [
        "t: tried should find `A` met, but it is cannot-judge. " + size,
        "t: again should find `A#1` met, but `A` cannot be judged. " + start,
      ])
  }

  @Test("a value that the rule does not read is no reason, one that a derived column reads is")
  func unread() async throws {
    let said = try await RuleBench().failures(
      of: """
        table: calls
        files: ["calls*.csv"]
        primaryKey: id
        fields:
          - {name: id}
          - {name: day, type: date}
          - {name: size, type: integer}
          - {name: weight, type: number}
        derived:
          - {name: twice, type: integer, value: size * 2}
        rules:
          - {rule: tried, for: calls, check: twice < 6}
        tests:
          - {test: t, asOf: 2016-02-01, given: {calls: [{id: A, day: 32/01/2016, size: 5}, {id: B, size: x}]}, expect: {tried: {A: met, B: met}}}
          - {test: u, asOf: 2016-02-01, given: {calls: [{id: A, day: 32/01/2016, size: 5}]}, expect: {tried: {A: met}, calls.day.type: {A: met}}}
        """)
    #expect(said.count == 4, "\(said)")
    // What cannot be read of B is no reason for what is found of A.
    #expect(said.first == "t: tried should find `A` met, but it is failed")
    #expect(
      said.dropFirst().first
        == "t: tried should find `B` met, but it is cannot-judge. size \"x\" cannot be read as a whole number; write it as digits alone, such as 1234"
    )
    #expect(said.dropFirst(2).first == "u: tried should find `A` met, but it is failed")
    #expect(said.last?.contains("day \"32/01/2016\" cannot be read") == true)
  }

  @Test("an end that cannot be read is no missing end, by the name of a derived column either")
  func derivedEnds() async throws {
    let said = try await RuleBench().failures(
      of: """
        table: calls
        files: ["calls*.csv"]
        primaryKey: id
        fields:
          - {name: id}
          - {name: begun, type: date}
          - {name: done, type: date}
        derived:
          - {name: done_on, type: date, value: done}
          - {name: closed_on, type: date, value: done_on}
        rules:
          - {rule: once, for: calls, deadline: {from: begun, within: 3 days, to: done_on}}
          - {rule: twice, for: calls, deadline: {from: begun, within: 3 days, to: closed_on}}
          - {rule: again, for: calls, repeat: {from: begun, until: closed_on, events: '[begun]', every: 3 days}}
        tests:
          - test: t
            asOf: 2016-02-01
            given: {calls: [{id: A, begun: 2016-01-04, done: soon}, {id: B, begun: 2016-01-04}]}
            expect:
              once: {A: cannot-judge, B: overdue}
              twice: {A: cannot-judge, B: overdue}
              again: {A: cannot-judge}
        """)
    #expect(said.isEmpty, "\(said)")
  }

  @Test("a verdict is of the record that is judged, and of none that it marks")
  func marked() async throws {
    let said = try await RuleBench().failures(
      of: """
        rules:
          - {rule: tried, for: duties, check: this.events.size() < 1, marks: this.events}
        tests:
          - {test: t, asOf: 2016-02-01, given: {duties: [{id: A}], events: [{event_id: Event 7, duty_id: A}]}, expect: {tried: {Event 7: failed}}}
        """)
    #expect(
      said == [
        "t: tried is to find `Event 7` failed, and no given record is called `Event 7`. `Event 7` is a record of events, "
          + "and the rule judges duties: expect a verdict of the record that is judged, not of one that it reads or marks"
      ])
  }

  @Test(
    "of a record that is not given, the nearest is named or, where they are few, all that are",
    arguments: [
      ("{id: '1'}, {id: '2'}, {id: '3'}", "'9'", "`9`. Given are `1`, `2` and `3`"),
      ("{id: '1'}", "'9'", "`9`. Given is `1`"), ("", "'9'", "`9`"),
      ("{id: A1}, {id: B}", "A11", "`A11`. Did you mean `A1`?"),
      ("{id: Ann}, {id: Ben}", "xyz", "`xyz`. Given are `Ann` and `Ben`"),
      ((1...7).map { "{id: P\($0)00}" }.joined(separator: ", "), "xyz", "`xyz`"),
    ] as [(String, String, String)])
  func notGiven(_ given: String, _ record: String, _ said: String) async throws {
    let found = try await failures(given, "tried: {\(record): met}")
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix("no given record is called " + said) == true, "\(found)")
  }

  @Test("a parameter that is a list may be set to the empty list")
  func emptyList() async throws {
    let said = try await RuleBench().failures(
      of: """
        parameters: {notes: '["A", "B"]'}
        rules:
          - {rule: tried, for: duties, check: '!(note in notes)'}
        tests:
          - {test: t, asOf: 2016-02-01, given: {duties: [{id: X, note: A}]}, expect: {tried: {X: failed}}}
          - {test: u, asOf: 2016-02-01, set: {notes: '[]'}, given: {duties: [{id: X, note: A}]}, expect: {tried: {X: met}}}
        """)
    #expect(said.isEmpty, "\(said)")
  }

  @Test(
    "that a limit does not judge a group shows nothing where no given row is of that group",
    arguments: [
      ("duties: []", "W1: not-judged", "no given row is of a group `W1`"),
      ("duties: [{id: A, note: W2}]", "W1: not-judged", "of a group `W1`. Did you mean `W2`?"),
      ("duties: [{id: A, note: W1}]", "W1: met", nil),
      ("duties: [{id: A, note: W1, open: 'false'}]", "W1: not-judged", nil),
      ("duties: [{id: A, note: W1, open: 'false'}]", "A: not-judged", nil),
    ])
  func groups(_ given: String, _ expect: String, _ said: String?) async throws {
    let found = try await RuleBench().failures(
      of: """
        rules:
          - {rule: tried, for: duties, when: 'coalesce(open, true)', limit: {per: note, value: count(), atMost: 2}}
        tests:
          - {test: t, asOf: 2016-02-01, given: {\(given)}, expect: {tried: {\(expect)}}}
        """)
    #expect(found.count == (said == nil ? 0 : 1), "\(found)")
    if let said { #expect(found.first?.contains(said) == true, "\(found)") }
  }
}
