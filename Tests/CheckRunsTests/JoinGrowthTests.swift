import CheckRuns
import Exceptions
import Rulebooks
import TestSupport
import Testing
import WorkingTime

/// Joins on equality cost what they find, not rows × rows: 40,000 rows against 40,000 are 1.6 billion pairs.
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
      "constant-first", "two-keys", "either", "listed", "found", "neighbour", "all-others",
    ] {
      let measure = try #require(report.measures.first { $0.rule == rule && $0.scope == .all })
      #expect(measure.counts.met == count, "\(rule)")
    }
  }
}
