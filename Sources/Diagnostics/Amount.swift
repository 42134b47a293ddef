/// A number with the word for what it counts: `1 file`, `2 files`.
///
/// `many` is the word for any number but one, where that is not `one` with an `s`.
public func amount(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(number) \(number == 1 ? one : many ?? one + "s")"
}

/// A number with commas between the thousands: `12,345`.
public func groupedDigits(_ number: Int) -> String {
  var digits = Array(String(number.magnitude))
  for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
  return (number < 0 ? "-" : "") + String(digits)
}
