/// The one of `names` that a person most likely meant by `name`, or nil if none is near.
///
/// A name is near if its edit distance (insert, delete, replace, swap of neighbours) is at most a
/// third of the length, ignoring case, `_` and `-`, or if one name contains the other. Among
/// equally near names, the one nearest as written wins, then one with the same beginning (first
/// letters are seldom mistyped), then one with the same end.
public func nearestName<Names: Sequence>(to name: String, among names: Names) -> String?
where Names.Element == String {
  let wanted = folded(name)
  guard !wanted.isEmpty else { return nil }
  var best: (distance: Int, written: Int, alike: Int, ending: Int, name: String)?
  for candidate in names where candidate != name {
    let other = folded(candidate)
    var distance = editDistance(wanted, other)
    if distance > max(1, (max(wanted.count, other.count) + 1) / 3) {
      guard min(wanted.count, other.count) >= 4, contains(wanted, other) || contains(other, wanted)
      else { continue }
      distance = abs(wanted.count - other.count)
    }
    if let best, distance > best.distance { continue }
    let rank = (
      distance: distance, written: editDistance(Array(name), Array(candidate)),
      alike: -zip(wanted, other).prefix { $0 == $1 }.count,
      ending: -zip(wanted.reversed(), other.reversed()).prefix { $0 == $1 }.count, name: candidate
    )
    if let best, best <= rank { continue }
    best = rank
  }
  return best?.name
}

/// Asks whether the nearest of `names` was meant by `name`; nil if none is near.
public func suggestion<Names: Sequence>(for name: String, among names: Names) -> String?
where Names.Element == String {
  nearestName(to: name, among: names).map { "Did you mean `\($0)`?" }
}

private func folded(_ name: String) -> [Character] {
  name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }.map { $0 }
}

private func contains(_ whole: [Character], _ part: [Character]) -> Bool {
  !part.isEmpty && String(whole).contains(String(part))
}

/// The optimal string alignment distance: single edits and swaps of neighbours.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    row.reserveCapacity(b.count + 1)
    for j in 1...b.count {
      var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        cost = min(cost, beforeLast[j - 2] + 1)
      }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
