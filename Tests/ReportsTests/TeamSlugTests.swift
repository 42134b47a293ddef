import Exceptions
import Testing

@testable import Reports

struct TeamSlugTests {
  @Test(
    arguments: [
      Row("simple", "alpha", "alpha"), Row("kebab", "team-1-east", "team-1-east"),
      Row("capitals and a space", "Safeguarding East", "safeguarding-east-87b8f497"),
      Row("case that folds", "Alpha", "alpha-8d9fe540"),
      Row("spaces around", " alpha ", "alpha-a544c65f"),
      Row("dot", ".", "team-296228fd"), Row("up", "..", "team-b37a252a"),
      Row("upwards", "../../etc", "etc-5019f25e"),
      Row("slash", "a/b", "a-b-e2480c78"), Row("backslash", "a\\b", "a-b-e2530c8f"),
      Row("NUL", "a\0b", "a-b-e1f4ffab"),
      Row("empty", "", "team-4fd0bfc1"), Row("dash", "-", "team-296226d4"),
      Row("two dashes", "a--b", "a-b-172ad92a"),
      Row("dash at the end", "a-", "a-bddee294"), Row("device", "con", "con-fb059532"),
      Row("port", "com1", "com1-12ad7a8c"),
      Row("no device", "com10", "com10"), Row("device in capitals", "NUL", "nul-f4014419"),
      Row("device with an ending", "aux.txt", "aux-txt-02804942"),
      Row("our word", "no-team", "no-team-a59813a6"),
      Row("our words", "(no team)", "no-team-17962d7d"), Row("all", "(all)", "all-cce1b916"),
      Row("emoji", "🦊", "team-8a14f020"), Row("Welsh", "Tîm Gŵyr", "tim-gwyr-05f86444"),
      Row("Welsh, decomposed", "Ti\u{302}m Gw\u{302}yr", "tim-gwyr-a7f9343d"),
      Row("apostrophe", "Children's Services", "childrens-services-a0f7268e"),
      Row("ampersand", "Fostering & Adoption", "fostering-and-adoption-b345a67f"),
      Row("another script", "Команда 7", "7-76ec9c6c"), Row("full width", "ａｌｐｈａ", "team-9679cf12"),
      Row("looks like one of ours", "alpha-8ac625bb", "alpha-8ac625bb-c54ad8b7"),
      Row("60 bytes", String(repeating: "a", count: 60), String(repeating: "a", count: 60)),
      Row(
        "200 bytes", String(repeating: "ab", count: 100),
        String(repeating: "ab", count: 30) + "-42da2885"),
    ] as [Row<String, String>])
  func namesFolders(_ row: Row<String, String>) {
    #expect(slug(for: .named(row.input)) == row.output)
  }

  @Test func namesTheFolderOfNoTeam() {
    #expect(slug(for: .none) == "no-team")
  }

  /// Names that some file system or careless program takes for the same.
  @Test func isAnotherForEveryName() {
    let names = [
      "alpha", "Alpha", "ALPHA", " alpha", "alpha ", "alpha.", "al-pha", "al pha", "al_pha",
      "al/pha",
      "T\u{177}", "Ty\u{302}", "Ty", "ty", "no-team", "(no team)", "\"(no team)\"", "", ".", "..",
      "con", "CON", "strasse", "straße", "STRASSE", "🦊", "🐻", "\u{212B}", "\u{C5}", "A\u{30A}",
      String(repeating: "x", count: 200), String(repeating: "x", count: 201),
    ]
    let slugs = names.map { slug(for: .named($0)) } + [slug(for: .none)]
    #expect(Set(slugs).count == names.count + 1)
    for slug in slugs {
      #expect(slug.utf8.count <= 69)
      #expect(slug.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) })
    }
    let teams = TeamSlugs(names.map(TeamName.named))
    #expect(names.map { teams[.named($0)] } == Array(slugs.dropLast()))
  }

  /// With a hash that is the same for all names.
  @Test func keepsTeamsApartWhoseHashesAgree() {
    let teams = [TeamName.named("A b"), .named("A B"), .named("a B"), .none]
    let slugs = TeamSlugs(teams + teams, hash: { _ in 0xabcd_0000_0000_0000 })
    #expect(
      teams.map { slugs[$0] } == [
        "a-b-abcd000000000000", "a-b-abcd0000", "a-b-abcd000000000000-2", "no-team",
      ])
  }

  /// The examples of the authors (draft-eastlake-fnv, appendix C).
  @Test(
    arguments: [
      Row("empty", "", "cbf29ce484222325"), Row("a", "a", "af63dc4c8601ec8c"),
      Row("foobar", "foobar", "85944171f73967e8"),
    ] as [Row<String, String>])
  func hashesAsPublished(_ row: Row<String, String>) {
    #expect(hexDigits(stableHash(row.input.utf8), short: false) == row.output)
  }
}
