import CheckRuns
import Exceptions
import Rulebooks
import TestSupport
import Testing
import WorkingTime

/// A join on equality must cost no more than what it finds.
///
/// Comparing all pairs is out of the question: 40,000 rows against 40,000 are 1.6 billion pairs.
@Suite("Joins")
struct JoinGrowthTests {
  private static let rules = """
    table: homes
    files: ["homes*.csv"]
    primaryKey: urn
    fields:
      - {name: urn}
      - {name: kind}
      - {name: alt}
    ---
    rules:
      - {rule: constant-first, for: homes, check: "homes.exists(h, h.kind == \\"X\\" && h.alt == alt)"}
      - {rule: two-keys, for: homes, check: "homes.count(h, h.kind == kind && h.urn == alt) == 1"}
      - {rule: either, for: homes, check: "homes.exists(h, h.urn == alt || h.alt == urn)"}
      - {rule: listed, for: homes, check: "alt in homes.map(h, h.urn)"}
      - {rule: found, for: homes, check: "has(lookup(homes, alt).urn)"}
      - {rule: neighbour, for: homes, check: "has(homes.sortBy(h, h.alt).before(this)) || has(homes.sortBy(h, h.alt).after(this))"}
      - {rule: filtered, for: homes, check: "homes.filter(h, h.urn != urn).exists(h, h.urn == alt)"}
      - {rule: filtered-all, for: homes, check: "homes.filter(h, h.urn != urn).all(h, h.urn != alt || h.kind == kind)"}
      - {rule: all-others, for: homes, check: "homes.all(h, h.urn != alt || h.kind == kind)"}
    """

  @Test("40,000 rows are joined with 40,000", .timeLimit(.minutes(2)))
  func joins() async throws {
    let folder = try ScratchFolder()
    try folder.write(Self.rules, to: "rules/rules.yaml")
    let count = 40_000
    var text = "urn,kind,alt\n"
    for number in 0..<count { text += "H\(number),X,H\((number + 7) % count)\n" }
    try folder.write(text, to: "extracts/homes.csv")
    let asOf = try #require(CalendarDate(iso: "2016-03-01"))
    let report = try await check(
      CheckRequest(
        extracts: [folder.path("extracts")], earlier: nil,
        rules: RuleSelection(folders: [folder.path("rules")]), asOf: asOf, threads: 2, memory: nil,
        version: "test"))
    #expect(report.exceptions.isEmpty)
    for rule in [
      "constant-first", "two-keys", "either", "listed", "found", "neighbour", "filtered",
      "filtered-all", "all-others",
    ] {
      let measure = try #require(report.measures.first { $0.rule == rule && $0.scope == .all })
      #expect(measure.counts.met == count, "\(rule)")
    }
  }

  /// Predicates on an element `v`, each of which an index can answer.
  private static let predicates = [
    "v.ref == ref && v.visit_id != visit_id", "same(v.ref, ref) && v.visit_id != visit_id",
    "v.ref in [ref, other]", "v.ref == ref || v.other == ref",
  ]

