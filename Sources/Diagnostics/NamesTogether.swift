/// Names as a sentence lists them: `a`, `a and b`, `a, b and c`.
///
/// Of more than `most` only the first are named, and the rest is counted: `a, b and 7 more`.
public func together(_ names: [String], most: Int = 20) -> String {
  var parts = Array(names.prefix(most))
  if names.count > most {
    parts.append("\(names.count - most) more")
  }
  guard parts.count > 1, let last = parts.popLast() else { return parts.first ?? "" }
  return parts.joined(separator: ", ") + " and " + last
}
