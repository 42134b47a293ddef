import Foundation
import TestSupport
import Testing

/// What is no longer listed because time has passed, and what because somebody has acted.
extension JobTests {
  struct Passing: CustomTestStringConvertible, Sendable {
    var name: String
    var rule: String
    /// The cells of the record that is listed as of 30 January 2016.
    var cells: String
    /// The cells of the same record as of 6 February; nil where they are unchanged.
    var later: String?
    var events = ""
    var laterEvents: String?
    var isPutRight: Bool

    var testDescription: String { name }
  }

  private static let children = """
    table: children
    files: ["children*.csv"]
    primaryKey: id
    fields:
      - {name: id, headings: [Child ID], type: string}
      - {name: born, headings: [Born], type: date}
      - {name: returned, headings: [Returned], type: date, constraints: {maximum: asOf}}
      - {name: spoken_to, headings: [Spoken To], type: date}
      - {name: kind, headings: [Kind], type: string}
      - {name: other_kind, type: string, codes: kinds}
    derived:
      - {name: of_age_on, type: date, value: "born + years(18)"}
      - {name: is_minor, type: boolean, value: "of_age_on > asOf"}
      - {name: met_on, type: date, value: spoken_to}
      - {name: is_closed, type: boolean, value: "coalesce(spoken_to <= asOf, false)"}
    ---
    table: events
    files: ["events*.csv"]
    primaryKey: event_id
    fields:
      - {name: event_id, headings: [Event ID], type: string}
      - {name: id, headings: [Child ID], type: string}
      - {name: happened, headings: [Happened], type: date}
    foreignKeys:
      - {fields: id, reference: {table: children, fields: id}, as: child}
    ---
    parameters: {year_ago: asOf - years(1)}
    ---
    codes: kinds
    file: kinds.csv
    ---

    """

  static let interview =
    "deadline: {from: returned, within: 3 days, to: spoken_to}"

  static let passings: [Passing] = [
    Passing(
      name: "a birthday", rule: "when: is_minor\n    \(interview)",
      cells: "02/02/1998,04/01/2016,,NEW", isPutRight: false),
    Passing(
      name: "a birthday of one who could not be judged",
      rule: "when: is_minor && spoken_to > returned\n    check: 'false'",
      cells: "02/02/1998,04/01/2016,,NEW", isPutRight: false),
    Passing(
      name: "a corrected date of birth", rule: "when: is_minor\n    \(interview)",
      cells: "02/02/1998,04/01/2016,,NEW", later: "02/02/1996,04/01/2016,,NEW", isPutRight: true),
    Passing(
      name: "entered since, and a birthday", rule: "when: ageOn(born, asOf) < 18\n    \(interview)",
      cells: "02/02/1998,25/01/2016,,NEW", later: "02/02/1998,25/01/2016,27/01/2016,NEW",
      isPutRight: true),
    Passing(
      name: "a day worked out that has passed", rule: "when: of_age_on > asOf\n    \(interview)",
      cells: "02/02/1998,04/01/2016,,NEW", isPutRight: false),
    Passing(
      name: "a day worked out that has passed, asked the other way round",
      rule: "when: asOf < of_age_on\n    \(interview)", cells: "02/02/1998,04/01/2016,,NEW",
      isPutRight: false),
    Passing(
      name: "a day worked out that was corrected",
      rule: "when: of_age_on > asOf\n    \(interview)", cells: "02/02/1998,04/01/2016,,NEW",
      later: "02/02/1996,04/01/2016,,NEW", isPutRight: true),
    Passing(
      name: "a recorded day under another name that has come",
      rule: "when: '!coalesce(met_on <= asOf, false)'\n    check: 'false'",
      cells: "02/02/2010,04/01/2016,03/02/2016,NEW", isPutRight: true),
    Passing(
      name: "a year that has passed", rule: "when: returned > year_ago\n    \(interview)",
      cells: "02/02/2010,03/02/2015,,NEW", isPutRight: false),
    Passing(
      name: "a code that has ended", rule: "when: kind in codes.kinds\n    \(interview)",
      cells: "02/02/2010,04/01/2016,,OLD", isPutRight: false),
    Passing(
      name: "closed since", rule: "when: '!is_closed'\n    check: 'false'",
      cells: "02/02/2010,04/01/2016,,NEW", later: "02/02/2010,04/01/2016,03/02/2016,NEW",
      isPutRight: true),
    Passing(
      name: "an end to come that has come", rule: "when: '!is_closed'\n    check: 'false'",
      cells: "02/02/2010,04/01/2016,03/02/2016,NEW", isPutRight: true),
    Passing(
      name: "an event since, in a window up to today",
      rule: "check: this.events.exists(e, e.happened > asOf - weeks(6) && e.happened <= asOf)",
      cells: "02/02/2010,04/01/2016,,NEW", laterEvents: "E1,1,03/02/2016\n", isPutRight: true),
    Passing(
      name: "an event that has left its window",
      rule: "check: '!this.events.exists(e, e.happened > asOf - weeks(6))'",
      cells: "02/02/2010,04/01/2016,,NEW", events: "E1,1,21/12/2015\n", isPutRight: false),
    Passing(
      name: "an event that was taken out of its window",
      rule: "check: '!this.events.exists(e, e.happened > asOf - weeks(6))'",
      cells: "02/02/2010,04/01/2016,,NEW", events: "E1,1,21/12/2015\n",
      laterEvents: "E1,1,21/11/2015\n", isPutRight: true),
    Passing(
      name: "a marked record that has left its window",
      rule:
        "check: '!this.events.exists(e, e.happened > year_ago)'\n    marks: 'this.events.filter(e, e.happened > year_ago)'",
      cells: "02/02/2010,04/01/2016,,NEW", events: "E1,1,03/02/2015\n", isPutRight: false),
    Passing(
      name: "visits that fell due while a child was a minor",
      rule: """
        when: is_minor
            repeat: {from: returned, events: 'this.events.map(e, e.happened)', every: 2 weeks}
        """,
      cells: "02/02/1998,04/01/2016,,NEW", events: "E1,1,10/01/2016\n", isPutRight: false),
  ]

