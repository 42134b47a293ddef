import Foundation
import TestSupport
import Testing

/// Where `casecheck case` says that the dates of a verdict come from.
@Suite("Origins of dates in a case file")
struct CaseOriginTests {
  /// The reasons of the verdicts on child 1 and on what the rules mark, by a rule file.
  private func reasons(_ rules: String, visits: String) throws -> [String] {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: families
      files: [families.csv]
      primaryKey: family
      fields: [{name: family}]
      ---
      table: children
      files: [children.csv]
      primaryKey: id
      person: id
      fields: [{name: id}, {name: family}, {name: begun, type: date}]
      foreignKeys: [{fields: family, reference: {table: families, fields: family}, as: household}]
      derived: [{name: start, type: date, value: begun}]
      ---
      table: visits
      files: [visits.csv]
      primaryKey: v
      person: id
      fields: [{name: v}, {name: id}, {name: family}, {name: kind}, {name: seen, type: date}]
      foreignKeys:
        - {fields: id, reference: {table: children, fields: id}, as: child}
        - {fields: family, reference: {table: families, fields: family}, as: household}
      ---
      rules:
        - \(rules)
      """, to: "rules/all.yaml")
    try scratch.write("family\nF\n", to: "in/families.csv")
    try scratch.write("id,family,begun\n1,F,01/01/2016\n2,F,05/02/2016\n", to: "in/children.csv")
    try scratch.write("v,id,family,kind,seen\n" + visits, to: "in/visits.csv")
    let outcome = try BuiltProgram().run([
      "case", "1", scratch.path("in"), "--rules", scratch.path("rules"), "--as-of", "2016-03-01",
      "--format", "json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let found = try #require(json["findings"] as? [[String: Any]])
    return found.filter { $0["rule"] as? String == "tried" }
      .flatMap { $0["reasons"] as? [String] ?? [] }
  }

  @Test(
    "a date comes from the records that the rule's list holds, and from no other of its day",
    arguments: [
      "household.visits.filter(x, x.kind == \"H\").map(x, x.seen).min()",
      "coalesce(household.visits.filter(x, x.kind == \"H\").minBy(x, x.seen).seen, begun)",
      "this.visits.exists(x, x.kind == \"H\") ? begun : household.visits.filter(x, x.kind == \"H\").first().seen",
    ])
  func filtered(_ end: String) throws {
    let said = try reasons(
      "{rule: tried, for: children, deadline: {from: start, within: 30 days, to: '\(end)'}}",
      visits: "1,1,F,X,20/01/2016\n2,2,F,H,20/01/2016\n")
    #expect(
      said.first
        == "The clock started on 2016-01-01; that day is day 0. That is begun of children 1 (children.csv:2)."
    )
    #expect(
      said.last
        == "It was done on 2016-01-20, in time. That is seen of visits 2 (visits.csv:3).", "\(said)"
    )
  }

  @Test("where a date was looked for in a whole table, no record of another child is named")
  func wholeTable() throws {
    let end = "visits.filter(x, x.family == family && x.kind == \"H\").map(x, x.seen).min()"
    let said = try reasons(
      "{rule: tried, for: children, deadline: {from: start, within: 30 days, to: '\(end)'}}",
      visits: "2,2,F,H,20/01/2016\n")
    #expect(
      said.last
        == "It was done on 2016-01-20, in time. That is worked out: family of children 1 (children.csv:2) is F.",
      "\(said)")
  }

  @Test("the start of a period is a date of one of the records joined in it")
  func periods() throws {
    let said = try reasons(
      "{rule: tried, for: children, deadline: {from: begun, within: 30 days, to: 'household.visits.filter(x, x.kind == \"H\").spans(x, x.seen, x.seen).map(p, p.start).min()'}}",
      visits: "1,1,F,X,20/01/2016\n2,2,F,H,20/01/2016\n3,2,F,H,25/01/2016\n")
    #expect(
      said.last
        == "It was done on 2016-01-20, in time. The date stands in seen of visits 2 (visits.csv:3).",
      "\(said)")
  }

  @Test("a date that is worked out is not said to stand where its day stands by chance")
  func byChance() throws {
    let said = try reasons(
      "{rule: tried, for: children, deadline: {due: 'begun + days(household.visits.size() + 17)'}}",
      visits: "1,1,F,X,20/01/2016\n2,2,F,H,20/01/2016\n")
    #expect(
      said.first
        == "It was due on 2016-01-20, that day included. That is worked out: begun of children 1 (children.csv:2) is 01/01/2016.",
      "\(said)")
  }

  @Test(
    "a rule that lists nothing is not said to list what it marks",
    arguments: [("correction", 1), ("none", 0)])
  func marked(_ list: String, _ count: Int) throws {
    let said = try reasons(
      "{rule: tried, for: children, check: '!this.visits.exists(x, x.kind == \"X\")', marks: this.visits, list: \(list)}",
      visits: "1,1,F,X,20/01/2016\n")
    #expect(said.count { $0.hasPrefix("The rule lists it") } == count, "\(said)")
  }
}
