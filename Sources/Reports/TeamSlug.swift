public import Exceptions

/// The name of a team's folder below `teams/`.
///
/// A name that already consists of small letters, digits and single dashes stays as it is. Any
/// other is reduced to these and ends in a hash of its exact bytes, so that `East` and `east` are
/// two folders even on file systems that ignore case. The name does not depend on the other teams
/// of a run. Two teams can share a name only if 32 bits of their hashes agree; `TeamSlugs` keeps
/// even those apart.
public func slug(for team: TeamName) -> String {
  slug(for: team, hash: stableHash, short: true)
}

func slug(for team: TeamName, hash: (String.UTF8View) -> UInt64, short: Bool) -> String {
  switch team {
  case .none: return noTeam
  case .named(let name):
    if isSlug(name) { return name }
    let words = kebab(name, most: mostSlugBytes)
    return (words.isEmpty ? "team" : words) + "-" + hexDigits(hash(name.utf8), short: short)
  }
}

/// Whether a team's name can itself be its folder name.
private func isSlug(_ name: String) -> Bool {
  isKebab(name) && name.utf8.count <= mostSlugBytes && name != noTeam && !isDeviceName(name)
    && !looksHashed(name)
}

private let noTeam = "no-team"

/// Leaves room for the hash, a file name and a long path to OUT within the 255 bytes of a name and
/// the 260 characters of a Windows path.
private let mostSlugBytes = 60
