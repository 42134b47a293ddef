import Foundation
import TestSupport
import Testing

/// How to put right what a rule could not judge.
@Suite("Fixes of what cannot be judged")
struct UnjudgedFixTests {
  private static let rules = """
    table: v
    title: Visits
    files: [v*.csv]
    primaryKey: id
    fields:
      - {name: id}
      - {name: offered, headings: [RHI Offered], type: boolean}
      - {name: kind, headings: [Kind of Visit], constraints: {enum: [Home, School]}}
      - {name: ended_on, headings: [End Date], type: date}
      - {name: n, type: integer}
    ---
    table: w
    files: [w.csv]
    primaryKey: id
    fields: [{name: id}, {name: visit}]
    foreignKeys: [{fields: visit, reference: {table: v, fields: id}, as: v}]
    ---
    rules:
      - {rule: boolean, for: v, check: offered}
      - {rule: one-of, for: v, check: kind != "Home"}
      - {rule: day, for: v, check: ended_on < asOf}
      - {rule: own-name, for: v, check: n > 0}
      - {rule: elsewhere, for: w, check: v.ended_on < asOf}

    """

  @Test(
    "they name the heading of the export, and the values that may stand there where they are few")
  func headings() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.rules, to: "rules/all.yaml")
    try scratch.write("id,RHI Offered,Kind of Visit,End Date,n\n1,,,,\n", to: "in/v.csv")
    try scratch.write("id,visit\n7,1\n", to: "in/w.csv")
    let outcome = try BuiltProgram().run(
      [
        "validate", scratch.path("in"), "--rules", scratch.path("rules"), "--as-of", "2016-03-01",
        "--out", scratch.path("OUT"),
      ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    let list = try String(contentsOfFile: scratch.path("OUT/exceptions.csv"), encoding: .utf8)
    let fixes = csvRows(list).map { "\($0["rule"] ?? ""): \($0["fix"] ?? "")" }
    #expect(
      Set(fixes) == [
        "boolean: Record \"RHI Offered\": Yes or No.",
        "one-of: Record \"Kind of Visit\": \"Home\" or \"School\".",
        "day: Record \"End Date\".", "own-name: Record n.",
        "elsewhere: Record \"End Date\" in Visits.",
      ])
  }

  @Test(
    "an end before the start is sought in the records it comes from, and never blamed on the start")
  func endsElsewhere() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: k
      files: [k.csv]
      primaryKey: id
      fields: [{name: id}, {name: a, type: date}, {name: b, type: date}]
      derived: [{name: seen, type: date, value: "this.e.filter(x, x.on < a).map(x, x.on).first()"}]
      ---
      table: e
      files: [e.csv]
      primaryKey: no
      fields: [{name: no}, {name: id}, {name: on, type: date}]
      foreignKeys: [{fields: id, reference: {table: k, fields: id}, as: k}]
      ---
      rules:
        - {rule: least, for: k, deadline: {from: a, within: 9 days, to: "this.e.map(x, x.on).min()"}}
        - {rule: last, for: k, deadline: {from: a, within: 9 days, to: "coalesce(b, this.e.map(x, x.on).last())"}}
        - {rule: derived, for: k, deadline: {from: a, within: 9 days, to: seen}}
        - {rule: duty, for: k, repeat: {from: a, every: 9 days, events: "[]", until: "this.e.map(x, x.on).max()"}}
        - {rule: sum, for: k, deadline: {from: a, within: 9 days, to: "this.e.map(x, x.on - days(1)).min()"}}
        - {rule: own, for: k, deadline: {from: a, within: 9 days, to: "min(a - days(1), asOf)"}}

      """, to: "rules/all.yaml")
    try scratch.write("id,a,b\n1,05/02/2016,\n", to: "in/k.csv")
    try scratch.write("no,id,on\nE1,1,03/02/2016\nE2,1,01/02/2016\n", to: "in/e.csv")
    let outcome = try BuiltProgram().run(
      [
        "validate", scratch.path("in"), "--rules", scratch.path("rules"), "--as-of", "2016-03-01",
        "--out", scratch.path("OUT"),
      ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    let list = try String(contentsOfFile: scratch.path("OUT/exceptions.csv"), encoding: .utf8)
    let rows = csvRows(list)
    let found = Dictionary(
      rows.map { ($0["rule"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    #expect(found.count == 6)
    for (rule, record) in [
      ("least", "E2 (e.csv:3)"), ("last", "E2 (e.csv:3)"), ("derived", "E1 (e.csv:2)"),
      ("duty", "E1 (e.csv:2)"),
    ] {
      #expect(found[rule]?["field"] == "e.on")
      #expect(found[rule]?["message"]?.hasSuffix("it began (e.on). It is e \(record).") == true)
      #expect(found[rule]?["fix"] == "Correct on in e, or the date on which it began.")
    }
    for (rule, day) in [("sum", "2016-01-31"), ("own", "2016-02-04")] {
      #expect(
        found[rule]?["message"]
          == "\(rule): this cannot be judged, because it ended before it began (ended \(day), began 2016-02-05)."
      )
      #expect(
        found[rule]?["fix"] == "Correct the date on which it ended, or the date on which it began.")
      #expect(found[rule]?["from"] == "")
    }
  }

  @Test("fixes of keys and references name the heading of the record's own file, too")
  func keys() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: p
      title: Children
      files: [p.csv]
      primaryKey: id
      fields: [{name: id, headings: [Client Ref], constraints: {unique: true}}]
      ---
      table: v
      files: ["v*.csv"]
      primaryKey: [no, on]
      fields:
        - {name: no, headings: [Visit No]}
        - {name: on, headings: [Visit Date]}
        - {name: child, headings: [Client Ref, Child No]}
        - {name: slip, headings: [Slip No], constraints: {unique: true}}
      foreignKeys: [{fields: child, reference: {table: p, fields: id}, as: p}]

      """, to: "rules/all.yaml")
    try scratch.write("Client Ref\n1\n", to: "in/p.csv")
    try scratch.write(
      "Visit No,Visit Date,Client Ref,Slip No\nA,,7,S1\nB,1,1,S1\n", to: "in/v1.csv")
    try scratch.write("no,on,Child No,slip\nC,2,8,\n,3,1,\n", to: "in/v2.csv")
    let outcome = try BuiltProgram().run(
      [
        "validate", scratch.path("in"), "--rules", scratch.path("rules"), "--as-of", "2016-03-01",
        "--out", scratch.path("OUT"),
      ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    let list = try String(contentsOfFile: scratch.path("OUT/exceptions.csv"), encoding: .utf8)
    let fixes = csvRows(list).map { "\($0["rule"] ?? ""): \($0["fix"] ?? "")" }
    let why = "or find out why the record it names is not in the extract of p."
    #expect(
      Set(fixes) == [
        "v.key: Record \"Visit No\" and \"Visit Date\", or export it.",
        "v.key: Record no and on, or export it.",
        "v.child.reference: Correct \"Client Ref\", \(why)",
        "v.child.reference: Correct \"Child No\", \(why)",
        "v.slip.unique: Correct \"Slip No\" of whichever record is wrong; only where both are one child or thing, merge them.",
      ], "\(fixes)")
  }
}
