import Foundation
import TestSupport
import Testing

/// Nights in which a rule asks nothing any more, or less, or something else.
extension PutRightTests {
  static let ofSeen =
    "rules: [{rule: r, for: plans, when: seen == 'y', deadline: {from: started_on, within: 5 days, to: ended_on}}]"
  static func inCapitals(_ row: String) -> String { row.replacing(",y", with: ",Y") }

  /// What a rule no longer asks has not been done.
  static let silentNights: [Nights] = [
    Nights(
      what: "a code written otherwise, so that a rule asks nothing of any record",
      rules: ofSeen,
      rows: [
        ["plans": east + done],
        ["plans": (east + done).map(inCapitals)],
      ],
      says: "r: it asks nothing of any record of plans any more"),
    Nights(
      what: "a clock that starts with the first record of a table, which has left",
      rules:
        "rules: [{rule: r, for: people, when: team == 'East', repeat: {from: 'plans.map(p, p.started_on).min()', every: 5 days, events: '[]'}}]",
      rows: [
        ["plans": east + done],
        ["plans": (east + done).map { $0.replacing(#/0[15]/0[12]/2016/#, with: "28/02/2016") }],
      ],
      says: "4 no longer looked at"),
    Nights(
      what: "a rule of two records that falls silent", rules: ofSeen,
      rows: [["plans": east], ["plans": east.map(inCapitals)]],
      says: "r: 2 of the 2 exceptions that it had open are put right because", others: 2),
    Nights(
      what: "codes written otherwise, in a night with other rules", rules: ofSeen,
      rows: [["plans": east + done], ["plans": (east + done).map(inCapitals)]],
      says: "r: it asks nothing of any record of plans any more",
      then: ofSeen + "\n---\nrules: [{rule: s, for: plans, check: has(person_id)}]"),
    Nights(
      what: "codes written otherwise, of which one is put right", rules: ofSeen,
      rows: [
        ["plans": east + done], ["plans": (east + done).map(inCapitals)],
        ["plans": (east + done.dropLast()).map(inCapitals) + done.suffix(1)],
      ], says: "r: in an earlier run it asked nothing of any record of plans, and it still"),
    Nights(
      what: "codes written otherwise, accepted before any run has shown it", rules: ofSeen,
      rows: [["plans": east + done], ["plans": (east + done).map(inCapitals)]],
      says: "r: it asks nothing of any record of plans any more",
      options: ["--accept-shrink", "plans"], isRepeated: false),
    Nights(
      what: "codes written otherwise, accepted once shown", rules: ofSeen,
      rows: [
        ["plans": east + done], ["plans": (east + done).map(inCapitals)],
        ["plans": (east + done).map(inCapitals)],
      ], says: "\(east.count) no longer looked at", options: ["--accept-shrink", "plans"]),
    Nights(
      what: "a code written otherwise in most records",
      rules: ofSeen,
      rows: [
        ["plans": (21...28).map { "L\($0),P1,01/01/2016,,,y" } + done],
        ["plans": (21...28).map { "L\($0),P1,01/01/2016,,,\($0 < 27 ? "Y" : "y")" } + done],
      ], says: "r: 6 of the 8 exceptions that it had open are put right because", others: 6),
    Nights(
      what: "a code written otherwise, where nothing was open",
      rules: ofSeen,
      rows: [["plans": done], ["plans": done.map(inCapitals)]],
      says: "r: it asks nothing of any record any more"),
    Nights(
      what: "a rule without a `when` that falls silent, where nothing was open",
      rules:
        "rules: [{rule: r, for: plans, repeat: {from: started_on, until: ended_on, every: 60 days, events: '[]'}}]",
      rows: [
        ["plans": done.map { $0.replacing("05/02/2016", with: "") }], ["plans": done],
      ],
      says:
        "asked of many in the last run that had it. Look whether it is right that every row of plans ended before its first occasion was due."
    ),
    Nights(
      what: "a deadline that is asked again and again now", rules: ended,
      rows: [["plans": east + done], ["plans": east + done]], says: "2 no longer looked at",
      then:
        "rules: [{rule: r, for: plans, repeat: {from: started_on, until: ended_on, every: 5 days, events: 'person.plans.filter(p, has(p.ended_on)).map(p, p.ended_on)'}}]"
    ),
    Nights(
      what: "a rule that asks about another table now, one record of which it cannot judge",
      rules: "rules: [{rule: r, for: people, check: \"team != 'East'\"}]",
      rows: [["plans": done], ["plans": ["L1,P1,01/02/2016,,,y"] + done]],
      says: "4 no longer looked at",
      then: "rules: [{rule: r, for: plans, check: started_on < ended_on}]"),
    Nights(
      what: "the first record of a table gone, where a rule asks how far back that goes",
      rules:
        "rules: [{rule: r, for: plans, when: \"person_id == 'P1' && coalesce(plans.map(p, p.ended_on).min() <= started_on, false)\", check: seen == 'y'}]",
      rows: [
        ["plans": ["L1,P1,08/02/2016,,,n"] + done],
        [
          "plans": ["L1,P1,08/02/2016,,,n"]
            + done.map { $0.replacing("05/02/2016", with: "09/02/2016") }
        ],
      ], says: "1 no longer looked at"),
    Nights(
      what: "done too late, before the time that the rule looks back to",
      rules:
        "rules: [{rule: r, for: plans, lookBack: 1 months, deadline: {from: started_on, within: 5 days, to: ended_on}}]",
      rows: [
        ["plans": ["L1,P1,01/01/2016,,,y"] + done],
        ["plans": ["L1,P1,01/01/2016,20/01/2016,,y"] + done],
      ], says: "1 no longer looked at"),
    Nights(
      what: "a column that holds nothing any more, of which a rule asks whether anybody has it",
      rules:
        "rules: [{rule: r, for: plans, when: 'plans.exists(p, has(p.seen))', check: has(seen)}]",
      rows: [
        ["plans": ["L1,P1,01/02/2016,,,", "L2,P2,01/02/2016,,,y"]],
        ["plans": ["L1,P1,01/02/2016,,,", "L2,P2,01/02/2016,,,"]],
      ], says: "plans.seen: no row holds anything any more, and the exception that hangs on it"),
    Nights(
      what: "a duty that ended before it was done",
      rules:
        "rules: [{rule: r, for: plans, repeat: {from: started_on, until: ended_on, every: 10 days, events: '[]'}}]",
      rows: [
        ["plans": ["L1,P1,01/02/2016,,,y"]], ["plans": ["L1,P1,01/02/2016,20/02/2016,,y"]],
      ], says: "0 reopened, 1 never done"),
  ]

  @Test(
    "a rule that asks nothing any more is told, unless its time is over",
    arguments: [
      ("when: seen == 'y', check: has(person_id)", true),
      ("when: seen == 'y', active: {to: 2016-03-02}, check: has(person_id)", true),
      ("when: seen == 'y', active: {to: 2016-03-01}, check: has(person_id)", false),
      ("active: {to: 2016-03-01}, check: has(person_id)", false),
      (
        "when: seen == 'y', active: {to: 2016-03-01}, deadline: {from: started_on, within: 5 days, to: ended_on}",
        false
      ),
    ])
  func timeIsOver(_ rule: String, _ isTold: Bool) throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      Self.tables + "rules: [{rule: r, for: plans, \(rule)}]\n", to: "rules.yaml")
    var said = ""
    for (number, plans) in [Self.done, Self.done.map(Self.inCapitals)].enumerated() {
      let outcome = try run(scratch, night: number, Self.extracts(["plans": plans]))
      #expect(outcome.status == 0, "\(outcome.errors)")
      said = outcome.output.replacing("\n    ", with: " ")
    }
    #expect(said.contains("r: it asks nothing of any record any more") == isTold, "\(said)")
  }
}
