public import Exceptions

/// The name of a team's folder below `teams/`.
///
/// A name that already is small letters, digits and single dashes stays as it is; every other one
/// is made so and ends in a hash of its exact bytes, so that `East` and `east` are two folders on
/// file systems that fold case. The name does not depend on the other teams of a run. Two names can
/// only share a folder where 32 bits of their hashes agree: `TeamSlugs` keeps even those apart.
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

/// Whether a team's name is its own folder name.
private func isSlug(_ name: String) -> Bool {
  isKebab(name) && name.utf8.count <= mostSlugBytes && name != noTeam && !isDeviceName(name)
    && !looksHashed(name)
}

private let noTeam = "no-team"

/// Leaves room for the hash, a file name and a long way to OUT within the 255 bytes of a name and
/// the 260 characters of a path on Windows.
private let mostSlugBytes = 60
