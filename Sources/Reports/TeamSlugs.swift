import Exceptions

/// The folder names of all teams of a run, all distinct.
struct TeamSlugs: Sendable {
  private var slugs: [TeamName: String] = [:]

  /// Names the folders of these teams, which may be in any order and repeated.
  init(_ teams: some Sequence<TeamName>) {
    self.init(teams, hash: stableHash)
  }

  init(_ teams: some Sequence<TeamName>, hash: (String.UTF8View) -> UInt64) {
    var taken: Set<String> = []
    // Sorted by bytes, so that it is always the same one of two colliding names that is lengthened.
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
  subscript(team: TeamName) -> String { slugs[team] ?? slug(for: team) }

  /// The path of a file in a team's folder, or of the folder itself with a `/` at its end.
  func path(of team: TeamName, _ file: String = "") -> String { "teams/\(self[team])/\(file)" }
}
