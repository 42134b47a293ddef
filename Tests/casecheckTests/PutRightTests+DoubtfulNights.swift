/// Nights in which it can no longer be told whether an exception still holds.
extension PutRightTests {
  private static let oneOpen =
    "rules: [{rule: r, for: plans, check: '!person.plans.exists(o, o.plan_id != plan_id && !has(o.ended_on))'}]"

  private static let noOld =
    "rules: [{rule: r, for: people, check: \"!plans.exists(p, p.person_id == person_id && p.started_on < date('2015-01-01'))\"}]"

  private static let caseload =
    "rules: [{rule: r, for: people, limit: {per: worker, value: count(), atMost: 4}}]"

  /// What cannot be read, or has no key, may hide what was found.
  static let doubtfulNights: [Nights] = [
    Nights(
      what: "one of two reasons that cannot be read any more, and the other mended", rules: noOld,
      rows: [
        ["plans": ["L1,P1,01/02/2014,,,y", "L2,P1,01/03/2014,,,y"] + done],
        ["plans": ["L1,P1,xx,,,y", "L2,P1,01/03/2014,,,y"] + done],
        ["plans": ["L1,P1,xx,,,y", "L2,P1,01/03/2016,,,y"] + done],
      ], says: "not judged: 1 exception of r"),
    Nights(
      what: "a doubt that follows another", rules: noOld,
      rows: [
        ["plans": ["L1,P1,01/02/2014,,,y"] + done], ["plans": ["L1,P1,xx,,,y"] + done],
        ["plans": ["L1,P9,01/02/2014,,,y"] + done],
      ], says: "not judged: 1 exception of r", others: 1),
    Nights(
      what: "a caseload of which one child's worker is nobody", rules: caseload,
      rows: [
        ["people": people + ["P9,West,W1"], "plans": done],
        ["people": people + ["P9,West,W7"], "plans": done],
      ], says: "not judged: 1 exception of r"),
    Nights(
      what: "what stood without its key for a night", rules: ended,
      rows: [
        ["plans": ["L1,P1,01/01/2016,,,y"] + done], ["plans": [",P1,01/01/2016,,,y"] + done],
        ["plans": ["L1,P1,01/01/2016,,,y"] + done.reversed()],
      ], says: "1 no longer looked at", others: 1),
    Nights(
      what: "a sibling record without its key", rules: oneOpen,
      rows: [
        ["plans": ["L1,P1,01/01/2016,,,y", "L2,P1,01/01/2016,,,y"] + done],
        ["plans": ["L1,P1,01/01/2016,,,y", ",P1,01/01/2016,,,y"] + done],
      ], says: "not judged: 2 exceptions of r"),
    Nights(
      what: "a sibling record with this one's key", rules: oneOpen,
      rows: [
        ["plans": ["L1,P1,01/01/2016,,,y", "L2,P1,01/01/2016,,,y"] + done],
        ["plans": ["L1,P1,01/01/2016,,,y", "L1,P1,01/01/2016,,,y"] + done],
      ], says: "not judged: 2 exceptions of r"),
    Nights(
      what: "a record that lost its key, under a number that no child has", rules: ended,
      rows: [
        ["people": people, "plans": east + done],
        ["people": people, "plans": [",P99,01/01/2016,,,y", "L2,P2,01/01/2016,,,y"] + done],
      ], says: "not judged: 1 exception of r"),
    Nights(
      what: "a key mistyped as another's, under a number that no child has", rules: ended,
      rows: [
        ["people": people, "plans": east + done],
        ["people": people, "plans": ["L7,P99,01/01/2016,,,y", "L2,P2,01/01/2016,,,y"] + done],
      ], says: "not judged: 1 exception of r"),
    Nights(
      what: "a child with a new number, and a value that went bad with it",
      rules:
        "rules: [{rule: r, for: plans, check: \"!coalesce(person.plans.exists(o, o.started_on < date('2015-01-01')), false)\"}]",
      rows: [
        ["people": people, "plans": ["L1,P1,01/01/2014,,,y", "L2,P1,01/01/2016,,,y"] + done],
        [
          "people": people.map { $0.replacing("P1,", with: "P91,") },
          "plans": ["L1,P91,xx,,,y", "L2,P91,01/01/2016,,,y"] + done,
        ],
      ], says: "not judged: 2 exceptions of r"),
    Nights(
      what: "a last visit that was taken out",
      rules:
        "rules: [{rule: r, for: people, repeat: {from: \"date('2016-01-01')\", every: 10 days, events: 'this.plans.map(p, p.started_on)'}}]",
      rows: [
        ["people": [people[0]], "plans": ["L1,P1,05/01/2016,,,y", "L2,P1,20/01/2016,,,y"]],
        ["people": [people[0]], "plans": ["L1,P1,05/01/2016,,,y", "L2,P1,,,,y"]],
      ], says: "1 no longer looked at"),
    Nights(
      what: "a mark that the marking record can no longer show",
      rules:
        "rules: [{rule: r, for: plans, when: has(replaces), check: replaced.ended_on <= started_on, marks: replaced}]",
      rows: [
        ["plans": ["L1,P1,01/01/2016,10/02/2016,,y", "L2,P1,05/02/2016,,L1,y"] + done],
        ["plans": ["L1,P1,01/01/2016,10/02/2016,,y", "L2,P1,,,L1,y"] + done],
      ], says: "not judged: 1 exception of r"),
  ]
}
