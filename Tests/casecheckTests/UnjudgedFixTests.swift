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
