public import Exceptions

/// The folder names of all teams of a run, no two of them alike.
public struct TeamSlugs: Sendable {
  private var slugs: [TeamName: String] = [:]

  /// Names the folders of these teams, which may come in any order and more than once.
  public init(_ teams: some Sequence<TeamName>) {
    self.init(teams, hash: stableHash)
  }

  init(_ teams: some Sequence<TeamName>, hash: (String.UTF8View) -> UInt64) {
    var taken: Set<String> = []
    // In the order of their bytes, so that which of two alike gets the longer name is the same
    // always.
    for team in Set(teams).sorted() {
      var slug = slug(for: team, hash: hash, short: true)
      if taken.contains(slug) { slug = Reports.slug(for: team, hash: hash, short: false) }
      let longest = slug
      var number = 2
      while !taken.insert(slug).inserted {
        slug = "\(longest)-\(number)"
        number += 1
      }
      slugs[team] = slug
    }
  }

  /// The folder name of a team.
  public subscript(team: TeamName) -> String { slugs[team] ?? slug(for: team) }
}
