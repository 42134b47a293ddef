import Foundation
import TestSupport
import Testing

/// `casecheck case --rule`.
@Suite("Case file of one rule")
struct CaseOfOneRuleTests {
  private func outcome(_ rule: String, _ more: [String] = []) throws -> BuiltProgram.Outcome {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: plans
      title: Plans
      files: ["plans.csv"]
      primaryKey: id
      person: child
      fields:
        - {name: id, headings: [id], type: string}
        - {name: child, headings: [child], type: string}
        - {name: started_on, headings: [started_on], type: date}
        - {name: ended_on, headings: [ended_on], type: date}
      ---
      table: visits
      files: ["visits.csv"]
      primaryKey: id
      person: child
      fields:
        - {name: id, headings: [id], type: string}
        - {name: child, headings: [child], type: string}
        - {name: seen_on, headings: [seen_on], type: date}
      ---
      rules:
        - rule: visit-dated
          for: visits
          check: has(seen_on)
        - rule: few-visits
          for: visits
          limit: {value: count(), atMost: 2}
        - rule: few-plans
          for: plans
          when: "!has(ended_on)"
          limit: {value: count(), atMost: 2}
        - rule: plan-renewed
          for: plans
          repeat:
            from: started_on
            until: ended_on
            events: "[date('2014-01-01')]"
            every: 2 months
        - rule: plan-reviewed
          title: Open plans are reviewed
          for: plans
          when: "!has(ended_on)"
          deadline: {from: started_on, within: 10 days, to: ended_on}
        - rule: plan-ended
          title: Plans end in time
          for: plans
          lookBack: 6 months
          deadline: {from: started_on, within: 10 days, to: ended_on}
        - rule: plan-of-old
          title: Plans of old
          for: plans
          when: "started_on < date('2010-01-01')"
          check: has(ended_on)
      """, to: "rules/plans.yaml")
    try scratch.write(
      "id,child,started_on,ended_on\nA1,P1,2016-01-04,\nA2,P1,2015-01-05,2015-02-05\n",
      to: "in/plans.csv")
    try scratch.write("id,child,seen_on\nV1,P2,2016-01-05\n", to: "in/visits.csv")
    return try BuiltProgram().run(
      [
        "case", "P1", scratch.path("in"), "--rules", scratch.path("rules"), "--as-of", "2016-01-31",
        "--rule", rule,
      ] + more)
  }

  @Test(
    "why a rule passes over a record is said",
    arguments: [
      (
        "plan-reviewed",
        "plans A2: not asked\n      Its condition does not hold: ended_on is missing.",
        "plans A1: overdue"
      ),
      (
        "plan-ended",
        "plans A2: not asked\n      What it asks was decided longer ago than the rule looks back.",
        "plans A1: overdue"
      ),
      (
        "plan-renewed",
        "plans A2: not asked\n      It has asked for nothing up to the as-of date: no occasion fell due",
        "plans A1, occasion 1: pending"
      ),
      (
        "few-plans", "plans A2: not asked\n      Its condition does not hold: ended_on is missing.",
        "plans (all): met"
      ),
      ("plan-of-old", "plans A1: not asked", "plans A2: not asked"),
    ])
  func unasked(_ rule: String, _ one: String, _ other: String) throws {
    let text = try outcome(rule)
    #expect(text.status == 0, "\(text.errors)")
    for wanted in [one, other] { #expect(text.output.contains(wanted), "\(text.output)") }
    #expect(!text.output.contains("Chronology"))
    let json = try outcome(rule, ["--format", "json"]).output
    #expect(json.contains("\"notAsked\""))
  }

  @Test(
    "a rule about records of which the child has none says so",
    arguments: ["visit-dated", "few-visits"])
  func withoutRecord(_ rule: String) throws {
    let text = try outcome(rule)
    #expect(text.status == 0, "\(text.errors)")
    let said = "    visits: not asked\n      No record of visits is this child's.\n"
    #expect(text.output.contains(said), "\(text.output)")
    let json = try outcome(rule, ["--format", "json"]).output
    #expect(json.contains("No record of visits is this child's."), "\(json)")
  }

  @Test(
    "a rule or a constraint that is not there is no silence",
    arguments: [
      ("plan-review", "plan-reviewed"), ("plans.started_no.type", "plans.started_on.type"),
    ])
  func unknown(_ rule: String, _ meant: String) throws {
    let outcome = try outcome(rule)
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.contains(
        "There is no rule `\(rule)` among those loaded. Did you mean `\(meant)`?"),
      "\(outcome.errors)")
  }

  @Test("a constraint with nothing to find is one that is there")
  func constraint() throws {
    let outcome = try outcome("plans.started_on.type")
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
