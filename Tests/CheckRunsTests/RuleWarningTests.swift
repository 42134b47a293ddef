import Diagnostics
import Foundation
import Rulebooks
import TestSupport
import Testing

/// What authors are warned of although it is no mistake: rules that can hardly be meant so.
@Suite("Warnings of rules")
struct RuleWarningTests {
  private static let tables = """
    table: kids
    files: ["kids*.csv"]
    primaryKey: kid_id
    person: kid_id
    fields:
      - {name: kid_id, constraints: {required: true}}
      - {name: born_on, type: date}
      - {name: start_on, type: date}
      - {name: done_on, type: date}
      - {name: kind, codes: kinds}
      - {name: team}
    ---
    table: vis
    files: ["vis*.csv"]
    primaryKey: vid
    person: kid
    fields:
      - {name: vid, constraints: {required: true}}
      - {name: kid}
      - {name: team}
      - {name: on_day, type: date}
    foreignKeys:
      - {fields: kid, reference: {table: kids, fields: kid_id}, as: child}
    ---
    table: plans
    files: ["plans*.csv"]
    primaryKey: plan_id
    person: kid
    fields:
      - {name: plan_id, constraints: {required: true}}
      - {name: kid}
      - {name: team}
      - {name: start_on, type: date}
    foreignKeys:
      - {fields: kid, reference: {table: kids, fields: kid_id}, as: child}
    ---
    codes: kinds
    values: {CP: Protection, CIN: Need}
    """

  /// What is said of one rule of the table `table`.
  private func said(_ rule: String, of table: String = "kids") throws -> [Diagnostic] {
    let folder = try ScratchFolder()
    try folder.write(Self.tables, to: "tables.yaml")
    try folder.write("rules:\n  - {rule: r, for: \(table), \(rule)}\n", to: "rules.yaml")
    return Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
  }