  /// Runs a job with a rule twice, a week apart, and returns what the second run says.
  private func nextWeek(
    _ rule: String, _ cells: [String], _ events: [String], _ table: String = "children"
  ) throws -> String {
    let scratch = try job()
    try scratch.write(
      Self.children + "rules:\n  - rule: passing\n    for: \(table)\n    \(rule)\n",
      to: "rules/more.yaml")
    try scratch.write("code,label,from,to\nOLD,Old,,2016-01-31\nNEW,New,,\n", to: "rules/kinds.csv")
    for (place, asOf) in ["2016-01-30", "2016-02-06"].enumerated() {
      try scratch.write(
        "Child ID,Born,Returned,Spoken To,Kind\n1,\(cells[place])\n",
        to: "extracts/children.csv")
      try scratch.write(
        "Event ID,Child ID,Happened\n\(events[place])E9,1,01/02/2012\n", to: "extracts/events.csv")
      let outcome = try run(scratch, asOf, "--accept-shrink", "events")
      try #require([0, 1].contains(outcome.status), "\(outcome.errors)")
      let listed = try rows(scratch, "lists/\(asOf)/exceptions.csv").filter {
        $0["rule"] == "passing"
      }
      #expect(listed.count == 1 - place, "\(asOf) \(outcome.output) \(outcome.errors)")
      if place == 1 { return outcome.output }
    }
    return ""
  }

  @Test("what time alone has ended is not put right, what somebody did is", arguments: passings)
  func passing(_ passing: Passing) throws {
    let said = try nextWeek(
      passing.rule, [passing.cells, passing.later ?? passing.cells],
      [passing.events, passing.laterEvents ?? passing.events])
    #expect(said.contains(passing.isPutRight ? "1 put right" : "0 put right"), "\(said)")
    #expect(said.contains("1 no longer looked at") != passing.isPutRight, "\(said)")
  }

  @Test("a group whose rows have left the window of a limit is not put right", arguments: [1, 2])
  func passingGroup(_ left: Int) throws {
    let before = "E1,1,03/02/2015\nE2,1,04/02/2015\nE3,1,01/01/2016\n"
    let rule = "when: happened > year_ago\n    limit: {per: id, value: count(), atMost: \(left)}"
    let said = try nextWeek(
      rule, Array(repeating: "02/02/2010,,,NEW", count: 2), [before, before], "events")
    #expect(said.contains("0 put right"), "\(said)")
    let taken = try nextWeek(
      rule, Array(repeating: "02/02/2010,,,NEW", count: 2), [before, "E3,1,01/01/2016\n"], "events")
    // Whoever accepts that rows are gone does not say that what they showed is put right.
    #expect(taken.contains("0 put right") && taken.contains("1 no longer looked at"), "\(taken)")
  }

  @Test(
    "a date to come that has come is not put right, one that was corrected is",
    arguments: [
      ("03/02/2016", "03/02/2016", false), ("03/02/2016", "04/02/2016", true),
      ("03/02/2016", "03/01/2016", true),
      // An export that writes the same day in another way corrects nothing.
      ("03/02/2016", "2016-02-03", false), ("2016-02-03", "03/02/2016", false),
      ("03/02/2016", "3/2/2016", false), ("3/2/2016", "03/02/2016", false),
      ("03/02/2016", " 03/02/2016", false), (" 03/02/2016", "03/02/2016", false),
      ("03/02/2016", "2016-02-04", true), ("02/03/2016", "2016-02-03", true),
    ])
  func dateToCome(_ row: (first: String, later: String, isPutRight: Bool)) throws {
    let scratch = try job()
    try scratch.write(Self.children, to: "rules/more.yaml")
    try scratch.write("code,label\nNEW,New\n", to: "rules/kinds.csv")
    try scratch.write("Event ID,Child ID,Happened\nE1,1,01/02/2012\n", to: "extracts/events.csv")
    for (asOf, returned) in [("2016-01-30", row.first), ("2016-02-06", row.later)] {
      try scratch.write(
        "Child ID,Born,Returned,Spoken To,Kind\n1,,\(returned),,\n", to: "extracts/children.csv")
      let outcome = try run(scratch, asOf)
      try #require(outcome.status == 1, "\(outcome.errors)")
      let listed = try rows(scratch, "lists/\(asOf)/exceptions.csv").filter {
        $0["rule"] == "children.returned.maximum"
      }
      #expect(listed.count == (asOf == "2016-01-30" ? 1 : 0))
      guard asOf == "2016-02-06" else { continue }
      let said = outcome.output
      #expect(said.contains(row.isPutRight ? "1 put right" : "0 put right"), "\(said)")
      #expect(said.contains("1 no longer looked at") != row.isPutRight, "\(said)")
    }
  }
}
