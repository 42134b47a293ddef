public import Exceptions

/// The folder names of all teams of a run, no two of them alike.
public struct TeamSlugs: Sendable {
  private var slugs: [TeamKey: String] = [:]

  /// Names the folders of these teams, which may come in any order and more than once.
  public init(_ teams: some Sequence<TeamName>) {
    self.init(teams, hash: stableHash)
  }

  init(_ teams: some Sequence<TeamName>, hash: (String.UTF8View) -> UInt64) {
    var taken: Set<String> = []
    // In the order of their bytes, so that which of two alike gets the longer name is the same always.
    for key in Set(teams.map(TeamKey.init)).sorted() {
      var slug = slug(for: key.team, hash: hash, short: true)
      if taken.contains(slug) { slug = Reports.slug(for: key.team, hash: hash, short: false) }
      let longest = slug
      var number = 2
      while !taken.insert(slug).inserted {
        slug = "\(longest)-\(number)"
        number += 1
      }
      slugs[key] = slug
    }
  }

  /// The folder name of a team.
  public subscript(team: TeamName) -> String { slugs[TeamKey(team)] ?? slug(for: team) }
}

/// A team told apart by the bytes of its name.
///
/// `String` takes a composed and a decomposed letter for the same; the lists, which are sorted by
/// bytes, don't, and a team must not lose its rows to another.
struct TeamKey: Hashable, Comparable, Sendable {
  let team: TeamName
  private let bytes: [UInt8]

  init(_ team: TeamName) {
    self.team = team
    // The first byte tells the absence of a team from the empty name.
    switch team {
    case .none: bytes = [0]
    case .named(let name): bytes = [1] + name.utf8
    }
  }

  static func == (a: TeamKey, b: TeamKey) -> Bool { a.bytes == b.bytes }
  static func < (a: TeamKey, b: TeamKey) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
  func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

extension TeamName {
  /// Whether two teams have the same bytes, without making keys of them.
  func isSame(as other: TeamName) -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.named(let a), .named(let b)): byteOrder(a, b) == 0
    default: false
    }
  }
}