  @Test(
    "a whole table where the record's own rows were meant",
    arguments: [
      ("kids", "repeat: {from: start_on, every: 4 weeks, events: 'vis.map(v, v.on_day)'}", 76),
      (
        "kids",
        "deadline: {from: start_on, within: 10 days, to: 'vis.map(v, v.on_day).min()'}", 75
      ),
      (
        "plans",
        "deadline: {from: start_on, within: 10 days, to: 'vis.filter(v, has(v.vid)).minBy(v, v.on_day).on_day'}",
        76
      ),
      ("kids", "check: 'vis.exists(v, v.on_day >= start_on)'", 34),
      ("kids", "check: '!vis.exists(v, given(v.vid)) || vis.exists(v, start_on < v.on_day)'", 66),
      ("plans", "check: 'vis.filter(v, v.on_day >= start_on).size() > 0'", 35),
    ])
  func everybodys(_ table: String, _ rule: String, _ column: Int) throws {
    let found = try said(rule, of: table)
    #expect(
      found.map(\.what) == [
        "`vis` is everybody's records here, not only those of the record judged"
      ])
    #expect(found.first?.severity == .warning)
    let own = table == "kids" ? "this.vis" : "child.vis"
    #expect(found.first?.advice?.hasPrefix("Write `\(own)` for its own") == true)
    #expect(found.first?.position?.column == column)
  }

  @Test(
    "a whole table that is asked for what it has, or whose rows are chosen by a field",
    arguments: [
      "check: 'vis.exists(v, given(v.on_day)) && start_on < asOf'",
      "check: 'has(done_on) || vis.exists(v, v.on_day <= asOf)'",
      "when: 'vis.exists(v, v.on_day <= asOf)', check: has(done_on)",
      "check: 'vis.exists(v, v.kid == kid_id && v.on_day >= start_on)'",
      "check: 'vis.filter(v, v.team == team).exists(v, v.on_day >= start_on)'",
      "check: 'this.vis.exists(v, v.on_day >= start_on)'",
      "deadline: {from: start_on, within: 10 days, to: 'vis.filter(v, v.team == team).map(v, v.on_day).min()'}",
      "repeat: {from: start_on, every: 4 weeks, events: 'this.vis.filter(v, has(v.kid) || vis.exists(k, given(k.kid))).map(v, v.on_day)'}",
    ])
  func asked(_ rule: String) throws {
    #expect(try said(rule) == [])
  }

  @Test(
    "a check that asks a whole table and nothing of the record",
    arguments: [
      ("kids", "check: 'vis.exists(v, v.team == \"A\")'"),
      ("kids", "check: 'vis.map(v, v.on_day).max() >= asOf - months(6)'"),
      ("plans", "check: 'vis.count(v, v.team == \"A\") >= 1'"),
    ])
  func asksNothing(_ table: String, _ rule: String) throws {
    let found = try said(rule, of: table)
    #expect(
      found.map(\.what) == [
        "this asks nothing of the record judged: `vis` is everybody's records here, and each gets the same verdict"
      ])
    #expect(found.first?.severity == .warning)
    #expect(
      found.first?.advice == "Write `\(table == "kids" ? "this" : "child").vis` for its own")
  }

  @Test("a check of a whole table in which the record has no rows of its own, and a misspelt one")
  func noRowsOfItsOwn() throws {
    #expect(try said("check: 'kids.exists(k, k.team == \"A\")'", of: "vis") == [])
    #expect(
      try said("check: 'vis.exists(v, v.team == taem)'").map(\.what) == [
        "there is no `taem` in kids"
      ])
  }

  @Test(
    "a code that the field's list lacks, behind what takes over the field's values",
    arguments: [
      "check: 'coalesce(kind, \"CIN\") != \"CPP\"'",
      "check: '(has(kind) ? kind : \"none\") != \"CPP\"'",
      "check: '!(\"CPP\" in kids.filter(k, k.team == team).map(k, k.kind))'",
      "check: '\"CPP\" in [kind]'",
      "check: 'kids.filter(k, k.team == team).map(k, k.kind).all(p, p != \"CPP\")'",
      "check: 'kids.filter(k, k.team == team).map(k, k.kind).distinct().first() == \"CPP\"'",
      "check: 'coalesce(kind, \"CIN\") in [\"CP\", \"CPP\"]'",
    ])
  func heldBehind(_ rule: String) throws {
    let found = try said(rule)
    #expect(
      found.map(\.what) == [
        "`kind` is compared with \"CPP\", which is not in its code list `kinds`"
      ])
    #expect(found.first?.severity == .warning)
  }

  @Test(
    "a text that stands in where the field has none, and values that may be another field's",
    arguments: [
      "check: 'coalesce(kind, \"none\") != \"none\"'",
      "check: '(has(kind) ? kind : \"none\") == \"none\"'",
      "check: 'coalesce(kind, team) != \"CPP\"'", "check: '\"CPP\" in [kind, team]'",
      "check: 'kids.filter(k, k.team == team).map(k, coalesce(k.kind, \"none\")).all(p, p != \"none\")'",
      "check: 'kids.filter(k, k.team == team).map(k, k.kind).exists(p, p == \"CP\")'",
    ])
  func mayBeHeld(_ rule: String) throws {
    #expect(try said(rule) == [])
  }

  @Test(
    "a condition that can hardly fail or hold, and a deadline that is never overdue",
    arguments: [
      ("check: 'daysBetween(asOf, start_on) <= 45'", "`daysBetween(asOf, ...)` is less than 0 for"),
      ("check: '6 > monthsBetween(asOf, start_on)'", "`monthsBetween(asOf, ...)` is less than 0"),
      ("check: 'has(done_on) || ageOn(asOf, born_on) < 18'", "`ageOn(asOf, ...)` is less than 0"),
      (
        "check: 'kind != \"CP\" || has(done_on) || kind != \"CIN\"'",
        "`kind` always differs from one of two values"
      ),
      (
        "when: 'kind == \"CP\" && kind == \"CIN\"', check: has(done_on)",
        "`kind` never equals two values at once"
      ),
      (
        "check: 'this.vis.exists(v, v.child.kind == \"CP\" && v.child.kind == \"CIN\")'",
        "`child.kind` never equals two values at once"
      ),
      ("deadline: {due: asOf + days(5), to: done_on}", "`due` moves on with the as-of date"),
      ("deadline: {from: asOf, within: 5 days, to: done_on}", "`from` moves on with the as-of"),
      (
        "deadline: {from: start_on, within: 5 days, to: start_on}",
        "the clock stops on the day on which it starts"
      ),
      ("deadline: {from: start_on, within: 5 days, to: asOf}", "`to` is the as-of date, as if"),
      (
        "deadline: {from: start_on, within: 5 days, to: 'coalesce(done_on, asOf)'}",
        "`to` is the as-of date where nothing was done yet"
      ),
      (
        "deadline: {from: start_on, within: 5 days, to: '[done_on, asOf].min()'}",
        "`to` is the as-of date where nothing was done yet"
      ),
      (
        "deadline: {from: start_on, within: 5 days, to: '!has(done_on) ? asOf : done_on'}",
        "`to` is the as-of date where nothing was done yet"
      ),
      (
        "when: 'kind == \"CP\" && given(done_on)', deadline: {from: start_on, within: 5 days, to: done_on}",
        "`when` leaves out the records without the `done_on` of `to`"
      ),
      ("deadline: {due: done_on, to: done_on}", "`to` is the day on which it is due"),
      (
        "repeat: {from: asOf, events: '[done_on]', every: 5 days}",
        "`from` moves on with the as-of date"
      ),
      (
        "repeat: {from: start_on, until: start_on, events: '[done_on]', every: 5 days}",
        "the duty ends on the day on which it starts"
      ),
      (
        "repeat: {from: start_on, until: asOf, events: '[done_on]', every: 5 days}",
        "`until` is the as-of date, as if"
      ),
      (
        "repeat: {from: start_on, events: '[done_on, asOf]', every: 5 days}",
        "`events` has the as-of date among them"
      ),
      (
        "check: has(done_on), fix: 'Enter {done_on} for {kid_id}'",
        "`{done_on}` is shown as it stands in `fix`: only `message` is filled in"
      ),
      (
        "deadline: {from: start_on, within: 5 days, to: done_on}, title: 'Done by {dueOn}'",
        "`{dueOn}` is shown as it stands in `title`"
      ),
      ("check: true", "this always holds"), ("check: 1 == 1", "this always holds"),
      ("check: '!(\"a\" == \"b\" && has(done_on))'", "this always holds"),
      ("when: 2 < 1, check: has(done_on)", "this never holds"),
      ("limit: {per: team, value: count(), atLeast: 0}", "a count is never less than 0"),
      ("check: has(done_on), target: {atLeast: 0%}", "every share is at least 0%"),
      (
        "check: has(done_on), target: {atMost: 100.0%, of: broken}",
        "every share is at most 100%"
      ),
      (
        "check: 'kind.lower() != \"CP\" || has(done_on)'",
        "in small letters no code of `kind` is \"CP\""
      ),
      (
        "check: '!kind.startsWith(\"LAC\") || has(done_on)'",
        "no code of `kind` begins with \"LAC\""
      ),
      (
        "check: 'kind.upper().endsWith(\"n\")'", "in capitals no code of `kind` ends with \"n\""
      ),
    ])
  func idle(_ rule: String, _ words: String) throws {
    let found = try said(rule)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.what.hasPrefix(words) == true, "\(found)")
    #expect(found.first?.severity == .warning)
  }

  @Test(
    "conditions that look like those and can be meant",
    arguments: [
      "check: 'daysBetween(start_on, asOf) <= 45'", "check: 'daysBetween(asOf, start_on) >= 5'",
      "check: 'daysBetween(asOf, start_on) <= 0'",
      "check: 'kind == \"CP\" || kind == \"CIN\"'", "check: 'kind != \"CP\" && kind != \"CIN\"'",
      "check: 'kind != \"CP\" || team != \"CIN\"'",
      "check: '!this.vis.exists(v, v.team == \"A\" && this.plans.exists(p, p.team == \"B\"))'",
      "deadline: {due: start_on + days(5), to: start_on}",
      "deadline: {from: start_on, within: 5 days, to: 'kind == \"CP\" ? done_on : asOf'}",
      "deadline: {from: start_on, within: 5 days, to: 'min(done_on, asOf)'}",
      "when: given(start_on), deadline: {from: start_on, within: 5 days, to: done_on}",
      "when: 'given(done_on) || kind == \"CP\"', deadline: {from: start_on, within: 5 days, to: done_on}",
      "when: given(done_on), list: none, deadline: {from: start_on, within: 5 days, to: done_on}",
      "when: '!given(done_on)', deadline: {from: start_on, within: 5 days}",
      "deadline: {from: start_on, within: 5 days}",
      "deadline: {from: start_on, within: 5 days, to: 'has(start_on) ? asOf : done_on'}",
      "when: 'given(done_on) && done_on >= date(\"2016-01-01\")', deadline: {from: start_on, within: 5 days, to: done_on}",
      "check: 'year(start_on) != 9999 && year(start_on) > 1899'",
      "repeat: {from: start_on, until: done_on, events: '[done_on]', every: 5 days}",
      "when: team != \"none\", check: false", "limit: {per: team, value: count(), atLeast: 1}",
      "limit: {per: team, value: count() - 5, atLeast: 0}",
      "check: has(done_on), target: {atLeast: 0%, steps: {2016-04-01: 50%}}",
      "check: has(done_on), target: {atMost: 0%, of: broken}",
      "check: has(done_on), title: 'Ends {a day}', message: 'Of {done_on}', fix: 'Enter {it'",
      "check: 'kind.lower() == \"cp\" || kind.startsWith(\"C\") || team.startsWith(\"LAC\")'",
    ])
  func meant(_ rule: String) throws {
    #expect(try said(rule) == [])
  }

  @Test("days to come that are allowed and forbidden at once, and a switch set by a parameter")
  func settled() throws {
    let folder = try ScratchFolder()
    try folder.write(
      """
      table: kids
      files: ["kids*.csv"]
      primaryKey: kid_id
      fields:
        - {name: kid_id}
        - {name: due_on, type: date, constraints: {maximum: asOf}, mayBeAhead: true}
        - {name: met_on, type: date, constraints: {maximum: asOf}, mayBeAhead: 'kid_id == "X"'}
      ---
      parameters: {is_asked: false}
      rules:
        - {rule: r, for: kids, when: is_asked, check: has(met_on)}
      """, to: "rules.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
    #expect(
      found.map(\.what) == [
        "every day of `due_on` may lie ahead: its `maximum: asOf` forbids nothing"
      ])
    #expect(found.first?.position?.line == 6)
  }
}