  /// The rules in pairs: over the visits of the team's row, and over the whole table of visits.
  ///
  /// Both of a pair ask the same, so that their verdicts must agree.
  private static var pairs: [(name: String, above: String, whole: String)] {
    var pairs: [(String, String, String)] = []
    for (number, predicate) in predicates.enumerated() {
      for (name, above, whole) in [
        (
          "exists", "team_row.visits.exists(v, \(predicate))",
          "visits.exists(v, v.team == team && (\(predicate)))"
        ),
        (
          "count", "team_row.visits.count(v, \(predicate)) == 1",
          "visits.count(v, v.team == team && (\(predicate))) == 1"
        ),
        (
          "kept", "team_row.visits.filter(v, \(predicate)).map(v, v.visit_id).first() != visit_id",
          "visits.filter(v, v.team == team && (\(predicate))).map(v, v.visit_id).first() != visit_id"
        ),
        (
          "some", "team_row.visits.filter(v, v.other != ref).exists(v, \(predicate))",
          "visits.exists(v, v.team == team && v.other != ref && (\(predicate)))"
        ),
      ] {
        pairs.append(("\(name)-\(number)", above, whole))
      }
    }
    pairs.append(
      (
        "late", "visits.filter(v, v.visit_id != visit_id).exists(v, v.ref == ref)",
        "visits.exists(v, v.visit_id != visit_id && v.ref == ref)"
      ))
    pairs.append(
      (
        "late-all", "visits.filter(v, v.other != other).all(v, v.ref != ref || v.team == team)",
        "visits.map(v, v).filter(v, v.other != other).all(v, v.ref != ref || v.team == team)"
      ))
    pairs.append(
      (
        "all", "team_row.visits.all(v, v.ref != ref || v.visit_id == visit_id)",
        "visits.filter(v, v.team == team).all(v, v.ref != ref || v.visit_id == visit_id)"
      ))
    return pairs
  }

  private func counts(_ rules: String, visits count: Int, _ teams: [String]) async throws
    -> [String: VerdictCounts]
  {
    let folder = try ScratchFolder()
    let tables = """
      table: teams
      files: ["teams*.csv"]
      primaryKey: team
      fields:
        - {name: team}
      ---
      table: visits
      files: ["visits*.csv"]
      primaryKey: visit_id
      fields:
        - {name: visit_id}
        - {name: team}
        - {name: ref}
        - {name: other}
      foreignKeys:
        - {fields: team, reference: {table: teams, fields: team}, as: team_row}
      ---
      rules:

      """
    try folder.write(tables + rules, to: "rules/rules.yaml")
    try folder.write("team\n" + teams.joined(separator: "\n") + "\n", to: "extracts/teams.csv")
    var text = "visit_id,team,ref,other\n"
    for number in 0..<count {
      // Some visits have one partner, some have several and some have none.
      let ref = number % 11 == 0 ? "" : "R\(number * number % count)"
      let other = number % 13 == 0 ? "" : "R\(number * number * number % (2 * count))"
      text += "V\(number),\(teams[number % teams.count]),\(ref),\(other)\n"
    }
    try folder.write(text, to: "extracts/visits.csv")
    let asOf = try #require(CalendarDate(iso: "2016-03-01"))
    let report = try await check(
      CheckRequest(
        extracts: [folder.path("extracts")], earlier: nil,
        rules: RuleSelection(folders: [folder.path("rules")]), asOf: asOf, threads: 2, memory: nil,
        version: "test"))
    return Dictionary(
      report.measures.filter { $0.scope == .all }.map { ($0.rule, $0.counts) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test("what refers to one row is joined as the whole table is", arguments: [30, 700])
  func above(_ count: Int) async throws {
    var rules = ""
    for (name, above, whole) in Self.pairs {
      for (kind, check) in [("above", above), ("whole", whole)] {
        rules +=
          "  - {rule: \(name)-\(kind), title: t, for: visits, check: '\(check)', message: m, fix: f}\n"
      }
    }
    let found = try await counts(rules, visits: count, ["A", "B"])
    var both = 0
    for (name, _, _) in Self.pairs {
      let above = try #require(found["\(name)-above"])
      #expect(above == found["\(name)-whole"], "\(name)")
      if above.met > 0, above.failed > 0 { both += 1 }
    }
    #expect(both > Self.pairs.count / 2)
  }

  @Test("40,000 rows of one row above are joined with themselves", .timeLimit(.minutes(2)))
  func manyBelow() async throws {
    let rules =
      "  - {rule: once, title: t, for: visits, check: '!team_row.visits.exists(v, v.ref == ref && v.visit_id == other)', message: m, fix: f}\n"
    let found = try await counts(rules, visits: 40_000, ["A"])
    #expect(found["once"]?.met == 40_000)
  }
}
