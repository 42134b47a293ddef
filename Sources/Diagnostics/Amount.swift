/// A number with the word for what it counts: `1 file`, `2 files`.
///
/// `many` is the word for any number but one, where that is not `one` with an `s`.
public func amount(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(number) \(number == 1 ? one : many ?? one + "s")"
}
